"""A temporary folder that no signal leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from runbooks import interrupts


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a temporary folder; it is taken away though a signal comes meanwhile."""
    with interrupts.held_back():
        made = TemporaryDirectory(prefix="hotpair-")
    try:
        yield Path(made.name)
    finally:
        with interrupts.held_back():
            made.cleanup()
