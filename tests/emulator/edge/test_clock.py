"""Real, scaled and jumping time."""

from __future__ import annotations

import pytest

from emulator.edge.clock import ServedClock


@pytest.mark.parametrize(("scale", "passed"), [(1.0, 4.0), (60.0, 240.0), (0.5, 2.0)])
def test_virtual_time_is_scaled_real_time(scale: float, passed: float) -> None:
    real = iter([100.0, 104.0])
    assert ServedClock(scale, lambda: next(real)).now() == passed


def test_jump_adds_to_all_later_times() -> None:
    clock = ServedClock(2.0, lambda: 7.0)
    assert clock.jump(3600) == 3600
    assert clock.now() == 3600
    assert clock.real_seconds_until(3610) == 5
    assert clock.real_seconds_until(10) == 0
