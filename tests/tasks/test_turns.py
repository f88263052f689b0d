"""Looks at hosts whose groups bound their logins: none of them sits on a worker that another site needs."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator

import pytest
from nornir.core import Nornir
from nornir.core.configuration import Config
from nornir.core.inventory import Defaults, Group, Groups, Host, Hosts, Inventory, ParentGroups
from nornir.core.task import Result, Task

from inventory.errors import ArchiveError, HotpairError, IntentError
from inventory.logins import Logins
from tasks.limits import shared
from tasks.turns import TurnRunner, Turns

LATER_S = 1e6
LIMIT = {"logins": {"per_second": 1}}


def group(name: str, *above: Group) -> Group:
    return Group(name, groups=ParentGroups(list(above)), data=dict(LIMIT))


def host(name: str, *groups: Group) -> Host:
    return Host(name, groups=ParentGroups(list(groups)))


def nornir(hosts: list[Host], runner: TurnRunner) -> Nornir:
    inventory = Inventory(Hosts({one.name: one for one in hosts}), Groups(), Defaults())
    return Nornir(inventory=inventory, runner=runner, config=Config())


def first_alone() -> Callable[[str, Logins], float]:
    """Give a book in which the first of each group has its turn at once, and all others much later."""
    asked: list[str] = []

    def book(name: str, _logins: Logins) -> float:
        asked.append(name)
        return 0.0 if asked.count(name) == 1 else LATER_S

    return book


def test_who_needs_no_turn_goes_before_who_has_to_wait_for_one() -> None:
    now = 0.0
    slow = group("slow")
    hosts = [*(host(f"s{number}", slow) for number in range(3)), host("f0"), host("f1")]
    with shared(first_alone()):
        turns = Turns(hosts, clock=lambda: now)
        given = [turns.take() for _ in range(3)]
        assert [one.name for one in given if one] == ["s0", "f0", "f1"]
        now = LATER_S
        assert turns.take() is hosts[1]
        turns.end()
        assert turns.take() is None


def test_of_a_group_one_asks_at_a_time_and_a_parent_counts_too() -> None:
    asked: list[str] = []

    def book(name: str, _logins: Logins) -> float:
        asked.append(name)
        return LATER_S if name == "realm" else 0.0

    now = 0.0
    realm = group("realm")
    hosts = [host("b0", group("ber", realm)), host("m0", group("muc", realm)), host("free")]
    with shared(book):
        turns = Turns(hosts, clock=lambda: now)
        assert turns.take() is hosts[2]
        assert asked == ["ber", "realm"]
        now = LATER_S
        assert turns.take() is hosts[0]


def test_one_slow_site_holds_up_no_router_of_another() -> None:
    slow, quick = group("slow"), group("quick")
    hosts = [host(f"s{number}", slow) for number in range(4)]
    hosts += [host(f"q{number}", quick) for number in range(3)] + [host(f"f{number}") for number in range(3)]
    done: list[str] = []

    def look(task: Task) -> Result:
        done.append(task.host.name)
        return Result(host=task.host)

    def book(name: str, logins: Logins) -> float:
        return of_slow(name, logins) if name == "slow" else 0.0

    of_slow = first_alone()
    runner = TurnRunner(2, go_on=lambda: len(done) < 7)  # the first of the slow site, and all of the others
    with shared(book):
        result = nornir(hosts, runner).run(task=look)
    assert set(done[:7]) == {"s0", "q0", "q1", "q2", "f0", "f1", "f2"}
    assert list(result) == [one.name for one in hosts]


def test_a_turn_that_cannot_be_had_is_told_of_its_host_alone() -> None:
    def book(_name: str, _logins: Logins) -> float:
        raise ArchiveError("the archive is away")

    wrong = Group("wrong", data={"logins": {"per_minute": 3}})
    told: dict[str, HotpairError] = {}

    def look(task: Task) -> Result:
        try:
            runner.require_turn(task.host)
        except HotpairError as error:
            told[task.host.name] = error
        return Result(host=task.host)

    runner = TurnRunner(2)
    with shared(book):
        nornir([host("one", wrong), host("two", group("slow")), host("three")], runner).run(task=look)
    assert isinstance(told.pop("one"), IntentError)
    assert isinstance(told.pop("two"), ArchiveError)
    assert not told


@pytest.fixture
def heard() -> Iterator[None]:
    """Hear Ctrl-C, also where these tests were started in the background and it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_ctrl_c_waits_for_nobodys_turn() -> None:
    slow = group("slow")
    hosts = [host(f"s{number}", slow) for number in range(3)] + [host("free")]
    both = threading.Barrier(2, timeout=300)
    begun: list[str] = []

    def look(task: Task) -> Result:
        begun.append(task.host.name)
        if both.wait() == 0:
            os.kill(os.getpid(), signal.SIGINT)
        return Result(host=task.host)

    with shared(first_alone()), pytest.raises(KeyboardInterrupt):
        nornir(hosts, TurnRunner(2)).run(task=look)
    assert sorted(begun) == ["free", "s0"]
