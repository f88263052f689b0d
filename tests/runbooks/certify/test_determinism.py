"""A schedule plays the same in another process, with other hash seeds, folders and schedules before it."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from random import Random

from runbooks.certify.draw import tangled
from runbooks.certify.pairs import FLOWS
from runbooks.certify.schedule import RELEASES, Schedule
from runbooks.certify.sweep import Ground, deaths, schedules_after
from tests.runbooks.certify.stage import runner

OF_EACH_KIND, TANGLED = 1, 30


def days() -> list[str]:
    """Draw a few schedules of each kind of fault, and tangled ones, by their codes."""
    dice = Random(11)  # noqa: S311 - the same each time
    with runner() as stage:
        bare = [stage.play(Schedule(flow, dice.choice(RELEASES))) for flow in FLOWS]
        cut = [stage.play(one) for one in dice.sample(list(deaths(bare[0])), 6)]
    taken_up = tuple(run for run in cut if run.events[-1].place.process)
    counted = sorted((one for run in bare for one in schedules_after(run)), key=_kind)
    drawn = [one for _, row in groupby(counted, _kind) for one in dice.sample(list(row), OF_EACH_KIND)]
    ground = Ground(tuple(bare), taken_up)
    return [one.code for one in (*drawn, *(tangled(ground, dice) for _ in range(TANGLED)))]


def _kind(schedule: Schedule) -> str:
    return schedule.strikes[-1].kind


def digests(codes: list[str], hash_seed: int) -> list[str]:
    """Play schedules in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.runbooks.certify.traces"],
        input="\n".join(codes),
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_two_processes_play_the_same() -> None:
    codes = days()
    first, second = digests(codes, 1), digests(codes[::-1], 2)[::-1]
    assert len(first) == len(codes)
    assert len(set(first)) > len(codes) / 2
    unequal = [code for code, one, other in zip(codes, first, second, strict=True) if one != other]
    assert unequal == []
