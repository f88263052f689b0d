"""Which view of one member is the other member's view of the same thing.

Objects with a name or number of their own are matched by it; a channel and a BFD session also by their ends.
Interfaces have names of the device; they are matched by what the pair makes of them: the Eth-Trunks of an
E-Trunk, the groups with the same virtual address, the profile that is bound to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inventory.facts import Fact
from inventory.rules.groups import counterparts as group_counterparts
from inventory.rules.member import Member, Path, below, both
from inventory.rules.sessions import between

NAMED = {
    "rbs.create": ("rbs-name",),
    "rbp.create": ("rbp-name",),
    "et.create": ("e-trunk-id",),
    "mg.create": ("name",),
    "rmg.create": ("name",),
}
"""Openings that are matched by name or number, and the parameter that holds it."""
HELD = ("vlan", "vsi", "ip pool")
"""Views of others that are matched by their name."""


@dataclass(frozen=True)
class View:
    """A view that both members have.

    Args:
        name: what to call it; empty for the system view.
        a: its path on the intended master.
        b: its path on the intended backup.
        opened: the lines that open it, where they are owned.
    """

    name: str
    a: Path
    b: Path
    opened: tuple[Fact, Fact] | None = None


def views(a: Member, b: Member) -> tuple[View, ...]:
    """Give the views that both members have, the system view first."""
    return (
        View("", (), ()),
        *_named(a, b),
        *_sessions(a, b),
        *_held(a, b),
        *(View(_name(mine), mine, yours) for mine, yours in _interfaces(a, b).items()),
    )


def _named(a: Member, b: Member) -> Iterator[View]:
    for row, keys in NAMED.items():
        for ours, theirs in both(a.all(row), b.all(row), *keys):
            yield View(ours.text, below(ours), below(theirs), (ours, theirs))
    for ours, theirs in both(a.all("bfd.global"), b.all("bfd.global")):
        yield View("bfd", below(ours), below(theirs), (ours, theirs))


def _sessions(a: Member, b: Member) -> Iterator[View]:
    for ours, theirs in between(a, b):
        if theirs is not None:
            yield View(f"BFD session {ours.params['name']}", below(ours), below(theirs), (ours, theirs))


def _held(a: Member, b: Member) -> Iterator[View]:
    theirs = {_held_name(path): path for path in b.views if path and path[0].startswith(HELD)}
    for path in a.views:
        if path and path[0].startswith(HELD) and _held_name(path) in theirs:
            yield View(" ".join(_held_name(path)), path, theirs[_held_name(path)])


def _held_name(path: Path) -> tuple[str, ...]:
    """Give kind and name of a view of others, without the type of a pool and the signalling of a VSI."""
    words = path[0].split()
    return tuple(words[:3] if words[:2] == ["ip", "pool"] else words[:2])


def _interfaces(a: Member, b: Member) -> dict[Path, Path]:
    """Match interfaces; the surest tie first, and no interface twice."""
    matched: dict[Path, Path] = {}
    for mine, yours in (*_trunks(a, b), *_groups(a, b), *_bound(a, b)):
        if mine not in matched and yours not in matched.values():
            matched[mine] = yours
    return matched


def _trunks(a: Member, b: Member) -> Iterator[tuple[Path, Path]]:
    """Match the Eth-Trunks of an E-Trunk: same number, or the number that is looked for."""
    theirs = {(fact.params["e-trunk-id"], _number(fact)): fact.path for fact in b.all("if.e-trunk")}
    for fact in a.all("if.e-trunk"):
        wanted = fact.params.get("eth-trunk-id", _number(fact))
        if (fact.params["e-trunk-id"], wanted) in theirs:
            yield fact.path, theirs[fact.params["e-trunk-id"], wanted]


def _groups(a: Member, b: Member) -> Iterator[tuple[Path, Path]]:
    """Match the interfaces of groups that share a virtual address, or that have the same name."""
    for ours, theirs in group_counterparts(a, b):
        if theirs is not None:
            yield ours.lines[0].path, theirs.lines[0].path


def _bound(a: Member, b: Member) -> Iterator[tuple[Path, Path]]:
    """Match the interfaces of a profile: same name, or the only one of each member."""
    for ours, theirs in both(a.all("rbp.create"), b.all("rbp.create"), "rbp-name"):
        mine, yours = _of_profile(a, ours), _of_profile(b, theirs)
        common = [path for path in mine if path in yours]
        yield from ((path, path) for path in common)
        left = ([p for p in mine if p not in common], [p for p in yours if p not in common])
        if len(left[0]) == len(left[1]) == 1:
            yield left[0][0], left[1][0]


def _of_profile(member: Member, profile: Fact) -> list[Path]:
    name = profile.params["rbp-name"].casefold()
    return [fact.path for fact in member.all("if.rbp") if fact.params["rbp-name"].casefold() == name]


def _number(fact: Fact) -> str:
    return _name(fact.path).removeprefix("Eth-Trunk")


def _name(path: Path) -> str:
    return path[0].removeprefix("interface ")
