"""Lines of BFD: global view and sessions of each kind."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import OWNED
from inventory.model import BfdSession, Pair, Side
from tasks.render.rows import Line, Switch, Value, lines, present

GLOBAL = (
    Value("bfd.default-ip", "default_ip_address", "ip"),
    Value("bfd.delay-up", "delay_up", "seconds"),
)
SESSION = (
    Value("bfd.discr-local", "discriminator", "discr"),
    Value("bfd.min-tx", "min_tx", "ms"),
    Value("bfd.min-rx", "min_rx", "ms"),
    Value("bfd.multiplier", "multiplier", "n"),
    Value("bfd.wtr", "wtr", "minutes"),
    Switch("bfd.pst", "process_pst"),
    Value("bfd.tos", "tos_exp", "n"),
    Value("bfd.desc", "description", "text"),
    Switch("bfd.shutdown", "shutdown"),
)


def bfd(pair: Pair, side: Side) -> Iterator[Line]:
    """Give the lines of the BFD view and of every session of a member."""
    if pair.bfd is None:
        return
    yield Line("bfd.global", (), {}, "bfd")
    yield from lines(GLOBAL, pair.bfd, side, ("bfd",), "bfd")
    for index, session in enumerate(pair.bfd.sessions):
        if session.on(side):
            yield from _session(session, side, f"bfd.sessions[{index}]")


def _session(session: BfdSession, side: Side, origin: str) -> Iterator[Line]:
    row, params = _binding(session, side)
    view = (OWNED[row].text(**params),)
    yield Line(row, (), params, origin)
    yield from lines(SESSION, session, side, view, origin)
    remote = session.remote_of(side)
    if remote is not None:
        yield Line("bfd.discr-remote", view, {"discr": str(remote)}, f"{origin}.discriminator")
    process = session.process_interface_status
    if process:
        params = present(
            sub_if=process.sub_interfaces.of(side), reboot_no_impact=process.reboot_no_impact.of(side)
        )
        yield Line("bfd.pis", view, params, f"{origin}.process_interface_status")


def _binding(session: BfdSession, side: Side) -> tuple[str, dict[str, str]]:
    """Choose the form of the bind line and give its parameters."""
    peer, source = session.peer_of(side), session.source_of(side)
    name = session.name.of(side)
    bound, tracked = session.interface.of(side), session.track_interface.of(side)
    if session.default_ip.of(side):
        return "bfd.bind-default", present(name=name, interface=bound, source_ip=source)
    six = ":" in str(peer)
    ends = present(peer_ipv6=peer, source_ipv6=source) if six else present(peer_ip=peer, source_ip=source)
    params = {**present(name=name, vpn=session.vpn_instance.of(side)), **ends}
    if tracked is not None:
        row = "bfd.bind-ip6-track" if six else "bfd.bind-track-if"
        return row, {**params, "target": "interface", "interface": tracked}
    params |= present(interface=bound)
    if session.kind == "one-arm-echo":
        return "bfd.one-arm", params
    return "bfd.bind-ip6" if six else "bfd.bind-ip", params | present(auto=session.kind == "auto")
