"""E-Trunk and Eth-Trunk checks: the healthy picture passes, each spoiled one fails where it should."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import Selection, checks_for, judge
from tests.tasks.checks.bench import A, B, Texts, complaints, observed, outcomes, pair_of, spoiled

INTENT = """\
system: {lacp: {e_trunk_priority: 100, e_trunk_system_id: 0a0a-0a0a-0a0a}}
e_trunks:
  - id: 40
    address: {a: "2001:db8:7::1", b: "2001:db8:7::2"}
    priority: {a: 30, b: 20}
    revert_delay: 90
    members:
      - eth_trunk: {a: 11, b: 12}
        mode: lacp-static
        ports: {a: [GigabitEthernet1/0/5, GigabitEthernet1/0/6], b: [GigabitEthernet2/0/5]}
"""
PAIR = pair_of(INTENT)

CHECKS = checks_for(Selection(tags=("e-trunk", "eth-trunk")))


def e_trunk(
    own: str, peer: str, priorities: tuple[int, int], role: tuple[str, str], macs: tuple[str, str]
) -> str:
    state, row = role
    return f"""\
                          The E-Trunk information
E-Trunk-ID : 40                         Revert-Delay-Time (s) : 90
Priority : {priorities[0]}                           System-ID : {macs[0]}
Peer-IP : {peer}                 Source-IP : {own}
State : {state}                          Causation : PRI
Send-Period (100ms) : 10                Fail-Time (100ms) : 200
Receive : 12                            Send : 14
RecDrop : 0                             SndDrop : 0
Peer-Priority : {priorities[1]}                      Peer-System-ID : {macs[1]}
Peer-Fail-Time (100ms) : 200
--------------------------------------------------------------------------------
                            The Member information
Type      ID   LocalPhyState   Work-Mode      State    Causation      Remote-ID
{row}
"""


def port(name: str, status: str, bits: str) -> str:
    return f"{name}   {status} 1GE      32768   7    561     {bits}  1"


def partner(name: str, bits: str) -> str:
    return f"{name}   32768  0c0c-0c0c-0c0c  32768  9  561  {bits}"


def eth_trunk(number: int, state: str, ports: list[str], partners: list[str]) -> str:
    head = f"""\
Eth-Trunk{number}'s state information is:
Local:
LAG ID: {number}                  WorkingMode: STATIC
Preempt Delay: Disabled     Hash arithmetic: According to flow
System Priority: 100        System ID: 0a0a-0a0a-0a0a(Local)
Least Active-linknumber: 1  Max Active-linknumber: 16
Operate status: {state}          Number Of Up Ports In Trunk: 0
Timeout Period: Slow
ActorPortName          Status   PortType PortPri PortNo PortKey PortState Weight
"""
    return head + "\n".join([*ports, "Partner:", *partners])


G5, G6, S5 = "GigabitEthernet1/0/5", "GigabitEthernet1/0/6", "GigabitEthernet2/0/5"
ROW_A = "Eth-Trunk 11   Up              auto           Backup   ETRUNK_BACKUP  12"
ROW_B = "Eth-Trunk 12 Up auto Master ETRUNK_MASTER 11"
IP_A, IP_B = "2001:db8:7::1", "2001:DB8:7::2"
MAC_A, MAC_B = "0a0b-0c0d-0001", "0a0b-0c0d-0002"


def packets(authentication_errors: int = 0, received: int = 9) -> str:
    return f"""\
E-Trunk-ID errors : 0
Length errors     : 0

E-TRUNK-ID : 40
  Sent packets                                : 14
  Received packets                            : {received}
  Received packets with peer-ip errors        : 0
  Received packets with authentication errors : {authentication_errors}
"""


PACKETS = "display e-trunk packet-statistics e-trunk-id 40"
HEALTHY: Texts = {
    (A, PACKETS): packets(),
    (B, PACKETS): packets(),
    (A, "display e-trunk 40"): e_trunk(IP_A, IP_B, (30, 20), ("Backup", ROW_A), (MAC_A, MAC_B)),
    (B, "display e-trunk 40"): e_trunk(IP_B, IP_A, (20, 30), ("Master", ROW_B), (MAC_B, MAC_A)),
    (A, "display eth-trunk 11"): eth_trunk(
        11,
        "down",
        [port(G5, "Unselect", "10100000"), port(G6, "Unselect", "10110000")],
        [partner(G5, "10110000"), partner(G6, "10110000")],
    ),
    (B, "display eth-trunk 12"): eth_trunk(
        12, "up", [port(S5, "Selected", "10111100")], [partner(S5, "10111100")]
    ),
}


def test_healthy_pair_passes_whole() -> None:
    results = judge(CHECKS, PAIR, observed(HEALTHY))

    assert complaints(results) == []
    assert {result.check for result in results if result.outcome == "success"} == {c.name for c in CHECKS}


@pytest.mark.parametrize(
    ("wanted", "failing"),
    [
        ("core side", set()),
        ("{a: core side}", set()),
        ("edge side", {"e-trunk-as-intended E-Trunk 40"}),
        ("", set()),
    ],
    ids=["intended", "of this member alone", "another", "nobody asked"],
)
def test_a_description_that_nobody_asked_for_is_an_extra_line_and_no_fault_of_the_e_trunk(
    wanted: str, failing: set[str]
) -> None:
    shown = "State : Backup", "Description : core side\nState : Backup"
    pair = pair_of(INTENT.replace("  - id: 40\n", f"  - id: 40\n    description: {wanted or '~'}\n"))
    results = judge(CHECKS, pair, observed(spoiled(HEALTHY, A, "display e-trunk 40", *shown)))
    assert {f"{one.check} {one.subject}" for one in results if one.complaints} == failing


@pytest.mark.parametrize(
    ("device", "command", "old", "new", "failing"),
    [
        (A, "display e-trunk 40", "State : Backup", "State : Master", {"e-trunk-roles E-Trunk 40"}),
        (
            A,
            "display e-trunk 40",
            "Causation : PRI",
            "Causation : TIMEOUT",
            {"e-trunk-roles E-Trunk 40", "e-trunk-hears-peer E-Trunk 40"},
        ),
        (
            B,
            "display e-trunk 40",
            "Priority : 20   ",
            "Priority : 21   ",
            {"e-trunk-as-intended E-Trunk 40", "e-trunk-hears-peer E-Trunk 40"},
        ),
        (A, "display e-trunk 40", IP_B, "2001:db8:7::9", {"e-trunk-as-intended E-Trunk 40"}),
        (
            B,
            "display e-trunk 40",
            "Peer-Priority : 30",
            "Peer-Priority : -",
            {"e-trunk-hears-peer E-Trunk 40"},
        ),
        (
            A,
            "display e-trunk 40",
            "Backup   ETRUNK_BACKUP",
            "Master   PEER_MEMBER_DOWN",
            {"e-trunk-members Eth-Trunk11 in E-Trunk 40"},
        ),
        (
            A,
            "display eth-trunk 11",
            "Operate status: down",
            "Operate status: up",
            {"eth-trunk-state Eth-Trunk11 in E-Trunk 40"},
        ),
        (
            B,
            "display eth-trunk 12",
            "Operate status: up",
            "Operate status: down",
            {"eth-trunk-state Eth-Trunk11 in E-Trunk 40"},
        ),
        (
            B,
            "display eth-trunk 12",
            "Selected 1GE      32768   7    561     10111100",
            "Unselect 1GE      32768   7    561     10100000",
            {"eth-trunk-ports Eth-Trunk11 in E-Trunk 40"},
        ),
        (
            B,
            "display eth-trunk 12",
            "0c0c-0c0c-0c0c",
            "0000-0000-0000",
            {"eth-trunk-ports Eth-Trunk11 in E-Trunk 40"},
        ),
        (
            A,
            "display eth-trunk 11",
            "GigabitEthernet1/0/6",
            "GigabitEthernet1/0/7",
            {"eth-trunk-ports Eth-Trunk11 in E-Trunk 40"},
        ),
    ],
)
def test_spoiled_picture_fails_where_it_should(
    device: str, command: str, old: str, new: str, failing: set[str]
) -> None:
    found = outcomes(CHECKS, PAIR, spoiled(HEALTHY, device, command, old, new))

    assert found == dict.fromkeys(failing, "failure")


def test_dual_master_is_named_as_such() -> None:
    both = spoiled(HEALTHY, A, "display e-trunk 40", "State : Backup", "State : Master")

    (result,) = judge(checks_for(Selection(names=("e-trunk-roles",))), PAIR, observed(both))

    assert str(result.complaints[0]) == (
        "both members are master: wanted one master and one backup, found master (PRI) and master (PRI), "
        "on North-1, South-1, by `display e-trunk 40`"
    )


@pytest.mark.parametrize(
    ("counters", "says"),
    [
        (packets(authentication_errors=812), "812 packets with authentication errors: security key or"),
        (packets(received=0), "0 packets received: check path, addresses and UDP port"),
    ],
)
def test_deaf_member_says_why(counters: str, says: str) -> None:
    deaf = spoiled(HEALTHY, A, "display e-trunk 40", "Peer-Priority : 20", "Peer-Priority : -")
    deaf = spoiled(deaf, A, "display e-trunk 40", f"Peer-System-ID : {MAC_B}", "Peer-System-ID : -")
    deaf = {**deaf, (A, PACKETS): counters}

    said = complaints(judge(checks_for(Selection(names=("e-trunk-hears-peer",))), PAIR, observed(deaf)))

    assert len(said) == 1
    assert says in said[0]


def test_strange_line_is_an_error_and_no_pass() -> None:
    strange = spoiled(HEALTHY, B, "display eth-trunk 12", "Timeout Period: Slow", "?? board failure 77")

    found = outcomes(CHECKS, PAIR, strange)

    assert found == {
        "eth-trunk-state Eth-Trunk11 in E-Trunk 40": "error",
        "eth-trunk-as-intended Eth-Trunk11 in E-Trunk 40": "error",
        "eth-trunk-ports Eth-Trunk11 in E-Trunk 40": "error",
    }


@pytest.mark.parametrize("text", ["", "Info: No valid trunk in the system."])
def test_answer_that_shows_nothing_is_an_error(text: str) -> None:
    empty = {**HEALTHY, (B, "display eth-trunk 12"): text}

    assert set(outcomes(CHECKS, PAIR, empty).values()) == {"error"}


def test_display_that_was_not_taken_is_an_error() -> None:
    missing = {key: text for key, text in HEALTHY.items() if key != (A, "display e-trunk 40")}

    assert set(outcomes(CHECKS, PAIR, missing).values()) == {"error"}


def test_active_active_wants_both_up() -> None:
    pair = pair_of("""\
system: {lacp: {e_trunk_priority: 100, e_trunk_system_id: 0a0a-0a0a-0a0a}}
e_trunks:
  - id: 40
    address: {a: "2001:db8:7::1", b: "2001:db8:7::2"}
    priority: {a: 30, b: 20}
    revert_delay: 90
    members:
      - {eth_trunk: {a: 11, b: 12}, mode: lacp-static, role: force-master,
         ports: {a: [GigabitEthernet1/0/5], b: [GigabitEthernet2/0/5]}}
""")
    forced = {
        **HEALTHY,
        (A, "display e-trunk 40"): HEALTHY[A, "display e-trunk 40"].replace(
            "auto           Backup   ETRUNK_BACKUP", "force-master   Master   FORCE_MASTER"
        ),
        (B, "display e-trunk 40"): HEALTHY[B, "display e-trunk 40"].replace(
            "auto Master ETRUNK_MASTER", "force-master Master FORCE_MASTER"
        ),
        (A, "display eth-trunk 11"): eth_trunk(
            11, "up", [port(G5, "Selected", "10111100")], [partner(G5, "10111100")]
        ),
    }

    assert outcomes(CHECKS, pair, forced) == {}
    down = spoiled(forced, A, "display eth-trunk 11", "Operate status: up", "Operate status: down")
    assert outcomes(CHECKS, pair, down) == {"eth-trunk-state Eth-Trunk11 in E-Trunk 40": "failure"}
