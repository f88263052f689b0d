"""Drills on pairs that are well, and on standbys that are not: what is measured, refused, and left behind."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from emulator.lab import Lab
from inventory.errors import RefusedError, RolledBackError, SplitError
from inventory.model import Pair
from runbooks.deploy import resume
from runbooks.drill import BACK, KEPT, ROLES, Drilled, DrillWishes, drill_pair, propose_drill
from runbooks.drill_trigger import leading
from runbooks.ready import FULL_BACKUP, Readiness, look_ready
from runbooks.site import logged_in
from tasks.checks.model import Outcome
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.policy import Readiness as Wanted
from tasks.transaction.ends import End
from tasks.transaction.model import Progress
from tests.integration.scenarios.bridge import Stage, in_virtual_time, log_in, openers
from tests.integration.scenarios.pairs import deployed, sample
from tests.integration.scenarios.plants import struck, typed

SEED, VRRP, SNOOPING = "seed-igmp", "igmp-vrrp", "igmp-snooping-etrunk"
MLD, BRAS, DHCP = "mld-active-active", "user-vrrp-bras", "user-vrrp-dhcp"
RUNNING = "display current-configuration"
AGE_S = 300.0


@cache
def _aged(name: str) -> Lab:
    stage = deployed(name)
    stage.lab.advance(AGE_S)
    return stage.lab


def old_enough(name: str) -> tuple[Stage, Pair]:
    """Give a pair of its own that has been well for a while."""
    return Stage(deepcopy(_aged(name))), sample(name)


def wishes(stage: Stage, journals: Path, side: str = "a") -> DrillWishes:
    return DrillWishes("b" if side == "b" else "a", journals, clock=stage.clock, sleep=stage.sleep)


def running(stage: Stage, pair: Pair) -> dict[str, list[str]]:
    """Give the configuration of both members, without the comments above it."""
    return {
        name: [line for line in log_in(stage, name).run(RUNNING).splitlines() if not line.startswith("!")]
        for name in (pair.members.a, pair.members.b)
    }


def drilled(stage: Stage, pair: Pair, how: DrillWishes) -> Drilled:
    with in_virtual_time(stage):
        return drill_pair(pair, openers(stage, pair), how)


def ended(done: Drilled) -> dict[str, str]:
    return {result.check: str(result.outcome) for result in done.run.results}


@pytest.mark.parametrize(
    ("name", "side", "moved", "entries"),
    [
        (SEED, "a", ("E-Trunk 1",), 2),
        (SNOOPING, "a", ("E-Trunk 5",), 2),
        (VRRP, "a", ("VRRP 1 on GigabitEthernet0/2/0",), 1),
    ],
)
def test_the_standby_takes_over_with_every_entry_and_gives_it_back(
    name: str, side: str, moved: tuple[str, ...], entries: int, tmp_path: Path
) -> None:
    stage, pair = old_enough(name)
    before = running(stage, pair)

    done = drilled(stage, pair, wishes(stage, tmp_path, side))

    assert done.problem is None
    assert done.proposed.trigger.names == moved
    assert ended(done) == {ROLES: "success", KEPT: "success", BACK: "success"}
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


def test_a_dry_run_plans_and_changes_nothing(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    before = running(stage, pair)

    with in_virtual_time(stage):
        proposed = propose_drill(pair, logged_in(pair, openers(stage, pair)), wishes(stage, tmp_path))

    lines = [line.text for one in proposed.plan.a.forward for line in one.lines]
    assert lines == ["priority 254"]
    assert proposed.plan.b.forward == ()
    assert str(proposed.hypothesis).startswith("roles within 30 s, 0 entries lost, return within 180 s")
    assert running(stage, pair) == before
    assert not list(tmp_path.iterdir())


# ---- refused -----------------------------------------------------------------------------------------------


def refused(stage: Stage, pair: Pair, how: DrillWishes) -> RefusedError:
    """Give the refusal of a drill, after which nothing may have been sent."""
    before = running(stage, pair)
    with pytest.raises(RefusedError) as told:
        drilled(stage, pair, how)
    assert running(stage, pair) == before
    assert not list(how.journals.glob("*.jsonl"))
    return told.value


def test_a_standby_that_never_syncs_is_refused_whoever_forces_it(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    typed("DeviceB", "remote-backup-service service1", "peer 1.1.1.1 source 3.3.3.3 port 1026")(stage)
    stage.lab.advance(60)

    for how in (wishes(stage, tmp_path), replace(wishes(stage, tmp_path), forced="the change needs it")):
        error = refused(stage, pair, how)
        assert "not ready" in error.message
        assert "rbs-connected: channel is not connected" in (error.found or "")
        assert error.next_command == "hotpair ready seed-igmp"
    assert "--force" not in (error.wanted or "")


def test_a_pair_that_is_not_as_its_intent_says_is_refused_though_forced(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    typed("DeviceB", "interface Eth-Trunk1", "undo igmp enable")(stage)

    error = refused(stage, pair, wishes(stage, tmp_path))
    assert "service-lines: a line is not as intended" in (error.found or "")
    forced = refused(stage, pair, replace(wishes(stage, tmp_path), forced="the change needs it"))
    assert "is not what its intent says" in forced.message


def test_nothing_moves_where_both_members_forward(tmp_path: Path) -> None:
    stage, pair = old_enough(MLD)

    assert "leads nothing that could move" in refused(stage, pair, wishes(stage, tmp_path)).message
    with pytest.raises(RefusedError, match="nothing of mld-active-active could move"):
        leading(pair)
    assert leading(sample(BRAS)) == ("a", "b")
    assert leading(sample(SEED)) == ("a",)


def test_what_was_not_agreed_to_is_not_done(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    how = replace(wishes(stage, tmp_path), agree=lambda _proposed: False)

    assert "not agreed" in refused(stage, pair, how).message


# ---- what goes wrong on the way ----------------------------------------------------------------------------


def when(text: str, act: Callable[[], None]) -> Callable[[Progress], None]:
    """Do something when a step of the transaction is told."""

    def notify(progress: Progress) -> None:
        if text in progress.text:
            act()

    return notify


def test_entries_that_the_new_master_lacks_are_lost_and_said(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    leave = when(
        "trial with",
        lambda: stage.lab.world.leave("DeviceA", "Eth-Trunk1", "225.7.7.8", "10.9.9.9"),
    )

    done = drilled(stage, pair, replace(wishes(stage, tmp_path), notify=leave))

    assert done.problem is None
    assert ended(done)[KEPT] == "failure"
    assert done.lost == {"igmp on Eth-Trunk1": ("225.7.7.8",)}
    assert done.held == (1, 2)
    assert done.run.verdict is Outcome.FAILURE


def test_a_standby_that_does_not_take_over_is_told(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    plant = struck("DeviceB", "shut-port", port="GigabitEthernet0/1/3")
    before = running(stage, pair)

    done = drilled(
        stage, pair, replace(wishes(stage, tmp_path), notify=when("trial with", lambda: plant(stage)))
    )

    assert ended(done)[ROLES] == "failure"
    assert done.times.roles_s is None
    assert isinstance(done.problem, SplitError)
    assert running(stage, pair) == before


def test_a_pair_that_does_not_come_back_is_unlike_its_start(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    plant = struck("DeviceA", "shut-port", port="GigabitEthernet0/1/2")
    spoil = when("abort DeviceA", lambda: plant(stage))

    done = drilled(stage, pair, replace(wishes(stage, tmp_path), notify=spoil))

    assert isinstance(done.problem, SplitError)
    assert "not as it was before the drill" in done.problem.message
    assert ended(done)[BACK] == "failure"


class KilledError(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("alone", [True, False])
def test_killed_in_the_middle_the_devices_and_a_resume_bring_it_back(tmp_path: Path, *, alone: bool) -> None:
    stage, pair = old_enough(SEED)
    before = running(stage, pair)

    def die(_seconds: float) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        drilled(stage, pair, replace(wishes(stage, tmp_path), sleep=die))
    assert running(stage, pair) != before
    if alone:
        stage.lab.advance(700)
        assert running(stage, pair) == before
    (path,) = tmp_path.glob("*.jsonl")
    taken_up = resume(path.stem, openers(stage, pair), tmp_path)

    assert taken_up.outcome.end is End.AS_BEFORE
    assert isinstance(taken_up.problem(), RolledBackError)
    assert running(stage, pair) == before


# ---- readiness ---------------------------------------------------------------------------------------------


def readiness(stage: Stage, pair: Pair, policy: Policy = NO_POLICY) -> Readiness:
    return look_ready(pair, logged_in(pair, openers(stage, pair)), policy)


def test_a_ready_standby_is_told_in_numbers() -> None:
    stage, pair = old_enough(SEED)

    found = readiness(stage, pair)

    assert (found.outcome, found.reasons, found.untold) == (Outcome.SUCCESS, (), ())
    (igmp,) = found.entries
    assert (igmp.kind, igmp.master, igmp.on_master, igmp.on_backup, igmp.missing) == (
        "igmp", "DeviceA", 2, 2, (),
    )  # fmt: skip
    assert all(age is not None and age > AGE_S for age in found.channels_up_s.values())
    assert set(found.channels_up_s) == {"service1 on DeviceA", "service1 on DeviceB"}
    assert found.skew_s == 0
    assert found.unproven == (FULL_BACKUP,)
    assert found.as_dict()["ready"] == "yes"


@pytest.mark.parametrize(
    ("name", "wanted", "says"),
    [
        (SEED, Wanted(channel_up_s=86_400), "channel service1 on DeviceA: wanted up for 86400 s, found 3"),
        (
            SEED,
            Wanted(revert_delay_s=300),
            "E-Trunk 1 on DeviceA switches back: wanted 300 s or more, found 120",
        ),
        (
            DHCP,
            Wanted(preempt_delay_s=1000),
            "VRRP 1 on Vlanif100 on ACC1: wanted 1000 s or more, found 900 s",
        ),
    ],
)
def test_what_the_policy_wants_of_a_standby_can_be_forced(name: str, wanted: Wanted, says: str) -> None:
    stage, pair = old_enough(name)

    found = readiness(stage, pair, Policy(readiness=wanted))

    assert found.outcome is Outcome.FAILURE
    assert found.fatal == ()
    assert any(says in reason.text for reason in found.reasons), found.reasons


def test_missing_entries_are_named_and_a_dark_backup_proves_nothing() -> None:
    stage, pair = old_enough(SEED)
    typed("DeviceB", "remote-backup-service service1", "shutdown")(stage)
    stage.lab.world.join("DeviceA", "Eth-Trunk1", "225.7.7.9", "10.9.9.9")
    stage.lab.advance(30)
    (igmp,) = readiness(stage, pair).entries
    hidden = readiness(*old_enough(SNOOPING))

    assert (igmp.on_master, igmp.on_backup, igmp.missing) == (3, 2, ("225.7.7.9",))
    assert hidden.outcome is Outcome.SUCCESS
    assert any("lists no port that is down" in text for text in hidden.unproven)
