"""The displays that Hotpair reads: all of them, and the one that answers a command."""

from __future__ import annotations

import difflib
import re
from functools import cache, lru_cache
from typing import Final

from inventory.errors import IntentError
from inventory.guests import guests
from parsers.catalogue import (
    backup,
    hardware,
    interfaces,
    multicast,
    network,
    objects,
    redundancy,
    services,
    snooping,
    subscribers,
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
    *subscribers.DISPLAYS,
    *snooping.DISPLAYS,
    *hardware.DISPLAYS,
    *objects.DISPLAYS,
    *system.DISPLAYS,
)
"""By subject; the first row that matches a command counts."""
GROUP: Final = "hotpair.displays"
"""Entry points of other packages, each naming a tuple of `Display`; they come after ours and replace none."""

FILTERED = re.compile(r"\s*\|\s*no-more\s*$")


SHORT = re.compile(r"^dis(?:p(?:l(?:a(?:y)?)?)?)? ")
"""How operators and devices shorten the first word."""
NEAREST = 4
"""Displays that an error names."""


def supported() -> tuple[str, ...]:
    """Name the commands that can be read."""
    return tuple(display.syntax for display in (*DISPLAYS, *of_others()))


@cache
def of_others() -> tuple[Display, ...]:
    """Return the displays of other packages.

    Raises:
        IntentError: an entry point cannot be loaded, or gives something else.
    """
    found = tuple(display for given in guests(GROUP) for display in given)
    strange = [one for one in found if not isinstance(one, Display)]
    if strange:
        raise IntentError(f"an entry point of {GROUP} gives no display", found=repr(strange[0])[:80])
    return found


@lru_cache(maxsize=1024)
def display_for(command: str) -> Display:
    """Find the form of answer of a command.

    Raises:
        IntentError: no display matches; the message names the supported ones.
    """
    squeezed = SHORT.sub("display ", FILTERED.sub("", " ".join(command.lower().split())))
    for rows in (lambda: DISPLAYS, of_others):  # others are asked only for what is none of ours
        for display in rows():
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
