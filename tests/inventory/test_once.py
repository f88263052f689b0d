"""What is remembered is worked out once, whoever asks meanwhile."""

from __future__ import annotations

from threading import Thread

import pytest

from inventory.once import Once

AT_ONCE_S = 0.1
"""More than who need not wait takes."""


def test_who_asks_while_it_is_worked_out_waits_for_it() -> None:
    asked: list[str] = []
    others: list[Thread] = []

    @Once
    def twice(key: str) -> str:
        asked.append(key)
        if not others:
            others.append(Thread(target=twice, args=(key,)))
            others[0].start()
            others[0].join(AT_ONCE_S)
        return key * 2

    assert twice("a") == "aa"
    others[0].join()
    assert asked == ["a"]
    assert (twice("a"), twice("b")) == ("aa", "bb")
    assert asked == ["a", "b"]


def test_what_failed_is_tried_again() -> None:
    tries: list[int] = []

    @Once
    def third(number: int) -> int:
        tries.append(number)
        if len(tries) == 1:
            raise OSError("away")
        return number * 3

    with pytest.raises(OSError, match="away"):
        third(1)
    assert third(1) == 3
