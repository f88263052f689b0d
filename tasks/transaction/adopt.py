"""Take up a transaction of another host with nothing but its id: what the devices say of it is all there is.

The persist id of a trial, the label and the description of our commits name it; the changes of those commits
tell which lines are old and which are new. The decision is read off a: a is confirmed first, so it was
decided to keep exactly when a holds the last commit for good. Nothing is concluded from the intent.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from inventory.errors import DeviceError, RefusedError
from tasks.transaction.interrupts import STOPPED, deferred_interrupts
from tasks.transaction.journal import Journal, is_begun, journal_path
from tasks.transaction.machine import ENDS, Event, State
from tasks.transaction.model import Outcome
from tasks.transaction.records import MemberRecord, Opening
from tasks.transaction.resume import Opener, brought_to_end, finished, forgotten_because, link_to
from tasks.transaction.seeing import SIDES
from tasks.transaction.since import changed_since, refuse_overtaken
from tasks.transaction.tools import DEFAULT, Tools
from tasks.transaction.tracing import Found, record_beside, record_of, trace

_SWAPPED = ("b", "a")
_OTHER = {"a": "b", "b": "a"}


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
        DeviceError: a member is out of reach, on another trial, or keeps no commit points, so that the
            decision cannot be read.
        RefusedError: no device knows of it, it was forgotten here, this host has its journal, or one member
            was changed by another transaction since.
    """
    path = journal_path(journals, transaction)
    again = f"hotpair txn adopt {transaction} --pair {pair}"
    try:
        if is_begun(path):
            return _taken_up(path, open_session, tools)
        opening, event = _read_off(transaction, pair, members, open_session)
        with (
            deferred_interrupts(),
            Journal.begin(journals, opening, adopted=event, now=tools.now) as journal,
        ):
            return brought_to_end(journal, open_session, tools)
    except DeviceError as error:
        error.next_command = error.next_command or again
        raise
    except STOPPED:
        raise DeviceError(
            "interrupted before both members were seen",
            where=f"transaction {transaction}",
            next_command=again,
        ) from None


def _read_off(
    transaction: str, pair: str, members: Mapping[str, str], open_session: Opener
) -> tuple[Opening, Event]:
    """Read off both devices what the transaction is, and which way it must go."""
    links = {side: link_to(members[side], open_session) for side in SIDES}
    try:
        found = trace(links, transaction)
        _refuse_unknown(transaction, pair, found)
        _refuse_overwritten(transaction, found)
        refuse_overtaken(links, transaction, found)
        since = changed_since(links, found)
    finally:
        for link in links.values():
            link.drop()
    return _concluded(transaction, pair, found, since)


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


# ---- concluding --------------------------------------------------------------------------------------------


def _refuse_unknown(transaction: str, pair: str, found: Mapping[str, Found]) -> None:
    """Refuse an id that no device knows, and say where a device cannot tell.

    A device that keeps no commit points and is on no trial may hold the change for good, or never have begun.
    """
    known = any(one.anything for one in found.values())
    for one in found.values():
        if one.anothers:
            kind = DeviceError if known else RefusedError
            raise kind(
                f"{one.member} is on another trial",
                wanted=f"persist id {transaction}, or no trial",
                found="; ".join([one.anothers, *(str(other) for other in found.values() if other.anything)]),
                member=one.member,
            )
    for one in found.values():
        if one.forgetful and not one.on_trial and not any(other.alone for other in found.values()):
            raise DeviceError(
                f"{one.member} keeps no commit points: nothing tells what {transaction} made of it",
                wanted="a trial or a commit of it, or a list of commits without it",
                found="; ".join(map(str, found.values())),
                member=one.member,
                next_command=f"hotpair plan {pair}",
            )
    if not known:
        raise RefusedError(
            f"neither device knows of transaction {transaction}",
            wanted="its persist id, label or description on one of them",
            found="; ".join(map(str, found.values())),
            next_command="hotpair txn list",
        )


def _refuse_overwritten(transaction: str, found: Mapping[str, Found]) -> None:
    """Refuse a transaction of which a later one left nothing: neither to keep, nor to undo."""
    busy = [one for one in found.values() if one.commits]
    if not all(one.complete and not one.on_trial and one.overwritten for one in busy):
        return
    if len(busy) == len(SIDES) or any(one.alone for one in busy):
        raise RefusedError(
            f"nothing of transaction {transaction} is left to settle: a later one changed its lines back",
            wanted="its lines on one of the members, or a trial of it",
            found="; ".join(f"{one.member}: {one.overwritten}" for one in busy),
            next_command="hotpair txn list",
        )


def _concluded(
    transaction: str, pair: str, found: Mapping[str, Found], since: Mapping[str, tuple[str, ...]]
) -> tuple[Opening, Event]:
    """Say what the transaction is, and which way it must go."""
    alone = next((side for side, one in found.items() if one.alone), None)
    records: dict[str, MemberRecord] = {}
    for side, one in found.items():
        if one.anything or alone is not None:
            records[side] = record_of(one, idle=alone not in {None, side})
        else:
            records[side] = record_beside(one, found[_OTHER[side]], since.get(side, ()))
    a, b = _SWAPPED if _are_swapped(found) else SIDES
    first = alone or a
    one = found[first]
    kept = one.complete and not one.on_trial and one.holds_new(records[first])
    follower = found[_OTHER[first]]
    if kept and alone is None and follower.forgetful:
        raise DeviceError(
            f"{one.member} was confirmed; {follower.member} keeps no commit points that tell its lines",
            wanted=f"the commit of {transaction} in its list",
            found="; ".join(map(str, found.values())),
            member=follower.member,
            next_command=f"hotpair plan {pair}",
        )
    opening = Opening(transaction, pair, records[a], records[b], adopted=True)
    return opening, Event.ADOPTED_FORWARD if kept else Event.ADOPTED_BACK


def _are_swapped(found: Mapping[str, Found]) -> bool:
    """Tell whether the members stand on other sides than their commits name; the pair's file may be newer."""
    named = [(side, one.side) for side, one in found.items() if one.side]
    return bool(named) and all(side != said for side, said in named)
