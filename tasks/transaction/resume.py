"""Take up a transaction whose process died: both new or both old, from the journal or from the id alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from time import sleep
from typing import cast

from inventory.errors import DeviceError
from tasks.sessions.protocol import Session
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.gate import CURRENT
from tasks.transaction.journal import Journal
from tasks.transaction.link import Link
from tasks.transaction.machine import ENDS, Event, State
from tasks.transaction.model import SIDES, Notify, Outcome, Progress
from tasks.transaction.safety import PERSISTENT
from tasks.transaction.settle import Sleep, save, settle
from tasks.transaction.settling import Seen
from tasks.transaction.sight import ON_TRIAL, IsNew, as_data

Opener = Callable[[str], Session]
"""Logs in on a device by name."""


def resume(
    path: Path,
    open_session: Opener,
    *,
    notify: Notify = lambda _progress: None,
    sleep: Sleep = sleep,
) -> Outcome:
    """Bring the transaction of a journal to its end.

    Args:
        path: file of the journal.
        open_session: logs in on a member.
        notify: told each step.
        sleep: waits some seconds, for a member that is not to be seen for a while.

    Raises:
        IntentError: not a journal.
        RefusedError: another process is working on the transaction.
    """
    with Journal.load(path) as journal:
        members = cast("Mapping[str, str]", journal.opening["members"])
        links = {side: _link(members[side], open_session) for side in SIDES}
        try:
            return _settled(journal, links, notify, sleep)
        finally:
            for link in links.values():
                link.drop()


def adopt(
    transaction_id: str,
    members: Mapping[str, str],
    open_session: Opener,
    is_new: IsNew,
    journals: Path,
    *,
    pair: str = "",
    notify: Notify = lambda _progress: None,
    sleep: Sleep = sleep,
) -> Outcome:
    """Settle a transaction of another host with nothing but its id, for members on trial with a persist id.

    The decision of the other host is read off the devices: a is confirmed first, so the decision to keep was
    made exactly when a is new and not on trial.

    Args:
        transaction_id: persist id of the trial.
        members: device names by side, `a` and `b`.
        open_session: logs in on a member.
        is_new: tells from the intent whether a member that is not on trial holds the new configuration.
        journals: folder of this host's journals.
        pair: name of the pair.
        notify: told each step.
        sleep: waits some seconds, for a member that is not to be seen for a while.

    Raises:
        DeviceError: a member is out of reach, so that the decision cannot be read.
        RefusedError: this host has a journal of that transaction: resume it.
    """
    links = {side: _link(members[side], open_session) for side in SIDES}
    try:
        found = {side: _find(link, transaction_id, is_new) for side, link in links.items()}
        opening = {
            "pair": pair,
            "members": dict(members),
            "base": {links[side].member: base for side, (_, base, _) in found.items()},
            "idle": [],
            "adopted": True,
        }
        with Journal.begin(journals, transaction_id, opening) as journal:
            for event in (Event.GATE_PASSED, Event.STAGED, Event.TRY_B, Event.TRY_A):
                journal.record(event)
            for side, (_, _, new) in found.items():
                journal.note(ON_TRIAL, member=links[side].member, safety=PERSISTENT.name, **new)
            if found["a"][0]:
                journal.record(Event.DECIDE)
            return _settled(journal, links, notify, sleep)
    finally:
        for link in links.values():
            link.drop()


def _find(link: Link, transaction_id: str, is_new: IsNew) -> tuple[bool, dict[str, object], dict[str, str]]:
    """Tell whether a member is confirmed, and give what is known of its old and of its new looks.

    A member on trial shows its new looks; the old ones are not known, and are whatever it reverts to.
    """
    session = link.session()
    status = session.trial_status()
    looks = as_data(Fingerprint.of(session.run(CURRENT)))
    if status.active and status.persist_id != transaction_id:
        raise DeviceError(
            f"{link.member} is on another trial",
            wanted=transaction_id,
            found=str(status.persist_id),
            member=link.member,
        )
    if status.active:
        return False, {"commit": None}, looks
    if is_new(link.member, session):
        return True, {"commit": None}, looks
    return False, {"commit": None, **looks}, {}


def _link(member: str, open_session: Opener) -> Link:
    return Link(member, lambda: open_session(member))


def _settled(journal: Journal, links: Mapping[str, Link], notify: Notify, sleep: Sleep) -> Outcome:
    pair = str(journal.opening["pair"])

    def tell(text: str) -> None:
        notify(Progress(journal.transaction_id, pair, journal.state, text))

    if journal.state in {State.START, State.GATED, State.STAGED}:
        if journal.state is State.START:
            journal.record(Event.GATE_PASSED)
        journal.record(Event.CLEARED)  # candidates died with the sessions of the process that made them
    seen: Mapping[str, Seen] = {}
    why: list[str] = []
    if journal.state not in ENDS:
        settlement = settle(journal, links, tell, sleep)
        seen, why = settlement.seen, settlement.why
    if journal.state is State.NEW_BOTH:
        why = save(journal, links, tell)
    return Outcome(
        transaction=journal.transaction_id,
        pair=pair,
        members=(links["a"].member, links["b"].member),
        state=journal.state,
        reason="; ".join(why),
        seen=seen,
        journal=journal.path,
    )
