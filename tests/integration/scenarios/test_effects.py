"""What a change says that it will do, what else changed, and what the policy makes of it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from emulator.lab import Lab
from inventory.errors import RolledBackError
from inventory.model import Pair
from parsers.api import parse
from runbooks.change import Changed
from runbooks.effects.around import AROUND, VPNS, Around, Object, around_of
from runbooks.effects.expected import Expected, effects_in_words, expected_of
from runbooks.effects.routes import ALL, Routes, routes_of
from runbooks.effects.side_effects import ASIDE, SideEffect, judged, side_effects
from runbooks.effects.unprotected import UNPROTECTED, asked_for, unprotected
from runbooks.gates import Permission
from runbooks.keys import Keys
from runbooks.observe import observe
from runbooks.proposal import propose
from runbooks.site import logged_in
from tasks.checks.model import CheckResult, Outcome
from tasks.checks.policy import Harm, Policy
from tasks.plan.model import PairPlan
from tasks.transaction.model import Progress
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.pairs import PAIRS, bare, deployed, edit, sample
from tests.integration.scenarios.plants import Plant, struck, typed
from tests.integration.scenarios.test_standby import changed

SEED, SNOOPING, BRAS = "seed-igmp", "igmp-snooping-etrunk", "user-vrrp-bras"
ARP, MLD = "user-vrrp-arp", "mld-active-active"


def beside(own: int) -> tuple[tuple[str, ...], ...]:
    """Return what stands on member 1 or 2 and has nothing to do with the pair."""
    far, better = 3 - own, 120 if own == 1 else 100
    return (
        ("interface GigabitEthernet0/7/0", "undo shutdown", f"ip address 10.77.0.{own} 24", "quit"),
        ("interface GigabitEthernet0/7/1", "undo shutdown", "ipv6 enable", f"ip address 10.78.0.{own} 24",
         f"ipv6 address 2001:db8:78::{own}/64", "vrrp vrid 77 virtual-ip 10.78.0.254",
         f"vrrp vrid 77 priority {better}", "vrrp6 vrid 78 virtual-ip FE80::78 link-local", "quit"),
        ("interface GigabitEthernet0/7/2", "undo shutdown", f"ip address 10.79.0.{own} 24", "quit"),
        ("ospf 77", "area 0.0.0.0", "network 10.77.0.0 0.0.0.255", "quit", "quit"),
        ("bfd", "quit"),
        (f"bfd aside bind peer-ip 10.77.0.{far} source-ip 10.77.0.{own}",
         f"discriminator local 77{own}", f"discriminator remote 77{far}", "quit"),
        ("e-trunk 77", f"peer-address 10.77.0.{far} source-address 10.77.0.{own}",
         f"priority {10 * own}", "quit"),
        ("interface Eth-Trunk77", "e-trunk 77", "quit"),
        (f"ip route-static 10.88.0.0 24 10.77.0.{far}",),
    )  # fmt: skip


def furnished(stage: Stage, pair: Pair) -> Stage:
    """Put objects of others on both members."""
    for number, name in enumerate((pair.members.a, pair.members.b), start=1):
        edit(stage, name, *(line for block in beside(number) for line in block))
    stage.lab.advance(120)
    return stage


@cache
def _furnished(name: str) -> Lab:
    return furnished(deployed(name), sample(name)).lab


@cache
def first_plan(name: str) -> PairPlan:
    """Plan the first deployment of a sample pair."""
    stage, pair = bare(sample(name)), sample(name)
    with TemporaryDirectory() as folder:
        return propose(pair, logged_in(pair, openers(stage, pair)), Keys({}, Path(folder))).plan


def around(stage: Stage, pair: Pair) -> Around:
    return around_of(observe((), pair, logged_in(pair, openers(stage, pair)), stage.clock, tuple(AROUND)))


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
    stage = Stage(deepcopy(_furnished(name)))
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


def spoilt(plant: Plant, policy: Policy, folder: Path, stage: Stage, pair: Pair) -> Changed:
    """Carry out a first deployment during which somebody else changes something."""
    done: list[str] = []

    def spoil(progress: Progress) -> None:
        if "trial with" in progress.text and not done:
            done.append(progress.text)
            plant(stage)

    return changed(stage, pair, folder, Permission(policy), spoil)


def aside(done: Changed) -> CheckResult:
    (one,) = [one for one in done.run.results if one.check == ASIDE]
    return one


def shut(stage: Stage) -> None:
    """Let a port of nobody's lose its link."""
    struck("DeviceB", "shut-port", port="GigabitEthernet0/7/2")(stage)


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
    stage, pair = Stage(deepcopy(_furnished(SEED))), sample(SEED)

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


# ---- routes ------------------------------------------------------------------------------------------------

STATIC = Object("PE1", "routes by", "static")


@pytest.mark.parametrize(
    ("before", "after", "harm"),
    [
        ("8", "4", Harm.LOST),
        ("8", "5", Harm.ANY),
        ("8", "", Harm.LOST),
        ("", "3", Harm.ANY),
        ("8", "9", Harm.ANY),
    ],
)
def test_routes_are_lost_where_half_of_a_protocol_and_more_are_gone(
    before: str, after: str, harm: Harm
) -> None:
    assert SideEffect(STATIC, before, after).harm is harm


def test_as_many_routes_may_come_and_go_as_the_touched_interfaces_have() -> None:
    expected = Expected(frozenset(), frozenset(), Routes(static=2))
    found = [
        [str(one) for one in side_effects(_counted("5"), _counted(now), expected)] for now in ("3", "7", "2")
    ]

    assert found == [[], [], ["routes by static of PE1: 5 -> 2"]]


def _counted(count: str) -> Around:
    return Around({STATIC: count}, frozenset())


def test_a_plan_moves_the_routes_of_its_interfaces_and_no_others() -> None:
    pair, plan = sample(ARP), first_plan(ARP)
    moved = expected_of(pair, plan).routes

    assert 0 < moved.direct < ALL
    assert [moved.of(protocol) for protocol in ("static", "bgp", "rip")] == [0, 0, 0]
    assert moved.of("unr") == ALL  # profiles are what routes of users come from
    assert routes_of(plan, frozenset(), users=False) == Routes()


@pytest.mark.parametrize(
    ("command", "kind", "said"),
    [
        ("display ip routing-table statistics", "routes by", "routes of DeviceA"),
        ("display ipv6 routing-table statistics", "IPv6 routes by", "IPv6 routes of DeviceA"),
        (
            "display ipv6 routing-table vpn-instance red statistics",
            "IPv6 routes in VPN instance red by",
            "IPv6 routes in VPN instance red of DeviceA",
        ),
    ],
)
def test_a_table_of_routes_without_its_last_row_is_not_compared(command: str, kind: str, said: str) -> None:
    stage, pair = deployed(SEED), sample(SEED)
    whole = observe((), pair, logged_in(pair, openers(stage, pair)), stage.clock, (command,))
    cut = [replace(one, parsed=parse(command, "\n".join(one.text.splitlines()[:-1]))) for one in whole]
    before, after = around_of(whole), around_of(cut)

    assert after.unseen == {("DeviceA", kind), ("DeviceB", kind)}
    assert side_effects(before, after, Expected(frozenset(), frozenset())) == ()
    assert f"not compared: {said}" in judged((), before, after, Harm.ANY).note


RED: Final = (
    ("ip vpn-instance red", "ipv4-family", "quit", "ipv6-family", "quit", "quit"),
    ("interface GigabitEthernet0/7/4", "undo shutdown", "ip binding vpn-instance red", "ipv6 enable",
     "ip address 10.74.0.1 24", "ipv6 address 2001:db8:74::1/64", "quit"),
    ("ipv6 route-static 2001:db8:75:: 48 2001:db8:76::9",),
    ("interface GigabitEthernet0/7/6", "undo shutdown", "ipv6 enable", "ipv6 address 2001:db8:76::1/64",
     "quit"),
)  # fmt: skip
"""What stands on a member beside the pair: a VPN instance with an interface, and a route of IPv6."""


@pytest.mark.parametrize(
    ("port", "says"),
    [
        ("GigabitEthernet0/7/4", ("routes in VPN instance red by direct of DeviceB: 2 -> 0",
                                  "IPv6 routes in VPN instance red by direct of DeviceB: 2 -> 0")),
        ("GigabitEthernet0/7/6", ("IPv6 routes by static of DeviceB: 1 -> 0",
                                  "IPv6 routes by direct of DeviceB: 3 -> 1")),
    ],
)  # fmt: skip
def test_routes_of_ipv6_and_of_vpn_instances_are_told_in_a_change(
    port: str, says: tuple[str, ...], tmp_path: Path
) -> None:
    stage, pair = bare(sample(SEED)), sample(SEED)
    edit(stage, "DeviceB", *(line for block in RED for line in block))
    stage.lab.advance(30)

    done = spoilt(
        struck("DeviceB", "shut-port", port=port), Policy(side_effects=Harm.LOST), tmp_path, stage, pair
    )

    assert isinstance(done.problem, RolledBackError)
    assert all(one in aside(done).note for one in says), aside(done).note


def test_vpn_instances_that_nobody_counted_are_named(tmp_path: Path) -> None:
    stage, pair = bare(sample(SEED)), sample(SEED)
    names = [f"vpn-{number:02}" for number in range(VPNS + 1)]
    edit(stage, "DeviceB", *(line for name in names for line in (f"ip vpn-instance {name}", "quit")))

    note = aside(changed(stage, pair, tmp_path)).note

    assert f"not compared: routes in VPN instance {names[-1]} of DeviceB" in note
    assert f"IPv6 routes in VPN instance {names[-1]} of DeviceA" in note
    assert names[0] not in note


def test_a_plan_moves_the_ipv6_routes_of_its_interfaces_too() -> None:
    plan = first_plan(ARP)
    expected = expected_of(sample(ARP), plan)

    assert 0 < expected.routes6.direct < ALL
    assert routes_of(plan, frozenset(), users=False, version=6) == Routes()
    assert routes_of(first_plan(MLD), frozenset({"LoopBack0"}), users=False, version=6).learned == ALL
