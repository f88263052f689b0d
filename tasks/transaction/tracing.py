"""What the devices say of a transaction: the trial that bears its id, our commits, and what they changed.

A trial is ours by its persist id, or, where it has none, by our label on the newest commit; a commit is ours
by its label, or by the first word of its description. What our commits changed tells which lines are old and
which are new, without any journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from inventory.errors import ReplyError
from parsers.commits import CommitRecord, read_commit_records
from parsers.replies import TrialStatus, read_trial_status
from tasks.sessions.protocol import Session
from tasks.sessions.steps import Step
from tasks.transaction.known import points_are_off, telling
from tasks.transaction.link import Link, Work, results, side_by_side
from tasks.transaction.owned import lines_in, objects_of, shown_lines
from tasks.transaction.records import MemberRecord
from tasks.transaction.seeing import CURRENT, SIDES, TRIAL_STATUS

RECORDS = "display configuration commit list verbose 80"
_CHANGES = "display configuration commit changes at {commit}"
_ALONE, _OTHER_HEAD = "alone", "@"
_OUR_NAME = re.compile(r"hp-[0-9a-f]{10}(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """What one device says of a transaction.

    Args:
        transaction: its id.
        member: device name.
        status: of the trial that it is on, if it is on one.
        on_trial: that trial is the transaction's.
        commits: the transaction's commits, oldest first.
        changes: what each of them changed, as the device shows it.
        newest: id of its newest commit; nothing when there is none.
        before: id of the commit before the first of ours; nothing when there is none.
        running: its configuration.
        others: commits that are not of the transaction, oldest first.
    """

    transaction: str
    member: str
    status: TrialStatus
    on_trial: bool
    commits: tuple[CommitRecord, ...]
    changes: tuple[str, ...]
    newest: int | None
    before: int | None
    running: str
    others: tuple[CommitRecord, ...] = ()

    @property
    def anything(self) -> bool:
        """Tell whether the device knows of the transaction."""
        return self.on_trial or bool(self.commits)

    @property
    def forgetful(self) -> bool:
        """Tell whether it could hold the change for good without a commit that tells."""
        return not self.commits and (self.newest is None or points_are_off(self.running))

    @property
    def anothers(self) -> str:
        """Say which trial that is not the transaction's it is on; empty when it is on none."""
        if not self.status.active or self.on_trial:
            return ""
        return f"persist id {self.status.persist_id or 'none'}, {self.status.seconds_left} s left"

    @property
    def side(self) -> str:
        """The side that our description names; empty when it names none."""
        words = [word for commit in self.commits for word in commit.description.split()[1:2]]
        return next((word for word in words if word in SIDES), "")

    @property
    def alone(self) -> bool:
        """Tell whether our description says that the other member has no part in it."""
        return any(_ALONE in commit.description.split()[2:3] for commit in self.commits)

    @property
    def other_head(self) -> int | None:
        """The newest commit of the other member when ours began here, if our description tells it."""
        words = self.commits[0].description.split()[2:3] if self.commits else []
        told = next((word[1:] for word in words if word.startswith(_OTHER_HEAD)), "")
        return int(told) if told.isdecimal() else None

    @property
    def complete(self) -> bool:
        """Tell whether the last commit of the transaction is there."""
        return any(_name(commit) == self.transaction for commit in self.commits)

    @property
    def overwritten(self) -> str:
        """Name the later transaction of Hotpair after which it runs what it ran before ours; empty: none."""
        record = record_of(self, idle=False)
        before = lines_in(self.running).within(telling(record)) == record.base != record.made
        later = [one for one in self.others if self.commits and one.commit_id > self.commits[-1].commit_id]
        names = [name for one in later if (name := transaction_of(one))]
        return names[-1] if before and names else ""

    def holds_new(self, record: MemberRecord) -> bool:
        """Tell whether its lines are those that our commits made."""
        return lines_in(self.running).within(telling(record)) == record.made

    def __str__(self) -> str:
        """Show as `Lyon-PE1: on its trial, 240 s left, no commit of it`."""
        trial = f"on its trial, {self.status.seconds_left} s left" if self.on_trial else "no trial of it"
        commits = ", ".join(str(one.commit_id) for one in self.commits)
        return f"{self.member}: {trial}, {f'commit {commits}' if commits else 'no commit of it'}"


def trace(links: Mapping[str, Link], transaction: str) -> dict[str, Found]:
    """Ask both devices what they know of a transaction.

    Raises:
        DeviceError: one is out of reach, or does not tell.
    """
    work: dict[str, Work[Found]] = {side: _Look(transaction).work for side in links}
    return results(side_by_side(links, work))


@dataclass(frozen=True, slots=True)
class _Look:
    """Asks one device what it knows of a transaction."""

    transaction: str

    def work(self, session: Session) -> Step[Found]:
        """Ask for the trial and the commits, then for what our commits changed."""
        status_text, records_text, running = yield from session.run_all.step((TRIAL_STATUS, RECORDS, CURRENT))
        status, records = read_trial_status(status_text), read_commit_records(records_text)
        if status is None or records is None:
            raise ReplyError(
                f"{session.member} does not tell its trial or its commits",
                found=repr((status_text if status is None else records_text)[:100]),
                member=session.member,
            )
        ours = self._ours(records)
        changes = yield from changes_of(session, ours)
        older = [one.commit_id for one in records if ours and one.commit_id < ours[0].commit_id]
        others = [one for one in records if one not in ours]
        return Found(
            self.transaction,
            session.member,
            status,
            self._on_trial(status, records),
            ours,
            changes,
            max((one.commit_id for one in records), default=None),
            max(older, default=None),
            running,
            tuple(sorted(others, key=lambda one: one.commit_id)),
        )

    def _ours(self, records: Sequence[CommitRecord]) -> tuple[CommitRecord, ...]:
        ours = [one for one in records if _is_of(self.transaction, _name(one))]
        return tuple(sorted(ours, key=lambda one: one.commit_id))

    def _on_trial(self, status: TrialStatus, records: Sequence[CommitRecord]) -> bool:
        """Tell whether a trial bears our id, or bears none and our name stands on the newest commit."""
        bound = status.persist_id is None and bool(records) and _is_of(self.transaction, _name(records[0]))
        return status.active and (bound or status.persist_id == self.transaction)


def changes_of(session: Session, commits: Iterable[CommitRecord]) -> Step[tuple[str, ...]]:
    """Ask what each of some commits changed, as the device shows it."""
    return (yield from session.run_all.step([_CHANGES.format(commit=one.commit_id) for one in commits]))


def transaction_of(commit: CommitRecord) -> str:
    """Return the id of the transaction that a commit is of; empty where it is none of Hotpair's."""
    return _id_of(commit) if _OUR_NAME.fullmatch(_name(commit)) else ""


def _id_of(commit: CommitRecord) -> str:
    """Return the id of the transaction that a commit of Hotpair is of."""
    return "-".join(_name(commit).split("-")[:2])


def _name(commit: CommitRecord) -> str:
    """Return the name of ours that a commit carries: its label, else the first word of its description."""
    return commit.label or next(iter(commit.description.split()), "")


def _is_of(transaction: str, name: str) -> bool:
    return name == transaction or (
        name.startswith(f"{transaction}-") and name[len(transaction) + 1 :].isdigit()
    )


def record_of(found: Found, *, idle: bool) -> MemberRecord:
    """Make a record of what our commits changed: the lines before them, after each, and after the last."""
    changes = [(shown_lines(text, "-"), shown_lines(text, "+")) for text in found.changes]
    versions = [_before(changes)]
    for gone, come in changes:
        versions.append((versions[-1] - gone) | come)
    after = [tuple(sorted(one)) for one in versions]
    return MemberRecord(
        found.member,
        idle=idle,
        base_commit=found.before if found.commits else found.newest,
        base=after[0],
        stages=tuple(after[1:-1] if found.complete else after[1:]),
        new=after[-1] if found.complete else (),
        saved=True,  # nobody here knows: what is saved is looked at on the way back
        ours=tuple(commit.commit_id for commit in found.commits),
        cut=not found.complete,
    )


def record_beside(found: Found, other: Found, since: Sequence[str]) -> MemberRecord:
    """Make a record of a member that holds no commit of ours: of the objects that ours touch on the other.

    Args:
        found: what the member says.
        other: what the other one says.
        since: what others changed on the member since ours began, as the device shows it, oldest first.
    """
    touched = [line for text in other.changes for sign in "-+" for line in shown_lines(text, sign)]
    watched = objects_of(touched)
    lines = lines_in(found.running).of(watched)
    for text in reversed(since):
        gone, come = shown_lines(text, "-"), shown_lines(text, "+")
        lines = (lines - come) | {line for line in gone if {*objects_of([line])} <= {*watched}}
    undated = bool(since) and other.other_head is None
    record = record_of(found, idle=False)
    return replace(record, base=tuple(sorted(lines)), watched=watched, undated=undated)


def _before(changes: Iterable[tuple[frozenset[str], frozenset[str]]]) -> frozenset[str]:
    """Return the lines that stood before: those that the first commit to touch them took away."""
    there: set[str] = set()
    touched: set[str] = set()
    for gone, come in changes:
        there |= gone - touched
        touched |= gone | come
    return frozenset(there)
