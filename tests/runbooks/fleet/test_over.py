"""Many pairs at once: neighbours exclude each other, and nobody else waits for a slow one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest
from nornir.core import Nornir
from nornir.core.inventory import Defaults, Group, Groups, Host, Hosts, Inventory, ParentGroups

from inventory.errors import ArchiveError, DeviceError
from inventory.load import parse_pair
from inventory.logins import Logins
from inventory.model import Pair
from runbooks import interrupts
from runbooks.fleet.over import Ended, over_pairs
from runbooks.site import Openers, Work, open_inventory
from tasks import nornir_tasks
from tasks.limits import shared

PATIENCE_S = 300.0  # a test that fails ends


def pair(name: str, a: str, b: str) -> Pair:
    return parse_pair(f"pair: {name}\nmembers: {{a: {a}, b: {b}}}\n", name)


@pytest.fixture(scope="module")
def nornir(tmp_path_factory: pytest.TempPathFactory) -> Nornir:
    """Return an inventory of routers that nobody dials."""
    folder: Path = tmp_path_factory.mktemp("inventory")
    (folder / "pairs").mkdir()
    names = ["hub", *(f"r{number}" for number in range(40))]
    hosts = "".join(f"{name}: {{hostname: 127.0.0.1, username: ops}}\n" for name in names)
    (folder / "hosts.yaml").write_text(hosts, encoding="utf-8")
    return open_inventory(folder)


def test_pairs_that_wait_for_a_busy_router_keep_nobody_else_from_work(nornir: Nornir) -> None:
    spokes = [pair(f"s{number}", "hub", f"r{number}") for number in range(5)]
    others = [pair(f"o{number}", f"r{10 + number}", f"r{20 + number}") for number in range(5)]
    all_others = Event()
    done: list[str] = []

    def work(one: Pair, _openers: Openers) -> bool:
        if one.name != "s0":
            return True
        return all_others.wait(PATIENCE_S)  # the slow one: until all that have nothing to do with it are done

    def tell(ended: Ended[bool]) -> None:
        done.append(ended.pair.name)
        if {*done} >= {other.name for other in others}:
            all_others.set()

    ends = over_pairs(nornir, [*spokes, *others], lambda _pair: work, workers=2, tell=tell)

    assert [one.pair.name for one in ends] == [one.name for one in (*spokes, *others)]
    assert all(one.value for one in ends)
    assert done[:5] == [other.name for other in others]


def test_neighbours_in_a_ring_exclude_each_other_and_the_ring_is_no_serial_unit(nornir: Nornir) -> None:
    ring = [pair(f"p{number}", f"r{number}", f"r{(number + 1) % 6}") for number in range(6)]
    lock, busy, together = Lock(), set[str](), list[int]()
    three = Event()

    def work(one: Pair, _openers: Openers) -> bool:
        own = {one.members.a, one.members.b}
        with lock:
            alone = own.isdisjoint(busy)
            busy.update(own)
            together.append(len(busy) // 2)
            if len(busy) == 6:
                three.set()
        met = three.wait(PATIENCE_S)
        with lock:
            busy.difference_update(own)
        return alone and met

    ends = over_pairs(nornir, ring, lambda _pair: work, workers=6)

    assert all(one.value for one in ends)
    assert max(together) == 3


def interrupted_once(names: list[str]) -> Callable[[Ended[bool]], None]:
    """Return a teller in whose midst a signal comes, at the first pair that it is told of."""

    def tell(ended: Ended[bool]) -> None:
        if not names:
            interrupts._WATCH(2, None)  # as the handler of the program is called
        names.append(ended.pair.name)

    return tell


def test_a_signal_in_the_midst_of_telling_an_end_loses_no_end(
    nornir: Nornir, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interrupts._WATCH, "came", False)
    monkeypatch.setattr(interrupts._WATCH, "raising", True)
    pairs = [pair(f"p{number}", f"r{2 * number}", f"r{2 * number + 1}") for number in range(6)]
    begun: list[str] = []
    both = Event()

    def work(one: Pair, _openers: Openers) -> bool:
        begun.append(one.name)
        if len(begun) == 2:
            both.set()
        return both.wait(PATIENCE_S)

    told: list[str] = []
    ended: list[Ended[bool]] = []

    def tell(one: Ended[bool]) -> None:
        ended.append(one)
        interrupted(one)

    interrupted = interrupted_once(told)
    with pytest.raises(KeyboardInterrupt):
        over_pairs(nornir, pairs, lambda _pair: work, workers=2, tell=tell)

    assert sorted(told) == [one.name for one in pairs]
    assert {one.pair.name for one in ended if one.begun} == {*begun}
    assert {one.pair.name for one in ended if not one.begun} == {one.name for one in pairs} - {*begun}


@pytest.fixture
def slow(nornir: Nornir, monkeypatch: pytest.MonkeyPatch) -> Nornir:
    """Let the first routers be of a site that bounds its logins; who waits for a turn at work is told."""

    def at_work(one: Host) -> None:
        raise DeviceError("waited for its turn at work", member=one.name)

    monkeypatch.setattr(nornir_tasks, "await_turn", at_work)
    hosts = {name: Host(name, **HOW) for name in nornir.inventory.hosts}
    site = Group("slow", data={"logins": {"per_second": 1}})
    for number in range(8):
        hosts[f"r{number}"] = Host(f"r{number}", **HOW, groups=ParentGroups([site]))
    return Nornir(Inventory(Hosts(hosts), Groups(), Defaults()), runner=nornir.runner, config=nornir.config)


HOW: dict[str, Any] = {"hostname": "127.0.0.1", "username": "ops"}


def two_turns() -> Callable[[str, Logins], float]:
    """Give a book in which the first two logins of the slow site may be at once, and no other for long."""
    asked: list[str] = []

    def book(name: str, _logins: Logins) -> float:
        asked.append(name)
        return 0.0 if len(asked) <= 2 else 1e6

    return book


def dials(_pair: Pair) -> Work[str]:
    """Return work that logs in on both members; what comes of it is its value."""

    def work(_one: Pair, openers: Openers) -> str:
        said: list[str] = []
        for opened in openers.values():
            try:
                opened()
            except DeviceError as error:
                said.append(error.message)
        return "; ".join(said)

    return work


@pytest.mark.parametrize("workers", [1, 2])
def test_a_slow_site_holds_up_no_pair_of_another(slow: Nornir, workers: int) -> None:
    of_slow = [pair(f"s{number}", f"r{2 * number}", f"r{2 * number + 1}") for number in range(4)]
    others = [pair(f"o{number}", f"r{10 + number}", f"r{20 + number}") for number in range(5)]

    def go_on(ends: Sequence[Ended[str]]) -> bool:
        return len(ends) < 6  # the one of the slow site that has its turn, and all others

    with shared(two_turns()):
        ends = over_pairs(slow, [*of_slow, *others], dials, workers=workers, go_on=go_on)

    begun = {one.pair.name: one.value for one in ends if one.begun}
    assert set(begun) == {"s0", *(one.name for one in others)}
    assert not [said for said in begun.values() if said is None or "turn" in said]


def test_a_turn_that_cannot_be_had_is_told_of_its_pair_alone(slow: Nornir) -> None:
    def book(_name: str, _logins: Logins) -> float:
        raise ArchiveError("the archive is away")

    with shared(book):
        ends = over_pairs(slow, [pair("s", "r0", "r1"), pair("o", "r10", "r11")], dials, workers=1)

    assert [one.pair.name for one in ends if one.error is not None] == ["s"]
    assert isinstance(ends[0].error, ArchiveError)


def test_a_fault_of_one_pair_is_its_own(nornir: Nornir) -> None:
    pairs = [pair(f"p{number}", f"r{2 * number}", f"r{2 * number + 1}") for number in range(3)]

    def work(one: Pair, _openers: Openers) -> bool:
        if one.name == "p0":
            raise DeviceError("it is away", member="r0")
        if one.name == "p1":
            raise ZeroDivisionError
        return True

    def go_on(ended: Sequence[Ended[bool]]) -> bool:
        return len(ended) < 3

    away, fault, good = over_pairs(nornir, pairs, lambda _pair: work, workers=1, go_on=go_on)
    assert away.error is not None
    assert away.error.message == "it is away"
    assert fault.error is not None
    assert "ZeroDivisionError" in fault.error.message
    assert good.value
