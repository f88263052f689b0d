"""A member that is lost at the worst moment: the other one keeps the change, and nobody can tell this one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.transaction.machine import Event
from tests.integration.lab import Lab

_LATE_S = 300
_LOOK_S = 0.02


@contextmanager
def lost_at_the_decision(lab: Lab, journals: Path, a: str, b: str) -> Iterator[None]:
    """Take b off the network once it was decided to keep the change of the block, before anybody tells b.

    Args:
        lab: the routers.
        journals: where the transaction of the block has its journal.
        a: that answers late when it is to keep the change, which gives the time to do it.
        b: that is lost.
    """
    known = set(journals.glob("hp-*.jsonl"))
    lab.order(fault="slow-output", device=a, seconds=_LATE_S, command="^commit persist")
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK_S):
            if any(map(_decided, set(journals.glob("hp-*.jsonl")) - known)):
                lab.order(fault="power-off", device=b)
                lab.order(advance=_LATE_S)
                return

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def _decided(journal: Path) -> bool:
    lines = journal.read_text(encoding="utf-8").splitlines()
    return any(f'"{Event.DECIDE.value}"' in line and json.loads(line) for line in lines)
