"""Take up a transaction of another host with nothing but its id: what the devices say of it is all there is.

The persist id of a trial, the label and the description of our commits name it; the changes of those commits
tell which lines are old and which are new. The decision is read off a: a is confirmed first, so it was
decided to keep exactly when a holds the last commit for good. Nothing is concluded from the intent.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from inventory.errors import RefusedError
from tasks.transaction.journal import Journal, journal_path
from tasks.transaction.machine import ENDS, Event, State
from tasks.transaction.model import Outcome
from tasks.transaction.records import Opening
from tasks.transaction.resume import Opener, brought_to_end, finished, forgotten_because, link_to
from tasks.transaction.seeing import SIDES
from tasks.transaction.settle import DEFAULT, Tools
from tasks.transaction.tracing import Found, record_of, refuse_overtaken, trace


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
        RefusedError: no device knows of it, it was forgotten here, this host has its journal, or one member
            was changed by another transaction since.
    """
    path = journal_path(journals, transaction)
    if path.exists():
        return _taken_up(path, open_session, tools)
    links = {side: link_to(members[side], open_session) for side in SIDES}
    try:
        found = trace(links, transaction)
        refuse_overtaken(links, transaction, found)
    finally:
        for link in links.values():
            link.drop()
    opening, event = _concluded(transaction, pair, _sides(found))
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


def _sides(found: dict[str, Found]) -> dict[str, Found]:
    """Put the members on the sides that their commits name, whatever the pair's file says."""
    swapped = {"a": found["b"], "b": found["a"]}
    named = [(side, one.side) for side, one in found.items() if one.side]
    return swapped if named and all(side != said for side, said in named) else found


# ---- concluding --------------------------------------------------------------------------------------------


def _concluded(transaction: str, pair: str, found: Mapping[str, Found]) -> tuple[Opening, Event]:
    """Say what the transaction is, and which way it must go."""
    if not any(one.anything for one in found.values()):
        raise RefusedError(
            f"neither device knows of transaction {transaction}",
            wanted="its persist id, label or description on one of them",
            found="; ".join(f"{one.member}: no trial of it, no commit of it" for one in found.values()),
        )
    alone = next((side for side, one in found.items() if one.alone), None)
    records = {side: record_of(one, idle=alone is not None and side != alone) for side, one in found.items()}
    opening = Opening(transaction, pair, records["a"], records["b"], adopted=True)
    first = alone or "a"
    one = found[first]
    kept = one.complete(transaction) and not one.on_trial and one.holds_new(records[first])
    return opening, Event.ADOPTED_FORWARD if kept else Event.ADOPTED_BACK
