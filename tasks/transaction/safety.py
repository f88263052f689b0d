"""What a device offers against our own death, strongest first, and how it is spoken of.

Source: configuration guide "Configuring the Trial Running of Configurations" (`commit trial [time] [persist
id]`, `commit persist id`, `abort trial persist id`) and command reference "commit" and "abort trial", which
know no persist id. Which one a device has is found out by asking: a line that it does not know leaves the
candidate as it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from inventory.errors import ReplyError
from parsers.replies import RefusalKind
from tasks.sessions.protocol import LineRefusedError, LostReplyError, Session
from tasks.transaction.link import Link


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """One way to be safe.

    Args:
        name: what the report says.
        trial: whether the device reverts by itself.
        persists: whether any session can confirm or abort by the transaction's id.
    """

    name: str
    trial: bool
    persists: bool


PERSISTENT = SafetyLine("trial with persist id", trial=True, persists=True)
BOUND = SafetyLine("trial bound to our session", trial=True, persists=False)
LABELLED = SafetyLine("labelled commit with a recorded rollback point", trial=False, persists=False)
LADDER = (PERSISTENT, BOUND, LABELLED)

SHORTEST_TRIAL_S, LONGEST_TRIAL_S = 60, 65_535  # command reference, commit
SKEW_S = 60
"""Seconds for staging and confirming around the verification, and for clocks that run apart."""


def trial_seconds(budget_s: float) -> int:
    """Give the time of a trial: the verification budget twice, and the skew."""
    return int(min(max(2 * budget_s + SKEW_S, SHORTEST_TRIAL_S), LONGEST_TRIAL_S))


def safety_line(name: str) -> SafetyLine:
    """Find a safety line by its name in a journal."""
    return next(line for line in LADDER if line.name == name)


def put_on_trial(link: Link, seconds: int, transaction_id: str) -> SafetyLine:
    """Commit the candidate under the strongest safety line that the device has.

    Args:
        link: way to the member, with a staged candidate.
        seconds: how long the trial may last.
        transaction_id: persist id, or label.

    Raises:
        ReplyError: the device refused the commit, or is not on trial after it.
    """
    for line in LADDER:
        try:
            _commit(link.session(), line, seconds, transaction_id)
        except LineRefusedError as error:
            if error.kind is RefusalKind.SYNTAX and line is not LADDER[-1]:
                continue
            raise
        except LostReplyError:
            if not line.persists:
                raise
            link.drop()  # it may be on trial all the same: ask it below, by the id
        if line.trial:
            _require_trial(link.session(), transaction_id if line.persists else None)
            link.bind()
        return line
    raise AssertionError("the last safety line was refused without an error")


def confirm(link: Link, line: SafetyLine, transaction_id: str) -> None:
    """Make a trial permanent; the form differs by release."""
    for persist in _forms(line, transaction_id):
        try:
            link.session().confirm(persist)
        except LineRefusedError as error:
            if error.kind is RefusalKind.SYNTAX and persist is not None:
                continue
            raise
        return


def abort(link: Link, line: SafetyLine, transaction_id: str) -> None:
    """Revert a trial now; the form differs by release."""
    for persist in _forms(line, transaction_id):
        try:
            link.session().abort_trial(persist)
        except LineRefusedError as error:
            if error.kind is RefusalKind.SYNTAX and persist is not None:
                continue
            raise
        return


def _forms(line: SafetyLine, transaction_id: str) -> tuple[str | None, ...]:
    return (transaction_id, None) if line.persists else (None,)


def _commit(session: Session, line: SafetyLine, seconds: int, transaction_id: str) -> None:
    if line.trial:
        session.commit_trial(seconds, transaction_id if line.persists else None)
    else:
        session.commit(transaction_id)


def _require_trial(session: Session, persist: str | None) -> None:
    status = session.trial_status()
    if not status.active or (persist is not None and status.persist_id != persist):
        raise ReplyError(
            f"{session.member} is not on trial after the commit",
            wanted=f"ACTIVE, persist id {persist}" if persist else "ACTIVE",
            found=f"{'ACTIVE' if status.active else 'INACTIVE'}, persist id {status.persist_id}",
            member=session.member,
        )
