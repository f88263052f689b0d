"""What all tests share: compiled modules for the interpreters that they start, and the order of the files."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

import pytest

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each child would compile every module again

_FIRST = (
    "tests/runbooks/certify",
    "tests/integration",
    "tests/hotpair",
    "tests/packaging",
    "tests/properties",
)
"""Folders whose files take longest: what begins last must be short, or one core waits for the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest files begin first; within a folder the order stays random."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    folders = {str(folder) for folder in PurePosixPath(item.nodeid.partition("::")[0]).parents}
    return next((rank for rank, folder in enumerate(_FIRST) if folder in folders), len(_FIRST))
