"""The judge of ends: what both members are when nothing is wrong any more, against what may be an end."""

from __future__ import annotations

from itertools import dropwhile

from runbooks.certify.oracle import DONE, REFUSED, ROLLED_BACK, SPLIT, UNSETTLED, USAGE, Complaint, Pair
from runbooks.certify.pairs import SIDES, Flow, paths
from runbooks.certify.schedule import TRIALLESS, Kind, Strike, What
from runbooks.certify.subject import Said
from runbooks.certify.truth import Holds, Trial, holds, truth
from runbooks.certify.world import USER, World


def end(world: World, flow: Flow, said: Said, *, alone: bool) -> list[Complaint]:
    """Judge how it all ended.

    Args:
        world: after the last process, healed.
        flow: what was done.
        said: the last words.
        alone: nobody took it up; the timers had time enough.
    """
    now = {side: truth(world, flow, side) for side in SIDES}
    shown = ", ".join(f"{side} {one}" for side, one in now.items())
    rivals = any(e.took and e.strike.kind is Kind.RIVAL for e in world.effects)
    if _untold_to_another(flow, said):
        return [Complaint(kind, text) for kind, text in _residue(world, flow, said, now, alone=True)]
    found = [
        *_ended(said, now, rivals=rivals, alone=alone),
        *_mixed(world, flow, said, now, rivals=rivals, alone=alone),
        *_residue(world, flow, said, now, alone=alone),
        *_others(world, flow, said, now),
        *_unplanned(world, flow, rivals=rivals),
        *(
            ("kept drill", f"{side} is new")
            for side in SIDES
            if flow.drill and now[side].new and not now[side].old
        ),
        *_pointless(world, flow, now),
    ]
    return [Complaint(kind, f"{text}; true: {shown}; said: {said}") for kind, text in found]


def _untold_to_another(flow: Flow, said: Said) -> bool:
    """Whether another host could not tell: without commit points no device knows what was confirmed."""
    return not flow.points and said.code == UNSETTLED and said.end is None


def _ended(said: Said, now: Pair, *, rivals: bool, alone: bool) -> list[tuple[str, str]]:
    if alone or said.code in {DONE, REFUSED, ROLLED_BACK, SPLIT} or said.crash:
        return []
    if said.code == USAGE and all(one.old for one in now.values()):
        return []  # nothing was begun that could be taken up
    if rivals and said.code == UNSETTLED and any(one.holds is Holds.OTHER for one in now.values()):
        return []
    return [("no end", "nothing is wrong any more, and it still does not end")]


def _mixed(
    world: World, flow: Flow, said: Said, now: Pair, *, rivals: bool, alone: bool
) -> list[tuple[str, str]]:
    a, b = now["a"], now["b"]
    if (a.old and b.old) or (a.new and b.new):
        return []
    if rivals and Holds.OTHER in {a.holds, b.holds}:
        return []
    honest = alone or said.code == SPLIT
    staged = len(flow.stages["a"]) > 1 or len(flow.stages["b"]) > 1
    if honest and ((a.new and b.old) or staged or world.release == TRIALLESS or not flow.points):
        return []
    return [("mixed end", "the members differ")]


def _residue(world: World, flow: Flow, said: Said, now: Pair, *, alone: bool) -> list[tuple[str, str]]:
    found = [("residue", f"{side} is on our trial") for side, one in now.items() if one.trial is Trial.OURS]
    unknown = said.code == REFUSED and not flow.points  # nothing on the devices tells an adoption of it
    if alone or said.code == SPLIT or unknown:
        return found
    found += [
        ("residue", f"{side} is not saved")
        for side, one in now.items()
        if not one.kept and one.holds is not Holds.OTHER
    ]
    return [
        *found,
        *(("residue", f"a session on {side} is left open") for side in sorted(world.opened.values())),
    ]


def _others(world: World, flow: Flow, said: Said, now: Pair) -> list[tuple[str, str]]:
    return [
        ("lost work of others", f"`{lines[-1]}` on {side} is gone")
        for side, lines in world.committed.items()
        if lines and not any(path.endswith(lines[-1]) for path in now[side].running)
        if not _in_that_moment(world, flow, said, side)
    ]


def _in_that_moment(world: World, flow: Flow, said: Said, side: str) -> bool:
    """Whether somebody committed between our last look and our commit, where no device can tell before.

    A trial takes itself back, and a list of commits tells it right after: where there is neither, or no trial
    and it is said that the members differ, nobody could have known.
    """
    if not any(_right_before_a_commit(world, strike) for strike in _rivals(world, side)):
        return False
    return not flow.points or (world.release == TRIALLESS and said.code == SPLIT)


def _rivals(world: World, side: str) -> list[Strike]:
    return [
        e.strike for e in world.effects if e.took and (e.strike.kind, e.strike.side) == (Kind.RIVAL, side)
    ]


def _right_before_a_commit(world: World, strike: Strike) -> bool:
    """Whether the next line that we typed to the member after a strike commits."""
    later = dropwhile(lambda event: event.place != strike.place, world.events)
    typed = (event.text for event in later if event.what is What.LINE and event.place.side == strike.side)
    return next(typed, "").startswith("commit")


def _unplanned(world: World, flow: Flow, *, rivals: bool) -> list[tuple[str, str]]:
    """Name commits of ours that made something else than the flow ever makes."""
    if rivals or not any(e.took and e.strike.kind is Kind.IGNORED for e in world.effects):
        return []
    return [
        ("unplanned commit", f"commit {point['id']} on {side} made what was not planned")
        for side in SIDES
        for point in world.order(ask=flow.members[side], **{"as": "history"})["commits"]
        if point["user"] == USER and holds(flow, side, paths("\n".join(point["after"]))) is Holds.OTHER
    ]


def _pointless(world: World, flow: Flow, now: Pair) -> list[tuple[str, str]]:
    """Say that something was committed where nothing could have taken it back."""
    if flow.points or world.release != TRIALLESS or not any(one.ours for one in now.values()):
        return []
    return [("no way back", "committed on a release without trial and a device without commit points")]
