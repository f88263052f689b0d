"""What stands on both members after a transaction, and is somebody's to know: the last look of all.

Ours is none, or is told: a trial, a label that an unfinished transaction needs, lines that are not saved. So
is what others do there: a lock, a trial, a session in a configuration view. Nobody is dialled for it.

Of our labels few stay, since a device keeps 20 in all and others want some too. Rollback and adoption find
our commits by them, so the newest stay. Of older ones the label alone is taken off; where the device would
delete the commit point with it, the label stays and is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from inventory.errors import HotpairError
from parsers.commits import CommitRecord, read_commit_records
from parsers.locks import foreign_locks
from parsers.replies import read_trial_status
from tasks.sessions.protocol import Session
from tasks.sessions.steps import Failed, Step
from tasks.transaction.judging import same_lines
from tasks.transaction.known import TAKEN_BACK
from tasks.transaction.link import Link, Work, side_by_side
from tasks.transaction.owned import lines_in
from tasks.transaction.seeing import LABELLED_COMMITS, LEFT, SESSIONS, SESSIONS_IN_FULL, TRIAL_STATUS

MOST = 10
"""Labels of ours that stay on a device."""
OUR_LABEL = re.compile(rf"(?:{TAKEN_BACK})?(?P<id>hp-[0-9a-f]{{10}})(?:-\d+)?")
"""Label of a commit of ours, or of one that takes ours back."""
_EDITS = re.compile(
    r"(?im)^\s*Session(?: ID)?\s*:\s*(?P<session>\d+)[ \t]*$(?:\n(?!\s*Session(?: ID)?\s*:).*)*?"
    r"\n\s*User\s*:\s*(?P<user>\S+).*(?:\n(?!\s*Session(?: ID)?\s*:).*)*?\n\s*Cfg-Mode\s*:\s*TWO_PHASE"
)
_NAMED = 3  # lines that are named


def left_behind(
    links: Mapping[str, Link], transaction: str, unfinished: Callable[[str], bool], *, tidy: bool
) -> tuple[str, ...]:
    """Look at what is left on the members in reach, and tell it.

    Args:
        links: ways to the members, by side; one without a session is not dialled.
        transaction: id of the one that just ended.
        unfinished: tells whether the label of a transaction is still needed.
        tidy: take our oldest labels off.
    """
    open_links = {side: link for side, link in links.items() if link.is_open}
    work: dict[str, Work[tuple[str, ...]]] = {
        side: _Looking(transaction, unfinished, tidy, link.left).work for side, link in open_links.items()
    }
    told: list[str] = []
    for side, ended in side_by_side(open_links, work).items():
        told += _unsaved_lines(links[side])
        if isinstance(ended, Failed):
            told.append(f"{links[side].member}: what is left there was not looked at: {_said(ended.error)}")
        else:
            told += ended.value
    return tuple(told)


def editing(member: str, sessions: str) -> tuple[str, ...]:
    """Name the other sessions in a configuration view, from `display configuration sessions verbose`."""
    return tuple(
        f"{member}: session {one['session']} ({one['user']}) is in a configuration view"
        for one in _EDITS.finditer(sessions)
    )


def unsaved(running: str, saved: str) -> str:
    """Name lines in which what runs and what is saved differ, whoever wrote them; keys masked."""
    now, then = lines_in(running), lines_in(saved)
    both = now.places.keys() & then.places.keys()
    odd = sorted(f"not saved: {line}" for line in now.places.keys() - both)
    odd += sorted(f"saved still: {line}" for line in then.places.keys() - both)
    odd += [
        f"saved with another key: {line}" for line in sorted(both) if now.keys([line]) != then.keys([line])
    ]
    more = f" and {len(odd) - _NAMED} more" if len(odd) > _NAMED else ""
    return "; ".join(odd[:_NAMED]) + more


def _unsaved_lines(link: Link) -> tuple[str, ...]:
    """Name the lines that the last look saw unsaved, if it asked."""
    shown = link.shown
    if shown is None or shown.running is None or shown.saved is None:
        return ()
    if same_lines(shown.running, shown.saved, None):
        return ()
    return (f"{link.member} is not saved: {unsaved(shown.running, shown.saved)}",)


def _said(error: HotpairError) -> str:
    return error.message


@dataclass(frozen=True, slots=True)
class _Looking:
    """Looks at what is left on one device.

    Args:
        transaction: id of the one that just ended.
        unfinished: tells whether the label of a transaction is still needed.
        tidy: take our oldest labels off.
        seen: what the look just before showed of it; nothing: it is asked.
    """

    transaction: str
    unfinished: Callable[[str], bool]
    tidy: bool
    seen: Mapping[str, str] | None

    def work(self, session: Session) -> Step[tuple[str, ...]]:
        """Ask in one go, unless that was done; take labels off one by one."""
        shown = self.seen
        if shown is None:
            texts = yield from session.run_all.step(LEFT)
            shown = dict(zip(LEFT, texts, strict=True))
        records = read_commit_records(shown[LABELLED_COMMITS])
        told = [*self._trial(session.member, shown[TRIAL_STATUS]), *_locks(session.member, shown[SESSIONS])]
        told += editing(session.member, shown[SESSIONS_IN_FULL])
        if records is None:
            return (*told, f"{session.member}: its labels cannot be read")
        told += self._needed(session.member, records)
        for commit_id, label in self._old(records) if self.tidy else ():
            gone = yield from session.unlabel_commit.step(commit_id)
            what = "old label taken off" if gone else "label kept, since its commit point would go with it"
            told.append(f"{session.member}: {what}: {label} (commit {commit_id})")
        return tuple(told)

    def _trial(self, member: str, text: str) -> tuple[str, ...]:
        status = read_trial_status(text)
        if status is None:
            return (f"{member}: whether a trial runs cannot be read",)
        if not status.active:
            return ()
        whose = "our trial" if status.persist_id == self.transaction else "a trial"
        named = f"persist id {status.persist_id or 'none'}, {status.seconds_left} s left"
        return (f"{member}: {whose} runs ({named})",)

    def _needed(self, member: str, records: Sequence[CommitRecord]) -> tuple[str, ...]:
        """Name the labels of transactions that are not finished."""
        return tuple(
            f"{member}: label {label} (commit {commit_id}) is of a transaction that is not finished"
            for commit_id, label, transaction in _ours(records)
            if self.unfinished(transaction)
        )

    def _old(self, records: Sequence[CommitRecord]) -> list[tuple[int, str]]:
        """Return the labels of ours that are to go."""
        ours = [(commit, label) for commit, label, one in _ours(records) if not self.unfinished(one)]
        return sorted(ours, reverse=True)[MOST:]


def _locks(member: str, text: str) -> tuple[str, ...]:
    locks = foreign_locks(text)
    if locks is None:
        return (f"{member}: whether somebody holds a lock cannot be read",)
    return tuple(f"{member} is locked by another session: {lock}" for lock in locks)


def _ours(records: Sequence[CommitRecord]) -> list[tuple[int, str, str]]:
    """Return the commits that bear a label of ours: id, label, and the transaction that it names."""
    return [
        (one.commit_id, one.label, named["id"])
        for one in records
        if one.label and (named := OUR_LABEL.fullmatch(one.label))
    ]
