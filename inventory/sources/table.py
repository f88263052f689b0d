"""Hosts in a table of comma-separated values."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from inventory.errors import IntentError, reason
from inventory.sources.model import Sourced, SourcedHost

COLUMNS = ("name", "hostname", "port", "username", "platform", "groups", "pair", "member")
"""What is read; other columns are the host's own data."""
NEEDED = ("name", "pair", "member")


class TableSource(BaseModel):
    """A file whose first line names the columns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Path
    """Below the inventory's folder, or anywhere."""
    delimiter: str = Field(",", pattern=r"^[^\r\n\"]$")
    """What stands between two values."""


def table_hosts(source: TableSource, directory: Path) -> Sourced:
    """Read the table.

    Raises:
        IntentError: it cannot be read, lacks a column, or a line is none of its.
    """
    path = directory / source.file.expanduser()
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            return Sourced(str(path), tuple(_hosts(csv.DictReader(text, delimiter=source.delimiter), path)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise IntentError("the table cannot be read", found=reason(error), where=str(path)) from None


def _hosts(rows: csv.DictReader[str], path: Path) -> Iterator[SourcedHost]:
    columns = rows.fieldnames or ()
    lacks = [name for name in NEEDED if name not in columns]
    if lacks:
        found = ", ".join(columns) or "an empty line"
        raise IntentError("the table lacks columns", wanted=", ".join(lacks), found=found, where=f"{path}:1")
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise IntentError("two columns have one name", found=", ".join(twice), where=f"{path}:1")
    for row in rows:
        where = f"{path}:{rows.line_num}"
        if None in row or None in row.values():
            raise IntentError("the line has another number of values than the first one", where=where)
        said = {name: value.strip() for name, value in row.items()}
        if not said["name"]:
            raise IntentError("the line names no host", where=where)
        yield SourcedHost(
            said["name"], _entry(said, where), said["pair"], said["member"].lower(), line=rows.line_num
        )


def _entry(said: Mapping[str, str], where: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        name: said[name] for name in ("hostname", "username", "platform") if said.get(name)
    }
    if said.get("port"):
        if not said["port"].isdecimal():
            raise IntentError("the port is no number", found=said["port"], where=where)
        entry["port"] = int(said["port"])
    if said.get("groups"):
        entry["groups"] = said["groups"].split()
    data = {name: value for name, value in said.items() if name not in COLUMNS and value}
    return {**entry, "data": data} if data else entry
