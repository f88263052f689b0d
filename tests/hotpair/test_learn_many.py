"""A learned intent is written whole, into a file that was not there, or not at all."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hotpair.cli.learn_many import write_new
from inventory.errors import IntentError


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond ten bytes for as long as the block lasts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_half_an_intent_is_not_left(tmp_path: Path) -> None:
    file = tmp_path / "metro-1.yaml"
    with pytest.raises(IntentError), full_disk():
        write_new(file, "pair: metro-1\n" * 10)
    assert not file.exists()
    write_new(file, "pair: metro-1\n")
    assert file.read_text(encoding="utf-8") == "pair: metro-1\n"


def test_what_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "metro-1.yaml"
    file.write_text("mine\n", encoding="utf-8")
    with pytest.raises(IntentError, match="not written"):
        write_new(file, "other\n")
    assert file.read_text(encoding="utf-8") == "mine\n"
