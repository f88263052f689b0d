"""An operator who reads the plan longer than the device keeps an idle session."""

from __future__ import annotations

from pathlib import Path

from inventory.model import SIDES
from runbooks.change import ChangeOptions, change_pair
from runbooks.verify import convergence_budget
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.waiting import Patience
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
