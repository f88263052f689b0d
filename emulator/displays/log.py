"""`display logbuffer`: the head of the command reference above what the interfaces remember.

The emulator keeps no log: the last time that each interface came up and went down is what it can tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView

_CAPACITY = 512


def logbuffer(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the messages, newest first, as many as asked for."""
    moments = sorted(
        (
            (time, one.name, word)
            for one in view.state.interfaces
            for time, word in ((one.last_up, "up"), (one.last_down, "down"))
            if time is not None
        ),
        reverse=True,
    )
    size = int(params.get("size", _CAPACITY))
    messages = [
        f"{view.clock.logged(time).partition('+')[0]} {view.name} %%01IFNET/4/IF_STATE(l):"
        f"CID=0x80000001;Interface {name} changed to {word}."
        for time, name, word in moments
    ]
    return [
        "Logging buffer configuration and contents : enabled",
        "Allowed max buffer size : 10240",
        f"Actual buffer size : {_CAPACITY}",
        "Channel number : 4, Channel name : logbuffer",
        "Dropped messages : 0",
        "Overwritten messages : 0",
        f"Current messages : {len(messages)}",
        "",
        *messages[:size],
    ]
