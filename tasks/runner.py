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
    """

    def __init__(self, num_workers: int = DEFAULT_WORKERS) -> None:
        self.num_workers = num_workers
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
        units = pair_units(hosts)
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
    """Return the pairs of a host: side, `a` or `b`, by name of the pair."""
    pairs: Mapping[str, str] = host.get("pairs") or {}
    return pairs


def pair_units(hosts: Sequence[Host]) -> list[tuple[Host, ...]]:
    """Group hosts that must not run at the same time: those that share a pair, directly or by a third one."""
    named: dict[str, list[int]] = {}  # the hosts of each pair, by their numbers
    for number, host in enumerate(hosts):
        for pair in pairs_of(host):
            named.setdefault(pair, []).append(number)
    units: list[tuple[Host, ...]] = []
    taken: set[int] = set()
    for number in range(len(hosts)):
        if number not in taken:
            unit = _joined(number, hosts, named)
            taken |= unit
            units.append(tuple(hosts[one] for one in sorted(unit)))
    return units


def _joined(number: int, hosts: Sequence[Host], named: Mapping[str, Sequence[int]]) -> set[int]:
    """Return the numbers of a host and of all that share a pair with it, directly or by others."""
    unit, waiting, seen = {number}, [number], set[str]()
    while waiting:
        for pair in pairs_of(hosts[waiting.pop()]):
            if pair not in seen:
                seen.add(pair)
                waiting += [other for other in named[pair] if other not in unit]
                unit.update(named[pair])
    return unit


def _run_unit(task: Task, unit: Sequence[Host]) -> dict[str, MultiResult]:
    """Run a task on the members of a unit, one after the other."""
    return {host.name: task.copy().start(host) for host in unit}
