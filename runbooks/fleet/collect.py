"""Take displays from many routers at once; a router in several pairs is dialled once.

Reads exclude nobody: each router is a unit of its own, whatever pairs it is in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nornir.core import Nornir
from nornir.core.inventory import Host
from nornir.core.task import Result, Task

from inventory.errors import DeviceError, HotpairError
from runbooks import interrupts
from runbooks.fleet.known import has_changed
from runbooks.fleet.looked import Looked
from runbooks.fleet.wire import Look
from runbooks.fleet.worker_pool import WorkerPool
from runbooks.judging import CONFIGURATION
from runbooks.observe import look
from tasks.checks.model import Observation
from tasks.nornir_tasks import opener
from tasks.turns import TurnRunner


@dataclass(frozen=True, slots=True)
class Asked:
    """What one router is asked.

    Args:
        commands: displays.
        heads: newest commits that it is known by; none: the commands alone are asked.
        bring: whether what a worker process saw is wanted here.
    """

    commands: tuple[str, ...]
    heads: frozenset[str] = frozenset()
    bring: bool = True


Tell = Callable[[Looked], None]
"""Told each router that is done, on the thread that worked on it."""
Begin = Callable[[str], None]
"""Told the name of each router that is dialled now, on that thread."""
GoOn = Callable[[], bool]
"""Asked before each router is dialled; those that are not dialled any more are left out of the result."""


def collect(
    nornir: Nornir,
    wanted: Mapping[str, Iterable[str]],
    *,
    workers: int,
    heads: Mapping[str, frozenset[str]] = MappingProxyType({}),
    pool: WorkerPool | None = None,
    bring: bool = True,
    tell: Tell = lambda _looked: None,
    begin: Begin = lambda _member: None,
    go_on: GoOn = lambda: True,
) -> dict[str, Looked]:
    """Take displays from routers; one that is out of reach harms no other.

    Args:
        nornir: inventory with the routers.
        wanted: displays by router.
        workers: how many routers at a time.
        heads: newest commits that routers are known by; one whose first answer shows another one is asked for
            its configuration in the same session.
        pool: worker processes, where there are any.
        bring: whether what a worker saw is wanted here; else it is kept there, to be judged.
        tell: told each router that is done.
        begin: told each router that is dialled now.
        go_on: whether to dial one more.

    Raises:
        KeyboardInterrupt: those not begun are left out, those at work were waited for.
    """
    interrupts.raise_if_interrupted()
    asked = {
        member: Asked(tuple(dict.fromkeys(commands)), heads.get(member, frozenset()), bring=bring)
        for member, commands in wanted.items()
    }
    if not asked:
        return {}  # Nornir would say so in words of its own
    runner = TurnRunner(workers, go_on)
    fleet = nornir.filter(filter_func=lambda host: host.name in asked).with_runner(runner)
    fleet.data.reset_failed_hosts()
    results = fleet.run(
        task=_looked,
        name="look",
        asked=asked,
        pool=pool,
        tell=tell,
        begin=begin,
        go_on=go_on,
        turn=runner.require_turn,
    )
    looks = {member: _value(result[0]) for member, result in results.items()}
    return {member: looked for member, looked in looks.items() if looked is not None}


def _value(result: Result) -> Looked | None:
    if result.exception is not None:
        raise result.exception
    looked: Looked | None = result.result
    return looked


def _looked(
    task: Task,
    *,
    asked: Mapping[str, Asked],
    pool: WorkerPool | None,
    tell: Tell,
    begin: Begin,
    go_on: GoOn,
    turn: Callable[[Host], None],
) -> Result:
    """Look at one router and log out."""
    host = task.host
    if not go_on():
        return Result(host=host)
    begin(host.name)
    try:
        if pool is not None and pool.takes(host.name):
            turn(host)
            looked = _by_pool(task, pool, asked[host.name])
        else:
            looked = Looked(host.name, _seen(task, asked[host.name], turn))
    except HotpairError as error:
        looked = Looked(host.name, error=error)
    except Exception as error:  # noqa: BLE001 - one router's trouble harms no other, whatever it is
        told = DeviceError(f"a fault of Hotpair itself: {type(error).__name__}", member=host.name)
        looked = Looked(host.name, error=told)
    finally:
        host.close_connections()
    tell(looked)
    return Result(host=host, result=looked)


def _seen(task: Task, asked: Asked, turn: Callable[[Host], None]) -> tuple[Observation, ...]:
    session = opener(task, task.host, turn=turn)()
    seen = look(session, asked.commands)
    return (*seen, *look(session, CONFIGURATION)) if has_changed(seen, asked.heads) else seen


def _by_pool(task: Task, pool: WorkerPool, asked: Asked) -> Looked:
    """Let a worker process look."""
    host = task.host
    way, secrets = pool.way(host, task.nornir.inventory.hosts)
    return pool.look(Look(host.name, way, secrets, asked.commands, asked.heads, bring=asked.bring))
