"""Has the member that leads again what it had before the drill? That both have the same does not tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from inventory.model import SIDES, Pair
from inventory.quantities import quantity
from runbooks.readiness import Entries
from runbooks.ready import entries_of
from tasks.checks.check import Answers, CannotTellError, Check
from tasks.checks.entries import needs_of
from tasks.checks.entry_kinds import KINDS, Bound, bound_to
from tasks.checks.model import Complaint

_TITLE: Final = "The entries of before the drill are there again"
Lost = Mapping[str, Sequence[str]]
"""What is told as lost in the drill itself, by `place_of`."""


def place_of(one: Entries) -> str:
    """Name a kind of entries and where the master has them, for a sentence."""
    return f"{one.kind} on {one.interface}"


def entries_back(before: Sequence[Entries], lost: Lost) -> Check:
    """Return the check that compares the entries of before with those of now, within the policy's tolerance.

    Args:
        before: what readiness saw.
        lost: what the drill lost is told already, and not wanted back.
    """
    had = {(one.kind, one.subject): one for one in before if one.keys}
    return Check(
        "entries-back",
        _TITLE,
        ("drill",),
        lambda pair: {f"{kind} of {place}": had[kind, place] for kind, place in had.keys() & _places(pair)},
        lambda pair, one: needs_of(KINDS[one.kind], pair, _bound(pair, one)),
        partial(_gone, lost),
    )


def _places(pair: Pair) -> set[tuple[str, str]]:
    return {(name, place) for name, kind in KINDS.items() for place in bound_to(kind, pair)}


def _bound(pair: Pair, one: Entries) -> Bound:
    return bound_to(KINDS[one.kind], pair)[one.subject]


def _gone(lost: Lost, answers: Answers, before: Entries) -> Iterator[Complaint]:
    now = next((one for one in entries_of(answers) if _same(one, before)), None)
    side = next(side for side in SIDES if answers.device(side) == before.master)
    command = KINDS[before.kind].display(_bound(answers.pair, before).interfaces[side])
    if now is None:
        text = "the entries of before are not shown any more"
        raise CannotTellError(answers.complaint(side, command, text, len(before.keys), "not shown"))
    gone = sorted(before.keys - now.keys - set(lost.get(place_of(before), ())))
    if len(gone) > answers.limits.missing_entries * len(before.keys):
        text = f"{quantity(len(gone), 'entry', 'entries')} of before the drill did not come back"
        yield answers.complaint(side, command, text, ", ".join(gone[:5]), "none of them")


def _same(one: Entries, before: Entries) -> bool:
    return (one.kind, one.subject) == (before.kind, before.subject)
