"""The displays that Hotpair reads: all of them, and the one that answers a command."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import Final

from inventory.errors import IntentError
from parsers.catalogue import (
    backup,
    interfaces,
    multicast,
    network,
    objects,
    redundancy,
    services,
    system,
    trunks,
)
from parsers.catalogue.display import Display

DISPLAYS: Final = (
    *backup.DISPLAYS,
    *trunks.DISPLAYS,
    *redundancy.DISPLAYS,
    *interfaces.DISPLAYS,
    *multicast.DISPLAYS,
    *network.DISPLAYS,
    *services.DISPLAYS,
    *objects.DISPLAYS,
    *system.DISPLAYS,
)
"""By subject; the first row that matches a command counts."""

FILTERED = re.compile(r"\s*\|\s*no-more\s*$")


SHORT = re.compile(r"^dis(?:p(?:l(?:a(?:y)?)?)?)? ")
"""How operators and devices shorten the first word."""
NEAREST = 4
"""Displays that an error names."""


def supported() -> tuple[str, ...]:
    """Name the commands that can be read."""
    return tuple(display.syntax for display in DISPLAYS)


@lru_cache(maxsize=1024)
def display_for(command: str) -> Display:
    """Find the form of answer of a command.

    Raises:
        IntentError: no display matches; the message names the supported ones.
    """
    squeezed = SHORT.sub("display ", FILTERED.sub("", " ".join(command.lower().split())))
    for display in DISPLAYS:
        if re.fullmatch(display.command, squeezed):
            return display
    raise IntentError(
        f"no parser for this command; supported: {', '.join(supported())}",
        found=" ".join(command.split())[:200],
    )


def nearest(command: str) -> list[str]:
    """Name the displays that are spelt most like a command; what stands in for arguments does not count."""
    forms = {" ".join(word for word in syntax.split() if word.islower()): syntax for syntax in supported()}
    near = difflib.get_close_matches(command.lower(), forms, n=NEAREST, cutoff=0)
    return [forms[form] for form in near]
