"""Take up a transaction of this host whose process died, take it back, or have it forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from inventory.errors import HotpairError, RefusedError
from tasks.sessions.protocol import Session
from tasks.transaction.closing import end
from tasks.transaction.ending import name_end
from tasks.transaction.ends import Decider
from tasks.transaction.interrupts import deferred_interrupts
from tasks.transaction.journal import Journal
from tasks.transaction.link import Link
from tasks.transaction.look import Look, Saved, Seen
from tasks.transaction.machine import ENDS, Event, State
from tasks.transaction.model import Outcome
from tasks.transaction.records import MemberEnd, Remark
from tasks.transaction.seeing import SIDES, WITH_SAVED, look_at_both
from tasks.transaction.settle import Settling
from tasks.transaction.tools import DEFAULT, Tools

Opener = Callable[[str], Session]
"""Logs in on a device by name."""
_KEPT = frozenset({State.NEW_A, State.NEW_BOTH})
_GOES_BACK = frozenset({Seen.TRIAL, Seen.OLD, Seen.STAGE})


def resume(path: Path, open_session: Opener, *, tools: Tools = DEFAULT) -> Outcome:
    """Bring the transaction of a journal to its end: both members new, or both as before.

    Args:
        path: file of the journal.
        open_session: logs in on a member.
        tools: of the world.

    Raises:
        IntentError: not a journal, or a damaged one.
        RefusedError: another process is working on the transaction.
    """
    with Journal.load(path, now=tools.now) as journal:
        if journal.state in ENDS:
            return finished(journal)
        return brought_to_end(journal, open_session, tools)


def abort(path: Path, open_session: Opener, *, tools: Tools = DEFAULT) -> Outcome:
    """Take the transaction of a journal back, as long as a was not confirmed.

    Args and errors as for `resume`, and:

    Raises:
        RefusedError: a was confirmed, or may have been.
    """
    with Journal.load(path, now=tools.now) as journal:
        if journal.state in ENDS:
            return finished(journal)
        links = links_of(journal, open_session)
        try:
            _refuse_kept(journal, links)
            failure = HotpairError("aborted by an operator")
            with deferred_interrupts():
                return end(Settling(journal, links, tools, failure, aborted=True))
        finally:
            _drop(links)


def forget(path: Path, why: str, open_session: Opener, *, tools: Tools = DEFAULT) -> Outcome:
    """Have the transaction of a journal forgotten; what it left on the devices stays there.

    Args:
        path: file of the journal.
        why: the operator's reason, which the journal keeps.
        open_session: logs in on a member.
        tools: of the world.

    Raises:
        IntentError: not a journal, or a damaged one.
        RefusedError: a timer of it may still run, or another process is working on it.
    """
    with Journal.load(path, now=tools.now) as journal:
        if journal.state in ENDS:
            return finished(journal)
        links = links_of(journal, open_session)
        try:
            looks = look_at_both(links, journal, WITH_SAVED)
        finally:
            _drop(links)
        for look in looks.values():
            _refuse_armed(journal, look, tools.now())
        journal.record(Event.ABANDON, Remark(why=why, by=Decider.OPERATOR))
        return Outcome(
            journal.transaction_id,
            journal.opening.pair,
            journal.opening.members,
            journal.state,
            name_end(journal, looks),
            Decider.OPERATOR,
            reason=why,
            looks={look.member: look for look in looks.values()},
            residue=tuple(_left(look) for look in looks.values() if look.seen is not Seen.OLD),
            journal=journal.path,
            ticket=journal.opening.ticket,
        )


def _left(look: Look) -> str:
    """Say what stays on a member of which nobody takes care any more."""
    if look.saved is Saved.NO:
        return f"{look}: a reboot takes it away unless `save` is typed there"
    return f"{look}: {look.reason}" if look.reason else str(look)


def finished(journal: Journal) -> Outcome:
    """Tell again how a transaction ended."""
    said = journal.ended
    return Outcome(
        journal.transaction_id,
        journal.opening.pair,
        journal.opening.members,
        journal.state,
        name_end(journal, {}),
        said.by if said else Decider.UNKNOWN,
        reason=said.why if said else "",
        looks={one.member: _seen_then(journal, one) for one in said.members} if said else {},
        journal=journal.path,
        ticket=journal.opening.ticket,
    )


def _seen_then(journal: Journal, one: MemberEnd) -> Look:
    """Return what was seen of a member at the end, with what only the clocks could tell of it then."""
    a, b = journal.opening.a, journal.opening.b
    record = a if a.member == one.member else b
    return Look(one.member, one.seen, saved=one.saved, undated=record.undated and one.seen is Seen.OTHER)


def brought_to_end(journal: Journal, open_session: Opener, tools: Tools) -> Outcome:
    """Settle an unfinished transaction over fresh sessions."""
    links = links_of(journal, open_session)
    try:
        with deferred_interrupts():
            return end(Settling(journal, links, tools))
    finally:
        _drop(links)


def forgotten_because(journal: Journal) -> str:
    """Return the operator's reason for having a transaction forgotten."""
    remarks = [one.record for one in journal.entries if one.name == Event.ABANDON]
    return next((one.why for one in remarks if isinstance(one, Remark)), "")


def links_of(journal: Journal, open_session: Opener) -> dict[str, Link]:
    """Return ways to both members of a journal."""
    return {side: link_to(journal.opening.of(side).member, open_session) for side in SIDES}


def link_to(member: str, open_session: Opener) -> Link:
    """Return a way to a device."""
    return Link(member, lambda: open_session(member))


def _drop(links: dict[str, Link]) -> None:
    for link in links.values():
        link.drop()


def _refuse_kept(journal: Journal, links: dict[str, Link]) -> None:
    """Refuse to take back what was decided and may be confirmed: that is a rollback's work."""
    state = journal.state
    if state in _KEPT:
        raise _kept(journal, state)
    if state is State.DECIDED:
        first = "b" if journal.opening.a.idle else "a"
        look = look_at_both(links, journal)[first]
        if look.seen not in _GOES_BACK:
            raise _kept(journal, str(look))


def _kept(journal: Journal, found: str) -> RefusedError:
    return RefusedError(
        f"transaction {journal.transaction_id} cannot be aborted: a was confirmed, or may have been",
        wanted="a not confirmed",
        found=found,
        next_command=f"hotpair txn resume {journal.transaction_id}",
    )


def _refuse_armed(journal: Journal, look: Look, now: datetime) -> None:
    """Refuse to forget a transaction while a timer of it may still act."""
    trial = journal.trial_of(look.member)
    by_clock = trial is not None and bool(trial.until) and now < datetime.fromisoformat(trial.until)
    lost = look.seen is Seen.ANOTHERS_TRIAL and look.ours is not None and look.ours == look.head
    if look.seen is Seen.TRIAL or lost or (look.seen is Seen.UNSEEN and by_clock):
        raise RefusedError(
            f"a trial of {journal.transaction_id} may still run on {look.member}: it cannot be forgotten yet",
            wanted="no timer that runs",
            found=f"{look.seconds_left} s left" if look.seconds_left else look.reason,
            member=look.member,
            next_command=f"hotpair txn resume {journal.transaction_id}",
        )
