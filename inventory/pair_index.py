"""Which file is which pair's, and which pairs share a router: what a command on one pair needs of the others.

The index lies in the user's cache. An entry counts as long as its file has the same size, number and times,
and is kept only of a file that was not just being written. It is written whole and then put in place, so that
two processes never meet half of one; one that cannot be read is made anew.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from inventory.document import Document, read_file
from inventory.problems import InvalidIntentError

SCHEMA = 2
FRESH_NS = 2_000_000_000
"""A file that was written so shortly before it was read may be written again without a new time."""
MANY = 50
"""Pair files; so few are read as quickly as an index of them."""
_NAMED = re.compile(r"^pair:\s+(?P<mark>[\"']?)(?P<name>[^\s\"'#\[\]{}]+)(?P=mark)\s*(?:#.*)?$", re.MULTILINE)
Stamp = tuple[int, int, int, int]
"""Size, number and times of a file, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a pair file.

    Args:
        stamp: of the file when it was read.
        name: of the pair; of the file where it has none.
        devices: names of both routers, as far as the file says them.
    """

    stamp: Stamp
    name: str
    devices: tuple[str, ...]


Index = Mapping[Path, Entry]


def indexed(directory: Path, files: Iterable[Path]) -> Index:
    """Return what is known of each pair file; files that changed are read.

    Args:
        directory: of the pair files; the index is kept by its name.
        files: the pair files, in order.
    """
    kept = _read(place := _place(directory))
    known: dict[Path, Entry] = {}
    lasting: dict[str, Entry] = {}
    for file in files:
        name = str(file.relative_to(directory))
        now, stamp = time.time_ns(), _stamp(file)
        entry = kept.get(name)
        if entry is None or entry.stamp != stamp:
            entry = _entry(file, stamp)
        known[file] = entry
        if now - max(stamp[2:]) > FRESH_NS:
            lasting[name] = entry
    if lasting != kept and len(known) > MANY:
        _write(place, lasting)
    return known


def neighbourhood(index: Index, name: str) -> Iterator[Path]:
    """Yield the files of a pair and of those that share a router with it; nothing when there is none."""
    devices = {device for entry in index.values() if entry.name == name for device in entry.devices}
    for file, entry in index.items():
        if entry.name == name or not devices.isdisjoint(entry.devices):
            yield file


def named_in(document: Document, file: Path) -> str:
    """Return the name of the pair that a document describes, or of its file where it has none."""
    given = document.values.get("pair") if isinstance(document.values, dict) else None
    return given if isinstance(given, str) and given else file.stem


def named_in_broken(file: Path) -> str:
    """Return the name of the pair of a file that is no YAML, as far as one line says it; else of the file."""
    try:
        found = _NAMED.search(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return file.stem
    return found["name"] if found else file.stem


def _entry(file: Path, stamp: Stamp) -> Entry:
    try:
        document = read_file(file)
    except InvalidIntentError:
        return Entry(stamp, named_in_broken(file), ())
    members = document.values.get("members") if isinstance(document.values, dict) else None
    names = members.values() if isinstance(members, dict) else ()
    return Entry(stamp, named_in(document, file), tuple(name for name in names if isinstance(name, str)))


def _stamp(file: Path) -> Stamp:
    try:
        stat = file.stat()
    except OSError:  # a link that leads nowhere: told when it is read
        return 0, 0, 0, 0
    return stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns


# ---- where it is kept --------------------------------------------------------------------------------------


def _place(directory: Path) -> Path:
    home = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return home / "hotpair" / f"pairs-{sha256(str(directory.resolve()).encode()).hexdigest()[:16]}.json"


def _read(place: Path) -> dict[str, Entry]:
    """Read an index; nothing where there is none, or none of ours."""
    try:
        values = json.loads(place.read_text(encoding="utf-8"))
        if values["schema"] != SCHEMA:
            return {}
        return {
            file: Entry((size, number, written, changed), str(name), tuple(map(str, devices)))
            for file, ((size, number, written, changed), name, devices) in values["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(place: Path, index: Mapping[str, Entry]) -> None:
    """Keep an index; where that cannot be, the next command makes it anew."""
    values = {
        "schema": SCHEMA,
        "files": {file: [entry.stamp, entry.name, entry.devices] for file, entry in index.items()},
    }
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f"{place.name}.{os.getpid()}-{token_hex(4)}.part")
        try:
            part.write_text(json.dumps(values), encoding="utf-8")
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)  # where it was not put in place, by an error or by Ctrl-C
