"""The device's clock: an epoch and the seconds since, as displays print them; it may run apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2026, 1, 5, 8, 0, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Turns seconds on the virtual clock into the device's dates.

    Args:
        epoch: the date of second 0, with its time zone.
        since: moment from which it runs as it does now.
        shown: what it showed at that moment, in seconds after the epoch.
        rate: its seconds in one of the world's.
        earlier: how it ran before; nothing when it always ran so.
    """

    epoch: datetime = EPOCH
    since: float = 0.0
    shown: float = 0.0
    rate: float = 1.0
    earlier: Clock | None = None

    def at(self, now: float) -> datetime:
        """Return the date of a moment."""
        return self.epoch + timedelta(seconds=self._reading(now))

    def _reading(self, now: float) -> float:
        clock = self
        while clock.earlier is not None and now < clock.since:
            clock = clock.earlier
        return clock.shown + (now - clock.since) * clock.rate

    def apart(self, now: float, seconds: float, rate: float) -> Clock:
        """Return the clock that jumps by so many seconds at a moment and then runs at another rate."""
        return Clock(self.epoch, now, self._reading(now) + seconds, rate, self)

    def after(self, now: float, seconds: float) -> float:
        """Return the moment at which so many seconds have passed on this clock."""
        return now + seconds / self.rate

    def until(self, now: float, moment: float) -> float:
        """Return the seconds that pass on this clock until a moment."""
        return (moment - now) * self.rate

    def stamp(self, now: float) -> str:
        """Return a date as `2026-01-05 08:00:00+00:00`."""
        return self.at(now).isoformat(sep=" ", timespec="seconds")

    def plain(self, now: float) -> str:
        """Return a date without time zone, as `2026-01-05 08:00:00`."""
        return f"{self.at(now):%Y-%m-%d %H:%M:%S}"

    def fine(self, now: float, *, zoned: bool = False) -> str:
        """Return a date with milliseconds, as a timestamp line has it; zoned: its zone behind a blank."""
        moment = self.at(now)
        zone = f" {moment:%z}"
        return f"{moment:%Y-%m-%d %H:%M:%S.%f}"[:-3] + (f"{zone[:4]}:{zone[4:6]}" if zoned else "")

    def logged(self, now: float) -> str:
        """Return a date as a line of the log has it, `Jan  5 2026 08:00:00+00:00`."""
        moment = self.at(now)
        zone = f"{moment:%z}"
        return f"{moment:%b} {moment.day:2} {moment:%Y %H:%M:%S}{zone[:3]}:{zone[3:5]}"
