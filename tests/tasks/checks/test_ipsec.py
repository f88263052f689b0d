"""Checks of IPsec: IKE associations counted on both members, and the instances that a profile protects."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import judge
from tasks.checks.check import Limits
from tasks.checks.model import CheckResult
from tests.tasks.checks.bench import A, B, Texts, observed, pair_of
from tests.tasks.checks.entries import CHECKS, NONE_MISSING, RBP_TEXT

TUNNELS = pair_of("""\
backup_services:
  - {name: chan-9, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6009}
backup_profiles:
  - name: {a: vault, b: cellar}
    backup_id: 79
    service: chan-9
    services: [ipsec]
    track: {vrrp: [{vrid: 9, interface: GigabitEthernet1/0/1}]}
interfaces:
  - name: GigabitEthernet1/0/1
    vrrp: [{vrid: 9, virtual_ips: [192.0.2.254], priority: {a: 120}}]
""")


def ike(master: int, slave: int, alone: int = 0) -> str:
    backed = master + slave
    return f"""\
 current sa Num :{backed + alone}
   Single-homing :{alone}     Multi-homing master :{master}    Multi-homing slave :{slave}
   None-backup sa :{alone}    Backup sa :{backed}
"""


def instance(profile: str, role: str, channel: str = "UP", state: str = "REALUPDATE", number: int = 3) -> str:
    rule = "-" * 45
    return f"""\
{rule}
 IPSec Instance Id   : {number}

  IPsec policy used  : pol-{number}
  RBF Profile        : {profile}
  RBS Name           : chan-9 (src:198.51.100.1, dst-ip:198.51.100.2, port:6009)
  VRRP ID            : 9
  VRRP State         : {role}
  HA Channel State   : {channel}
  HA FSM State       : {state}
{rule}
"""


IKE_SA, INSTANCES = "display ike sa", "display ipsec instance"
VAULT, CELLAR = (f"display remote-backup-profile {name}" for name in ("vault", "cellar"))
WELL: Texts = {
    (A, IKE_SA): ike(7, 2, 4),
    (B, IKE_SA): ike(2, 7, 1),
    (A, INSTANCES): instance("vault", "MASTER"),
    (B, INSTANCES): instance("cellar", "SLAVE"),
    (A, VAULT): RBP_TEXT.format("vault"),
    (B, CELLAR): RBP_TEXT.format("cellar"),
}


def of_tunnels(texts: Texts, limits: Limits = NONE_MISSING) -> dict[str, CheckResult]:
    """Give the results of the profile; what is skipped for the whole pair is left out."""
    results = judge(CHECKS, TUNNELS, observed(texts), limits)
    return {one.check: one for one in results if one.subject != TUNNELS.name}


def test_ike_associations_are_counted_on_both_and_ipsec_associations_are_named_as_not_seen() -> None:
    results = of_tunnels(WELL)

    assert {name: str(one.outcome) for name, one in results.items()} == {
        "ipsec-instances": "success",
        "ipsec-entries": "success",
        "entries-seen": "skipped",
    }
    assert results["entries-seen"].unproven


@pytest.mark.parametrize(
    ("key", "text", "check", "says"),
    [
        ((B, IKE_SA), ike(2, 3), "ipsec-entries",
         "4 of 9 entries of the master are missing on the backup: wanted 9 as on North-1, found 5"),
        ((A, IKE_SA), ike(7, 0), "ipsec-entries",
         "2 of 9 entries of the backup are missing on the master: wanted 9 as on South-1, found 7"),
        ((B, IKE_SA), ike(7, 2), "ipsec-entries",
         "copies of the other member's entries: wanted 7 for which North-1 is master, found 2"),
        ((B, INSTANCES), instance("cellar", "MASTER"), "ipsec-instances",
         "roles of the IPsec instances: wanted one master and one slave, found master, master"),
        ((A, INSTANCES), instance("vault", "MASTER", channel="DOWN"), "ipsec-instances",
         "backup channel of IPsec instance 3: wanted up, found down"),
        ((B, INSTANCES), instance("cellar", "SLAVE", state="BATCH"), "ipsec-instances",
         "backup of IPsec instance 3: wanted realupdate, found batch"),
        ((B, INSTANCES), "", "ipsec-instances",
         "no IPsec instance is bound to the profile: wanted one, as on North-1"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_ipsec_is_told_by_the_display_that_shows_it(
    key: tuple[str, str], text: str, check: str, says: str
) -> None:
    results = of_tunnels({**WELL, key: text})

    wrong = {name: [str(said) for said in one.complaints] for name, one in results.items() if one.complaints}
    assert list(wrong) == [check]
    assert any(said.startswith(says) for said in wrong[check]), wrong


@pytest.mark.parametrize("profile", ["elsewhere", "--"])
def test_counts_of_a_router_that_protects_tunnels_of_another_pair_prove_nothing(profile: str) -> None:
    texts = {
        **WELL,
        (B, IKE_SA): ike(20, 9),
        (B, INSTANCES): WELL[B, INSTANCES] + instance(profile, "MASTER", number=8),
    }

    result = of_tunnels(texts)["ipsec-entries"]

    assert (str(result.outcome), result.unproven) == ("skipped", True)
    assert "South-1 counts for the whole of itself, and IPsec instance 8 is bound to" in result.note


def test_without_an_instance_on_either_member_there_is_nothing_to_judge() -> None:
    bare = {
        **WELL,
        **{(name, IKE_SA): ike(0, 0) for name in (A, B)},
        **{(name, INSTANCES): "" for name in (A, B)},
    }

    outcomes = {name: str(one.outcome) for name, one in of_tunnels(bare).items()}

    assert set(outcomes.values()) == {"skipped"}
