"""Links, routes and reachability of the emulated network."""

from __future__ import annotations

import pytest

from emulator.entry import printing
from emulator.protocols.errors import ProtocolError
from emulator.protocols.world import World
from tests.emulator.protocols.pairs import NORTH, SOUTH, converged, vrrp_pair
from tests.fixtures.text import text_of

ROUTER = text_of("configurations/ospf-router.cfg")
SECOND = (
    "interface GigabitEthernet0/2/0\n undo shutdown\n ip address 10.{right}.0.{number} 255.255.255.0\n#\n"
)


def chain(middle_area: int = 0) -> World:
    """Three routers in a row, One - Two - Three, with OSPF."""
    world = World()
    two = ROUTER.format(
        process=7,
        area=middle_area,
        left=12,
        number=2,
        also="  network 10.23.0.0 0.0.255.255\n",
        second=SECOND.format(right=23, number=2),
    )
    one = ROUTER.format(process=1, area=0, left=12, number=1, also="", second="")
    three = ROUTER.format(process=1, area=0, left=23, number=3, also="", second="")
    for name, text in (("One", one), ("Two", two), ("Three", three)):
        world.configure(name, printing.load(text), 0)
    world.advance(10)
    return world


def reaches(world: World, device: str, target: str, source: str | None = None) -> bool:
    replies = world.ping(device, target, source).replies
    answered = [reply.milliseconds is not None for reply in replies]
    assert len(set(answered)) == 1
    return answered[0]


def test_ospf_carries_loopbacks_over_two_hops() -> None:
    world = chain()
    assert reaches(world, "One", "172.16.3.1", "172.16.1.1")
    peers = world.state("Two").ospf_peers
    assert {(peer.process, peer.neighbour_id, peer.state) for peer in peers} == {
        (7, "172.16.1.1", "Full"),
        (7, "172.16.3.1", "Full"),
    }


def test_areas_that_differ_do_not_become_neighbours() -> None:
    world = chain(middle_area=5)
    assert world.state("One").ospf_peers == ()
    assert not reaches(world, "One", "172.16.3.1")
    assert reaches(world, "One", "10.12.0.2")


def test_a_stopped_router_takes_its_routes_along() -> None:
    world = chain()
    world.stop("Two")
    assert not reaches(world, "One", "172.16.3.1")
    assert world.state("One").ospf_peers == ()
    world.start("Two")
    world.advance(20)
    assert reaches(world, "One", "172.16.3.1")


def test_a_cut_wire_takes_both_ports_down_and_a_mended_one_brings_them_up() -> None:
    world = chain()
    world.cut("One", "Two")
    ports = [world.state(device).interfaces[0].phys for device in ("One", "Two")]
    assert ports == ["down", "down"]
    world.restore("Two", "One")
    assert world.state("One").interfaces[0].phys == "up"


def test_a_silent_neighbour_is_dropped_after_the_dead_interval() -> None:
    world = chain()
    world.one_way("Two", "One")
    assert world.state("One").interfaces[0].phys == "up"
    assert not reaches(world, "One", "172.16.2.1")
    world.advance(world.now + 39)
    assert len(world.state("One").ospf_peers) == 1
    world.advance(world.now + 2)
    assert world.state("One").ospf_peers == ()


def test_delay_shows_in_the_round_trip() -> None:
    world = chain()
    world.delay("One", "Two", 0.120)
    assert world.ping("One", "172.16.2.1").replies[0].milliseconds == pytest.approx(240, abs=2)
    assert world.ping("One", "172.16.2.1", count=3).seconds == pytest.approx(1.5)


def test_unroutable_and_unanswered_differ() -> None:
    world = chain()
    nowhere, silent = world.ping("One", "198.18.0.1"), world.ping("One", "10.12.0.77")
    assert (nowhere.routable, silent.routable) == (False, True)
    assert nowhere.replies[0].milliseconds is silent.replies[0].milliseconds is None
    assert nowhere.seconds == 10.0


def test_ping_needs_a_source_that_is_up() -> None:
    world = chain()
    assert not reaches(world, "One", "172.16.2.1", "172.16.9.9")


@pytest.mark.parametrize("igp", [" ospfv3 1 area 0.0.0.0", " isis ipv6 enable 1"])
def test_ipv6_routing(igp: str) -> None:
    text = f"""#
ospfv3 1
#
interface GigabitEthernet0/1/0.55
 vlan-type dot1q 55
 ipv6 enable
 ipv6 address 2001:DB8:AA::{{0}}/64
{igp}
#
interface GigabitEthernet0/1/0
 undo shutdown
#
interface LoopBack9
 ipv6 enable
 ipv6 address 2001:DB8:FF::{{0}}/128
{igp}
#
return
"""
    world = World()
    for number, name in ((1, "One"), (2, "Two")):
        world.configure(name, printing.load(text.format(number)), 0)
    world.advance(10)
    assert reaches(world, "One", "2001:db8:ff::2", "2001:db8:ff::1")


def test_sub_interfaces_meet_in_their_vlan_only() -> None:
    text = """#
interface GigabitEthernet0/1/0
 undo shutdown
#
interface GigabitEthernet0/1/0.1
 vlan-type dot1q {vlan}
 ip address 10.5.5.{number} 255.255.255.0
#
return
"""
    world = World()
    world.configure("One", printing.load(text.format(vlan=10, number=1)), 0)
    world.configure("Two", printing.load(text.format(vlan=20, number=2)), 0)
    assert not reaches(world, "One", "10.5.5.2")
    world.configure("Two", printing.load(text.format(vlan=10, number=2)), 0)
    assert reaches(world, "One", "10.5.5.2")


def test_ports_are_shut_until_told_otherwise() -> None:
    world = World()
    world.configure(
        "One", printing.load("interface GigabitEthernet0/1/0\n ip address 10.0.0.1 255.255.255.0\n"), 0
    )
    (port,) = world.state("One").interfaces
    assert (port.phys, port.protocol) == ("*down", False)


def test_a_declared_wire_beats_addressing() -> None:
    pair = vrrp_pair()
    world = pair.world
    edge = """#
sysname Edge
#
interface GigabitEthernet0/1/1
 portswitch
 undo shutdown
#
interface GigabitEthernet0/1/2
 portswitch
 undo shutdown
#
return
"""
    world.configure("Edge", printing.load(edge), world.now)
    world.link(NORTH, "GigabitEthernet0/6/2", "Edge", "GigabitEthernet0/1/1")
    pair.run(10)
    assert (pair.vrrp(NORTH).state, pair.vrrp(SOUTH).state) == ("Master", "Master")
    world.link(SOUTH, "GigabitEthernet0/6/2", "Edge", "GigabitEthernet0/1/2")
    pair.run(10)
    assert (pair.vrrp(NORTH).state, pair.vrrp(SOUTH).state) == ("Master", "Backup")
    world.cut(NORTH, "Edge")
    pair.run(10)
    assert (pair.vrrp(NORTH).state, pair.vrrp(SOUTH).state) == ("Initialize", "Master")


EDGE = text_of("configurations/layer-2-trunk.cfg")


@pytest.mark.parametrize("south_id", ["00e0-fc77-0001", "00e0-fc77-0009"], ids=["same id", "other id"])
def test_a_modelled_customer_edge_follows_the_e_trunk(south_id: str) -> None:
    pair = converged()
    pair.edit(SOUTH, "00e0-fc77-0001", south_id)
    world = pair.world
    world.configure("Edge", printing.load(EDGE), world.now)
    world.link("Edge", "GigabitEthernet0/1/1", NORTH, "GigabitEthernet0/5/1")
    world.link("Edge", "GigabitEthernet0/1/2", SOUTH, "GigabitEthernet0/5/6")
    pair.run(60)
    edge = world.state("Edge").eth_trunks[0]
    assert [port.status for port in edge.ports] == ["Selected", "Unselect"]
    assert edge.ports[0].partner.system_id == "00e0-fc77-0001"
    assert (pair.trunk(NORTH).up, pair.trunk(SOUTH).up) == (True, False)
    world.cut("Edge", NORTH)
    pair.run(10)
    assert [port.status for port in world.state("Edge").eth_trunks[0].ports] == ["Unselect", "Selected"]
    assert pair.trunk(SOUTH).up


def test_lacp_limits_and_ranks_its_ports() -> None:
    port = "interface GigabitEthernet0/2/{0}\n undo shutdown\n eth-trunk 8\n lacp priority {1}\n#\n"
    text = (
        "#\nlacp priority {system}\n#\n"
        "interface Eth-Trunk8\n ip address 10.8.8.{host} 255.255.255.0\n mode lacp-static\n"
        " least active-linknumber 2\n max active-linknumber 2\n#\n"
        + port.format(0, 200)
        + port.format(1, 100)
        + port.format(2, 150)
        + "return\n"
    )
    world = World()
    world.configure("One", printing.load(text.format(system=10, host=1)), 0)
    world.configure("Two", printing.load(text.format(system=20, host=2)), 0)
    world.advance(10)
    for device in ("One", "Two"):
        trunk = world.state(device).eth_trunks[0]
        assert [entry.status for entry in trunk.ports] == ["Unselect", "Selected", "Selected"]
        assert trunk.up
        assert trunk.ports[0].actor == (device == "One")
    world.shut("One", "GigabitEthernet0/2/1")
    world.advance(20)
    assert [entry.status for entry in world.state("Two").eth_trunks[0].ports] == [
        "Selected",
        "Unselect",
        "Selected",
    ]
    world.shut("Two", "GigabitEthernet0/2/2")
    assert not world.state("One").eth_trunks[0].up
    assert not reaches(world, "One", "10.8.8.2")


@pytest.mark.parametrize(
    "ask",
    [
        lambda world: world.state("Nobody"),
        lambda world: world.shut("One", "GigabitEthernet9/9/9"),
        lambda world: world.cut("One", "Nobody"),
        lambda world: world.cut("One", "Three", "GigabitEthernet9/9/9"),
        lambda world: world.batch_backup("One", "nothing"),
        lambda world: world.join("One", "GigabitEthernet9/9/9", "225.0.0.1", "10.0.0.1"),
        lambda world: world.reset_service_counters("One", "nothing"),
    ],
)
def test_what_does_not_exist_is_named(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ProtocolError, match=r"Nobody|9/9/9|nothing"):
        ask(chain())


@pytest.mark.parametrize(
    "ask",
    [
        lambda world, port: world.join("One", port, "nonsense", "10.0.0.1"),
        lambda world, port: world.join("One", port, "225.0.0.1", "nonsense"),
        lambda world, port: world.join("One", port, "ff3e::8", "fe80::1", source="nonsense"),
        lambda world, port: world.leave("One", port, "nonsense", "10.0.0.1"),
        lambda world, port: world.add_host("One", port, "nonsense", "00aa-0000-0009"),
    ],
)
def test_a_text_that_is_no_address_is_refused_before_anything_changes(ask: object) -> None:
    assert callable(ask)
    world = chain()
    port = world.state("One").interfaces[0].name
    before = world.state("One")
    with pytest.raises(ProtocolError, match="'nonsense' is no address"):
        ask(world, port)
    assert world.state("One") == before
    world.advance(world.now + 60)
    world.cut("One", "Two")
    world.advance(world.now + 60)


def test_an_address_is_the_same_however_it_is_spelt() -> None:
    world = chain()
    port = world.state("One").interfaces[0].name
    world.join("One", port, "FF3E:0::8", "FE80::1")
    world.leave("One", port, "ff3e::8", "fe80:0::1")
    with pytest.raises(ProtocolError, match="has not joined"):
        world.leave("One", port, "ff3e::8", "fe80::1")


def test_devices_that_nothing_joins_cannot_be_cut_apart() -> None:
    world = chain()
    world.configure("Alone", printing.load("return\n"), world.now)
    with pytest.raises(ProtocolError, match="nothing joins One and Alone"):
        world.cut("One", "Alone")


UPLINKED = text_of("configurations/trunk-over-uplink.cfg")


def uplinked(area: str = "0.0.0.0") -> World:  # noqa: S104 - an OSPF area
    """Two partners that share no subnet; each has an uplink to somebody unknown."""
    world = World()
    world.configure("One", printing.load(UPLINKED.format(number=1, other=2, area="0.0.0.0")), 0)  # noqa: S104 - an OSPF area
    world.configure("Two", printing.load(UPLINKED.format(number=2, other=1, area=area)), 0)
    world.advance(30)
    return world


def test_partners_without_common_subnet_meet_through_the_core() -> None:
    world = uplinked()
    assert reaches(world, "One", "172.20.0.2", "172.20.0.1")
    assert [world.state(device).e_trunks[0].role for device in ("One", "Two")] == ["Master", "Backup"]
    assert world.state("One").ospf_peers == ()
    world.cut("One", "Two")
    world.advance(world.now + 120)
    assert not reaches(world, "One", "172.20.0.2", "172.20.0.1")
    assert world.state("Two").e_trunks[0].causation == "TIMEOUT"


def test_core_joins_nothing_that_routing_does_not() -> None:
    assert not reaches(uplinked(area="0.0.0.9"), "One", "172.20.0.2", "172.20.0.1")
    apart = chain()
    for device, number in (("Left", 7), ("Right", 8)):
        text = ROUTER.format(process=1, area=0, left=number * 10, number=number, also="", second="")
        apart.configure(device, printing.load(text), apart.now)
    apart.advance(apart.now + 30)
    assert not reaches(apart, "Left", "172.16.8.1")
