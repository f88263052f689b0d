"""Drills on pairs that are well, and on standbys that are not: what is measured, refused, and left behind."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from emulator.lab import Lab
from emulator.personalities import PERSONALITIES
from inventory.errors import DeviceError, HotpairError, RefusedError, RolledBackError, SplitError
from inventory.model import Pair
from runbooks.deploy import resume
from runbooks.drill.drilling import drill_pair
from runbooks.drill.judging import BACK, KEPT, ROLES
from runbooks.drill.model import Drilled, DrillWishes
from runbooks.drill.proposing import propose_drill
from runbooks.drill.trigger import By, leading
from runbooks.ready import FULL_BACKUP, Readiness, look_ready
from runbooks.site import logged_in
from tasks.checks.model import Outcome
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.policy import Readiness as Wanted
from tasks.transaction.ends import End
from tasks.transaction.model import Progress
from tests.integration.scenarios.bridge import Stage, log_in, openers
from tests.integration.scenarios.pairs import deployed, sample
from tests.integration.scenarios.plants import struck, typed
from tests.tasks.checks.emulated import deployed as as_deployed

SEED, VRRP, SNOOPING = "seed-igmp", "igmp-vrrp", "igmp-snooping-etrunk"
MLD, BRAS, DHCP, ARP = "mld-active-active", "user-vrrp-bras", "user-vrrp-dhcp", "user-vrrp-arp"
RUNNING = "display current-configuration"
AGE_S = 300.0


@cache
def _aged(name: str) -> Lab:
    stage = deployed(name)
    if name == BRAS:
        stage.lab.world.add_host("BNG1", "GigabitEthernet0/1/0.1", "10.100.0.77", "00e0-fc00-0077")
    stage.lab.advance(AGE_S)
    return stage.lab


def old_enough(name: str) -> tuple[Stage, Pair]:
    """Give a pair of its own that has been well for a while."""
    return Stage(deepcopy(_aged(name))), sample(name)


def wishes(stage: Stage, journals: Path, side: str = "a") -> DrillWishes:
    return DrillWishes("b" if side == "b" else "a", journals, clock=stage.clock)


def running(stage: Stage, pair: Pair) -> dict[str, list[str]]:
    """Give the configuration of both members, without the comments above it."""
    return {
        name: [line for line in log_in(stage, name).run(RUNNING).splitlines() if not line.startswith("!")]
        for name in (pair.members.a, pair.members.b)
    }


def drilled(stage: Stage, pair: Pair, how: DrillWishes) -> Drilled:
    return drill_pair(pair, openers(stage, pair), how)


def ended(done: Drilled) -> dict[str, str]:
    return {result.check: str(result.outcome) for result in done.run.results}


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

    done = drilled(stage, pair, wishes(stage, tmp_path, side))

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

    done = drilled(stage, pair, replace(wishes(stage, tmp_path), by=By.FORCE_BACKUP))

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


def by_port(stage: Stage, journals: Path, port: str, side: str = "a") -> DrillWishes:
    return replace(wishes(stage, journals, side), by=By.SHUTDOWN, port=port)


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


@pytest.mark.parametrize("name", [MLD, VRRP])
def test_what_is_forced_already_or_no_trunk_is_not_forced(name: str, tmp_path: Path) -> None:
    stage, pair = old_enough(name)

    error = refused(stage, pair, replace(wishes(stage, tmp_path), by=By.FORCE_BACKUP))

    assert "leads no Eth-Trunk that could be forced" in error.message


def test_a_dry_run_plans_and_changes_nothing(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    before = running(stage, pair)

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
    assert "igmp-enabled: IGMP does not run on Eth-Trunk1" in (error.found or "")
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

    before = running(stage, pair)

    with pytest.raises(RefusedError, match="the drill was not agreed to; nothing was sent"):
        drilled(stage, pair, how)

    assert running(stage, pair) == before
    assert "not agreed" in next(tmp_path.glob("*.jsonl")).read_text()


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
        drilled(stage, pair, replace(wishes(stage, tmp_path), clock=replace(stage.clock, sleep=die)))
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


# ---- a port that may not be shut ---------------------------------------------------------------------------


def unsent(
    stage: Stage, pair: Pair, how: DrillWishes, kind: type[HotpairError] = RefusedError
) -> HotpairError:
    """Give why a drill did not begin, after which nothing may have been sent."""
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
