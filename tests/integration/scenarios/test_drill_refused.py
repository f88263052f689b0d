"""Drills that are refused: nothing was sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inventory.errors import RefusedError
from runbooks.drill.trigger import By, leading
from tests.integration.scenarios.drills import (
    BRAS,
    MLD,
    SEED,
    VRRP,
    drilled,
    old_enough,
    options,
    refused,
    running,
)
from tests.integration.scenarios.pairs import sample
from tests.integration.scenarios.plants import typed


@pytest.mark.parametrize("name", [MLD, VRRP])
def test_what_is_forced_already_or_no_trunk_is_not_forced(name: str, tmp_path: Path) -> None:
    stage, pair = old_enough(name)

    error = refused(stage, pair, replace(options(stage, tmp_path), by=By.FORCE_BACKUP))

    assert "leads no Eth-Trunk that could be forced" in error.message


def test_a_standby_that_never_syncs_is_refused_whoever_forces_it(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    typed("DeviceB", "remote-backup-service service1", "peer 1.1.1.1 source 3.3.3.3 port 1026")(stage)
    stage.lab.advance(60)

    for how in (options(stage, tmp_path), replace(options(stage, tmp_path), forced="the change needs it")):
        error = refused(stage, pair, how)
        assert "not ready" in error.message
        assert "rbs-connected: channel is not connected" in (error.found or "")
        assert error.next_command == "hotpair ready seed-igmp"
    assert "--force" not in (error.wanted or "")


def test_a_pair_that_is_not_as_its_intent_says_is_refused_though_forced(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    typed("DeviceB", "interface Eth-Trunk1", "undo igmp enable")(stage)

    error = refused(stage, pair, options(stage, tmp_path))
    assert "igmp-enabled: IGMP does not run on Eth-Trunk1" in (error.found or "")
    forced = refused(stage, pair, replace(options(stage, tmp_path), forced="the change needs it"))
    assert "is not what its intent says" in forced.message


def test_nothing_moves_where_both_members_forward(tmp_path: Path) -> None:
    stage, pair = old_enough(MLD)

    error = refused(stage, pair, options(stage, tmp_path))
    assert "leads nothing that could move" in error.message
    assert error.next_command == "hotpair drill mld-active-active --by shutdown --port PORT"
    with pytest.raises(RefusedError, match="nothing of mld-active-active could move"):
        leading(pair)
    assert leading(sample(BRAS)) == ("a", "b")
    assert leading(sample(SEED)) == ("a",)


def test_what_was_not_agreed_to_is_not_done(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    how = replace(options(stage, tmp_path), agree=lambda _proposed: False)

    before = running(stage, pair)

    with pytest.raises(RefusedError, match="the drill was not agreed to; nothing was sent"):
        drilled(stage, pair, how)

    assert running(stage, pair) == before
    assert "not agreed" in next(tmp_path.glob("*.jsonl")).read_text()
