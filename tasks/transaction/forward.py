"""The way forward: stage both, compare, trial on b then a, converge, decide; with a look around each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from inventory.errors import RefusedError, ReplyError, RolledBackError
from inventory.facts import ConfigTree
from tasks.plan.model import MemberPlan
from tasks.sessions.protocol import LineRefusedError, Session
from tasks.sessions.steps import Step
from tasks.transaction.changes import unlike_plan
from tasks.transaction.gate import Base
from tasks.transaction.journal import Journal
from tasks.transaction.link import results, side_by_side
from tasks.transaction.look import Seen
from tasks.transaction.machine import Event, State
from tasks.transaction.model import (
    MemberChange,
    Verdict,
)
from tasks.transaction.records import OnTrial, Remark, StageMade
from tasks.transaction.safety import Made, commit_named, put_on_trial
from tasks.transaction.seeing import BRIEFLY, LOOK, SIDES, seen_behind
from tasks.transaction.waits import NEEDED_S
from tasks.transaction.watching import Watching

ORDER = ("b", "a")
"""The backup first: what goes wrong shows on the member that carries no traffic."""


@dataclass(slots=True)
class Forward(Watching):
    """A transaction on its way to the decision.

    Args:
        verdict: what the checks said; nothing before they were asked.
        bases: what each member was before the change, by side.
        committed: a commit of ours was made, or may have been.
        made: the last commit of ours, and on which release.
    """

    verdict: Verdict | None = field(init=False, default=None)
    bases: dict[str, Base] = field(init=False, default_factory=dict)
    committed: bool = field(init=False, default=False)
    made: tuple[str, Made] | None = field(init=False, default=None)

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
        self.raise_if_interrupted()
        self.recent, self.recent_at = None, self.tools.now()
        work = {side: _Staging(self.members[side], number).work for side, number in numbers.items()}
        shown = results(side_by_side(self.links, work))
        for side, number in numbers.items():
            self.compare(side, number, shown[side][0])
            staged = self.members[side].staged(number)
            self.say(journal.state, f"{self.links[side].member}: {staged}, candidate as planned")
        self.recent = seen_behind(self.links, journal, {side: said[1:] for side, said in shown.items()})

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
        self.raise_if_interrupted()
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
        self.raise_if_interrupted()
        link = self.links[side]
        if not self.plan(side).forward:
            journal.record(event)
            return
        self.expect(journal, BRIEFLY)
        journal.record(event)
        base = self.bases[side]
        seconds = journal.opening.seconds
        names, twin = self.names_on(side), self.twin(base)
        made = self.commit(
            lambda: put_on_trial(
                link, seconds, self.id, names, undoable=base.undoable, first=base.first, twin=twin
            )
        )
        self.made = (base.release, made)
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

    def twin(self, base: Base) -> Made | None:
        """Return how the other member was put on trial, where both are known to be of one release."""
        release, made = self.made or ("", None)
        return made if release and release == base.release else None

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
        """Give our commit the label that its safety line could not carry, and look; else it is told."""
        link = self.links[side]
        trial = journal.trial_of(link.member)
        if made.names.label is not None or trial is None or trial.commit is None:
            return
        link.nameless, self.recent = trial.commit, None
        self.expect(journal, BRIEFLY)
        if link.unlabelled:
            self.say(journal.state, f"{link.member} takes no label: {link.unlabelled}")

    def converge(self, journal: Journal) -> None:
        """Wait until the checks hold."""
        self.raise_if_interrupted()
        self.recent = None
        sessions = {link.member: link.session() for link in self.links.values()}
        self.verdict = self.change.converge(sessions)
        self.say(journal.state, self.verdict.text or "checks done")
        if not self.verdict.held and not self.change.drill:
            raise RolledBackError(f"the pair did not come to hold: {self.verdict.text}")

    def decide(self, journal: Journal) -> None:
        """Make the decision durable, if both members can still be kept."""
        self.raise_if_interrupted()
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


@dataclass(frozen=True, slots=True)
class _Staging:
    """What brings a stage into a candidate, shows what it then holds, and looks at the member behind it."""

    member: MemberChange
    number: int

    def work(self, session: Session) -> Step[tuple[str, ...]]:
        """Type the lines, or load what takes a commit back; answers of a look behind it follow."""
        if self.member.inverses:
            yield from session.load_rollback.step(self.member.inverses[self.number - 1])
            changes = yield from session.candidate_changes.step()
            return (changes,)
        commands = self.member.plan.forward[self.number - 1].commands
        return (yield from session.stage_and_show.step(commands, LOOK))


def _before(plan: MemberPlan, number: int) -> ConfigTree:
    """Return the configuration that a stage is typed on; stages are counted from 1."""
    return plan.forward[number - 2].predicted if number > 1 else plan.base
