"""Packet counters that cost nothing while time passes."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Counter:
    """Packets that come at a steady pace, counted when somebody looks.

    Args:
        base: packets up to `since`.
        since: when the present pace began.
        period: seconds between two packets; None while none come.
    """

    base: int = 0
    since: float = 0.0
    period: float | None = None

    def count(self, now: float) -> int:
        """Return the packets up to now; the first of a run comes at its beginning."""
        if self.period is None:
            return self.base
        return self.base + int((now - self.since) / self.period + 1e-9) + 1

    def running(self, now: float, period: float | None) -> Counter:
        """Return the counter that goes on at another pace from now."""
        return self if period == self.period else Counter(self.count(now), now, period)

    def cleared(self, now: float) -> Counter:
        """Return the counter that starts at zero now, at the same pace."""
        return replace(self, base=0 if self.period is None else -1, since=now)


NO_PACKETS = Counter()
"""Where every counter begins."""
