"""`hotpair worker`: work on pairs near their routers, as the fleet's Temporal server hands them out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.fleet import HERE, JOURNALS, DriverOption, InventoryOption, PolicyOption, policy_file
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.temporal import ConfigOption, NamespaceOption, ServerOption, server_of
from hotpair.cli.temporal_view import say

if TYPE_CHECKING:
    from runbooks.workers.station import WorkerContext


def worker(
    queue: Annotated[
        list[str] | None,
        typer.Option("--queue", help="Queue of a site, e.g. site-ber; may be repeated."),
    ] = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    policy: PolicyOption = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=500, help="Pairs at a time, of each queue.")
    ] = 20,
    server: ServerOption = "",
    namespace: NamespaceOption = "",
) -> None:
    """Work on pairs near their routers, as the fleet's Temporal server hands them out.

    A pair whose file says `site: BER` is handed to the workers of the queue `site-ber`, one without a site to
    any worker. All workers of a fleet share one archive: name its database with --archive. SIGTERM and Ctrl-C
    end it once what is at work has come to its end.

    Examples:
      hotpair worker --queue site-ber --archive secret:archive-url
    """
    import asyncio

    from runbooks.workers.connecting import connected
    from runbooks.workers.serving import require_station, work
    from runbooks.workers.station import this_worker

    station = _station(inventory, driver.value if driver else None, policy, archive, config)
    require_station(station, queue or (), say)

    async def serve() -> None:
        client = await connected(server_of(server, namespace), this_worker())
        await work(client, station, queue or (), workers, say)

    asyncio.run(serve())


def _station(
    inventory: Path, driver: str | None, policy: Path | None, archive: str | None, config: Path | None
) -> WorkerContext:
    from runbooks.watch.settings import FILE
    from runbooks.workers.station import WorkerContext

    return WorkerContext(
        inventory,
        place_of(archive, inventory),
        inventory / JOURNALS,
        config or inventory / FILE,
        policy_file(inventory, policy),
        driver,
    )
