"""Signs of life of a worker: to Temporal for each activity, and in the archive for a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from pathlib import Path
from threading import Event, Thread

from temporalio import activity

from inventory.errors import ArchiveError
from runbooks.archive.opening import open_archive
from runbooks.workers.station import HELD_S, hold, let_go

_BEAT_S = 4.0


@contextmanager
def heard_of() -> Iterator[None]:
    """Tell Temporal that the activity is at work, for as long as the block lasts."""
    with _again_and_again(activity.heartbeat, _BEAT_S):
        yield


@contextmanager
def holding(place: Path | str, transaction: str, holder: str) -> Iterator[None]:
    """Say in the archive that somebody is at work on a transaction, for as long as the block lasts.

    Temporal takes a worker for dead that it does not hear of, also when it was away itself. So that nobody
    adopts what is in good hands, the archive is asked too. What it cannot be told now, it is told next time.

    Args:
        place: file or URL of the archive.
        transaction: its id.
        holder: name of this piece of work, as no other is named.
    """

    def renew() -> None:
        with suppress(ArchiveError), open_archive(place) as archive:
            hold(archive, transaction, holder)

    try:
        with _again_and_again(renew, HELD_S / 4):
            yield
    finally:
        with suppress(ArchiveError), open_archive(place) as archive:
            let_go(archive, transaction, holder)


@contextmanager
def _again_and_again(act: Callable[[], object], every_s: float) -> Iterator[None]:
    ended = Event()

    def beat() -> None:
        while True:
            act()
            if ended.wait(every_s):
                return

    thread = Thread(target=copy_context().run, args=(beat,), name="beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(every_s)
