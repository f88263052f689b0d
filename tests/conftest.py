"""What all tests share: compiled modules, rubbish that is looked for seldom, and the order of the files."""

from __future__ import annotations

import gc
import os
from functools import cache
from pathlib import PurePosixPath

import pytest

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each child would compile every module again
gc.disable()  # what is collected lives until the end: none of it is rubbish
_YOUNG = (20_000, 20, 10)
"""Objects that are made before rubbish is looked for: emulated routers make many that live for a while."""

_FIRST = (
    "tests/runbooks/certify",
    "tests/integration",
    "tests/hotpair",
    "tests/packaging",
    "tests/walk",
    "tests/properties",
)
"""Folders whose files take longest: what begins last must be short, or one core waits for the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest files begin first; within a folder the order stays random."""
    items.sort(key=lambda item: _rank(item.nodeid.partition("::")[0]))


def pytest_collection_finish() -> None:
    """Look for rubbish from now on, and not among the tests themselves."""
    gc.freeze()
    gc.set_threshold(*_YOUNG)
    gc.enable()


@cache
def _rank(file: str) -> int:
    folders = {str(folder) for folder in PurePosixPath(file).parents}
    return next((rank for rank, folder in enumerate(_FIRST) if folder in folders), len(_FIRST))
