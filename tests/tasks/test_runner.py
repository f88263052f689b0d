"""The runner's unit is the pair: its members never at the same time, pairs at once."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from nornir.core import Nornir
from nornir.core.configuration import Config
from nornir.core.inventory import Defaults, Groups, Host, Hosts, Inventory
from nornir.core.task import Result, Task

from tasks.progress import EventProcessor, Moment, TaskEvent
from tasks.runner import PairRunner, pair_units


def host(name: str, **pairs: str) -> Host:
    return Host(name=name, data={"pairs": pairs})


def nornir(*hosts: Host, workers: int = 4) -> Nornir:
    inventory = Inventory(Hosts({one.name: one for one in hosts}), Groups(), Defaults())
    return Nornir(inventory=inventory, runner=PairRunner(workers), config=Config())


@pytest.mark.parametrize(
    ("hosts", "units"),
    [
        ([host("P1", n="a"), host("P2", n="b")], [("P1", "P2")]),
        ([host("P1", n="a"), host("Q1", m="a"), host("P2", n="b")], [("P1", "P2"), ("Q1",)]),
        ([host("P1", n="a", m="b"), host("P2", n="b"), host("Q1", m="a")], [("P1", "P2", "Q1")]),
        ([host("X"), host("Y")], [("X",), ("Y",)]),
        ([host("A", n="a"), host("B", m="a"), host("C", n="b", m="b")], [("A", "B", "C")]),
        ([], []),
    ],
)
def test_hosts_that_share_a_pair_are_one_unit(hosts: list[Host], units: list[tuple[str, ...]]) -> None:
    assert [tuple(one.name for one in unit) for unit in pair_units(hosts)] == units


def test_members_run_one_after_the_other_and_pairs_at_once() -> None:
    fleet = [host(f"{pair}{side}", **{pair: side}) for pair in ("m", "n") for side in ("a", "b")]
    both_pairs = threading.Barrier(2, timeout=300)
    busy: dict[str, int] = {"m": 0, "n": 0}

    def work(task: Task) -> Result:
        pair = task.host.name[0]
        busy[pair] += 1
        assert busy[pair] == 1
        both_pairs.wait()  # passes only when the other pair is at work too
        busy[pair] -= 1
        return Result(host=task.host, result=threading.get_ident())

    result = nornir(*fleet).run(task=work)
    assert not result.failed
    assert set(result) == {"ma", "mb", "na", "nb"}
    assert result["ma"].result == result["mb"].result
    assert result["ma"].result != result["na"].result


def test_one_pair_alone_runs_in_the_calling_thread() -> None:
    result = nornir(host("P1", n="a"), host("P2", n="b")).run(
        task=lambda task: Result(host=task.host, result=threading.get_ident()), name="who"
    )
    assert result["P1"].result == result["P2"].result == threading.get_ident()


@pytest.fixture
def heard() -> Iterator[None]:
    """Hear Ctrl-C, also where these tests were started in the background and it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_ctrl_c_tells_pairs_at_work_to_stop_and_leaves_the_others_out() -> None:
    fleet = nornir(*(host(f"H{n}", **{f"p{n}": "a"}) for n in range(8)), workers=2)
    begun: list[str] = []
    both = threading.Barrier(2, timeout=300)
    pause = threading.Event()

    def work(task: Task) -> Result:
        begun.append(task.host.name)
        if both.wait() == 0:
            os.kill(os.getpid(), signal.SIGINT)
        while not fleet.runner.stopping():  # type: ignore[attr-defined] # a PairRunner
            pause.wait(0.001)
        return Result(host=task.host)

    with pytest.raises(KeyboardInterrupt):
        fleet.run(task=work)
    assert fleet.runner.stopping()  # type: ignore[attr-defined] # a PairRunner
    assert len(begun) < 8


def test_events_tell_who_began_and_who_failed() -> None:
    events: list[TaskEvent] = []

    def inner(task: Task) -> Result:
        return Result(host=task.host, failed=task.host.name == "P2")

    def outer(task: Task) -> Result:
        return Result(host=task.host, result=task.run(task=inner).failed)

    told: Any = EventProcessor(events.append)
    nornir(host("P1", n="a"), host("P2", n="b")).with_processors([told]).run(task=outer)
    assert events[0] == TaskEvent(Moment.TASK_STARTED, "outer")
    assert TaskEvent(Moment.HOST_ENDED, "inner", "P1", subtask=True) in events
    assert TaskEvent(Moment.HOST_ENDED, "inner", "P2", failed=True, subtask=True) in events
    assert events[-1] == TaskEvent(Moment.TASK_ENDED, "outer", failed=True)
