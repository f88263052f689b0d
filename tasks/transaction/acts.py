"""What can be done about a member on the way to an end: confirm, abort, undo, save, clear."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.sessions.protocol import Session
from tasks.sessions.steps import Step
from tasks.transaction.journal import Journal
from tasks.transaction.ladder import PERSISTENT, SafetyLine
from tasks.transaction.link import Link
from tasks.transaction.look import Look
from tasks.transaction.records import Saving, Undone
from tasks.transaction.safety import abort, confirm, safety_line
from tasks.transaction.seeing import known_of
from tasks.transaction.settling import Act
from tasks.transaction.undoing import undo

SIDE_OF: Mapping[Act, str] = {
    Act.CONFIRM_A: "a",
    Act.CONFIRM_B: "b",
    Act.ABORT_A: "a",
    Act.ABORT_B: "b",
    Act.UNDO_A: "a",
    Act.UNDO_B: "b",
}
"""The member that an act is about; a save is about both."""


def act_on(act: Act, link: Link, journal: Journal, look: Look) -> None:
    """Confirm, abort or undo on a member.

    Args:
        act: what is to be done.
        link: way to the member.
        journal: of the transaction.
        look: what the member was just seen to be.

    Raises:
        HotpairError: it failed; whether the device did it all the same is to be seen.
    """
    if act in {Act.CONFIRM_A, Act.CONFIRM_B}:
        confirm(link, _safety(journal, link.member), journal.transaction_id)
    elif act in {Act.ABORT_A, Act.ABORT_B}:
        abort(link, _safety(journal, link.member), journal.transaction_id)
    else:
        undone = undo(link, known_of(journal, link), look)
        if undone is not None:
            journal.note(Undone(link.member, undone), durable=False)


def note_saving(journal: Journal, member: str) -> None:
    """Note that a member is about to be saved, once."""
    if not journal.may_be_saved(member):
        journal.note(Saving(member), durable=False)


def clear_candidate(session: Session) -> Step[None]:
    """Drop what is not committed."""
    yield from session.clear_candidate.step()


def save(session: Session) -> Step[None]:
    """Save what runs."""
    yield from session.save.step()


def _safety(journal: Journal, member: str) -> SafetyLine:
    noted = journal.trial_of(member)
    return safety_line(noted.safety) if noted else PERSISTENT
