"""Users, sessions, leases and bindings of both members are compared by the displays that show them."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import judge
from tasks.checks.check import Limits
from tests.tasks.checks.bench import A, B, Texts, complaints, observed, pair_of
from tests.tasks.checks.entries import CHECKS, NONE_MISSING, RBP_TEXT

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
    """Return the checks that do not hold, each with what it says."""
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
