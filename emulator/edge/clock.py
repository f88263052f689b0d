"""The clock of a served emulator: real time, or a multiple of it, with jumps on demand."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class ServedClock:
    """Virtual seconds since the start, made from a real clock.

    Args:
        scale: virtual seconds that pass in one real second.
        real: the real clock, in seconds; monotonic.
    """

    scale: float = 1.0
    real: Callable[[], float] = time.monotonic
    _start: float = field(init=False)
    _jumped: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        """Start counting."""
        self._start = self.real()

    def now(self) -> float:
        """Return the virtual time in seconds."""
        return (self.real() - self._start) * self.scale + self._jumped

    def jump(self, seconds: float) -> float:
        """Let `seconds` of virtual time pass at once; give the new time."""
        self._jumped += seconds
        return self.now()

    def real_seconds_until(self, moment: float) -> float:
        """Return the real seconds until a virtual moment, never less than zero."""
        return max(0.0, (moment - self.now()) / self.scale)
