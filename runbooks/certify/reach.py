"""What a sweep reached of the table, of the journal and of the exit codes, and why not the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from runbooks.certify.kept import REMARK
from runbooks.certify.verdicts import Tally
from tasks.transaction.machine import STEPS, Event, State
from tasks.transaction.records import (
    OPENED,
    Ended,
    MemberEnd,
    MemberRecord,
    OnTrial,
    Opening,
    Remark,
    Saving,
    StageMade,
    Undone,
    name_of_kind,
)

_NOTES = (OnTrial, StageMade, Saving, Undone, Ended)
EXIT_CODES = (0, 2, 3, 4, 5, 6)
"""What a command that carries out, takes up or takes back a transaction can end with."""
_FORGOTTEN = "an operator's word (`hotpair txn forget`), which moves no device"
_OF_01 = "in journals of 0.1 alone; today's code reads them and writes none"
_EMPTY = "an empty plan begins no journal"
UNREACHED: Mapping[str, str] = {
    **{f"{state} + {Event.ABANDON}": _FORGOTTEN for state, steps in STEPS.items() if Event.ABANDON in steps},
    f"{State.SPLIT} + {Event.TAKEN_UP}": _OF_01,
    f"{State.START} + {Event.NOTHING}": _EMPTY,
    f"{State.START} + {Event.GATE_REFUSED}": "a refusal of the gate begins no journal",
    "b.idle": "the mirror of `a.idle`: no flow leaves b alone as it is",
    "stage committed.keys": "the flow of several commits types no key",
    "2": "wrong usage, or an intent that cannot be: no schedule types such a command",
    Event.ABANDON: _FORGOTTEN,
    Event.TAKEN_UP: _OF_01,
    Event.NOTHING: _EMPTY,
    Event.GATE_REFUSED: "a refusal of the gate begins no journal",
    **{f"{name}.whole": _OF_01 for name in ("a", "b", "on trial", "stage committed")},
}
"""What no schedule can reach, and why: `state + event`, a line of the journal, or a field of it."""


def reached(tallies: Iterable[Tally]) -> dict[str, Any]:
    """Tell what of everything there is was met, and name the rest."""
    steps = {step for tally in tallies for step in tally.steps}
    met = {
        "cells of the table": {f"{state} + {event}" for state, event in steps},
        "lines of the journal": {event for _, event in steps},
        "fields of the journal": {name for tally in tallies for name in tally.fields},
        "exit codes": {str(code) for tally in tallies for code in tally.codes},
    }
    there = {
        "cells of the table": list(_cells()),
        "lines of the journal": list(_lines()),
        "fields of the journal": list(_fields()),
        "exit codes": [str(code) for code in EXIT_CODES],
    }
    return {name: _part(every, met[name]) for name, every in there.items()}


def _part(every: list[str], met: set[str]) -> dict[str, Any]:
    missing = [{"what": one, "why": UNREACHED.get(one, "")} for one in every if one not in met]
    return {"there_are": len(every), "met": len(every) - len(missing), "not_met": missing}


def unexplained(reach: Mapping[str, Any]) -> list[str]:
    """Name what was not met and has no reason."""
    return [one["what"] for part in reach.values() for one in part["not_met"] if not one["why"]]


def _cells() -> Iterator[str]:
    return (f"{state} + {event}" for state, steps in STEPS.items() for event in steps)


def _lines() -> Iterator[str]:
    yield OPENED
    yield from sorted({str(event) for steps in STEPS.values() for event in steps})
    yield from (name_of_kind(kind) for kind in _NOTES)


def _fields() -> Iterator[str]:
    """Yield every field that can hold something, as `kept.fields_of` names it."""
    yield from (f"{OPENED}.{one.name}" for one in fields(Opening))
    for kind in _NOTES:
        yield from (f"{name_of_kind(kind)}.{one.name}" for one in fields(kind))
    yield from (f"{side}.{one.name}" for side in ("a", "b") for one in fields(MemberRecord))
    yield from (f"members.{one.name}" for one in fields(MemberEnd))
    yield from (f"{REMARK}.{one.name}" for one in fields(Remark))
