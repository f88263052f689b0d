"""Carry out a change over two routers as one: all or nothing.

Gate, stage both, compare both candidates with the plan, trial on b then a, converge, decide, confirm a then
b, save. `machine` holds the theory, `settling` the way to an end from wherever it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

from inventory.errors import DeviceError, HotpairError, RefusedError, ReplyError, RolledBackError
from inventory.facts import ConfigTree
from parsers.tree import read_tree
from tasks.plan.items import same_configuration
from tasks.plan.model import MemberPlan, Stage
from tasks.transaction.changes import unlike_plan
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.gate import CURRENT, Base, pass_gate
from tasks.transaction.interrupts import deferred_interrupts
from tasks.transaction.journal import Journal, new_transaction_id
from tasks.transaction.link import Link
from tasks.transaction.machine import Event, State, step
from tasks.transaction.model import SIDES, Notify, Outcome, PairChange, Progress, Verdict
from tasks.transaction.safety import SKEW_S, put_on_trial, trial_seconds
from tasks.transaction.settle import save, settle
from tasks.transaction.sight import ON_TRIAL, STAGE_MADE, as_data


def _silent(_progress: Progress) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


def carry_out(
    change: PairChange,
    journals: Path,
    *,
    notify: Notify = _silent,
    interrupted: Callable[[], bool] = _never,
    clock: Callable[[], float] = monotonic,
    sleep: Callable[[float], None] = sleep,
) -> Outcome:
    """Make a change on both members, or on neither; say how it ended.

    Every failure and Ctrl-C end in an outcome; `Outcome.problem` gives the error for the operator.

    Args:
        change: plans, ways to log in, and how to tell that the change does what it should.
        journals: folder of the journals.
        notify: told each step.
        interrupted: asked between steps; true is taken as Ctrl-C, for callers on another thread.
        clock: seconds, for the time of the trial.
        sleep: waits some seconds, for a member that is not to be seen for a while.
    """
    run = _Run(change, journals, notify=notify, interrupted=interrupted, clock=clock, sleep=sleep)
    return run.outcome()


class _Run:
    """One transaction while it runs."""

    def __init__(
        self,
        change: PairChange,
        journals: Path,
        *,
        notify: Notify,
        interrupted: Callable[[], bool],
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self.id = new_transaction_id()
        self.change = change
        self.journals = journals
        self.notify = notify
        self.interrupted = interrupted
        self.clock = clock
        self.sleep = sleep
        self.plans: Mapping[str, MemberPlan] = {"a": change.a.plan, "b": change.b.plan}
        self.links = {
            side: Link(one.plan.member, one.open_session)
            for side, one in zip(SIDES, (change.a, change.b), strict=True)
        }
        self.seconds = trial_seconds(change.budget_s)
        self.state = State.START
        self.verdict: Verdict | None = None
        self.safety: dict[str, str] = {}
        self.trial_began: float | None = None

    # ---- the whole -----------------------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        """Run to an end, whatever happens on the way."""
        try:
            try:
                bases = self.gate()
            except (HotpairError, KeyboardInterrupt) as error:
                return self.ended(step(State.START, Event.GATE_REFUSED), error)
            with Journal.begin(self.journals, self.id, self.opening(bases)) as journal:
                return self.journaled(journal)
        finally:
            for link in self.links.values():
                link.drop()

    def journaled(self, journal: Journal) -> Outcome:
        """Run the part that may change a device."""
        failure: BaseException | None = None
        try:
            journal.record(Event.GATE_PASSED)
            self.forward(journal)
        except (HotpairError, KeyboardInterrupt) as error:
            failure = error
        except Exception:
            self.finish(journal)  # a fault of ours or of `converge`: leave no trial behind, then show it
            raise
        return self.finish(journal, failure)

    def finish(self, journal: Journal, failure: BaseException | None = None) -> Outcome:
        """Settle, save when both are new, and sum up; Ctrl-C has to wait."""
        with deferred_interrupts():
            return self.settled(journal, failure)

    def settled(self, journal: Journal, failure: BaseException | None) -> Outcome:
        """Settle, save when both are new, and sum up."""
        if journal.state in {State.GATED, State.STAGED}:
            self.clear(journal)
            return self.ended(journal.state, failure, journal=journal.path)
        settlement = settle(journal, self.links, self.tell(journal), self.sleep)
        why = settlement.why
        if journal.state is State.NEW_BOTH:
            why = save(journal, self.links, self.tell(journal))
        outcome = self.ended(journal.state, failure, journal=journal.path)
        reasons = [outcome.reason, *why] if journal.state is not State.DONE else []
        return replace(outcome, seen=settlement.seen, reason="; ".join(filter(None, reasons)))

    def ended(self, state: State, failure: BaseException | None, *, journal: Path | None = None) -> Outcome:
        """Sum up."""
        reason = "interrupted" if isinstance(failure, KeyboardInterrupt) else str(failure or "")
        return Outcome(
            transaction=self.id,
            pair=self.change.pair,
            members=(self.links["a"].member, self.links["b"].member),
            state=state,
            reason=reason,
            cause=failure if isinstance(failure, HotpairError) else None,
            safety=self.safety,
            verdict=self.verdict,
            journal=journal,
        )

    # ---- steps ---------------------------------------------------------------------------------------------

    def gate(self) -> dict[str, Base]:
        """Look at both members; nothing is sent to either unless both may be changed."""
        if not any(plan.forward for plan in self.plans.values()):
            raise RefusedError(f"nothing to do on pair {self.change.pair}", wanted="a plan with lines")
        members = {"a": self.change.a, "b": self.change.b}
        bases = {}
        for side, link in self.links.items():
            bases[link.member] = pass_gate(link.session(), members[side])
            self.say(State.START, f"{link.member} may be changed")
        return bases

    def opening(self, bases: Mapping[str, Base]) -> dict[str, object]:
        """Give what resuming needs to know."""
        return {
            "pair": self.change.pair,
            "members": {side: link.member for side, link in self.links.items()},
            "base": {
                name: {"commit": base.commit, **as_data(base.fingerprint)} for name, base in bases.items()
            },
            "idle": [plan.member for plan in self.plans.values() if not plan.forward],
            "seconds": self.seconds,
        }

    def forward(self, journal: Journal) -> None:
        """Go from the gate to the decision."""
        busy = [side for side in ("b", "a") if self.plans[side].forward]
        for number in range(max(len(self.plans[side].forward) for side in busy) - 1):
            for side in busy:
                if number < len(self.plans[side].forward) - 1:
                    self.commit_stage(journal, side, number)
        for side in reversed(busy):
            self.stage(journal, side, len(self.plans[side].forward) - 1)
        if journal.state is State.GATED:
            journal.record(Event.STAGED)
        self.try_on(journal, "b", Event.TRY_B)
        self.try_on(journal, "a", Event.TRY_A)
        self.converge(journal)
        journal.record(Event.DECIDE)
        self.say(journal.state, "decided to keep the change")

    def commit_stage(self, journal: Journal, side: str, number: int) -> None:
        """Commit a stage that is not the last one, as a labelled point that a rollback takes back."""
        link = self.links[side]
        self.stage(journal, side, number)
        journal.record(Event.COMMIT_STAGE, member=link.member, stage=number)
        link.session().commit(f"{self.id}-{number + 1}")
        journal.note(STAGE_MADE, member=link.member, stage=number, **self.fingerprint(link))
        self.say(journal.state, f"{link.member}: stage {number + 1} committed")

    def stage(self, journal: Journal, side: str, number: int) -> None:
        """Type a stage and compare what the device then holds with the plan."""
        self.heed()
        link, plan = self.links[side], self.plans[side]
        stage = plan.forward[number]
        link.session().stage(stage.commands)
        differences = unlike_plan(link.session().candidate_changes(), _before(plan, number), stage.predicted)
        if differences:
            raise ReplyError(
                f"the candidate of {link.member} is not the planned change",
                wanted="the planned lines and no other",
                found="; ".join(differences),
                member=link.member,
                where="display configuration candidate changes",
            )
        self.say(journal.state, f"{link.member}: {len(stage.commands)} lines staged, candidate as planned")

    def try_on(self, journal: Journal, side: str, event: Event) -> None:
        """Put a member on trial, and remember what it then looks like."""
        self.heed()
        link = self.links[side]
        journal.record(event)
        if not self.plans[side].forward:
            return
        if self.trial_began is None:
            self.trial_began = self.clock()
        line = put_on_trial(link, self.seconds, self.id)
        self.safety[link.member] = line.name
        running = link.session().run(CURRENT)
        journal.note(ON_TRIAL, member=link.member, safety=line.name, **as_data(Fingerprint.of(running)))
        if not same_configuration(read_tree(running, link.member), self.plans[side].predicted):
            raise ReplyError(
                f"the commit did not make of {link.member} what was planned",
                wanted="the predicted configuration",
                found="another one",
                member=link.member,
                where=CURRENT,
            )
        self.say(journal.state, f"{link.member}: {line.name}, {self.seconds} s")

    def converge(self, journal: Journal) -> None:
        """Wait until the checks hold; refuse to decide when a timer is about to end."""
        self.heed()
        sessions = {link.member: link.session() for link in self.links.values()}
        self.verdict = self.change.converge(sessions)
        self.say(journal.state, self.verdict.text or "checks done")
        if not self.verdict.held:
            raise RolledBackError(f"the pair did not come to hold: {self.verdict.text}")
        self.heed()
        spent = self.clock() - (self.trial_began or 0.0)
        if spent > self.seconds - SKEW_S / 2:
            raise RolledBackError(
                "the trial is about to end", wanted=f"{SKEW_S / 2:.0f} s left", found=f"{spent:.0f} s spent"
            )

    def clear(self, journal: Journal) -> None:
        """Drop both candidates; a session that cannot do it is ended, which drops its candidate too."""
        for link in self.links.values():
            try:
                link.session().clear_candidate()
            except (DeviceError, KeyboardInterrupt):
                link.drop()
        journal.record(Event.CLEARED)
        self.say(journal.state, "candidates cleared")

    # ---- small things --------------------------------------------------------------------------------------

    def fingerprint(self, link: Link) -> dict[str, str]:
        """Take the fingerprint of what a member runs now."""
        return as_data(Fingerprint.of(link.session().run(CURRENT)))

    def heed(self) -> None:
        """Stop here when somebody wants to."""
        if self.interrupted():
            raise KeyboardInterrupt

    def tell(self, journal: Journal) -> Callable[[str], None]:
        """Give a way to report an act of settling."""
        return lambda text: self.say(journal.state, text)

    def say(self, state: State, text: str) -> None:
        """Report a step."""
        self.notify(Progress(self.id, self.change.pair, state, text))


def _before(plan: MemberPlan, number: int) -> ConfigTree:
    """Give the configuration that a stage is typed on."""
    earlier: tuple[Stage, ...] = plan.forward[:number]
    return earlier[-1].predicted if earlier else plan.base
