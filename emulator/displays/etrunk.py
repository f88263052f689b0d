"""`display e-trunk` in all its forms (command reference, pages of the same titles)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.displays.text import pair, row, shown, zoned_time
from emulator.protocols.states import Causation, ETrunkRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import DynamicBfd, ETrunkView, HelloCounters, MemberView

_PAIR = 40
_MEMBER = (10, 5, 16, 15, 9, 15)
_BRIEF = (12, 9, 31, 31)
_BRIEF_WIDTH = 112
_ABSENT = ["Error: The E-Trunk does not exist."]


def e_trunks(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show one E-Trunk with its members, or the table of all."""
    if "brief" in params:
        return _brief(view)
    found = _numbered(params["id"], view)
    if found is None:
        return _ABSENT
    return [*_facts(found), "-" * 80, *_members(found)]


def _numbered(number: str, view: DeviceView) -> ETrunkView | None:
    return next((entry for entry in view.state.e_trunks if entry.id == int(number)), None)


def _facts(trunk: ETrunkView) -> list[str]:
    counters = trunk.counters
    revert = "Disable" if trunk.revert_delay is None else str(trunk.revert_delay)
    lines = [
        " " * 26 + "The E-Trunk information",
        "",
        pair(_PAIR, f"E-Trunk-ID : {trunk.id}", f"Revert-Delay-Time (s) : {revert}"),
        pair(_PAIR, f"Priority : {trunk.priority}", f"System-ID : {trunk.system_id}"),
        f"VPN-Instance : {trunk.vpn}" if trunk.vpn else None,
        pair(_PAIR, f"Peer-IP : {shown(trunk.peer, '-')}", f"Source-IP : {shown(trunk.source, '-')}"),
        pair(_PAIR, f"State : {trunk.role}", f"Causation : {trunk.causation}"),
        pair(_PAIR, f"Send-Period (100ms) : {trunk.send_period}", f"Fail-Time (100ms) : {trunk.fail_time}"),
        pair(_PAIR, f"Receive : {counters.received}", f"Send : {counters.sent}"),
        pair(_PAIR, f"RecDrop : {counters.dropped}", f"SndDrop : {counters.send_failed}"),
        pair(
            _PAIR,
            f"Peer-Priority : {shown(trunk.peer_priority, '-')}",
            f"Peer-System-ID : {shown(trunk.peer_system_id, '-')}",
        ),
        pair(
            _PAIR,
            f"Peer-Fail-Time (100ms) : {shown(trunk.peer_fail_time, '-')}",
            f"BFD-Session : {shown(trunk.bfd_session, '-')}",
        ),
        f"Description : {shown(trunk.description, '-')}",
        f"Sequence : {'Enable' if trunk.sequence else 'Disable'}",
        *_dynamic_bfd(trunk.dynamic_bfd),
    ]
    return [line for line in lines if line is not None]


def _dynamic_bfd(session: DynamicBfd | None) -> list[str]:
    if session is None:
        switch, state, tx, rx, multiplier = "Disabled", "-", "-", "-", "-"
    else:
        switch, state = "Enabled", "Up" if session.up else "Down"
        tx, rx, multiplier = str(session.tx_ms), str(session.rx_ms), str(session.multiplier)
    return [
        pair(_PAIR, f"Dynamic-BFD : {switch}", f"BFD-State : {state}"),
        pair(_PAIR, f"TX (ms) : {tx}", f"RX (ms) : {rx}"),
        f"Multiplier : {multiplier}",
    ]


def _members(trunk: ETrunkView) -> list[str]:
    head = ("Type", "ID", "LocalPhyState", "Work-Mode", "State", "Causation", "Remote-ID")
    return [
        " " * 28 + "The Member information",
        row(_MEMBER, head),
        *(row(_MEMBER, _member(member)) for member in trunk.members),
    ]


def _member(member: MemberView) -> tuple[object, ...]:
    return (
        "Eth-Trunk",
        member.id,
        "Up" if member.phys_up else "Down",
        member.mode,
        "-" if member.causation is Causation.ETRUNK_INIT else member.role,
        member.causation,
        shown(member.remote_id, "-"),
    )


def _brief(view: DeviceView) -> list[str]:
    trunks = view.state.e_trunks
    counts = {role: sum(trunk.role is role for trunk in trunks) for role in ETrunkRole}
    rule = "-" * (_BRIEF_WIDTH - 1)
    rows = [
        row(
            _BRIEF,
            (
                trunk.id,
                "Init" if trunk.role is ETrunkRole.INITIALIZE else trunk.role,
                shown(trunk.vpn, view.layout.empty_vpn),
                trunk.peer,
                trunk.source,
            ),
        ).ljust(_BRIEF_WIDTH)
        for trunk in trunks
    ]
    total = (
        f"Total:{len(trunks)}",
        f"Master:{counts[ETrunkRole.MASTER]}",
        f"Backup:{counts[ETrunkRole.BACKUP]}",
        f"Init:{counts[ETrunkRole.INITIALIZE]}",
    )
    head = row(_BRIEF, ("E-TRUNK-ID", "State", "VPN-Instance", "Peer-IP", "Source-IP"))
    return [head, rule, *rows, rule, row((14, 13, 17), total)]


def bfd_sessions(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the sessions that `e-trunk bfd enable` made; a tracked static session is not among them."""
    del params
    made = [(trunk, trunk.dynamic_bfd) for trunk in view.state.e_trunks if trunk.dynamic_bfd is not None]
    lines = [f"BFD session information for E-Trunk, Total BFD session(s): {len(made)}"]
    for trunk, session in made:
        state = "Up" if session.up else "Down"
        lines += [
            "-" * 69,
            f"E-TRUNK-ID : {trunk.id}",
            row(
                (27, 27),
                (
                    f"TX(ms)  : {session.tx_ms}",
                    f"RX(ms) : {session.rx_ms}",
                    f"Multiplier : {session.multiplier}",
                ),
            ),
            row((27, 27), (f"LocalIP : {trunk.source}", f"PeerIP : {trunk.peer}", f"BFD State  : {state}")),
        ]
    return lines


def packet_statistics(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the hello counters of one E-Trunk or of all, each reason of a drop by itself."""
    number = params.get("id")
    wanted = [trunk for trunk in view.state.e_trunks if number is None or trunk.id == int(number)]
    lines = ["E-Trunk-ID errors : 0", "Length errors     : 0"]
    for trunk in wanted:
        lines += ["", f"E-TRUNK-ID : {trunk.id}"]
        lines += [f"  {label:<43} : {value}" for label, value in _counters(trunk.counters)]
    return lines


def _counters(counters: HelloCounters) -> tuple[tuple[str, int], ...]:
    return (
        ("Sent packets", counters.sent),
        ("Failed to send packets", counters.send_failed),
        ("Received packets", counters.received),
        ("Received packets with priority errors", 0),
        ("Received packets with fail-time errors", 0),
        ("Received packets with state errors", 0),
        ("Received packets with state reason errors", 0),
        ("Received packets with peer-ip errors", counters.peer_ip_errors),
        ("Received packets with authentication errors", counters.authentication_errors),
        ("Received packets with TLV check errors", counters.tlv_errors),
        ("Received packets with system-id errors", 0),
        ("Dropped packets with BFD protection", 0),
    )


def member_changes(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the last ten role changes of a member, newest first."""
    trunk = _numbered(params["id"], view)
    if trunk is None:
        return _ABSENT
    number = params["interface"].lower().replace(" ", "").removeprefix("eth-trunk")
    widths = (31, 16, 12)
    changes = [change for member in trunk.members if str(member.id) == number for change in member.changes]
    return [
        row(widths, ("Time", "SourceState", "DestState", "Reason")),
        "-" * 75,
        *(
            row(
                widths,
                (zoned_time(view.moment(change.time)), change.before, change.after, change.causation),
            )
            for change in changes
        ),
    ]
