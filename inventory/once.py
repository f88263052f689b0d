"""Work whose results are remembered, and done once also where several threads ask at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
T = TypeVar("T")


class Once(Generic[K, T]):
    """A function whose results are remembered; who asks while one is worked out waits for it.

    `functools.cache` alone lets each of them work it out: twenty pairs that begin together would do twenty
    times what is done once for all.

    Args:
        work: the function, of one argument; it asks for no other result of its own.
    """

    def __init__(self, work: Callable[[K], T]) -> None:
        self.__doc__ = work.__doc__
        self.work = work
        self._known = cache(self.work)
        self._alone = Lock()

    def __call__(self, key: K) -> T:
        """Return the result, worked out or remembered."""
        with self._alone:
            return self._known(key)
