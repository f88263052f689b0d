"""Moments: cron lines on the clock of their zone, once where it changes; intervals that all share."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from runbooks.watch.schedule import Timing


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def first(timing: Timing, after: str, count: int) -> list[str]:
    return [f"{one:%m-%d %H:%M}" for one in islice(timing.after(moment(after)), count)]


@pytest.mark.parametrize(
    ("cron", "zone", "after", "moments"),
    [
        ("30 2 * * *", "Europe/Berlin", "2026-10-24 12:00", ["10-25 00:30", "10-26 01:30"]),  # shown twice
        ("30 2 * * *", "Europe/Berlin", "2026-03-28 12:00", ["03-29 01:00", "03-30 00:30"]),  # skipped
        ("*/30 * * * *", "Europe/Berlin", "2026-10-25 00:10", ["10-25 00:30", "10-25 01:00", "10-25 01:30"]),
        ("0 4 * * 1", "UTC", "2026-11-28 07:00", ["11-30 04:00"]),
        ("0 4 * * *", "Asia/Kathmandu", "2026-11-28 00:00", ["11-28 22:15"]),
    ],
)
def test_a_cron_line_is_read_on_the_clock_of_its_zone(
    cron: str, zone: str, after: str, moments: list[str]
) -> None:
    assert first(Timing(cron=cron, time_zone=zone), after, len(moments)) == moments


def test_an_interval_means_the_same_moments_to_all() -> None:
    timing = Timing(every="15 min")
    assert first(timing, "2026-11-28 07:07", 2) == ["11-28 07:15", "11-28 07:30"]
    assert first(timing, "2026-11-28 07:15", 1) == ["11-28 07:30"]
    zoned = moment("2026-11-28 07:07").astimezone(ZoneInfo("Asia/Kathmandu"))
    assert next(timing.after(zoned)) == moment("2026-11-28 07:15")


def test_moments_between_two_are_those_after_the_first_up_to_the_second() -> None:
    timing = Timing(every="1 h")
    found = timing.between(moment("2026-11-28 07:00"), moment("2026-11-28 09:00"))
    assert [f"{one:%H:%M}" for one in found] == ["08:00", "09:00"]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"cron": "0 4 * * *", "every": "1 h"},
        {"cron": "0 4 * *"},
        {"cron": "0 0 4 * * *"},
        {"cron": "@daily"},
        {"cron": "0 4 1 * 1"},
        {"cron": "0 25 * * *"},
        {"cron": "0 0 30 2 *"},
        {"every": "0 min"},
        {"every": "15"},
        {"every": "1 h", "time_zone": "Europe/Bonn"},
    ],
)
def test_what_is_no_schedule_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Timing.model_validate(values)
