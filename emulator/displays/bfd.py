"""`display bfd session`, table and verbose, and its statistics (command reference)."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from emulator.displays.text import ipv6, plain_time, row, shown
from emulator.protocols.states import BfdKind, BfdState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import BfdView

_LEGEND = ["(w): State in WTR", "(*): State is invalid"]
_DISABLED = ["Error: BFD is not enabled globally."]
_TABLE = (7, 7, 17, 10, 12)
_PAIR = 44
_STATISTICS_PAIR = 33
_DEFAULT_ADDRESS = "224.0.0.184"
_ORIGIN = {BfdKind.AUTO: "S_AUTO", BfdKind.DYNAMIC: "D_IP"}
_SESSION_TYPE = {BfdKind.AUTO: "Static_Auto", BfdKind.DYNAMIC: "Dynamic"}
_ECHO = "Asynchronous One-arm-echo Mode"
_PLAIN = "Asynchronous Mode Without Echo Function"


def sessions(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the selected BFD sessions as a table, or each in full."""
    if not view.state.bfd_enabled:
        return _DISABLED
    found = [session for session in view.state.bfd if _wanted(session, params)]
    up = sum(session.state is BfdState.UP for session in found)
    total = f"Total UP/DOWN Session Number : {up}/{len(found) - up}"
    if "verbose" in params:
        records = [line for session in found for line in _record(session)]
        return [*_LEGEND, "-" * 80, *records, "", f"     {total}"]
    rule = "-" * 78
    head = row(_TABLE, ("Local", "Remote", "PeerIpAddr", "State", "Type", "InterfaceName"))
    rows = [line for session in found for line in _row(session)]
    counted = [f"    {total}"] if "all" in params or "static" in params else []
    return [*_LEGEND, rule, head, rule, *rows, rule, *counted]


def _wanted(session: BfdView, params: Mapping[str, str]) -> bool:
    dynamic = session.kind is BfdKind.DYNAMIC
    options = (
        "static" not in params or not dynamic,
        "dynamic" not in params or dynamic,
        "static-auto" not in params or session.kind is BfdKind.AUTO,
        "passive-dynamic" not in params,  # no session of ours is made by its peer
        "for-ip" not in params or not session.ipv6,
        "for-ipv6" not in params or session.ipv6,
        "n" not in params or session.local == int(params["n"]),
        "default-ip" not in params or session.kind is BfdKind.DEFAULT_IP,
        "ip" not in params or session.peer == params["ip"],
        "ipv6" not in params or (session.ipv6 and ip_address(session.peer) == ip_address(params["ipv6"])),
    )
    return all(options)


def _state(session: BfdView) -> str:
    return f"{session.state}(w)" if session.wait_to_restore else str(session.state)


def _type(session: BfdView) -> str:
    bound = "IF" if session.interface else "PEER"
    return f"{_ORIGIN.get(session.kind, 'S_IP')}_{bound}"


def _peer(session: BfdView) -> str:
    peer = session.peer or (_DEFAULT_ADDRESS if session.kind is BfdKind.DEFAULT_IP else "-")
    return ipv6(peer)


def _row(session: BfdView) -> list[str]:
    """Return the table row; a long peer keeps a line for itself."""
    ends = (session.local, session.remote or "-", _peer(session))
    rest = (_state(session), _type(session), session.interface or "-")
    if len(_peer(session)) < _TABLE[2]:
        return [row(_TABLE, (*ends, *rest))]
    return [row(_TABLE, ends), " " * sum(_TABLE[:3]) + row(_TABLE[3:], rest)]


def _record(session: BfdView) -> list[str]:
    up = session.state is BfdState.UP
    hop = "(One Hop)" if session.interface else "(Multiple Hops)"
    bind = f"Interface({session.interface})" if session.interface else "Peer IP Address"
    mode = _ECHO if session.kind is BfdKind.ONE_ARM else _PLAIN
    single = bool(session.interface)
    lines = [
        row((_PAIR,), (f"  {hop} State : {_state(session)}", f"Name : {session.name}")),
        "-" * 78,
        _two("Local Discriminator", session.local, "Remote Discriminator", session.remote or "-"),
        _one("Session Detect Mode", mode),
        _one("BFD Bind Type", bind),
        _one("Bind Session Type", _SESSION_TYPE.get(session.kind, "Static")),
        _one("Bind Peer IP Address", _peer(session)),
        _one("Bind Interface", session.interface) if session.interface else None,
        _one("Track Interface", session.track_interface) if session.track_interface else None,
        _one("Bind Source IP Address", session.source) if session.source else None,
        _two("FSM Board Id", "1" if up else "-", "TOS-EXP", session.tos),
        _two("Min Tx Interval (ms)", session.min_tx_ms, "Min Rx Interval (ms)", session.min_rx_ms),
        _two(
            "Actual Tx Interval (ms)", session.actual_tx_ms, "Actual Rx Interval (ms)", session.actual_rx_ms
        ),
        _two(
            "Local Detect Multi",
            session.multiplier,
            "Detect Interval (ms)",
            shown(session.detect_ms, "-"),
        ),
        _two("Echo Passive", "Disable", "Acl Number", "-"),
        _two("Destination Port", 3784 if single else 4784, "TTL", 255 if single else 254),
        _two(
            "Proc Interface Status",
            _switch(session.process_interface_status),
            "Process PST",
            _switch(session.process_pst),
        ),
        _two("WTR Interval (ms)", session.wtr_minutes * 60000 if up else "-", "Config PST", "Disable"),
        _one("Active Multi", session.multiplier if up else "-"),
        _one("Last Local Diagnostic", session.diagnostic),
        _one("Bind Application", " | ".join(session.applications) or "No Application Bind"),
        _two("Session TX TmrID", "-", "Session Detect TmrID", "-"),
        _two("Session Init TmrID", "-", "Session WTR TmrID", "-"),
        _one("Session Echo Tx TmrID", "-"),
        _one("Session Not Up Reason", session.not_up_reason) if session.not_up_reason else None,
        _one("Session Description", session.description or "-"),
        "-" * 78,
    ]
    return [line for line in lines if line is not None]


def statistics(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show packets, downs and times of the selected sessions."""
    if not view.state.bfd_enabled:
        return _DISABLED
    found = [session for session in view.state.bfd if _wanted(session, params)]
    rule = "-" * 80
    records = [line for session in found for line in (rule, *_counted(session, view))]
    return [*_LEGEND, *records, rule, "", f"     Total Session Number :  {len(found)}"]


def _counted(session: BfdView, view: DeviceView) -> list[str]:
    up = session.state is BfdState.UP
    hop = "(One Hop)" if session.interface else "(Multi Hop)"
    down_s = up_s = None
    if up and session.last_up is not None:
        up_s = view.state.now - session.last_up
        down_s = None if session.last_down is None else session.last_up - session.last_down
    facts = (
        ("Session Type", _SESSION_TYPE.get(session.kind, "Static")),
        ("Bind Type", "INTERFACE" if session.interface else "IP"),
        ("Local/Remote Discriminator", f"{session.local}/{session.remote or '-'}"),
        ("Received Packets", session.received),
        ("Send Packets", session.sent),
        ("Received Bad Packets", 0),
        ("Send Bad Packets", 0),
        ("Down Count", session.downs),
        ("ShortBreak Count", 0),
        ("Send Lsp Ping Count", 0),
        ("Create Time", plain_time(view.moment(session.created))),
        ("Last Down Time", plain_time(view.moment(session.last_down), "0000/00/00 00:00:00")),
        ("Total Time From Last DOWN", _span(down_s)),
        ("Last Up Time", plain_time(view.moment(session.last_up), "0000/00/00 00:00:00")),
        ("Last Up Lasting Time", _span(up_s)),
        ("Total Time From Create", _span(view.state.now - session.created)),
    )
    head = row((_STATISTICS_PAIR,), (f"  {hop} State : {_state(session)}", f"Name : {session.name}"))
    return [head, "-" * 80, *(f"  {label:<36}: {value}" for label, value in facts)]


def _span(seconds: float | None) -> str:
    """Return a duration, `003D:03H:48M:18S`, or the mark of none."""
    if seconds is None:
        return "---D:--H:--M:--S"
    whole = int(seconds)
    return f"{whole // 86400:03}D:{whole // 3600 % 24:02}H:{whole // 60 % 60:02}M:{whole % 60:02}S"


def _switch(on: bool) -> str:  # noqa: FBT001 - the value itself is what is shown
    return "Enable" if on else "Disable"


def _one(label: str, value: object) -> str:
    return f"  {label:<23}: {value}"


def _two(left: str, value: object, right: str, other: object) -> str:
    return f"{_one(left, value):<{_PAIR - 1}} {right:<23}: {other}"
