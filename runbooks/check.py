"""Check pairs: drift from their intents and every check, in one look; a member that is away is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from nornir.core import Nornir

from inventory.errors import HotpairError
from inventory.model import SIDES, Pair
from runbooks.drift import COMMAND, TAGS, TITLE, judge_drift
from runbooks.fleet.collect import GoOn, Looked, Tell, collect
from runbooks.hands import COMMITS, questions
from runbooks.report.run import Run, RunKind, run_id
from tasks.checks.catalog import checks_for, displays_for, judge
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tasks.checks.policy import DRIFT, NO_POLICY, REACH, Policy, waive, weigh_extra
from tasks.runner import DEFAULT_WORKERS

_REACHED = "Both members give a session and answer."


def check_pairs(
    nornir: Nornir,
    pairs: Sequence[Pair],
    policy: Policy = NO_POLICY,
    *,
    workers: int = DEFAULT_WORKERS,
    tell: Tell = lambda _looked: None,
    go_on: GoOn = lambda: True,
) -> tuple[Run, ...]:
    """Look at pairs once and tell drift and failed checks; nothing is changed.

    A member that gives no session, or ends it, is told by a result of its own; with one away the other is
    judged by what it alone can answer for. A router in several pairs is dialled once.

    Args:
        nornir: inventory with the members.
        pairs: intents.
        policy: which checks run, thresholds and waivers.
        workers: how many routers at a time.
        tell: told each router that is done.
        go_on: whether to dial one more router; pairs that were not looked at whole are left out.
    """
    started_at = datetime.now(UTC)
    wanted: dict[str, list[str]] = {}
    for pair in pairs:
        for member, commands in displays_of(pair, policy).items():
            wanted.setdefault(member, []).extend(commands)
    looked = collect(nornir, wanted, workers=workers, tell=tell, go_on=go_on)
    pairs = [pair for pair in pairs if looked.keys() >= {pair.members.a, pair.members.b}]
    runs = {pair.name: judge_pair(pair, looked, policy, started_at) for pair in pairs}
    asked = _questions(runs.values())
    if asked:
        more = collect(nornir, asked, workers=workers, go_on=go_on)
        known = {member: _both(looked[member], one) for member, one in more.items()}
        runs |= {
            pair.name: judge_pair(pair, {**looked, **known}, policy, started_at)
            for pair in pairs
            if not known.keys().isdisjoint(_drifted(runs[pair.name]))
        }
    return tuple(runs[pair.name] for pair in pairs)


def _drifted(run: Run) -> frozenset[str]:
    """Give the members of a pair that do not hold the intent."""
    return frozenset(
        complaint.device
        for result in run.results
        if result.check == DRIFT and result.outcome is Outcome.FAILURE
        for complaint in result.complaints
        if complaint.device in run.members
    )


def _questions(runs: Iterable[Run]) -> dict[str, tuple[str, ...]]:
    """Give what tells whose hand each drift is, by member; without drift nothing is asked."""
    asked: dict[str, dict[str, None]] = {}
    for run in runs:
        for member in sorted(_drifted(run)):
            asked.setdefault(member, {}).update(dict.fromkeys(questions(member, run.observations)))
    return {member: tuple(commands) for member, commands in asked.items() if commands}


def _both(first: Looked, second: Looked) -> Looked:
    """Join two looks at a router; that the second one failed takes nothing from the first."""
    return replace(first, seen=(*first.seen, *second.seen))


def displays_of(pair: Pair, policy: Policy) -> dict[str, tuple[str, ...]]:
    """Give the displays that a check of a pair needs, by member."""
    checks = checks_for(policy.selection)
    return {pair.members.of(side): (*displays_for(checks, pair, side), COMMITS, COMMAND) for side in SIDES}


def judge_pair(pair: Pair, looked: Mapping[str, Looked], policy: Policy, started_at: datetime) -> Run:
    """Judge a pair by what its members said.

    Args:
        pair: intent.
        looked: what each router said, by name; those of other pairs do not matter.
        policy: which checks run, thresholds and waivers.
        started_at: moment at which the look began, with time zone.
    """
    own = displays_of(pair, policy)
    seen = tuple(one for member, asked in own.items() for one in _asked(looked[member], asked))
    away = tuple(_away(pair, member, error) for member in own if (error := looked[member].error) is not None)
    judged = judge(checks_for(policy.selection), pair, seen, policy.limits) if seen else ()
    drift = weigh_extra(drift_of(pair, seen, away), policy.extra)
    found = waive((*drift, *judged), policy.waivers, started_at.date())
    return Run(
        id=run_id(RunKind.CHECK, pair.name, started_at),
        kind=RunKind.CHECK,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=started_at,
        ended_at=max((one.taken_at for one in seen), default=datetime.now(UTC)),
        results=(*(away or (all_answered(pair),)), *found),
        observations=seen,
    )


def _asked(looked: Looked, commands: tuple[str, ...]) -> Iterator[Observation]:
    """Give the answers to a pair's own displays, in the order in which it asks them."""
    answers = {one.command: one for one in looked.seen}
    wanted = dict.fromkeys((*commands, *questions(looked.member, looked.seen, anew=True)))
    return (answers[command] for command in wanted if command in answers)


def drift_of(pair: Pair, seen: Sequence[Observation], away: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """Judge drift; it takes both members, since each line is planned for the pair."""
    if not away:
        return judge_drift(pair, seen)
    unseen = ", ".join(one.complaints[0].device for one in away)
    complaint = Complaint("drift needs both members", "an answer", "none", unseen, COMMAND)
    names = (pair.members.of(side) for side in SIDES)
    return tuple(
        CheckResult(DRIFT, f"configuration of {name}", Outcome.ERROR, TITLE, TAGS, (complaint,))
        for name in names
    )


def all_answered(pair: Pair) -> CheckResult:
    """Tell that both members answered; an earlier finding that one did not ends with it."""
    return CheckResult(REACH, pair.name, Outcome.SUCCESS, _REACHED, ("reach",))


def unanswered(pair: Pair, seen: Sequence[Observation]) -> tuple[CheckResult, ...]:
    """Tell of which members nothing was kept, for evidence that is judged again."""
    told = {one.member for one in seen}
    names = (pair.members.of(side) for side in SIDES)
    error = HotpairError("no answer of it was kept", wanted="an answer", found="none")
    return tuple(_away(pair, name, error) for name in names if name not in told)


def _away(pair: Pair, member: str, error: HotpairError) -> CheckResult:
    """Tell why a member gave no answer."""
    complaint = Complaint(error.message, error.wanted or "", error.found or "", member, error.where or "")
    return CheckResult(REACH, pair.name, Outcome.ERROR, _REACHED, ("reach",), (complaint,))
