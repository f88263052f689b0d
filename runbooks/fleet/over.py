"""Do something with many pairs at once: each on its own, and one pair's trouble is no other's.

Two pairs that share a router are not worked on at the same time; a ring of pairs is no serial unit, since
only neighbours exclude each other. A pair whose groups bound their logins (`tasks.limits`) is begun when its
turn has come and not before: a slow site does not sit on the workers that the other sites need.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Generic, TypeVar

from nornir.core import Nornir
from nornir.core.inventory import Host

from inventory.errors import DeviceError, HotpairError
from inventory.model import SIDES, Pair
from runbooks import interrupts
from runbooks.site import Work, on_pair
from tasks.runner import PairRunner
from tasks.turns import Turn

if TYPE_CHECKING:
    from runbooks.fleet.worker_pool import WorkerPool  # with all that judges, which a deployment may not need

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

    def goes_on() -> bool:
        return not interrupts.came() and go_on(tuple(ends.values()))

    def one(pair: Pair, turn: Turn) -> Ended[T]:
        with noting:
            begins = goes_on()
        if begins:
            begin(pair)
        ended = _worked_on(nornir, pair, prepare, pool, turn) if begins else Ended(pair, begun=False)
        with noting:  # before this thread turns to another pair
            ends[pair.name] = ended
        return ended

    def waits() -> bool:
        with noting:
            return goes_on()

    interrupted = False
    with ThreadPoolExecutor(max(workers, 1)) as threads:
        waiting = [(pair, _turn_of(nornir, pair)) for pair in pairs]
        queue = _PairQueue(
            waiting, lambda pair, turn: threads.submit(one, pair, turn), max(workers, 1), waits
        )
        while queue.goes_on:
            try:
                with interrupts.held_back():
                    queue.begin()
                queue.rest()
                with interrupts.held_back():
                    queue.end(tell)
            except KeyboardInterrupt:
                interrupted = True
    if interrupted or interrupts.came():
        raise KeyboardInterrupt
    return tuple(ends[pair.name] for pair in pairs)


def _turn_of(nornir: Nornir, pair: Pair) -> Turn:
    """Return the turn of work on both members; one that is not in the inventory is told by who dials it."""
    names = [pair.members.of(side) for side in SIDES]
    return Turn.of(*(host for name in names if (host := nornir.inventory.hosts.get(name)) is not None))


class _PairQueue(Generic[T]):
    """Which pairs are at work; one whose router is busy, or whose turn has not come, keeps nobody from work.

    Args:
        pairs: in the order in which they are begun, where they can be, each with its turn.
        submit: begins one on a thread of its own.
        most: how many at a time.
        waits: whether turns are waited for still; where they are not, nobody is kept waiting.
    """

    def __init__(
        self,
        pairs: Sequence[tuple[Pair, Turn]],
        submit: Callable[[Pair, Turn], Future[Ended[T]]],
        most: int,
        waits: Callable[[], bool],
    ) -> None:
        self.at_work: dict[Future[Ended[T]], Pair] = {}
        self._waiting = {pair.name: (pair, turn) for pair, turn in pairs}
        self._submit, self._most, self._waits = submit, most, waits
        self._asking: list[Turn] = []

    @property
    def goes_on(self) -> bool:
        """Tell whether something is at work or waits."""
        return bool(self.at_work or self._waiting)

    def begin(self) -> None:
        """Begin what may be begun; of each bounded group one pair asks for its turn at a time."""
        busy = {name for pair in self.at_work.values() for name in _routers(pair)}
        self._asking, waits = [], self._waits()
        groups: set[str] = set()
        for pair, turn in tuple(self._waiting.values()):
            if len(self.at_work) >= self._most:
                return
            if not busy.isdisjoint(_routers(pair)):
                continue
            if turn.limits and waits:
                if not groups.isdisjoint(turn.groups):
                    continue
                if not turn.has_come():
                    groups |= turn.groups
                    self._asking.append(turn)
                    continue
            del self._waiting[pair.name]
            self.at_work[self._submit(pair, turn)] = pair
            busy |= _routers(pair)

    def rest(self) -> None:
        """Wait until something ends, or a turn may have come."""
        due = min((turn.due for turn in self._asking), default=float("inf"))
        longest = min(max(due - monotonic(), 0.0), _LISTEN_S)
        if self.at_work:
            wait(self.at_work, longest, FIRST_COMPLETED)
        else:
            sleep(longest)

    def end(self, tell: Callable[[Ended[T]], None]) -> None:
        """Tell what has ended, each once."""
        for future in [one for one in self.at_work if one.done()]:
            del self.at_work[future]
            tell(future.result())


def _routers(pair: Pair) -> set[str]:
    return {pair.members.a, pair.members.b}


def _had(_host: Host) -> None:
    """Wait for no turn: it has come."""


def _worked_on(
    nornir: Nornir, pair: Pair, prepare: Callable[[Pair], Work[T]], pool: WorkerPool | None, turn: Turn
) -> Ended[T]:
    if turn.trouble is not None:
        return Ended(pair, error=turn.trouble)
    try:
        work = prepare(pair)
        if pool is not None and pool.takes(pair.members.a):
            return Ended(pair, pool.do(nornir, pair, work))
        return Ended(pair, on_pair(nornir.with_runner(PairRunner(1)), pair, work, _had))
    except HotpairError as error:
        return Ended(pair, error=error)
    except KeyboardInterrupt:
        return Ended(pair, error=DeviceError(f"{pair.name} was interrupted"))
    except Exception as error:  # noqa: BLE001 - one pair's trouble harms no other, whatever it is
        told = DeviceError(f"a fault of Hotpair itself: {type(error).__name__}", where=pair.name)
        return Ended(pair, error=told)
