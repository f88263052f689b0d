"""Alerts go out beside the looks: a mail server that is slow or away holds nothing up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from inventory.errors import ArchiveError
from runbooks.watch.loop import Watcher

_ROUND_S = 2.0


@contextmanager
def delivering(watcher: Watcher, round_s: float = _ROUND_S) -> Iterator[None]:
    """Deliver alerts for as long as the block lasts and the watcher holds its lease.

    Args:
        watcher: whose alerts.
        round_s: seconds between two looks at the queue.
    """
    ended = Event()
    thread = Thread(target=_post, args=(watcher, ended, round_s), name="post", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(round_s)  # one that is stuck in a delivery ends with the process; it is made again


def _post(watcher: Watcher, ended: Event, round_s: float) -> None:
    while not ended.wait(round_s):
        if watcher.keeper.mine():
            _round(watcher.post, watcher.say)


def _round(post: Callable[[datetime], None], say: Callable[[str], None]) -> None:
    try:
        post(datetime.now(UTC))
    except ArchiveError as error:
        say(f"alerts wait: {error}")
