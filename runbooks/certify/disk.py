"""A disk that can be full, short, or lose what was not synced; it stands in the place of `os` in the journal.

Files are real, in a folder of their own. What a process wrote survives its death; what was not synced does
not survive a loss of power.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Disk:
    """The file calls of the journal.

    Args:
        meet: told each write and each sync before it is done; may raise.
    """

    meet: Callable[[str], None]
    full: bool = False
    short: bool = False
    torn: Callable[[], BaseException] | None = None
    _paths: dict[int, str] = field(default_factory=dict)
    _synced: dict[str, int] = field(default_factory=dict)

    lseek, pread, read = staticmethod(os.lseek), staticmethod(os.pread), staticmethod(os.read)

    def __getattr__(self, name: str) -> Any:
        """Leave everything else to the operating system."""
        return getattr(os, name)

    def open(self, path: str | Path, flags: int, mode: int = 0o777) -> int:
        """Open a file."""
        descriptor = os.open(path, flags, mode)
        self._paths[descriptor] = str(path)
        if not stat.S_ISDIR((found := os.fstat(descriptor)).st_mode):
            self._synced.setdefault(str(path), found.st_size)
        return descriptor

    def close(self, descriptor: int) -> None:
        """Close a file."""
        del self._paths[descriptor]
        os.close(descriptor)

    def end(self) -> None:
        """Close what a dead process has open, and let go of its locks, as the kernel does."""
        for descriptor in list(self._paths):
            self.close(descriptor)

    def write(self, descriptor: int, data: bytes) -> int:
        """Write; a full disk takes nothing, a short write half."""
        self.meet(f"write {_event(data)}")
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if self.torn is not None:
            os.write(descriptor, data[: len(data) // 2])
            raise self.torn()
        if self.short:
            self.short = False
            return os.write(descriptor, data[: len(data) // 2])
        return os.write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        """Make sure of what was written."""
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            return
        self.meet("sync")
        self._synced[self._paths[descriptor]] = os.fstat(descriptor).st_size

    def lose_power(self) -> None:
        """Lose what was not synced; a file of which nothing was synced is gone."""
        for path, size in self._synced.items():
            if not Path(path).exists():
                continue
            if size == 0:
                Path(path).unlink()
            else:
                os.truncate(path, min(size, Path(path).stat().st_size))


def _event(data: bytes) -> str:
    """Name the event of a journal line, for people."""
    text = data.decode("utf-8", "replace")
    _, found, rest = text.partition('"event": "')
    return rest.partition('"')[0] if found else text[:40]
