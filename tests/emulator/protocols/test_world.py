"""The world's own door: clock, counters, and the questions that displays and commands ask."""

from __future__ import annotations

import time

import pytest

from emulator.entry import printing
from emulator.protocols.states import BfdState, Origin, Rui
from emulator.protocols.world import World
from tests.emulator.protocols.pairs import NORTH, SOUTH, converged, vrrp_pair


def test_a_quiet_week_costs_nothing() -> None:
    pair = converged()
    pair.run(60)
    assert pair.world.next_event() is None
    before = time.process_time()
    pair.run(7 * 86400)
    assert time.process_time() - before < 0.1
    assert pair.e_trunk(NORTH).counters.received > 600_000


def test_time_does_not_run_backwards() -> None:
    pair = converged()
    pair.world.advance(3)
    assert pair.world.now == 30
    assert pair.election(NORTH) == "Master/PRI"


def test_next_event_is_when_something_happens() -> None:
    pair = converged()
    pair.run(60)
    pair.world.cut(NORTH, SOUTH)
    due = pair.world.next_event()
    assert due is not None
    pair.world.advance(due - 0.001)
    before = pair.state(SOUTH).e_trunks
    while (due := pair.world.next_event()) is not None:
        pair.world.advance(due)
    assert before[0].causation == "PRI"
    assert pair.election(SOUTH) == "Master/TIMEOUT"


def test_packet_counters_can_be_cleared() -> None:
    pair = converged()
    assert pair.e_trunk(NORTH).counters.sent > 20
    pair.world.reset_e_trunk_counters(NORTH, 99)
    assert pair.e_trunk(NORTH).counters.sent > 20
    pair.world.reset_e_trunk_counters(NORTH)
    assert pair.e_trunk(NORTH).counters.sent == 0
    pair.run(5)
    assert pair.e_trunk(NORTH).counters.sent == 5


def test_service_counters_follow_the_entries_and_can_be_cleared() -> None:
    pair = converged()
    pair.world.join(NORTH, "Eth-Trunk21", "225.1.1.1", "203.0.113.5")
    pair.run(5)
    assert (pair.rbs(NORTH).sent, pair.rbs(SOUTH).received) == (1, 1)
    pair.world.reset_service_counters(NORTH, "link9")
    assert (pair.rbs(NORTH).sent, pair.rbs(SOUTH).received) == (0, 1)


def test_exactly_one_of_two_active_trunks_forwards_a_flow() -> None:
    pair = converged()
    assert pair.world.rui(NORTH, "10.1.1.1", "225.0.0.1", 21) is Rui.NOT_CONFIGURED
    for device in (NORTH, SOUTH):
        pair.edit(device, " e-trunk 5\n", " e-trunk 5\n e-trunk mode force-master\n")
    pair.run(30)
    seen = set()
    for last in range(1, 9):
        flow = ("10.1.1.1", f"225.0.0.{last}", 21)
        answers = {pair.world.rui(device, *flow) for device in (NORTH, SOUTH)}
        assert answers == {Rui.LOCAL, Rui.REMOTE}
        seen.add(pair.world.rui(NORTH, *flow))
    assert seen == {Rui.LOCAL, Rui.REMOTE}
    pair.world.shut(NORTH, "GigabitEthernet0/5/1")
    pair.run(5)
    assert pair.world.rui(SOUTH, "10.1.1.1", "225.0.0.1", 21) is Rui.LOCAL


@pytest.mark.parametrize("interface", [None, "GigabitEthernet0/6/2"])
def test_arp_can_be_copied_again(interface: str | None) -> None:
    pair = vrrp_pair()
    pair.insert(NORTH, " peer 10.9.0.2", " backup block send")
    pair.world.add_host(NORTH, "GigabitEthernet0/6/2", "10.40.0.9", "00aa-0000-0009")
    pair.run(5)
    pair.edit(NORTH, " backup block send\n", "")
    pair.world.resync_arp(NORTH, "GigabitEthernet0/4/0")
    pair.run(5)
    copies = [entry.origin for entry in pair.state(SOUTH).arp if entry.address == "10.40.0.9"]
    assert copies == []
    pair.world.resync_arp(NORTH, interface)
    pair.run(5)
    copies = [entry.origin for entry in pair.state(SOUTH).arp if entry.address == "10.40.0.9"]
    assert copies == [Origin.REMOTE]


def test_virtual_addresses_answer_where_their_master_is() -> None:
    pair = vrrp_pair()
    assert pair.world.ping(SOUTH, "10.40.0.254").replies[0].milliseconds is not None
    pair.world.shut(NORTH, "GigabitEthernet0/6/2")
    assert pair.world.ping(SOUTH, "10.40.0.254").replies[0].milliseconds is None
    pair.run(10)
    assert pair.world.ping(SOUTH, "10.40.0.254").replies[0].milliseconds is not None


def test_timers_of_a_session_change_in_place_and_discriminators_do_not() -> None:
    pair = vrrp_pair()
    pair.insert(NORTH, " discriminator local 11", " detect-multiplier 9", " description to the south")
    assert pair.bfd(NORTH).state is BfdState.UP
    assert pair.bfd(SOUTH).detect_ms == 90
    pair.edit(NORTH, " discriminator local 11", " discriminator local 12")
    pair.edit(SOUTH, " discriminator remote 11", " discriminator remote 12")
    assert pair.bfd(NORTH).state is BfdState.DOWN
    pair.run(5)
    assert pair.bfd(NORTH).state is pair.bfd(SOUTH).state is BfdState.UP


def test_ipv6_neighbours_and_link_local_addresses_are_shown() -> None:
    pair = converged()
    shown = {entry.address: entry.origin for entry in pair.state(NORTH).nd}
    assert shown["2001:db8:51::1"] is Origin.OWN
    assert shown["2001:db8:51::2"] is Origin.LOCAL
    roles = {entry.role for entry in pair.interface(NORTH, "GigabitEthernet0/4/0").addresses}
    assert roles == {"primary", "global", "link-local"}


def test_a_vlan_interface_follows_its_ports() -> None:
    text = """#
vlan batch 30
#
interface GigabitEthernet0/1/0
 portswitch
 undo shutdown
 port link-type trunk
 port trunk allow-pass vlan 20 to 40
#
interface Vlanif30
 ip address 10.30.0.{0} 255.255.255.0
 vrrp vrid 3 virtual-ip 10.30.0.9
#
interface 100GE0/2/0
 undo shutdown
 ip address 10.2.0.{0} 255.255.255.252
#
return
"""
    world = World()
    for number, name in ((1, "One"), (2, "Two")):
        world.configure(name, printing.load(text.format(number)), 0)
    world.advance(10)
    assert {world.state(name).vrrp[0].state for name in ("One", "Two")} == {"Master", "Backup"}
    world.shut("One", "GigabitEthernet0/1/0")
    world.shut("One", "100GE0/2/0")
    world.advance(20)
    assert world.state("One").vrrp[0].state == "Initialize"
    assert world.state("Two").vrrp[0].state == "Master"
    down = [entry.name for entry in world.state("Two").interfaces if entry.phys == "down"]
    assert down == ["100GE0/2/0"]
