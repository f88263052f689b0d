"""What became of the files of pairs since they were looked at: gone, or broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from inventory.pair_files import SOURCES, pair_files
from inventory.pair_index import Entry, indexed

NO_FILE, BROKEN_FILE = "no file", "broken file"


@dataclass(frozen=True, slots=True)
class Files:
    """Pairs whose files are not as they were.

    Args:
        names: of all pairs that have a file.
        gone: that have no file.
        broken: whose file is no pair any more, with that file.
    """

    names: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    broken: Mapping[str, Path] = field(default_factory=dict)


def files_of(inventory: Path, looked: Mapping[str, datetime]) -> Files:
    """Tell of which pairs the file is gone or broken.

    Where `inventory.yaml` names a source nobody is asked, and where there is no folder of pairs it is no
    inventory of theirs: nothing is told then. A file that was not written since its pair was looked at was
    well then: it is not read.

    Args:
        inventory: folder of the inventory.
        looked: when each pair was looked at last.
    """
    home = inventory / "pairs"
    if (inventory / SOURCES).exists() or not home.is_dir():
        return Files()
    index = indexed(home, pair_files(home))
    names = frozenset(entry.name for entry in index.values())
    written = {file: entry.name for file, entry in index.items() if _since(entry, looked.get(entry.name))}
    return Files(names, frozenset(looked) - names, _broken(written))


def _since(entry: Entry, looked: datetime | None) -> bool:
    """Tell whether a file was written, or put in its place, after its pair was looked at."""
    return looked is not None and max(entry.stamp[2:]) > looked.timestamp() * 1e9


def _broken(files: Mapping[Path, str]) -> Mapping[str, Path]:
    if not files:
        return {}
    from inventory.load import load_files

    wrong = load_files(files).broken
    return {name: file for file, name in files.items() if name in wrong}
