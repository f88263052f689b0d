"""The gate: what must hold on both members before a line is sent. Any doubt refuses.

It is asked before "nothing to do" too: an empty plan on a pair that is on somebody's trial, in the midst of a
transaction of ours, or new and not saved, is not nothing to do. What is somebody else's to know (changes that
are not saved, sessions in a configuration view) is told and does not refuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from inventory.errors import RefusedError
from inventory.quantities import quantity
from parsers.locks import foreign_locks
from parsers.replies import (
    CommitPoint,
    TrialStatus,
    read_commit_points,
    read_trial_status,
)
from parsers.tree import release_of
from tasks.sessions.protocol import Session
from tasks.sessions.steps import Step
from tasks.transaction.halves import refuse_half_pair
from tasks.transaction.journal import journal_path
from tasks.transaction.judging import judge, same_lines
from tasks.transaction.known import Known, Shown, points_are_off, telling
from tasks.transaction.ladder import PERSISTENT, SafetyLine
from tasks.transaction.link import Link, Work, results, side_by_side
from tasks.transaction.look import Seen
from tasks.transaction.model import MemberChange
from tasks.transaction.owned import member_record
from tasks.transaction.records import MemberRecord
from tasks.transaction.residue import OUR_LABEL, editing, unsaved
from tasks.transaction.safety import nothing_to_go_back_to, way_out
from tasks.transaction.seeing import COMMITS, CURRENT, SAVED, SESSIONS, SESSIONS_IN_FULL, TRIAL_STATUS

_ASKED = (TRIAL_STATUS, COMMITS, SESSIONS, SESSIONS_IN_FULL, CURRENT, SAVED)


@dataclass(frozen=True, slots=True)
class Base:
    """What a member was before, and what it offers.

    Args:
        record: what a journal keeps of it.
        undoable: whether a commit without a trial could be taken back.
        first: strongest safety line that it may have.
        told: what is somebody else's to know.
        release: software version as it stands above the running configuration; empty where none does.
    """

    record: MemberRecord
    undoable: bool
    first: SafetyLine
    told: tuple[str, ...] = ()
    release: str = ""


def pass_gate(
    links: Mapping[str, Link],
    changes: Mapping[str, MemberChange],
    pair: str,
    journals: Path,
    undoes: str = "",
    *,
    trial_only: bool = False,
) -> dict[str, Base]:
    """Look at both members; give by side what they are before the change.

    Args:
        links: ways to the members, by side.
        changes: what is to be done on each, by side.
        pair: name of the pair.
        journals: folder of this host's journals.
        undoes: id of the transaction that the change takes back; empty for a deployment.
        trial_only: nothing but the device's own trial may take the change back.

    Raises:
        RefusedError: a trial, a lock, a commit since the plan was made, a commit of Hotpair that is not
            saved or that stands on one member alone, no way back, or an answer that is not understood.
        DeviceError: a member is out of reach.
    """
    answers = results(side_by_side(links, dict.fromkeys(links, _ask)))
    bases = {
        side: _judged(links[side].member, dict(zip(_ASKED, answers[side], strict=True)), changes[side])
        for side in links
    }
    for side in links:
        _refuse_half_done(links[side].member, answers[side], pair, journals)
    if any(change.plan.forward for change in changes.values()):
        refuse_half_pair(links, {side: _points(answers[side]) for side in links}, pair, undoes)
    else:
        for side in links:
            _refuse_unsaved(links[side].member, answers[side])
    if trial_only:
        bases = {side: replace(base, undoable=False) for side, base in bases.items()}
    return _with_way_back(links, changes, bases)


def _points(answers: tuple[str, ...]) -> tuple[CommitPoint, ...]:
    return read_commit_points(dict(zip(_ASKED, answers, strict=True))[COMMITS]) or ()


def _ask(session: Session) -> Step[tuple[str, ...]]:
    return (yield from session.run_all.step(_ASKED))


def _judged(member: str, answers: Mapping[str, str], change: MemberChange) -> Base:
    """Judge what one member showed."""
    status, points = read_trial_status(answers[TRIAL_STATUS]), read_commit_points(answers[COMMITS])
    locks = foreign_locks(answers[SESSIONS])
    if status is None:
        raise _doubt(member, TRIAL_STATUS, "a trial status", answers[TRIAL_STATUS])
    if points is None:
        raise _doubt(member, COMMITS, "a list of commits", answers[COMMITS])
    if locks is None:
        raise _doubt(member, SESSIONS, "a table of sessions", answers[SESSIONS])
    if status.active:
        raise _on_trial(member, status, points)
    if locks:
        raise _refused(member, "is locked by another session", "no lock", "; ".join(map(str, locks)))
    return _base(member, points, answers, change, status)


def _base(
    member: str,
    points: tuple[CommitPoint, ...],
    answers: Mapping[str, str],
    change: MemberChange,
    status: TrialStatus,
) -> Base:
    commit = points[0].commit_id if points else None
    if change.base_commit is not None and commit != change.base_commit:
        raise _refused(
            member,
            "was changed since the plan was made",
            f"commit {change.base_commit}",
            _who(points[0]) if points else "no commit",
        )
    record = member_record(change.plan, commit)
    running = answers[CURRENT]
    saved = same_lines(running, answers[SAVED], telling(record))
    record = replace(record, saved=saved)
    if not record.idle:
        planned = replace(
            record, base_commit=change.base_commit
        )  # what moved since the plan is not known else
        look = judge(Known("", planned), Shown(status, points, running))
        if look.seen is not Seen.OLD:
            raise _refused(member, "is not what the plan was made from", "the lines of the plan", look.reason)
    off = points_are_off(running)
    undoable = commit is not None and not off
    if len(change.plan.forward) > 1 and not undoable:
        taken = quantity(len(change.plan.forward), "commit")
        lacks = f"has no commit point to go back to, and the plan takes {taken}"
        found = "commits leave no points" if off else "no commit since it was booted from a file"
        raise _refused(member, lacks, f"a commit point: {way_out(off=off)}", found)
    told, release = _told(member, answers), release_of(running)
    return Base(record, undoable, PERSISTENT, told, release)


def _with_way_back(
    links: Mapping[str, Link], changes: Mapping[str, MemberChange], bases: dict[str, Base]
) -> dict[str, Base]:
    """Refuse a member that could not take the change back: it has neither a trial nor a commit point."""
    doubtful = {side for side, base in bases.items() if changes[side].plan.forward and not base.undoable}
    work: dict[str, Work[bool | None]] = dict.fromkeys(sorted(doubtful), _knows_trial)
    for side, knows in results(side_by_side(links, work)).items():
        if knows is False:
            raise nothing_to_go_back_to(links[side].member)
    return bases


def _knows_trial(session: Session) -> Step[bool | None]:
    return (yield from session.knows.step("commit trial 60 label"))


def _refuse_half_done(member: str, answers: tuple[str, ...], pair: str, journals: Path) -> None:
    """Refuse a member on which a change of Hotpair was left half done: committed last, and not saved.

    Every finished change is saved on both members; one that is not was begun by a host that is gone, or is at
    work, and the other member may hold nothing of it.
    """
    shown = dict(zip(_ASKED, answers, strict=True))
    newest = next(iter(read_commit_points(shown[COMMITS]) or ()), None)
    ours = OUR_LABEL.fullmatch(newest.label or "") if newest else None
    if newest is None or ours is None or same_lines(shown[CURRENT], shown[SAVED], None):
        return
    forgotten = journal_path(journals, ours["id"]).exists()  # an unfinished one was refused before
    raise _refused(
        member,
        f"was changed last by transaction {ours['id']}, and what it runs is not saved",
        "a finished change, which is saved on both members",
        f"newest commit {_who(newest)}; {unsaved(shown[CURRENT], shown[SAVED])}",
        next_command="save" if forgotten else f"hotpair txn adopt {ours['id']} --pair {pair}",
    )


def _refuse_unsaved(member: str, answers: tuple[str, ...]) -> None:
    """Refuse to say that there is nothing to do on a member that a reboot would change."""
    shown = dict(zip(_ASKED, answers, strict=True))
    if not same_lines(shown[CURRENT], shown[SAVED], None):
        raise _refused(
            member,
            "needs no line, but what it runs is not saved, and a reboot would take it away",
            "what runs is saved",
            unsaved(shown[CURRENT], shown[SAVED]),
            next_command="save",
        )


def _told(member: str, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Name what is on a member that is not ours, and does not stand in the way."""
    told = []
    if not same_lines(answers[CURRENT], answers[SAVED], None):
        lines = unsaved(answers[CURRENT], answers[SAVED])
        told.append(f"{member} was not saved, and saving this change saves that too: {lines}")
    return (*told, *editing(member, answers[SESSIONS_IN_FULL]))


def _on_trial(member: str, status: TrialStatus, points: tuple[CommitPoint, ...]) -> RefusedError:
    """Name whose trial stands in the way, as far as the displays tell."""
    by = f", commit {_who(points[0])}" if points else ""
    named = status.persist_id or (points[0].label if points else None)
    ours = OUR_LABEL.fullmatch(named or "")
    return _refused(
        member,
        "is on trial already",
        "no trial",
        f"persist id {status.persist_id or 'none'}, {status.seconds_left} s left{by}",
        next_command=f"hotpair txn resume {ours['id']}" if ours else None,
    )


def _who(point: CommitPoint) -> str:
    label = f", label {point.label}" if point.label else ""
    return f"{point.commit_id} by {point.user} at {point.at}{label}"


def _refused(
    member: str, what: str, wanted: str, found: str, *, next_command: str | None = None
) -> RefusedError:
    return RefusedError(
        f"{member} {what}; nothing was sent",
        wanted=wanted,
        found=found,
        member=member,
        next_command=next_command,
    )


def _doubt(member: str, command: str, wanted: str, text: str) -> RefusedError:
    return RefusedError(
        f"{member} answered `{command}` with what no rule knows; nothing was sent",
        wanted=wanted,
        found=repr(text[:200]),
        member=member,
        where=command,
    )
