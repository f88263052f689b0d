"""A change whose id was told and of which nothing was sent: its journal says so, whoever looks it up."""

from __future__ import annotations

from pathlib import Path

from inventory.errors import HotpairError
from tasks.transaction.ends import Decider, End
from tasks.transaction.journal import Journal
from tasks.transaction.machine import Event
from tasks.transaction.records import Ended, MemberRecord, Opening, Remark


def keep_refusal(
    journals: Path,
    transaction: str,
    pair: str,
    members: tuple[str, str],
    why: str,
    *,
    ticket: str = "",
    undoes: str = "",
    by: Decider = Decider.HOTPAIR,
) -> None:
    """Write the journal of a change that was refused before anything was sent.

    Args:
        journals: folder of the journals.
        transaction: its id.
        pair: name of the pair.
        members: its devices, a first.
        why: the reason.
        ticket: of the change.
        undoes: id of the transaction that it was to take back; empty for a deployment.
        by: who refused it.
    """
    a, b = (MemberRecord(name, idle=True) for name in members)
    opening = Opening(transaction, pair, a, b, ticket=ticket, undoes=undoes)
    try:
        with Journal.begin(journals, opening) as journal:
            journal.record(Event.GATE_REFUSED, Remark(why=why, by=by))
            journal.note(Ended(End.REFUSED, by, why=why))
    except HotpairError:  # nothing was sent, and the refusal itself is told: the record is a courtesy
        return
