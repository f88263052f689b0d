"""The one end of a transaction: settle, name what was seen, say it, write it down, look at what is left."""

from __future__ import annotations

from functools import partial

from tasks.transaction.ending import name_end, timers
from tasks.transaction.ends import GOOD, Decider, End
from tasks.transaction.interrupts import STOPPED
from tasks.transaction.journal import Journal
from tasks.transaction.listing import is_unfinished
from tasks.transaction.machine import ENDS
from tasks.transaction.model import Outcome, Verdict
from tasks.transaction.records import Ended, MemberEnd
from tasks.transaction.residue import left_behind
from tasks.transaction.settle import Settling


def end(settling: Settling, *, verdict: Verdict | None = None, residue: tuple[str, ...] = ()) -> Outcome:
    """Settle, and say how it ended: the one end of a transaction.

    Args:
        settling: the transaction on its way.
        verdict: what the checks said.
        residue: what was there before, and is somebody's to know.
    """
    looks = settling.settle()
    journal, opening = settling.journal, settling.journal.opening
    named = name_end(journal, looks)
    reasons = [] if named in GOOD else _reasons(settling, timers(journal, looks, settling.tools.now()))
    by = settling.decider or Decider.HOTPAIR
    members = tuple(MemberEnd(one.member, one.seen, one.saved, one.seconds_left) for one in looks.values())
    journal.note(Ended(named, by, members, "; ".join(reasons)), durable=False)
    residue = (*residue, *_left(settling, tidy=named is End.DONE))
    if journal.lost:
        residue = (*residue, f"the journal takes nothing more ({journal.lost}): {journal.path}")
    return Outcome(
        transaction=journal.transaction_id,
        pair=opening.pair,
        members=opening.members,
        state=journal.state,
        end=named,
        decided_by=by,
        reason="; ".join(reasons),
        cause=settling.failure or next(iter(settling.reasons), None),
        safety={one: noted.safety for one in opening.members if (noted := journal.trial_of(one)) is not None},
        looks={look.member: look for look in looks.values()},
        residue=residue,
        verdict=verdict,
        journal=journal.path,
        ticket=opening.ticket,
    )


def _left(settling: Settling, *, tidy: bool) -> tuple[str, ...]:
    """Tell what is left on the members; it changes nothing of how it ended."""
    journal = settling.journal
    try:
        unfinished = partial(_is_unfinished, journal)
        return left_behind(settling.links, journal.transaction_id, unfinished, tidy=tidy)
    except STOPPED:
        return ("what is left on the members was not looked at: interrupted",)


def _is_unfinished(journal: Journal, transaction: str) -> bool:
    """Tell whether a transaction is not finished; of our own the file is not asked."""
    if transaction == journal.transaction_id:
        return journal.state not in ENDS
    return is_unfinished(journal.path.parent, transaction)


def _reasons(settling: Settling, timed: tuple[str, ...]) -> list[str]:
    """Return each reason once."""
    failure = [settling.failure.message] if settling.failure else []
    acts = [error.message for error in settling.reasons]
    seen = [look.reason for look in settling.looks.values()]
    return list(dict.fromkeys(filter(None, [*failure, *acts, *seen, *timed])))
