"""What must stand on the device before a plan and no intent can express, as the rows of the lines say."""

from __future__ import annotations

from inventory.errors import RefusedError
from inventory.facts import ConfigTree
from inventory.lines import Statement
from inventory.sections import Sections


def require_presence(member: str, want: tuple[Statement, ...], running: ConfigTree) -> None:
    """Refuse a plan when something that its lines rely on is not on the device.

    Args:
        member: device name.
        want: owned lines that shall be there.
        running: the member's configuration.

    Raises:
        RefusedError: with everything that is missing.
    """
    sections = Sections(running.lines)
    missing = dict.fromkeys(
        f"{text} ({presence.rule})"
        for line in want
        for presence in line.row.relies
        if (text := sections.missing(presence, line.around))
    )
    if missing:
        raise RefusedError(
            "the configuration lacks what the intent relies on; nothing is sent",
            wanted="; ".join(missing),
            member=member,
        )
