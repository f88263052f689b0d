"""Waiting: convergence needs a stable run; late is a failure; a flap between two samples is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from parsers import later
from parsers.api import parse_later
from tasks.checks.catalog import Selection, checks_for
from tasks.checks.model import Observation
from tasks.checks.policy import Policy, Waiver
from tasks.checks.waiting import Patience, Sample, Waited, wait
from tests.tasks.checks.bench import A, B, Texts, observed, pair_of

PAIR = pair_of("""\
backup_services:
  - {name: chan-9, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6009}
""")
CHECKS = checks_for(Selection(names=("rbs-connected",)))
COMMAND = "display remote-backup-service chan-9"


def picture(state: str, up_since: str = "12:00:00") -> Texts:
    text = (
        f" Service-Index : 4\n Service-Name : chan-9\n TCP-State : {state}\n"
        f" Last up time : 2026-03-04 {up_since}\n"
    )
    return {(A, COMMAND): text, (B, COMMAND): text}


class Clock:
    """A clock that only sleeping and looking move."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def waited(pictures: Sequence[Texts], patience: Patience, seen: list[Sample] | None = None) -> Waited:
    """Wait over pictures, one a look; the last one stays."""
    clock = Clock()
    looks = iter([*pictures, *[pictures[-1]] * 100])
    observe: Callable[[], tuple[Observation, ...]] = lambda: observed(next(looks))  # noqa: E731 - a stub
    samples: list[Sample] = [] if seen is None else seen
    return wait(
        CHECKS, PAIR, observe, clock=clock, sleep=clock.sleep, patience=patience, progress=samples.append
    )


def test_tells_when_it_began_to_hold() -> None:
    pictures = [picture("Connecting"), picture("Listening"), picture("Connected")]

    end = waited(pictures, Patience(budget_s=60, interval_s=5, eager_s=5, stable=3))

    assert (end.converged, end.samples, end.took_s) == (True, 5, 10.0)
    assert [result.converged_after_s for result in end.results] == [10.0]


def test_a_display_that_says_what_it_said_is_read_once() -> None:
    later._read.cache_clear()
    texts = [picture("Connecting"), picture("Connecting"), picture("Connected")]
    looks = iter([*texts, *[texts[-1]] * 9])
    clock = Clock()

    def observe() -> tuple[Observation, ...]:
        return tuple(replace(one, parsed=parse_later(one.command, one.text)) for one in observed(next(looks)))

    patience = Patience(budget_s=60, stable=3)
    end = wait(CHECKS, PAIR, observe, clock=clock, sleep=clock.sleep, patience=patience)

    assert (end.converged, end.samples) == (True, 5)
    assert later._read.cache_info().misses == 2  # two texts, which both members say


def test_a_pair_is_looked_at_often_until_it_holds() -> None:
    pictures = [picture("Connecting"), picture("Connecting"), picture("Connected")]
    seen: list[Sample] = []

    waited(pictures, Patience(budget_s=60, interval_s=2, stable=3), seen)

    assert [sample.at_s for sample in seen] == [0.0, 0.5, 1.0, 3.0, 5.0]


def test_a_pair_that_takes_long_is_not_kept_busy() -> None:
    seen: list[Sample] = []

    waited([picture("Connecting")], Patience(budget_s=40, interval_s=5), seen)

    assert [sample.at_s for sample in seen[-4:]] == [29.5, 30.0, 35.0, 40.0]
    assert len(seen) == 63


def test_one_bad_sample_begins_the_run_anew() -> None:
    pictures = [picture("Connected"), picture("Connected"), picture("Initial"), picture("Connected")]

    end = waited(pictures, Patience(budget_s=60, interval_s=5, eager_s=5, stable=3))

    assert (end.samples, end.took_s) == (6, 15.0)


def test_flap_between_two_good_samples_is_seen() -> None:
    pictures = [picture("Connected"), picture("Connected"), picture("Connected", "12:00:08")]

    end = waited(pictures, Patience(budget_s=60, interval_s=5, eager_s=5, stable=3))

    assert (end.converged, end.samples, end.took_s) == (True, 5, 10.0)


@pytest.mark.parametrize("state", ["Connecting", "Listening", "--"])
def test_late_is_a_failure(state: str) -> None:
    seen: list[Sample] = []

    end = waited([picture(state)], Patience(budget_s=20, interval_s=5, eager_s=5, stable=2), seen)

    assert not end.converged
    assert [result.outcome for result in end.results] == ["failure"]
    assert [(sample.at_s, sample.held, sample.judged) for sample in seen] == [
        (0.0, 0, 1), (5.0, 0, 1), (10.0, 0, 1), (15.0, 0, 1), (20.0, 0, 1)
    ]  # fmt: skip


def test_holding_too_shortly_before_the_end_is_a_failure() -> None:
    pictures = [picture("Connecting")] * 4 + [picture("Connected")]

    end = waited(pictures, Patience(budget_s=20, interval_s=5, eager_s=5, stable=3))

    assert not end.converged
    assert [str(complaint) for result in end.results for complaint in result.complaints] == [
        "held for 1 of 3 samples when the time of 20 s ended"
    ]


def test_value_that_keeps_moving_is_named() -> None:
    pictures = [picture("Connected", f"12:00:{second:02}") for second in range(9)]

    end = waited(pictures, Patience(budget_s=20, interval_s=5, eager_s=5, stable=2))

    assert not end.converged
    said = [str(complaint) for result in end.results for complaint in result.complaints]
    assert len(said) == 1
    assert said[0].endswith(f"; between samples moved last_up_time in `{COMMAND}` of {A}, entry 1")


def test_what_could_not_be_told_stays_an_error() -> None:
    end = waited([{}], Patience(budget_s=10, interval_s=5, eager_s=5, stable=1))

    assert not end.converged
    assert [result.outcome for result in end.results] == ["error"]


WAIVER = Waiver(check="rbs-connected", owner="jane", reason="peer is rebuilt", expires=date(2026, 12, 24))


@pytest.mark.parametrize(
    ("today", "outcome"), [(date(2026, 12, 24), "skipped"), (date(2026, 12, 25), "failure")]
)
def test_waived_failure_makes_nothing_late_until_its_last_day(today: date, outcome: str) -> None:
    clock = Clock()

    end = wait(
        CHECKS,
        PAIR,
        lambda: observed(picture("Initial")),
        clock=clock,
        sleep=clock.sleep,
        patience=Patience(budget_s=20, interval_s=5, eager_s=5),
        policy=Policy(waivers=(WAIVER,)),
        today=today,
    )

    assert [result.outcome for result in end.results] == [outcome]
    assert end.converged == (outcome == "skipped")
    assert end.samples == (1 if end.converged else 5)
