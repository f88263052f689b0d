"""IPv6 neighbours are compared; services without a display are named as not seen."""

from __future__ import annotations

from tasks.checks.catalog import judge
from tests.tasks.checks.bench import A, B, Texts, complaints, observed, pair_of
from tests.tasks.checks.entries import CHECKS, RBP_TEXT

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
HOST, ELSEWHERE = ("2001:DB8:9::77", "GE1/0/1"), ("2001:DB8:9::78", "GE1/0/2")
HOMES: Texts = {
    **{
        (device, command): "" for device in (A, B) for command in ("display ike sa", "display ipsec instance")
    },
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
            "1 of 1 entry of the master is missing on the backup: wanted entries as on North-1, "
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
