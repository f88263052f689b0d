"""A worker: takes pairs from the queues of its sites, and leaves none half done when it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker

from inventory.errors import IntentError
from inventory.explain import nearest
from inventory.logins import Logins
from runbooks.archive.opening import open_archive
from runbooks.inventory_pairs import pairs_in
from runbooks.site import open_inventory
from runbooks.workers.activities import Activities
from runbooks.workers.deploying import DeployFleet
from runbooks.workers.groups import Groups
from runbooks.workers.looking import CheckFleet
from runbooks.workers.quiet import tell_of_server
from runbooks.workers.schedules import Renewal
from runbooks.workers.signals import heard
from runbooks.workers.station import WorkerContext
from runbooks.workers.turns import take_turn
from runbooks.workers.values import COMMON, queue_of
from tasks.limits import shared

_PATIENCE = timedelta(hours=4)
"""How long a worker that is stopped waits for what it has at work."""


def require_station(station: WorkerContext, queues: Sequence[str], say: Callable[[str], None]) -> None:
    """Refuse to begin where pairs could not be worked on, and make the tables of a new archive.

    Raises:
        IntentError: no pair of the inventory would ever come from one of the queues, or a file is wrong.
        ArchiveError: the archive cannot be used.
    """
    station.rules()
    pairs = pairs_in(open_inventory(station.inventory, station.driver))
    for error in pairs.broken.values():
        say(str(error))
    known = sorted({COMMON, *(queue_of(pair.site) for pair in pairs.good.values())})
    for queue in queues:
        if queue not in known:
            raise IntentError(
                f"no pair of the inventory comes from the queue {queue}{nearest(queue, known)}",
                wanted=", ".join(known),
                found=queue,
            )
    with open_archive(station.archive):
        pass


async def work(
    client: Client, station: WorkerContext, queues: Sequence[str], slots: int, say: Callable[[str], None]
) -> None:
    """Work until a signal comes, and then until what was at work has ended.

    Args:
        client: of the server.
        station: where this worker stands.
        queues: those that it serves, beside the common one.
        slots: pairs at a time, of each queue.
        say: told each event, a line each.
    """
    served = tuple(dict.fromkeys((COMMON, *queues)))
    activities, groups = Activities(station, say), Groups(station, say)
    own: list[Callable[..., Any]] = [
        activities.check_pair,
        activities.plan_pair,
        activities.deploy_pair,
        activities.adopt_pair,
    ]
    common: list[Callable[..., Any]] = [
        activities.choose,
        groups.begin_look,
        groups.end_look,
        Renewal(client, station).renew,
    ]

    def book(group: str, logins: Logins) -> float:
        with open_archive(station.archive) as archive:
            return take_turn(archive, group, logins, datetime.now(UTC))

    with (
        shared(book),
        ThreadPoolExecutor(slots * len(served), thread_name_prefix="pair") as pool,
        heard() as stop,
    ):
        async with AsyncExitStack() as stack:
            for queue in served:
                worker = Worker(
                    client,
                    task_queue=queue,
                    workflows=[CheckFleet, DeployFleet] if queue == COMMON else [],
                    activities=[*own, *common] if queue == COMMON else own,
                    activity_executor=pool,
                    max_concurrent_activities=slots,
                    graceful_shutdown_timeout=_PATIENCE,
                )
                await stack.enter_async_context(worker)
            say(f"working for {', '.join(served)}")
            told = asyncio.create_task(tell_of_server(client, say))
            await stop.wait()
            told.cancel()
            say("stopping: what is at work comes to its end")
    say("stopped")
