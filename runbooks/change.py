"""Change a pair: plan, ask, deploy as one transaction that must converge, and keep what was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from inventory.errors import HotpairError, RefusedError
from inventory.facts import ConfigTree
from inventory.model import SIDES, Pair, Side
from inventory.secrets import Secret
from parsers.ciphertext import hide
from parsers.tree import read_tree
from runbooks import interrupts
from runbooks.approved import PlanFile, lineage_of, require_devices
from runbooks.batches import start_batches
from runbooks.deploy import Deployment, deploy
from runbooks.gates import Permission, objections, pass_lint
from runbooks.keys import Keys
from runbooks.plan_uses import note_use
from runbooks.planning import uncovered
from runbooks.proposal import propose
from runbooks.refusals import keep_refusal
from runbooks.report.run import Change, Run, RunKind, run_id
from runbooks.secret_marks import drop_marks, keep_marks, settle_marks
from runbooks.site import Openers, logged_in
from runbooks.verify import wait_for_pair
from tasks.checks.check import Check
from tasks.checks.waiting import Patience, Sample, Waited
from tasks.plan.model import MemberPlan, PairPlan
from tasks.sessions.protocol import Session
from tasks.transaction.ends import Decider, End
from tasks.transaction.journal import new_transaction_id
from tasks.transaction.model import Notify, Verdict
from tasks.transaction.seeing import CURRENT
from tasks.transaction.waits import trial_seconds

NOTHING_MORE = Permission()
_NOT_AGREED = "the plan was not agreed to"


@dataclass(frozen=True, slots=True)
class Wishes:
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
        notify: told each step of the transaction.
        progress: told each look at the pair.
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
    notify: Notify | None = None
    progress: Callable[[Sample], None] = field(default=lambda _sample: None)


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that came to an end.

    Args:
        plan: what was to do.
        run: for the reports.
        problem: why it did not come to be; nothing when both members are new and saved, or there was
            nothing to do.
        told: what was seen there and is somebody else's to know, where no step told it.
    """

    plan: PairPlan
    run: Run
    problem: HotpairError | None = None
    told: tuple[str, ...] = ()


def running_of(pair: Pair, sessions: Mapping[Side, Session]) -> dict[Side, ConfigTree]:
    """Read what runs on both members."""
    return {side: read_tree(sessions[side].run(CURRENT), pair.members.of(side)) for side in SIDES}


def change_pair(pair: Pair, openers: Openers, wishes: Wishes) -> Changed:
    """Bring a pair to its intent: both members or none.

    Args:
        pair: intent.
        openers: ways to log in, by device name.
        wishes: how.

    Raises:
        HotpairError: it could not begin; nothing was sent.
    """
    started_at = datetime.now(UTC)
    trial_seconds(wishes.patience.budget_s)  # one that no trial covers is refused before anybody is dialled
    if not wishes.remove:
        pass_lint(pair, wishes.permission.accepted)  # before anything is dialled
    sessions = logged_in(pair, openers)
    keys = Keys(wishes.secrets, wishes.journals, wishes.retype_keys)
    proposal = propose(pair, sessions, keys, wishes.permission.accepted, remove=wishes.remove)
    plan = proposal.plan
    if wishes.approved is not None:
        require_devices(wishes.approved, proposal, lineage_of(sessions, wishes.host_keys))
    for objection in objections(plan, wishes.permission, started_at):
        raise objection.error()
    transaction = new_transaction_id()
    refused = partial(
        keep_refusal,
        wishes.journals,
        transaction,
        pair.name,
        (pair.members.a, pair.members.b),
        ticket=wishes.ticket,
    )
    if not plan.empty:
        wishes.announce(transaction)
        if not wishes.agree(plan):
            refused(_NOT_AGREED, by=Decider.OPERATOR)
            raise RefusedError(f"{_NOT_AGREED}; nothing was sent")
        keep_marks(wishes.journals, transaction, wishes.secrets)
        if wishes.approved is not None:
            note_use(wishes.journals, wishes.approved.id, transaction)
    seen: list[Waited] = []
    deployment = deploy(
        plan,
        {session.member: _again(session, openers[session.member]) for session in sessions.values()},
        lambda on_trial: _verdict(pair, on_trial, wishes, seen),
        wishes.journals,
        budget_s=wishes.patience.budget_s,
        base_commits=proposal.base_commits,
        ticket=wishes.ticket,
        new_id=lambda: transaction,
        notify=None if plan.empty else wishes.notify,  # the id of a change that is none leads nowhere
        interrupted=interrupts.came,
    )
    problem = deployment.problem()
    if deployment.outcome.end is End.REFUSED and not plan.empty:
        refused(deployment.outcome.reason)
    settle_marks(wishes.journals, deployment.outcome)
    if deployment.outcome.end is End.DONE:
        if wishes.approved is not None:
            drop_marks(wishes.journals, wishes.approved.marks)
        problem = start_batches(plan, pair, openers)
    run = _run(pair, started_at, plan, deployment, seen[-1] if seen else None)
    run = replace(run, ticket=wishes.ticket, accepted=tuple(map(str, proposal.accepted)))
    return Changed(plan, run, problem, deployment.outcome.residue if plan.empty else ())


def _verdict(pair: Pair, on_trial: Mapping[str, Session], wishes: Wishes, seen: list[Waited]) -> Verdict:
    """Wait until the pair on trial holds; what was seen last goes into the report."""
    if wishes.remove:
        return Verdict(held=True, text="a pair that is taken away has nothing to converge")
    sessions: dict[Side, Session] = {side: on_trial[pair.members.of(side)] for side in SIDES}
    waited = wait_for_pair(pair, sessions, wishes.checks, patience=wishes.patience, progress=wishes.progress)
    seen.append(waited)
    said = [f"{result.check}: {complaint}" for result in waited.results for complaint in result.complaints]
    return Verdict(held=waited.converged, text=said[0] if said else f"held after {waited.took_s:.1f} s")


def _again(session: Session, opener: Callable[[], Session]) -> Callable[[], Session]:
    """Give the open session first, unless the device ended it meanwhile, and a fresh one after that.

    What a device is after a new login is looked at again by the gate.
    """
    waiting = [session]

    def give() -> Session:
        kept = waiting.pop() if waiting else None
        if kept is None or not kept.still_open():
            return opener()
        return kept

    return give


def _run(
    pair: Pair,
    started_at: datetime,
    plan: PairPlan,
    deployment: Deployment | None = None,
    waited: Waited | None = None,
) -> Run:
    """Make the run for the reports."""
    outcome = deployment.outcome if deployment else None
    return Run(
        id=run_id(RunKind.DEPLOY, pair.name, started_at),
        kind=RunKind.DEPLOY,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=started_at,
        ended_at=datetime.now(UTC),
        results=waited.results if waited else (),
        observations=waited.observations if waited else (),
        changes=(_change(plan.a), _change(plan.b)),
        transaction=outcome.transaction if outcome else "",
        safety_line="; ".join(
            filter(None, (", ".join(sorted(set(outcome.safety.values()))), uncovered(plan)))
        )
        if outcome
        else "",
        outcome=outcome.state.value if outcome else "nothing to do",
    )


def _change(plan: MemberPlan) -> Change:
    commands = [command for stage in plan.forward for command in stage.commands]
    return Change(
        plan.member,
        tuple(hide(command.text) for command in commands),
        tuple(command.impact.value for command in commands),
    )
