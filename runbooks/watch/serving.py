"""Figures are served by the watcher that works: one that stands by on the same host leaves it the port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from inventory.errors import HotpairError
from runbooks.watch.loop import Watcher

_ROUND_S = 2.0


@contextmanager
def serving(watcher: Watcher, round_s: float = _ROUND_S) -> Iterator[None]:
    """Serve `/metrics` for as long as the block lasts, the watcher holds its lease and its file asks for it.

    Args:
        watcher: whose figures, and whose file says where; each time it is read.
        round_s: seconds between two looks at lease and file.

    Raises:
        IntentError: nobody could listen there, or the package that it takes is not installed.
    """
    listen = watcher.inputs.settings.metrics.listen
    if listen is not None:
        from runbooks.watch.figures import refuse_address

        refuse_address(listen)
    ended = Event()
    thread = Thread(target=_serve, args=(watcher, ended, round_s), name="metrics", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _serve(watcher: Watcher, ended: Event, round_s: float) -> None:
    trouble = ""
    while not ended.is_set():
        listen = _wanted(watcher)
        try:
            if listen is not None:
                _serve_at(listen, watcher, ended, round_s)
            trouble = ""
        except HotpairError as error:
            if str(error) != trouble:
                watcher.say(str(error))
            trouble = str(error)
        ended.wait(round_s)


def _wanted(watcher: Watcher) -> str | None:
    """Return where to listen now; nowhere for one that stands by."""
    return watcher.inputs.settings.metrics.listen if watcher.keeper.mine() else None


def _serve_at(listen: str, watcher: Watcher, ended: Event, round_s: float) -> None:
    from runbooks.watch.figures import served

    with served(watcher.archive, listen) as port:
        watcher.say(f"metrics on port {port}")
        while _wanted(watcher) == listen and not ended.wait(round_s):
            pass
