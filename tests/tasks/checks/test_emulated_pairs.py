"""The checks on emulated devices: all hold on every deployed sample; a planted fault fails what it should.

The devices decide by themselves what a wrong line or a cut wire does; here stands only which checks
must tell of it, all others must hold, and which words must name the cause.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from emulator.lab import Lab
from emulator.personalities import PERSONALITIES
from tests.emulator.client import at, configuring
from tests.tasks.checks import planted_trunks, planted_vrrp
from tests.tasks.checks.emulated import PAIRS, boots_wrong, deployed, looked_at, running
from tests.tasks.checks.planting import (
    BRAS,
    CHANNEL,
    SEED,
    VRRP,
    Planted,
    told,
)


@pytest.mark.parametrize("release", PERSONALITIES)
@pytest.mark.parametrize("pair", PAIRS)
def test_every_check_holds_on_a_deployed_sample_of_each_release(pair: str, release: str) -> None:
    assert told(pair, running(pair, deployed(pair), PERSONALITIES[release])) == (set(), "")


@pytest.mark.parametrize("planted", [*planted_trunks.PLANTED, *planted_vrrp.PLANTED], ids=str)
def test_planted_fault_fails_what_it_should(planted: Planted) -> None:
    texts = dict(deployed(planted.pair))
    if planted.change is not None:
        old, new = planted.change
        assert old in texts[planted.device]
        texts[planted.device] = texts[planted.device].replace(old, new, 1)
    lab = running(planted.pair, texts)
    if planted.fault is not None:
        lab.inject(planted.fault, planted.device)
        lab.advance(900)

    failing, said = told(planted.pair, lab)

    assert failing == {*planted.failing, *boots_wrong(planted.pair, lab)}
    assert planted.says in said


def unsaved(lab: Lab) -> None:
    """Change a description and commit it, but do not save."""
    configuring(lab.device("AGG1"), now=lab.now).type("interface LoopBack0", "description later", "commit")


def on_trial(lab: Lab) -> None:
    """Commit on trial."""
    configuring(lab.device("AGG1"), now=lab.now).type(
        "interface LoopBack0", "description later", "commit trial 600"
    )


def locked(lab: Lab) -> None:
    """Take the configuration lock."""
    at(lab.device("AGG1"), now=lab.now).type("configuration exclusive")


@pytest.mark.parametrize(
    ("act", "failing", "says"),
    [
        (unsaved, {"saved"}, "the running configuration is not saved: wanted equal, found 1 line differs"),
        (on_trial, {"no-trial", "saved"}, "a trial commit is running"),
        (locked, {"no-lock"}, "the configuration is locked"),
    ],
)
def test_pending_configuration_is_told(act: Callable[[Lab], None], failing: set[str], says: str) -> None:
    lab = running(VRRP, deployed(VRRP))
    act(lab)

    found, said = told(VRRP, lab)

    assert found == failing
    assert says in said


def test_entries_of_hosts_reach_the_backup_and_their_lack_is_told() -> None:
    texts = deployed(SEED)
    lab = running(SEED, texts)
    deaf = running(SEED, {**texts, "DeviceB": texts["DeviceB"].replace("port 1025", "port 1026")})
    for each in (lab, deaf):
        each.world.join("DeviceA", "Eth-Trunk1", "239.7.7.7", "10.0.15.20")
        each.advance(60)

    outcome = {result.check: str(result.outcome) for result in looked_at(SEED, lab)}
    failing, said = told(SEED, deaf)

    assert outcome["igmp-entries"] == "success"
    assert failing == {*CHANNEL, "igmp-entries", "boots-into-pair"}
    assert "1 of 1 entry of the master is missing on the backup" in said


def test_subscribers_reach_the_backup_and_their_lack_is_told() -> None:
    texts = deployed(BRAS)
    lab = running(BRAS, texts)
    deaf = running(BRAS, {**texts, "BNG2": texts["BNG2"].replace(" bind ssl-policy backup\n", "")})
    for each in (lab, deaf):
        for number in (9, 10):
            each.world.add_host(
                "BNG1", "GigabitEthernet0/1/0.1", f"10.100.0.{number}", f"00e0-fc00-000{number % 8}"
            )
        each.advance(60)

    outcome = {result.check: str(result.outcome) for result in looked_at(BRAS, lab)}
    failing, said = told(BRAS, deaf)

    assert outcome["user-entries"] == "success"
    assert failing == {*CHANNEL, "user-entries", "boots-into-pair"}
    assert "2 of 2 entries of the master are missing on the backup: wanted 2 as on BNG1, found 0" in said
