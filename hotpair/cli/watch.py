"""`hotpair watch`: keep checking, by a schedule of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.fleet import HERE, DriverOption, InventoryOption, PolicyOption, policy_file
from hotpair.cli.output import Format, FormatOption, err, show_error, show_rows, write_json
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.reports import exit_code
from hotpair.exit_codes import ExitCode
from runbooks import interrupts

if TYPE_CHECKING:
    from runbooks.watch.loop import Watcher
    from runbooks.watch.settings import Watching

_GLANCE_S, _LEAVE_S = 1.0, 5.0
"""Seconds between two looks for a signal, and from one until the process ends whatever is at work."""


def watch(
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    policy: PolicyOption = None,
    archive: ArchiveOption = None,
    config: Annotated[
        Path | None,
        typer.Option(help="File of the watcher; `watch.yaml` in the inventory without it."),
    ] = None,
    coming: Annotated[
        int | None, typer.Option("--next", min=1, max=1000, help="List so many coming moments, and end.")
    ] = None,
    *,
    once: Annotated[
        bool, typer.Option("--once", help="Look at the groups that are due, deliver alerts, and end.")
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Keep checking the groups of `watch.yaml` at their moments, and tell who asked to be told.

    Runs in the foreground, a line an event. Of several watchers on one archive one works and the others stand
    by. SIGTERM and Ctrl-C end it, SIGHUP reads all files anew. With --once, for cron, it ends as `check`
    does: 0 all well, 1 findings, 3 could not tell; and with 4 where another watcher is at work.

    Examples:
      hotpair watch
      hotpair watch --next 10
      hotpair watch --once
    """
    from runbooks.archive.opening import open_archive
    from runbooks.watch.inputs import Places, read_inputs
    from runbooks.watch.lease import LeaseKeeper, this_holder
    from runbooks.watch.loop import Watcher
    from runbooks.watch.settings import FILE, load_watching

    file = config or inventory / FILE
    if coming is not None:
        return _show_coming(load_watching(file), coming, fmt)
    places = Places(inventory, file, policy_file(inventory, policy), driver.value if driver else None)
    inputs = read_inputs(places)
    for error in inputs.pairs.broken.values():
        show_error(error)
    with (
        open_archive(place_of(archive, inventory)) as opened,
        LeaseKeeper(opened, this_holder()) as keeper,
    ):
        watcher = Watcher(places, inputs, opened, keeper, say=_say)
        return _once(watcher) if once else _watch(watcher)


def _say(text: str) -> None:
    """Write an event; where nobody reads any more the watcher goes on."""
    err.print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {text}", markup=False)


def _once(watcher: Watcher) -> int:
    """Look at what is due; give the exit code of the worst pair, young failures left out."""
    from runbooks.grace import spared

    if not watcher.leading():
        return ExitCode.REFUSED
    runs = watcher.once()
    young = spared(watcher.archive, runs, watcher.inputs.policy)
    for name, until in young.items():
        _say(f"{name}: its failures count from {until:%Y-%m-%d %H:%M} UTC on")
    codes = {exit_code(run) for run in runs if run.pair not in young}
    if watcher.inputs.pairs.broken:
        codes.add(ExitCode.USAGE)
    order = (ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.UNKNOWN)
    return next((code for code in order if code in codes), ExitCode.DONE)


def _watch(watcher: Watcher) -> int:
    """Watch until a signal comes."""
    from runbooks.watch.post import delivering
    from runbooks.watch.serving import serving

    with _leaving(watcher), _reloading(watcher), serving(watcher), delivering(watcher):
        try:
            watcher.watch()
        except KeyboardInterrupt:
            _say("stopped")
    return ExitCode.DONE


@contextmanager
def _leaving(watcher: Watcher) -> Iterator[None]:
    """End the process some seconds after a signal, though a router that hangs holds up the look.

    Nothing is lost by that: routers are only read, and what is kept is kept whole.
    """
    from parsers.ttp_templates import forget_cache

    ended = Event()

    def leave() -> None:
        while not interrupts.came():
            if ended.wait(_GLANCE_S):
                return
        if not ended.wait(_LEAVE_S):
            watcher.keeper.give_up()
            _say("stopped; the look at work is not kept")
            forget_cache()
            os._exit(ExitCode.DONE)

    Thread(target=leave, name="leave", daemon=True).start()
    try:
        yield
    finally:
        ended.set()


@contextmanager
def _reloading(watcher: Watcher) -> Iterator[None]:
    """Take SIGHUP as a wish to read anew, unless it is ignored."""
    before = signal.getsignal(signal.SIGHUP)

    def reload(_number: int, _frame: object) -> None:
        watcher.reload = True
        watcher.wake.put(None)

    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, reload)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


def _show_coming(settings: Watching, count: int, fmt: Format) -> int:
    """List the coming moments."""
    rows = settings.coming(datetime.now(UTC), count)
    if fmt is Format.JSON:
        write_json({"moments": [{"at": at.isoformat(), "group": group.name} for at, group in rows]})
    else:
        show_rows(
            ("UTC", "group", "schedule"),
            [(f"{at:%Y-%m-%d %H:%M:%S}", group.name, str(group)) for at, group in rows],
        )
    return ExitCode.DONE
