"""A standby is told ready in numbers, or what it lacks is named."""

from __future__ import annotations

import pytest

from inventory.model import Pair
from runbooks.ready import FULL_BACKUP, Readiness, look_ready
from runbooks.site import logged_in
from tasks.checks.model import Outcome
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.policy import Readiness as Wanted
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.drills import AGE_S, DHCP, SEED, SNOOPING, old_enough
from tests.integration.scenarios.plants import typed


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
