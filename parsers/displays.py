"""The displays that Hotpair reads: which command has which template and gives which record.

Source: manual pages of the commands named; a row per form of answer, the first match counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from inventory.errors import IntentError
from parsers.records.e_trunk import ETrunk
from parsers.records.eth_trunk import EthTrunk
from parsers.records.remote_backup import (
    RemoteBackupProfile,
    RemoteBackupProfileName,
    RemoteBackupService,
    RemoteBackupServiceName,
)


@dataclass(frozen=True, slots=True)
class Display:
    """One form of answer.

    Args:
        syntax: how the command is written, for help and errors.
        command: expression for the whole command, lower case, single blanks.
        template: name of the template, without its ending.
        record: type of each record.
        breaks: where the device loses the end of a line, as an expression of no width.
        opens_with_time: the answer itself begins with a moment.
    """

    syntax: str
    command: str
    template: str
    record: type[Any]
    breaks: str = ""
    opens_with_time: bool = False

    def split(self, line: str) -> list[str]:
        """Put back the ends of lines that the device loses."""
        return re.split(self.breaks, line) if self.breaks else [line]


DISPLAYS: Final = (
    Display(
        "display remote-backup-service",
        "display remote-backup-service",
        "remote_backup_service_list",
        RemoteBackupServiceName,
    ),
    Display(
        "display remote-backup-service NAME [ verbose ]",
        r"display remote-backup-service \S+( verbose)?",
        "remote_backup_service",
        RemoteBackupService,
    ),
    Display(
        "display remote-backup-profile [ slave | slot NUMBER ]",
        r"display remote-backup-profile( slave| slot \d+)?",
        "remote_backup_profile_list",
        RemoteBackupProfileName,
    ),
    Display(
        "display remote-backup-profile [ slave | slot NUMBER ] NAME",
        r"display remote-backup-profile( slave| slot \d+)? \S+",
        "remote_backup_profile",
        RemoteBackupProfile,
    ),
    Display("display e-trunk ID", r"display e-trunk \d+", "e_trunk", ETrunk),
    Display(
        "display eth-trunk [ ID ] [ verbose ]", r"display eth-trunk( \d+( verbose)?)?", "eth_trunk", EthTrunk
    ),
)

FILTERED = re.compile(r"\s*\|\s*no-more\s*$")


def supported() -> tuple[str, ...]:
    """Name the commands that can be read."""
    return tuple(display.syntax for display in DISPLAYS)


def display_for(command: str) -> Display:
    """Find the form of answer of a command.

    Raises:
        IntentError: no display matches; the message names the supported ones.
    """
    squeezed = FILTERED.sub("", " ".join(command.lower().split()))
    for display in DISPLAYS:
        if re.fullmatch(display.command, squeezed):
            return display
    raise IntentError(
        f"no parser for this command; supported: {', '.join(supported())}",
        found=" ".join(command.split())[:200],
    )
