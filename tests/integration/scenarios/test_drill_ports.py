"""Drills by a port: what may be shut, what may not, and how it comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.lab import Lab
from emulator.personalities import PERSONALITIES
from inventory.errors import DeviceError, HotpairError, RefusedError
from inventory.model import Pair
from runbooks.deploy import resume
from runbooks.drill.model import DrillOptions
from runbooks.drill.proposing import propose_drill
from runbooks.site import logged_in
from tasks.transaction.ends import End
from tests.integration.scenarios.bridge import Stage, log_in, openers
from tests.integration.scenarios.drills import (
    AGE_S,
    MLD,
    SEED,
    SNOOPING,
    VRRP,
    KilledError,
    by_port,
    drilled,
    ended,
    old_enough,
    running,
)
from tests.integration.scenarios.pairs import sample
from tests.integration.scenarios.plants import typed
from tests.tasks.checks.emulated import deployed as as_deployed


def unsent(
    stage: Stage, pair: Pair, how: DrillOptions, kind: type[HotpairError] = RefusedError
) -> HotpairError:
    """Return why a drill did not begin, after which nothing may have been sent."""
    before = running(stage, pair)
    with pytest.raises(kind) as told:
        propose_drill(pair, logged_in(pair, openers(stage, pair)), how)
    assert running(stage, pair) == before
    assert not list(how.journals.glob("*.jsonl"))
    assert "nothing was sent" in told.value.message
    return told.value


@pytest.mark.parametrize(
    ("name", "port", "says"),
    [
        (SEED, "GigabitEthernet0/9/9", "DeviceA has no port GigabitEthernet0/9/9"),
        (SNOOPING, "GigabitEthernet0/2/1", "PE1 has no port GigabitEthernet0/2/1"),
        (VRRP, "GigabitEthernet0/1/0", "nothing of igmp-vrrp moves when GigabitEthernet0/1/0 is shut"),
        (VRRP, "GigabitEthernet0/2/0", "nothing of igmp-vrrp moves when GigabitEthernet0/2/0 is shut"),
    ],
)
def test_a_port_that_is_none_or_moves_nothing_is_not_shut(
    name: str, port: str, says: str, tmp_path: Path
) -> None:
    stage, pair = old_enough(name)

    assert says in unsent(stage, pair, by_port(stage, tmp_path, port)).message


def test_a_trunk_that_does_not_fall_with_one_port_is_shut_itself(tmp_path: Path) -> None:
    stage, pair = old_enough(MLD)

    error = unsent(stage, pair, by_port(stage, tmp_path, "GigabitEthernet0/4/0"))
    assert error.next_command == "hotpair drill mld-active-active --from a --by shutdown --port Eth-Trunk20"
    before = running(stage, pair)
    done = drilled(stage, pair, by_port(stage, tmp_path, "Eth-Trunk20"))

    assert done.problem is None
    assert set(ended(done).values()) == {"success"}
    assert (done.held, running(stage, pair)) == ((1, 1), before)


def test_the_member_that_has_the_port_is_named(tmp_path: Path) -> None:
    stage, pair = old_enough(SNOOPING)

    error = unsent(stage, pair, by_port(stage, tmp_path, "GE0/2/1"))

    assert error.found == "PE2 has it"
    assert error.next_command == (
        "hotpair drill igmp-snooping-etrunk --from b --by shutdown --port GigabitEthernet0/2/1"
    )


def test_the_port_that_carries_the_channel_is_not_shut(tmp_path: Path) -> None:
    stage, pair = old_enough(VRRP)
    typed("AGG1", "ip route-static 10.255.1.2 32 10.14.1.9 preference 5")(stage)
    stage.lab.advance(5)
    how = replace(by_port(stage, tmp_path, "GigabitEthernet0/1/1"), forced="the route is ours")

    error = unsent(stage, pair, how)

    assert "shutting GigabitEthernet0/1/1 would cut the channel multicast" in error.message
    assert error.found == "the route to 10.255.1.2 leaves by GigabitEthernet0/1/1"


@pytest.mark.parametrize("port", ["GigabitEthernet0/1/2", "Eth-Trunk1"])
def test_the_port_that_carries_our_own_way_is_not_shut(port: str, tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    how = by_port(stage, tmp_path, port)

    dialled = unsent(stage, pair, replace(how, dialled={"DeviceA": "10.0.15.1"}))
    answered = unsent(Stage(stage.lab, "10.0.15.77"), pair, how)

    assert "would cut our own way to DeviceA" in dialled.message
    assert dialled.found == "10.0.15.1 is on Eth-Trunk1"
    assert "would cut our own way to DeviceA" in answered.message
    assert answered.found == "the route to 10.0.15.77 leaves by Eth-Trunk1"


def test_a_way_that_no_display_tells_is_not_taken_for_one_that_stays(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)

    far = Stage(stage.lab, "172.31.0.1")
    error = unsent(far, pair, by_port(stage, tmp_path, "GigabitEthernet0/1/2"), DeviceError)

    assert "whether GigabitEthernet0/1/2 carries our own way to DeviceA cannot be told" in error.message
    assert error.wanted == "a route to 172.31.0.1"


def test_a_port_is_not_shut_by_a_release_without_a_trial(tmp_path: Path) -> None:
    stage = Stage(Lab(as_deployed(SEED), personality=PERSONALITIES["v8r5"]))
    stage.lab.advance(AGE_S)
    for name in ("DeviceA", "DeviceB"):
        log_in(stage, name).save()

    before = running(stage, sample(SEED))
    done = drilled(stage, sample(SEED), by_port(stage, tmp_path, "GigabitEthernet0/1/2"))

    assert isinstance(done.problem, RefusedError)
    assert "commit trial" in (done.problem.wanted or "")
    assert running(stage, sample(SEED)) == before


@pytest.mark.parametrize("alone", [True, False])
def test_killed_with_a_port_shut_the_device_and_a_resume_bring_it_back(
    tmp_path: Path, *, alone: bool
) -> None:
    stage, pair = old_enough(VRRP)
    before = running(stage, pair)

    def die(_seconds: float) -> None:
        raise KilledError

    how = by_port(stage, tmp_path, "GigabitEthernet0/1/1")
    with pytest.raises(KilledError):
        drilled(stage, pair, replace(how, clock=replace(stage.clock, sleep=die)))
    assert running(stage, pair) != before
    if alone:
        stage.lab.advance(4000)
        assert running(stage, pair) == before
    (path,) = tmp_path.glob("*.jsonl")
    taken_up = resume(path.stem, openers(stage, pair), tmp_path)

    assert taken_up.outcome.end is End.AS_BEFORE
    assert running(stage, pair) == before
