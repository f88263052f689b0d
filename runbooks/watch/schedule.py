"""When a group is looked at: a cron line on the clock of its time zone, or an interval.

Cron lines mean what Debian's cron makes of them: where a clock is put forward a moment that it skips is made
up for, where it is put back a moment that it shows twice is kept once. An interval counts from 1970 in UTC,
so that two watchers mean the same moments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError
from pydantic import BaseModel, ConfigDict, model_validator

from tasks.checks.freeze import zone_name

_FIELDS = 5
_EVERY = re.compile(r"(?P<count>[1-9]\d{0,4}) ?(?P<unit>s|min|h|d)")
_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST = 10_000
"""Missed moments that are counted at most."""


class Timing(BaseModel):
    """When something is done.

    Args:
        cron: five fields; day of month and day of week not both.
        every: an interval, e.g. `15 min`; units s, min, h, d.
        time_zone: on whose clock the cron line is read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cron: str | None = None
    every: str | None = None
    time_zone: str = "UTC"

    @model_validator(mode="after")
    def _sound(self) -> Timing:
        zone_name(self.time_zone)
        if (self.cron is None) == (self.every is None):
            raise ValueError("wanted either cron or every")
        if self.every is not None and not _EVERY.fullmatch(self.every):
            raise ValueError(f"wanted an interval such as 15 min, found {self.every!r}")
        if self.cron is not None:
            _require_cron(self.cron)
        return self

    def after(self, moment: datetime) -> Iterator[datetime]:
        """Yield the moments after one, in UTC.

        Args:
            moment: with a time zone.
        """
        if self.cron is not None:
            lines = CronSim(self.cron, moment.astimezone(ZoneInfo(self.time_zone)))
            yield from (one.astimezone(UTC) for one in lines)
        length = self.interval
        at = _EPOCH + ((moment - _EPOCH) // length) * length
        while True:
            at += length
            yield at

    def between(self, after: datetime, until: datetime) -> tuple[datetime, ...]:
        """Return the moments after one and not after another, `MOST` of them at most."""
        found = []
        for at in islice(self.after(after), MOST):
            if at > until:
                break
            found.append(at)
        return tuple(found)

    @property
    def interval(self) -> timedelta:
        """How long it is from one moment to the next, where that is always the same."""
        read = _EVERY.fullmatch(self.every or "")
        assert read is not None  # noqa: S101 - the validator has looked
        return timedelta(seconds=int(read["count"]) * _UNITS[read["unit"]])

    def __str__(self) -> str:
        """Show as `*/15 * * * * Europe/Amsterdam` or `every 15 min`."""
        return f"every {self.every}" if self.cron is None else f"{self.cron} {self.time_zone}"


def _require_cron(line: str) -> None:
    fields = line.split()
    if len(fields) != _FIELDS:
        raise ValueError(f"a cron line has five fields, found {len(fields)} in {line!r}")
    if not fields[2].startswith("*") and not fields[4].startswith("*"):
        raise ValueError(
            f"day of month and day of week together mean different things to different programs: {line!r}"
        )
    try:
        next(CronSim(line, datetime(2026, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        raise ValueError(f"no cron line: {line!r} ({error})") from None
    except StopIteration:
        raise ValueError(f"a cron line that never comes: {line!r}") from None
