"""Bring an unfinished transaction to its end: look at both members, act, look again.

One way for the ordinary end and for `resume`: the table of `settling` is asked with what is seen, until it
knows no next step. What is said at the end is what was seen last, and it is written into the journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from inventory.errors import HotpairError
from tasks.sessions.steps import Failed
from tasks.transaction.acts import SIDE_OF, act_on, clear_candidate, note_saving, save
from tasks.transaction.ending import TOOK_BACK, armed, may_be_kept, who_took_back
from tasks.transaction.ends import Decider
from tasks.transaction.interrupts import STOPPED
from tasks.transaction.journal import Journal
from tasks.transaction.link import Link, side_by_side
from tasks.transaction.look import Look, Saved, Seen
from tasks.transaction.machine import ENDS, Event, State
from tasks.transaction.model import Progress
from tasks.transaction.records import Remark, Undone
from tasks.transaction.seeing import AGAIN, BRIEFLY, SIDES, WITH_SAVED, Wanted, look_at_both
from tasks.transaction.settling import NEXT, Act
from tasks.transaction.settling import Step as Next
from tasks.transaction.tools import Tools
from tasks.transaction.waits import NEEDED_S, PAUSES_S

_MOST_STEPS = 30
_MOST_INTERRUPTS = 5
_MOST_TRIES = 2
"""How often one act is tried: what became of the first try is asked before the second."""

_UNDECIDED = frozenset({State.COMMITTING, State.TRIAL_B, State.TRIAL_BOTH})
_CANDIDATES = frozenset({State.START, State.GATED, State.STAGED})


@dataclass(slots=True)
class Settling:
    """A transaction on its way to an end.

    Args:
        journal: of the transaction.
        links: ways to the members, by side.
        tools: of the world.
        failure: why it does not go forward; nothing on the ordinary way.
        decider: who turned it back, where that is known before.
        aborted: an operator wants it taken back.
        untouched: the devices refused every commit of ours that was tried.
        looks: what was seen last, by side; begun at `seen_at`.
        looked: that was just now, and nothing was sent since: it stands for the first look.
    """

    journal: Journal
    links: Mapping[str, Link]
    tools: Tools
    failure: HotpairError | None = None
    decider: Decider | None = None
    aborted: bool = False
    untouched: bool = False
    reasons: list[HotpairError] = field(default_factory=list)
    looks: dict[str, Look] = field(default_factory=dict)
    acted: bool = False
    looked: bool = False
    seen_at: datetime | None = None
    tries: dict[tuple[Act, Seen, int], int] = field(default_factory=dict)

    def settle(self) -> dict[str, Look]:
        """Bring it as far as the members in reach allow; give what was seen last, by side.

        Ctrl-C does not stop it: half-way is the one place where nobody wants to be. A session that was
        interrupted in the midst of a reply is replaced by a fresh one at the next look.
        """
        pauses = iter(PAUSES_S)
        turned = False
        interrupts = 0
        for _ in range(_MOST_STEPS):
            try:
                if not turned:
                    self._turn()
                    turned = True
                if not self._advance(pauses):
                    break
            except STOPPED:
                interrupts += 1
                if interrupts > _MOST_INTERRUPTS:
                    raise
        if self.journal.state not in ENDS:
            self.looks = look_at_both(self.links, self.journal, WITH_SAVED)
        return self.looks

    # ---- steps ---------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        """Record what is known before the first look: it failed, or an operator wants it back."""
        state, why = self.journal.state, self.failure.message if self.failure else ""
        if state in _CANDIDATES:
            self._clear()
        elif self.aborted and state in {*_UNDECIDED, State.DECIDED}:
            self.decider = Decider.OPERATOR
            self._record(Event.ABORT, why)
        elif state in _UNDECIDED:
            self._record(Event.FAILED, why)
        elif state is State.SPLIT:
            self._record(Event.TAKEN_UP)

    def _clear(self) -> None:
        """Drop both candidates; a session that cannot do it is ended, which drops its candidate too."""
        if self.journal.state is State.START:
            self._record(Event.GATE_PASSED)
        open_links = {side: link for side, link in self.links.items() if link.is_open}
        for side, ended in side_by_side(open_links, dict.fromkeys(open_links, clear_candidate)).items():
            if isinstance(ended, Failed):
                self.links[side].drop()
        self._record(Event.CLEARED, self.failure.message if self.failure else "")

    def _advance(self, pauses: Iterator[float]) -> bool:
        """Look once, take what is seen to be true and do the next act; tell whether there may be more."""
        looked, self.looked = self.looked, False
        if not looked:
            self.seen_at = self.tools.now()
            self.looks = look_at_both(self.links, self.journal, self._wanted())
        self._note_undone()
        self.acted = False
        step = self._next()
        while isinstance(step, Event):
            self._record(step, self._why(step))
            step = self._next()
        if step is Act.STOP:
            return False
        if step is Act.WAIT:
            return self._wait(pauses)
        self.tries[self._try(step)] = self.tries.get(self._try(step), 0) + 1
        self._do(step)
        return True

    def _note_undone(self) -> None:
        """Note what the devices tell was taken back, where the process died before it could."""
        for look in self.looks.values():
            for commit in look.undone:
                if commit not in self.journal.undone_of(look.member):
                    self.journal.note(Undone(look.member, commit), durable=False)

    def _wanted(self) -> Wanted:
        """Ask too whether it is saved, where that is what an end hangs on."""
        going_back = self.journal.state is State.BACKING_OUT and any(map(self._hangs_on_saved, SIDES))
        saving = any(act is Act.SAVE for act, _, _ in self.tries)
        return WITH_SAVED if going_back or saving else AGAIN if self.acted else BRIEFLY

    def _wait(self, pauses: Iterator[float]) -> bool:
        """Wait for a member that may be seen in a while; a is taken back when b is not seen any more."""
        pause = next(pauses, None)
        if pause is not None:
            missing = [look.member for look in self.looks.values() if look.seen in _WAITED_FOR]
            self._say(f"waiting for {' and '.join(missing)}")
            self.tools.sleep(pause)
            return True
        if self.journal.state is State.DECIDED and self.looks["a"].seen is Seen.TRIAL:
            self._record(Event.B_GONE, self.looks["b"].reason)
            return True
        return False

    # ---- what is next --------------------------------------------------------------------------------------

    def _next(self) -> Next:
        """Ask the table, and what it does not hold: time left, what is saved, what was tried in vain."""
        state = self.journal.state
        if state in ENDS:
            return Act.STOP
        step = NEXT[state, self._counted("a"), self._counted("b")]
        if step is Act.CONFIRM_A and (self._vain(step) or self._late()):
            return Event.TOO_LATE
        if step is Act.CONFIRM_B and self._vain(step):
            return Event.B_GONE
        if step is Act.SAVE:
            return self._save_or(Event.SAVED, {"a", "b"})
        return self._back(step) if state is State.BACKING_OUT else step

    def _back(self, step: Next) -> Next:
        """Save what is as before again, also where the other member stays another's; else the step."""
        hanging = {side for side in SIDES if self._hangs_on_saved(side)}
        if step is Act.STOP:
            return self._save_or(step, {side for side in hanging if self.looks[side].seen is Seen.OLD})
        if step is not Event.BOTH_OLD:
            return step
        gone = self._save_or(step, hanging)
        return Event.NOTHING_MADE if gone is step and self.untouched else gone

    def _counted(self, side: str) -> Seen:
        """Return what a member counts as: without a part in the change it is whatever is wanted of it."""
        back = self.journal.state is State.BACKING_OUT
        if self.journal.opening.of(side).idle:
            return Seen.OLD if back else Seen.NEW
        seen = self.looks[side].seen
        if back and self._free_of_ours(side):
            return Seen.OLD
        act = NEXT[State.BACKING_OUT, *(_alone(side, seen))]
        return Seen.OTHER if back and isinstance(act, Act) and self._vain(act) else seen

    def _vain(self, act: Act) -> bool:
        """Tell whether an act was tried before on a member that is still what it was then."""
        return self.tries.get(self._try(act), 0) >= _MOST_TRIES

    def _try(self, act: Act) -> tuple[Act, Seen, int]:
        look = self.looks[SIDE_OF.get(act, "a")]
        return act, look.seen, look.stage

    def _free_of_ours(self, side: str) -> bool:
        """Tell whether what stands on a member is somebody else's, and nothing of ours is below it."""
        look, now = self.looks[side], self.tools.now()
        theirs = look.seen in {Seen.OTHER, Seen.ANOTHERS_TRIAL} and look.ours is None
        kept = may_be_kept(self.journal, side) and not self.journal.undone_of(look.member)
        return theirs and not kept and not armed(self.journal, look, now)

    def _late(self) -> bool:
        """Tell whether b could revert before it is confirmed; what passed since the look is gone."""
        b, now = self.looks["b"], self.tools.now()
        passed = (now - (self.seen_at or now)).total_seconds()
        return b.seen is Seen.TRIAL and b.seconds_left - passed < NEEDED_S

    def _save_or(self, event: Next, sides: set[str]) -> Next:
        """Return the step when all of the members are seen saved, else the save, if it was not in vain."""
        busy = [self.looks[side] for side in sorted(sides) if not self.journal.opening.of(side).idle]
        if all(look.saved is Saved.YES for look in busy):
            return event
        return Act.STOP if self._vain(Act.SAVE) else Act.SAVE

    def _hangs_on_saved(self, side: str) -> bool:
        """Tell whether a member that goes back may have been saved while it was new, by us or by others."""
        record = self.journal.opening.of(side)
        return self.journal.may_be_saved(record.member) or (record.saved and may_be_kept(self.journal, side))

    # ---- acts ----------------------------------------------------------------------------------------------

    def _do(self, act: Act) -> None:
        """Do an act; what it did all the same when it failed is seen at the next look."""
        self.acted = True
        if act is Act.SAVE:
            self._save()
            return
        side = SIDE_OF[act]
        link = self.links[side]
        self._say(f"{act.removesuffix(side)}{link.member}")
        link.last = None  # its lines are read at the next look at once
        try:
            act_on(act, link, self.journal, self.looks[side])
        except HotpairError as error:
            self.reasons.append(error)

    def _save(self) -> None:
        """Save every member with a part in the change that is not seen saved, and holds none of others."""
        sides = [
            side
            for side in SIDES
            if not self.journal.opening.of(side).idle
            and self.looks[side].saved is not Saved.YES
            and (self.looks[side].seen is not Seen.OTHER or self._free_of_ours(side))
        ]
        for side in sides:
            note_saving(self.journal, self.links[side].member)
        work = dict.fromkeys(sides, save)
        for side, ended in side_by_side(self.links, work, patient=True).items():
            if isinstance(ended, Failed):
                self.reasons.append(ended.error)
            else:
                self._say(f"{self.links[side].member} saved")

    # ---- telling -------------------------------------------------------------------------------------------

    def _why(self, event: Event) -> str:
        """Say why an event turned the road back, and remember who did it."""
        sides = TOOK_BACK.get(event, ())
        back = [side for side in sides if self.looks[side].seen in {Seen.OLD, Seen.STAGE}]
        for side in back:
            by = who_took_back(self.journal, side, self.looks[side], self.tools.now())
            self.decider = self.decider or by
        said = [str(self.looks[side]) for side in sides]
        if event is Event.TOO_LATE:
            said = [f"{self.looks['b'].seconds_left} s left on b"]
        if said and event is not Event.BOTH_OLD:
            self.reasons.append(HotpairError(f"{event}: {'; '.join(said)}"))
        return "; ".join(said)

    def _record(self, event: Event, why: str = "") -> None:
        by = self.decider if why else None
        self.journal.record(event, Remark(why=why, by=by), durable=False)
        self._say(f"{event.value}: {why}" if why and event is Event.FAILED else event)

    def _say(self, text: str) -> None:
        journal = self.journal
        self.tools.notify(Progress(journal.transaction_id, journal.opening.pair, journal.state, text))


_WAITED_FOR = frozenset({Seen.UNSEEN, Seen.ANOTHERS_TRIAL})


def _alone(side: str, seen: Seen) -> tuple[Seen, Seen]:
    """Return a row of the way back in which the other member needs nothing."""
    return (seen, Seen.OLD) if side == "a" else (Seen.OLD, seen)
