"""RBS and RBP checks: a healthy pair passes, each spoiled picture fails where it should."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import Selection, checks_for, judge
from tests.tasks.checks.bench import A, B, Texts, complaints, observed, outcomes, pair_of, spoiled

PAIR = pair_of("""\
backup_services:
  - {name: chan-9, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6009}
backup_profiles:
  - name: users
    backup_id: 77
    service: chan-9
    services: [arp, dhcp-server]
    track: {vrrp: [{vrid: 5, interface: GigabitEthernet1/0/1.7}]}
    interfaces: [GigabitEthernet1/0/1.8, GigabitEthernet1/0/1.9]
interfaces:
  - name: GigabitEthernet1/0/1.7
    vrrp: [{vrid: 5, virtual_ips: [192.0.2.254], priority: {a: 120}}]
""")
CHECKS = checks_for(Selection(tags=("rbs", "rbp")))
SERVICE, PROFILE = "display remote-backup-service chan-9", "display remote-backup-profile users"


def service(own: str, peer: str) -> str:
    return f"""\
 Service-Index    : 4
 Service-Name     : chan-9
 TCP-State        : Connected
 Peer-ip          : {peer}
 Source-ip        : {own}
 TCP-Port         : 6009
 Track-BFD        : --
 SSL-Policy-Name  : --
 SSL-State        : --
"""


def profile(state: str, peer: str) -> str:
    return f"""\
 Profile-Index        : 0x1007
 Profile-Name         : users
 Service              : dhcp-server arp
 Remote-backup-service: chan-9
 Backup-ID            : 77
 track protocol       : VRRP
 VRRP-ID              : 5
 VRRP-Interface       : GigabitEthernet1/0/1.7
 State                : {state}
 Peer State           : {peer}
 Interface            :
                        GigabitEthernet1/0/1.9
                        GigabitEthernet1/0/1.8
 Backup mode          : hot
 Slot-Number          : 1
 Card-Number          : 0
 Port-Number          : 1
"""


HEALTHY: Texts = {
    (A, SERVICE): service("198.51.100.1", "198.51.100.2"),
    (B, SERVICE): service("198.51.100.2", "198.51.100.1"),
    (A, PROFILE): profile("Master", "Slave"),
    (B, PROFILE): profile("Slave", "Master"),
}


def test_healthy_pair_passes_whole() -> None:
    results = judge(CHECKS, PAIR, observed(HEALTHY))

    assert complaints(results) == []
    assert {result.outcome for result in results} == {"success"}


def test_role_that_the_peer_has_not_told_yet_is_no_fault() -> None:
    untold = spoiled(HEALTHY, A, PROFILE, "Peer State           : Slave", "Peer State           : --")

    assert outcomes(CHECKS, PAIR, untold) == {}


@pytest.mark.parametrize(
    ("device", "command", "change", "failing", "says"),
    [
        (
            B,
            SERVICE,
            ("Connected", "Listening"),
            "rbs-connected RBS chan-9",
            "channel is not connected: wanted connected, found listening, on South-1",
        ),
        (A, SERVICE, ("Connected", "--"), "rbs-connected RBS chan-9", "found none"),
        (B, SERVICE, ("6009", "6010"), "rbs-as-intended RBS chan-9", "TCP ports of the members differ (R69)"),
        (A, SERVICE, ("198.51.100.2", "198.51.100.9"), "rbs-as-intended RBS chan-9", "do not mirror (R70)"),
        (B, SERVICE, ("Policy-Name  : --", "Policy-Name  : tls"), "rbs-as-intended RBS chan-9", "found tls"),
        (A, PROFILE, ("ID            : 77", "ID            : 78"), "rbp-as-intended RBP users", "backup ID"),
        (
            B,
            PROFILE,
            ("dhcp-server arp", "arp"),
            "rbp-as-intended RBP users",
            "wanted arp, dhcp-server, found arp",
        ),
        (B, PROFILE, ("1/0/1.8", "1/0/1.88"), "rbp-as-intended RBP users", "interfaces bound to the profile"),
        (B, PROFILE, (": hot", ": warm"), "rbp-as-intended RBP users", "wanted hot, found warm"),
        (
            B,
            PROFILE,
            ("State                : Slave", "State                : Master"),
            "rbp-roles RBP users",
            "both",
        ),
        (
            A,
            PROFILE,
            ("Peer State           : Slave", "Peer State           : Master"),
            "rbp-roles RBP users",
            "tells",
        ),
    ],
)
def test_spoiled_picture_fails_where_it_should(
    device: str, command: str, change: tuple[str, str], failing: str, says: str
) -> None:
    spoilt = spoiled(HEALTHY, device, command, *change)

    assert outcomes(CHECKS, PAIR, spoilt) == {failing: "failure"}
    assert says in " | ".join(complaints(judge(CHECKS, PAIR, observed(spoilt))))


def test_service_that_a_member_does_not_have_is_a_failure_and_says_so() -> None:
    gone: Texts = {**HEALTHY, (B, SERVICE): "Error: The remote backup service does not exist.\n"}

    assert outcomes(CHECKS, PAIR, gone) == {
        "rbs-connected RBS chan-9": "failure",
        "rbs-as-intended RBS chan-9": "failure",
    }
    told = complaints(judge(CHECKS, PAIR, observed(gone)))
    assert all("found Error: The remote backup service does not exist., on South-1" in one for one in told)


@pytest.mark.parametrize("said", ["Error: Unrecognized command found at '^' position.", "Error: Busy."])
def test_display_that_is_refused_for_another_reason_tells_nothing(said: str) -> None:
    refused: Texts = {**HEALTHY, (A, SERVICE): said}

    assert set(outcomes(CHECKS, PAIR, refused).values()) == {"error"}
