"""Of every planted fault exactly the checks fail that must, and one of them names the cause."""

from __future__ import annotations

import pytest

from tasks.checks.model import Outcome
from tests.integration.scenarios.faults import FAULTS, Planted
from tests.integration.scenarios.pairs import deployed, look, sample

WELL = (Outcome.SUCCESS, Outcome.SKIPPED)


@pytest.mark.parametrize("planted", FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_seen_and_named(planted: Planted) -> None:
    stage, pair = deployed(planted.pair), sample(planted.pair)
    for plant in planted.plants:
        plant(stage)
    stage.sleep(planted.settle_s)
    failed = [result for result in look(stage, pair) if result.outcome not in WELL]
    said = [str(complaint) for result in failed for complaint in result.complaints]
    assert {result.check for result in failed} == set(planted.fails.split()), said
    assert {result.outcome for result in failed} <= {Outcome.FAILURE}
    assert not planted.says or any(planted.says in line for line in said), said
