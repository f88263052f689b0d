"""What a pair shows in each situation that an operator meets: steady, failed, returned, misconfigured."""

from __future__ import annotations

import pytest

from emulator.protocols.states import PortStatus, RbsState, Role
from emulator.protocols.timing import Timing
from tests.emulator.protocols.pairs import NORTH, SOUTH, Pair, converged, e_trunk_pair

BFD = """bfd beat bind peer-ip 192.0.2.{other} source-ip 192.0.2.{host}
 discriminator local {local}
 discriminator remote {remote}
#
return
"""


def both(pair: Pair, what: str) -> tuple[object, object]:
    return getattr(pair, what)(NORTH), getattr(pair, what)(SOUTH)


def with_bfd(pair: Pair, north: tuple[int, int], south: tuple[int, int]) -> None:
    for device, host, other, (local, remote) in ((NORTH, 1, 2, north), (SOUTH, 2, 1, south)):
        pair.edit(device, "return\n", BFD.format(host=host, other=other, local=local, remote=remote))
        pair.edit(device, " security-key", " e-trunk track bfd-session session-name beat\n security-key")


@pytest.mark.parametrize("ipv6", [False, True], ids=["IPv4", "IPv6"])
def test_steady(*, ipv6: bool) -> None:
    pair = converged(ipv6=ipv6)
    assert both(pair, "election") == ("Master/PRI", "Backup/PRI")
    assert both(pair, "serving") == ("Master/ETRUNK_MASTER", "Backup/ETRUNK_BACKUP")
    assert (pair.trunk(NORTH).up, pair.trunk(SOUTH).up) == (True, False)
    assert [port.port_state for port in pair.trunk(NORTH).ports] == ["10111100"]
    backup = pair.trunk(SOUTH).ports[0]
    assert (backup.status, backup.port_state, backup.port_no) == (PortStatus.UNSELECT, "10110000", 32769)
    assert pair.rbs(NORTH).state is pair.rbs(SOUTH).state is RbsState.CONNECTED
    assert (pair.rbp(NORTH).role, pair.rbp(SOUTH).role) == (Role.MASTER, Role.SLAVE)
    assert (pair.rbp(NORTH).peer, pair.rbp(SOUTH).peer) == (Role.SLAVE, Role.MASTER)
    assert pair.interface(SOUTH, "Eth-Trunk21").down_by == "E"


def test_steady_shows_the_peer() -> None:
    pair = converged()
    north, south = pair.e_trunk(NORTH), pair.e_trunk(SOUTH)
    assert (north.peer_priority, south.peer_priority) == (20, 10)
    assert (north.peer_system_id, south.peer_system_id) == (south.system_id, north.system_id)
    assert pair.member(NORTH).remote_id == 21
    before = north.counters.received
    pair.run(10)
    assert pair.e_trunk(NORTH).counters.received == before + 10
    assert pair.e_trunk(NORTH).counters.dropped == 0


def test_member_link_fails_and_returns_after_the_revert_delay() -> None:
    pair = converged()
    pair.world.shut(NORTH, "GigabitEthernet0/5/1")
    pair.run(5)
    assert pair.election(NORTH) == "Master/PRI"
    assert not pair.member(NORTH).phys_up
    assert pair.serving(SOUTH) == "Master/PEER_MEMBER_DOWN"
    assert pair.trunk(SOUTH).up
    assert pair.rbp(SOUTH).role is Role.MASTER

    pair.world.unshut(NORTH, "GigabitEthernet0/5/1")
    pair.run(110)
    assert pair.serving(SOUTH) == "Master/PEER_MEMBER_DOWN"
    assert pair.serving(NORTH) == "Backup/PEER_MEMBER_UP"
    pair.run(20)
    assert both(pair, "serving") == ("Master/ETRUNK_MASTER", "Backup/ETRUNK_BACKUP")
    assert (pair.trunk(NORTH).up, pair.trunk(SOUTH).up) == (True, False)
    assert [change.causation for change in pair.member(SOUTH).changes] == [
        "PEER_MEMBER_UP",
        "PEER_MEMBER_DOWN",
    ]


def test_revert_disable_keeps_the_holder_until_it_fails() -> None:
    pair = converged()
    for device in (NORTH, SOUTH):
        pair.edit(device, " security-key", " revert disable\n security-key")
    pair.world.shut(NORTH, "GigabitEthernet0/5/1")
    pair.run(5)
    pair.world.unshut(NORTH, "GigabitEthernet0/5/1")
    pair.run(7200)
    assert pair.serving(SOUTH) == "Master/PEER_MEMBER_DOWN"
    assert pair.world.next_event() is None
    pair.world.shut(SOUTH, "GigabitEthernet0/5/6")
    pair.run(5)
    assert pair.serving(NORTH) == "Master/ETRUNK_MASTER"
    assert pair.trunk(NORTH).up


def test_master_lost_and_back() -> None:
    pair = converged()
    pair.world.stop(NORTH)
    pair.run(15)
    assert pair.election(SOUTH) == "Backup/PRI"  # the fail time of 20 s is not over
    pair.run(25)
    assert pair.election(SOUTH) == "Master/TIMEOUT"
    assert pair.serving(SOUTH) == "Master/ETRUNK_MASTER"
    assert pair.trunk(SOUTH).up
    assert pair.rbs(SOUTH).state is not RbsState.CONNECTED
    assert pair.rbp(SOUTH).peer is Role.UNKNOWN

    pair.world.start(NORTH)
    pair.run(60)
    assert both(pair, "election") == ("Master/PRI", "Backup/PRI")
    assert pair.trunk(SOUTH).up  # serves until the revert delay is over
    pair.run(80)
    assert both(pair, "serving") == ("Master/ETRUNK_MASTER", "Backup/ETRUNK_BACKUP")
    assert pair.rbs(SOUTH).state is RbsState.CONNECTED


def test_master_lost_with_bfd_is_noticed_at_once() -> None:
    pair = converged()
    with_bfd(pair, (31, 32), (32, 31))
    pair.run(30)
    assert both(pair, "election") == ("Master/PRI", "Backup/PRI")
    pair.world.stop(NORTH)
    pair.run(1)
    assert pair.election(SOUTH) == "Master/BFD_DOWN"
    pair.world.start(NORTH)
    pair.run(30)
    assert both(pair, "election") == ("Master/PRI", "Backup/PRI")


def test_heartbeat_path_lost_makes_two_masters() -> None:
    pair = converged()
    pair.world.cut(NORTH, SOUTH)
    pair.run(60)
    assert both(pair, "election") == ("Master/TIMEOUT", "Master/TIMEOUT")
    assert pair.trunk(NORTH).up
    assert pair.trunk(SOUTH).up  # identical LACP system ids: the edge uses both
    pair.world.restore(NORTH, SOUTH)
    pair.run(60)
    assert both(pair, "election") == ("Master/PRI", "Backup/PRI")
    assert not pair.trunk(SOUTH).up


def test_different_lacp_system_ids_leave_one_leg() -> None:
    pair = converged()
    pair.edit(SOUTH, "00e0-fc77-0001", "00e0-fc77-0002")
    pair.world.cut(NORTH, SOUTH)
    pair.run(60)
    assert (pair.trunk(NORTH).up, pair.trunk(SOUTH).up) == (True, False)


def test_one_direction_lost_is_told_by_the_other_side() -> None:
    pair = converged()
    pair.world.one_way(NORTH, SOUTH)
    pair.run(60)
    assert pair.election(SOUTH) == "Master/TIMEOUT"
    assert pair.election(NORTH) == "Backup/PEER_TIMEOUT"
    pair.world.restore(NORTH, SOUTH)
    pair.run(10)
    assert both(pair, "election") == ("Master/PRI", "Backup/PRI")


@pytest.mark.parametrize(
    ("old", "new", "counter"),
    [
        ("heartbeat-key", "other-key", "authentication_errors"),
        (" security-key", " authentication-mode hmac-sha1\n security-key", "authentication_errors"),
        (" security-key", " sequence enable\n security-key", "tlv_errors"),
        ("peer-address 192.0.2.1", "peer-address 198.51.100.1", "peer_ip_errors"),
    ],
    ids=["key", "authentication mode", "sequence", "address"],
)
def test_refused_hellos_make_two_masters(old: str, new: str, counter: str) -> None:
    pair = converged()
    pair.edit(SOUTH, old, new)
    pair.run(60)
    assert both(pair, "election") == ("Master/TIMEOUT", "Master/TIMEOUT")
    assert pair.e_trunk(NORTH).counters.dropped > 0
    assert getattr(pair.e_trunk(NORTH).counters, counter) == pair.e_trunk(NORTH).counters.dropped


def test_different_udp_ports_make_two_masters() -> None:
    pair = converged()
    pair.edit(SOUTH, "#\nsysname", "#\ne-trunk port 5000\n#\nsysname")
    pair.run(60)
    assert both(pair, "election") == ("Master/TIMEOUT", "Master/TIMEOUT")


def test_addresses_that_never_mirrored() -> None:
    pair = e_trunk_pair()
    pair.edit(SOUTH, "peer-address 192.0.2.1", "peer-address 192.0.2.9")
    pair.run(10)
    assert both(pair, "election") == ("Initialize/INIT", "Initialize/INIT")
    pair.run(30)
    assert both(pair, "election") == ("Master/TIMEOUT", "Master/TIMEOUT")


def test_different_backup_service_ports_leave_the_e_trunk_alone() -> None:
    pair = e_trunk_pair()
    pair.edit(SOUTH, "port 4040", "port 4041")
    pair.run(3600)
    assert (pair.rbs(NORTH).state, pair.rbs(SOUTH).state) == (RbsState.LISTENING, RbsState.CONNECTING)
    assert both(pair, "election") == ("Master/PRI", "Backup/PRI")


@pytest.mark.parametrize(("drives", "shown"), [(True, "Master/BFD_DOWN"), (False, "Master/PRI")])
def test_discriminators_that_do_not_mirror(*, drives: bool, shown: str) -> None:
    pair = e_trunk_pair(timing=Timing(bfd_down_before_up=drives))
    with_bfd(pair, (31, 32), (32, 99))
    pair.run(60)
    assert (pair.bfd(NORTH).state, pair.bfd(NORTH).not_up_reason) == ("Down", "In negotiation")
    assert pair.election(NORTH) == shown


def test_different_backup_ids_copy_nothing() -> None:
    pair = converged()
    pair.edit(SOUTH, "backup-id 77", "backup-id 78")
    pair.world.join(NORTH, "Eth-Trunk21", "232.1.1.1", "203.0.113.50")
    pair.run(30)
    assert both(pair, "election") == ("Master/PRI", "Backup/PRI")
    assert len(pair.state(NORTH).igmp) == 1
    assert pair.state(SOUTH).igmp == ()


def test_equal_priorities_are_decided_by_the_system_id() -> None:
    pair = e_trunk_pair()
    pair.edit(SOUTH, "priority 20", "priority 10")
    pair.run(30)
    assert both(pair, "election") == ("Master/PRI", "Backup/PRI")


def test_monitor_group_moves_the_trunk_with_its_uplink() -> None:
    pair = converged()
    group = "monitor-group uplinks\n monitor enable\n binding interface GigabitEthernet0/4/0\n#\nreturn\n"
    pair.edit(NORTH, "return\n", group)
    pair.edit(NORTH, " igmp enable", " track monitor-group uplinks\n igmp enable")
    pair.run(5)
    assert pair.serving(SOUTH) == "Backup/ETRUNK_BACKUP"
    pair.world.shut(NORTH, "GigabitEthernet0/4/0")
    pair.run(60)
    assert not pair.trunk(NORTH).up
    assert not pair.member(NORTH).phys_up
    assert pair.trunk(SOUTH).up
    assert pair.state(NORTH).monitor_groups[0].trackers[0].triggered


def test_active_active_serves_on_both() -> None:
    pair = converged()
    for device in (NORTH, SOUTH):
        pair.edit(device, " e-trunk 5\n", " e-trunk 5\n e-trunk mode force-master\n")
    pair.run(30)
    assert both(pair, "serving") == ("Master/FORCE_MASTER", "Master/FORCE_MASTER")
    assert pair.trunk(NORTH).up
    assert pair.trunk(SOUTH).up


def test_more_links_win_before_the_priority() -> None:
    pair = converged()
    for device in (NORTH, SOUTH):
        pair.edit(device, " security-key", " e-trunk select link-number\n security-key")
    pair.edit(
        SOUTH,
        "interface LoopBack3",
        "interface GigabitEthernet0/5/7\n undo shutdown\n eth-trunk 21\n#\ninterface LoopBack3",
    )
    pair.run(30)
    assert both(pair, "election") == ("Backup/PRI", "Master/PRI")


def test_priority_change_moves_the_role() -> None:
    pair = converged()
    pair.edit(NORTH, "priority 10", "priority 200")
    pair.run(30)
    assert both(pair, "election") == ("Backup/PRI", "Master/PRI")
    assert both(pair, "serving") == ("Backup/ETRUNK_BACKUP", "Master/ETRUNK_MASTER")


def test_numbers_that_differ_meet_by_remote_eth_trunk() -> None:
    pair = e_trunk_pair()
    pair.edit(SOUTH, "Eth-Trunk21", "Eth-Trunk34")
    pair.edit(SOUTH, " eth-trunk 21", " eth-trunk 34")
    pair.edit(SOUTH, " e-trunk 5\n", " e-trunk 5 remote-eth-trunk 21\n")
    pair.edit(NORTH, " e-trunk 5\n", " e-trunk 5 remote-eth-trunk 34\n")
    pair.run(30)
    assert both(pair, "serving") == ("Master/ETRUNK_MASTER", "Backup/ETRUNK_BACKUP")
    assert (pair.member(NORTH).remote_id, pair.member(SOUTH).remote_id) == (34, 21)
    pair.world.shut(NORTH, "GigabitEthernet0/5/1")
    pair.run(5)
    assert pair.trunk(SOUTH).up
