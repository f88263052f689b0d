"""Nornir runner whose unit of work is the pair: its members never run at the same time, pairs do.

Nornir's own threaded runner works on hosts and would change both members of a pair at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event

from nornir.core.inventory import Host
from nornir.core.task import AggregatedResult, MultiResult, Task

DEFAULT_WORKERS = 20
_LISTEN_S = 0.2  # Ctrl-C may be told to another thread; the main one hears of it when it wakes


class PairRunner:
    """Run a task over pairs, several at a time.

    Args:
        num_workers: how many units at a time.
        shared: each host is a unit of its own, for work that reads and excludes nobody.
    """

    def __init__(self, num_workers: int = DEFAULT_WORKERS, *, shared: bool = False) -> None:
        self.num_workers = num_workers
        self.shared = shared
        self._stop = Event()

    def stopping(self) -> bool:
        """Tell whether Ctrl-C was pressed; tasks ask between steps that must not be torn apart."""
        return self._stop.is_set()

    def run(self, task: Task, hosts: Sequence[Host]) -> AggregatedResult:
        """Run a task on hosts, pair by pair; one pair alone runs in the calling thread.

        On Ctrl-C pairs that have not begun are left out, those at work are told to stop and waited for.
        """
        self._stop.clear()
        result = AggregatedResult(task.name)
        units = [(host,) for host in hosts] if self.shared else pair_units(hosts)
        if len(units) <= 1 or self.num_workers <= 1:
            for unit in units:
                result.update(_run_unit(task, unit))
            return result
        with ThreadPoolExecutor(self.num_workers) as pool:
            futures: list[Future[dict[str, MultiResult]]] = []
            try:
                for unit in units:
                    futures.append(pool.submit(_run_unit, task, unit))  # noqa: PERF401 - Ctrl-C may come here
                while wait(futures, timeout=_LISTEN_S).not_done:
                    pass
            except KeyboardInterrupt:
                self._abandon(futures)
                raise
            for future in futures:
                result.update(future.result())
        return result

    def _abandon(self, futures: Sequence[Future[dict[str, MultiResult]]]) -> None:
        self._stop.set()
        for future in futures:
            future.cancel()


def pairs_of(host: Host) -> Mapping[str, str]:
    """Give the pairs of a host: side, `a` or `b`, by name of the pair."""
    pairs: Mapping[str, str] = host.get("pairs") or {}
    return pairs


def pair_units(hosts: Sequence[Host]) -> list[tuple[Host, ...]]:
    """Group hosts that must not run at the same time: those that share a pair, directly or by a third one."""
    units: list[tuple[set[str], list[Host]]] = []
    for host in hosts:
        names = set(pairs_of(host)) or {f"\0{host.name}"}  # a host without a pair is a unit of its own
        joined = [unit for unit in units if unit[0] & names]
        members = [member for _, unit in joined for member in unit]
        units = [unit for unit in units if unit not in joined]
        units.append((names.union(*(unit[0] for unit in joined)), [*members, host]))
    return [tuple(members) for _, members in units]


def _run_unit(task: Task, unit: Sequence[Host]) -> dict[str, MultiResult]:
    """Run a task on the members of a unit, one after the other."""
    return {host.name: task.copy().start(host) for host in unit}
