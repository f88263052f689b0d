"""One planted mistake a rule: which line of which base becomes what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A mistake.

    Args:
        rule: the rule that must find it.
        base: name of the clean pair.
        old: text that stands there.
        new: text that takes its place.
        sides: members in which it does.
        says: part of the message.
    """

    rule: str
    base: str
    old: str
    new: str
    says: str
    sides: str = "a"
