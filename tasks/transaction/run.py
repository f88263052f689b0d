"""Carry out a change over two routers as one: all or nothing.

Gate, stage both, compare both candidates with the plan, trial on b then a, converge, decide, confirm a then
b, save. `machine` holds the theory, `settling` the way to an end from wherever it stopped. Both members are
looked at before every act that goes forward.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from inventory.errors import DeviceError, HotpairError, RefusedError, ReplyError, RolledBackError
from inventory.facts import ConfigTree
from tasks.plan.model import MemberPlan
from tasks.sessions.protocol import LineRefusedError, Session
from tasks.sessions.steps import Step
from tasks.transaction.changes import unlike_plan
from tasks.transaction.ending import who_took_back
from tasks.transaction.ends import Decider, End
from tasks.transaction.gate import Base, pass_gate
from tasks.transaction.interrupts import deferred_interrupts
from tasks.transaction.journal import Journal, new_transaction_id
from tasks.transaction.link import Link, results, side_by_side
from tasks.transaction.listing import refuse_unfinished
from tasks.transaction.look import Look, Seen
from tasks.transaction.machine import Event, State, step
from tasks.transaction.model import (
    MemberChange,
    Outcome,
    PairChange,
    Progress,
    Verdict,
    require_ticket,
)
from tasks.transaction.records import OnTrial, Opening, Remark, StageMade
from tasks.transaction.safety import LABELLED, Made, Names, commit_named, names_of, put_on_trial
from tasks.transaction.seeing import AGAIN, BRIEFLY, SIDES, Wanted, judged_again, look_at_both
from tasks.transaction.settle import DEFAULT, Settling, Tools, end
from tasks.transaction.waits import NEEDED_S, trial_seconds

YOUNG = timedelta(seconds=3)
"""How old a look may be that stands for another one: this host may have stood still meanwhile."""
ORDER = ("b", "a")
"""The backup first: what goes wrong shows on the member that carries no traffic."""


def _never() -> bool:
    return False


def carry_out(
    change: PairChange,
    journals: Path,
    *,
    tools: Tools = DEFAULT,
    interrupted: Callable[[], bool] = _never,
    new_id: Callable[[], str] = new_transaction_id,
) -> Outcome:
    """Make a change on both members, or on neither; say how it ended.

    Every failure and Ctrl-C end in an outcome; `Outcome.problem` gives the error for the operator. A change
    without lines passes the gate all the same, and ends as nothing to do.

    Args:
        change: plans, ways to log in, and how to tell that the change does what it should.
        journals: folder of the journals.
        tools: of the world; the first step that is told names the transaction.
        interrupted: asked between steps; true is taken as Ctrl-C, for callers on another thread.
        new_id: gives the id of the transaction.

    Raises:
        IntentError: the ticket cannot stand on the devices.
    """
    require_ticket(change.ticket)
    return _Run(change, journals, tools, interrupted, new_id()).outcome()


@dataclass(slots=True)
class _Run:
    """One transaction while it runs."""

    change: PairChange
    journals: Path
    tools: Tools
    interrupted: Callable[[], bool]
    id: str
    links: dict[str, Link] = field(init=False)
    members: dict[str, MemberChange] = field(init=False)
    verdict: Verdict | None = None
    decider: Decider | None = None
    bases: dict[str, Base] = field(default_factory=dict)
    committed: bool = False
    """A commit of ours was made, or may have been."""
    recent: dict[str, Look] | None = None
    """The last look at both, as long as nothing was sent after it."""
    recent_at: datetime | None = None
    looked_at: datetime | None = None
    heads: dict[str, int | None] = field(default_factory=dict)
    """Id that the newest commit of each member must have before ours."""

    def __post_init__(self) -> None:
        self.members = {"a": self.change.a, "b": self.change.b}
        self.links = {side: Link(one.plan.member, one.open_session) for side, one in self.members.items()}

    # ---- the whole -----------------------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        """Run to an end, whatever happens on the way."""
        self.say(State.START, f"transaction {self.id}")
        try:
            try:
                journal = self.begun()
            except (HotpairError, KeyboardInterrupt) as error:
                return self.refused(error)
            except Exception as error:  # noqa: BLE001 - nothing was sent; told like any other failure
                return self.refused(_unforeseen(error))
            if journal is None:
                return self.summed_up(State.NOTHING, End.NOTHING)
            with journal:
                try:
                    return self.journaled(journal)
                except KeyboardInterrupt:  # between two steps: nothing is left behind all the same
                    return self.ended(journal, _interrupted())
        finally:
            for link in self.links.values():
                link.drop()

    def begun(self) -> Journal | None:
        """Pass the gate and begin the journal; nothing when there is nothing to do."""
        busy = any(self.plan(side).forward for side in SIDES)
        seconds = trial_seconds(self.change.budget_s) if busy else 0
        refuse_unfinished(self.journals, self.change.pair, self.names)
        drill, undoes = self.change.drill, self.change.undoes
        self.bases = pass_gate(
            self.links, self.members, self.change.pair, self.journals, undoes, trial_only=drill
        )
        for side, base in self.bases.items():
            self.heads[side] = base.record.base_commit
            for text in (f"{self.links[side].member} may be changed", *base.told):
                self.say(State.START, text)
        self.heed()
        if not busy:
            return None
        a, b = (self.bases[side].record for side in SIDES)
        told = (self.change.ticket, self.change.undoes)
        opening = Opening(self.id, self.change.pair, a, b, seconds, *told, drill=drill)
        return Journal.begin(self.journals, opening, now=self.tools.now)

    def journaled(self, journal: Journal) -> Outcome:
        """Run the part that may change a device."""
        failure: HotpairError | None = None
        try:
            journal.record(Event.GATE_PASSED)
            self.forward(journal)
        except HotpairError as error:
            failure = error
        except KeyboardInterrupt:
            failure = _interrupted()
        except Exception as error:  # noqa: BLE001 - a fault of ours or of `converge`: no trial is left behind
            failure = _unforeseen(error)
        return self.ended(journal, failure)

    def ended(self, journal: Journal, failure: HotpairError | None) -> Outcome:
        """Settle and sum up; Ctrl-C has to wait."""
        with deferred_interrupts():
            untouched = not self.committed
            settling = Settling(journal, self.links, self.tools, failure, self.decider, untouched=untouched)
            outcome = end(settling, verdict=self.verdict, residue=self.residue)
        for told in outcome.residue[len(self.residue) :]:
            self.say(outcome.state, told)
        return outcome

    def refused(self, error: HotpairError | KeyboardInterrupt) -> Outcome:
        """Sum up when nothing was sent."""
        cause = error if isinstance(error, HotpairError) else _interrupted()
        return self.summed_up(step(State.START, Event.GATE_REFUSED), End.REFUSED, cause)

    def summed_up(self, state: State, named: End, cause: HotpairError | None = None) -> Outcome:
        """Sum up an end without a journal."""
        return Outcome(
            self.id,
            self.change.pair,
            self.names,
            state,
            named,
            reason=cause.message if cause else "",
            cause=cause,
            residue=self.residue,
            ticket=self.change.ticket,
        )

    # ---- steps ---------------------------------------------------------------------------------------------

    def forward(self, journal: Journal) -> None:
        """Go from the gate to the decision."""
        stages = {side: len(self.plan(side).forward) for side in SIDES}
        for number in range(1, max(stages.values())):
            self.stage(journal, {side: number for side in SIDES if number < stages[side]})
            for side in ORDER:
                if number < stages[side]:
                    self.commit_stage(journal, side, number)
        self.stage(journal, {side: stages[side] for side in SIDES if stages[side]})
        if journal.state is State.GATED:
            journal.record(Event.STAGED)
        self.try_on(journal, "b", Event.TRY_B)
        self.try_on(journal, "a", Event.TRY_A)
        self.converge(journal)
        if self.change.drill:
            journal.record(Event.DRILLED)
        else:
            self.decide(journal)

    def stage(self, journal: Journal, numbers: Mapping[str, int]) -> None:
        """Type a stage on each member, and compare what the devices then hold with the plan."""
        self.heed()
        self.recent = None
        work = {side: _Staging(self.members[side], number).work for side, number in numbers.items()}
        shown = results(side_by_side(self.links, work))
        for side, number in numbers.items():
            self.compare(side, number, shown[side])
            staged = self.members[side].staged(number)
            self.say(journal.state, f"{self.links[side].member}: {staged}, candidate as planned")

    def compare(self, side: str, number: int, shown: str) -> None:
        """Refuse a candidate that is not the planned change."""
        plan = self.plan(side)
        differences = unlike_plan(shown, _before(plan, number), plan.forward[number - 1].predicted)
        if differences:
            raise ReplyError(
                f"the candidate of {plan.member} is not the planned change",
                wanted="the planned lines and no other",
                found="; ".join(differences),
                member=plan.member,
                where="display configuration candidate changes",
            )

    def commit_stage(self, journal: Journal, side: str, number: int) -> None:
        """Commit a stage that is not the last one: no timer takes it back, but our own undoing."""
        self.heed()
        self.expect(journal, BRIEFLY)
        link = self.links[side]
        journal.record(Event.COMMIT_STAGE, Remark(member=link.member, stage=number))
        made = self.commit(lambda: commit_named(link, self.names_on(side, f"-{number}")))
        looks = self.look(journal)
        look = looks[side]
        commit = self.ours(side, look)
        journal.note(StageMade(link.member, number, commit, look.keys))
        self.require(journal, side, looks, made, number)
        self.say(journal.state, f"{link.member}: stage {number} committed as {commit}")

    def try_on(self, journal: Journal, side: str, event: Event) -> None:
        """Put a member on trial, and read back what it then is."""
        self.heed()
        link = self.links[side]
        if not self.plan(side).forward:
            journal.record(event)
            return
        self.expect(journal, BRIEFLY)
        journal.record(event)
        base = self.bases[side]
        seconds = journal.opening.seconds
        made = self.commit(
            lambda: put_on_trial(
                link, seconds, self.id, self.names_on(side), undoable=base.undoable, first=base.first
            )
        )
        looks = self.look(journal)
        look = looks[side]
        until = self.tools.now() + timedelta(seconds=seconds) if made.line.trial else None
        journal.note(
            OnTrial(
                link.member,
                made.line.name,
                self.ours(side, look),
                labelled=made.names.label is not None,
                keys=look.keys,
                until=until.isoformat(timespec="seconds") if until else "",
            )
        )
        self.require(journal, side, looks, made)
        self.say(journal.state, f"{link.member}: {made.line.name}{f', {seconds} s' if until else ''}")
        self.label(journal, side, made)

    def commit(self, commit: Callable[[], Made]) -> Made:
        """Commit; remember that it was done, unless the device refused it."""
        before, self.committed = self.committed, True
        self.recent = None
        try:
            return commit()
        except (LineRefusedError, RefusedError):
            self.committed = before
            raise

    def label(self, journal: Journal, side: str, made: Made) -> None:
        """Give our commit the label that its safety line could not carry; where it cannot, it is told."""
        trial = journal.trial_of(self.links[side].member)
        if made.names.label is not None or trial is None or trial.commit is None:
            return
        commit = trial.commit
        self.recent = None
        try:
            self.links[side].ask(lambda session: session.label_commit.step(commit, self.id))
        except DeviceError as error:
            self.say(journal.state, f"{self.links[side].member} takes no label: {error.message}")

    def converge(self, journal: Journal) -> None:
        """Wait until the checks hold."""
        self.heed()
        self.recent = None
        sessions = {link.member: link.session() for link in self.links.values()}
        self.verdict = self.change.converge(sessions)
        self.say(journal.state, self.verdict.text or "checks done")
        if not self.verdict.held and not self.change.drill:
            raise RolledBackError(f"the pair did not come to hold: {self.verdict.text}")

    def decide(self, journal: Journal) -> None:
        """Make the decision durable, if both members can still be kept."""
        self.heed()
        looks = self.expect(journal, BRIEFLY)
        for look in looks.values():
            if look.seen is Seen.TRIAL and look.seconds_left < NEEDED_S:
                raise RolledBackError(
                    f"the trial of {look.member} is about to end",
                    wanted=f"{NEEDED_S} s left",
                    found=f"{look.seconds_left} s left",
                    member=look.member,
                )
        journal.record(Event.DECIDE)
        kept = f"take {self.change.undoes} back" if self.change.undoes else "keep the change"
        self.say(journal.state, f"decided to {kept}")

    # ---- looking -------------------------------------------------------------------------------------------

    def look(self, journal: Journal) -> dict[str, Look]:
        """Look at both after an act."""
        self.looked_at = self.tools.now()
        return look_at_both(self.links, journal, AGAIN)

    def expect(self, journal: Journal, wanted: Wanted) -> dict[str, Look]:
        """Look at both before an act that goes forward, and refuse it where one is not what it should be."""
        looks = self.recent if self._young() else None
        if looks is None:
            self.recent_at = self.tools.now()
            looks = self.recent = look_at_both(self.links, journal, wanted)
        for side, look in looks.items():
            if not self.plan(side).forward:
                continue
            expected = self.expected(journal, side)
            if look.seen is not expected:
                if look.seen in {Seen.OLD, Seen.STAGE}:
                    self.decider = who_took_back(journal, side, look, self.tools.now())
                raise ReplyError(
                    f"{look.member} is not what it should be before the next step",
                    wanted=expected,
                    found=f"{look.seen}{f': {look.reason}' if look.reason else ''}",
                    member=look.member,
                )
            if look.head != self.heads[side]:
                raise self.moved(look)
        return looks

    def _young(self) -> bool:
        """Tell whether the last look is so young that it stands for another one."""
        age = self.tools.now() - self.recent_at if self.recent_at else None
        return age is not None and timedelta(0) <= age <= YOUNG

    def expected(self, journal: Journal, side: str) -> Seen:
        """Say what a member should be by now."""
        member = self.links[side].member
        trial = journal.trial_of(member)
        if trial is not None:
            return Seen.NEW if trial.safety == LABELLED.name else Seen.TRIAL
        return Seen.STAGE if journal.stages_of(member) else Seen.OLD

    def require(
        self,
        journal: Journal,
        side: str,
        looks: Mapping[str, Look],
        made: Made,
        stage: int = 0,
    ) -> None:
        """Read back a commit of ours: it must have made what was planned, on what it was planned for."""
        link = self.links[side]
        self.recent, self.recent_at = judged_again(self.links, journal, looks), self.looked_at
        look = self.recent[side]
        lines = Seen.STAGE if stage else Seen.NEW
        expected = lines if stage or not made.line.trial else Seen.TRIAL
        if look.seen is not expected or (look.holds, look.stage) != (lines, stage):
            raise ReplyError(
                f"the commit did not make of {link.member} what was planned",
                wanted=f"{expected}, with the predicted lines",
                found=" ".join(filter(None, [str(look), look.reason])),
                member=link.member,
                where=made.line.name,
            )
        if look.below is not None and look.below != self.heads[side]:
            raise self.moved(look)
        self.heads[side] = look.head

    def moved(self, look: Look) -> RefusedError:
        """Say that somebody else committed in the midst of the transaction."""
        return RefusedError(
            f"somebody else committed on {look.member} meanwhile",
            wanted="no commit but ours",
            found=f"commit {', '.join(str(commit) for commit in look.others) or look.head}",
            member=look.member,
        )

    def ours(self, side: str, look: Look) -> int | None:
        """Give the id of the commit that was just made: by its label, else by the head that moved."""
        before = self.heads[side]
        if look.ours is not None and look.ours != before:
            return look.ours
        return look.head if look.head != before else None

    # ---- small things --------------------------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, str]:
        """Device names of a and b."""
        return self.links["a"].member, self.links["b"].member

    @property
    def residue(self) -> tuple[str, ...]:
        """What was there before and is somebody else's to know."""
        return tuple(told for base in self.bases.values() for told in base.told)

    def names_on(self, side: str, stage: str = "") -> Names:
        """Give label and description of a commit on a member."""
        alone = not all(self.plan(other).forward for other in SIDES)
        head = self.heads["a" if side == "b" else "b"]
        return names_of(f"{self.id}{stage}", side, self.change.ticket, alone=alone, other_head=head)

    def plan(self, side: str) -> MemberPlan:
        """Give the plan of a member."""
        return self.members[side].plan

    def heed(self) -> None:
        """Stop here when somebody wants to."""
        if self.interrupted():
            raise KeyboardInterrupt

    def say(self, state: State, text: str) -> None:
        """Report a step."""
        self.tools.notify(Progress(self.id, self.change.pair, state, text))


@dataclass(frozen=True, slots=True)
class _Staging:
    """What brings a stage into a candidate, and shows what it then holds."""

    member: MemberChange
    number: int

    def work(self, session: Session) -> Step[str]:
        """Type the lines, or load what takes a commit back."""
        if self.member.inverses:
            yield from session.load_rollback.step(self.member.inverses[self.number - 1])
            return (yield from session.candidate_changes.step())
        return (yield from session.stage_and_show.step(self.member.plan.forward[self.number - 1].commands))


def _before(plan: MemberPlan, number: int) -> ConfigTree:
    """Give the configuration that a stage is typed on; stages are counted from 1."""
    return plan.forward[number - 2].predicted if number > 1 else plan.base


def _interrupted() -> HotpairError:
    return HotpairError("interrupted")


def _unforeseen(error: Exception) -> HotpairError:
    """Tell a fault that nobody foresaw, without its traceback."""
    told = HotpairError(f"an unforeseen fault: {type(error).__name__}: {error}")
    told.__cause__ = error
    return told
