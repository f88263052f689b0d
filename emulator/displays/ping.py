"""`ping` and `display multicast rui`: answers that the network is asked for (command reference)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols.states import Rui

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import PingReply, PingResult

_RUI = {
    Rui.NOT_CONFIGURED: (
        "Active-active is not configured for multicast services on this Eth-Trunk interface."
    ),
    Rui.LOCAL: ("The multicast traffic is forwarded through this Eth-Trunk interface on the local device."),
    Rui.REMOTE: ("The multicast traffic is forwarded through the Eth-Trunk interface on the remote device."),
}


def ping(result: PingResult, params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show each echo and the statistics."""
    times = [reply.milliseconds for reply in result.replies if reply.milliseconds is not None]
    sent, heard = len(result.replies), len(times)
    loss = 100 * (sent - heard) / sent if sent else 0.0
    layout = view.layout
    size = params.get("size", "56")
    if "-brief" in params:
        echoes = ["    " + "".join("." if reply.milliseconds is None else "!" for reply in result.replies)]
    else:
        unroutable = "-detail" in params and not result.routable
        echoes = [_echo(reply, result, size, layout.ping_reply, unroutable) for reply in result.replies]
    ends = (
        [f"    round-trip min/avg/max = {min(times)}/{sum(times) // heard}/{max(times)} ms"] if times else []
    )
    return [
        layout.ping_head.format(target=result.target, size=size),
        *echoes,
        "",
        layout.ping_end.format(target=result.target),
        f"    {sent} packet(s) transmitted",
        f"    {heard} packet(s) received",
        f"    {loss:.2f}% packet loss",
        *ends,
        "",
    ]


def _echo(reply: PingReply, result: PingResult, size: str, layout: str, unroutable: bool) -> str:  # noqa: FBT001 - a fact of the one result
    if reply.milliseconds is None:
        return "    Request time out" + (" (unroutable)" if unroutable else "")
    return layout.format(target=result.target, size=size, sequence=reply.sequence, ms=reply.milliseconds)


def rui(answer: Rui) -> list[str]:
    """Show which device of an active-active pair forwards a flow."""
    return [_RUI[answer]]
