"""Two witnesses meet on interfaces, routes, subscribers and what lies in the configuration alone."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from emulator.displays import show
from emulator.lab import Lab, TerminalUser
from emulator.protocols.states import DownBy, InterfaceState, Origin, PhysicalState
from parsers.api import parse
from parsers.values import Parsed
from tests.emulator.displays.states import STATE, view
from tests.fixtures.text import text_of
from tests.parsers.witness import seen

ALL_STATES = list(itertools.product(PhysicalState, (True, False), DownBy))


def up(state: InterfaceState) -> str:
    """Say what a block of an interface shows for its physical state."""
    if state.phys is PhysicalState.ADMIN_DOWN:
        return "administratively down"
    held = state.down_by in {DownBy.E_TRUNK, DownBy.BFD}
    return "up" if state.phys is PhysicalState.UP and not held else "down"


@pytest.mark.parametrize(("phys", "protocol", "reason"), ALL_STATES)
def test_interface_blocks(phys: PhysicalState, protocol: bool, reason: DownBy) -> None:  # noqa: FBT001 - of a state
    interfaces = {
        one.name: replace(one, phys=phys, protocol=protocol, down_by=reason) for one in STATE.interfaces
    }
    state = replace(STATE, interfaces=tuple(interfaces.values()))
    layout = view().layout
    blocks = {one.name: one for one in seen("display interface", state, layout).records}
    rows = {one.name: one for one in seen("display interface description", state, layout).records}
    layer3 = {one.name: one for one in seen("display ip interface", state, layout).records}
    six = {one.name: one for one in seen("display ipv6 interface", state, layout).records}

    assert set(blocks) == set(rows) == set(interfaces)
    assert set(layer3) == {one.name for one in interfaces.values() if not one.layer2 and one.trunk is None}
    for name, wanted in interfaces.items():
        ipv4 = [f"{one.address}/{one.length}" for one in wanted.addresses if ":" not in one.address]
        block = blocks[name]
        assert (block.phy, block.protocol) == (up(wanted), "up" if protocol else "down")
        assert (block.description or "", block.mtu_bytes) == (wanted.description, wanted.mtu)
        assert block.mode == ("switch port" if wanted.layer2 else "route port")
        assert block.address == (ipv4[0] if ipv4 else None)
        assert (rows[name].description or "") == wanted.description
        if name in layer3:
            assert (layer3[name].phy, layer3[name].address) == (up(wanted), ipv4[0] if ipv4 else None)
    for name, found in six.items():
        own = interfaces[name].addresses
        assert found.link_local == next(one.address for one in own if one.role == "link-local")
        assert [one.ip for one in found.addresses] == [one.address for one in own if one.role == "global"]


@pytest.mark.parametrize("up_now", [True, False])
def test_multicast_interfaces(up_now: bool) -> None:  # noqa: FBT001 - of a state
    state = replace(
        STATE,
        igmp_interfaces=tuple(replace(one, up=up_now) for one in STATE.igmp_interfaces),
        mld_interfaces=tuple(replace(one, up=up_now) for one in STATE.mld_interfaces),
        pim=tuple(replace(one, up=up_now) for one in STATE.pim),
    )
    word, layout = "up" if up_now else "down", view().layout
    for family, wanted in (("igmp", state.igmp_interfaces), ("mld", state.mld_interfaces)):
        for case in (f"display {family} interface", f"display {family} interface verbose"):
            (instance,) = seen(case, state, layout).records
            assert [
                (one.name, one.address, one.version, one.state, one.querier, one.querier_remark)
                for one in instance.interfaces
            ] == [
                (one.interface, one.address, one.version, word, one.querier or None, "this router" * one.own)
                for one in wanted
            ]
            assert [one.group_count or 0 for one in instance.interfaces] == [one.groups for one in wanted]
    for family, six in (("pim", False), ("pim ipv6", True)):
        routers = [one for one in state.pim if one.ipv6 is six]
        (table,) = seen(f"display {family} interface", state, layout).records
        (detail,) = seen(f"display {family} interface verbose", state, layout).records
        for shown in (table, detail):
            assert [
                (one.name, one.state, one.neighbor_count, one.dr_priority, one.dr_remark)
                for one in shown.interfaces
            ] == [(one.interface, word, one.neighbours, one.priority, "local" * one.own) for one in routers]
        assert [(one.address, one.dr_address) for one in detail.interfaces] == [
            (one.address, one.designated) for one in routers
        ]
        if not six:
            assert [(one.ignore_dr_status, one.ignore_assert) for one in detail.interfaces] == [
                ("enabled" if one.ignore_dr else "disabled", "enabled" if one.ignore_assert else "disabled")
                for one in routers
            ]


def test_subscribers() -> None:
    layout, users = view().layout, STATE.users
    remote = sum(one.origin is Origin.REMOTE for one in users)
    backed = sum(bool(one.service) for one in users)
    (counts,) = seen("display access-user", STATE, layout).records
    (domain,) = seen("display access-user domain res summary", STATE, layout).records
    services = {one.name: one for one in seen("display backup-user", STATE, layout).records}

    assert (counts.total_users, counts.rui_local_users, counts.rui_remote_users) == (
        len(users),
        backed - remote,
        remote,
    )
    assert domain.total_users == sum(one.domain == "res" for one in users)
    assert (services["north"].local_users, services["north"].remote_users) == (1, 1)
    assert set(services) == {one.name for one in STATE.services}


def test_neighbours_in_brief() -> None:
    found = seen("display ipv6 neighbors brief", STATE, view().layout).records

    assert [(one.ip, one.mac, one.interface) for one in found] == [
        (one.address, one.mac, one.interface) for one in STATE.nd if one.origin is not Origin.OWN
    ]


def test_what_lies_in_the_configuration() -> None:
    layout = view().layout
    vlans = {one.vid: one.description for one in seen("display vlan", STATE, layout).records}
    (vlan,) = seen("display vlan 30", STATE, layout).records
    acls = {one.name: one for one in seen("display acl all", STATE, layout).records}
    vpns = seen("display ip vpn-instance", STATE, layout).records

    assert vlans == {1: "VLAN 0001", 30: "iptv-a", 40: "VLAN 0040", 41: "VLAN 0041"}
    assert [(port.name, port.kind, port.up) for port in vlan.ports] == [("GigabitEthernet3/0/5", "tg", True)]
    assert (acls["3100"].kind, acls["3100"].step, len(acls["3100"].rules)) == ("advanced", 10, 2)
    assert acls["guests"].kind == "basic"
    assert [(one.name, one.route_distinguisher, one.family) for one in vpns] == [
        ("homes", "65001:7", "ipv4"),
        ("homes", "65001:6", "ipv6"),
        ("mgmt", None, None),
    ]


def test_counters_of_vrrp() -> None:
    for family, six in (("vrrp", False), ("vrrp6", True)):
        groups = [one for one in STATE.vrrp if one.ipv6 is six]
        found = seen(f"display {family} statistics", STATE, view().layout).records
        assert {(one.interface, group.vrid) for one in found for group in one.groups} == {
            (one.interface, one.vrid) for one in groups
        }


ROUTER = text_of("configurations/ports-of-a-witness.cfg")


def test_routes() -> None:
    lab = Lab({"PE1": ROUTER})
    lab.advance(5)
    router = TerminalUser(lab, "PE1")
    command = "display ip routing-table"
    (table,) = parse(command, "\n".join(router.shows(f"{command} | no-more"))).records
    routes = {one.prefix: one for one in table.destinations}

    assert (table.destination_count, table.route_count) == (len(routes), len(routes) + 1)
    assert table.route_count == len(lab.world.routes("PE1"))
    assert "10.0.0.0/8" not in routes  # nothing leads to its next hop
    assert (routes["192.0.2.0/24"].flags, routes["192.0.2.0/24"].next_hop) == ("RD", "198.51.100.2")
    assert [one.next_hop for one in routes["192.0.2.0/24"].more] == ["203.0.113.2"]
    assert routes["198.51.100.0/30"].interface == "GigabitEthernet0/1/0"
    assert routes["198.51.100.1/32"].next_hop == "127.0.0.1"
    for typed, prefixes in (
        ("192.0.2.200", ["192.0.2.128/25"]),
        ("192.0.2.1", ["192.0.2.0/24"]),
        ("192.0.2.0 24 longer-match", ["192.0.2.0/24", "192.0.2.128/25"]),
    ):
        asked = f"{command} {typed}"
        parsed = parse(asked, "\n".join(router.shows(asked)))
        assert parsed.unparsed == ()
        assert [one.prefix for one in parsed.records[0].destinations] == prefixes
    assert router.shows(f"{command} 10.1.1.1") == []


ROUTER_OF_IPV6 = """
interface GigabitEthernet0/1/0
 undo shutdown
 ipv6 enable
 ipv6 address 2001:db8:41::1/64
#
ipv6 route-static 2001:db8:80:: 48 2001:db8:41::9
ipv6 route-static 2001:db8:80:1:: 64 2001:db8:41::8 preference 90
ipv6 route-static 2001:db8:90:: 48 2001:db8:99::9
#
return
"""


def test_routes_of_ipv6() -> None:
    lab = Lab({"PE1": ROUTER_OF_IPV6})
    lab.advance(5)
    router = TerminalUser(lab, "PE1")
    command = "display ipv6 routing-table"

    def shown(typed: str) -> Parsed:
        return parse(f"{command}{typed}", "\n".join(router.shows(f"{command}{typed} | no-more")))

    whole = shown("")
    assert (whole.unparsed, whole.lacks) == ((), ())
    (table,) = whole.records
    routes = {(one.destination, one.length): one for one in table.routes}
    assert (table.table, table.route_count) == ("_public_", len(lab.world.routes("PE1", version=6)))
    assert ("2001:db8:90::", 48) not in routes  # nothing leads to its next hop
    static = routes["2001:db8:80::", 48]
    assert (static.protocol, static.preference, static.next_hop) == ("static", 60, "2001:db8:41::9")
    assert (static.interface, static.flags) == ("GigabitEthernet0/1/0", "RD")
    assert routes["2001:db8:41::", 64].next_hop == "2001:db8:41::1"
    for typed, wanted in (
        (" 2001:db8:80:1::7", ["2001:db8:80:1::"]),
        (" 2001:db8:80:2::7", ["2001:db8:80::"]),
        (" 2001:db8:80:1:: 64", ["2001:db8:80:1::"]),
    ):
        asked = shown(typed)
        assert asked.unparsed == ()
        assert asked.records[0].summary_count == 1
        assert [one.destination for one in asked.records[0].routes] == wanted
    assert router.shows(f"{command} 2001:db8:77::1") == []
    counts = shown(" statistics")
    assert (counts.unparsed, counts.lacks) == ((), ())
    assert {one.protocol: one.active for one in counts.records[0].protocols if one.active} == {
        "direct": 3,
        "static": 2,
    }
    assert router.shows(f"{command} vpn-instance none")[0] == "Routing Table : none"


PROTECTED = """
interface LoopBack0
 ip address 192.0.2.61 32
#
interface GigabitEthernet0/1/0
 undo shutdown
 ip address 203.0.113.1 24
 vrrp vrid 31 virtual-ip 203.0.113.254
#
remote-backup-service cellar
 peer 192.0.2.62 source 192.0.2.61 port 6011
#
remote-backup-profile vault
 service-type ipsec
 backup-id 61 remote-backup-service cellar
 vrrp-id 31 interface GigabitEthernet0/1/0
#
ipsec instance 6
 remote-backup-profile vault
#
return
"""


def test_ipsec_instances_and_ike_associations() -> None:
    lab = Lab({"PE1": PROTECTED})
    lab.advance(60)
    router = TerminalUser(lab, "PE1")

    def shown(command: str) -> Parsed:
        parsed = parse(command, "\n".join(router.shows(f"{command} | no-more")))
        assert (parsed.unparsed, parsed.lacks) == ((), ())
        return parsed

    (row,) = shown("display ipsec instance brief").records
    assert (row.id, row.vrrp_state, row.vrrp_id) == (6, "master", 31)
    assert (row.profile, row.peer_ip) == ("vault", "192.0.2.62")
    (block,) = shown("display ipsec instance").records
    assert (block.id, block.profile, block.vrrp_state, block.channel_state) == (6, "vault", "master", "down")
    assert block.service == "cellar (src:192.0.2.61, dst-ip:192.0.2.62, port:6011)"
    assert shown("display ipsec instance id 6").records == (block,)
    assert router.shows("display ipsec instance id 7") == ["Error: The IPsec instance does not exist."]
    (counts,) = shown("display ike sa").records
    assert (counts.sa_count, counts.multi_homing_master, counts.multi_homing_slave) == (0, 0, 0)


def test_interface_that_is_not_there_is_said() -> None:
    for command in ("d.interface", "d.interface-description", "d.ip-interface", "d.ipv6-interface"):
        assert show(command, {"interface": "GigabitEthernet9/9/9"}, view()) == [
            "Error: The interface does not exist."
        ]
