"""Taking back our own commit, and nothing else: its inverse is loaded, compared with our lines, committed.

Source: command reference, load configuration rollback changes at commit-id, rollback configuration to
commit-id. The inverse of one commit leaves what came after it; where somebody has changed the same lines, or
put lines into an object that would go, the candidate shows more than our own lines: then nothing is
committed, and what would be lost is told.
"""

from __future__ import annotations

from collections.abc import Iterable

from inventory.errors import ReplyError
from tasks.sessions.protocol import LostReplyError, Session
from tasks.sessions.steps import Step
from tasks.transaction.known import TAKEN_BACK, Known
from tasks.transaction.link import Link
from tasks.transaction.look import Look, Seen
from tasks.transaction.owned import shown_lines
from tasks.transaction.safety import DESCRIPTION, Names, commit_named

_LOST, _STAYS = "would be lost", "not taken away"


def undo(link: Link, known: Known, look: Look) -> int | None:
    """Take back our newest commit on a member.

    What comes back is what stood there right before our commit, whoever wrote it.

    Args:
        link: way to the member.
        known: what the journal knows of it.
        look: what it was just seen to be: new, or part-way.

    Raises:
        DeviceError: it cannot be taken back, or would take back more than our own lines; nothing was
            committed.

    Returns:
        The id of the commit that was taken back; nothing when the device was put back to the one before it.
    """
    commit_id = known.commit_of(look.seen, look.stage, link.shown.points if link.shown else ())
    if known.record.whole is not None or commit_id is None:
        _roll_back(link, known, look)
        return None
    before, after = _around(known, look)
    differences = link.ask(lambda session: load_and_compare(session, commit_id, before, after), patient=True)
    newest = look.head == commit_id  # then its inverse leads to what stood there before, whoever wrote it
    if any(one.startswith(_LOST if newest else (_LOST, _STAYS)) for one in differences):
        link.ask(lambda session: session.clear_candidate.step())
        raise ReplyError(
            f"{link.member}: taking back our commit {commit_id} would take more than our own lines",
            wanted="our lines and no other",
            found="; ".join(differences),
            member=link.member,
            where="display configuration candidate changes",
        )
    _commit(link, known.id, look.stage)
    return commit_id


def load_and_compare(
    session: Session, commit_id: int, before: Iterable[str], after: Iterable[str]
) -> Step[tuple[str, ...]]:
    """Load the inverse of a commit and name every line in which it is not from `after` back to `before`.

    Args:
        session: of the member; its candidate is cleared first, and holds the inverse afterwards.
        commit_id: of the commit that is taken back.
        before: owned lines before that commit, as in a journal.
        after: owned lines since.
    """
    yield from session.clear_candidate.step()
    yield from session.load_rollback.step(commit_id)
    text = yield from session.candidate_changes.step()
    return unlike_lines(text, old=after, new=before)


def unlike_lines(text: str, *, old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """Name every line in which a candidate does not lead from old to new owned lines.

    Args:
        text: answer of `display configuration candidate changes`.
        old: owned lines before, as in a journal.
        new: owned lines after.
    """
    before, after = frozenset(old), frozenset(new)
    going, coming = shown_lines(text, "-"), shown_lines(text, "+")
    both = going & coming  # a key that is typed anew: a line that goes and the same line that comes
    going, coming = going - both, coming - both
    return (
        *(f"{_STAYS}: {line}" for line in sorted(before - after - going)),
        *(f"not put back: {line}" for line in sorted(after - before - coming)),
        *(f"{_LOST}: {line}" for line in sorted(going - (before - after))),
        *(f"would come: {line}" for line in sorted(coming - (after - before))),
    )


def _around(known: Known, look: Look) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return our lines before and after the commit that is taken back."""
    versions = (known.record.base, *known.record.stages, known.record.new)
    at = len(versions) - 1 if look.seen is Seen.NEW else look.stage
    return versions[at - 1], versions[at]


def _commit(link: Link, transaction: str, stage: int) -> None:
    """Commit what takes ours back, so that anybody can tell whose commit it is and what it did."""
    label = f"{TAKEN_BACK}{transaction}{f'-{stage}' if stage else ''}"
    made = commit_named(link, Names(label, f"taken back: {transaction}"[:DESCRIPTION]), nameless=True)
    if made.lost:
        raise LostReplyError(
            f"{link.member}: no reply to the commit that takes ours back", member=link.member
        )


def _roll_back(link: Link, known: Known, look: Look) -> None:
    """Go back to the commit before ours, where nothing tells which one is ours and nobody else made one."""
    base = known.record.base_commit
    if base is None:
        raise ReplyError(
            f"{link.member} has no commit point to go back to",
            wanted="our commit, or the one before it, in the list of commits",
            member=link.member,
        )
    if len(look.others) > _unnamed(known, look):
        raise ReplyError(
            f"others committed on {link.member} since, and nothing tells their lines from ours",
            wanted=f"no commit after {base} but ours",
            found=", ".join(str(commit) for commit in look.others),
            member=link.member,
        )
    link.ask(lambda session: session.rollback.step(base), patient=True)


def _unnamed(known: Known, look: Look) -> int:
    """Return how many commits of ours bear no name: 0.1 noted none, but what the whole device then was."""
    return int(known.record.whole is not None and look.ours is None and look.seen is Seen.NEW)
