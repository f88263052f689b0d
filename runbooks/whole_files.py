"""A new file is written whole, or none is left."""

from __future__ import annotations

from pathlib import Path

from runbooks import interrupts


def write_new(path: Path, text: str) -> None:
    """Write a text into a file that is not there yet; no signal and no full disk leaves half of it.

    Args:
        path: of the new file.
        text: all of it, as UTF-8.

    Raises:
        OSError: it is there already, or cannot be written.
    """
    with interrupts.held_back(), path.open("x", encoding="utf-8") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink()
            raise
