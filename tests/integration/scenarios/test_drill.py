"""A drill: the standby takes over with every entry and gives it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from runbooks.drill.judging import BACK, KEPT, ROLES
from runbooks.drill.proposing import propose_drill
from runbooks.drill.trigger import By
from runbooks.site import logged_in
from tests.integration.scenarios.bridge import openers
from tests.integration.scenarios.drills import (
    ARP,
    BRAS,
    DHCP,
    SEED,
    SNOOPING,
    VRRP,
    by_port,
    drilled,
    ended,
    old_enough,
    options,
    running,
)


@pytest.mark.parametrize(
    ("name", "side", "moved", "entries"),
    [
        (SEED, "a", ("E-Trunk 1",), 2),
        (SNOOPING, "a", ("E-Trunk 5",), 2),
        (VRRP, "a", ("VRRP 1 on GigabitEthernet0/2/0",), 1),
        (ARP, "a", ("VRRP 40 on GigabitEthernet0/1/0.40", "VRRP 60 on GigabitEthernet0/1/0.60"), 2),
        (DHCP, "a", ("VRRP 1 on Vlanif100",), 0),
        (BRAS, "a", ("VRRP 1 on GigabitEthernet0/1/0.2",), 1),
    ],
)
def test_the_standby_takes_over_with_every_entry_and_gives_it_back(
    name: str, side: str, moved: tuple[str, ...], entries: int, tmp_path: Path
) -> None:
    stage, pair = old_enough(name)
    before = running(stage, pair)

    done = drilled(stage, pair, options(stage, tmp_path, side))

    assert done.problem is None
    assert done.proposed.trigger.names == moved
    kept = "success" if entries else "skipped"  # without an entry nothing could be lost, and that is said
    assert ended(done) == {ROLES: "success", KEPT: kept, BACK: "success"}
    assert (done.held, done.lost) == ((entries, entries), {})
    times = done.times
    assert times.detected_s is not None
    assert times.roles_s is not None
    assert times.usable_s is not None
    assert times.return_s is not None
    assert times.detected_s <= times.roles_s <= times.usable_s
    assert times.roles_s <= done.proposed.hypothesis.roles_within_s
    assert running(stage, pair) == before
    assert done.run.changes[0 if side == "b" else 1].commands == ()


@pytest.mark.parametrize("name", [SEED, SNOOPING])
def test_forced_to_be_backup_a_member_gives_up_its_trunks_and_gets_them_back(
    name: str, tmp_path: Path
) -> None:
    stage, pair = old_enough(name)
    before = running(stage, pair)

    done = drilled(stage, pair, replace(options(stage, tmp_path), by=By.FORCE_BACKUP))

    assert done.problem is None
    assert ended(done) == {ROLES: "success", KEPT: "success", BACK: "success"}
    assert (done.held, done.lost) == ((2, 2), {})
    assert done.proposed.trigger.names[0].startswith("Eth-Trunk")
    typed_on = {one.member: [line for line in one.commands if "mode" in line] for one in done.run.changes}
    assert typed_on == {
        pair.members.a: ["e-trunk mode force-backup"],
        pair.members.b: ["e-trunk mode force-master"],
    }
    assert running(stage, pair) == before


@pytest.mark.parametrize(
    ("name", "port", "moved", "entries"),
    [
        (SEED, "ge 0/1/2", "Eth-Trunk1 in E-Trunk 1", 2),
        (VRRP, "GigabitEthernet0/1/1", "VRRP 1 on GigabitEthernet0/2/0", 1),
        (BRAS, "GigabitEthernet0/2/0", "VRRP 1 on GigabitEthernet0/1/0.2", 1),
    ],
)
def test_a_port_that_is_shut_moves_what_it_carries_and_comes_back(
    name: str, port: str, moved: str, entries: int, tmp_path: Path
) -> None:
    stage, pair = old_enough(name)
    before = running(stage, pair)

    done = drilled(stage, pair, by_port(stage, tmp_path, port))

    assert done.problem is None, done.problem
    assert done.proposed.trigger.names == (moved,)
    kept = "success" if entries else "skipped"
    assert ended(done) == {ROLES: "success", KEPT: kept, BACK: "success"}
    assert (done.held, done.lost) == ((entries, entries), {})
    times = done.times
    assert times.detected_s is not None
    assert times.roles_s is not None
    assert times.return_s is not None
    assert times.detected_s <= times.roles_s <= done.proposed.hypothesis.roles_within_s
    assert {one.member: one.commands for one in done.run.changes} == {
        pair.members.a: (f"interface {done.proposed.trigger.port}", "shutdown", "quit"),
        pair.members.b: (),
    }
    assert running(stage, pair) == before


def test_a_dry_run_plans_and_changes_nothing(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    before = running(stage, pair)

    proposed = propose_drill(pair, logged_in(pair, openers(stage, pair)), options(stage, tmp_path))

    lines = [line.text for one in proposed.plan.a.forward for line in one.lines]
    assert lines == ["priority 254"]
    assert proposed.plan.b.forward == ()
    assert str(proposed.hypothesis).startswith("roles within 30 s, 0 entries lost, return within 180 s")
    assert running(stage, pair) == before
    assert not list(tmp_path.iterdir())
