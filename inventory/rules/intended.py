"""Rules of what a pair means by a and b: each has an address of its own, and a is the one that is master."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import OwnedLine, Statement
from inventory.lines.e_trunk import ET_CREATE, ET_PEER_ADDRESS, ET_PEER_IPV6, ET_PRIORITY
from inventory.lines.service import RBS_CREATE, RBS_PEER, RBS_PEER_IPV6
from inventory.rules.equal import differ, views
from inventory.rules.finding import Breach
from inventory.rules.groups import counterparts
from inventory.rules.member import Member


def own_channel_ends(a: Member, b: Member) -> Iterator[Breach]:
    """R70: both members of a channel have an address of their own."""
    yield from _own_ends(a, b, RBS_CREATE, {RBS_PEER: "source-ip", RBS_PEER_IPV6: "source-ipv6"})


def own_trunk_ends(a: Member, b: Member) -> Iterator[Breach]:
    """R74: both members of an E-Trunk have an address of their own."""
    ends = {ET_PEER_ADDRESS: "source-ip", ET_PEER_IPV6: "source-ipv6"}
    yield from _own_ends(a, b, ET_CREATE, ends)


def _own_ends(a: Member, b: Member, opener: OwnedLine, sources: dict[OwnedLine, str]) -> Iterator[Breach]:
    for here, there, name in views(a, b, opener):
        for row, source in sources.items():
            ours, theirs = a.one(row, path=here), b.one(row, path=there)
            if ours is None or theirs is None:
                continue
            mine, yours = ours.params.get(source, ""), theirs.params.get(source, "")
            if mine and mine == yours:
                yield differ(
                    f"both members give the same address as their own{name}",
                    (a, ours),
                    (b, theirs),
                    (mine, yours),
                    wanted="an address of its own on each member",
                )


def intended_master(a: Member, b: Member) -> Iterator[Breach]:
    """R79, R95: where every priority makes b the master, nothing makes it of a, which the intent names first.

    Of two configuration files nobody says which one is meant to be master; an intent that shares the load
    makes each member master of something.
    """
    decided = [*_trunks(a, b), *_groups(a, b)]
    if not decided or not all(by_b for by_b, *_ in decided):
        return
    for _, name, values, facts in decided:
        if any(fact is not None and fact.place and fact.place.path for fact in facts):
            yield Breach(
                f"{b.name} would be master of {name}, and {a.name} is the intended master",
                facts,
                "a with the better priority, or the members the other way round",
                {a.name: f"priority {values[0]}", b.name: f"priority {values[1]}"},
            )


Decided = tuple[bool, str, tuple[int, int], tuple[Statement | None, Statement | None]]


def _trunks(a: Member, b: Member) -> Iterator[Decided]:
    """Yield each E-Trunk whose priorities differ: the smaller one is master."""
    for here, there, name in views(a, b, ET_CREATE):
        facts = a.one(ET_PRIORITY, path=here), b.one(ET_PRIORITY, path=there)
        mine, yours = (int(fact.params.get("priority", "100")) if fact else 100 for fact in facts)
        if mine != yours:
            yield mine > yours, name.removeprefix(" of "), (mine, yours), facts


def _groups(a: Member, b: Member) -> Iterator[Decided]:
    """Yield each VRRP group that follows no other one and whose priorities differ: the larger is master."""
    for ours, theirs in counterparts(a, b):
        follows = ours.all(ours.rows.track_admin) or (theirs and theirs.all(theirs.rows.track_admin))
        if theirs is None or follows or ours.priority == theirs.priority:
            continue
        facts = (
            next(iter(ours.all(ours.rows.priority)), ours.lines[0]),
            next(iter(theirs.all(theirs.rows.priority)), None),
        )
        yield ours.priority < theirs.priority, ours.name, (ours.priority, theirs.priority), facts
