"""Take up a transaction of another host with nothing but its id: what the devices say of it is all there is.

The persist id of a trial, the label and the description of our commits name it; the changes of those commits
tell which lines are old and which are new. The decision is read off a: a is confirmed first, so it was
decided to keep exactly when a holds the last commit for good. Nothing is concluded from the intent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inventory.errors import RefusedError, ReplyError
from parsers.commits import CommitRecord, read_commit_records
from parsers.replies import TrialStatus, read_trial_status
from tasks.sessions.protocol import Session
from tasks.sessions.steps import Step
from tasks.transaction.journal import Journal, journal_path
from tasks.transaction.link import Link, Work, results, side_by_side
from tasks.transaction.machine import ENDS, Event, State
from tasks.transaction.model import Outcome
from tasks.transaction.owned import lines_in, shown_lines
from tasks.transaction.records import MemberRecord, Opening
from tasks.transaction.resume import Opener, brought_to_end, finished, forgotten_because, link_to
from tasks.transaction.seeing import CURRENT, SIDES, TRIAL_STATUS
from tasks.transaction.settle import DEFAULT, Tools

RECORDS = "display configuration commit list verbose 80"
_CHANGES = "display configuration commit changes at {commit}"
_ALONE = "alone"


@dataclass(frozen=True, slots=True)
class _Found:
    """What one device says of a transaction.

    Args:
        member: device name.
        on_trial: it is on the transaction's trial.
        commits: the transaction's commits, oldest first.
        changes: what each of them changed, as the device shows it.
        before: id of the commit before the first of them; nothing when there is none.
        running: its configuration.
    """

    member: str
    on_trial: bool
    commits: tuple[CommitRecord, ...]
    changes: tuple[str, ...]
    before: int | None
    running: str

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

    def complete(self, transaction: str) -> bool:
        """Tell whether the last commit of the transaction is there."""
        return any(_name(commit) == transaction for commit in self.commits)


def adopt(
    transaction: str,
    pair: str,
    members: Mapping[str, str],
    open_session: Opener,
    journals: Path,
    *,
    tools: Tools = DEFAULT,
) -> Outcome:
    """Bring a transaction of another host to its end: both members new, or both as before.

    Adopting again after a death of this host is a resume.

    Args:
        transaction: its id.
        pair: name of the pair.
        members: device names by side, `a` and `b`; where the devices name their sides, that counts.
        open_session: logs in on a member.
        journals: folder of this host's journals.
        tools: of the world.

    Raises:
        DeviceError: a member is out of reach, so that the decision cannot be read.
        RefusedError: no device knows of it, it was forgotten here, or this host has its journal.
    """
    path = journal_path(journals, transaction)
    if path.exists():
        return _taken_up(path, open_session, tools)
    links = {side: link_to(members[side], open_session) for side in SIDES}
    try:
        found = _sides(_look(links, transaction))
    finally:
        for link in links.values():
            link.drop()
    opening, event = _concluded(transaction, pair, found)
    with Journal.begin(journals, opening, adopted=event, now=tools.now) as journal:
        return brought_to_end(journal, open_session, tools)


def _taken_up(path: Path, open_session: Opener, tools: Tools) -> Outcome:
    """Go on with an adoption that this host began."""
    with Journal.load(path, now=tools.now) as journal:
        if journal.state is State.ABANDONED:
            raise RefusedError(
                f"transaction {journal.transaction_id} was forgotten here by an operator",
                found=forgotten_because(journal),
                where=str(path),
            )
        if not journal.opening.adopted:
            raise RefusedError(
                f"transaction {journal.transaction_id} exists already: this host has its journal",
                where=str(path),
                next_command=f"hotpair txn resume {journal.transaction_id}",
            )
        if journal.state in ENDS:
            return finished(journal)
        return brought_to_end(journal, open_session, tools)


# ---- looking -----------------------------------------------------------------------------------------------


def _look(links: Mapping[str, Link], transaction: str) -> dict[str, _Found]:
    work: dict[str, Work[_Found]] = {side: _Look(transaction).work for side in links}
    return results(side_by_side(links, work))


@dataclass(frozen=True, slots=True)
class _Look:
    """Asks one device what it knows of a transaction."""

    transaction: str

    def work(self, session: Session) -> Step[_Found]:
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
        return _Found(
            session.member,
            self._on_trial(session.member, status, records),
            ours,
            changes,
            max(older, default=None),
            running,
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


def _name(commit: CommitRecord) -> str:
    """Give the name of ours that a commit carries: its label, else the first word of its description."""
    return commit.label or next(iter(commit.description.split()), "")


def _is_of(transaction: str, name: str) -> bool:
    return name == transaction or (
        name.startswith(f"{transaction}-") and name[len(transaction) + 1 :].isdigit()
    )


def _sides(found: dict[str, _Found]) -> dict[str, _Found]:
    """Put the members on the sides that their commits name, whatever the pair's file says."""
    swapped = {"a": found["b"], "b": found["a"]}
    named = [(side, one.side) for side, one in found.items() if one.side]
    return swapped if named and all(side != said for side, said in named) else found


# ---- concluding --------------------------------------------------------------------------------------------


def _concluded(transaction: str, pair: str, found: Mapping[str, _Found]) -> tuple[Opening, Event]:
    """Say what the transaction is, and which way it must go."""
    if not any(one.anything for one in found.values()):
        raise RefusedError(
            f"neither device knows of transaction {transaction}",
            wanted="its persist id, label or description on one of them",
            found="; ".join(f"{one.member}: no trial of it, no commit of it" for one in found.values()),
        )
    alone = next((side for side, one in found.items() if one.alone), None)
    records = {side: _record(one, idle=alone is not None and side != alone) for side, one in found.items()}
    opening = Opening(transaction, pair, records["a"], records["b"], adopted=True)
    first = alone or "a"
    one, record = found[first], records[first]
    new = lines_in(one.running).within(frozenset(record.base).union(record.new, *record.stages)) == record.new
    kept = one.complete(transaction) and not one.on_trial and new
    return opening, Event.ADOPTED_FORWARD if kept else Event.ADOPTED_BACK


def _record(found: _Found, *, idle: bool) -> MemberRecord:
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
