"""A fleet of any size is handed out a few pairs at a time: a server refuses a run that hands out too many."""

from __future__ import annotations

import asyncio

from runbooks.workers.handing import AT_ONCE, for_each


def test_no_more_are_handed_out_at_a_time_than_a_server_bears() -> None:
    at_work, most = 0, 0

    async def work(number: int) -> int:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0)
        at_work -= 1
        return -number

    numbers = range(3 * AT_ONCE + 1)
    assert asyncio.run(for_each(work, numbers)) == [-number for number in numbers]
    assert most == AT_ONCE
