"""The exclusive lock on the configuration.

`configuration exclusive` lets one session commit and nobody else. It ends with `undo configuration
exclusive`, with the session, or after `configuration-occupied timeout` seconds without a command of its
owner; 30 s by default.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from emulator.config.statement import Configuration
from emulator.management.history import Author

DEFAULT_TIMEOUT = 30


@dataclass(frozen=True, slots=True)
class Lock:
    """A session's lock: owner, address, when it was taken and when the owner last typed a command."""

    owner: Author
    origin: str
    taken_at: float
    active_at: float

    def touched(self, now: float) -> Lock:
        """Count the idle time anew."""
        return replace(self, active_at=now)

    def ends_at(self, running: Configuration) -> float:
        """Return the time at which it falls away if the owner stays idle."""
        return self.active_at + timeout(running)


def timeout(running: Configuration) -> int:
    """Return the idle seconds after which a lock falls away (configuration-occupied timeout)."""
    line = running.first("cm.lock-timeout")
    return int(line.params["seconds"]) if line else DEFAULT_TIMEOUT


def reserved_for(running: Configuration) -> str:
    """Return the only user who may commit, or nothing (configuration exclusive by-user-name)."""
    line = running.first("cm.exclusive-user")
    return line.params["user-name"] if line else ""
