"""How old what is archived is: nothing is told as new because a clock is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from runbooks.report.over_time import age, ago

NOW = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "old", "told"),
    [
        (0, "0 s", "0 s ago"),
        (59, "59 s", "59 s ago"),
        (7200, "2 h", "2 h ago"),
        (-59, "0 s", "0 s ago"),  # clocks of two hosts
        (-60, "1 min ahead", "1 min ahead"),
        (-2 * 86_400, "2 d ahead", "2 d ahead"),
    ],
)
def test_a_time_that_is_still_to_come_is_told_as_such(seconds: int, old: str, told: str) -> None:
    then = NOW - timedelta(seconds=seconds)
    assert (age(then, NOW), ago(then, NOW)) == (old, told)
