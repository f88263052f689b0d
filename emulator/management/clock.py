"""The device's clock: an epoch and the seconds since, as displays print them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2026, 1, 5, 8, 0, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Turns seconds on the virtual clock into the device's dates.

    Args:
        epoch: the date of second 0, with its time zone.
    """

    epoch: datetime = EPOCH

    def at(self, now: float) -> datetime:
        """Give the date of a moment."""
        return self.epoch + timedelta(seconds=now)

    def stamp(self, now: float) -> str:
        """Give a date as `2026-01-05 08:00:00+00:00`."""
        return self.at(now).isoformat(sep=" ", timespec="seconds")

    def plain(self, now: float) -> str:
        """Give a date without time zone, as `2026-01-05 08:00:00`."""
        return f"{self.at(now):%Y-%m-%d %H:%M:%S}"

    def fine(self, now: float) -> str:
        """Give a date with milliseconds, as a timestamp line has it."""
        return f"{self.at(now):%Y-%m-%d %H:%M:%S.%f}"[:-3]
