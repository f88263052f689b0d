"""Drill: let the standby take over, measure it, and let the routers themselves take it back.

Readiness first; the hypothesis is written down before the trigger and judged after it. The trigger runs in a
trial that is never kept (`PairChange.drill`), so that a death of this host ends it all the same. At the end
the pair must be what it was: owned lines, roles and entries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from inventory.errors import HotpairError, RefusedError, SplitError
from inventory.model import SIDES, Pair, Side, other
from parsers.ciphertext import hide
from runbooks import interrupts
from runbooks.deploy import Deployment, deploy
from runbooks.drill_trigger import Trigger, trigger_of
from runbooks.gates import Permission, objections
from runbooks.keys import Keys
from runbooks.observe import observe
from runbooks.proposal import propose
from runbooks.ready import Entries, Readiness, entries_of, look_ready
from runbooks.report.run import Change, Run, RunKind, run_id
from runbooks.site import Openers, logged_in
from runbooks.verify import wait_for_pair
from tasks.checks.catalog import CONVERGING, Selection, checks_for, judge
from tasks.checks.check import Answers
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.waiting import Patience, Sample
from tasks.plan.model import MemberPlan, PairPlan
from tasks.sessions.protocol import Session
from tasks.transaction.ends import End
from tasks.transaction.journal import new_transaction_id
from tasks.transaction.model import Notify, Verdict

ROLES_S: Final = 30.0
"""Seconds in which a standby takes over that waits for nothing on purpose."""
ENTRIES_S: Final = 30.0
"""Seconds in which the entries of a member that took over are usable."""
RETURN_S: Final = 60.0
"""Seconds in which a member takes over again, beside the delay that it is configured to wait."""
INTERVAL_S: Final = 2.0
"""Seconds between two looks where something is expected to happen."""
CALM_S: Final = 30.0
"""Seconds between two looks while a member waits on purpose."""
LOOKS_BACK: Final = 30
"""Into how many looks the delay on the way back is cut."""
STABLE: Final = 3
"""Looks in a row that must show roles and entries."""
LOOKED_AT: Final = Selection(tags=("roles", "entries"))

ROLES, KEPT, BACK = "drill-roles", "drill-entries", "drill-return"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What a drill is expected to show, written before its trigger.

    Args:
        roles_within_s: seconds from the trial to the other member leading all that moves.
        entries_lost: entries of the old master that the new one may lack.
        return_within_s: seconds from the end of the trial to the pair being as before.
    """

    roles_within_s: float
    entries_lost: int
    return_within_s: float

    def __str__(self) -> str:
        """Show on one line."""
        return (
            f"roles within {self.roles_within_s:g} s, {self.entries_lost} entries lost, "
            f"return within {self.return_within_s:g} s; aborted by whatever goes wrong"
        )


@dataclass(frozen=True, slots=True)
class Times:
    """What a drill measured, in seconds; nothing where it was not seen.

    Args:
        detected_s: from the trial to the first look at which the old roles no longer held.
        roles_s: to the first look at which the new ones held.
        usable_s: to the first look at which the new master had every entry too.
        return_s: from the end of the trial to the pair being as before.
        interval_s: between the look that first showed the new roles and the one before it.
        return_interval_s: between two looks on the way back; no time is known better than that.
    """

    detected_s: float | None = None
    roles_s: float | None = None
    usable_s: float | None = None
    return_s: float | None = None
    interval_s: float = INTERVAL_S
    return_interval_s: float = INTERVAL_S


@dataclass(frozen=True, slots=True)
class DrillWishes:
    """How a drill is made.

    Args:
        side: the member that gives up what it leads.
        journals: folder of the transaction journals.
        policy: thresholds, readiness and freezes.
        forced: the reason why a drill goes on although the standby is not ready; empty: it does not.
        ticket: of the change.
        announce: told the transaction's id first.
        agree: asked with what will be typed and the hypothesis; false refuses.
        notify: told each step of the transaction.
        progress: told each look at the pair on its way back.
        clock: seconds that only grow.
        sleep: lets seconds pass.
    """

    side: Side
    journals: Path
    policy: Policy = NO_POLICY
    forced: str = ""
    ticket: str = ""
    announce: Callable[[str], None] = field(default=lambda _transaction: None)
    agree: Callable[[Proposed], bool] = field(default=lambda _proposed: True)
    notify: Notify | None = None
    progress: Callable[[Sample], None] = field(default=lambda _sample: None)
    clock: Callable[[], float] = monotonic
    sleep: Callable[[float], None] = sleep


@dataclass(frozen=True, slots=True)
class Proposed:
    """A drill before its trigger.

    Args:
        trigger: what moves.
        plan: what is typed, and taken back by the trial.
        hypothesis: what it is expected to show.
        readiness: of the standby.
        base_commits: newest commit id of each device when it was planned.
    """

    trigger: Trigger
    plan: PairPlan
    hypothesis: Hypothesis
    readiness: Readiness
    base_commits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Drilled:
    """A drill that came to an end.

    Args:
        proposed: what it was to be.
        times: what it measured.
        lost: entries that the new master lacked at the end of the trial, by kind and interface.
        held: how many entries it had, of how many.
        run: for the reports.
        problem: why it did not come to a good end; nothing when the hypothesis was judged.
    """

    proposed: Proposed
    times: Times
    lost: Mapping[str, tuple[str, ...]]
    held: tuple[int, int]
    run: Run
    problem: HotpairError | None = None


def propose_drill(pair: Pair, sessions: Mapping[Side, Session], wishes: DrillWishes) -> Proposed:
    """Look at readiness and plan the trigger; nothing is changed.

    Args:
        pair: intent.
        sessions: one a member.
        wishes: how.

    Raises:
        RefusedError: the standby is not ready, nothing could move, or the pair is not as its intent says.
        DeviceError: a member did not answer.
    """
    trigger = trigger_of(pair, wishes.side)
    readiness = look_ready(pair, sessions, wishes.policy)
    _require_ready(pair, readiness, wishes.forced)
    keys = Keys({}, wishes.journals)
    as_it_is = propose(pair, sessions, keys)
    if not as_it_is.plan.empty:
        raise RefusedError(
            f"{pair.name} is not what its intent says; nothing was sent",
            wanted="a plan without a line",
            found=f"{sum(len(stage.lines) for one in _plans(as_it_is.plan) for stage in one.forward)} lines",
            next_command=f"hotpair plan {pair.name}",
        )
    proposal = propose(trigger.pair, sessions, keys)
    hypothesis = Hypothesis(ROLES_S + trigger.takes_s, 0, RETURN_S + trigger.returns_s)
    for objection in objections(proposal.plan, _allowed(wishes.policy), datetime.now(UTC)):
        raise objection.error()
    return Proposed(trigger, proposal.plan, hypothesis, readiness, proposal.base_commits)


def _plans(plan: PairPlan) -> tuple[MemberPlan, MemberPlan]:
    return plan.a, plan.b


def _allowed(policy: Policy) -> Permission:
    """Heed freezes; that a drill moves traffic is what was asked for."""
    from inventory.lines.impact import Impact

    return Permission(policy, allow=Impact.AFFECTS_SERVICE)


def _require_ready(pair: Pair, readiness: Readiness, forced: str) -> None:
    """Refuse a standby that is not ready, unless what is wrong may be overridden, and is."""
    why = readiness.fatal or (() if forced else readiness.reasons)
    said = [reason.text for reason in why] or ([] if forced else list(readiness.untold))
    if said:
        raise RefusedError(
            f"the standby of {pair.name} is not ready; nothing was sent",
            wanted="a standby that holds what it would need"
            + ("" if readiness.fatal else ", or --force --why TEXT"),
            found="; ".join(said),
            next_command=f"hotpair ready {pair.name}",
        )


def drill_pair(pair: Pair, openers: Openers, wishes: DrillWishes) -> Drilled:
    """Let a member give up what it leads, measure, and have it all back.

    Args:
        pair: intent.
        openers: ways to log in, by device name.
        wishes: how.

    Raises:
        HotpairError: it could not begin; nothing was changed.
    """
    started_at = datetime.now(UTC)
    sessions = logged_in(pair, openers)
    proposed = propose_drill(pair, sessions, wishes)
    if not wishes.agree(proposed):
        raise RefusedError("the drill was not agreed to; nothing was sent")
    for session in sessions.values():
        session.close()
    transaction = new_transaction_id()
    wishes.announce(transaction)
    watch = _Watch(pair, proposed, wishes)
    deployment = deploy(
        proposed.plan,
        openers,
        watch.during,
        wishes.journals,
        budget_s=proposed.hypothesis.roles_within_s + ENTRIES_S,
        base_commits=proposed.base_commits,
        ticket=wishes.ticket,
        new_id=lambda: transaction,
        notify=wishes.notify,
        interrupted=interrupts.came,
        drill=True,
    )
    ended = deployment.outcome.end is End.AS_BEFORE
    if ended:
        watch.afterwards(openers)
    return watch.drilled(deployment, started_at)


@dataclass(slots=True)
class _Watch:
    """What is seen of a drill while it runs."""

    pair: Pair
    proposed: Proposed
    wishes: DrillWishes
    detected_s: float | None = None
    roles_s: float | None = None
    usable_s: float | None = None
    return_s: float | None = None
    gap_s: float = 0.0
    before_s: float = 0.0
    looked: bool = False
    wrong: tuple[CheckResult, ...] = ()
    lost: dict[str, tuple[str, ...]] = field(default_factory=dict)
    held: tuple[int, int] = (0, 0)
    after: tuple[CheckResult, ...] = ()
    observations: tuple[Observation, ...] = ()

    # ---- on trial ------------------------------------------------------------------------------------------

    def during(self, on_trial: Mapping[str, Session]) -> Verdict:
        """Look at both members until the other one leads and has every entry, or the time is over."""
        sessions: dict[Side, Session] = {side: on_trial[self.pair.members.of(side)] for side in SIDES}
        begin, stable = self.wishes.clock(), 0
        budget = self.proposed.hypothesis.roles_within_s + ENTRIES_S
        while True:
            interrupts.heed()
            at_s = self.wishes.clock() - begin
            stable = stable + 1 if self._look(sessions, at_s) else 0
            if stable >= STABLE or at_s + INTERVAL_S > budget:
                break
            self.before_s = at_s
            self.wishes.sleep(self._pause(at_s))
        self.looked = True
        return Verdict(stable >= STABLE, self._said())

    def _pause(self, at_s: float) -> float:
        """Give the seconds to the next look: many while the other member waits on purpose, few around it."""
        calm = self.roles_s is None and at_s + 2 * CALM_S < self.proposed.trigger.takes_s
        return CALM_S if calm else INTERVAL_S

    @property
    def _back_s(self) -> float:
        """Seconds between two looks on the way back."""
        return max(INTERVAL_S, self.proposed.trigger.returns_s / LOOKS_BACK)

    def _look(self, sessions: Mapping[Side, Session], at_s: float) -> bool:
        """Look once; tell whether the other member leads, and has every entry."""
        checks = checks_for(LOOKED_AT)
        moved = self.proposed.trigger.pair
        self.observations = observe(checks, moved, sessions)
        roles = checks_for(Selection(tags=("roles",)))
        limits = self.wishes.policy.limits
        self.wrong = _unheld(judge(roles, moved, self.observations, limits))
        if self.detected_s is None and _unheld(judge(roles, self.pair, self.observations, limits)):
            self.detected_s = at_s
        self._count()
        if self.wrong:
            self.roles_s = self.usable_s = None
            return False
        if self.roles_s is None:
            self.roles_s, self.gap_s = at_s, at_s - self.before_s
        if self.lost:
            self.usable_s = None
            return False
        self.usable_s = at_s if self.usable_s is None else self.usable_s
        return True

    def _count(self) -> None:
        """Count which entries of before the new master has now."""
        seen = {(one.member, one.command): one for one in self.observations}
        answers = Answers(self.proposed.trigger.pair, seen, self.wishes.policy.limits)
        now = {(one.kind, _place(one)): one for one in entries_of(answers)}
        self.lost, had, have = {}, 0, 0
        for key, before in _by_place(self.proposed.readiness.entries).items():
            there = set(now[key].keys) if key in now else set()
            gone = sorted(set(before.keys) - there)
            had, have = had + len(before.keys), have + len(before.keys) - len(gone)
            if gone:
                self.lost[f"{before.kind} on {before.interface}"] = tuple(gone)
        self.held = (have, had)

    def _said(self) -> str:
        """Say on one line what was seen."""
        roles = (
            "the roles did not change as expected" if self.roles_s is None else f"roles {self.roles_s:g} s"
        )
        return f"{roles}; {self.held[0]} of {self.held[1]} entries on the new master"

    # ---- afterwards ----------------------------------------------------------------------------------------

    def afterwards(self, openers: Openers) -> None:
        """Wait until the pair is as it was before: roles, entries and all else that may hold."""
        patience = Patience(
            self.proposed.hypothesis.return_within_s + STABLE * self._back_s, self._back_s, STABLE
        )
        checks = (*checks_for(CONVERGING), *checks_for(Selection(tags=("entries", "lines"))))
        sessions = logged_in(self.pair, openers)
        waited = wait_for_pair(
            self.pair,
            sessions,
            checks,
            patience=patience,
            policy=self.wishes.policy,
            progress=self.wishes.progress,
        )
        self.after, self.observations = waited.results, waited.observations
        self.return_s = waited.took_s if waited.converged else None

    # ---- the end -------------------------------------------------------------------------------------------

    def drilled(self, deployment: Deployment, started_at: datetime) -> Drilled:
        """Judge the hypothesis."""
        outcome = deployment.outcome
        results = (self._roles(), self._entries(), self._return(), *_unheld(self.after))
        times = Times(self.detected_s, self.roles_s, self.usable_s, self.return_s, self.gap_s, self._back_s)
        run = Run(
            id=run_id(RunKind.DRILL, self.pair.name, started_at),
            kind=RunKind.DRILL,
            pair=self.pair.name,
            members=(self.pair.members.a, self.pair.members.b),
            started_at=started_at,
            ended_at=datetime.now(UTC),
            results=results,
            observations=self.observations,
            changes=tuple(_change(one) for one in _plans(self.proposed.plan)),
            transaction=outcome.transaction,
            safety_line=", ".join(sorted(set(outcome.safety.values()))),
            outcome=outcome.state.value,
            ticket=self.wishes.ticket,
            accepted=(f"not ready: {self.wishes.forced}",) if self.wishes.forced else (),
        )
        return Drilled(self.proposed, times, self.lost, self.held, run, self._problem(deployment))

    def _problem(self, deployment: Deployment) -> HotpairError | None:
        """Give the error of a drill that did not come to its end, or whose end is not its start."""
        outcome = deployment.outcome
        if outcome.end is not End.AS_BEFORE or not self.looked:
            return outcome.problem()
        if self.return_s is None:
            first = next((str(said) for one in _unheld(self.after) for said in one.complaints), "")
            return SplitError(
                f"{self.pair.name} is not as it was before the drill",
                wanted=f"as before within {self.proposed.hypothesis.return_within_s:g} s",
                found=first or "they do not stay held",
                where=f"transaction {outcome.transaction}",
                next_command=f"hotpair verify {self.pair.name} --wait 60",
            )
        return None

    def _roles(self) -> CheckResult:
        title = "The other member leads all that moves, in the time that was expected"
        subject = ", ".join(self.proposed.trigger.names)
        wanted = self.proposed.hypothesis.roles_within_s
        if not self.looked:
            return _result(
                ROLES, subject, title, Outcome.ERROR, (Complaint("the drill did not come so far"),)
            )
        said = [said for one in self.wrong for said in one.complaints]
        if self.roles_s is None:
            return _result(ROLES, subject, title, Outcome.FAILURE, tuple(said) or (Complaint("no change"),))
        late = Complaint("the roles changed late", f"{wanted:g} s or less", f"{self.roles_s:g} s")
        return _result(ROLES, subject, title, *_judged(late, on_time=self.roles_s <= wanted))

    def _entries(self) -> CheckResult:
        title = "The new master has every entry that the old one had"
        subject = f"{self.held[1]} entries"
        if not self.looked:
            return _result(KEPT, subject, title, Outcome.ERROR, (Complaint("the drill did not come so far"),))
        device = self.pair.members.of(other(self.proposed.trigger.side))
        complaints = tuple(
            Complaint(f"{len(gone)} entries were lost: {what}", "none", ", ".join(gone[:5]), device)
            for what, gone in self.lost.items()
        )
        if not self.held[1]:
            note = "no entry on either member before the drill: nothing could be lost"
            return CheckResult(KEPT, subject, Outcome.SKIPPED, title, ("drill",), (), note)
        return _result(KEPT, subject, title, Outcome.FAILURE if complaints else Outcome.SUCCESS, complaints)

    def _return(self) -> CheckResult:
        title = "The pair is as it was before: lines, roles and entries"
        if self.return_s is not None:
            return _result(BACK, self.pair.name, title, Outcome.SUCCESS)
        told = "the pair was not seen as before" if self.after else "the way back was not looked at"
        outcome = Outcome.FAILURE if self.after else Outcome.ERROR
        return _result(BACK, self.pair.name, title, outcome, (Complaint(told),))


def _judged(late: Complaint, *, on_time: bool) -> tuple[Outcome, tuple[Complaint, ...]]:
    return (Outcome.SUCCESS, ()) if on_time else (Outcome.FAILURE, (late,))


def _result(
    check: str, subject: str, title: str, outcome: Outcome, complaints: tuple[Complaint, ...] = ()
) -> CheckResult:
    return CheckResult(check, subject, outcome, title, ("drill",), complaints)


def _unheld(results: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """Give the results that do not hold."""
    return tuple(one for one in results if one.outcome not in {Outcome.SUCCESS, Outcome.SKIPPED})


def _place(one: Entries) -> str:
    """Name the bound interface of an entry's kind by its profile, whichever member is master."""
    return one.subject


def _by_place(entries: Sequence[Entries]) -> dict[tuple[str, str], Entries]:
    return {(one.kind, _place(one)): one for one in entries}


def _change(plan: MemberPlan) -> Change:
    commands = [command for stage in plan.forward for command in stage.commands]
    return Change(
        plan.member,
        tuple(hide(command.text) for command in commands),
        tuple(command.impact.value for command in commands),
    )
