"""Change a pair: plan, ask, deploy as one transaction that must converge, and keep what was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from inventory.errors import HotpairError
from inventory.facts import ConfigTree
from inventory.model import SIDES, Pair, Side
from inventory.secrets import Secret
from parsers.tree import read_tree
from runbooks import interrupts
from runbooks.approved import lineage_of, require_devices
from runbooks.batches import follow_batches, start_batches
from runbooks.beginning import begin
from runbooks.deploy import Deployment, deploy
from runbooks.drift import intent_held
from runbooks.effects.around import looked_at
from runbooks.effects.looking import look_aside
from runbooks.ended import result_of_end
from runbooks.gates import Permission, objections, pass_lint
from runbooks.hitless.results import hitless_of, results_of
from runbooks.hitless.sampler import Around, Sampler, Sampling, sampled, standing_by
from runbooks.keys import Keys
from runbooks.plan_file import PlanFile
from runbooks.plan_uses import note_use
from runbooks.planning import change_of, uncovered
from runbooks.proposal import Proposal, propose
from runbooks.rehearsal import Rehearsal, require_rehearsed, surprises
from runbooks.report.run import Run, RunKind, run_id
from runbooks.secret_marks import drop_marks, marking, settle_marks, write_marks
from runbooks.site import Openers, logged_in
from runbooks.standby import Gate, pass_gate, reaching
from runbooks.verify import wait_for_pair
from tasks.checks.check import Check
from tasks.checks.model import CheckResult, Outcome
from tasks.checks.waiting import Patience, Sample, Waited
from tasks.clock import REAL, Clock
from tasks.plan.model import PairPlan
from tasks.sessions.protocol import Session
from tasks.transaction.ends import End
from tasks.transaction.model import Notify, Verdict
from tasks.transaction.model import Outcome as Ended
from tasks.transaction.seeing import CURRENT
from tasks.transaction.waits import trial_seconds

NOTHING_MORE = Permission()


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """How a change is to be made.

    Args:
        checks: what must hold before the change is confirmed.
        patience: how long the pair may take to converge.
        journals: folder of the transaction journals.
        secrets: values of the intent's secrets, by name.
        remove: take the pair away instead of building it.
        retype_keys: type the pair's keys anew on both members.
        permission: what the network and the operator allow.
        ticket: of the change, as the operator gave it.
        approved: a plan that was made before; the change is refused when it is another one by now.
        host_keys: fingerprints of the known host keys, by side; for an approved plan.
        announce: told the transaction's id before anything else is said of it.
        agree: asked with the plan before anything is sent; false refuses.
        transaction: id that it shall have, where somebody else must know it beforehand; empty: a fresh one.
        notify: told each step of the transaction.
        progress: told each look at the pair.
        clock: by which is waited.
        sampling: how the pair is sampled meanwhile; nothing: it is not.
        traffic: file of a witness of the traffic.
        rehearsal: that must have typed the same lines; nothing: none is asked for.
    """

    checks: Sequence[Check]
    patience: Patience
    journals: Path
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    remove: bool = False
    retype_keys: bool = False
    permission: Permission = NOTHING_MORE
    ticket: str = ""
    approved: PlanFile | None = None
    host_keys: Mapping[Side, tuple[str, ...]] = field(default_factory=dict)
    announce: Callable[[str], None] = field(default=lambda _transaction: None)
    agree: Callable[[PairPlan], bool] = field(default=lambda _plan: True)
    transaction: str = ""
    notify: Notify | None = None
    progress: Callable[[Sample], None] = field(default=lambda _sample: None)
    clock: Clock = REAL
    sampling: Sampling | None = None
    traffic: Path | None = None
    rehearsal: Rehearsal | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that came to an end.

    Args:
        plan: what was to do.
        run: for the reports.
        problem: why it did not come to be; nothing when both members are new and saved, or there was
            nothing to do.
        end: of its transaction.
        told: what was seen there and is somebody else's to know, where no step told it.
    """

    plan: PairPlan
    run: Run
    problem: HotpairError | None = None
    end: End = End.NOTHING
    told: tuple[str, ...] = ()


def running_of(pair: Pair, sessions: Mapping[Side, Session]) -> dict[Side, ConfigTree]:
    """Read what runs on both members."""
    return {side: read_tree(sessions[side].run(CURRENT), pair.members.of(side)) for side in SIDES}


def change_pair(pair: Pair, openers: Openers, options: ChangeOptions) -> Changed:
    """Bring a pair to its intent: both members or none.

    Args:
        pair: intent.
        openers: ways to log in, by device name.
        options: how.

    Raises:
        HotpairError: it could not begin; nothing was sent.
    """
    started_at = options.clock.now()
    trial_seconds(options.patience.budget_s)  # one that no trial covers is refused before anybody is dialled
    if not options.remove:
        pass_lint(pair, options.permission.accepted)  # before anything is dialled
    with standing_by(pair, options.sampling) as sampler:
        ways = openers if sampler is None else sampler.openers(openers)
        return _changed(pair, ways, options, sampler, started_at)


def _changed(
    pair: Pair, openers: Openers, options: ChangeOptions, sampler: Sampler | None, started_at: datetime
) -> Changed:
    """Plan, ask, and carry it out."""
    sessions = logged_in(pair, openers)
    keys = Keys(options.secrets, options.journals, options.retype_keys)
    proposal = propose(pair, sessions, keys, options.permission.accepted, remove=options.remove)
    plan = proposal.plan
    if options.approved is not None:
        require_devices(options.approved, proposal, lineage_of(sessions, options.host_keys))
    _require_allowed(plan, options, started_at)
    marked = marking({} if plan.empty else options.secrets)
    gate = pass_gate(
        pair, plan, sessions, options.permission, options.clock, remove=options.remove, more=looked_at(plan)
    )
    begun = begin(pair, sessions, openers, options.journals, options.ticket, transaction=options.transaction)
    if not plan.empty:
        begun.agree(options.announce, lambda: options.agree(plan), "plan")
        write_marks(options.journals, begun.transaction, marked())
        if options.approved is not None:
            note_use(options.journals, options.approved.id, begun.transaction)
    seen: list[Waited] = []
    trial = _Trial(pair, plan, gate)
    notify = None if plan.empty else options.notify  # the id of a change that is none leads nowhere
    bare = Around(begun.openers, notify, options.clock)
    with sampled(None if plan.empty else sampler, bare) as around:
        deployment = deploy(
            plan,
            around.openers,
            lambda on_trial: _verdict(trial, on_trial, options, around.clock, seen),
            options.journals,
            budget_s=options.patience.budget_s,
            base_commits=proposal.base_commits,
            ticket=options.ticket,
            new_id=lambda: begun.transaction,
            notify=around.notify,
            interrupted=interrupts.came,
            clock=around.clock,
        )
    hitless = hitless_of(around.sampler, options.traffic, options.clock)
    problem, sent = deployment.problem(), tuple[CheckResult, ...]()
    if deployment.outcome.end is End.REFUSED and not plan.empty:
        begun.refuse(deployment.outcome.reason)
    settle_marks(options.journals, deployment.outcome)
    if deployment.outcome.end is End.DONE:
        if options.approved is not None:
            drop_marks(options.journals, options.approved.marks)
        problem = start_batches(plan, pair, openers)
        if problem is None:
            sent = follow_batches(plan, pair, openers, options.permission.policy, options.clock)
    run = _run(pair, started_at, proposal, deployment, options, gate=gate)
    if seen:
        run = replace(run, results=seen[-1].results, observations=seen[-1].observations)
    surprised = () if options.rehearsal is None else surprises(options.rehearsal, run.results)
    results = (
        *_seen_at_the_end(pair, plan, deployment.outcome, remove=options.remove),
        *run.results,
        *sent,
        *trial.aside,
        *gate.results,
        *surprised,
        *results_of(hitless, asked=False),
    )
    run = replace(run, results=results, hitless=hitless)
    told = deployment.outcome.residue if plan.empty else ()
    return Changed(plan, run, problem, deployment.outcome.end, told)


def _seen_at_the_end(pair: Pair, plan: PairPlan, outcome: Ended, *, remove: bool) -> tuple[CheckResult, ...]:
    """Return what the last look at both members says: they hold the intent, or they were left apart."""
    if outcome.end in {End.SPLIT_MIXED, End.SPLIT_HAZARD}:
        return (result_of_end(RunKind.DEPLOY, outcome),)
    return intent_held(pair) if outcome.end is End.DONE and not (plan.empty or remove) else ()


def _require_allowed(plan: PairPlan, options: ChangeOptions, now: datetime) -> None:
    """Refuse lines that were not rehearsed though that was asked for, and what the network does not allow."""
    if options.rehearsal is not None:
        require_rehearsed(options.rehearsal, plan)
    for objection in objections(plan, options.permission, now):
        raise objection.error()


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is on trial.

    Args:
        pair: intent.
        plan: what was typed.
        gate: what was seen before.
        aside: what was found beside the checks.
    """

    pair: Pair
    plan: PairPlan
    gate: Gate
    aside: list[CheckResult] = field(default_factory=list)


def _verdict(
    trial: _Trial, on_trial: Mapping[str, Session], options: ChangeOptions, clock: Clock, seen: list[Waited]
) -> Verdict:
    """Wait until the pair on trial holds, and look what else changed; what was seen goes into the report."""
    pair = trial.pair
    sessions: dict[Side, Session] = {side: on_trial[pair.members.of(side)] for side in SIDES}
    results: tuple[CheckResult, ...] = ()
    held, words = True, "a pair that is taken away has nothing to converge"
    if not options.remove:
        progress = _heeding(options.progress)
        waited = wait_for_pair(
            pair, sessions, options.checks, patience=options.patience, progress=progress, clock=clock
        )
        results, held, words = waited.results, waited.converged, f"held after {waited.took_s:.1f} s"
        seen.append(waited)
    if held:
        policy = options.permission.policy
        aside = look_aside(pair, trial.plan, trial.gate.seen, sessions, policy=policy, clock=clock)
    else:
        aside = reaching(pair, sessions, clock) if _channel_is_missed(results) else ()
    # that all else is as before is no word on a pair that is gone
    trial.aside.extend(replace(one, outcome=Outcome.SKIPPED) if _well(one, options) else one for one in aside)
    said = [f"{one.check}: {complaint}" for one in (*aside, *results) for complaint in one.complaints]
    return Verdict(held=held and not said, text=said[0] if said else words)


def _heeding(progress: Callable[[Sample], None]) -> Callable[[Sample], None]:
    """Tell each look; an interrupt that came ends the waiting, on a thread that nobody interrupts too."""

    def told(sample: Sample) -> None:
        progress(sample)
        interrupts.raise_if_interrupted()

    return told


def _well(result: CheckResult, options: ChangeOptions) -> bool:
    return options.remove and result.outcome is Outcome.SUCCESS


def _channel_is_missed(results: Sequence[CheckResult]) -> bool:
    """Tell whether what the members tell each other did not come: a lost path would explain it."""
    return any("channel" in one.tags and one.outcome is Outcome.FAILURE for one in results)


def _run(
    pair: Pair,
    started_at: datetime,
    proposal: Proposal,
    deployment: Deployment,
    options: ChangeOptions,
    *,
    gate: Gate,
) -> Run:
    """Make the run for the reports; what was seen of the pair comes into it later."""
    plan, outcome = proposal.plan, deployment.outcome
    safety = ", ".join(sorted(set(outcome.safety.values())))
    forced = (f"not ready: {options.permission.forced}",) if gate.overridden else ()
    return Run(
        id=run_id(RunKind.DEPLOY, pair.name, started_at),
        kind=RunKind.DEPLOY,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=started_at,
        ended_at=options.clock.now(),
        changes=(change_of(plan.a), change_of(plan.b)),
        transaction=outcome.transaction,
        safety_line="; ".join(filter(None, (safety, uncovered(plan)))),
        outcome=outcome.state.value,
        ticket=options.ticket,
        accepted=(*map(str, proposal.accepted), *forced),
    )
