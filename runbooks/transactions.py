"""The pair transactions of this host: found in their journals, brought to an end, taken back, forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from inventory.errors import DeviceError, IntentError, RefusedError
from inventory.model import SIDES, Pair
from runbooks import interrupts
from runbooks.batches import start_batches
from runbooks.change import running_of
from runbooks.secret_marks import settle_marks
from runbooks.site import Openers, logged_in
from tasks.clock import REAL
from tasks.plan.batch import batch_commands
from tasks.plan.pair import plan_pair
from tasks.transaction import adopt as adopting
from tasks.transaction import resume as taking_up
from tasks.transaction.entries import Entry, read_lines
from tasks.transaction.journal import Journal, journal_path, read_entries
from tasks.transaction.listing import Listed, list_journals, listed, listed_entries
from tasks.transaction.look import Look
from tasks.transaction.model import Notify, Outcome
from tasks.transaction.resume import links_of
from tasks.transaction.seeing import WITH_SAVED, look_at_both
from tasks.transaction.tools import Tools

_NAMED = 5
"""How many transactions an error names."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One transaction with every line of its journal."""

    listed: Listed
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a transaction.

    Args:
        outcome: how it ended.
        earlier: it had ended before; nothing was dialled.
    """

    outcome: Outcome
    earlier: bool = False


def transactions(journals: Path) -> tuple[Listed, ...]:
    """Return the transactions of this host, unfinished ones first; nothing is dialled."""
    return list_journals(journals, datetime.now(UTC))


def find(journals: Path, transaction: str | None) -> Listed:
    """Find a transaction of this host.

    Args:
        journals: folder of the journals.
        transaction: its id; without one, the only unfinished one.

    Raises:
        IntentError: that is no id, no journal here knows it, or it is not clear which one is meant.
    """
    if transaction is None:
        return _only_unfinished(journals)
    path = journal_path(journals, transaction)
    if not path.is_file():
        known = [one.id for one in transactions(journals)]
        raise not_here(
            journals,
            transaction,
            wanted=", ".join(known[:_NAMED]) or "a transaction that was begun on this host",
            otherwise=f"hotpair txn adopt {transaction} --pair PAIR",
        )
    found = listed(path, datetime.now(UTC))
    if found.problem is not None:
        raise found.problem
    return found


def not_here(journals: Path, transaction: str, *, wanted: str, otherwise: str) -> IntentError:
    """Return the error of an id that no journal here knows; one that is nearly so written is named.

    Args:
        journals: folder of the journals.
        transaction: the id.
        wanted: what could stand in its place.
        otherwise: what to type next where none is nearly so written.
    """
    near = get_close_matches(transaction.lower(), [one.id for one in transactions(journals)], n=1, cutoff=0.8)
    return IntentError(
        f"no journal here knows transaction {transaction}"
        + "".join(f"; did you mean {one}?" for one in near),
        wanted=wanted,
        where=str(journals),
        next_command=f"hotpair txn show {near[0]}" if near else otherwise,
    )


def _only_unfinished(journals: Path) -> Listed:
    unfinished = [one for one in transactions(journals) if not one.finished]
    if len(unfinished) == 1:
        if unfinished[0].problem is not None:
            raise unfinished[0].problem
        return unfinished[0]
    raise IntentError(
        "several transactions are unfinished" if unfinished else "no transaction is unfinished here",
        wanted="the id of one" if unfinished else None,
        found=", ".join(one.id for one in unfinished) or None,
        where=str(journals),
        next_command="hotpair txn list",
    )


def show(journals: Path, transaction: str) -> Shown:
    """Return a transaction with every line of its journal; nothing is dialled.

    Raises:
        IntentError: that is no id, no journal here knows it, or it cannot be read.
    """
    found = find(journals, transaction)
    return Shown(found, read_entries(found.path))


def show_kept(text: str, transaction: str) -> Shown:
    """Return a transaction whose journal was kept elsewhere, with every line of it.

    Args:
        text: of the journal.
        transaction: its id.

    Raises:
        IntentError: it is no journal, or it is damaged.
    """
    path = Path(f"{transaction}.jsonl")
    entries = tuple(read_lines(text.encode(), path)[0])
    return Shown(listed_entries(path, entries, datetime.now(UTC)), entries)


def members_of(found: Listed) -> tuple[str, str]:
    """Return the devices of a transaction, a first.

    Raises:
        IntentError: its journal does not tell.
    """
    if found.opening is None:
        raise IntentError("the journal does not tell the members", where=str(found.path))
    return found.opening.members


def resume(found: Listed, openers: Openers, notify: Notify) -> Taken:
    """Bring a transaction to its end: both members new, or both as before.

    Raises:
        RefusedError: another process is working on it.
    """
    return _taken(found, taking_up.resume(found.path, lambda name: openers[name](), tools=_tools(notify)))


def abort(found: Listed, openers: Openers, notify: Notify) -> Taken:
    """Take a transaction back, as long as a was not confirmed.

    Raises:
        RefusedError: a was confirmed, or may have been; or another process is working on it.
    """
    return _taken(found, taking_up.abort(found.path, lambda name: openers[name](), tools=_tools(notify)))


def forget(why: str, found: Listed, openers: Openers, notify: Notify) -> Taken:
    """Have a transaction forgotten; what it left on the devices stays there.

    Args:
        why: reason; its journal keeps it.
        found: the transaction.
        openers: ways to log in, by device name.
        notify: told each step.

    Raises:
        RefusedError: a timer of it may still run, or another process is working on it.
    """
    tools = _tools(notify)
    return _taken(found, taking_up.forget(found.path, why, lambda name: openers[name](), tools=tools))


def _tools(notify: Notify) -> Tools:
    return Tools(notify, REAL.sleep, REAL.now)


def _taken(found: Listed, outcome: Outcome) -> Taken:
    interrupts.ended()
    settle_marks(found.path.parent, outcome)
    return Taken(outcome, found.finished)


def wants_batches(outcome: Outcome, pair: Pair) -> bool:
    """Tell whether the intent of today asks for batch backups on the members of a transaction.

    Args:
        outcome: how the transaction ended.
        pair: intent of today.
    """
    is_its_own = outcome.members == (pair.members.a, pair.members.b)
    return is_its_own and any(batch_commands(pair, side) for side in SIDES)


def after_done(pair: Pair, openers: Openers) -> DeviceError | None:
    """Start the batch backups of a pair that a resumed transaction has brought to its intent.

    Args:
        pair: intent of today.
        openers: ways to log in, by device name.
    """
    try:
        plan = plan_pair(pair, running_of(pair, logged_in(pair, openers)))
    except RefusedError:  # what stands is not the intent of today
        return None
    except DeviceError as error:
        return error
    return start_batches(plan, pair, openers) if plan.empty else None


def adopt(
    transaction: str, pair: str, members: tuple[str, str], openers: Openers, journals: Path, *, notify: Notify
) -> Outcome:
    """Bring a transaction of another host to its end, with nothing but its id.

    Args:
        transaction: its id.
        pair: name of the pair.
        members: device names of a and b.
        openers: ways to log in, by device name.
        journals: folder in which its journal is begun.
        notify: told each step.

    Raises:
        IntentError: that is no id.
        DeviceError: a member is out of reach, so that the decision cannot be read.
        RefusedError: no device knows of it, or this host has its journal, or had it forgotten.
    """
    outcome = adopting.adopt(
        transaction,
        pair,
        dict(zip(SIDES, members, strict=True)),
        lambda name: openers[name](),
        journals,
        tools=_tools(notify),
    )
    interrupts.ended()
    return outcome


def look(found: Listed, openers: Openers) -> Mapping[str, Look]:
    """Look at both members of an unfinished transaction, by device name; nothing is changed.

    Raises:
        RefusedError: another process is working on it.
    """
    with Journal.load(found.path) as journal:
        links = links_of(journal, lambda name: openers[name]())
        try:
            looks = look_at_both(links, journal, WITH_SAVED)
        finally:
            for link in links.values():
                link.drop()
    return {one.member: one for one in looks.values()}
