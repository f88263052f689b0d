"""Which view of one member is the other member's view of the same thing.

Objects with a name or number of their own are matched by it; a channel and a BFD session also by their ends.
Interfaces have names of the device; they are matched by what the pair makes of them: the Eth-Trunks of an
E-Trunk, the groups with the same virtual address, the profile that is bound to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inventory.lines import Statement
from inventory.lines.bfd import BFD_GLOBAL
from inventory.lines.e_trunk import ET_CREATE
from inventory.lines.eth_trunk import IF_E_TRUNK
from inventory.lines.interface import IF_RBP
from inventory.lines.monitor import MG_CREATE, RMG_CREATE
from inventory.lines.profile import RBP_CREATE, RBP_IP_POOL, RBP_IPV6_POOL
from inventory.lines.service import RBS_CREATE
from inventory.lines.service_users import RBS_IP_POOL, RBS_IPV6_POOL
from inventory.lines.snooping import IF_IGS_ROUTER_PORT
from inventory.rules.groups import counterparts as group_counterparts
from inventory.rules.member import Member, Path, below
from inventory.rules.pairing import paired
from inventory.rules.sessions import between

NAMED = (RBS_CREATE, RBP_CREATE, ET_CREATE, MG_CREATE, RMG_CREATE)
"""Openings that are matched by name or number, which is the key of the row."""
HELD = ("vlan", "vsi", "ip pool", "ipv6 pool")
"""Views of others that are matched by their name."""
_POOLS = (RBS_IP_POOL, RBS_IPV6_POOL, RBP_IP_POOL, RBP_IPV6_POOL)
"""Lines that name a pool."""


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
    opened: tuple[Statement, Statement] | None = None


def views(a: Member, b: Member) -> tuple[View, ...]:
    """Return the views that both members have, the system view first."""
    return (
        View("", (), ()),
        *_named(a, b),
        *_sessions(a, b),
        *_held(a, b),
        *(View(_name(mine), mine, yours) for mine, yours in _interfaces(a, b).items()),
    )


def _named(a: Member, b: Member) -> Iterator[View]:
    for row in NAMED:
        for ours, theirs in paired(a, b, row):
            yield View(ours.text, below(ours), below(theirs), (ours, theirs))
    for ours, theirs in paired(a, b, BFD_GLOBAL):
        yield View("bfd", below(ours), below(theirs), (ours, theirs))


def _sessions(a: Member, b: Member) -> Iterator[View]:
    for ours, theirs in between(a, b):
        if theirs is not None:
            yield View(f"BFD session {ours.params['name']}", below(ours), below(theirs), (ours, theirs))


def _held(a: Member, b: Member) -> Iterator[View]:
    """Match views of others; where one member has no line of ours in it, its view is empty."""
    ours, theirs = ({_folded(path): path for path in _held_paths(member)} for member in (a, b))
    for name in dict.fromkeys([*ours, *theirs]):
        path = ours.get(name) or theirs[name]
        yield View(" ".join(held_name(path)), ours.get(name, path), theirs.get(name, path))


def _folded(path: Path) -> tuple[str, ...]:
    """Return kind and name; pools have names of any letter case, VSIs have not."""
    kind, *name = held_name(path)
    return (kind, *name) if kind == "vsi" else (kind, *(word.casefold() for word in name))


def _held_paths(member: Member) -> Iterator[Path]:
    """Yield the views of others that hold lines of ours, and the pools that lines of ours name."""
    yield from (path for path in member.views if path and path[0].startswith(HELD))
    named = {fact.params["pool"].casefold() for fact in member.all(*_POOLS)}
    for line in member.underlay.tree.lines if member.underlay else ():
        words = line.text.split()
        if words[:2] in (["ip", "pool"], ["ipv6", "pool"]) and words[2].casefold() in named:
            yield (line.text,)


def held_name(path: Path) -> tuple[str, ...]:
    """Return kind and name of a view of others, without the type of a pool and the signalling of a VSI."""
    words = path[0].split()
    return (*words[:2], words[2].casefold()) if words[1:2] == ["pool"] and words[2:] else tuple(words[:2])


def _interfaces(a: Member, b: Member) -> dict[Path, Path]:
    """Match interfaces; the surest tie first, and no interface twice."""
    matched: dict[Path, Path] = {}
    for mine, yours in (*_trunks(a, b), *_groups(a, b), *_bound(a, b)):
        _match(matched, mine, yours)
    for mine, yours in (*_parts(a, b, matched), *_snooping(a, b)):
        _match(matched, mine, yours)
    return matched


def _match(matched: dict[Path, Path], mine: Path, yours: Path) -> None:
    if mine not in matched and yours not in matched.values():
        matched[mine] = yours


def _parts(a: Member, b: Member, matched: Mapping[Path, Path]) -> Iterator[tuple[Path, Path]]:
    """Match the sub-interfaces of interfaces that match, by their numbers."""
    back = {yours: mine for mine, yours in matched.items()}
    for mine, yours in ((a, matched), (b, back)):
        for path in mine.views:
            main, dot, number = path[0].partition(".") if path else ("", "", "")
            if dot and (main,) in yours:
                other = (f"{yours[main,][0]}.{number}",)
                yield (path, other) if mine is a else (other, path)


def _snooping(a: Member, b: Member) -> Iterator[tuple[Path, Path]]:
    """Match the ports that lead to multicast routers: same name, or the only one of each member."""
    mine, yours = ([fact.path for fact in member.all(IF_IGS_ROUTER_PORT)] for member in (a, b))
    alone = [(path, yours[0]) for path in mine if len({*mine}) == len({*yours}) == 1]
    yield from alone or ((path, path) for path in dict.fromkeys([*mine, *yours]))


def _trunks(a: Member, b: Member) -> Iterator[tuple[Path, Path]]:
    """Match the Eth-Trunks of an E-Trunk: same number, or the number that is looked for."""
    theirs = {(fact.params["e-trunk-id"], _number(fact)): fact.path for fact in b.all(IF_E_TRUNK)}
    for fact in a.all(IF_E_TRUNK):
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
    for ours, theirs in paired(a, b, RBP_CREATE):
        mine, yours = _of_profile(a, ours), _of_profile(b, theirs)
        common = [(path, path) for path in mine if path in yours]
        numbered = _same_number(*_left(mine, yours, common))
        yield from (*common, *numbered)
        alone = _left(mine, yours, [*common, *numbered])
        if len(alone[0]) == len(alone[1]) == 1:
            yield alone[0][0], alone[1][0]


def _left(
    mine: list[Path], yours: list[Path], matched: list[tuple[Path, Path]]
) -> tuple[list[Path], list[Path]]:
    """Return the interfaces of both that are not matched."""
    seen = ([one for one, _ in matched], [other for _, other in matched])
    return [path for path in mine if path not in seen[0]], [path for path in yours if path not in seen[1]]


def _same_number(mine: list[Path], yours: list[Path]) -> list[tuple[Path, Path]]:
    """Match sub-interfaces of other main interfaces by their numbers."""
    ours, theirs = _numbers(mine), _numbers(yours)
    return [
        (path, yours[theirs.index(number)])
        for path, number in zip(mine, ours, strict=True)
        if number and ours.count(number) == theirs.count(number) == 1
    ]


def _numbers(paths: list[Path]) -> list[str]:
    return [path[0].partition(".")[2] for path in paths]


def _of_profile(member: Member, profile: Statement) -> list[Path]:
    name = profile.params["rbp-name"].casefold()
    return [fact.path for fact in member.all(IF_RBP) if fact.params["rbp-name"].casefold() == name]


def _number(fact: Statement) -> str:
    return _name(fact.path).removeprefix("Eth-Trunk")


def _name(path: Path) -> str:
    return path[0].removeprefix("interface ")
