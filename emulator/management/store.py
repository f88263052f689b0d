"""The configurations that a device keeps: running, commit points, a trial, the lock, saved files.

One frozen value; every operation of `operations` gives a new one, so a refused operation has changed nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator.config.statement import Configuration
from emulator.management.history import History
from emulator.management.lock import Lock
from emulator.management.trial import Trial

STORAGE = "cfcard:/"
FIRST_FILE = f"{STORAGE}vrpcfg.cfg"


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that configuration management remembers.

    Args:
        running: what the device obeys.
        updated_at: when running changed last, seconds on the device's clock.
        history: commit points.
        trial: the running trial.
        lock: the exclusive lock.
        files: text of the saved files by full name.
        startup_file: what the device booted from; empty when from nothing.
        next_file: what it boots from next; empty when nothing is saved.
        leftovers: lines that the last rollback could not reach.
    """

    running: Configuration = field(default_factory=Configuration)
    updated_at: float = 0.0
    history: History = field(default_factory=History)
    trial: Trial | None = None
    lock: Lock | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    startup_file: str = ""
    next_file: str = ""
    leftovers: tuple[str, ...] = ()


def full_name(file: str) -> str:
    """Return a file's name with its storage.

    >>> full_name("night.cfg")
    'cfcard:/night.cfg'
    """
    return file if ":" in file else STORAGE + file.lstrip("/")
