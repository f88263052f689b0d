"""Of every planted fault exactly the checks fail that must, and one of them names the cause."""

from __future__ import annotations

import pytest

from inventory.errors import ConnectError
from tasks.checks.model import Outcome
from tests.integration.scenarios.faults_of_sessions import FAULTS as OF_SESSIONS
from tests.integration.scenarios.faults_of_trunks import FAULTS as OF_TRUNKS
from tests.integration.scenarios.pairs import GROUPS, deployed, look, sample
from tests.integration.scenarios.planted import SEED, VRRP, Planted
from tests.integration.scenarios.plants import struck
from tests.tasks.checks.emulated import boots_wrong

FAULTS = {**OF_TRUNKS, **OF_SESSIONS}
WELL = (Outcome.SUCCESS, Outcome.SKIPPED)


@pytest.mark.parametrize("planted", FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_seen_and_named(planted: Planted) -> None:
    stage, pair = deployed(planted.pair), sample(planted.pair)
    for plant in planted.plants:
        plant(stage)
    stage.sleep(planted.settle_s)
    failed = [result for result in look(stage, pair) if result.outcome not in WELL]
    said = [str(complaint) for result in failed for complaint in result.complaints]
    wanted = {*planted.fails.split(), *boots_wrong(planted.pair, stage.lab)}
    assert {result.check for result in failed} == wanted, said
    assert {result.outcome for result in failed} <= {Outcome.FAILURE}
    assert not planted.says or any(planted.says in line for line in said), said


def test_a_stopped_device_is_no_failure_of_the_pair_but_cannot_be_told() -> None:
    stage, pair = deployed(SEED), sample(SEED)
    struck("DeviceB", "power-off")(stage)
    stage.sleep(120)
    with pytest.raises(ConnectError, match="DeviceB"):
        look(stage, pair)


def test_where_no_host_has_joined_the_entries_prove_nothing_and_are_skipped() -> None:
    stage, pair = deployed(VRRP), sample(VRRP)
    for device, interface, group in GROUPS[VRRP]:
        stage.lab.world.leave(device, interface, group, "10.9.9.9")
    stage.sleep(600)
    results = {result.check: result for result in look(stage, pair)}
    assert results["igmp-entries"].outcome is Outcome.SKIPPED
    assert results["igmp-entries"].note == "no entry on either member"
    assert {result.outcome for result in results.values()} <= set(WELL)
