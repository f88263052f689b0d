"""The pairs of the five documents of the manual, drilled in virtual time: each loses no entry.

Each document is named by its title, and what it promises by its own words. A switchover is what its protocol
does: of an E-Trunk in master/backup mode or a VRRP group the role moves. Where both members forward
(`force-master` on both) no role ever moves, and a leg that falls leaves everything to the other member.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from inventory.model import Side
from runbooks.drill.drilling import drill_pair
from runbooks.drill.judging import BACK, KEPT, ROLES
from runbooks.drill.model import DrillOptions
from runbooks.drill.trigger import By
from runbooks.lab import LAB
from tests.integration.scenarios.bridge import openers
from tests.integration.scenarios.drills import ended, old_enough, running

SNOOPING, IGMP_VRRP, IGMP, MLD, USERS = (
    "Establishing a Dual-Device Backup Platform (IGMP snooping, E-Trunk)",
    "Configuring a Dual-Device Backup Platform (IGMP, VRRP)",
    "Example for Configuring Dual-Device IGMP Hot Backup",
    "Configuring MLD Dual-Device Hot Backup in an E-Trunk Master/Backup Active-Active Scenario",
    "Establishing a Dual-Device Backup Platform (users, VRRP)",
)


@dataclass(frozen=True, slots=True)
class Switchover:
    """What a document's pair does when a member or a link fails, and how a drill brings it about.

    Args:
        document: its title, and its subject where two have the same one.
        pair: sample that it becomes.
        by: trigger of the drill.
        ports: that are shut, by side; empty where the trigger shuts none.
        entries: of which none may be lost, on the member that gives up.
        sides: the members that give up, one after the other.
    """

    document: str
    pair: str
    by: By
    entries: int
    sides: tuple[Side, ...] = ("a",)
    ports: tuple[tuple[Side, str], ...] = ()

    def port(self, side: Side) -> str:
        return dict(self.ports).get(side, "")


TABLE = (
    Switchover(SNOOPING, "igmp-snooping-etrunk", By.PRIORITY, 2),
    Switchover(IGMP_VRRP, "igmp-vrrp", By.PRIORITY, 1),
    Switchover(IGMP, "seed-igmp", By.PRIORITY, 2),
    Switchover(MLD, "mld-active-active", By.SHUTDOWN, 1, ("b",), (("b", "GigabitEthernet0/5/0"),)),
    Switchover(USERS, "user-vrrp-arp", By.PRIORITY, 2),
    Switchover(USERS, "user-vrrp-bras", By.PRIORITY, 1, ("a", "b")),
    Switchover(USERS, "user-vrrp-dhcp", By.PRIORITY, 0),
)
PROMISED: Mapping[str, str] = {
    SNOOPING: "ensuring multicast service continuity",
    IGMP_VRRP: "ensuring multicast service continuity",
    IGMP: "multicast services are not interrupted during a master/backup E-Trunk switchover",
    MLD: "improving multicast service continuity and reliability",
    USERS: "fast service switching if a network node or link fails",
}


def test_every_document_and_every_sample_pair_has_its_switchover() -> None:
    assert {one.document for one in TABLE} == set(PROMISED)
    assert {one.pair for one in TABLE} == {path.stem for path in (LAB / "pairs").glob("*.yaml")}
    assert all(any(one.entries for one in TABLE if one.document == document) for document in PROMISED)


@pytest.mark.parametrize(
    ("what", "side"),
    [pytest.param(one, side, id=f"{one.pair}-{side}") for one in TABLE for side in one.sides],
)
def test_the_pair_of_a_document_loses_no_entry_in_its_switchover(
    what: Switchover, side: Side, tmp_path: Path
) -> None:
    stage, pair = old_enough(what.pair)
    before = running(stage, pair)
    options = DrillOptions(side, tmp_path, clock=stage.clock)

    done = drill_pair(pair, openers(stage, pair), replace(options, by=what.by, port=what.port(side)))

    assert done.problem is None, done.problem
    kept = "success" if what.entries else "skipped"
    assert ended(done) == {ROLES: "success", KEPT: kept, BACK: "success"}
    assert (done.held, done.lost) == ((what.entries, what.entries), {})
    assert running(stage, pair) == before
