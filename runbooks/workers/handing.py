"""How a workflow hands work to workers: once or again, and how long nobody may be heard of."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, TimeoutType
from temporalio.exceptions import TimeoutError as TimedOut

with workflow.unsafe.imports_passed_through():
    from runbooks.workers.values import COMMON, Ended, Fault, Place

T = TypeVar("T")
P = TypeVar("P")
AT_ONCE = 200
"""Pairs of a run that are handed out at a time; how many are worked on is for the workers to say.

A server bears 2,000, and takes none of them where one too many is handed out.
"""
HEARD = timedelta(seconds=20)
"""A worker of which nothing is heard for so long counts as dead."""
TAKEN = timedelta(minutes=30)
"""How long a pair waits for a worker of its site."""
LOOK, CHANGE = timedelta(minutes=10), timedelta(hours=4)
"""How long a look at a pair, and a change of one, may take at most."""
_ONCE, _AGAIN, _OFTEN = (RetryPolicy(maximum_attempts=count) for count in (1, 3, 10))


async def for_each(work: Callable[[P], Awaitable[T]], things: Sequence[P]) -> list[T]:
    """Do something for each, `AT_ONCE` at a time; give what came of it in their order."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(thing: P) -> T:
        async with free:
            return await work(thing)

    return await asyncio.gather(*map(one, things))


async def read_near(place: Place, name: str, result: type[T], *words: Any) -> T:
    """Have something read by a worker of the pair's site; it changes nothing and may be tried again.

    Raises:
        ActivityError: no worker took it, or each that did was lost.
    """
    return await _handed(place.queue, name, result, words, length=LOOK, tries=_AGAIN)


async def look_near(place: Place, *, config: bool = False) -> Ended:
    """Have one pair looked at by a worker of its site, and kept in the archive; give what it found.

    Args:
        place: the pair.
        config: its configurations alone are looked at.
    """
    try:
        return await read_near(place, "check_pair", Ended, place.pair, config)
    except ActivityError as error:
        said = f"not looked at: {why(error, place)}"
        return Ended(place.pair, Fault.UNKNOWN, said, next_command=f"hotpair worker --queue {place.queue}")


async def change_near(place: Place, name: str, result: type[T], *words: Any) -> T:
    """Have something changed by a worker of the pair's site, once and never again.

    Raises:
        ActivityError: no worker took it, or the one that did was lost.
    """
    return await _handed(place.queue, name, result, words, length=CHANGE, tries=_ONCE)


async def housekeeping(name: str, result: type[T], *words: Any) -> T:
    """Have any worker do what needs no router.

    Raises:
        ActivityError: it fails again and again, or a file is wrong.
    """
    return await _handed(COMMON, name, result, words, length=timedelta(minutes=2), tries=_OFTEN, heard=None)


async def _handed(
    queue: str,
    name: str,
    result: type[T],
    words: tuple[Any, ...],
    *,
    length: timedelta,
    tries: RetryPolicy,
    heard: timedelta | None = HEARD,
) -> T:
    done: T = await workflow.execute_activity(
        name,
        args=words,
        task_queue=queue,
        result_type=result,
        heartbeat_timeout=heard,
        start_to_close_timeout=length,
        schedule_to_start_timeout=TAKEN,
        retry_policy=tries,
    )
    return done


def never_taken(error: ActivityError) -> bool:
    """Tell whether no worker ever took it."""
    cause = error.cause
    return isinstance(cause, TimedOut) and cause.type is TimeoutType.SCHEDULE_TO_START


def why(error: ActivityError, place: Place) -> str:
    """Say why no worker gave an answer."""
    if never_taken(error):
        return f"no worker of the queue {place.queue} took it within {TAKEN}"
    return f"the worker was lost ({error.cause or error})"
