"""Carry out a change over two routers as one: all or nothing.

Gate, stage both, compare both candidates with the plan, trial on b then a, converge, decide, confirm a then
b, save. `machine` holds the theory, `settling` the way to an end from wherever it stopped. Both members are
looked at before every act that goes forward.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inventory.errors import HotpairError
from tasks.transaction.closing import end
from tasks.transaction.ends import End
from tasks.transaction.forward import Forward
from tasks.transaction.gate import pass_gate
from tasks.transaction.interrupts import STOPPED, deferred_interrupts
from tasks.transaction.journal import Journal, new_transaction_id
from tasks.transaction.listing import refuse_unfinished
from tasks.transaction.machine import Event, State, step
from tasks.transaction.model import (
    Outcome,
    PairChange,
    require_ticket,
)
from tasks.transaction.records import Opening
from tasks.transaction.seeing import SIDES
from tasks.transaction.settle import Settling
from tasks.transaction.tools import DEFAULT, Tools
from tasks.transaction.waits import trial_seconds


def never() -> bool:
    """Return that nobody wants to stop."""
    return False


def carry_out(
    change: PairChange,
    journals: Path,
    *,
    tools: Tools = DEFAULT,
    interrupted: Callable[[], bool] = never,
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
    return _Run(change, tools, interrupted, new_id(), journals).outcome()


@dataclass(slots=True)
class _Run(Forward):
    """One transaction while it runs."""

    journals: Path

    # ---- the whole -----------------------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        """Run to an end, whatever happens on the way."""
        self.say(State.START, f"transaction {self.id}")
        try:
            try:
                journal = self.begun()
            except (HotpairError, *STOPPED) as error:
                return self.refused(error)
            except Exception as error:  # noqa: BLE001 - nothing was sent; told like any other failure
                return self.refused(_unforeseen(error))
            if journal is None:
                return self.summed_up(State.NOTHING, End.NOTHING)
            with journal:
                try:
                    return self.journaled(journal)
                except STOPPED:  # between two steps: nothing is left behind all the same
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
        self.raise_if_interrupted()
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
        except STOPPED:
            failure = _interrupted()
        except Exception as error:  # noqa: BLE001 - a fault of ours or of `converge`: no trial is left behind
            failure = _unforeseen(error)
        return self.ended(journal, failure)

    def ended(self, journal: Journal, failure: HotpairError | None) -> Outcome:
        """Settle and sum up; Ctrl-C has to wait."""
        with deferred_interrupts():
            untouched = not self.committed
            settling = Settling(journal, self.links, self.tools, failure, self.decider, untouched=untouched)
            if failure is None and journal.state is State.DECIDED and (looks := self.young()) is not None:
                settling.looks, settling.seen_at, settling.looked = looks, self.recent_at, True
            outcome = end(settling, verdict=self.verdict, residue=self.residue)
        for told in outcome.residue[len(self.residue) :]:
            self.say(outcome.state, told)
        return outcome

    def refused(self, error: HotpairError | KeyboardInterrupt | SystemExit) -> Outcome:
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

    @property
    def residue(self) -> tuple[str, ...]:
        """What was there before and is somebody else's to know."""
        return tuple(told for base in self.bases.values() for told in base.told)


def _interrupted() -> HotpairError:
    return HotpairError("interrupted")


def _unforeseen(error: Exception) -> HotpairError:
    """Tell a fault that nobody foresaw, without its traceback."""
    told = HotpairError(f"an unforeseen fault: {type(error).__name__}: {error}")
    told.__cause__ = error
    return told
