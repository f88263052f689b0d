"""Lines of E-Trunks and of the Eth-Trunks and ports in them."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.model import ETrunk, MemberTrunk, Pair, Side
from tasks.render.rows import Line, Switch, Value, lines, present

TRUNK = (
    Value("et.priority", "priority", "priority"),
    Value("et.timer-hello", "hello", "value"),
    Value("et.timer-multiplier", "hold_multiplier", "multiplier"),
    Value("et.revert-delay", "revert_delay", "seconds"),
    Switch("et.revert-disable", "revert", when=False),
    Switch("et.sequence", "sequence"),
    Value("et.track-bfd", "bfd", "bfd-name"),
    Value("et.description", "description", "text"),
    Value("et.auth-mode", "authentication_mode", "mode"),
    Value("et.select", "select", "criterion"),
    Value("et.backup-tunnel-port", "backup_tunnel_port", "port"),
)
MEMBER = (
    Value("if.mode", "mode", "mode"),
    Value("if.e-trunk-mode", "role", "mode"),
    Value("if.least-active", "least_active", "n"),
    Value("if.max-active", "max_active", "n"),
    Value("if.lacp-et-prio", "lacp_e_trunk_priority", "priority"),
    Value("if.lacp-sysid", "lacp_system_id", "mac"),
    Value("if.lacp-prio", "lacp_priority", "priority"),
    Switch("if.lacp-preempt", "lacp_preempt"),
    Value("if.lacp-preempt-delay", "lacp_preempt_delay", "seconds"),
)


def e_trunks(pair: Pair, side: Side) -> Iterator[Line]:
    """Give the lines of every E-Trunk of a member, with its Eth-Trunks and ports."""
    for index, trunk in enumerate(pair.e_trunks):
        if trunk.on(side):
            origin = f"e_trunks[{index}]"
            number = trunk.id.of(side)
            view = (f"e-trunk {number}",)
            yield Line("et.create", (), {"e-trunk-id": str(number)}, origin)
            yield _ends(trunk, side, view, origin)
            yield from lines(TRUNK, trunk, side, view, origin)
            yield from _key(trunk, side, view, origin)
            yield from _dynamic_bfd(trunk, side, view, f"{origin}.dynamic_bfd")
            for place, member in enumerate(trunk.members):
                if member.on(side):
                    yield from _member(trunk, member, side, f"{origin}.members[{place}]")


def _ends(trunk: ETrunk, side: Side, view: tuple[str, ...], origin: str) -> Line:
    own = trunk.address.of(side)
    peer = trunk.peer_of(side)
    vpn = present(vpn=trunk.vpn_instance.of(side))
    if ":" in own:
        return Line("et.peer-ipv6", view, {"peer-ipv6": peer, "source-ipv6": own, **vpn}, f"{origin}.address")
    return Line("et.peer-address", view, {"peer-ip": peer, "source-ip": own, **vpn}, f"{origin}.address")


def _key(trunk: ETrunk, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    key = trunk.security_key.of(side)
    if key is not None:
        params = {f"{key.form}-key": f"<secret:{key.secret}>"}
        yield Line("et.security-key", view, params, f"{origin}.security_key")


def _dynamic_bfd(trunk: ETrunk, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    bfd = trunk.dynamic_bfd
    if bfd is None:
        return
    yield Line("et.bfd-enable", view, present(interface=bfd.interface.of(side)), origin)
    timers = present(min_tx=bfd.min_tx.of(side), min_rx=bfd.min_rx.of(side), n=bfd.multiplier.of(side))
    if timers:
        yield Line("et.bfd-para", view, timers, origin)


def _member(trunk: ETrunk, member: MemberTrunk, side: Side, origin: str) -> Iterator[Line]:
    number = member.eth_trunk.of(side)
    view = (f"interface Eth-Trunk{number}",)
    said = member.remote.of(side) is not None or not member.eth_trunk.same
    params = present(e_trunk_id=trunk.id.of(side), eth_trunk_id=member.remote_of(side) if said else None)
    yield Line("if.e-trunk", view, params, f"{origin}.eth_trunk")
    yield from lines(MEMBER, member, side, view, origin)
    timeout = member.lacp_timeout.of(side)
    if isinstance(timeout, int):
        params = {"timeout": "fast", "seconds": str(timeout)}
        yield Line("if.lacp-timeout", view, params, f"{origin}.lacp_timeout")
    elif timeout is not None:
        yield Line("if.lacp-timeout", view, {"timeout": timeout}, f"{origin}.lacp_timeout")
    for key, ports, mode in (
        ("ports", member.ports, None),
        ("passive_ports", member.passive_ports, "passive"),
    ):
        for port in ports.of(side):
            params = present(trunk_id=number, mode=mode)
            yield Line("if.eth-trunk-join", (f"interface {port}",), params, f"{origin}.{key}")
