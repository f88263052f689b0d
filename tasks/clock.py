"""The time, given from outside: hours pass in a test or on a twin without anybody waiting."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def now_utc() -> datetime:
    """Return the moment, with its time zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Whose time our own waiting goes by.

    Args:
        seconds: gives seconds that only grow.
        sleep: lets seconds pass.
        now: gives the moment, with a time zone.
    """

    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = now_utc


REAL = Clock()
"""The time of this host."""
