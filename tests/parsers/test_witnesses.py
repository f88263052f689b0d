"""Two witnesses meet: what the emulator prints of any state is read whole, and each value equals the state.

Both were written from the manual alone, so a value on which they differ is a fault of one of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from emulator.displays import show
from emulator.displays.layouts import Layout
from emulator.protocols.states import (
    Causation,
    DownBy,
    ETrunkRole,
    PhysicalState,
    RbsState,
    Role,
)
from parsers.api import parse
from tests.emulator.displays.cases import CASES
from tests.emulator.displays.states import EMPTY, STATE, view
from tests.emulator.displays.test_golden import WANTED, kept
from tests.parsers.witness import EVERY_LAYOUT, TYPED, differences, seen


@pytest.mark.parametrize(("case", "layout"), WANTED)
def test_every_kept_display_is_read_whole(case: str, layout: str) -> None:
    text = kept(case, layout).read_text(encoding="utf-8")

    parsed = parse(TYPED.get(case, case), text)

    assert (parsed.unparsed, parsed.lacks) == ((), ())


@EVERY_LAYOUT
@pytest.mark.parametrize("case", [case for case in CASES if "Error" not in case])
def test_bare_device_is_read_whole(case: str, layout: Layout) -> None:
    command, params = CASES[case]
    text = "\n".join(show(command, params, view(EMPTY, layout)))

    assert not parse(TYPED.get(case, case), text).unparsed or text.startswith("Error:")


def e_trunks() -> Iterator[Any]:
    """Yield E-Trunks in every state, with and without a peer, a delay, a VPN instance and a session."""
    first, second = STATE.e_trunks
    peers: tuple[dict[str, Any], ...] = (
        {},
        {"peer_priority": None, "peer_system_id": "", "peer_fail_time": None},
    )
    for role, peer, delay, vpn in itertools.product(ETrunkRole, peers, (None, 0, 120), ("", "red-1")):
        yield replace(first, role=role, revert_delay=delay, vpn=vpn, **peer)
    for causation in Causation:
        yield replace(second, id=7, causation=causation, peer="", source="", members=(), dynamic_bfd=None)


@EVERY_LAYOUT
def test_e_trunk(layout: Layout) -> None:
    for state in e_trunks():
        (record,) = seen("display e-trunk 7", replace(STATE, e_trunks=(state,)), layout).records

        assert differences(record, {
            "id": state.id,
            "priority": state.priority,
            "revert_delay_s": state.revert_delay,
            "system_id": state.system_id,
            "vpn_instance": state.vpn or None,
            "peer_ip": state.peer or None,
            "source_ip": state.source or None,
            "state": {"init": "initialize"}.get(state.role.lower(), state.role.lower()),
            "causation": str(state.causation),
            "send_period_100ms": state.send_period,
            "fail_time_100ms": state.fail_time,
            "received": state.counters.received,
            "sent": state.counters.sent,
            "receive_dropped": state.counters.dropped,
            "peer_priority": state.peer_priority,
            "peer_system_id": state.peer_system_id or None,
            "peer_fail_time_100ms": state.peer_fail_time,
            "bfd_session": state.bfd_session or None,
            "description": state.description or None,
            "sequence": "enable" if state.sequence else "disable",
            "dynamic_bfd": "enabled" if state.dynamic_bfd else "disabled",
            "extra": {},
        }) == {}  # fmt: skip
        assert [
            (one.id, one.phy_state == "up", one.work_mode, one.state, one.causation, one.remote_id)
            for one in record.members
        ] == [
            (one.id, one.phys_up, one.mode, one.role.lower(), str(one.causation), one.remote_id)
            for one in state.members
        ]


@EVERY_LAYOUT
def test_e_trunk_brief(layout: Layout) -> None:
    for state in e_trunks():
        (record,) = seen("display e-trunk brief", replace(STATE, e_trunks=(state,)), layout).records

        assert (record.id, record.peer_ip, record.source_ip) == (
            state.id,
            state.peer or None,
            state.source or None,
        )
        assert (record.vpn_instance, record.state[:4]) == (state.vpn or None, state.role.lower()[:4])


@EVERY_LAYOUT
@pytest.mark.parametrize("channel", RbsState)
def test_service(channel: RbsState, layout: Layout) -> None:
    for service in STATE.services:
        state = replace(service, name="north", state=channel)
        case = "display remote-backup-service north"
        (record,) = seen(case, replace(STATE, services=(state,)), layout).records

        assert differences(record, {
            "name": "north",
            "index": state.index,
            "tcp_state": None if channel is RbsState.UNSET else channel.lower(),
            "peer_ip": state.peer or None,
            "source_ip": state.source or None,
            "tcp_port": state.port,
            "track_bfd": None if state.track_bfd is None else str(state.track_bfd),
            "ssl_policy_name": state.ssl_policy or None,
            "blocked_on_tx": state.blocked_tx,
            "blocked_on_rx": state.blocked_rx,
            "extra": {},
        }) == {}  # fmt: skip
        assert [(one.at[:8], one.service) for one in record.batch_backups] == [
            (one.time, one.service) for one in state.daily
        ]


@EVERY_LAYOUT
@pytest.mark.parametrize(("own", "peer"), list(itertools.product(Role, Role)))
def test_profile(own: Role, peer: Role, layout: Layout) -> None:
    for profile in STATE.profiles:
        tracks = tuple(replace(track, role=own, peer=peer) for track in profile.tracks)
        state = replace(profile, name="homes", role=own, peer=peer, tracks=tracks)
        (record,) = seen(
            "display remote-backup-profile homes", replace(STATE, profiles=(state,)), layout
        ).records

        assert differences(record, {
            "index": f"{state.index:#x}",
            "services": state.services,
            "remote_backup_service": state.rbs or None,
            "backup_id": state.backup_id,
            "interfaces": state.interfaces,
            "backup_mode": state.mode,
            "e_trunk_id": state.e_trunk[0] if state.e_trunk else None,
            "eth_trunk_id": state.e_trunk[1] if state.e_trunk else None,
            "slot_number": state.slot[0] if state.slot else None,
        }) == {}  # fmt: skip
        assert [(one.vrrp_id, one.interface, one.state, one.peer_state) for one in record.vrrps] == [
            (
                one.vrid,
                one.interface,
                *(None if role is Role.UNKNOWN else role.lower() for role in (own, peer)),
            )
            for one in state.tracks
        ]


@EVERY_LAYOUT
def test_interfaces(layout: Layout) -> None:
    for phys, protocol, reason in itertools.product(PhysicalState, (True, False), DownBy):
        interfaces = tuple(
            replace(one, phys=phys, protocol=protocol, down_by=reason) for one in STATE.interfaces
        )
        state = replace(STATE, interfaces=interfaces)
        rows = {row.name: row for row in seen("display interface brief", state, layout).records}
        addressed = seen("display ip interface brief", state, layout).records
        seen("display ipv6 interface brief", state, layout)

        held = reason is not DownBy.NOTHING  # and shown as down, whatever its links are
        assert set(rows) == {one.name for one in interfaces}
        for row in rows.values():
            assert held or (f"{row.phy_mark}{row.phy}", row.protocol == "up") == (str(phys), protocol)
        for row in addressed:
            assert held or (f"{row.phy_mark}{row.phy}", row.protocol == "up") == (str(phys), protocol)


@EVERY_LAYOUT
def test_trunks_entries_and_groups(layout: Layout) -> None:
    trunks = {one.lag_id or one.name: one for one in seen("display eth-trunk", STATE, layout).records}
    assert [one.name for one in trunks.values()] == [f"Eth-Trunk{one.id}" for one in STATE.eth_trunks]
    for one in STATE.eth_trunks:
        record = next(record for record in trunks.values() if record.name == f"Eth-Trunk{one.id}")
        assert [port.name for port in record.ports] == [port.name for port in one.ports]

    arp = seen("display arp all", STATE, layout).records
    assert [(one.ip, one.mac, one.interface) for one in arp] == [
        (one.address, one.mac, one.interface) for one in STATE.arp
    ]
    groups = {
        (interface.name, group.group)
        for case in ("display igmp group", "display mld group", "display igmp group static")
        for instance in seen(case, STATE, layout).records
        for interface in instance.interfaces
        for group in interface.groups
    }
    assert groups >= {(one.interface, one.group) for one in STATE.mld}
    assert groups == {(one.interface, one.group) for one in (*STATE.igmp, *STATE.mld)}
    for name in ("up2",):
        (record,) = seen(f"display monitor-group {name}", STATE, layout).records
        wanted = next(one for one in STATE.monitor_groups if one.name == name)
        assert differences(record, {
            "status": "active" if wanted.active else "inactive",
            "down_weight": wanted.down_weight,
            "weight_sum": wanted.weight_sum,
            "trigger_up_delay_s": wanted.trigger_up_delay,
        }) == {}  # fmt: skip
        assert [one.name for one in record.bindings] == [one.interface for one in wanted.bindings]
