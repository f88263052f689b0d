"""Which function answers which display command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.displays import backup, ethtrunk, etrunk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from emulator.displays.view import DeviceView

DISPLAYS: Mapping[str, Callable[[Mapping[str, str], DeviceView], list[str]]] = {
    "d.rbs": backup.services,
    "d.rbp": backup.profiles,
    "d.rbp-slot": backup.profiles_of_slot,
    "d.rbp-slave": backup.profiles_of_slave,
    "d.etrunk": etrunk.e_trunks,
    "d.etrunk-bfd": etrunk.bfd_sessions,
    "d.etrunk-packets": etrunk.packet_statistics,
    "d.etrunk-changes": etrunk.member_changes,
    "d.ethtrunk": ethtrunk.eth_trunks,
    "d.trunkmembership": ethtrunk.membership,
    "d.lacp-brief": ethtrunk.lacp_brief,
    "d.lacp-statistics": ethtrunk.lacp_statistics,
    "d.lacp-troubleshooting": ethtrunk.lacp_troubleshooting,
}
"""Display functions by the grammar's command id."""


def handles(command: str) -> bool:
    """Whether a command of the grammar is answered from the protocols' state."""
    return command in DISPLAYS


def show(command: str, params: Mapping[str, str], device: DeviceView) -> list[str]:
    """Answer a display command with the lines that the device prints.

    Args:
        command: id of the command in the grammar, e.g. `d.rbs`.
        params: its parameters; a bare keyword is present under its own name.
        device: the device at this moment.

    Raises:
        KeyError: the command is not a display of this table.
    """
    return DISPLAYS[command](params, device)
