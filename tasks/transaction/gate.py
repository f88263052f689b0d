"""The gate: what must hold on both members before a line is sent. Any doubt refuses."""

from __future__ import annotations

from dataclasses import dataclass

from inventory.errors import RefusedError
from parsers.replies import foreign_locks, read_commit_list, read_trial_status
from tasks.sessions.protocol import Session
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.model import MemberChange

TRIAL_STATUS = "display configuration trial status"
COMMITS = "display configuration commit list 1"
SESSIONS = "display configuration sessions"
CURRENT = "display current-configuration"


@dataclass(frozen=True, slots=True)
class Base:
    """What a member was before.

    Args:
        commit: newest commit id; nothing when the device has no commit point.
        fingerprint: of its running configuration.
    """

    commit: int | None
    fingerprint: Fingerprint


def pass_gate(session: Session, change: MemberChange) -> Base:
    """Look at a member; give what it is before the change.

    Raises:
        RefusedError: a trial, a lock, a commit since the plan was made, or an answer that is not understood.
    """
    status_text, commits_text, sessions_text, running = session.run_all(
        (TRIAL_STATUS, COMMITS, SESSIONS, CURRENT)
    )
    status, locks = read_trial_status(status_text), foreign_locks(sessions_text)
    points = read_commit_list(commits_text)
    commit = points[0].commit_id if points else None
    member = session.member
    if status is None:
        raise _doubt(member, TRIAL_STATUS, "a trial status", status_text)
    if locks is None:
        raise _doubt(member, SESSIONS, "a table of sessions", sessions_text)
    if status.active:
        raise _refused(member, "is on trial already", "no trial", f"persist id {status.persist_id}")
    if locks:
        raise _refused(member, "is locked by another session", "no lock", f"session {', '.join(locks)}")
    if change.base_commit is not None and commit != change.base_commit:
        raise _refused(
            member, "was changed since the plan was made", f"commit {change.base_commit}", f"commit {commit}"
        )
    if len(change.plan.forward) > 1 and commit is None:
        raise _refused(member, "has no commit point to go back to", "a commit point", "none")
    if not running.strip():
        raise _doubt(member, CURRENT, "a configuration", running)
    return Base(commit, Fingerprint.of(running))


def _refused(member: str, what: str, wanted: str, found: str) -> RefusedError:
    return RefusedError(f"{member} {what}; nothing was sent", wanted=wanted, found=found, member=member)


def _doubt(member: str, command: str, wanted: str, text: str) -> RefusedError:
    return RefusedError(
        f"{member} answered `{command}` with what no rule knows; nothing was sent",
        wanted=wanted,
        found=repr(text[:200]),
        member=member,
        where=command,
    )
