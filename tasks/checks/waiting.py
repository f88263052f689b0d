"""Wait until the checks of a pair hold and stay held, or the budget ends.

A sample is one round of observations of both members. Convergence needs `stable` samples in a row
that all hold, and in which no counter says that something happened between them: a time stamp of a last
change that moved, or a drop counter that rose, is a flap that no single sample shows.

Time comes in as functions, so that hours pass in a test without waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from inventory.model import Pair
from tasks.checks.catalog import judge
from tasks.checks.check import Check
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.weighing import weigh

Key = tuple[str, str]
"""Check and subject."""

Witnesses = Mapping[str, object]
"""Values that move only when something happened, by where they are shown."""

WITNESSES: Final = (
    "last_up_time",
    "last_change_time",
    "receive_dropped",
    "send_dropped",
)
"""Fields of records that move only when something happened: changes of state and lost packets."""


EAGER_FOR_S: Final = 30.0
"""Seconds in which a pair is looked at often."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, how often to look, and how long it must hold.

    Args:
        budget_s: seconds from the first sample until it is late.
        interval_s: seconds between samples.
        stable: samples in a row that must hold; 1 is a single look.
        eager_s: seconds between samples of the first half minute, until one holds.
    """

    budget_s: float = 60.0
    interval_s: float = 2.0
    stable: int = 3
    eager_s: float = 0.5

    def pause_s(self, at_s: float, *, holds: bool) -> float:
        """Return the seconds until the next sample: a pair that is about to converge is looked at often.

        Args:
            at_s: seconds since waiting began; one that waits for longer is not kept busy with displays.
            holds: whether everything holds now.
        """
        return self.interval_s if holds or at_s >= EAGER_FOR_S else min(self.eager_s, self.interval_s)


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at the pair.

    Args:
        number: from 1.
        at_s: seconds since waiting began.
        results: what the checks say of it.
        held: results that hold, of all that judge something.
    """

    number: int
    at_s: float
    results: tuple[CheckResult, ...]
    held: int
    judged: int


@dataclass(frozen=True, slots=True)
class Waited:
    """The end of waiting.

    Args:
        converged: everything held for long enough within the budget.
        took_s: seconds until the first sample of the last stable run; the whole time when it is late.
        samples: how many looks it took.
        results: of the last look; each with the moment since which it holds.
        observations: of the last look.
    """

    converged: bool
    took_s: float
    samples: int
    results: tuple[CheckResult, ...]
    observations: tuple[Observation, ...]


@dataclass(slots=True)
class _Runs:
    """Since when each result holds without a break, and what last moved between two samples."""

    since: dict[Key, tuple[float, int]] = field(default_factory=dict)
    moved: tuple[str, ...] = ()

    def add(self, results: Iterable[CheckResult], at_s: float, moved: tuple[str, ...]) -> None:
        """Take in a sample; one before which something moved begins every run anew."""
        self.moved = moved or self.moved
        for result in results:
            key = (result.check, result.subject)
            if not _holds(result):
                self.since.pop(key, None)
                continue
            start, length = self.since.get(key, (at_s, 0))
            self.since[key] = (at_s, 1) if moved else (start, length + 1)

    def stable(self, results: Iterable[CheckResult], wanted: int) -> bool:
        """Tell whether every result holds for the wanted number of samples."""
        return all(
            self.since.get((result.check, result.subject), (0.0, 0))[1] >= wanted for result in results
        )

    def dated(self, results: Iterable[CheckResult]) -> tuple[CheckResult, ...]:
        """Write into each result since when it holds."""
        return tuple(
            replace(result, converged_after_s=round(self.since[key][0], 3)) if key in self.since else result
            for result in results
            for key in ((result.check, result.subject),)
        )


def wait(
    checks: Sequence[Check],
    pair: Pair,
    observe: Callable[[], Sequence[Observation]],
    *,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    patience: Patience = Patience(),
    policy: Policy = NO_POLICY,
    today: date = date.max,
    progress: Callable[[Sample], None] = lambda _sample: None,
) -> Waited:
    """Look at a pair until its checks hold and stay held.

    Args:
        checks: what must hold.
        pair: intent.
        observe: takes every display that the checks need, once.
        clock: seconds that only grow.
        sleep: lets seconds pass.
        patience: budget, interval and stability.
        policy: thresholds and waivers, applied to every sample: a waived failure makes nothing late.
        today: day by which waivers are judged; without it every waiver has ended.
        progress: told of each sample.

    Where every check is skipped there is nothing to wait for, and the first look ends it; the results say so.

    A check that does not hold at the end of the budget is a failure that says so; what could not be
    told stays an error.
    """
    begin = clock()
    runs = _Runs()
    before: Witnesses = {}
    observations: tuple[Observation, ...] = ()
    number = 0
    while True:
        number += 1
        observations = _read_once(observe(), observations)
        at_s = clock() - begin
        results = weigh(judge(checks, pair, observations, policy.limits), policy, today)
        witnesses = _witnesses(observations)
        runs.add(results, at_s, _moved(before, witnesses))
        before = witnesses
        judged = [result for result in results if result.outcome is not Outcome.SKIPPED]
        progress(Sample(number, at_s, results, sum(map(_holds, judged)), len(judged)))
        if runs.stable(judged, patience.stable):
            dated = runs.dated(results)
            took_s = max((result.converged_after_s or 0.0 for result in dated), default=0.0)
            return Waited(
                converged=True, took_s=took_s, samples=number, results=dated, observations=observations
            )
        pause_s = patience.pause_s(at_s, holds=all(map(_holds, judged)))
        if at_s + pause_s > patience.budget_s:
            late = tuple(_late(result, runs, patience) for result in runs.dated(results))
            return Waited(
                converged=False, took_s=at_s, samples=number, results=late, observations=observations
            )
        sleep(pause_s)


def _read_once(now: Iterable[Observation], before: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return what was seen now; a display that says what it said before is not read again."""
    known = {(one.member, one.command, one.text): one.parsed for one in before}
    return tuple(
        replace(one, parsed=known.get((one.member, one.command, one.text), one.parsed)) for one in now
    )


def _holds(result: CheckResult) -> bool:
    return result.outcome is Outcome.SUCCESS


def _witnesses(observations: Iterable[Observation]) -> Witnesses:
    """Return the values that move only when something happened, by where they are shown."""
    return {
        f"{name} in `{seen.command}` of {seen.member}, entry {place}": getattr(record, name)
        for seen in observations
        for place, record in enumerate(seen.parsed.records, start=1)
        for name in WITNESSES
        if hasattr(record, name)
    }


def _moved(before: Witnesses, now: Witnesses) -> tuple[str, ...]:
    """Name the values that moved between two samples."""
    return tuple(name for name, value in now.items() if before.get(name, value) != value)


def _late(result: CheckResult, runs: _Runs, patience: Patience) -> CheckResult:
    """Make a result that holds only since a moment ago a failure: it has not stayed held."""
    length = runs.since.get((result.check, result.subject), (0.0, 0))[1]
    if not _holds(result) or length >= patience.stable:
        return result
    text = f"held for {length} of {patience.stable} samples when the time of {patience.budget_s:g} s ended"
    if runs.moved:
        text = f"{text}; between samples moved {runs.moved[0]}"
    return replace(result, outcome=Outcome.FAILURE, complaints=(Complaint(text),))
