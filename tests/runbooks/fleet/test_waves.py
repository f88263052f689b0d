"""Waves and how many may fail: read from what was typed, and kept to the pair."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from nornir.core import Nornir

from hotpair.cli.many_ends import write_reports
from inventory.errors import DeviceError, IntentError
from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.model import SIDES, Pair
from runbooks.change import Changed
from runbooks.fleet.deploying import FleetOptions, deploy_pairs
from runbooks.fleet.over import Ended
from runbooks.fleet.waves import in_waves, read_max_fail, read_waves
from runbooks.report.fleet import FORMS
from runbooks.report.run import Run
from runbooks.site import Openers, open_inventory
from tasks.plan.model import MemberPlan, PairPlan
from tests.runbooks.archive.made import BAD, GOOD, run

PAIRS = tuple(
    parse_pair(f"pair: p{number}\nmembers: {{a: r{2 * number}, b: r{2 * number + 1}}}\n", "x")
    for number in range(10)
)


@pytest.mark.parametrize(
    ("text", "of", "allowed"),
    [("0", 10, 0), ("3", 10, 3), ("3", 2, 3), ("5%", 10, 0), ("10%", 10, 1), ("34%", 5, 1), ("100%", 7, 7)],
)
def test_so_many_may_fail_and_one_more_is_too_many(text: str, of: int, allowed: int) -> None:
    read = read_max_fail(text)
    assert read.allowed(of) == allowed
    assert not read.exceeded(allowed, of)
    assert read.exceeded(allowed + 1, of)


@pytest.mark.parametrize("text", ["", "-1", "101%", "5 %", "1.5", "²", "٣", "%", "rest"])
def test_what_is_no_number_of_failures_is_refused(text: str) -> None:
    with pytest.raises(IntentError):
        read_max_fail(text)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("1,10,rest", [1, 9]),
        ("1, 2,rest", [1, 2, 7]),
        ("3", [3, 7]),
        ("rest", [10]),
        ("", [10]),
        ("20", [10]),
        ("4,6", [4, 6]),
    ],
)
def test_waves_take_each_pair_once_in_order(text: str, sizes: list[int]) -> None:
    waves = list(in_waves(range(10), read_waves(text)))
    assert [len(wave) for wave in waves] == sizes
    assert [one for wave in waves for one in wave] == list(range(10))


@pytest.mark.parametrize("text", ["0", "1,,2", ",", "rest,1", "-1", "1.5", "²", "٣", "1,²", "all"])
def test_what_is_no_wave_is_refused(text: str) -> None:
    with pytest.raises(IntentError):
        read_waves(text)


@pytest.fixture(scope="module")
def nornir(tmp_path_factory: pytest.TempPathFactory) -> Nornir:
    """Return an inventory of routers that nobody dials."""
    folder = tmp_path_factory.mktemp("inventory")
    (folder / "pairs").mkdir()
    hosts = "".join(f"r{number}: {{hostname: 127.0.0.1, username: ops}}\n" for number in range(20))
    (folder / "hosts.yaml").write_text(hosts, encoding="utf-8")
    return open_inventory(folder)


def changed(pair: Pair, _openers: Openers) -> Changed:
    a, b = (MemberPlan(pair.members.of(side), (), (), ConfigTree(())) for side in SIDES)
    return Changed(PairPlan(pair.name, a, b), run(0, GOOD, pair=pair.name))


@pytest.mark.parametrize(
    ("failing", "manner", "wrong", "begun"),
    [
        ("", ("0", ""), "", "0123456789"),
        ("2", ("0", ""), "", "012"),
        ("25", ("1", ""), "", "012345"),
        ("25", ("10%", ""), "", "012345"),
        ("25", ("2", ""), "", "0123456789"),
        ("25", ("20%", ""), "", "0123456789"),
        ("25", ("19%", ""), "", "012345"),
        ("0", ("0", "1,rest"), "", "0"),
        ("05", ("1", "1,rest"), "", "012345"),
        ("", ("9", "1,2,rest"), "0", "0"),
        ("", ("9", "1,2,rest"), "2", "012"),
        ("", ("9", "1,2,rest"), "7", "0123456789"),
        ("1", ("1", "1,2,rest"), "1", "0123456789"),
    ],
)
def test_a_fleet_goes_on_as_long_as_it_may(
    nornir: Nornir, failing: str, manner: tuple[str, str], wrong: str, begun: str
) -> None:
    """Those that fail, and those that do not hold when they are looked at, by their numbers.

    Of the last wave nobody looks any more, and of a pair that failed neither: it is known to be wrong.
    """

    def change(pair: Pair, openers: Openers) -> Changed:
        if pair.name[1:] in failing:
            raise DeviceError("it did not come to be")
        return changed(pair, openers)

    def look(pairs: Sequence[Pair]) -> Sequence[Run]:
        return [run(1, BAD if one.name[1:] in wrong else GOOD, pair=one.name) for one in pairs]

    said: list[str] = []
    max_fail, waves = manner

    ends = deploy_pairs(
        nornir, PAIRS, change, look, FleetOptions(1, read_max_fail(max_fail), read_waves(waves)),
        tell=lambda _ended: None, begin=lambda _pair: None, say=said.append,
    )  # fmt: skip

    assert [one.pair for one in ends] == list(PAIRS)
    assert "".join(one.pair.name[1:] for one in ends if one.begun) == begun
    assert bool(said) == (len(begun) < len(PAIRS))


def test_a_report_names_the_pairs_that_were_not_begun(tmp_path: Path) -> None:
    ends: list[Ended[Changed]] = [
        Ended(PAIRS[0], error=DeviceError("it did not come to be")),
        Ended(PAIRS[1], begun=False),
    ]

    write_reports([tmp_path / f"report{form}" for form in FORMS], ends, [], {})

    for form in FORMS:
        text = (tmp_path / f"report{form}").read_text(encoding="utf-8")
        assert "it did not come to be" in text
        assert "the pair was not begun" in text
