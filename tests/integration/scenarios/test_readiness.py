"""A standby is told ready in numbers, or what it lacks is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotpair.cli.ready import ready_lines
from inventory.model import Pair
from runbooks.readiness import Lag, Readiness
from runbooks.ready import FULL_BACKUP, REVERT_LEFT, look_ready
from runbooks.site import logged_in
from tasks.checks.model import Outcome
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.policy import Readiness as Wanted
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.drills import (
    AGE_S,
    ARP,
    DHCP,
    SEED,
    SNOOPING,
    VRRP,
    old_enough,
    options,
    refused,
)
from tests.integration.scenarios.pairs import bare, sample
from tests.integration.scenarios.plants import ClockOff, struck, typed


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
    assert found.lag == Lag(0, 2, 0.0)
    assert "lag: 0 of 2 entries" in list(ready_lines(found))
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
    found = readiness(stage, pair)
    (igmp,) = found.entries
    hidden = readiness(*old_enough(SNOOPING))

    assert (igmp.on_master, igmp.on_backup, igmp.missing) == (3, 2, ("225.7.7.9",))
    assert found.lag is not None
    assert (found.lag.entries, found.lag.of) == (1, 3)
    assert found.lag.seconds == pytest.approx(30, abs=5)
    assert (found.channels_up_s, found.channels_down) == ({}, ("service1 on DeviceA", "service1 on DeviceB"))
    assert any(one.fatal and one.text.startswith("rbs-connected") for one in found.reasons)
    assert hidden.outcome is Outcome.SUCCESS
    assert any("lists no port that is down" in text for text in hidden.unproven)
    assert hidden.lag is None
    assert "igmp-snooping on Eth-Trunk10.100: 2 entries of PE1; the backup shows none" in ready_lines(hidden)
    assert [one["on_backup"] for one in hidden.as_dict()["entries"]] == [None]


@pytest.mark.parametrize(("rate", "ends"), [(1.0, Outcome.SUCCESS), (0.0, Outcome.FAILURE)])
def test_a_standby_that_takes_in_slowly_or_nothing_is_behind_until_it_has_all(
    rate: float, ends: Outcome, tmp_path: Path
) -> None:
    stage, pair = old_enough(SEED)
    struck("DeviceB", "slow-backup", rate=rate)(stage)
    for number in range(60):
        stage.lab.world.join("DeviceA", "Eth-Trunk1", f"225.9.0.{number}", "10.9.9.9")
    stage.lab.advance(20)

    early = readiness(stage, pair)
    told = refused(stage, pair, options(stage, tmp_path))
    stage.lab.advance(60)
    late = readiness(stage, pair)

    assert early.lag is not None
    assert late.lag is not None
    assert early.lag.of == 62
    assert early.lag.entries == pytest.approx(60 - 20 * rate, abs=5)
    assert early.lag.seconds == pytest.approx(20, abs=5)
    assert "entries of the master are missing on the backup" in (told.found or "")
    assert (late.outcome, late.lag.entries) == (ends, 0 if rate else 60)


def test_a_channel_that_is_not_there_is_not_called_up() -> None:
    pair = sample(SEED)

    found = readiness(bare(pair), pair)

    assert (found.channels_up_s, found.channels_down) == ({}, ("service1 on DeviceA", "service1 on DeviceB"))
    assert found.unproven == (FULL_BACKUP,)


def test_a_channel_that_is_down_is_old_enough_for_nobody() -> None:
    stage, pair = old_enough(SEED)
    typed("DeviceB", "remote-backup-service service1", "shutdown")(stage)
    stage.lab.advance(30)

    found = readiness(stage, pair, Policy(readiness=Wanted(channel_up_s=60)))

    wanted = "channel service1 on DeviceA: wanted up for 60 s, found 0 s"
    assert wanted in [reason.text for reason in found.reasons]
    assert "channel service1 on DeviceA: not connected" in list(ready_lines(found))


@pytest.mark.parametrize("name", [ARP, VRRP])
def test_what_is_left_of_a_delay_is_told(name: str) -> None:
    stage, pair = old_enough(name)
    struck(pair.members.a, "reboot")(stage)
    stage.lab.advance(500)

    found = readiness(stage, pair)

    assert found.outcome is Outcome.FAILURE
    assert found.delays_left_s
    assert all(0 < left < 600 for left in found.delays_left_s.values())
    assert all(said.endswith(f" on {pair.members.a}") for said in found.delays_left_s)
    assert REVERT_LEFT not in found.unproven


def test_how_long_an_e_trunk_waits_is_shown_by_nobody_and_said_so() -> None:
    stage, pair = old_enough(SEED)
    for line in ("shutdown", "undo shutdown"):
        typed("DeviceA", "interface GigabitEthernet0/1/2", line)(stage)
        stage.lab.advance(30)

    assert REVERT_LEFT in readiness(stage, pair).unproven


@pytest.mark.parametrize("name", [SEED, ARP])
@pytest.mark.parametrize("seconds", [-600, 600])
def test_clocks_that_differ_are_told_and_may_be_overridden(name: str, seconds: float) -> None:
    stage, pair = old_enough(name)
    ClockOff(pair.members.b, seconds)(stage)

    found = readiness(stage, pair)

    assert (found.outcome, found.skew_s) == (Outcome.FAILURE, 600)
    assert [(one.text.partition(":")[0], one.fatal) for one in found.reasons] == [("clocks-agree", False)]
