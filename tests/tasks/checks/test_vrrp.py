"""VRRP checks: roles, flow-down, and the intended values."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import Selection, checks_for, judge
from tests.tasks.checks.bench import A, B, Texts, complaints, observed, outcomes, pair_of, spoiled

PAIR = pair_of("""\
interfaces:
  - name: GigabitEthernet1/0/1
    vrrp: [{vrid: 9, admin: true, virtual_ips: [192.0.2.1], priority: {a: 120}, preempt_delay: 700}]
  - name: GigabitEthernet1/0/2.30
    vrrp: [{vrid: 30, virtual_ips: [192.0.2.65],
            track: {admin: {interface: GigabitEthernet1/0/1, vrid: 9}}}]
  - name: GigabitEthernet1/0/3
    vrrp6: [{vrid: 6, link_local: "FE80::6", virtual_ips: ["2001:DB8::6"], priority: {b: 130}}]
""")
CHECKS = checks_for(Selection(tags=("vrrp",)))
ADMIN = "display vrrp interface GigabitEthernet1/0/1 verbose"
SERVICE = "display vrrp interface GigabitEthernet1/0/2.30 verbose"
SIX = "display vrrp6 interface GigabitEthernet1/0/3 verbose"


def group(head: str, state: str, addresses: list[str], timing: tuple[int, int], kind: str) -> str:
    priority, delay = timing
    return "\n".join([
        head,
        f"State           : {state}",
        f"Virtual IP      : {addresses[0]}",
        *(f"                  {address}" for address in addresses[1:]),
        "Master IP       : 192.0.2.11",
        "Local IP        : 192.0.2.11",
        f"PriorityRun     : {priority}",
        f"PriorityConfig  : {priority}",
        "MasterPriority  : 120",
        f"Preempt         : YES   Delay Time : {delay}s   Remain : --",
        "Hold Multiplier : 3",
        f"Config Type     : {kind}",
        "Last Change Time  : 2026-03-04 11:00:00",
    ])  # fmt: skip


def admin(state: str, priority: int) -> str:
    return group("GE1/0/1 | Virtual Router 9", state, ["192.0.2.1"], (priority, 700), "admin-vrrp")


def service(state: str) -> str:
    return group("GE1/0/2.30 | Virtual Router 30", state, ["192.0.2.65"], (100, 0), "member-vrrp")


def six(state: str, priority: int) -> str:
    return group(
        "GE1/0/3 | Virtual Router 6", state, ["FE80::6", "2001:DB8::6"], (priority, 0), "normal-vrrp"
    )


HEALTHY: Texts = {
    (A, ADMIN): admin("Master", 120),
    (B, ADMIN): admin("Backup", 100),
    (A, SERVICE): service("Master"),
    (B, SERVICE): service("Initialize"),
    (A, SIX): six("Backup", 100),
    (B, SIX): six("Master", 130),
}


def test_healthy_pair_with_flow_down_passes_whole() -> None:
    results = judge(CHECKS, PAIR, observed(HEALTHY))

    assert complaints(results) == []
    assert len(results) == 6


@pytest.mark.parametrize(
    ("device", "command", "change", "failing", "says"),
    [
        (
            B,
            ADMIN,
            (": Backup", ": Master"),
            "vrrp-roles VRRP 9 on GigabitEthernet1/0/1",
            "both members are master",
        ),
        (
            A,
            ADMIN,
            (": Master", ": Initialize"),
            "vrrp-roles VRRP 9 on GigabitEthernet1/0/1",
            "no member is master: wanted one master, found initialize and backup",
        ),
        (
            A,
            SERVICE,
            (": Master", ": Initialize"),
            "vrrp-roles VRRP 30 on GigabitEthernet1/0/2.30",
            "no member is master",
        ),
        (
            B,
            SERVICE,
            (": Initialize", ": Backup"),
            "vrrp-roles VRRP 30 on GigabitEthernet1/0/2.30",
            "wanted initialize, found backup",
        ),
        (
            B,
            ADMIN,
            ("Delay Time : 700s", "Delay Time : 60s"),
            "vrrp-as-intended VRRP 9 on GigabitEthernet1/0/1",
            "preemption delay of the group in seconds: wanted 700, found 60, on South-1",
        ),
        (
            A,
            SIX,
            ("2001:DB8::6", "2001:DB8::7"),
            "vrrp-as-intended VRRP6 6 on GigabitEthernet1/0/3",
            "wanted 2001:db8::6, fe80::6, found 2001:db8::7, fe80::6",
        ),
        (
            B,
            SIX,
            ("PriorityConfig  : 130", "PriorityConfig  : 90"),
            "vrrp-as-intended VRRP6 6 on GigabitEthernet1/0/3",
            "priority of the group",
        ),
    ],
)
def test_spoiled_picture_fails_where_it_should(
    device: str, command: str, change: tuple[str, str], failing: str, says: str
) -> None:
    spoilt = spoiled(HEALTHY, device, command, *change)

    assert outcomes(CHECKS, PAIR, spoilt) == {failing: "failure"}
    assert says in " | ".join(complaints(judge(CHECKS, PAIR, observed(spoilt))))


def test_roles_swapped_are_a_failure_on_both_and_name_a_pending_preemption() -> None:
    swapped = {
        **HEALTHY,
        (A, ADMIN): admin("Backup", 120).replace("Remain : --", "Remain : 412s"),
        (B, ADMIN): admin("Master", 100),
    }

    said = complaints(judge(checks_for(Selection(names=("vrrp-roles",))), PAIR, observed(swapped)))

    assert said == [
        f"role in the group: wanted master, found backup, preemption in 412s, on North-1, by `{ADMIN}`",
        f"role in the group: wanted backup, found master, on South-1, by `{ADMIN}`",
    ]
