"""How the fields of an intent are judged: by which checks and displays, or why by none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CONFIGURATION: Final = "display current-configuration"


@dataclass(frozen=True, slots=True)
class Judged:
    """How fields of one object are judged.

    Args:
        at: path of the object in the intent, e.g. `e_trunks`; empty for the pair itself.
        fields: its fields.
        checks: names of the checks; empty where nothing is judged.
        display: what they read; empty where nothing is judged.
        why: the reason where no check judges them.
    """

    at: str
    fields: tuple[str, ...]
    checks: tuple[str, ...] = ()
    display: str = ""
    why: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields with their paths, e.g. `e_trunks.priority`."""
        return tuple(f"{self.at}.{name}" if self.at else name for name in self.fields)


def by(display: str, checks: str, at: str, fields: str) -> Judged:
    """Say that checks judge fields by a display."""
    return Judged(at, tuple(fields.split()), tuple(checks.split()), display)


def by_lines(at: str, fields: str) -> Judged:
    """Say that the owned lines judge fields."""
    return by(CONFIGURATION, "owned-lines", at, fields)


def by_service_lines(at: str, fields: str) -> Judged:
    """Say that the lines of services judge fields."""
    return by(CONFIGURATION, "service-lines", at, fields)


def unjudged(why: str, at: str, fields: str) -> Judged:
    """Say why no check judges fields."""
    return Judged(at, tuple(fields.split()), why=why)
