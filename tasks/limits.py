"""Not too many logins at once: a group of the inventory, a site or an AAA realm, may bound them.

    # groups.yaml
    ber:
      data:
        logins: {per_second: 5, burst: 10}

The first login of each piece of work on a host of the group takes a token, whoever makes it in this process,
or in any that shares its book (`shared`); without one it waits. A host in several such groups waits for each
of them. A session that is opened anew in the midst of a transaction waits for nobody: its time is that of a
trial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING

from pydantic import ValidationError

from inventory.errors import IntentError
from inventory.logins import KEY, Logins
from inventory.shown import shown

if TYPE_CHECKING:
    from nornir.core.inventory import Group, Host


def booked(next_s: float, now_s: float, logins: Logins) -> tuple[float, float]:
    """Take the next token; give the seconds to wait before it counts, and the moment of the one after it.

    Args:
        next_s: moment of the next token, in seconds of some clock.
        now_s: this moment by the same clock.
        logins: how many.
    """
    gap = 1 / logins.per_second
    at = max(next_s, now_s)
    return max(at - (logins.burst - 1) * gap - now_s, 0.0), at + gap


class Bucket:
    """Gives each caller its turn, in the order in which they ask.

    Args:
        logins: how many.
        clock: gives seconds.
    """

    def __init__(self, logins: Logins, clock: Callable[[], float] = monotonic) -> None:
        self._logins = logins
        self._clock = clock
        self._next = clock()
        self._lock = Lock()

    def turn(self) -> float:
        """Take a token; give the seconds to wait before it counts."""
        with self._lock:
            wait, self._next = booked(self._next, self._clock(), self._logins)
            return wait


Book = Callable[[str, Logins], float]
"""Takes a token of a group, and gives the seconds to wait before it counts."""
_BUCKETS: dict[tuple[str, Logins], Bucket] = {}
_MAKING = Lock()


def _here(group: str, logins: Logins) -> float:
    """Take a token of this process."""
    with _MAKING:
        bucket = _BUCKETS.setdefault((group, logins), Bucket(logins))
    return bucket.turn()


_BOOKS: list[Book] = [_here]


@contextmanager
def shared(book: Book) -> Iterator[None]:
    """Take the tokens of every login from a book that several processes write in, while the block lasts."""
    _BOOKS.append(book)
    try:
        yield
    finally:
        _BOOKS.remove(book)


@dataclass(frozen=True, slots=True)
class Limit:
    """A group that bounds the logins of a host.

    Args:
        group: its name.
        logins: how many it bears.
    """

    group: str
    logins: Logins

    def take(self) -> float:
        """Take a token; return the seconds to wait before it counts.

        Raises:
            HotpairError: the book cannot be used.
        """
        return _BOOKS[-1](self.group, self.logins)


def limits_of(host: Host) -> tuple[Limit, ...]:
    """Return the limits that the groups of a host set.

    Raises:
        IntentError: what a group says of its logins is no limit.
    """
    found = ((group.name, _logins_of(group)) for group in host.extended_groups())
    return tuple(Limit(name, logins) for name, logins in found if logins is not None)


def await_turn(host: Host, wait: Callable[[float], None] = sleep) -> None:
    """Wait until one more login on a host is allowed by its groups.

    Raises:
        IntentError: what a group says of its logins is no limit.
    """
    for limit in limits_of(host):
        wait(limit.take())


def _logins_of(group: Group) -> Logins | None:
    said = group.data.get(KEY)
    if said is None:
        return None
    try:
        return Logins.model_validate(said)
    except ValidationError as error:  # an inventory that others read; ours refuses such a group
        raise IntentError(
            f"the group {group.name} has no such limit of logins",
            wanted="logins: {per_second: 5, burst: 10}",
            found=shown(said),
            where="groups.yaml",
        ) from error
