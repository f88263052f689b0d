"""Worker processes: whole groups of routers each, told by a pipe alone, and the death of one harms few."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from hotpair.cli.learn_many import Learning
from inventory.errors import DeviceError, RefusedError
from inventory.load import parse_pair
from inventory.model import Pair, Side
from parsers.api import parse, parse_later
from runbooks.check import check_pairs
from runbooks.fleet import collect, worker_pool
from runbooks.fleet.each import Asked, Verifying, planning
from runbooks.fleet.known import Memory
from runbooks.fleet.looked import Looked
from runbooks.fleet.over import over_pairs
from runbooks.fleet.probing import check_configurations
from runbooks.fleet.worker_pool import worker_pool_for
from runbooks.gates import Permission
from runbooks.inventory_pairs import pairs_in
from runbooks.plan_file import Terms
from runbooks.site import Openers, Work, open_inventory
from tasks.checks.catalog import Selection
from tasks.checks.model import CheckResult, CommitAuthor, Complaint, Observation, Outcome
from tasks.checks.policy import Policy
from tests.integration.lab import Lab
from tests.integration.many import Made, fleet

POLICY = Policy(Selection(names=("no-trial", "no-lock")))
"""What does not depend on the time of these routers, which runs faster."""
PAIRS = [Made(number) for number in range(4)]
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)


def pair(name: str, a: str, b: str) -> Pair:
    return parse_pair(f"pair: {name}\nmembers: {{a: {a}, b: {b}}}\n", name)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    texts = {name: text for made in PAIRS for name, text in made.held().items()}
    with fleet(tmp_path_factory.mktemp("pool"), texts, PAIRS) as lab:
        yield lab


@pytest.fixture(autouse=True)
def _two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few routers be enough for a second process."""
    monkeypatch.setattr(worker_pool, "EACH", 4)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})


def test_routers_that_pairs_join_stay_together() -> None:
    ring = [
        pair("x", "A", "B"),
        pair("y", "C", "D"),
        pair("z", "B", "C"),
        pair("v", "E", "F"),
        pair("w", "G", "H"),
    ]
    shares = worker_pool._shares(ring, 2)
    assert len({shares[name] for name in "ABCD"}) == 1
    assert shares["E"] == shares["F"] == shares["G"] == shares["H"] != shares["A"]


def command_lines() -> dict[int, tuple[bytes, bytes]]:
    """Return words and environment of the workers of this process."""
    found = {}
    for home in Path("/proc").iterdir():
        try:
            words = (home / "cmdline").read_bytes()
            if (
                b"runbooks.fleet.worker" in words
                and f"\nPPid:\t{os.getpid()}\n" in (home / "status").read_text()
            ):
                found[int(home.name)] = (words, (home / "environ").read_bytes())
        except OSError:
            continue
    return found


def test_a_share_is_looked_at_and_judged_in_another_process_that_was_told_by_a_pipe(
    served: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTPAIR_SECRET_UNUSED", "tell-nobody")
    password = next(iter(served.devices.values())).password
    nornir = open_inventory(served.folder)
    good = tuple(pairs_in(nornir).good.values())
    seen: dict[int, tuple[bytes, bytes]] = {}
    told: list[Looked] = []

    def tell(looked: Looked) -> None:
        seen.update(command_lines())
        told.append(looked)

    runs = check_pairs(nornir, good, POLICY, tell=tell)

    assert [run.pair for run in runs] == [made.name for made in PAIRS]
    assert {run.verdict for run in runs} == {Outcome.SUCCESS}
    assert sorted(one.member for one in told) == sorted(served.devices)
    assert all(len(run.observations) == 8 for run in runs)
    (worker,) = seen.values()
    for part in worker:
        assert password.encode() not in part
        assert b"tell-nobody" not in part
    assert command_lines() == {}


def test_configurations_are_looked_at_in_other_processes_alone(
    served: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    nornir = open_inventory(served.folder)
    good = tuple(pairs_in(nornir).good.values())
    seen: set[int] = set()

    def dialled_here(*_any: object) -> None:
        raise AssertionError

    monkeypatch.setattr(collect, "_seen", dialled_here)

    runs = check_configurations(
        nornir, good, Memory({}, no_configuration), tell=lambda _looked: seen.update(command_lines())
    )

    assert [(run.pair, run.verdict) for run in runs] == [(made.name, Outcome.SUCCESS) for made in PAIRS]
    assert len(seen) == 2
    assert command_lines() == {}


def no_configuration(_pair: str, _side: Side) -> Observation:
    raise LookupError


def test_what_goes_by_the_pipe_is_the_same_there() -> None:
    asked, answer = "display e-trunk 1", "The E-Trunk does not exist"
    wrong = Complaint(
        "it is not there",
        "one",
        "none",
        "A",
        asked,
        CommitAuthor(1000000001, "admin", "VTY 1", "2026-11-21 04:00:00"),
    )
    values = (
        Looked("A", (Observation("A", asked, answer, parse_later(asked, answer), NOW, 0.5),)),
        Looked("B", error=DeviceError("away", wanted="an answer", member="B")),
        CheckResult("e-trunk", "1", Outcome.FAILURE, "It is there", ("e-trunk",), (wrong,), "seen", 1.5),
    )

    there = [ForkingPickler.loads(ForkingPickler.dumps(value)) for value in values]

    assert [there[0], there[2]] == [values[0], values[2]]
    assert there[0].seen[0].parsed.unparsed == parse(asked, answer).unparsed
    assert (there[1].member, there[1].error.as_dict()) == ("B", values[1].error and values[1].error.as_dict())


def test_one_that_is_killed_takes_with_it_what_it_had_at_work_and_no_more(served: Lab) -> None:
    nornir = open_inventory(served.folder)
    good = tuple(pairs_in(nornir).good.values())

    def tell(looked: Looked) -> None:
        if looked.member == PAIRS[1].members["a"]:  # the first of the other process; its pair is half seen
            (pid,) = command_lines()
            os.kill(pid, signal.SIGKILL)

    runs = check_pairs(nornir, good, POLICY, workers=1, tell=tell)

    assert [run.verdict for run in runs] == [
        Outcome.SUCCESS, Outcome.ERROR, Outcome.SUCCESS, Outcome.SUCCESS
    ]  # fmt: skip
    lost = runs[1].results
    assert {one.check for one in lost} == {"within-reach"}
    assert all("lost" in one.complaints[0].text or "ended" in one.complaints[0].text for one in lost)
    assert command_lines() == {}


def test_a_router_that_is_away_says_why_from_there_too(served: Lab, tmp_path: Path) -> None:
    folder = tmp_path / "inventory"
    shutil.copytree(served.folder, folder)
    hosts = folder / "hosts.yaml"
    away = PAIRS[1].members["b"]
    port = served.devices[away].port
    hosts.write_text(
        hosts.read_text(encoding="utf-8").replace(f"port: {port}\n", "port: 1\n"), encoding="utf-8"
    )
    nornir = open_inventory(folder)

    runs = check_pairs(nornir, tuple(pairs_in(nornir).good.values()), POLICY)

    assert [run.verdict for run in runs].count(Outcome.SUCCESS) == 3
    (reach,) = (one for one in runs[1].results if one.check == "within-reach")
    assert reach.complaints[0].device == away
    assert "cannot be reached" in reach.complaints[0].text


def test_pairs_are_planned_verified_and_learned_in_another_process_as_here(
    served: Lab, tmp_path: Path
) -> None:
    nornir = open_inventory(served.folder)
    good = tuple(pairs_in(nornir).good.values())
    asked = Asked(nornir, served.folder, tmp_path, Terms(), Permission())
    works: tuple[tuple[Callable[[Pair], Work[object]], Callable[[Any], object]], ...] = (
        (partial(planning, asked), lambda plan: plan),
        (lambda _pair: Verifying(POLICY, POLICY.selection), lambda one: one.run.verdict),
        (lambda _pair: Learning(whole=True), lambda learned: learned),
    )
    for prepare, said in works:
        alone = over_pairs(nornir, good, prepare, workers=2)
        with worker_pool_for(good, workers=2) as hands:
            assert hands is not None
            assert 0 < sum(hands.takes(one.members.a) for one in good) < len(good)
            ends = over_pairs(nornir, good, prepare, workers=2, pool=hands)
        assert [one.error for one in ends] == [None] * len(good)
        assert [said(one.value) for one in ends] == [said(one.value) for one in alone]


@dataclass(frozen=True, slots=True)
class Fails:
    """Work that goes wrong in the way that it is told."""

    how: str

    def __call__(self, pair: Pair, _openers: Openers) -> object:
        if self.how == "refused":
            raise RefusedError("no", where=str(pair.place("members")))
        if self.how == "fault":
            raise ValueError(self.how)
        if self.how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        return Lock()  # goes by no pipe


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("refused", "no"),
        ("fault", "a fault of Hotpair itself: ValueError"),
        ("killed", "the worker process that looked at it ended"),
        ("mute", "a fault of Hotpair itself: TypeError"),
    ],
)
def test_whatever_goes_wrong_there_is_told_of_its_pair_and_the_next_one_is_worked_on(
    served: Lab, how: str, said: str
) -> None:
    nornir = open_inventory(served.folder)
    good = tuple(pairs_in(nornir).good.values())
    with worker_pool_for(good, workers=1) as hands:
        assert hands is not None
        others = [one for one in good if hands.takes(one.members.a)]

        def prepare(pair: Pair) -> Work[object]:
            return Fails(how) if pair is others[0] else Learning(whole=False)

        first, *rest = over_pairs(nornir, others, prepare, workers=1, pool=hands)
    assert first.error is not None
    assert first.error.message == said
    assert how != "refused" or f"{others[0].name}.yaml:" in str(first.error.where)
    assert rest
    assert all(one.value for one in rest)


def test_a_member_that_is_away_is_told_from_there_too(served: Lab) -> None:
    nornir = open_inventory(served.folder)
    good = tuple(pairs_in(nornir).good.values())
    with worker_pool_for(good, workers=1) as hands:
        assert hands is not None
        one = next(one for one in good if hands.takes(one.members.a))
        served.order(fault="power-off", device=one.members.b)
        try:
            work = Verifying(POLICY, POLICY.selection)
            (ended,) = over_pairs(nornir, [one], lambda _pair: work, workers=1, pool=hands)
        finally:
            served.order(fault="power-on", device=one.members.b)
    assert ended.value is not None
    assert [error.member for error in ended.value.missing] == [one.members.b]
