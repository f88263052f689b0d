"""Judge the kept evidence of the fleet anew, without dialling: which verdicts a rule or policy changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from inventory.errors import HotpairError
from inventory.load import parse_pair
from inventory.model import SIDES, Pair
from runbooks.archive.kept import KeptRun, inputs_of, kept_runs, load_run
from runbooks.archive.opening import Archive
from runbooks.drift import judge_drift
from runbooks.drift_asked import COMMAND
from runbooks.report.run import Run, worst
from tasks.checks.catalog import checks_for, displays_for, judge
from tasks.checks.check import Check
from tasks.checks.model import CheckResult, Outcome
from tasks.checks.policy import Policy
from tasks.checks.weighing import weigh


@dataclass(frozen=True, slots=True)
class Turned:
    """One result that is another one now.

    Args:
        check: name of the check.
        subject: what was judged.
        before: how it ended; unset for what was not judged then.
        after: how it ends now.
    """

    check: str
    subject: str
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A run that was judged anew.

    Args:
        run: its id.
        pair: name of the pair.
        runs: how many runs have the same evidence, results and intent, this one with them.
        before: its verdict.
        after: its verdict now, over what was judged anew.
        turned: results that are other ones now.
        error: why it could not be judged; nothing when it was.
    """

    run: str
    pair: str
    runs: int
    before: Outcome
    after: Outcome
    turned: tuple[Turned, ...] = ()
    error: HotpairError | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        error = {} if self.error is None else {"error": self.error.as_dict()}
        values = {name: value for name, value in asdict(self).items() if name != "error"}
        return {**values, **error}


def rejudge(
    archive: Archive,
    policy: Policy,
    *,
    since: datetime,
    pairs: Sequence[str] = (),
    tell: Callable[[Rejudged], None] = lambda _one: None,
) -> tuple[Rejudged, ...]:
    """Judge kept runs by their own intents and a policy; runs of equal evidence are judged once.

    A check whose displays a run does not hold is not judged anew. Evidence whose hash no longer fits is never
    judged: the run says so.

    Args:
        archive: where.
        policy: of today; waivers count as of the day of each run.
        since: runs that began then or later.
        pairs: of these pairs alone; nothing: of all.
        tell: told each run that is done.
    """
    return tuple(_told(_rejudged(archive, kept, policy), tell) for kept in kept_runs(archive, since, pairs))


def _told(one: Rejudged, tell: Callable[[Rejudged], None]) -> Rejudged:
    tell(one)
    return one


def _rejudged(archive: Archive, kept: KeptRun, policy: Policy) -> Rejudged:
    try:
        run = load_run(archive, kept.id)
        pair = parse_pair(inputs_of(archive, kept.id).intent, f"intent of {kept.id}")
        now = judged_anew(run, pair, policy)
    except HotpairError as error:
        return Rejudged(kept.id, kept.pair, kept.runs, kept.verdict, Outcome.ERROR, error=error)
    turned = tuple(_turned(run.results, now))
    after = worst(one.outcome for one in now)
    return Rejudged(kept.id, kept.pair, kept.runs, kept.verdict, after, turned)


def judged_anew(run: Run, pair: Pair, policy: Policy) -> tuple[CheckResult, ...]:
    """Judge what a run saw by the checks of today that its displays suffice for.

    Args:
        run: with its evidence.
        pair: intent that it was judged by.
        policy: of today.
    """
    seen = frozenset((one.member, one.command) for one in run.observations)
    checks = tuple(check for check in checks_for(policy.selection) if _suffices(check, pair, seen))
    both = all((pair.members.of(side), COMMAND) in seen for side in SIDES)
    drift = judge_drift(pair, run.observations) if both else ()
    judged = judge(checks, pair, run.observations, policy.limits) if checks else ()
    return weigh((*drift, *judged), policy, run.started_at.date())


def _suffices(check: Check, pair: Pair, seen: frozenset[tuple[str, str]]) -> bool:
    return all(
        (pair.members.of(side), command) in seen
        for side in SIDES
        for command in displays_for((check,), pair, side)
    )


def _turned(before: Sequence[CheckResult], after: Sequence[CheckResult]) -> Iterator[Turned]:
    then = {(one.check, one.subject): one.outcome for one in before}
    for one in after:
        was = then.get((one.check, one.subject), Outcome.UNSET)
        if was is not one.outcome and not (was is Outcome.UNSET and one.outcome is not Outcome.FAILURE):
            yield Turned(one.check, one.subject, was, one.outcome)
