"""What a member is seen to be: old, on our trial, new, or not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from inventory.errors import DeviceError, ReplyError
from parsers.replies import TrialStatus, read_commit_list, read_trial_status
from tasks.sessions.protocol import LostReplyError, Session
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.gate import CURRENT, TRIAL_STATUS
from tasks.transaction.journal import Data, Journal
from tasks.transaction.link import Link
from tasks.transaction.settling import Seen

ON_TRIAL = "on trial"
"""Note of a journal: a member holds the new configuration, with its digest and safety line."""
STAGE_MADE = "stage committed"
"""Note of a journal: a member holds a stage that is not the last one, with its digest."""

IsNew = Callable[[str, Session], bool]
"""Tells from the intent whether a member holds the new configuration; for a transaction without a journal."""

HEAD = "display configuration commit list 1"


def as_data(fingerprint: Fingerprint) -> dict[str, str]:
    """Give a fingerprint as values of a journal."""
    return {"exact": fingerprint.exact, "masked": fingerprint.masked}


def from_data(data: Data | None) -> Fingerprint | None:
    """Give the fingerprint in values of a journal; nothing when there is none."""
    if data is None or "exact" not in data:
        return None
    return Fingerprint(str(data["exact"]), str(data["masked"]))


def look(link: Link, journal: Journal) -> tuple[Seen, str]:
    """See what a member is; give also the reason when it is not known.

    A session that is out of step is left for a fresh one, once.
    """
    for again in (True, False):
        try:
            return _look(link, journal)
        except LostReplyError as error:
            link.drop()
            if not again:
                return Seen.UNKNOWN, str(error)
        except DeviceError as error:
            link.drop()
            return Seen.UNKNOWN, str(error)
    raise AssertionError("two looks have both answers")


def _look(link: Link, journal: Journal) -> tuple[Seen, str]:
    session = link.session()
    status_text, running, head = session.run_all((TRIAL_STATUS, CURRENT, HEAD))
    status = read_trial_status(status_text)
    if status is None:
        raise ReplyError(f"{link.member} does not tell its trial status", found=status_text[:100])
    if status.active:
        ours = status.persist_id == journal.transaction_id or (status.persist_id is None and link.holds_trial)
        return (Seen.TRIAL, "") if ours else (Seen.UNKNOWN, _foreign_trial(link.member, status))
    return _compare(link.member, Fingerprint.of(running), head, journal)


def _compare(member: str, now: Fingerprint, head: str, journal: Journal) -> tuple[Seen, str]:
    bases = cast("Mapping[str, Data]", journal.opening["base"])
    old, new = from_data(bases[member]), from_data(journal.last(ON_TRIAL, member))
    if old is not None and now.same_as(old, unlike=new):
        return Seen.OLD, ""
    if new is not None and now.same_as(new, unlike=old):
        return Seen.NEW, ""
    if old is None and new is not None:
        return Seen.OLD, ""  # adopted while on trial: what it reverted to is the old configuration
    stage, points = from_data(journal.last(STAGE_MADE, member)), read_commit_list(head)
    labelled = bool(points) and (points[0].label or "").startswith(journal.transaction_id)
    if labelled or (stage is not None and now.same_as(stage, unlike=old)):
        return Seen.NEW, ""
    return Seen.UNKNOWN, f"{member} holds a configuration that is neither the old nor the new one"


def _foreign_trial(member: str, status: TrialStatus) -> str:
    left = f"{status.seconds_left} s left"
    return f"{member} is on a trial that we cannot reach (persist id {status.persist_id}), {left}"
