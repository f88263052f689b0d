"""Which files of a folder are pair files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from inventory.errors import IntentError

MOST_ENTRIES = 50_000
"""Files and folders that are looked through for pair files."""
SUFFIXES = (".yaml", ".yml")
"""Endings of pair files, in small letters or capitals."""
SOURCES = "inventory.yaml"
"""File beside the folder of pairs that says where hosts and pairs come from as well."""


def is_pair_file(path: str | Path) -> bool:
    """Tell whether a name is that of a pair file, by its ending.

    >>> is_pair_file("pairs/metro-1.YML"), is_pair_file("metro-1")
    (True, False)
    """
    return Path(path).suffix.lower() in SUFFIXES


def pair_files(directory: Path) -> Iterator[Path]:
    """Yield the pair files of a directory and of the folders below it, in order; hidden files are none.

    Raises:
        IntentError: so much lies there that something else must be meant, or it is no directory.
    """
    if os.path.lexists(directory) and not directory.is_dir():
        found = "a link to nothing" if directory.is_symlink() else "a file"
        raise IntentError("pair files lie in a folder", wanted="a folder", found=found, where=str(directory))
    seen: set[Path] = set()
    passed = 0
    for folder, below, names in os.walk(directory, followlinks=True):
        passed += len(below) + len(names)
        if passed > MOST_ENTRIES:
            raise IntentError(
                "too much lies in that folder to look for pair files in it",
                wanted="an inventory, or the folder of its pair files",
                found=f"more than {MOST_ENTRIES} files and folders",
                where=str(directory),
            )
        home = Path(folder)
        fresh = home.resolve() not in seen  # a link may lead back to a folder above
        seen.add(home.resolve())
        below[:] = sorted(name for name in below if fresh and not name.startswith("."))
        files = (home / name for name in sorted(names) if fresh and not name.startswith("."))
        yield from (file for file in files if is_pair_file(file))
