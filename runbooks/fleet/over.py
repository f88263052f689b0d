"""Do something with many pairs at once: each on its own, and one pair's trouble is no other's.

Two pairs that share a router are not worked on at the same time; a ring of pairs is no serial unit, since
only neighbours exclude each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from nornir.core import Nornir

from inventory.errors import DeviceError, HotpairError
from inventory.model import Pair
from runbooks import interrupts
from runbooks.fleet.worker_pool import WorkerPool
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
    prepare: Callable[[Pair], Work[T]],
    *,
    workers: int,
    pool: WorkerPool | None = None,
    tell: Callable[[Ended[T]], None] = lambda _ended: None,
    begin: Callable[[Pair], None] = lambda _pair: None,
    go_on: Callable[[Sequence[Ended[T]]], bool] = lambda _ended: True,
) -> tuple[Ended[T], ...]:
    """Do something with pairs, several at a time.

    Args:
        nornir: inventory with their members.
        pairs: intents.
        prepare: gives what is done with each, which is given a way to log in on each member.
        workers: how many pairs at a time.
        pool: worker processes, where there are any; to them the work goes by a pipe, so that it has to be a
            value, and one that changes nothing: a process that dies takes what it had at work with it.
        tell: told each pair that ended, on the calling thread.
        begin: told each pair that is begun, on the thread that works on it.
        go_on: asked before each pair is begun, with what became of others so far; those that are not begun
            any more are said to be so.

    Returns:
        What became of each, in the order of the pairs.

    Raises:
        KeyboardInterrupt: those at work came to their end, and all that ended were told, whole.
    """
    interrupts.raise_if_interrupted()
    ends: dict[str, Ended[T]] = {}
    noting = Lock()

    def one(pair: Pair) -> Ended[T]:
        with noting:
            begins = not interrupts.came() and go_on(tuple(ends.values()))
        if begins:
            begin(pair)
        ended = _worked_on(nornir, pair, prepare, pool) if begins else Ended(pair, begun=False)
        with noting:  # before this thread turns to another pair
            ends[pair.name] = ended
        return ended

    interrupted = False
    with ThreadPoolExecutor(max(workers, 1)) as threads:
        queue = _PairQueue(pairs, lambda pair: threads.submit(one, pair), max(workers, 1))
        while queue.goes_on:
            try:
                with interrupts.held_back():
                    queue.begin()
                wait(queue.at_work, _LISTEN_S, FIRST_COMPLETED)
                with interrupts.held_back():
                    queue.end(tell)
            except KeyboardInterrupt:
                interrupted = True
    if interrupted or interrupts.came():
        raise KeyboardInterrupt
    return tuple(ends[pair.name] for pair in pairs)


class _PairQueue(Generic[T]):
    """Which pairs are at work; one whose router is busy waits without keeping anybody else from work.

    Args:
        pairs: in the order in which they are begun, where they can be.
        submit: begins one on a thread of its own.
        most: how many at a time.
    """

    def __init__(self, pairs: Sequence[Pair], submit: Callable[[Pair], Future[Ended[T]]], most: int) -> None:
        self.at_work: dict[Future[Ended[T]], Pair] = {}
        self._waiting = {pair.name: pair for pair in pairs}
        self._submit, self._most = submit, most

    @property
    def goes_on(self) -> bool:
        """Tell whether something is at work or waits."""
        return bool(self.at_work or self._waiting)

    def begin(self) -> None:
        """Begin what may be begun."""
        busy = {name for pair in self.at_work.values() for name in _routers(pair)}
        for pair in tuple(self._waiting.values()):
            if len(self.at_work) >= self._most:
                return
            if busy.isdisjoint(_routers(pair)):
                self.at_work[self._submit(pair)] = self._waiting.pop(pair.name)
                busy |= _routers(pair)

    def end(self, tell: Callable[[Ended[T]], None]) -> None:
        """Tell what has ended, each once."""
        for future in [one for one in self.at_work if one.done()]:
            del self.at_work[future]
            tell(future.result())


def _routers(pair: Pair) -> set[str]:
    return {pair.members.a, pair.members.b}


def _worked_on(
    nornir: Nornir, pair: Pair, prepare: Callable[[Pair], Work[T]], pool: WorkerPool | None
) -> Ended[T]:
    try:
        work = prepare(pair)
        if pool is not None and pool.takes(pair.members.a):
            return Ended(pair, pool.do(nornir, pair, work))
        return Ended(pair, on_pair(nornir.with_runner(PairRunner(1)), pair, work))
    except HotpairError as error:
        return Ended(pair, error=error)
    except KeyboardInterrupt:
        return Ended(pair, error=DeviceError(f"{pair.name} was interrupted"))
    except Exception as error:  # noqa: BLE001 - one pair's trouble harms no other, whatever it is
        told = DeviceError(f"a fault of Hotpair itself: {type(error).__name__}", where=pair.name)
        return Ended(pair, error=told)
