"""What a twin may show otherwise, and what it must show alike."""

from __future__ import annotations

import pytest

from runbooks.rehearse.agreement import is_past


@pytest.mark.parametrize(
    "name",
    [
        "operate_status",
        "operate",
        "state",
        "profile",
        "online",
        "timers",
        "preempt_delay_s",
        "revert_delay_s",
        "hello_interval_s",
        "fail_time_100ms",
        "max_response_time",
        "dead_timer_s",
        "virtual_ip",
    ],
)
def test_what_somebody_set_or_what_follows_from_it_is_compared(name: str) -> None:
    assert not is_past(name)


@pytest.mark.parametrize(
    "name",
    [
        "last_up_time",
        "up_time",
        "uptime",
        "create_time",
        "since_down",
        "down_count",
        "received",
        "system_id",
        "mac",
        "commit_id",
        "lease_s",
        "group_timer",
        "tx_timer_id",
        "slot",
    ],
)
def test_what_runs_by_itself_or_is_another_box_is_not(name: str) -> None:
    assert is_past(name)
