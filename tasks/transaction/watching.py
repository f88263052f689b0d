"""Two members while they are changed: what each should be by now, and whether it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from inventory.errors import RefusedError, ReplyError
from tasks.plan.model import MemberPlan
from tasks.transaction.ending import who_took_back
from tasks.transaction.ends import Decider
from tasks.transaction.journal import Journal
from tasks.transaction.ladder import LABELLED
from tasks.transaction.link import Link
from tasks.transaction.look import Look, Seen
from tasks.transaction.machine import State
from tasks.transaction.model import (
    MemberChange,
    PairChange,
    Progress,
)
from tasks.transaction.safety import Made, Names, names_of
from tasks.transaction.seeing import AGAIN, SIDES, Wanted, judged_again, look_at_both
from tasks.transaction.tools import Tools

YOUNG = timedelta(seconds=3)
"""How old a look may be that stands for another one: this host may have stood still meanwhile."""


@dataclass(slots=True)
class Watching:
    """A change over two members, and what was seen of them last.

    Args:
        change: what is to be done.
        tools: of the world.
        interrupted: asked between steps; true is taken as Ctrl-C.
        id: of the transaction.
        decider: who turned it back, where that is known.
        recent: the last look at both, as long as nothing was sent after it.
        recent_at: when that was.
        looked_at: when the last look after an act was begun.
        heads: id that the newest commit of each member must have before ours.
    """

    change: PairChange
    tools: Tools
    interrupted: Callable[[], bool]
    id: str
    links: dict[str, Link] = field(init=False)
    members: dict[str, MemberChange] = field(init=False)
    decider: Decider | None = field(init=False, default=None)
    recent: dict[str, Look] | None = field(init=False, default=None)
    recent_at: datetime | None = field(init=False, default=None)
    looked_at: datetime | None = field(init=False, default=None)
    heads: dict[str, int | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare the ways to both members; nobody is dialled yet."""
        self.members = {"a": self.change.a, "b": self.change.b}
        self.links = {side: Link(one.plan.member, one.open_session) for side, one in self.members.items()}

    # ---- looking -------------------------------------------------------------------------------------------

    def look(self, journal: Journal) -> dict[str, Look]:
        """Look at both after an act."""
        self.looked_at = self.tools.now()
        return look_at_both(self.links, journal, AGAIN)

    def expect(self, journal: Journal, wanted: Wanted) -> dict[str, Look]:
        """Look at both before an act that goes forward, and refuse it where one is not what it should be."""
        looks = self.young()
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

    def young(self) -> dict[str, Look] | None:
        """Return the last look, as long as it is so young that it stands for another one."""
        age = self.tools.now() - self.recent_at if self.recent_at else None
        return self.recent if age is not None and timedelta(0) <= age <= YOUNG else None

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
        """Return the id of the commit that was just made: by its label, else by the head that moved."""
        before = self.heads[side]
        if look.ours is not None and look.ours != before:
            return look.ours
        return look.head if look.head != before else None

    # ---- small things --------------------------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, str]:
        """Device names of a and b."""
        return self.links["a"].member, self.links["b"].member

    def names_on(self, side: str, stage: str = "") -> Names:
        """Return label and description of a commit on a member."""
        alone = not all(self.plan(other).forward for other in SIDES)
        head = self.heads["a" if side == "b" else "b"]
        return names_of(f"{self.id}{stage}", side, self.change.ticket, alone=alone, other_head=head)

    def plan(self, side: str) -> MemberPlan:
        """Return the plan of a member."""
        return self.members[side].plan

    def raise_if_interrupted(self) -> None:
        """Stop here when somebody wants to."""
        if self.interrupted():
            raise KeyboardInterrupt

    def say(self, state: State, text: str) -> None:
        """Report a step."""
        self.tools.notify(Progress(self.id, self.change.pair, state, text))
