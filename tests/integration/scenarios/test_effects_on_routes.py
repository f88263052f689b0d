"""Routes that a change moves, and those that it must leave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from inventory.errors import RolledBackError
from parsers.api import parse
from runbooks.effects.around import VPNS, Around, Object, around_of
from runbooks.effects.expected import Expected, expected_of
from runbooks.effects.routes import ALL, Routes, routes_of
from runbooks.effects.side_effects import SideEffect, judged, side_effects
from runbooks.observe import observe
from runbooks.site import logged_in
from tasks.checks.policy import Harm, Policy
from tests.integration.scenarios.bridge import openers
from tests.integration.scenarios.furnished import (
    ARP,
    MLD,
    SEED,
    aside,
    first_plan,
    spoilt,
)
from tests.integration.scenarios.pairs import bare, deployed, edit, sample
from tests.integration.scenarios.plants import struck
from tests.integration.scenarios.test_standby import changed

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
