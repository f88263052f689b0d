"""Transactions for people and for programs: what is armed, how they ended, every line of a journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from runbooks.transactions import Shown
from tasks.transaction.entries import Entry
from tasks.transaction.listing import Listed
from tasks.transaction.look import Look
from tasks.transaction.model import Outcome

NONE = "No transaction was begun here."
_FOR_PROGRAMS = frozenset({"id", "keys", "schema"})
"""Fields of a journal line that tell people nothing."""


def transactions_view(
    rows: Sequence[Listed],
    looks: Mapping[str, Mapping[str, Look]] | None = None,
    here: Callable[[str], str] = str,
) -> RenderableType:
    """Show transactions, what is armed and what to type next.

    Args:
        rows: as they are to be shown.
        looks: what the members of unfinished ones were seen to be, by id and device; nothing when not asked.
        here: gives a command of ours as it is typed for this inventory.
    """
    if not rows:
        return Text(NONE)
    lines: list[str] = []
    for one in rows:
        pair = one.opening.pair if one.opening else "?"
        lines.append(f"{one.id}  {pair}  {_moment(one.began_at)}  {standing(one)}")
        below = (*_armed(one), *_seen((looks or {}).get(one.id, {})))
        lines += [f"    {line}" for line in below]
        if one.next_command:
            lines.append(f"    next: {here(one.next_command)}")
    return Group(*map(Text, lines))


def standing(one: Listed) -> str:
    """Say in a few words where a transaction stands."""
    if one.problem is not None:
        return "unreadable"
    if one.held:
        return "at work now"
    if one.end is not None:
        return one.end.value
    return one.state.value if one.finished and one.state else f"unfinished: {one.state}"


def _armed(one: Listed) -> Iterator[str]:
    for trial in one.armed:
        yield f"{trial.member}: {trial.safety}, {_left(trial.seconds_left)}"


def _left(seconds: int | None) -> str:
    if seconds is None:
        return "which no timer takes back"
    return f"{seconds} s left" if seconds else "its timer has ended"


def _seen(looks: Mapping[str, Look]) -> Iterator[str]:
    for look in looks.values():
        yield f"seen now: {look}"


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M:%S}Z" if text else "?"


def transaction_view(shown: Shown, here: Callable[[str], str] = str) -> RenderableType:
    """Draw one transaction with every line of its journal; for `here` see `transactions_view`."""
    one = shown.listed
    about = [f"{one.id}: {standing(one)}"]
    if one.opening is not None:
        ticket = f", ticket {one.opening.ticket}" if one.opening.ticket else ""
        a, b = one.opening.members
        about.append(f"pair {one.opening.pair}: {a} (a) and {b} (b){ticket}")
    if one.why:
        about.append(f"why: {one.why}")
    following = [Text(f"next: {here(one.next_command)}")] if one.next_command else []
    lines = (line for entry in shown.entries for line in _entry_lines(entry))
    return Group(*map(Text, about), *lines, *map(Text, _armed(one)), *following)


def _entry_lines(entry: Entry) -> Iterator[Text]:
    """Show a line of a journal: when and what, and below it what it says, so that nothing is cut."""
    yield Text(f"{_moment(entry.at)}  {entry.name}  [{entry.state.value}]")
    said = told(entry)
    if said:
        yield Text(f"    {said}", style="dim")


def told(entry: Entry) -> str:
    """Return what a line says to people, but for the lists of lines that an opening holds."""
    said = {
        name: value
        for name, value in asdict(entry.record).items()
        if name not in _FOR_PROGRAMS
        and value not in ("", None, 0, ())
        and not isinstance(value, dict | tuple)
    }
    return ", ".join(name if value is True else f"{name} {value}" for name, value in said.items())


def transactions_as_dict(
    rows: Sequence[Listed], looks: Mapping[str, Mapping[str, Look]] | None = None
) -> dict[str, Any]:
    """Return transactions as plain values."""
    return {"transactions": [_row(one, (looks or {}).get(one.id, {})) for one in rows]}


def transaction_as_dict(shown: Shown) -> dict[str, Any]:
    """Return one transaction with every line of its journal as plain values."""
    lines = [
        {"at": entry.at, "event": entry.name, "state": entry.state.value, "data": asdict(entry.record)}
        for entry in shown.entries
    ]
    return {**_row(shown.listed, {}), "journal": lines}


def _row(one: Listed, looks: Mapping[str, Look]) -> dict[str, Any]:
    opening = one.opening
    return {
        "id": one.id,
        "pair": opening.pair if opening else None,
        "members": list(opening.members) if opening else None,
        "ticket": opening.ticket if opening else "",
        "state": one.state.value if one.state else None,
        "end": one.end.value if one.end else None,
        "decided_by": one.by.value if one.by else None,
        "why": one.why,
        "finished": one.finished,
        "held": one.held,
        "began_at": one.began_at,
        "last_at": one.last_at,
        "armed": [asdict(trial) for trial in one.armed],
        "seen": {member: _look(look) for member, look in looks.items()},
        "problem": one.problem.as_dict() if one.problem else None,
        "next": one.next_command,
    }


def outcome_as_dict(outcome: Outcome) -> dict[str, Any]:
    """Return how a transaction ended as plain values."""
    return {
        "transaction": outcome.transaction,
        "pair": outcome.pair,
        "members": list(outcome.members),
        "end": outcome.end.value,
        "decided_by": outcome.decided_by.value,
        "reason": outcome.reason,
        "ticket": outcome.ticket,
        "seen": {member: _look(look) for member, look in outcome.looks.items()},
        "residue": list(outcome.residue),
        "next": outcome.next_command,
    }


def _look(look: Look) -> dict[str, Any]:
    return {
        "is": look.seen.value,
        "stage": look.stage,
        "saved": look.saved.value,
        "seconds_left": look.seconds_left,
        "reason": look.reason,
    }
