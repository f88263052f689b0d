"""An operator who reads the plan longer than a device keeps an idle session; one who ends what waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.model import SIDES
from runbooks import interrupts
from runbooks.change import ChangeOptions, change_pair
from runbooks.verify import convergence_budget
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.waiting import Patience, Sample
from tasks.plan.model import PairPlan
from tests.integration.scenarios.bridge import openers
from tests.integration.scenarios.pairs import bare, sample

IDLE_S = 11 * 60.0  # a device ends a session after ten minutes (idle-timeout)


def test_sessions_that_ended_while_the_plan_was_read_are_opened_again(tmp_path: Path) -> None:
    pair = sample("seed-igmp")
    stage = bare(pair)

    def read(_plan: PairPlan) -> bool:
        stage.sleep(IDLE_S)
        assert all(not stage.lab.device(pair.members.of(side)).logins for side in SIDES)
        return True

    patience = Patience(budget_s=convergence_budget(pair), interval_s=5, eager_s=5)
    options = ChangeOptions(checks_for(CONVERGING), patience, tmp_path, agree=read, clock=stage.clock)
    changed = change_pair(pair, openers(stage, pair), options)
    assert changed.problem is None
    assert changed.run.outcome == "done"


def test_an_interrupt_that_reaches_no_thread_ends_its_waiting_with_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = sample("seed-igmp")
    stage = bare(pair)
    looks: list[int] = []

    def seen(sample: Sample) -> None:
        looks.append(sample.number)
        monkeypatch.setattr(interrupts._WATCH, "came", True)  # as on the main thread, while this one works

    patience = Patience(budget_s=convergence_budget(pair), interval_s=5, eager_s=5)
    options = ChangeOptions(checks_for(CONVERGING), patience, tmp_path, progress=seen, clock=stage.clock)
    changed = change_pair(pair, openers(stage, pair), options)
    assert looks == [1]
    assert changed.run.outcome == "rolled back"
