"""Pairs with objects of others beside them, and changes during which somebody else changes something."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from emulator.lab import Lab
from inventory.model import Pair
from runbooks.change import Changed
from runbooks.effects.around import AROUND, Around, around_of
from runbooks.effects.side_effects import ASIDE
from runbooks.gates import Permission
from runbooks.keys import Keys
from runbooks.observe import observe
from runbooks.proposal import propose
from runbooks.site import logged_in
from tasks.checks.model import CheckResult
from tasks.checks.policy import Policy
from tasks.plan.model import PairPlan
from tasks.transaction.model import Progress
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.pairs import bare, deployed, edit, sample
from tests.integration.scenarios.plants import Plant, struck
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
def furnished_lab(name: str) -> Lab:
    """Return the deployed sample pair with them."""
    return furnished(deployed(name), sample(name)).lab


@cache
def first_plan(name: str) -> PairPlan:
    """Plan the first deployment of a sample pair."""
    stage, pair = bare(sample(name)), sample(name)
    with TemporaryDirectory() as folder:
        return propose(pair, logged_in(pair, openers(stage, pair)), Keys({}, Path(folder))).plan


def around(stage: Stage, pair: Pair) -> Around:
    return around_of(observe((), pair, logged_in(pair, openers(stage, pair)), stage.clock, tuple(AROUND)))


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
