"""A file is written whole, or what stood there stays."""

from __future__ import annotations

import os
from pathlib import Path

from runbooks import interrupts

_KEPT_OF_NAME = 100
"""Characters of a file's name that the name of the file beside it has."""
_MODE, _NEW = 0o7777, 0o666
"""Bits of a mode, and those of a new file; the umask takes some away."""


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


def write_over(path: Path, text: str, *, mode: int | None = None) -> None:
    """Write a text in the place of what stands in a file; no signal and no full disk leaves half of it.

    Args:
        path: of the file; a link is followed. A pipe or a device is given the text as it is, and so is a file
            in a folder where none can be made.
        text: all of it, as UTF-8.
        mode: of the file; without one, as it was, or as new files are.

    Raises:
        OSError: it cannot be written; it names the file, and what stood there stays.
    """
    place = Path(os.path.realpath(path))  # of a link that leads to itself the link, which refuses the text
    fresh = place.with_name(f".{place.name[:_KEPT_OF_NAME]}.{os.getpid()}.new")
    beside = os.access(place.parent, os.W_OK) and (place.is_file() or not os.path.lexists(place))
    try:
        with interrupts.held_back():
            if beside:
                _replace(place, fresh, text, mode)
            else:
                place.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(place: Path, fresh: Path, text: str, mode: int | None) -> None:
    """Write a file beside another and put it in its place, with its mode."""
    if mode is None and place.exists():
        mode = place.stat().st_mode & _MODE
    try:
        fresh.touch(mode=_NEW if mode is None else mode)
        fresh.write_text(text, encoding="utf-8")
        if mode is not None:
            fresh.chmod(mode)
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)
