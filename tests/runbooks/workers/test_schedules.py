"""The server is given the moments that the watcher would choose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from runbooks.watch.settings import Group
from runbooks.workers.schedules import AHEAD, schedule_of, spec_of

NOW = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)


def test_an_interval_and_a_line_on_the_clock_of_utc_are_left_to_the_server() -> None:
    assert spec_of(Group(name="g", every="15 min"), NOW).intervals[0].every == timedelta(minutes=15)
    assert spec_of(Group(name="g", cron="30 2 * * *"), NOW).cron_expressions == ["30 2 * * *"]


def test_in_the_night_when_clocks_go_back_no_moment_of_a_zone_is_lost() -> None:
    group = Group(name="g", cron="*/15 * * * *", time_zone="Europe/Berlin")
    calendars = spec_of(group, NOW).calendars
    assert len(calendars) == AHEAD
    given = []
    for at in calendars:
        year, month, day, hour, minute = (
            field[0].start for field in (at.year, at.month, at.day_of_month, at.hour, at.minute)
        )
        given.append(datetime(year, month, day, hour, minute, tzinfo=UTC))
    assert given == list(dict.fromkeys(given))
    assert tuple(given) == group.between(NOW, given[-1])
    night = [at for at in given if datetime(2026, 10, 25, 0, 0, tzinfo=UTC) <= at]
    assert all(later - at == timedelta(minutes=15) for at, later in pairwise(night))


def test_no_look_begins_while_another_one_of_its_group_is_at_work() -> None:
    made = schedule_of(Group(name="g", every="1 h"), NOW)
    assert made.policy.overlap.name == "SKIP"
