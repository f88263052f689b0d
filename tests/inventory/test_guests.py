"""What other packages bring is looked for once, however many threads ask for it at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import EntryPoint
from threading import Event

import pytest

from inventory import guests

GROUP = "hotpair.tests.guests"


def test_threads_that_ask_together_wait_for_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    never = Event()

    def looking(*, group: str) -> tuple[EntryPoint, ...]:
        asked.append(group)
        never.wait(0.2)  # as long as a look at a large environment; nothing is judged by it
        return (EntryPoint("b", "json:dumps", group), EntryPoint("a", "json:loads", group))

    monkeypatch.setattr(guests, "entry_points", looking)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(guests.guests_by_name, [GROUP] * 8))
    assert asked == [GROUP]
    assert [list(one) for one in found] == [["a", "b"]] * 8
