"""`display vrrp statistics`, `display vrrp6 statistics`, `display vrrp protocol-information`.

Source: command reference. What a group sent and received follows from its last changes of state, which is
all that a device remembers here; nothing is ever wrong with a packet.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from emulator.displays.text import interface_order
from emulator.displays.vrrp import selected
from emulator.protocols.states import VrrpState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import VrrpView

_OF_INTERFACE = (
    "IP protocol number errors",
    "Destination IP address errors",
    "Checksum errors",
    "Version errors",
    "Vrid errors",
)
_ERRORS = (
    "Advertisement interval errors",
    "Failed to authentication check",
    "Received IP TTL errors",
    "Received packets with priority zero",
    "Sent packets with priority zero",
    "Received invalid type packets",
    "Received unmatched address list packets",
    "Unknown authentication type packets",
    "Mismatched authentication type",
    "Packet length errors",
    "Received packets vrrp master self sent",
    "Received attack packets",
    "Failed to learn advertisement interval",
)


def statistics(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the counters of VRRP groups, by interface."""
    return _statistics(params, view, six=False)


def statistics6(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the counters of VRRP6 groups, by interface."""
    return _statistics(params, view, six=True)


def _statistics(params: Mapping[str, str], view: DeviceView, *, six: bool) -> list[str]:
    found = sorted(selected(params, view, six=six), key=lambda group: interface_order(group.interface))
    lines: list[str] = []
    for interface, groups in groupby(found, key=lambda group: group.interface):
        lines += [
            f"{interface} statistics information :",
            *(f"{label:>31} : 0" for label in _OF_INTERFACE),
            *(line for group in groups for line in _group(group, view)),
        ]
    return lines


def _group(group: VrrpView, view: DeviceView) -> list[str]:
    counts = (
        ("Transited to master", sum(change.after is VrrpState.MASTER for change in group.changes)),
        ("Sent advertisements", _packets(group, view, VrrpState.MASTER)),
        ("Received advertisements", _packets(group, view, VrrpState.BACKUP)),
        *((label, 0) for label in _ERRORS),
    )
    margin, words = ("", "Virtual Router") if group.ipv6 else ("  ", "virtual router")
    return [
        "",
        f"{margin}{group.interface} | {words} {group.vrid}",
        *(f"{label:>47} : {number}" for label, number in counts),
    ]


def _packets(group: VrrpView, view: DeviceView, state: VrrpState) -> int:
    """Count the advertisements that fit into the time that a group has been in a state."""
    until, seconds = view.state.now, 0.0
    for change in group.changes:
        if change.after is state:
            seconds += until - change.time
        until = change.time
    return int(seconds * 1000 / group.run_advertise_ms)


def protocol(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the version of VRRP and which advertisements are sent."""
    del params
    texts = {line.text for line in view.running.statements}
    new = "vrrp version v3" in {text.lower() for text in texts}
    mode = "send v3 only" if new else "send v2 only"
    return [
        " VRRP protocol information is shown as below:",
        f"    VRRP protocol version : {'V3' if new else 'V2'}",
        f"    Send advertisement packet mode : {mode}",
    ]
