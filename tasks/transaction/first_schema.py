"""Journals of version 0.1 (schema 1), read as the records of today.

0.1 kept digests of whole configurations and no lines; its lines carry no checksum. It is enough to tell a
member that nobody else has changed since, and to find our commit by its label.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from inventory.errors import IntentError
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.machine import State
from tasks.transaction.records import OPENED, MemberRecord, OnTrial, Opening, Record, Remark, StageMade

VERSION = 1
_STAGE = "stage committed"
_ON_TRIAL = "on trial"


def version(row: Mapping[str, Any]) -> object:
    """Return the schema that a first line names; nothing when it names none."""
    data = row.get("data")
    return data.get("schema") if isinstance(data, dict) and row.get("event") == OPENED else None


def read_row(row: Mapping[str, Any], *, first: bool, where: str) -> tuple[str, State, Record]:
    """Read one line: name, state and record.

    Raises:
        IntentError: it is not what 0.1 wrote.
    """
    try:
        name, state, data = str(row["event"]), State(row["state"]), row["data"]
        reader = _opening if first else _READERS.get(name, _remark)
        return name, state, reader(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise IntentError(
            "the journal is damaged", wanted="a line of version 0.1", found=repr(row)[:60], where=where
        ) from None


def _opening(data: Mapping[str, Any]) -> Opening:
    a, b = (_member(data, side) for side in ("a", "b"))
    return Opening(
        str(data["id"]),
        str(data["pair"]),
        a,
        b,
        seconds=int(data.get("seconds", 0)),
        adopted=bool(data.get("adopted", False)),
        schema=VERSION,
    )


def _member(data: Mapping[str, Any], side: str) -> MemberRecord:
    name = str(data["members"][side])
    base = data["base"][name]
    commit = base["commit"]
    return MemberRecord(
        name,
        idle=name in data["idle"],
        base_commit=None if commit is None else int(commit),
        whole=_whole(base),
    )


def _whole(data: Mapping[str, Any]) -> Fingerprint | None:
    return Fingerprint(str(data["exact"]), str(data["masked"])) if "exact" in data else None


def _on_trial(data: Mapping[str, Any]) -> OnTrial:
    return OnTrial(str(data["member"]), str(data["safety"]), whole=_whole(data))


def _stage_made(data: Mapping[str, Any]) -> StageMade:
    return StageMade(str(data["member"]), int(data["stage"]) + 1, whole=_whole(data))


def _remark(data: Mapping[str, Any]) -> Remark:
    return Remark(member=str(data.get("member", "")), stage=int(data.get("stage", -1)) + 1)


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Record]] = {
    _ON_TRIAL: _on_trial,
    _STAGE: _stage_made,
}
