"""VRRP and VRRP6: elections, delays, tracking, mVRRP and its members."""

from __future__ import annotations

import pytest

from emulator.protocols.states import Role, VrrpKind, VrrpState
from emulator.protocols.world import World
from tests.emulator.protocols.pairs import NORTH, SOUTH, Pair, vrrp_pair

ACCESS = "GigabitEthernet0/6/2"
GROUP = " vrrp vrid 44 virtual-ip 10.40.0.254\n"


def states(pair: Pair, index: int = 0) -> tuple[str, str]:
    return pair.vrrp(NORTH, index).state, pair.vrrp(SOUTH, index).state


def test_larger_priority_is_master() -> None:
    pair = vrrp_pair()
    assert states(pair) == ("Master", "Backup")
    south = pair.vrrp(SOUTH)
    assert (south.master, south.master_priority) == ("10.40.0.1", 120)
    assert south.mac == "0000-5e00-012c"
    assert (pair.rbp(NORTH).role, pair.rbp(SOUTH).role) == (Role.MASTER, Role.SLAVE)
    assert (pair.rbp(NORTH).tracks[0].peer, pair.rbp(SOUTH).tracks[0].peer) == (Role.SLAVE, Role.MASTER)


def test_master_comes_up_after_hold_time_and_skew() -> None:
    pair = vrrp_pair()
    pair.edit(NORTH, "vrid 44 virtual-ip 10.40.0.254", "vrid 45 virtual-ip 10.40.0.253")
    pair.edit(NORTH, "vrrp vrid 44 priority 120", "vrrp vrid 45 priority 100")
    pair.run(3.5)
    assert pair.vrrp(NORTH).state is VrrpState.BACKUP
    pair.run(0.2)  # 3 x 1 s + (256 - 100) / 256 s
    assert pair.vrrp(NORTH).state is VrrpState.MASTER
    assert pair.vrrp(NORTH).changes[0].reason == "Protocol timer expired"
    assert pair.vrrp(NORTH).changes[1].reason == "Interface up"


def test_equal_priority_leaves_the_running_master() -> None:
    pair = vrrp_pair(100, 100)
    pair.world.shut(NORTH, ACCESS)
    pair.run(10)
    pair.world.unshut(NORTH, ACCESS)
    pair.run(60)
    assert sorted(states(pair)) == ["Backup", "Master"]
    assert pair.vrrp(SOUTH).state is VrrpState.MASTER


def test_preemption_waits_for_its_delay() -> None:
    pair = vrrp_pair()
    pair.edit(NORTH, GROUP, GROUP + " vrrp vrid 44 preempt-mode timer delay 600\n")
    pair.world.shut(NORTH, ACCESS)
    pair.run(10)
    assert states(pair) == ("Initialize", "Master")
    assert pair.rbp(SOUTH).role is Role.MASTER
    pair.world.unshut(NORTH, ACCESS)
    pair.run(500)
    assert states(pair) == ("Backup", "Master")
    assert pair.vrrp(NORTH).remain == pytest.approx(100)
    pair.run(101)
    assert states(pair) == ("Master", "Backup")
    assert pair.vrrp(NORTH).changes[0].reason == "Priority calculation"


def test_preemption_disabled() -> None:
    pair = vrrp_pair()
    pair.edit(NORTH, GROUP, GROUP + " vrrp vrid 44 preempt-mode disable\n")
    pair.world.shut(NORTH, ACCESS)
    pair.run(10)
    pair.world.unshut(NORTH, ACCESS)
    pair.run(3600)
    assert states(pair) == ("Backup", "Master")


def test_recover_delay_keeps_a_returned_interface_out() -> None:
    pair = vrrp_pair()
    pair.edit(NORTH, GROUP, " vrrp recover-delay 60\n" + GROUP)
    pair.world.shut(NORTH, ACCESS)
    pair.run(10)
    pair.world.unshut(NORTH, ACCESS)
    pair.run(50)
    assert states(pair) == ("Initialize", "Master")
    pair.run(30)
    assert states(pair) == ("Master", "Backup")


def test_restarted_device_waits_for_the_first_packet_delay() -> None:
    pair = vrrp_pair()
    pair.world.stop(NORTH)
    pair.run(10)
    assert pair.vrrp(SOUTH).state is VrrpState.MASTER
    pair.world.start(NORTH)
    pair.run(290)
    assert pair.vrrp(NORTH).state is VrrpState.INITIALIZE
    pair.run(20)
    assert states(pair) == ("Master", "Backup")


@pytest.mark.parametrize(
    "line",
    [" vrrp vrid 44 timer advertise 2\n", " vrrp vrid 44 authentication-mode simple plain tell\n"],
    ids=["interval", "authentication"],
)
def test_mismatch_makes_two_masters(line: str) -> None:
    pair = vrrp_pair()
    pair.edit(SOUTH, GROUP, GROUP + line)
    pair.run(30)
    assert states(pair) == ("Master", "Master")


def test_lost_advertisements_make_two_masters() -> None:
    pair = vrrp_pair()
    pair.world.cut(NORTH, SOUTH, ACCESS)
    pair.run(10)
    assert states(pair) == ("Master", "Master")
    assert pair.interface(NORTH, ACCESS).protocol
    pair.world.restore(NORTH, SOUTH, ACCESS)
    pair.run(1)
    assert states(pair) == ("Master", "Backup")


def test_tracked_interface_lowers_the_priority() -> None:
    pair = vrrp_pair()
    port = "interface GigabitEthernet0/7/0\n undo shutdown\n"
    pair.edit(NORTH, port, port + " ip address 10.70.0.1 255.255.255.0\n")
    pair.edit(NORTH, GROUP, GROUP + " vrrp vrid 44 track interface GigabitEthernet0/7/0 reduced 30\n")
    pair.run(10)
    assert states(pair) == ("Master", "Backup")
    pair.world.shut(NORTH, "GigabitEthernet0/7/0")
    pair.run(1)
    assert (pair.vrrp(NORTH).priority, pair.vrrp(NORTH).run_priority) == (120, 90)
    assert states(pair) == ("Backup", "Master")
    assert pair.vrrp(NORTH).tracks[0].up is False


def test_peer_bfd_makes_the_backup_master_at_once() -> None:
    pair = vrrp_pair()
    pair.edit(SOUTH, GROUP, GROUP + " vrrp vrid 44 track bfd-session 21 peer\n")
    pair.run(10)
    assert states(pair) == ("Master", "Backup")
    pair.world.stop(NORTH)
    pair.run(0.5)
    assert pair.vrrp(SOUTH).state is VrrpState.MASTER
    assert pair.vrrp(SOUTH).changes[0].reason == "Peer BFD session down"


def test_peer_bfd_without_a_lost_master_ends_where_it_began() -> None:
    pair = vrrp_pair()
    pair.edit(SOUTH, GROUP, GROUP + " vrrp vrid 44 track bfd-session 21 peer\n")
    pair.run(10)
    pair.world.shut(NORTH, "GigabitEthernet0/4/0")
    pair.run(30)
    assert states(pair) == ("Master", "Backup")
    reasons = [change.reason for change in pair.vrrp(SOUTH).changes]
    assert reasons[:2] == ["Priority calculation", "Peer BFD session down"]


def test_link_bfd_makes_the_group_initialize_and_the_other_take_over_at_once() -> None:
    pair = vrrp_pair()
    pair.edit(NORTH, GROUP, GROUP + " vrrp vrid 44 track bfd-session session-name between link\n")
    pair.run(10)
    pair.world.shut(NORTH, "GigabitEthernet0/4/0")
    pair.run(1)
    assert states(pair) == ("Initialize", "Master")
    assert pair.vrrp(NORTH).changes[0].reason == "Link BFD session down"


def test_address_owner_takes_over_without_delay() -> None:
    pair = vrrp_pair()
    for device in (NORTH, SOUTH):
        pair.edit(device, "10.40.0.254", "10.40.0.2")
    pair.run(10)
    assert states(pair) == ("Backup", "Master")
    assert pair.vrrp(SOUTH).run_priority == 255


ADMIN = """ vrrp vrid 9 virtual-ip 10.70.0.254
 admin-vrrp vrid 9
 vrrp vrid 9 priority {priority}
"""


def with_admin(unflowdown: str = "") -> Pair:
    """A pair whose group 44 follows mVRRP group 9 on another interface."""
    pair = vrrp_pair()
    for device, host, priority in ((NORTH, 1, 120), (SOUTH, 2, 100)):
        port = "interface GigabitEthernet0/7/0\n undo shutdown\n"
        address = f" ip address 10.70.0.{host} 255.255.255.0\n"
        pair.edit(device, port, port + address + ADMIN.format(priority=priority))
        pair.edit(
            device,
            GROUP,
            GROUP + f" vrrp vrid 44 track admin-vrrp interface GigabitEthernet0/7/0 vrid 9{unflowdown}\n",
        )
    pair.run(30)
    return pair


def test_member_in_flowdown_is_initialize_and_its_interface_down() -> None:
    pair = with_admin()
    assert states(pair, 1) == ("Master", "Backup")
    assert states(pair) == ("Master", "Initialize")
    assert (pair.vrrp(SOUTH).kind, pair.vrrp(SOUTH, 1).kind) == (VrrpKind.MEMBER, VrrpKind.ADMIN)
    assert not pair.interface(SOUTH, ACCESS).protocol
    assert pair.vrrp(NORTH, 1).members == ((ACCESS, 44, VrrpState.MASTER),)
    pair.world.shut(NORTH, "GigabitEthernet0/7/0")
    pair.run(10)
    assert states(pair) == ("Initialize", "Master")
    assert pair.interface(SOUTH, ACCESS).protocol
    assert not pair.interface(NORTH, ACCESS).protocol


def test_member_in_unflowdown_mirrors() -> None:
    pair = with_admin(" unflowdown")
    assert states(pair) == ("Master", "Backup")
    assert pair.interface(SOUTH, ACCESS).protocol


def test_interface_that_tracks_an_admin_group() -> None:
    pair = with_admin()
    for device, host in ((NORTH, 1), (SOUTH, 2)):
        pair.edit(
            device,
            "return\n",
            f"interface GigabitEthernet0/8/0\n undo shutdown\n ip address 10.80.{host}.1 255.255.255.0\n"
            " track admin-vrrp interface GigabitEthernet0/7/0 vrid 9\n#\nreturn\n",
        )
    pair.run(5)
    shown = [pair.interface(device, "GigabitEthernet0/8/0").protocol for device in (NORTH, SOUTH)]
    assert shown == [True, False]
    assert pair.vrrp(NORTH, 1).member_interfaces == (("GigabitEthernet0/8/0", True),)


def test_vrrp6_elects_by_link_local_address() -> None:
    text = """#
interface GigabitEthernet0/1/0.300
 vlan-type dot1q 300
 ipv6 enable
 ipv6 address 2001:db8:3::{host}/64
 ipv6 address FE80::{host} link-local
 vrrp6 vrid 66 virtual-ip FE80::66 link-local
 vrrp6 vrid 66 virtual-ip 2001:db8:3::66
 vrrp6 vrid 66 priority {priority}
#
interface GigabitEthernet0/1/0
 undo shutdown
#
return
"""
    pair = Pair(text.format(host=1, priority=100), text.format(host=2, priority=150), World())
    pair.run(10)
    assert states(pair) == ("Backup", "Master")
    north = pair.vrrp(NORTH)
    assert (north.master, north.mac, north.ipv6) == ("fe80::2", "0000-5e00-0242", True)
    pair.world.stop(SOUTH)
    pair.run(5)
    assert pair.vrrp(NORTH).state is VrrpState.MASTER


def test_monitor_group_link_makes_a_unicast_group_initialize() -> None:
    text = """#
monitor-group core
 binding interface GigabitEthernet0/2/0
 monitor enable
#
interface GigabitEthernet0/1/0
 undo shutdown
 ip address 10.0.7.{host} 255.255.255.0
#
interface GigabitEthernet0/2/0
 undo shutdown
#
interface LoopBack0
 ip address 10.255.0.{host} 255.255.255.255
 vrrp vrid 5 virtual-ip 10.255.0.9
 vrrp vrid 5 peer-ip 10.255.0.{other} source-ip 10.255.0.{host}
 vrrp vrid 5 priority {priority}
 vrrp vrid 5 track monitor-group core failure-ratio 100 link
#
ip route-static 10.255.0.{other} 255.255.255.255 10.0.7.{other}
#
return
"""
    pair = Pair(
        text.format(host=1, other=2, priority=140), text.format(host=2, other=1, priority=90), World()
    )
    pair.run(10)
    assert states(pair) == ("Master", "Backup")
    pair.world.shut(NORTH, "GigabitEthernet0/2/0")
    pair.run(1)
    assert states(pair) == ("Initialize", "Master")
