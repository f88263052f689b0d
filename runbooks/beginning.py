"""How every change of a pair begins: its id is told, what will be done is shown and agreed to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from inventory.errors import RefusedError
from inventory.model import Pair, Side
from runbooks.refusals import keep_refusal
from runbooks.site import Openers
from tasks.sessions.protocol import Session
from tasks.transaction.ends import Decider
from tasks.transaction.journal import new_transaction_id


@dataclass(frozen=True, slots=True)
class Begun:
    """A change whose transaction has a name.

    Args:
        transaction: its id.
        pair: intent.
        openers: ways to log in, by device name; the sessions that are open come first.
        journals: folder of the journals.
        ticket: of the change.
    """

    transaction: str
    pair: Pair
    openers: Openers
    journals: Path
    ticket: str

    def agree(self, announce: Callable[[str], None], agree: Callable[[], bool], what: str) -> None:
        """Tell the id first, then ask.

        Args:
            announce: told the id.
            agree: shows what will be done and asks; false refuses, and so does its own RefusedError.
            what: is asked about, e.g. `plan`.

        Raises:
            RefusedError: it was not agreed to; the journal says so.
        """
        announce(self.transaction)
        try:
            agreed = agree()
        except RefusedError as error:
            self.refuse(error.message)
            raise
        if not agreed:
            why = f"the {what} was not agreed to"
            self.refuse(why, by=Decider.OPERATOR)
            raise RefusedError(f"{why}; nothing was sent")

    def refuse(self, why: str, *, by: Decider = Decider.HOTPAIR) -> None:
        """Keep that nothing was sent, and why."""
        members = (self.pair.members.a, self.pair.members.b)
        keep_refusal(self.journals, self.transaction, self.pair.name, members, why, ticket=self.ticket, by=by)


def begin(
    pair: Pair,
    sessions: Mapping[Side, Session],
    openers: Openers,
    journals: Path,
    ticket: str,
    *,
    transaction: str = "",
) -> Begun:
    """Name a transaction, and keep the sessions that are open for it.

    Args:
        pair: intent.
        sessions: over which the members were read.
        openers: ways to log in, by device name.
        journals: folder of the journals.
        ticket: of the change.
        transaction: id that it shall have; empty: a fresh one.
    """
    kept = {session.member: _again(session, openers[session.member]) for session in sessions.values()}
    return Begun(transaction or new_transaction_id(), pair, kept, journals, ticket)


def _again(session: Session, opener: Callable[[], Session]) -> Callable[[], Session]:
    """Return the open session first, unless the device ended it meanwhile, and a fresh one after that.

    What a device is after a new login is looked at again by the gate.
    """
    waiting = [session]

    def give() -> Session:
        kept = waiting.pop() if waiting else None
        if kept is None or not kept.still_open():
            return opener()
        return kept

    return give
