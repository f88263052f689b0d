"""Parity of the backed-up entries."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import Selection, checks_for, judge
from tasks.checks.check import Limits
from tests.tasks.checks.bench import A, B, Texts, complaints, observed, outcomes, pair_of

PAIR = pair_of("""\
backup_services:
  - {name: chan-9, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6009}
e_trunks:
  - id: 40
    address: {a: 198.51.100.1, b: 198.51.100.2}
    priority: {a: 90, b: 20}
    members:
      - eth_trunk: {a: 11, b: 12}
        mode: lacp-static
        ports: {a: [GigabitEthernet1/0/5], b: [GigabitEthernet2/0/5]}
backup_profiles:
  - name: tv
    backup_id: 77
    service: chan-9
    services: [igmp, igmp-snooping, arp]
    track: {e_trunk: {e_trunk: 40, eth_trunk: {a: 11, b: 12}}}
    interfaces: {a: [Eth-Trunk11], b: [Eth-Trunk12]}
""")
CHECKS = checks_for(Selection(tags=("entries",)))
IGMP_A, IGMP_B = "display igmp group interface Eth-Trunk11", "display igmp group interface Eth-Trunk12"
ARP_A, ARP_B = "display arp interface Eth-Trunk11", "display arp interface Eth-Trunk12"
SNOOPING = "display igmp-snooping port-info"


def igmp(trunk: int, *groups: str) -> str:
    rows = "\n".join(f"   {group}       192.0.2.9       00:02:04    00:01:17" for group in groups)
    return f"""\
Interface group report information of VPN-Instance: public net
 Eth-Trunk{trunk}(192.0.2.{trunk}):
  Total {len(groups)} IGMP Groups reported
   Group Address   Last Reporter   Uptime      Expires
{rows}
"""


def arp(trunk: int, *rows: str) -> str:
    return "\n".join([
        "ARP timeout:1200s",
        "IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE",
        *(f"{row}    Eth-Trunk{trunk}" for row in rows),
        f"Total:{len(rows)}         Dynamic:1       Static:0    Interface:1    Remote:0",
    ])  # fmt: skip


OWN = "192.0.2.1     0a0b-0c0d-0001            I -"
LEARNED = "192.0.2.77    0a0b-0c0d-0077   11        D-2"
REMOTE = "192.0.2.77    0a0b-0c0d-0077   11        R-2"

HEALTHY: Texts = {
    (A, IGMP_A): igmp(11, "239.1.1.1", "239.1.1.2"),
    (B, IGMP_B): igmp(12, "239.1.1.2", "239.1.1.1"),
    (A, ARP_A): arp(11, OWN, REMOTE),
    (B, ARP_B): arp(12, OWN.replace("0001", "0002"), LEARNED),
    (A, SNOOPING): "",
    (B, SNOOPING): """\
 VLAN 10, 1 Entry(s)
                     (*, 239.1.1.1)                                             P--
                                      Eth-Trunk12                               -D-
                                                        1 port(s) include
""",
}


def test_equal_entries_pass_and_a_list_that_proves_nothing_is_skipped() -> None:
    found = outcomes(CHECKS, PAIR, HEALTHY)

    assert found == {
        "igmp-snooping-entries RBP tv: Eth-Trunk11": "skipped",
        "mld-entries metro-7": "skipped",
        "nd-entries metro-7": "skipped",
        "user-entries metro-7": "skipped",
        "l2tp-entries metro-7": "skipped",
        "lease-entries metro-7": "skipped",
        "dhcpv6-entries metro-7": "skipped",
        "entries-seen metro-7": "skipped",
    }


def test_what_the_backup_alone_has_fails_too() -> None:
    texts = {**HEALTHY, (B, IGMP_B): igmp(12, "239.1.1.1")}

    said = complaints(judge(CHECKS, PAIR, observed(texts)))

    assert said == [
        (
            "1 of 2 entries of the backup are missing on the master: wanted entries as on North-1, "
            "found missing 239.1.1.2, on South-1, by `display igmp group interface Eth-Trunk12`"
        )
    ]


def test_what_no_display_can_show_is_counted_apart() -> None:
    hidden = {
        result.check: result.note for result in judge(CHECKS, PAIR, observed(HEALTHY)) if result.unproven
    }

    assert hidden == {
        "igmp-snooping-entries": (
            "not provable here: the backup lists no port that is down, so its list proves nothing"
        )
    }


USERS = pair_of("""\
backup_services:
  - {name: chan-9, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6009}
backup_profiles:
  - name: homes
    backup_id: 78
    service: chan-9
    services: [ipsec, nd, arp]
    track: {vrrp6: [{vrid: 9, interface: GigabitEthernet1/0/1}]}
    interfaces: [GigabitEthernet1/0/1]
interfaces:
  - name: GigabitEthernet1/0/1
    vrrp6: [{vrid: 9, link_local: "FE80::9", priority: {a: 120}}]
""")


def neighbors(*rows: tuple[str, str]) -> str:
    rule = "-" * 77
    blocks = [
        f"""{rule}
IPv6 Address : {address}
Link-layer   : 00e0-fc01-0077                     State     : REACH
Interface    : {interface}                          Age       : 4
VLAN         : -                                  CEVLAN    : -
VPN name     : -                                  Is Router : FALSE
Secure FLAG  : UN-SECURE"""
        for address, interface in rows
    ]
    total = f"Total: {len(rows)}        Dynamic: {len(rows)}      Static: 0      Remote:0"
    return "\n".join([*blocks, rule, total])


def own_ipv6(address: str) -> str:
    return (
        "Interface                    Physical             Protocol   VPN\n"
        f"GigabitEthernet1/0/1         up                   up         --\n[IPv6 Address] {address}\n"
    )


ND, OWN_ND, RBP = (
    "display ipv6 neighbors",
    "display ipv6 interface brief",
    "display remote-backup-profile homes",
)
RBP_TEXT = "-----\n Profile-Name         : {}\n Backup mode          : hot\n"
NONE_MISSING = Limits()
HOST, ELSEWHERE = ("2001:DB8:9::77", "GE1/0/1"), ("2001:DB8:9::78", "GE1/0/2")
HOMES: Texts = {
    (A, ND): neighbors(HOST, ("2001:db8:9::2", "GE1/0/1"), ("FE80::2", "GE1/0/1"), ELSEWHERE),
    (B, ND): neighbors(HOST, ("2001:db8:9::1", "GE1/0/1")),
    (A, OWN_ND): own_ipv6("2001:DB8:9::1"),
    (B, OWN_ND): own_ipv6("2001:DB8:9::2"),
    **{(device, "display arp interface GigabitEthernet1/0/1"): "" for device in (A, B)},
    **{(device, RBP): RBP_TEXT.format("homes") for device in (A, B)},
}


def test_neighbours_are_compared_by_interface_without_the_members_own() -> None:
    results = {result.check: result for result in judge(CHECKS, USERS, observed(HOMES))}
    lost = {**HOMES, (B, ND): neighbors(("2001:db8:9::1", "GE1/0/1"))}

    assert str(results["nd-entries"].outcome) == "success", results["nd-entries"]
    assert complaints(judge(CHECKS, USERS, observed(lost))) == [
        (
            "1 of 1 entries of the master are missing on the backup: wanted entries as on North-1, "
            "found missing 2001:db8:9::77, on South-1, by `display ipv6 neighbors`"
        )
    ]


def test_services_without_a_display_are_named_as_not_seen() -> None:
    (result,) = (one for one in judge(CHECKS, USERS, observed(HOMES)) if one.check == "entries-seen")

    assert (result.subject, result.unproven) == ("RBP homes: ipsec", True)
    assert (
        result.note
        == "not provable here: no display that Hotpair reads lists these entries; they are not seen"
    )


# ---- users, sessions, leases and bindings ------------------------------------------------------------------

SUBSCRIBERS = pair_of("""\
backup_services:
  - {name: chan-9, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6009}
backup_profiles:
  - name: dial
    backup_id: 79
    service: chan-9
    services: [bras, l2tp, dhcp-server, dhcpv6-relay]
    track: {vrrp: [{vrid: 9, interface: GigabitEthernet1/0/1}]}
    interfaces: {a: [GigabitEthernet1/0/2], b: [GigabitEthernet2/0/2]}
    address_pools: [{name: {a: north, b: south}}]
  - name: leased
    backup_id: 80
    service: chan-9
    services: [dhcp-server, igmp]
    track: {vrrp: [{vrid: 9, interface: GigabitEthernet1/0/1}]}
interfaces:
  - name: GigabitEthernet1/0/1
    vrrp: [{vrid: 9, virtual_ips: [192.0.2.254], priority: {a: 120}}]
""")


def users(local: int, remote: int) -> str:
    rule = "  " + "-" * 47
    return f"""\
Normal users                       : 3
  RUI Local users                    : {local}
  RUI Remote users                   : {remote}
{rule}
  Radius authentication              : {3 + local + remote}
{rule}
  Total users                        : {3 + local + remote}
"""


def sessions(registered: str, *ids: tuple[int, int]) -> str:
    state = {"L": "active  ", "R": "inactive"}[registered]
    return "\n".join([
        " LTID: local assigned tunnel ID , RTID: Remote assigned tunnel ID",
        " LSID: local assigned session ID , RSID: Remote assigned session ID",
        " RG: Register(L:local,R:remote), FWS: Forwarding state(L:local interface, P:protect path).",
        " Basic Info                                        Redundant info",
        " LSID  RSID  LTID  RTID  UserID  UserName          RG state    Life        FWS",
        *(f" {one}     9     {tunnel}     12    130     u{one}@x          {registered}  {state}  51s  L"
          for tunnel, one in ids),
        f"  Total {len(ids)}, printed {len(ids)}",
    ])  # fmt: skip


def pool(name: str, used: int) -> str:
    return f"""\
  Pool-Name      : {name}
  Pool-No        : 3
  Position       : Server         Status           : Unlocked
  IP address Statistic
    Total       :100
    Used        :{used}         Free      :{100 - used}
  Pool-Name      : elsewhere-{name}
  IP address Statistic
    Total       :100
    Used        :{len(name) + used}         Free      :0
  IP address pool Statistic
    Local       :0          Remote    :0          Server    :2
  IP address Statistic
    Total       :200
"""


def bindings(interface: str, *clients: str) -> str:
    rows = (
        f"""\
      {number}        7001 IA_NA     {client}
        {interface}        7/0             00e0-fc7a-2201
        2001:db8:a1::{number + 1}                     -"""
        for number, client in enumerate(clients)
    )
    return "\n".join([
        "   Index      IAID IA type   DUID",
        "        Interface                     PEVLAN/CEVLAN   MAC",
        "        IPv6 address                  IPv6 PD prefix",
        *rows,
        f"The table count             :  {len(clients)}",
    ])  # fmt: skip


USERS_A, USERS_B = (f"display access-user interface GigabitEthernet{slot}/0/2 summary" for slot in (1, 2))
L2TP, POOLS = "display l2tp session rui remote-backup-profile dial", "display ip pool"
RELAY_A, RELAY_B = (
    f"display dhcpv6 relay userinfo table interface GigabitEthernet{slot}/0/2" for slot in (1, 2)
)
LEASED = "display remote-backup-profile leased"
DIAL: Texts = {
    (A, USERS_A): users(20, 5),
    (B, USERS_B): users(5, 20),
    (A, L2TP): sessions("L", (7, 5), (7, 6)),
    (B, L2TP): sessions("R", (7, 6), (7, 5)),
    (A, POOLS): pool("north", 40),
    (B, POOLS): pool("south", 40),
    (A, RELAY_A): bindings("gigabitethernet1/0/2", "00030001aabb01", "00030001aabb02"),
    (B, RELAY_B): bindings("gigabitethernet2/0/2", "00030001aabb01", "00030001aabb02"),
    **{(device, LEASED): RBP_TEXT.format("leased") for device in (A, B)},
}


def told(texts: Texts, limits: Limits = NONE_MISSING) -> list[str]:
    """Give the checks that do not hold, each with what it says."""
    results = judge(CHECKS, SUBSCRIBERS, observed(texts), limits)
    return [f"{one.check}: {said}" for one in results for said in complaints([one])]


def test_users_sessions_leases_and_bindings_are_compared_by_the_displays_that_show_them() -> None:
    results = {one.check: one for one in judge(CHECKS, SUBSCRIBERS, observed(DIAL)) if one.complaints == ()}

    for check in ("user-entries", "l2tp-entries", "lease-entries", "dhcpv6-entries"):
        assert str(results[check].outcome) == "success", results[check]
    assert told(DIAL) == []


def test_a_profile_without_a_place_for_its_entries_is_named_as_not_seen() -> None:
    (result,) = (one for one in judge(CHECKS, SUBSCRIBERS, observed(DIAL)) if one.check == "entries-seen")

    assert (result.subject, result.unproven) == ("RBP leased: dhcp-server, igmp", True)


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        (
            (B, USERS_B),
            users(5, 13),
            (
                "user-entries: 7 of 25 entries of the master are missing on the backup: wanted 25 "
                "as on North-1, found 18, on South-1, by "
                f"`{USERS_B}`"
            ),
        ),
        (
            (A, USERS_A),
            users(20, 1),
            (
                "user-entries: 4 of 25 entries of the backup are missing on the master: wanted 25 "
                "as on South-1, found 21, on North-1, by "
                f"`{USERS_A}`"
            ),
        ),
        (
            (B, L2TP),
            sessions("R", (7, 6)),
            (
                "l2tp-entries: 1 of 2 entries of the master are missing on the backup: wanted entries as on "
                f"North-1, found missing session 5 of tunnel 7, on South-1, by `{L2TP}`"
            ),
        ),
        (
            (B, L2TP),
            sessions("L", (7, 6), (7, 5)),
            (
                "l2tp-entries: copies of the other member's entries: wanted 2 for which North-1 is master, "
                f"found 0, on South-1, by `{L2TP}`"
            ),
        ),
        (
            (B, POOLS),
            pool("south", 39),
            (
                "lease-entries: 1 of 40 entries of the master are missing on the backup: wanted 40 as on "
                "North-1, found 39, on South-1, by `display ip pool`"
            ),
        ),
        (
            (A, RELAY_A),
            bindings("gigabitethernet1/0/2", "00030001aabb01"),
            (
                "dhcpv6-entries: 1 of 2 entries of the backup are missing on the master: wanted entries as "
                "on South-1, found missing 00030001aabb02 ia_na 7001 2001:db8:a1::2, on North-1, by "
                f"`{RELAY_A}`"
            ),
        ),
    ],
)
def test_what_is_not_backed_up_fails_both_ways(key: tuple[str, str], text: str, says: str) -> None:
    assert says in told({**DIAL, key: text})


def test_two_masters_of_as_many_users_have_no_copies_of_each_other() -> None:
    said = told({**DIAL, (A, USERS_A): users(25, 0), (B, USERS_B): users(25, 0)})

    assert [one.partition(",")[0] for one in said] == [
        "user-entries: copies of the other member's entries: wanted 25 for which North-1 is master",
        "user-entries: copies of the other member's entries: wanted 25 for which South-1 is master",
    ]


def test_the_tolerance_holds_for_counts_too() -> None:
    few = {**DIAL, (B, USERS_B): users(5, 18), (B, POOLS): pool("south", 38)}

    assert told(few, Limits(missing_entries=0.1)) == []
    assert {one.partition(":")[0] for one in told(few, Limits(missing_entries=0.01))} == {
        "user-entries",
        "lease-entries",
    }


def test_users_after_a_switchover_are_compared_the_other_way_round() -> None:
    over = {**DIAL, (A, USERS_A): users(0, 25), (B, USERS_B): users(25, 0)}

    assert told(over) == []


def test_missing_group_is_named_on_the_backup() -> None:
    texts = {**HEALTHY, (A, IGMP_A): igmp(11, "239.1.1.2")}

    said = complaints(judge(CHECKS, PAIR, observed(texts)))

    assert said == [
        (
            "1 of 2 entries of the master are missing on the backup: wanted entries as on South-1, "
            "found missing 239.1.1.1, on North-1, by `display igmp group interface Eth-Trunk11`"
        )
    ]


def test_tolerance_lets_some_be_missing() -> None:
    texts = {**HEALTHY, (A, IGMP_A): igmp(11, "239.1.1.2")}

    results = judge(CHECKS, PAIR, observed(texts), Limits(missing_entries=0.5))

    assert complaints(results) == []


def test_no_entry_on_either_member_is_skipped_and_no_success() -> None:
    texts = {**HEALTHY, (A, IGMP_A): "", (B, IGMP_B): ""}

    assert outcomes(CHECKS, PAIR, texts)["igmp-entries RBP tv: Eth-Trunk11"] == "skipped"


@pytest.mark.parametrize(
    ("key", "text"),
    [((A, ARP_A), arp(11, OWN)), ((A, ARP_A), arp(11, OWN, LEARNED.replace(".77 ", ".78 ")))],
)
def test_missing_neighbour_fails(key: tuple[str, str], text: str) -> None:
    assert outcomes(CHECKS, PAIR, {**HEALTHY, key: text})["arp-entries RBP tv: Eth-Trunk11"] == "failure"


def test_address_of_the_backup_itself_is_no_entry_to_back_up() -> None:
    own_of_a = OWN.replace("I -", "D-1")
    texts = {**HEALTHY, (B, ARP_B): arp(12, OWN.replace("2.1 ", "2.2 "), LEARNED, own_of_a)}

    assert outcomes(CHECKS, PAIR, texts) == outcomes(CHECKS, PAIR, HEALTHY)


def test_cut_list_is_an_error() -> None:
    cut = {**HEALTHY, (A, ARP_A): HEALTHY[A, ARP_A].replace("Total:2", "Total:9")}

    assert outcomes(CHECKS, PAIR, cut)["arp-entries RBP tv: Eth-Trunk11"] == "error"
