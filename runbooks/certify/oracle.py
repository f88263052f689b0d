"""The judge of words: every claim against what the devices truly are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from runbooks.certify.pairs import SIDES, Flow
from runbooks.certify.subject import INTERRUPTED, Said
from runbooks.certify.truth import Holds, Trial, Truth, truth
from runbooks.certify.world import World
from tasks.transaction.ends import End
from tasks.transaction.look import Look, Saved, Seen

Pair = Mapping[str, Truth]
DONE, USAGE, UNSETTLED, REFUSED, ROLLED_BACK, SPLIT = 0, 2, 3, 4, 5, 6
"""Exit codes of a transaction: they are documented, and the judge reads them from no code."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that must not be.

    Args:
        kind: `false claim`, `mixed end`, `residue`, `no end`, `secret seen`, `traceback`,
            `lost work of others`.
        text: what was said or found, and what is true.
    """

    kind: str
    text: str

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.kind}: {self.text}"


def _none_of_ours(now: Pair, before: Pair) -> bool:
    """Whether nothing of ours was committed: what runs of ours is what ran."""
    return all(
        (now[side].old or now[side].commits == before[side].commits) and now[side].trial is not Trial.OURS
        for side in SIDES
    )


_CLAIMS: tuple[tuple[re.Pattern[str], str, Callable[[Pair, Pair], bool]], ...] = (
    (
        re.compile(r"both members are new and saved"),
        "both are new and saved",
        lambda now, _: all(one.new and one.kept for one in now.values()),
    ),
    (
        re.compile(r"both members are new"),
        "both are new",
        lambda now, _: all(one.new for one in now.values()),
    ),
    (
        re.compile(r"both members are as before"),
        "both are as before",
        lambda now, _: all(one.old for one in now.values()),
    ),
    (re.compile(r"nothing was (sent|committed)"), "nothing of ours was committed", _none_of_ours),
)
"""Sentences, and what must be true of the devices where they are said."""


def claims(world: World, flow: Flow, said: Said, before: Pair, *, aborting: bool = False) -> list[Complaint]:
    """Judge what a process said at its end.

    Args:
        world: as it is at that moment.
        flow: what was done.
        said: what the operator is told.
        before: the members before the process began.
        aborting: it was asked to take back what was begun, and may refuse.
    """
    if said.crash:
        return [Complaint("traceback", said.crash)]
    if said.code is None:
        return []
    now = {side: truth(world, flow, side, heard=world.seen_last(side)) for side in SIDES}
    may_refuse = aborting or not flow.points  # without commit points nothing tells an adoption whose it is
    refused_to = may_refuse and said.code == REFUSED and said.end is None
    told = [] if refused_to and _unmoved(now, before) else _of_code(said, now, before)
    found = [*told, *_of_text(said, now, before), *_of_seen(said, now, flow)]
    shown = ", ".join(f"{side} {one}" for side, one in now.items())
    return [Complaint("false claim", f"{complaint}; true: {shown}") for complaint in found]


def _of_code(said: Said, now: Pair, before: Pair) -> list[str]:
    a, b = now["a"], now["b"]
    holds = {
        DONE: all(one.new and one.kept for one in now.values()),
        USAGE: _unmoved(now, before),
        UNSETTLED: True,
        REFUSED: _none_of_ours(now, before),
        ROLLED_BACK: all(_back(said, side, one) for side, one in now.items()),
        INTERRUPTED: _none_of_ours(now, before),
        SPLIT: a.holds is not b.holds or said.end is End.SPLIT_HAZARD,
    }
    if said.code not in holds:
        return [f"an exit code that nobody knows: {said.code}"]
    return [] if holds[said.code] else [f"exit {said.code} ({said.last[:160]})"]


def _back(said: Said, side: str, one: Truth) -> bool:
    """Whether a member is as before, or said to be what others made of it, with nothing of ours left."""
    look = said.looks.get(side)
    changed = look is not None and look.seen is Seen.OTHER and one.holds is Holds.OTHER
    return one.old or (changed and not one.ours and one.trial is not Trial.OURS)


def _unmoved(now: Pair, before: Pair) -> bool:
    return all(now[side].commits <= before[side].commits for side in SIDES)


def _of_text(said: Said, now: Pair, before: Pair) -> list[str]:
    return [
        f"said that {meaning}"
        for pattern, meaning, true in _CLAIMS
        if pattern.search(said.last) and not true(now, before)
    ]


_SEEN: Mapping[Seen, Callable[[Truth], bool]] = {
    Seen.OLD: lambda one: one.old,
    Seen.TRIAL: lambda one: one.trial is Trial.OURS,
    Seen.NEW: lambda one: one.new,
    Seen.UNSEEN: lambda _one: True,
    Seen.STAGE: lambda one: one.holds is Holds.STAGE,
    Seen.OTHER: lambda one: one.holds in {Holds.OTHER, Holds.SAME},
    Seen.ANOTHERS_TRIAL: lambda one: one.trial is Trial.ANOTHERS,
}
"""What must be true of a member that is said to be so."""
_KEPT: Mapping[Saved, Callable[[Truth], bool]] = {
    Saved.YES: lambda one: one.kept or one.trial is not Trial.NONE,
    Saved.NO: lambda one: not one.kept,
    Saved.UNKNOWN: lambda _one: True,
}


_NOT_TOLD = frozenset({Seen.UNSEEN, Seen.ANOTHERS_TRIAL})


def _of_seen(said: Said, now: Pair, flow: Flow) -> list[str]:
    if said.end is End.SPLIT_HAZARD and not any(look.seen in _NOT_TOLD for look in said.looks.values()):
        return ["said that a member is not seen, and saw both"]
    return [
        f"said that {side} is {look.seen}, {look.saved}"
        for side, look in said.looks.items()
        if not (_SEEN[look.seen](now[side]) and _KEPT[look.saved](now[side]))
        and not _untold(look, now[side], flow)
    ]


def _untold(look: Look, one: Truth, flow: Flow) -> bool:
    """Whether it is said that nothing tells it: when others changed it, or whose trial it is.

    Without a description only the clocks tell the one, without commit points no label tells the other.
    """
    if look.undated:
        return one.old or one.holds is Holds.OTHER
    return look.seen is Seen.ANOTHERS_TRIAL and one.trial is not Trial.NONE and not flow.points
