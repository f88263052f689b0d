"""Take displays from many routers at once; a router in several pairs is dialled once.

Reads exclude nobody: each router is a unit of its own, whatever pairs it is in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from nornir.core import Nornir
from nornir.core.task import Result, Task

from inventory.errors import DeviceError, HotpairError
from runbooks import interrupts
from runbooks.observe import look
from tasks.checks.model import Observation
from tasks.nornir_tasks import opener
from tasks.runner import PairRunner


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


Tell = Callable[[Looked], None]
"""Told each router that is done, on the thread that worked on it."""
GoOn = Callable[[], bool]
"""Asked before each router is dialled; those that are not dialled any more are left out of the result."""


def collect(
    nornir: Nornir,
    wanted: Mapping[str, Iterable[str]],
    *,
    workers: int,
    tell: Tell = lambda _looked: None,
    go_on: GoOn = lambda: True,
) -> dict[str, Looked]:
    """Take displays from routers; one that is out of reach harms no other.

    Args:
        nornir: inventory with the routers.
        wanted: displays by router.
        workers: how many routers at a time.
        tell: told each router that is done.
        go_on: whether to dial one more.

    Raises:
        KeyboardInterrupt: those not begun are left out, those at work were waited for.
    """
    interrupts.heed()
    commands = {member: tuple(dict.fromkeys(asked)) for member, asked in wanted.items()}
    fleet = nornir.filter(filter_func=lambda host: host.name in commands).with_runner(
        PairRunner(workers, shared=True)
    )
    fleet.data.reset_failed_hosts()
    results = fleet.run(task=_looked, name="look", commands=commands, tell=tell, go_on=go_on)
    looks = {member: _value(result[0]) for member, result in results.items()}
    return {member: looked for member, looked in looks.items() if looked is not None}


def _value(result: Result) -> Looked | None:
    if result.exception is not None:
        raise result.exception
    looked: Looked | None = result.result
    return looked


def _looked(task: Task, commands: Mapping[str, tuple[str, ...]], tell: Tell, go_on: GoOn) -> Result:
    """Look at one router and log out."""
    host = task.host
    if not go_on():
        return Result(host=host)
    try:
        looked = Looked(host.name, look(opener(task, host)(), commands[host.name]))
    except HotpairError as error:
        looked = Looked(host.name, error=error)
    except Exception as error:  # noqa: BLE001 - one router's trouble harms no other, whatever it is
        told = DeviceError(f"a fault of Hotpair itself: {type(error).__name__}", member=host.name)
        looked = Looked(host.name, error=told)
    finally:
        host.close_connections()
    tell(looked)
    return Result(host=host, result=looked)
