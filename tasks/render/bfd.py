"""Lines of BFD: global view and sessions of each kind."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import OwnedLine, Statement, state
from inventory.lines.bfd import (
    BFD_BIND_DEFAULT,
    BFD_BIND_IP,
    BFD_BIND_IP6,
    BFD_BIND_IP6_TRACK,
    BFD_BIND_TRACK_IF,
    BFD_DEFAULT_IP,
    BFD_DELAY_UP,
    BFD_DESC,
    BFD_DISCR_LOCAL,
    BFD_DISCR_REMOTE,
    BFD_GLOBAL,
    BFD_MIN_RX,
    BFD_MIN_TX,
    BFD_MULTIPLIER,
    BFD_ONE_ARM,
    BFD_PIS,
    BFD_PST,
    BFD_SHUTDOWN,
    BFD_TOS,
    BFD_WTR,
)
from inventory.model import BfdSession, Pair, Side
from tasks.render.rows import Switch, Value, line, lines, opened, present

GLOBAL = (
    Value(BFD_DEFAULT_IP, "default_ip_address", "ip"),
    Value(BFD_DELAY_UP, "delay_up", "seconds"),
)
SESSION = (
    Value(BFD_DISCR_LOCAL, "discriminator", "discr"),
    Value(BFD_MIN_TX, "min_tx", "ms"),
    Value(BFD_MIN_RX, "min_rx", "ms"),
    Value(BFD_MULTIPLIER, "multiplier", "n"),
    Value(BFD_WTR, "wtr", "minutes"),
    Switch(BFD_PST, "process_pst"),
    Value(BFD_TOS, "tos_exp", "n"),
    Value(BFD_DESC, "description", "text"),
    Switch(BFD_SHUTDOWN, "shutdown"),
)


def bfd(pair: Pair, side: Side) -> Iterator[Statement]:
    """Yield the lines of the BFD view and of every session of a member."""
    if pair.bfd is None:
        return
    view = state(BFD_GLOBAL, {})
    yield opened(view, "bfd")
    yield from lines(GLOBAL, pair.bfd, side, view, "bfd")
    for index, session in enumerate(pair.bfd.sessions):
        if session.on(side):
            yield from _session(session, side, f"bfd.sessions[{index}]")


def _session(session: BfdSession, side: Side, origin: str) -> Iterator[Statement]:
    row, params = _binding(session, side)
    view = state(row, params)
    yield opened(view, origin)
    yield from lines(SESSION, session, side, view, origin)
    remote = session.remote_of(side)
    if remote is not None:
        yield line(BFD_DISCR_REMOTE, view, {"discr": str(remote)}, f"{origin}.discriminator")
    process = session.process_interface_status
    if process:
        params = present(
            sub_if=process.sub_interfaces.of(side), reboot_no_impact=process.reboot_no_impact.of(side)
        )
        yield line(BFD_PIS, view, params, f"{origin}.process_interface_status")


def _binding(session: BfdSession, side: Side) -> tuple[OwnedLine, dict[str, str]]:
    """Choose the form of the bind line and give its parameters."""
    peer, source = session.peer_of(side), session.source_of(side)
    name = session.name.of(side)
    bound, tracked = session.interface.of(side), session.track_interface.of(side)
    if session.default_ip.of(side):
        return BFD_BIND_DEFAULT, present(name=name, interface=bound, source_ip=source)
    six = ":" in str(peer)
    ends = present(peer_ipv6=peer, source_ipv6=source) if six else present(peer_ip=peer, source_ip=source)
    params = {**present(name=name, vpn=session.vpn_instance.of(side)), **ends}
    if tracked is not None:
        row = BFD_BIND_IP6_TRACK if six else BFD_BIND_TRACK_IF
        return row, {**params, "target": "interface", "interface": tracked}
    params |= present(interface=bound)
    if session.kind == "one-arm-echo":
        return BFD_ONE_ARM, params
    return BFD_BIND_IP6 if six else BFD_BIND_IP, params | present(auto=session.kind == "auto")
