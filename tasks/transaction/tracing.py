"""What the devices say of a transaction: the trial that bears its id, our commits, and what they changed.

A trial is ours by its persist id, or, where it has none, by our label on the newest commit; a commit is ours
by its label, or by the first word of its description. What our commits changed tells which lines are old and
which are new, without any journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from inventory.errors import RefusedError, ReplyError
from parsers.commits import CommitRecord, read_commit_records
from parsers.replies import TrialStatus, read_trial_status
from tasks.sessions.protocol import Session
from tasks.sessions.steps import Step
from tasks.transaction.link import Link, Work, results, side_by_side
from tasks.transaction.owned import lines_in, shown_lines
from tasks.transaction.records import MemberRecord
from tasks.transaction.seeing import CURRENT, SIDES, TRIAL_STATUS

RECORDS = "display configuration commit list verbose 80"
_CHANGES = "display configuration commit changes at {commit}"
_ALONE = "alone"
_OUR_NAME = re.compile(r"hp-[0-9a-f]{10}(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """What one device says of a transaction.

    Args:
        member: device name.
        on_trial: it is on the transaction's trial.
        commits: the transaction's commits, oldest first.
        changes: what each of them changed, as the device shows it.
        before: id of the commit before the first of them; nothing when there is none.
        running: its configuration.
        others: commits of other transactions of Hotpair, oldest first.
    """

    member: str
    on_trial: bool
    commits: tuple[CommitRecord, ...]
    changes: tuple[str, ...]
    before: int | None
    running: str
    others: tuple[CommitRecord, ...] = ()

    @property
    def anything(self) -> bool:
        """Tell whether the device knows of the transaction."""
        return self.on_trial or bool(self.commits)

    @property
    def side(self) -> str:
        """The side that our description names; empty when it names none."""
        words = [word for commit in self.commits for word in commit.description.split()[1:2]]
        return next((word for word in words if word in SIDES), "")

    @property
    def alone(self) -> bool:
        """Tell whether our description says that the other member has no part in it."""
        return any(_ALONE in commit.description.split()[2:3] for commit in self.commits)

    def holds_new(self, record: MemberRecord) -> bool:
        """Tell whether its lines are those that our commits made."""
        telling = frozenset(record.base).union(record.new, *record.stages)
        return lines_in(self.running).within(telling) == record.new

    def complete(self, transaction: str) -> bool:
        """Tell whether the last commit of the transaction is there."""
        return any(_name(commit) == transaction for commit in self.commits)


def trace(links: Mapping[str, Link], transaction: str) -> dict[str, Found]:
    """Ask both devices what they know of a transaction.

    Raises:
        DeviceError: one is out of reach, or does not tell.
        RefusedError: one is on another trial.
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
        commands = [_CHANGES.format(commit=commit.commit_id) for commit in ours]
        changes = yield from session.run_all.step(commands)
        older = [one.commit_id for one in records if ours and one.commit_id < ours[0].commit_id]
        others = [one for one in records if one not in ours and _OUR_NAME.fullmatch(_name(one))]
        return Found(
            session.member,
            self._on_trial(session.member, status, records),
            ours,
            changes,
            max(older, default=None),
            running,
            tuple(sorted(others, key=lambda one: one.commit_id)),
        )

    def _ours(self, records: Sequence[CommitRecord]) -> tuple[CommitRecord, ...]:
        ours = [one for one in records if _is_of(self.transaction, _name(one))]
        return tuple(sorted(ours, key=lambda one: one.commit_id))

    def _on_trial(self, member: str, status: TrialStatus, records: Sequence[CommitRecord]) -> bool:
        bound = status.persist_id is None and bool(records) and _is_of(self.transaction, _name(records[0]))
        if status.active and status.persist_id != self.transaction and not bound:
            raise RefusedError(
                f"{member} is on another trial",
                wanted=f"persist id {self.transaction}, or no trial",
                found=f"persist id {status.persist_id or 'none'}, {status.seconds_left} s left",
                member=member,
            )
        return status.active


def refuse_overtaken(links: Mapping[str, Link], transaction: str, found: Mapping[str, Found]) -> None:
    """Refuse where a member without a commit of a transaction holds what another one made of it since.

    Taking the commits of the transaction back on the other member would then leave half a pair.

    Args:
        links: ways to the members, by side.
        transaction: its id.
        found: what both devices say of it, by side.

    Raises:
        DeviceError: a member is out of reach.
        RefusedError: there is such a member.
    """
    began = [one.commits[0].at for one in found.values() if one.commits]
    if not began or any(one.alone for one in found.values()):
        return
    for side, one in found.items():
        since = tuple(other for other in one.others if not _is_before(other.at, min(began)))
        if one.anything or not since:
            continue
        changes = links[side].ask(partial(_changes_of, commits=since))
        record = record_of(replace(one, commits=since, changes=changes), idle=False)
        if lines_in(one.running).within({*record.base, *record.new}) == record.base != record.new:
            continue  # it was taken back
        raise RefusedError(
            f"{one.member} was changed by another transaction since {transaction} began on the other member",
            wanted=f"{one.member} as it was before {transaction}",
            found=", ".join(f"{_name(other)} (commit {other.commit_id} at {other.at})" for other in since),
            member=one.member,
            next_command=f"hotpair rollback {_id_of(since[-1])}",
        )


def _changes_of(session: Session, commits: Sequence[CommitRecord]) -> Step[tuple[str, ...]]:
    return (yield from session.run_all.step([_CHANGES.format(commit=one.commit_id) for one in commits]))


def _id_of(commit: CommitRecord) -> str:
    """Give the id of the transaction that a commit of Hotpair is of."""
    return "-".join(_name(commit).split("-")[:2])


def _is_before(one: str, other: str) -> bool:
    """Tell whether a moment is surely before another one; what cannot be read is not."""
    try:
        return datetime.fromisoformat(one) < datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return False


def _name(commit: CommitRecord) -> str:
    """Give the name of ours that a commit carries: its label, else the first word of its description."""
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
    return MemberRecord(
        found.member,
        idle=idle,
        base_commit=found.before,
        base=tuple(sorted(versions[0])),
        stages=tuple(tuple(sorted(one)) for one in versions[1:-1]),
        new=tuple(sorted(versions[-1])),
        saved=True,  # nobody here knows: what is saved is looked at on the way back
        ours=tuple(commit.commit_id for commit in found.commits),
    )


def _before(changes: Iterable[tuple[frozenset[str], frozenset[str]]]) -> frozenset[str]:
    """Give the lines that stood before: those that the first commit to touch them took away."""
    there: set[str] = set()
    touched: set[str] = set()
    for gone, come in changes:
        there |= gone - touched
        touched |= gone | come
    return frozenset(there)
