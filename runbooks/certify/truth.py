"""What a member truly is, read from the emulator and the flow's own lines by no code of the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from runbooks.certify.emulator import Answer
from runbooks.certify.pairs import Flow, paths
from runbooks.certify.world import USER, World


class Holds(StrEnum):
    """Which of the flow's lines a configuration holds."""

    OLD = "old"
    NEW = "new"
    STAGE = "stage"
    OTHER = "other"
    SAME = "the same before and after"
    NOTHING = "nothing"


class Trial(StrEnum):
    """Whether a member is on trial, and whose it is."""

    NONE = "none"
    OURS = "ours"
    ANOTHERS = "another's"


@dataclass(frozen=True, slots=True)
class Truth:
    """One member.

    Args:
        holds: what runs.
        saved: what it would start with.
        trial: whether it is on trial.
        commits: how many commits of ours its list shows.
        running: its lines.
        ours: lines among them that the flow adds and nobody else typed.
        left_s: seconds until a trial ends.
    """

    holds: Holds
    saved: Holds
    trial: Trial
    commits: int
    running: frozenset[str]
    ours: frozenset[str]
    left_s: float = 0.0

    @property
    def old(self) -> bool:
        """Whether it is as before, for good."""
        return self.holds in {Holds.OLD, Holds.SAME} and self.trial is not Trial.OURS

    @property
    def new(self) -> bool:
        """Whether it holds the whole change, for good."""
        return self.holds in {Holds.NEW, Holds.SAME} and self.trial is not Trial.OURS

    @property
    def kept(self) -> bool:
        """Whether it would start with what runs, as far as the flow is concerned."""
        return self.saved is self.holds

    def __str__(self) -> str:
        """Say it in words."""
        trial = "" if self.trial is Trial.NONE else f", on {self.trial} trial"
        return f"{self.holds}{trial}{'' if self.kept else f', saved {self.saved}'}"


def truth(world: World, flow: Flow, side: str, *, heard: bool = False) -> Truth:
    """Ask the emulator what a member is, or was when we last displayed its configuration.

    Args:
        world: the schedule's world.
        flow: names the members and their lines.
        side: `a` or `b`.
        heard: as it was when its configuration was last displayed.
    """
    which = {"as": "heard"} if heard else {}
    answer = world.order(ask=flow.members[side], **which)
    running = paths("\n".join(answer["running"]))
    saved = answer["saved"]
    return Truth(
        holds=holds(flow, side, running),
        saved=Holds.NOTHING if saved is None else holds(flow, side, paths("\n".join(saved))),
        trial=_trial(answer),
        commits=sum(point["user"] == USER for point in answer["commits"]),
        running=running,
        ours=(running & flow.added(side)) - _typed_by_others(world, flow, side),
        left_s=answer["trial"]["left"] if answer["trial"] else 0.0,
    )


def _trial(answer: Answer) -> Trial:
    if answer["trial"] is None:
        return Trial.NONE
    return Trial.OURS if answer["trial"]["user"] == USER else Trial.ANOTHERS


def holds(flow: Flow, side: str, lines: frozenset[str]) -> Holds:
    """Tell which of the flow's lines are there."""
    added, gone = lines & flow.added(side), lines & flow.gone[side]
    foreign = _foreign(flow, side, lines)
    if not flow.added(side) and not flow.gone[side]:
        return Holds.SAME
    if not foreign and not added and gone == flow.gone[side]:
        return Holds.OLD
    if not foreign and not gone and added == flow.added(side):
        return Holds.NEW
    reached: frozenset[str] = frozenset()
    for stage in flow.stages[side][:-1]:
        reached |= stage
        if not foreign and added == reached:
            return Holds.STAGE
    return Holds.OTHER


def rival_head(flow: Flow, side: str) -> str:
    """Return the line that opens the view in which somebody works among our lines."""
    return flow.rival[side][0]


def _typed_by_others(world: World, flow: Flow, side: str) -> frozenset[str]:
    head = rival_head(flow, side)
    return frozenset({head, *(f"{head} / {line}" for line in world.committed[side])})


def _foreign(flow: Flow, side: str, lines: frozenset[str]) -> bool:
    """Tell whether somebody else's line stands among ours."""
    line = f"{rival_head(flow, side)} / {flow.rival[side][-1]}"
    return line in lines and line not in flow.added(side) | flow.gone[side]
