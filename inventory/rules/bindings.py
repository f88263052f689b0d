"""The interfaces of a profile on both members: each has its counterpart, whatever its name."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import Statement
from inventory.lines.interface import IF_RBP
from inventory.lines.profile import RBP_CREATE
from inventory.rules.counterparts import views
from inventory.rules.finding import Breach
from inventory.rules.member import Member
from inventory.rules.pairing import paired


def unequal_bindings(a: Member, b: Member) -> Iterator[Breach]:
    """Find profiles that one member has on more interfaces: users of the others are backed up nowhere."""
    matched = [(view.a, view.b) for view in views(a, b)]
    known = ({path for path, _ in matched}, {path for _, path in matched})
    for ours, theirs in paired(a, b, RBP_CREATE):
        lines = (bound(a, ours), bound(b, theirs))
        left = [
            [fact for fact in side if fact.path not in seen] for side, seen in zip(lines, known, strict=True)
        ]
        if len(left[0]) != len(left[1]):
            more, less = (a, b) if len(left[0]) > len(left[1]) else (b, a)
            yield Breach(
                f"{ours.text} is on more interfaces of {more.name} than of {less.name}",
                (*left[0], *left[1]),
                "the profile on as many interfaces of both",
                {member.name: _names(side) for member, side in zip((a, b), left, strict=True)},
            )


def bound(member: Member, profile: Statement) -> tuple[Statement, ...]:
    """Return the lines that bind a profile to an interface."""
    name = profile.params["rbp-name"].casefold()
    return tuple(fact for fact in member.all(IF_RBP) if fact.params["rbp-name"].casefold() == name)


def _names(lines: list[Statement]) -> str:
    return ", ".join(fact.path[0].removeprefix("interface ") for fact in lines) or "none"
