"""Lines of E-Trunks and of the Eth-Trunks and ports in them."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import Statement, state
from inventory.lines.e_trunk import (
    ET_AUTH_MODE,
    ET_BACKUP_TUNNEL_PORT,
    ET_BFD_ENABLE,
    ET_BFD_PARA,
    ET_CREATE,
    ET_DESCRIPTION,
    ET_PEER_ADDRESS,
    ET_PEER_IPV6,
    ET_PRIORITY,
    ET_REVERT_DELAY,
    ET_REVERT_DISABLE,
    ET_SECURITY_KEY,
    ET_SELECT,
    ET_SEQUENCE,
    ET_TIMER_HELLO,
    ET_TIMER_MULTIPLIER,
    ET_TRACK_BFD,
)
from inventory.lines.eth_trunk import (
    IF_E_TRUNK,
    IF_E_TRUNK_MODE,
    IF_ETH_TRUNK_JOIN,
    IF_LACP_ET_PRIO,
    IF_LACP_PREEMPT,
    IF_LACP_PREEMPT_DELAY,
    IF_LACP_PRIO,
    IF_LACP_SYSID,
    IF_LACP_TIMEOUT,
    IF_LEAST_ACTIVE,
    IF_MAX_ACTIVE,
    IF_MODE,
)
from inventory.model import ETrunk, MemberTrunk, Pair, Side
from tasks.render.rows import Switch, Value, interface_view, line, lines, opened, present

TRUNK = (
    Value(ET_PRIORITY, "priority", "priority"),
    Value(ET_TIMER_HELLO, "hello", "value"),
    Value(ET_TIMER_MULTIPLIER, "hold_multiplier", "multiplier"),
    Value(ET_REVERT_DELAY, "revert_delay", "seconds"),
    Switch(ET_REVERT_DISABLE, "revert", when=False),
    Switch(ET_SEQUENCE, "sequence"),
    Value(ET_TRACK_BFD, "bfd", "bfd-name"),
    Value(ET_DESCRIPTION, "description", "text"),
    Value(ET_AUTH_MODE, "authentication_mode", "mode"),
    Value(ET_SELECT, "select", "criterion"),
    Value(ET_BACKUP_TUNNEL_PORT, "backup_tunnel_port", "port"),
)
MEMBER = (
    Value(IF_MODE, "mode", "mode"),
    Value(IF_E_TRUNK_MODE, "role", "mode"),
    Value(IF_LEAST_ACTIVE, "least_active", "n"),
    Value(IF_MAX_ACTIVE, "max_active", "n"),
    Value(IF_LACP_ET_PRIO, "lacp_e_trunk_priority", "priority"),
    Value(IF_LACP_SYSID, "lacp_system_id", "mac"),
    Value(IF_LACP_PRIO, "lacp_priority", "priority"),
    Switch(IF_LACP_PREEMPT, "lacp_preempt"),
    Value(IF_LACP_PREEMPT_DELAY, "lacp_preempt_delay", "seconds"),
)


def e_trunks(pair: Pair, side: Side) -> Iterator[Statement]:
    """Yield the lines of every E-Trunk of a member, with its Eth-Trunks and ports."""
    for index, trunk in enumerate(pair.e_trunks):
        if trunk.on(side):
            origin = f"e_trunks[{index}]"
            view = state(ET_CREATE, {"e-trunk-id": str(trunk.id.of(side))})
            yield opened(view, origin)
            yield _ends(trunk, side, view, origin)
            yield from lines(TRUNK, trunk, side, view, origin)
            yield from _key(trunk, side, view, origin)
            yield from _dynamic_bfd(trunk, side, view, f"{origin}.dynamic_bfd")
            for place, member in enumerate(trunk.members):
                if member.on(side):
                    yield from _member(trunk, member, side, f"{origin}.members[{place}]")


def _ends(trunk: ETrunk, side: Side, view: Statement, origin: str) -> Statement:
    own = trunk.address.of(side)
    peer = trunk.peer_of(side)
    vpn = present(vpn=trunk.vpn_instance.of(side))
    if ":" in own:
        return line(ET_PEER_IPV6, view, {"peer-ipv6": peer, "source-ipv6": own, **vpn}, f"{origin}.address")
    return line(ET_PEER_ADDRESS, view, {"peer-ip": peer, "source-ip": own, **vpn}, f"{origin}.address")


def _key(trunk: ETrunk, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    key = trunk.security_key.of(side)
    if key is not None:
        params = {f"{key.form}-key": f"<secret:{key.secret}>"}
        yield line(ET_SECURITY_KEY, view, params, f"{origin}.security_key")


def _dynamic_bfd(trunk: ETrunk, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    bfd = trunk.dynamic_bfd
    if bfd is None:
        return
    yield line(ET_BFD_ENABLE, view, present(interface=bfd.interface.of(side)), origin)
    timers = present(min_tx=bfd.min_tx.of(side), min_rx=bfd.min_rx.of(side), n=bfd.multiplier.of(side))
    if timers:
        yield line(ET_BFD_PARA, view, timers, origin)


def _member(trunk: ETrunk, member: MemberTrunk, side: Side, origin: str) -> Iterator[Statement]:
    number = member.eth_trunk.of(side)
    view = interface_view(f"Eth-Trunk{number}")
    said = member.remote.of(side) is not None or not member.eth_trunk.same
    params = present(e_trunk_id=trunk.id.of(side), eth_trunk_id=member.remote_of(side) if said else None)
    yield line(IF_E_TRUNK, view, params, f"{origin}.eth_trunk")
    yield from lines(MEMBER, member, side, view, origin)
    timeout = member.lacp_timeout.of(side)
    if isinstance(timeout, int):
        params = {"timeout": "fast", "seconds": str(timeout)}
        yield line(IF_LACP_TIMEOUT, view, params, f"{origin}.lacp_timeout")
    elif timeout is not None:
        yield line(IF_LACP_TIMEOUT, view, {"timeout": timeout}, f"{origin}.lacp_timeout")
    for key, ports, mode in (
        ("ports", member.ports, None),
        ("passive_ports", member.passive_ports, "passive"),
    ):
        for port in ports.of(side):
            params = present(trunk_id=number, mode=mode)
            yield line(IF_ETH_TRUNK_JOIN, interface_view(port), params, f"{origin}.{key}")
