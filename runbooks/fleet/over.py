"""Do something with many pairs at once: each on its own, and one pair's trouble is no other's.

Two pairs that share a router are not worked on at the same time; a ring of pairs is no serial unit, since
only neighbours exclude each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from nornir.core import Nornir

from inventory.errors import DeviceError, HotpairError
from inventory.model import Pair
from runbooks import interrupts
from runbooks.site import Work, on_pair
from tasks.runner import PairRunner

T = TypeVar("T")
_LISTEN_S = 0.2  # Ctrl-C is heard when the main thread wakes


@dataclass(frozen=True, slots=True)
class Ended(Generic[T]):
    """What became of one pair.

    Args:
        pair: intent.
        value: what the work gave.
        error: why it gave nothing.
        begun: whether anything was done at all.
    """

    pair: Pair
    value: T | None = None
    error: HotpairError | None = None
    begun: bool = True


def over_pairs(
    nornir: Nornir,
    pairs: Sequence[Pair],
    work: Work[T],
    *,
    workers: int,
    tell: Callable[[Ended[T]], None] = lambda _ended: None,
    go_on: Callable[[Sequence[Ended[T]]], bool] = lambda _ended: True,
) -> tuple[Ended[T], ...]:
    """Do something with pairs, several at a time.

    Args:
        nornir: inventory with their members.
        pairs: intents.
        work: what is done with each; given a way to log in on each member.
        workers: how many pairs at a time.
        tell: told each pair that ended, on the calling thread.
        go_on: asked before each pair is begun, with what became of others so far; those that are not begun
            any more are said to be so.

    Returns:
        What became of each, in the order of the pairs.

    Raises:
        KeyboardInterrupt: those at work came to their end, and all that ended were told.
    """
    interrupts.heed()
    locks = {name: Lock() for pair in pairs for name in (pair.members.a, pair.members.b)}

    def one(pair: Pair) -> Ended[T]:
        with _alone(locks[name] for name in sorted({pair.members.a, pair.members.b})):
            with noting:
                begins = not interrupts.came() and go_on(tuple(ends.values()))
            ended = _worked_on(nornir, pair, work) if begins else Ended(pair, begun=False)
            with noting:  # before this thread turns to another pair
                ends[pair.name] = ended
            return ended

    ends: dict[str, Ended[T]] = {}
    noting = Lock()
    interrupted = False
    with ThreadPoolExecutor(max(workers, 1)) as pool:
        at_work: set[Future[Ended[T]]] = {pool.submit(one, pair) for pair in pairs}
        while at_work:
            try:
                done, at_work = wait(at_work, _LISTEN_S, FIRST_COMPLETED)
                for future in done:
                    tell(future.result())
            except KeyboardInterrupt:
                interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return tuple(ends[pair.name] for pair in pairs)


@contextmanager
def _alone(locks: Iterable[Lock]) -> Iterator[None]:
    """Hold the locks of a pair's routers, always in the same order."""
    with ExitStack() as held:
        for lock in locks:
            held.enter_context(lock)
        yield


def _worked_on(nornir: Nornir, pair: Pair, work: Work[T]) -> Ended[T]:
    try:
        return Ended(pair, on_pair(nornir.with_runner(PairRunner(1)), pair, work))
    except HotpairError as error:
        return Ended(pair, error=error)
    except KeyboardInterrupt:
        return Ended(pair, error=DeviceError(f"{pair.name} was interrupted"))
    except Exception as error:  # noqa: BLE001 - one pair's trouble harms no other, whatever it is
        told = DeviceError(f"a fault of Hotpair itself: {type(error).__name__}", where=pair.name)
        return Ended(pair, error=told)
