"""One run of Hotpair as a value: what every report is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from tasks.checks.model import CheckResult, Observation, Outcome
from tasks.transaction.machine import State

if TYPE_CHECKING:
    from runbooks.hitless.model import Hitless

SCHEMA_VERSION = 1
TO_CHOOSE = "hotpair runs"
"""What names the runs that are kept."""


class RunKind(StrEnum):
    """What the run was for."""

    DEPLOY = "deploy"
    VERIFY = "verify"
    CHECK = "check"
    REPLAY = "replay"
    DRILL = "drill"
    REHEARSE = "rehearse"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class Change:
    """What a run typed on one member.

    Args:
        member: device name.
        commands: lines in order, secrets as `<secret:NAME>`; empty when nothing was to do.
        impacts: impact class of each line, same length.
    """

    member: str
    commands: tuple[str, ...] = ()
    impacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One run over one pair.

    Args:
        id: unique name, sorts by time, e.g. `20261121T040000Z-verify-seed-igmp`.
        kind: what it was for.
        pair: name of the pair.
        members: device names, a (intended master) first.
        started_at: moment of the start, with time zone.
        ended_at: moment of the end, with time zone.
        results: ends of the checks.
        observations: raw evidence, in the order in which it was taken.
        changes: what was typed, per member; empty for a run that only looks.
        transaction: id of the pair transaction; empty when there was none.
        safety_line: how the devices would have reverted by themselves; empty without transaction.
        outcome: last word of the transaction, e.g. `confirmed`; empty without transaction.
        ticket: of the change, as the operator gave it.
        accepted: broken rules that were accepted, each as `R16: reason`.
        unread: members whose configuration was not read again, since their newest commit is the one of the
            last good look.
        hitless: what a sampler saw meanwhile; nothing without one.
        plan: digest of the lines that a rehearsal typed; empty for other runs.
    """

    id: str
    kind: RunKind
    pair: str
    members: tuple[str, str]
    started_at: datetime
    ended_at: datetime
    results: tuple[CheckResult, ...] = ()
    observations: tuple[Observation, ...] = ()
    changes: tuple[Change, ...] = ()
    transaction: str = ""
    safety_line: str = ""
    outcome: str = ""
    ticket: str = ""
    accepted: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    hitless: Hitless | None = None
    plan: str = ""

    @property
    def verdict(self) -> Outcome:
        """The worst end of all checks; error when nothing was examined, though something was to be.

        Nothing is to be examined where a deployment had nothing to do, or has taken the pair away.
        """
        ends = {result.outcome for result in self.results}
        if not ends and self.outcome == State.NOTHING.value:
            return Outcome.SKIPPED
        if ends == {Outcome.SKIPPED} and self.kind is RunKind.DEPLOY and self.outcome == State.DONE.value:
            return Outcome.SKIPPED
        return worst(ends)

    @property
    def judged(self) -> tuple[CheckResult, ...]:
        """The results without those that found nothing to judge in the whole pair."""
        return tuple(
            result
            for result in self.results
            if result.outcome is not Outcome.SKIPPED or result.subject != self.pair
        )

    @property
    def not_judged(self) -> tuple[str, ...]:
        """Names of the checks that found nothing to judge in the whole pair."""
        judged = set(self.judged)
        return tuple(result.check for result in self.results if result not in judged)

    @property
    def seconds(self) -> float:
        """How long the run took."""
        return (self.ended_at - self.started_at).total_seconds()

    def count(self, outcome: Outcome) -> int:
        """Tell how many checks ended so."""
        return sum(result.outcome is outcome for result in self.results)

    @property
    def unproven(self) -> int:
        """Tell how many of the skipped checks matter, and no display could show what they ask."""
        return sum(result.unproven for result in self.results)


WORST_FIRST = (Outcome.FAILURE, Outcome.ERROR, Outcome.UNSET, Outcome.SUCCESS, Outcome.SKIPPED)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the worst of several ends; nothing examined is an error.

    Failure outranks error: what is known to be wrong is said before what is unknown.
    """
    ends = set(outcomes)
    for outcome in (Outcome.FAILURE, Outcome.ERROR, Outcome.UNSET):
        if outcome in ends:
            return Outcome.ERROR if outcome is Outcome.UNSET else outcome
    return Outcome.SUCCESS if Outcome.SUCCESS in ends else Outcome.ERROR


def took_away(kind: RunKind, end: str, verdict: Outcome) -> bool:
    """Tell whether a run took its pair away: a deployment that is done, after which nothing is left to judge.

    One that leaves a pair there is done only when its checks hold. Older runs say error.
    """
    return kind is RunKind.DEPLOY and end == State.DONE.value and verdict in {Outcome.SKIPPED, Outcome.ERROR}


def run_id(kind: RunKind, pair: str, started_at: datetime) -> str:
    """Name a run by its start, kind and pair, so that names sort by time."""
    return f"{started_at:%Y%m%dT%H%M%S%fZ}-{kind.value}-{pair}"
