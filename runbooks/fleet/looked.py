"""What one router said in a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from inventory.errors import HotpairError
from tasks.checks.model import Observation


@dataclass(frozen=True, slots=True)
class Looked:
    """What one router said.

    Args:
        member: device name.
        seen: its answers; none where it gave no session or ended it.
        error: why it gave none.
    """

    member: str
    seen: tuple[Observation, ...] = ()
    error: HotpairError | None = None


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how a look at many routers goes, on the threads that work.

    Args:
        end: told each router that is done.
        begin: told the name of each that is dialled now.
    """

    end: Callable[[Looked], None]
    begin: Callable[[str], None]
