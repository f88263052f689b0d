"""What a change says that it will do, what else changed, and what the policy makes of it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Final

import pytest

from inventory.errors import RolledBackError
from runbooks.effects.around import Around, Object
from runbooks.effects.expected import Expected, effects_in_words, expected_of
from runbooks.effects.side_effects import SideEffect, judged, side_effects
from runbooks.effects.unprotected import UNPROTECTED, asked_for, unprotected
from runbooks.keys import Keys
from runbooks.observe import observe
from runbooks.proposal import propose
from runbooks.site import logged_in
from tasks.checks.model import Outcome
from tasks.checks.policy import Harm, Policy
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.furnished import (
    BRAS,
    SEED,
    SNOOPING,
    around,
    aside,
    first_plan,
    furnished,
    furnished_lab,
    shut,
    spoilt,
)
from tests.integration.scenarios.pairs import PAIRS, bare, deployed, edit, sample
from tests.integration.scenarios.plants import typed
from tests.integration.scenarios.test_standby import changed

Done = tuple[int, tuple[str, ...], str, Harm]
"""On which member what is typed, one word of what must be told, and how bad it is."""

SIDE_EFFECTS: Final = 12
PORT: Final = "GigabitEthernet0/7"
ASIDES: tuple[Done, ...] = (
    (1, ("undo ip route-static 10.88.0.0 24 10.77.0.2",), "routes by static of {0}: ", Harm.LOST),
    (1, ("interface LoopBack77", "description new"), "interface LoopBack77 of {0}: absent -> ", Harm.ANY),
    (2, (f"interface {PORT}/2", "shutdown"), f"{PORT}/2 of {{1}}: up/up -> *down", Harm.LOST),
    (1, (f"interface {PORT}/2", "undo ip address 10.79.0.1 24"), f"{PORT}/2 of {{0}}: down/down -> up/down",
     Harm.ANY),
    (2, (f"interface {PORT}/1", "vrrp vrid 77 priority 200"),
     f"group 77 on {PORT}/1 of {{1}}: backup -> master", Harm.MOVED),
    (1, (f"interface {PORT}/1", "undo vrrp6 vrid 78"),
     f"VRRP6 group 78 on {PORT}/1 of {{0}}: master -> absent", Harm.LOST),
    (2, ("e-trunk 77", "priority 5"), "E-Trunk 77 of {1}: backup -> master", Harm.MOVED),
    (1, ("bfd aside", "undo discriminator remote", "discriminator remote 999"),
     "BFD session 771 to 10.77.0.2 of {0}: up -> down", Harm.LOST),
    (2, ("interface Eth-Trunk77", "undo e-trunk", "quit", "undo e-trunk 77"),
     "E-Trunk 77 of {1}: master -> absent", Harm.LOST),
    (1, ("undo interface Eth-Trunk77",), "Eth-Trunk77 of {0}: down -> absent", Harm.ANY),
    (2, ("undo ospf 77",), "in process 77 of {0}: full -> absent", Harm.LOST),
    (1, (f"interface {PORT}/1", "shutdown"), f"VRRP group 77 on {PORT}/1 of {{0}}: ", Harm.LOST),
)  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_whatever_changes_beside_a_change_is_found_and_nothing_else(name: str) -> None:
    pair, plan = sample(name), first_plan(name)
    expected = expected_of(pair, plan)
    stage = Stage(deepcopy(furnished_lab(name)))
    now = around(stage, pair)

    assert not now.unseen
    assert len(ASIDES) == SIDE_EFFECTS
    for member, lines, says, harm in ASIDES:
        before = now
        edit(stage, (pair.members.a, pair.members.b)[member - 1], *lines, save=False)
        stage.lab.advance(200)
        now = around(stage, pair)
        found = side_effects(before, now, expected)
        words = says.format(pair.members.a, pair.members.b)
        assert any(words in str(one) and one.harm is harm for one in found), (lines, list(map(str, found)))
        beside_it = ("77", "/7/", "78", "routes by ")  # of IPv6 too
        assert all(any(word in str(one) for word in beside_it) for one in found)


@pytest.mark.parametrize("name", PAIRS)
def test_a_clean_change_has_no_side_effect_and_does_what_it_says(name: str) -> None:
    pair, plan = sample(name), first_plan(name)
    expected = expected_of(pair, plan)
    before, after = around(bare(pair), pair), around(deployed(name), pair)

    assert side_effects(before, after, expected) == ()
    said = " ".join(effects_in_words(plan))
    for service in pair.backup_services:
        assert f"remote-backup-service {service.name.b} appears: {pair.members.a}, {pair.members.b}" in said


def test_a_plan_says_what_appears_who_leads_and_what_is_backed_up() -> None:
    said = effects_in_words(first_plan(SNOOPING))

    assert "e-trunk 5 appears: PE1 as master, PE2 as backup" in said
    assert "entries of Eth-Trunk10.100 are backed up from now on: PE1, PE2" in said
    assert "interface GigabitEthernet0/2/0 changes: PE1" in said


# ---- in a change -------------------------------------------------------------------------------------------


def test_a_change_says_that_nothing_else_moved(tmp_path: Path) -> None:
    stage, pair = furnished(bare(sample(SEED)), sample(SEED)), sample(SEED)

    done = changed(stage, pair, tmp_path)

    assert done.problem is None
    assert aside(done).outcome is Outcome.SUCCESS
    assert "objects are as before, but for what the plan touches" in aside(done).note


def test_a_side_effect_is_told_and_fails_a_change_from_the_class_that_the_policy_sets(tmp_path: Path) -> None:
    pair = sample(SEED)
    told = spoilt(shut, Policy(), tmp_path / "told", furnished(bare(pair), pair), pair)
    failed = spoilt(
        shut, Policy(side_effects=Harm.LOST), tmp_path / "failed", furnished(bare(pair), pair), pair
    )

    assert told.problem is None
    assert aside(told).outcome is Outcome.SKIPPED
    assert "GigabitEthernet0/7/2 of DeviceB: up/up -> down/down" in aside(told).note
    assert isinstance(failed.problem, RolledBackError)
    assert "was not to change: wanted up/up, found down/down" in str(failed.problem)


def test_what_is_taken_away_is_watched_too(tmp_path: Path) -> None:
    stage, pair = Stage(deepcopy(furnished_lab(SEED))), sample(SEED)

    done = changed(stage, pair, tmp_path, remove=True)

    assert done.problem is None
    assert aside(done).outcome is Outcome.SKIPPED  # no word on the pair that is gone
    assert "objects are as before" in aside(done).note


def test_an_interface_with_groups_and_without_a_profile_is_told_as_unprotected(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), sample(SEED)
    typed("DeviceA", "interface GigabitEthernet0/7/0", "undo shutdown", "ip address 10.77.0.1 24", "pim sm",
          "igmp enable")(stage)  # fmt: skip
    stage.lab.world.join("DeviceA", "GigabitEthernet0/7/0", "225.9.9.9", "10.77.0.9")
    typed("DeviceB", "interface Eth-Trunk1", "undo igmp enable")(stage)
    stage.lab.advance(30)

    done = changed(stage, pair, tmp_path)

    (one,) = [one for one in done.run.results if one.check == UNPROTECTED]
    assert one.note.endswith(
        "bound to no profile, so that nothing of it is backed up: GigabitEthernet0/7/0 of DeviceA"
    )


def test_an_interface_with_users_and_without_a_profile_is_told_as_unprotected(tmp_path: Path) -> None:
    stage, pair = deployed(BRAS), sample(BRAS)
    typed("BNG1", "interface GigabitEthernet0/1/0.9", "user-vlan 9", "bas",
          "access-type layer2-subscriber default-domain authentication residential")(stage)  # fmt: skip
    stage.lab.world.add_host("BNG1", "GigabitEthernet0/1/0.9", "10.100.7.7", "00e0-fc00-0007")
    stage.lab.advance(30)
    sessions = logged_in(pair, openers(stage, pair))
    plan = propose(pair, sessions, Keys({}, tmp_path)).plan

    seen = observe((), pair, sessions, stage.clock, asked_for(plan))
    (one,) = unprotected(pair, plan, seen)

    assert "display access-user interface GigabitEthernet0/1/0.9 summary" in asked_for(plan)
    assert "display access-user interface GigabitEthernet0/1/0.1 summary" not in asked_for(plan)
    assert one.note.endswith("nothing of it is backed up: GigabitEthernet0/1/0.9 of BNG1")


# ---- what is compared --------------------------------------------------------------------------------------


WHERE = Object("PE1", "interface", "Vlanif9", frozenset({"Vlanif9"}))


@pytest.mark.parametrize(
    ("before", "after", "harm"),
    [
        ("up/up", "down/down", Harm.LOST),
        ("full", "", Harm.LOST),
        ("master", "backup", Harm.MOVED),
        ("", "up", Harm.ANY),
        ("down", "up", Harm.ANY),
    ],
)
def test_a_side_effect_has_a_class(before: str, after: str, harm: Harm) -> None:
    assert SideEffect(WHERE, before, after).harm is harm


def test_a_display_that_told_nothing_is_not_compared_and_that_is_said() -> None:
    before = Around({WHERE: "up/up"}, frozenset())
    after = Around({}, frozenset({("PE1", "interface")}))
    untouched = Expected(frozenset(), frozenset())

    found = side_effects(before, after, untouched)
    said = judged(found, before, after, Harm.ANY)

    assert found == ()
    assert (said.outcome, said.note) == (Outcome.SKIPPED, "not compared: interfaces of PE1")


def test_a_line_of_the_system_view_may_move_its_kind_but_stop_none_of_it() -> None:
    group = Object("PE1", "VRRP group", "9 on Vlanif9", frozenset({"Vlanif9"}))
    kinds = Expected(frozenset(), frozenset({"VRRP group"}))

    assert (
        side_effects(Around({group: "master"}, frozenset()), Around({group: "backup"}, frozenset()), kinds)
        == ()
    )
    leads, follows, gone = (
        Around(objects, frozenset()) for objects in ({group: "master"}, {group: "backup"}, {})
    )

    assert side_effects(leads, follows, kinds) == ()
    assert [str(one) for one in side_effects(leads, gone, kinds)] == [
        "VRRP group 9 on Vlanif9 of PE1: master -> absent"
    ]
