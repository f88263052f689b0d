"""The gate before a change: members that do not reach each other, and standbys that could not take over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inventory.errors import RefusedError, RolledBackError
from inventory.model import Pair
from runbooks.change import Changed, ChangeOptions, change_pair
from runbooks.drill.trigger import trigger_of
from runbooks.gates import Permission
from runbooks.keys import Keys
from runbooks.proposal import propose
from runbooks.site import logged_in
from runbooks.standby import READY, Repair, affects, as_it_runs, repairs
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.checks.policy import Policy, Readiness
from tasks.checks.waiting import Patience
from tasks.clock import Clock
from tasks.plan.model import PairPlan
from tasks.transaction.model import Progress
from tests.integration.scenarios.bridge import Stage, log_in, openers
from tests.integration.scenarios.pairs import bare, deployed, sample
from tests.integration.scenarios.plants import struck, typed

SEED, SNOOPING, MLD = "seed-igmp", "igmp-snooping-etrunk", "mld-active-active"
ARP, BRAS = "user-vrrp-arp", "user-vrrp-bras"
CURRENT = "display current-configuration"


def switched(pair: Pair) -> Pair:
    """Return an intent by which the other member shall lead."""
    return trigger_of(pair, "a").pair


def changed(
    stage: Stage,
    pair: Pair,
    journals: Path,
    permission: Permission | None = None,
    notify: Callable[[Progress], None] | None = None,
    *,
    remove: bool = False,
    clock: Clock | None = None,
) -> Changed:
    patience = Patience(budget_s=60, interval_s=5, eager_s=5)
    options = ChangeOptions(checks_for(CONVERGING), patience, journals, permission=permission or Permission(),
                    notify=notify, remove=remove, clock=clock or stage.clock)  # fmt: skip
    return change_pair(pair, openers(stage, pair), options)


def running(stage: Stage, pair: Pair) -> list[str]:
    return [
        line
        for name in (pair.members.a, pair.members.b)
        for line in log_in(stage, name).run(CURRENT).splitlines()
        if not line.startswith("!")
    ]


def refused(stage: Stage, pair: Pair, journals: Path, permission: Permission | None = None) -> RefusedError:
    """Return the refusal of a change, after which nothing may have been sent."""
    before = running(stage, pair)
    with pytest.raises(RefusedError) as told:
        changed(stage, pair, journals, permission)
    assert running(stage, pair) == before
    assert not list(journals.glob("*.jsonl"))
    return told.value


def planned(stage: Stage, pair: Pair, folder: Path) -> PairPlan:
    return propose(pair, logged_in(pair, openers(stage, pair)), Keys({}, folder)).plan


def gate(done: Changed) -> CheckResult:
    (one,) = [one for one in done.run.results if one.check == READY]
    return one


# ---- a switchover on a pair that is deployed ---------------------------------------------------------------


def test_a_switchover_to_a_standby_that_is_ready_is_let_through_and_told(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), switched(sample(SEED))

    done = changed(stage, pair, tmp_path)

    assert done.problem is None
    assert gate(done).outcome is Outcome.SUCCESS
    assert "igmp 2 of 2" in gate(done).note


def test_a_standby_that_is_too_young_is_refused_unless_forced_and_that_is_kept(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), switched(sample(SEED))
    policy = Policy(readiness=Readiness(channel_up_s=86_400))

    error = refused(stage, pair, tmp_path, Permission(policy))
    assert "not ready; nothing was sent" in error.message
    assert "wanted up for 86400 s" in (error.found or "")
    assert "--force --why" in (error.wanted or "")
    done = changed(stage, pair, tmp_path, Permission(policy, forced="the card is swapped tonight"))

    assert done.problem is None
    assert done.run.accepted == ("not ready: the card is swapped tonight",)
    assert "overridden (the card is swapped tonight): channel service1" in gate(done).note


def test_entries_that_the_standby_lacks_refuse_a_change_unless_it_brings_them(tmp_path: Path) -> None:
    stage, pair = deployed(MLD), sample(MLD)
    (trunk,) = pair.e_trunks
    priority = trunk.priority.model_copy(update={"a": 25})
    pair = pair.model_copy(update={"e_trunks": (trunk.model_copy(update={"priority": priority}),)})
    typed("EDGE2", "undo multicast ipv6 routing-enable", "y")(stage)
    stage.lab.advance(120)

    error = refused(stage, pair.model_copy(update={"interfaces": ()}), tmp_path)  # MLD does not come back
    mended = changed(stage, pair, tmp_path)

    assert "mld-entries: 1 of 1 entry of the master is missing on the backup" in (error.found or "")
    assert mended.problem is None
    assert "put right by this change: mld-entries: 1 of 1 entry" in gate(mended).note


def test_a_channel_that_the_change_itself_mends_stands_in_nobodys_way(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), switched(sample(SEED))
    typed("DeviceB", "remote-backup-service service1", "peer 1.1.1.1 source 3.3.3.3 port 1026")(stage)
    stage.lab.advance(60)

    done = changed(stage, pair, tmp_path)

    assert done.problem is None
    assert gate(done).note.count("put right by this change: rbs-connected") == 2


@pytest.mark.parametrize(
    ("name", "device", "view", "line", "fails"),
    [
        (
            ARP,
            "GW2",
            "interface GigabitEthernet0/1/0.40",
            "vrrp vrid 40 authentication-mode simple Other1",
            "vrrp-roles",
        ),
        (BRAS, "BNG2", "interface GigabitEthernet0/1/0.2", "vrrp vrid 1 timer advertise 3", "rbp-roles"),
        (SNOOPING, "PE2", "e-trunk 5", "sequence enable", "e-trunk-hears-peer"),
    ],
)
def test_two_masters_whom_the_change_itself_parts_stand_in_nobodys_way(  # noqa: PLR0917
    name: str, device: str, view: str, line: str, fails: str, tmp_path: Path
) -> None:
    stage, pair = deployed(name), sample(name)
    typed(device, view, line)(stage)
    stage.lab.advance(60)

    done = changed(stage, pair, tmp_path)

    assert done.problem is None
    assert f"put right by this change: {fails}: " in gate(done).note
    assert "both members are master" in gate(done).note


def test_without_a_channel_no_force_moves_anything(tmp_path: Path) -> None:
    stage, pair = deployed(SNOOPING), switched(sample(SNOOPING))
    struck("", "cut-link", device="PE1", peer="PE2")(stage)
    stage.lab.advance(60)

    for permission in (Permission(), Permission(forced="it must go")):
        error = refused(stage, pair, tmp_path, permission)
        assert "rbs-connected" in (error.found or "")
    assert "--force" not in (error.wanted or "")


def test_what_affects_no_traffic_is_not_asked_of_the_standby(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), sample(SEED)
    typed("DeviceB", "interface Eth-Trunk1", "undo igmp enable")(stage)
    stage.lab.advance(30)
    young = Permission(Policy(readiness=Readiness(channel_up_s=86_400)))

    assert not affects(planned(stage, pair, tmp_path))
    done = changed(stage, pair, tmp_path, young)

    assert done.problem is None
    assert READY not in {one.check for one in done.run.results}


def test_a_channel_that_was_shut_down_by_hand_is_opened_again(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), sample(SEED)
    typed("DeviceB", "remote-backup-service service1", "shutdown")(stage)
    stage.lab.advance(60)
    plan = planned(stage, pair, tmp_path)

    assert affects(plan)  # no page says what `undo shutdown` does to traffic
    assert [one.text for one in repairs(pair, plan)] == ["shutdown"]
    assert changed(stage, pair, tmp_path).problem is None


# ---- the path between the members --------------------------------------------------------------------------


def test_members_that_do_not_reach_each_other_hear_so_before_a_trial(tmp_path: Path) -> None:
    stage, pair = bare(sample(SNOOPING)), sample(SNOOPING)
    struck("", "cut-link", device="PE1", peer="PE2")(stage)

    error = refused(stage, pair, tmp_path)

    assert "do not reach each other" in error.message
    assert "10.255.0.12 is not reached" in (error.found or "")
    assert error.next_command == "hotpair verify igmp-snooping-etrunk --tag underlay"
    forced = changed(stage, pair, tmp_path, Permission(forced="the line comes back in a minute"))
    assert isinstance(forced.problem, RolledBackError)
    assert forced.run.accepted == ("not ready: the line comes back in a minute",)
    notes = [one.note for one in forced.run.results if one.check == "underlay-reaches"]
    assert any("overridden (the line comes back in a minute)" in note for note in notes), notes


def test_what_did_not_have_to_be_forced_is_not_said_to_be(tmp_path: Path) -> None:
    stage, pair = bare(sample(SNOOPING)), sample(SNOOPING)

    done = changed(stage, pair, tmp_path, Permission(forced="just in case"))

    assert (done.problem, done.run.accepted) == (None, ())


def test_a_path_that_comes_back_in_a_moment_is_waited_for(tmp_path: Path) -> None:
    stage, pair = bare(sample(SNOOPING)), sample(SNOOPING)
    struck("", "cut-link", device="PE1", peer="PE2")(stage)
    there = struck("", "restore-link", device="PE1", peer="PE2")
    pauses: list[float] = []

    def pass_time(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            there(stage)
        stage.sleep(seconds)

    done = changed(stage, pair, tmp_path, clock=replace(stage.clock, sleep=pass_time))
    assert done.problem is None


def test_a_path_that_is_lost_while_the_change_is_on_trial_explains_the_channel(tmp_path: Path) -> None:
    stage, pair = bare(sample(SNOOPING)), sample(SNOOPING)
    cut = struck("", "cut-link", device="PE1", peer="PE2")
    spoilt: list[str] = []

    def spoil(progress: Progress) -> None:
        if "trial with" in progress.text and not spoilt:
            spoilt.append(progress.text)
            cut(stage)

    done = changed(stage, pair, tmp_path, notify=spoil)

    assert isinstance(done.problem, RolledBackError)
    assert "is not reached" in str(done.problem)
    asked = [one.outcome for one in done.run.results if one.check == "underlay-reaches"]
    assert asked
    assert set(asked) == {Outcome.FAILURE}


# ---- what runs, and what a plan puts right -----------------------------------------------------------------


def test_what_runs_is_the_pair_without_what_the_intent_adds(tmp_path: Path) -> None:
    pair = sample(SEED)
    plan = planned(deployed(SEED), switched(pair), tmp_path)
    runs = as_it_runs(switched(pair), {"a": plan.a.base, "b": plan.b.base})
    first = planned(bare(pair), pair, tmp_path)

    assert runs is not None
    assert runs.e_trunks[0].priority == pair.e_trunks[0].priority
    assert as_it_runs(pair, {"a": first.a.base, "b": first.b.base}) is None


def test_a_value_of_one_members_own_puts_nothing_right(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), switched(sample(SEED))
    plan = planned(stage, pair, tmp_path)
    typed("DeviceB", "interface Eth-Trunk1", "undo igmp enable")(stage)
    spoilt = planned(stage, pair, tmp_path)

    assert repairs(pair, plan) == ()
    assert repairs(pair, spoilt) == (Repair(frozenset({"Eth-Trunk1"}), "igmp enable"),)


@pytest.mark.parametrize(
    ("command", "mends"),
    [
        ("display e-trunk 1", True),
        ("display e-trunk packet-statistics e-trunk-id 1", False),
        ("display e-trunk 12", False),
        ("display eth-trunk 1", False),
    ],
)
def test_an_object_is_told_from_one_whose_name_goes_on(command: str, *, mends: bool) -> None:
    one = Repair(frozenset({"e-trunk 1"}), "peer-address 1.1.1.1 source-address 3.3.3.3")
    assert one.mends(Complaint("peer is not heard", "", "", "DeviceB", command)) is mends
