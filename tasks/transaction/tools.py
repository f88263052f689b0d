"""What a transaction needs of the world, given from outside: somebody to tell, and the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import sleep as really_sleep

from tasks.clock import now_utc
from tasks.transaction.journal import Now
from tasks.transaction.model import Notify, Progress


def silent(_progress: Progress) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a transaction needs of the world.

    Args:
        notify: told each step.
        sleep: waits some seconds.
        now: gives the moment.
    """

    notify: Notify = silent
    sleep: Callable[[float], None] = really_sleep
    now: Now = now_utc


DEFAULT = Tools()
