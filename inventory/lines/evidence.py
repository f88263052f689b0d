"""How well a line is known: who says that a device of a release takes it, and what its second entry does.

Two sets of the product's manual were read: the command reference, of an older release, and the configuration
guide, of a newer one. A line that stands in the one alone is taken over for every other release.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Evidence(StrEnum):
    """How well something is known, the best first."""

    DEVICE = "seen on a device of this release"
    MANUAL = "in the manual of this release"
    OTHER = "in the manual of another release"
    DERIVED = "derived, in no manual"


REFERENCE, GUIDE = "V800R012", "V800R022"
"""Releases of the command reference and of the configuration guide."""
_RANK = {evidence: rank for rank, evidence in enumerate(Evidence)}


@dataclass(frozen=True, slots=True)
class Sources:
    """Who says that a device takes a line.

    Args:
        manuals: releases whose manual has the line.
        replaces: a manual says what a second entry does: it replaces the first one, or stands beside it.
        seen: releases of devices that took the line.
    """

    manuals: tuple[str, ...] = ()
    replaces: bool = False
    seen: tuple[str, ...] = ()

    def on(self, release: str) -> Evidence:
        """Tell how well the line is known on a release.

        Args:
            release: as a device writes it, e.g. `V800R022C00SPC500`; empty where it is not known.
        """
        if release.startswith(self.seen) and self.seen:
            return Evidence.DEVICE
        if release.startswith(self.manuals) and self.manuals:
            return Evidence.MANUAL
        return Evidence.OTHER if self.manuals or self.seen else Evidence.DERIVED

    def replaced_on(self, release: str) -> Evidence:
        """Tell how well it is known that a second entry replaces the first one."""
        return self.on(release) if self.replaces else Evidence.DERIVED


def said(*manuals: str, replaces: bool = False, seen: tuple[str, ...] = ()) -> Sources:
    """Name the manuals that a line stands in; arguments as for `Sources`."""
    return Sources(manuals, replaces, seen)


def weaker(one: Evidence, other: Evidence) -> bool:
    """Tell whether the first is weaker than the second."""
    return _RANK[one] > _RANK[other]
