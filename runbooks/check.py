"""Check pairs: drift from their intents and every check, in one look; a member that is away is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from threading import Lock
from types import MappingProxyType

from nornir.core import Nornir

from inventory.errors import DeviceError, HotpairError
from inventory.model import SIDES, Pair
from runbooks.fleet.collect import Begin, GoOn, Tell, collect
from runbooks.fleet.looked import Looked
from runbooks.fleet.worker_pool import WorkerPool, worker_pool_for
from runbooks.judging import displays_of, judge_pair, not_judged
from runbooks.report.run import Run
from runbooks.unchanged import Before
from tasks.checks.model import DRIFT, Outcome
from tasks.checks.policy import NO_POLICY, Policy
from tasks.runner import DEFAULT_WORKERS


def check_pairs(
    nornir: Nornir,
    pairs: Sequence[Pair],
    policy: Policy = NO_POLICY,
    *,
    workers: int = DEFAULT_WORKERS,
    before: Mapping[str, Before] = MappingProxyType({}),
    tell: Tell = lambda _looked: None,
    begin: Begin = lambda _member: None,
    go_on: GoOn = lambda: True,
) -> tuple[Run, ...]:
    """Look at pairs once and tell drift and failed checks; nothing is changed.

    A member that gives no session, or ends it, is told by a result of its own; with one away the other is
    judged by what it alone can answer for. A router in several pairs is dialled once. Of many routers a share
    is looked at, and their pairs judged, in processes of their own.

    Args:
        nornir: inventory with the members.
        pairs: intents.
        policy: which checks run, thresholds and waivers.
        workers: how many routers at a time.
        before: the last judgement of each pair by the same intent, policy and release.
        tell: told each router that is done.
        begin: told each router that is dialled now.
        go_on: whether to dial one more router; pairs that were not looked at whole are left out.
    """
    wanted: dict[str, list[str]] = {}
    for pair in pairs:
        for member, commands in displays_of(pair, policy).items():
            wanted.setdefault(member, []).extend(commands)
    with worker_pool_for(pairs, policy, workers=workers) as pool:
        judge = PairJudge(pairs, policy, before, pool)
        look = partial(collect, nornir, workers=workers, pool=pool, bring=False, go_on=go_on)

        def told(looked: Looked) -> None:
            tell(looked)
            judge.take(looked)

        looked = look(wanted, tell=told, begin=begin)
        return with_commit_authors(pairs, judge.runs, looked, judge.judged, look)


class PairJudge:
    """Judges each pair as soon as both members were looked at, on the thread that looked at the second one.

    Args:
        pairs: intents.
        policy: of the network.
        before: the last judgement of each.
        pool: worker processes, where there are any.
    """

    def __init__(
        self, pairs: Sequence[Pair], policy: Policy, before: Mapping[str, Before], pool: WorkerPool | None
    ) -> None:
        self.runs: dict[str, Run] = {}
        self._started_at = datetime.now(UTC)
        self._policy, self._before, self._pool = policy, before, pool
        self._of: dict[str, list[Pair]] = {}
        for pair in pairs:
            for side in SIDES:
                self._of.setdefault(pair.members.of(side), []).append(pair)
        self._looked: dict[str, Looked] = {}
        self._lock = Lock()

    def take(self, looked: Looked) -> None:
        """Note what a router said."""
        with self._lock:
            self._looked[looked.member] = looked
            seen = dict(self._looked)
        for pair in self._of[looked.member]:
            if seen.keys() >= {pair.members.a, pair.members.b}:
                self.runs[pair.name] = self.judged(pair, seen)

    def judged(self, pair: Pair, looked: Mapping[str, Looked]) -> Run:
        """Judge a pair; whatever goes wrong with it is told in its run."""
        before = self._before.get(pair.name)
        try:
            if self._pool is not None and self._pool.takes(pair.members.a):
                return self._pool.judge(pair, looked, self._started_at, before)
            return judge_pair(pair, looked, self._policy, self._started_at, before)
        except HotpairError as error:
            return not_judged(pair, error, self._started_at)
        except Exception as error:  # noqa: BLE001 - one pair's trouble harms no other, whatever it is
            told = DeviceError(f"a fault of Hotpair itself: {type(error).__name__}", where=pair.name)
            return not_judged(pair, told, self._started_at)


def with_commit_authors(
    pairs: Sequence[Pair],
    runs: Mapping[str, Run],
    looked: Mapping[str, Looked],
    judged: Callable[[Pair, Mapping[str, Looked]], Run],
    look: Callable[[Mapping[str, tuple[str, ...]]], Mapping[str, Looked]],
) -> tuple[Run, ...]:
    """Ask of members that drifted whose commit that is, and judge their pairs with it.

    Args:
        pairs: intents, in the order in which runs are given.
        runs: of those that were looked at whole.
        looked: what each router said, by name.
        judged: judges a pair by what its members said.
        look: takes displays from routers.
    """
    asked = _questions(runs.values())
    again: dict[str, Run] = {}
    if asked:
        more = look(asked)
        known = {member: _both(looked[member], one) for member, one in more.items()}
        again = {
            pair.name: judged(pair, {**looked, **known})
            for pair in pairs
            if pair.name in runs and not known.keys().isdisjoint(_drifted(runs[pair.name]))
        }
    return tuple(again.get(pair.name, runs[pair.name]) for pair in pairs if pair.name in runs)


def _drifted(run: Run) -> frozenset[str]:
    """Return the members of a pair that do not hold the intent."""
    return frozenset(
        complaint.device
        for result in run.results
        if result.check == DRIFT and result.outcome is Outcome.FAILURE
        for complaint in result.complaints
        if complaint.device in run.members
    )


def _questions(runs: Iterable[Run]) -> dict[str, tuple[str, ...]]:
    """Return what tells whose commit each drift is, by member; without drift nothing is asked."""
    drifted = [(run, sorted(members)) for run in runs if (members := _drifted(run))]
    if not drifted:
        return {}
    from runbooks.commit_authors import questions

    asked: dict[str, dict[str, None]] = {}
    for run, names in drifted:
        for member in names:
            asked.setdefault(member, {}).update(dict.fromkeys(questions(member, run.observations)))
    return {member: tuple(commands) for member, commands in asked.items() if commands}


def _both(first: Looked, second: Looked) -> Looked:
    """Join two looks at a router; that the second one failed takes nothing from the first."""
    return replace(first, seen=(*first.seen, *second.seen))
