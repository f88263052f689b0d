"""What a worker does: choose, look, plan, deploy, adopt; each a piece of work of one pair.

A device that is away, a refusal, a split are ends and not failures: they are told as values, and Temporal
tries nothing again on their account.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from temporalio import activity
from temporalio.exceptions import ApplicationError

from inventory.errors import (
    ArchiveError,
    DeviceError,
    HotpairError,
    IntentError,
    RefusedError,
    RolledBackError,
    SplitError,
)
from inventory.load import Pairs
from inventory.model import Pair
from inventory.quantities import quantity
from runbooks.archive.keeping import ToKeep, keep_all, text_of, this_origin
from runbooks.archive.known import memory_in
from runbooks.archive.opening import open_archive
from runbooks.archive.store import RunInputs, keep_run
from runbooks.change import Changed
from runbooks.check import check_pairs
from runbooks.drill.due import with_drills
from runbooks.fleet.agreed import line_counts, require_agreed
from runbooks.fleet.each import Asked, change_one, planning
from runbooks.fleet.known import judged_by
from runbooks.fleet.probing import check_configurations
from runbooks.gates import Permission, accepted_rules
from runbooks.inventory_pairs import pair_named
from runbooks.planning import highest_impact, plan_as_dict
from runbooks.report.run import Run, RunKind, run_id
from runbooks.site import Openers, on_pair, open_inventory
from runbooks.watch.lease import this_holder
from runbooks.workers.beating import heard_of, holding
from runbooks.workers.station import WorkerContext, kept_verdict
from runbooks.workers.taking_up import taken_up, wait_for
from runbooks.workers.values import (
    Chosen,
    Ended,
    Fault,
    Order,
    Place,
    Planned,
    Wanted,
    Words,
    by_hand,
    queue_of,
)
from tasks.checks.model import CheckResult, Outcome
from tasks.checks.policy import IMPACTS, Policy
from tasks.plan.model import PairPlan

_FAULTS: tuple[tuple[type[HotpairError], Fault], ...] = (
    (IntentError, Fault.INTENT),
    (RefusedError, Fault.REFUSED),
    (RolledBackError, Fault.ROLLED_BACK),
    (SplitError, Fault.SPLIT),
    (DeviceError, Fault.UNKNOWN),
    (ArchiveError, Fault.UNKNOWN),
)
_VERDICTS = {Outcome.SUCCESS: Fault.NONE, Outcome.FAILURE: Fault.FINDINGS}
NEW = "both members are new and saved"
Say = Callable[[str], None]


def ended_by(pair: str, error: HotpairError, transaction: str = "") -> Ended:
    """Return the end that an error is."""
    fault = next((fault for kind, fault in _FAULTS if isinstance(error, kind)), Fault.UNKNOWN)
    return Ended(pair, fault, error.message, transaction, error.next_command or "", error.details)


def digest_of(plan: PairPlan) -> str:
    """Return the hash of a plan as it is shown; keys stand in it by name."""
    return sha256(json.dumps(plan_as_dict(plan), sort_keys=True).encode()).hexdigest()


def permission_of(words: Words, policy: Policy) -> Permission:
    """Return what the words of a deployment and the policy of this place allow.

    Raises:
        IntentError: what is accepted is no rule, or has no reason.
    """
    accepted = accepted_rules(words.accepted, words.why or None)
    terms = words.terms
    return Permission(policy, accepted, IMPACTS[terms.allow], terms.unqualified, words.forced)


@dataclass(frozen=True, slots=True)
class Activities:
    """The activities of one worker.

    Args:
        station: where it stands.
        say: told each pair that ended, a line each.
    """

    station: WorkerContext
    say: Say

    @activity.defn(name="choose")
    def choose(self, wanted: Wanted) -> Chosen:
        """Return the pairs that are meant, each with the queue of its site."""
        with no_second_try():
            return chosen_of(self.station.choose(wanted))

    @activity.defn(name="check_pair", no_thread_cancel_exception=True)
    def check_pair(self, name: str, config: bool) -> Ended:  # noqa: FBT001 - Temporal calls it
        """Look at one pair, or at its configurations alone, and keep it once, however often this is tried."""
        run = run_id(RunKind.CHECK, name, activity.info().scheduled_time)
        with heard_of():
            try:
                with open_archive(self.station.archive) as archive:
                    kept = kept_verdict(archive, run)
                return self._told(name, kept) if kept is not None else self._checked(name, run, config=config)
            except HotpairError as error:
                return self._said(ended_by(name, error))

    @activity.defn(name="plan_pair", no_thread_cancel_exception=True)
    def plan_pair(self, name: str, words: Words) -> Planned:
        """Plan one pair; nothing is changed."""
        with heard_of():
            try:
                asked, pair = self._asked(name, words)
                plan = on_pair(asked.nornir, pair, planning(asked, pair))
            except HotpairError as error:
                return Planned(name, problem=self._said(ended_by(name, error)))
        return Planned(name, line_counts(plan), highest_impact(plan), digest_of(plan))

    @activity.defn(name="deploy_pair", no_thread_cancel_exception=True)
    def deploy_pair(self, order: Order) -> Ended:
        """Deploy one pair as it was agreed to."""
        with heard_of(), holding(self.station.archive, order.transaction, this_holder()):
            try:
                asked, pair = self._asked(order.pair, order.words)
                changed = self._deployed(asked, pair, order)
            except HotpairError as error:
                return self._said(ended_by(order.pair, error, order.transaction))
        if not changed.plan.empty:
            self._keep(changed.run, pair, order)
        if changed.problem is not None:
            return self._said(ended_by(order.pair, changed.problem, changed.run.transaction))
        said = "nothing to do" if changed.plan.empty else NEW
        return self._said(Ended(order.pair, Fault.NONE, said, changed.run.transaction))

    @activity.defn(name="adopt_pair", no_thread_cancel_exception=True)
    def adopt_pair(self, order: Order) -> Ended:
        """Bring the transaction of a worker that was lost to its end, and keep the run that tells of it."""
        station = self.station
        with heard_of():
            try:
                holder = this_holder()
                wait_for(station, order.transaction, holder, lambda text: self.say(f"{order.pair}: {text}"))
                nornir = open_inventory(station.inventory, station.driver, pair=order.pair)
                pair = pair_named(nornir, order.pair)
                with holding(station.archive, order.transaction, holder):
                    outcome, run = taken_up(station, nornir, pair, order.transaction)
                    self._keep(run, pair, order)
            except HotpairError as error:
                error.next_command = error.next_command or by_hand(order)
                return self._said(ended_by(order.pair, error, order.transaction))
        problem = outcome.problem()
        if problem is not None:
            return self._said(ended_by(order.pair, problem, order.transaction))
        said = f"{NEW}; taken up from a worker that was lost"
        return self._said(Ended(order.pair, Fault.NONE, said, order.transaction))

    # ---- looking -------------------------------------------------------------------------------------------

    def _checked(self, name: str, run: str, *, config: bool) -> Ended:
        nornir = open_inventory(self.station.inventory, self.station.driver, pair=name)
        pair = pair_named(nornir, name)
        rules = self.station.rules()
        with open_archive(self.station.archive) as archive:
            if config:
                (seen,) = check_configurations(nornir, [pair], memory_in(archive, [pair]), rules, workers=2)
            else:
                (seen,) = check_pairs(nornir, [pair], rules, workers=2)
            ((_, seen),) = with_drills(archive, [(pair, seen)], rules)
        told = text_of(self.station.policy) if self.station.policy else ""
        inputs = RunInputs(text_of(_file(pair)), told, judged_by=judged_by(pair, rules))
        with open_archive(self.station.archive) as archive:
            kept = kept_verdict(archive, run)  # a worker that was taken for dead may have kept it meanwhile
            if kept is None:
                keep_run(archive, replace(seen, id=run), this_origin(), inputs)
        return self._told(name, kept or seen.verdict.value, seen.results)

    def _told(self, name: str, verdict: str, results: tuple[CheckResult, ...] = ()) -> Ended:
        fault = _VERDICTS.get(Outcome(verdict), Fault.UNKNOWN)
        wrong = [one for one in results if one.outcome in {Outcome.FAILURE, Outcome.ERROR}]
        said = (
            f"{quantity(len(wrong), 'check does not hold', 'checks do not hold')}: {wrong[0].check}"
            if wrong
            else verdict
        )
        more = "" if fault is Fault.NONE else f"hotpair history {name}"
        return self._said(Ended(name, fault, said, next_command=more))

    def _said(self, ended: Ended) -> Ended:
        self.say(str(ended))
        return ended

    # ---- changing ------------------------------------------------------------------------------------------

    def _asked(self, name: str, words: Words) -> tuple[Asked, Pair]:
        station = self.station
        nornir = open_inventory(station.inventory, station.driver, pair=name)
        permission = permission_of(words, station.rules())
        return Asked(nornir, station.inventory, station.journals, words.terms, permission), pair_named(
            nornir, name
        )

    def _deployed(self, asked: Asked, pair: Pair, order: Order) -> Changed:
        def as_agreed(plan: PairPlan) -> bool:
            same = digest_of(plan) == order.plan.digest
            return require_agreed(plan, order.plan.lines, order.words.terms, same=same)

        def change(pair: Pair, openers: Openers) -> Changed:
            return change_one(
                asked,
                pair,
                openers,
                agree=as_agreed,
                announce=lambda transaction: self.say(f"{pair.name}: transaction {transaction}"),
                transaction=order.transaction,
            )

        return on_pair(asked.nornir, pair, change)

    def _keep(self, run: Run, pair: Pair, order: Order) -> None:
        """Keep the run of a change; that it could not be kept is told, and changes nothing of its end."""
        station = self.station
        trouble = keep_all(
            station.archive,
            [ToKeep(run, _file(pair), journals=station.journals)],
            station.policy,
            order.words.terms.ticket,
        )
        if trouble is not None:
            self.say(f"{order.pair}: the run is not kept in the archive: {trouble}")


def chosen_of(pairs: Pairs) -> Chosen:
    """Return pairs, each with the queue of its site."""
    places = tuple(
        Place(pair.name, queue_of(pair.site), (pair.members.a, pair.members.b))
        for pair in pairs.good.values()
    )
    return Chosen(places, tuple(ended_by(name, error) for name, error in pairs.broken.items()))


@contextmanager
def no_second_try() -> Iterator[None]:
    """Have a run ended at once by a wrong file or name: trying again makes it no better.

    Raises:
        ApplicationError: one is wrong.
    """
    try:
        yield
    except IntentError as error:
        raise ApplicationError(str(error), non_retryable=True) from None


def _file(pair: Pair) -> Path:
    return Path(pair.place("pair").source)
