"""One sweep on the pair of the configuration guide: every kind of fault, on devices that print as it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from runbooks.certify.draw import cells_of
from runbooks.certify.pairs import SIDES, Flow, paths
from runbooks.certify.play import Played, ScheduleRunner
from runbooks.certify.schedule import RELEASES, Kind, Schedule
from runbooks.certify.sweep import Ground, afterwards, strikes_of, struck
from tests.runbooks.certify.stage import runner

ROOT = Path(__file__).parents[3]
LAB, PRINTED = ROOT / "inventory" / "lab", ROOT / "tests" / "fixtures" / "seed-002"
MEMBERS = {"a": "DeviceA", "b": "DeviceB"}
PEER = {"a": "peer 3.3.3.3 source 1.1.1.1 port {}", "b": "peer 1.1.1.1 source 3.3.3.3 port {}"}
OF_EACH_KIND = 2


def text(folder: Path, side: str) -> str:
    return (folder / f"{MEMBERS[side]}.cfg").read_text(encoding="utf-8")


def added(side: str) -> frozenset[str]:
    """Return the lines that the guide prints and that a device without the pair lacks."""
    lines = paths(text(PRINTED, side)) - paths(text(LAB / "devices", side))
    return frozenset(line for line in lines if not line.startswith("interface Loopback0"))  # printed so


SEED = Flow(
    name="seed",
    intent=(LAB / "pairs" / "seed-igmp.yaml").read_text(encoding="utf-8"),
    boot={side: text(LAB / "devices", side) for side in SIDES},
    typed=dict.fromkeys(SIDES, ("interface LoopBack9",)),
    stages={side: (added(side),) for side in SIDES},
    gone=dict.fromkeys(SIDES, frozenset()),
    rival={side: ("remote-backup-service service1", PEER[side].format(2_002)) for side in SIDES},
    secrets={"seed-igmp-etrunk": "Jh4_by-the-guide"},
    members=MEMBERS,
)


@pytest.fixture(scope="module")
def stage() -> Iterator[ScheduleRunner]:
    with runner() as opened:
        opened.flows = {SEED.name: SEED}
        yield opened


@pytest.fixture(scope="module")
def bare(stage: ScheduleRunner) -> tuple[Played, ...]:
    return tuple(stage.play(Schedule(SEED.name, release)) for release in RELEASES)


def test_it_ends_as_the_guide_prints_it(bare: tuple[Played, ...]) -> None:
    assert [(one.truth, one.complaints) for one in bare] == [(("new", "new"), ())] * len(RELEASES)


def test_it_ends_well_whatever_happens(stage: ScheduleRunner, bare: tuple[Played, ...]) -> None:
    dice, drawn = Random(5), []  # noqa: S311 - the same each time
    cells = cells_of(Ground(bare, ()))
    for kind in Kind:
        for cell in dice.choices([cell for cell in cells if cell.kind is kind], k=OF_EACH_KIND):
            run, event = dice.choice(cells[cell])
            strike = dice.choice(strikes_of(event, kind))
            drawn.append(struck(run.schedule, strike, *dice.choice(afterwards(run.schedule, strike))))
    played = [stage.play(schedule) for schedule in drawn]
    assert {one.schedule.code: one.complaints for one in played if one.complaints} == {}
    assert len({effect.strike.kind for one in played for effect in one.effects}) > len(Kind) // 2
