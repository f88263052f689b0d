"""Nornir runner for looks: each host is a unit of its own, and one that waits for its turn holds up no other.

A look excludes nobody, so that hosts go to whatever worker is free. A host whose groups bound their logins
(`tasks.limits`) is given to a worker when its turn has come and not before: a slow site does not sit on the
workers that the other sites need. Of each bounded group one host asks at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Condition
from time import monotonic
from typing import TYPE_CHECKING

from nornir.core.task import AggregatedResult, MultiResult, Task

from inventory.errors import HotpairError
from tasks.limits import Limit, limits_of
from tasks.runner import DEFAULT_WORKERS

if TYPE_CHECKING:
    from nornir.core.inventory import Host


_LISTEN_S = 0.2  # Ctrl-C may be told to another thread; the main one hears of it when it wakes


@dataclass(slots=True)
class Turn:
    """The turn of some work: it has come when the groups of its hosts have given a token for each login.

    Args:
        limits: of the groups, once for each host.
        trouble: why it cannot be had; there is nothing to wait for then.
    """

    limits: Sequence[Limit] = ()
    trouble: HotpairError | None = None
    due: float = 0.0
    """Moment from which the token that was taken last counts."""
    _taken: int = 0

    @classmethod
    def of(cls, *hosts: Host) -> Turn:
        """Return the turn of work that logs in on each of some hosts."""
        try:
            return cls([limit for host in hosts for limit in limits_of(host)])
        except HotpairError as error:
            return cls(trouble=error)

    @property
    def groups(self) -> frozenset[str]:
        """The groups that bound it."""
        return frozenset(limit.group for limit in self.limits)

    def has_come(self, clock: Callable[[], float] = monotonic) -> bool:
        """Take the tokens of the groups, one after the other; tell whether all of them count."""
        while self.trouble is None and self.due <= clock():
            if self._taken == len(self.limits):
                return True
            try:
                self.due = clock() + self.limits[self._taken].take()
            except HotpairError as error:
                self.trouble = error
            self._taken += 1
        return self.trouble is not None


@dataclass(frozen=True, slots=True)
class _Bounded:
    """A host that has to wait for its turn."""

    host: Host
    turn: Turn


class Turns:
    """Who is next: a host whose turn has come, else one that needs none.

    Args:
        hosts: in the order in which they are wanted.
        go_on: whether turns are waited for still; where they are not, nobody is kept waiting.
        clock: gives seconds.
    """

    def __init__(
        self,
        hosts: Sequence[Host],
        go_on: Callable[[], bool] = lambda: True,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._go_on, self._clock = go_on, clock
        self._free: deque[Host] = deque()
        self._bounded: list[_Bounded] = []
        self._asking: list[_Bounded] = []
        self._changed = Condition()
        self._ended = False
        self._of = {host.name: Turn.of(host) for host in hosts}
        for host in hosts:
            if (turn := self._of[host.name]).limits:
                self._bounded.append(_Bounded(host, turn))
            else:
                self._free.append(host)

    def trouble(self, name: str) -> HotpairError | None:
        """Return why a host could have no turn."""
        return self._of[name].trouble if name in self._of else None

    def take(self) -> Host | None:
        """Return the next host, when there is one; nothing once all were given or this was ended."""
        with self._changed:
            while not self._ended:
                self._ask()
                if (host := self._next()) is not None:
                    self._changed.notify_all()  # another one of its groups may ask now
                    return host
                if not self._asking:
                    return None
                first = min(one.turn.due for one in self._asking)
                self._changed.wait(min(max(first - self._clock(), 0.0), _LISTEN_S))
            return None

    def end(self) -> None:
        """Give nobody any more, also not to those who wait."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _ask(self) -> None:
        """Let the first host of each group that nobody asks of ask for its turn."""
        busy = {group for one in self._asking for group in one.turn.groups}
        for one in tuple(self._bounded):
            if busy.isdisjoint(one.turn.groups):
                self._bounded.remove(one)
                self._asking.append(one)
            busy |= one.turn.groups  # those behind it stay behind it

    def _next(self) -> Host | None:
        for one in tuple(self._asking):
            if not self._go_on() or one.turn.has_come(self._clock):
                self._asking.remove(one)
                return one.host
        return self._free.popleft() if self._free else None


class TurnRunner:
    """Run a task on hosts, several at a time, each when its turn has come.

    Args:
        num_workers: how many hosts at a time.
        go_on: whether turns are waited for still.
    """

    def __init__(self, num_workers: int = DEFAULT_WORKERS, go_on: Callable[[], bool] = lambda: True) -> None:
        self.num_workers = num_workers
        self._go_on = go_on
        self._turns = Turns(())

    def require_turn(self, host: Host) -> None:
        """See that a host that is worked on had its turn.

        Raises:
            HotpairError: why it could not have one.
        """
        if (error := self._turns.trouble(host.name)) is not None:
            raise error

    def run(self, task: Task, hosts: Sequence[Host]) -> AggregatedResult:
        """Run a task on hosts; one alone runs in the calling thread.

        On Ctrl-C those that have not begun are left out, those at work are waited for.
        """
        self._turns = turns = Turns(hosts, self._go_on)
        done: dict[str, MultiResult] = {}

        def work() -> None:
            while (host := turns.take()) is not None:
                done[host.name] = task.copy().start(host)

        self._share_out(work, min(self.num_workers, len(hosts)))
        result = AggregatedResult(task.name)
        result.update((host.name, done[host.name]) for host in hosts)
        return result

    def _share_out(self, work: Callable[[], None], workers: int) -> None:
        """Let so many threads do the work; one does it here."""
        if workers <= 1:
            work()
            return
        with ThreadPoolExecutor(workers) as pool:
            try:
                at_work = [pool.submit(work) for _ in range(workers)]
                while wait(at_work, timeout=_LISTEN_S).not_done:
                    pass
            except KeyboardInterrupt:
                self._turns.end()
                raise
        for future in at_work:
            future.result()
