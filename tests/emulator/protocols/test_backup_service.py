"""The backup channel, uplink failure and monitor groups."""

from __future__ import annotations

import pytest

from emulator.protocols.states import RbsState, Role
from tests.emulator.protocols.pairs import NORTH, SOUTH, Pair, converged, e_trunk_pair, vrrp_pair


def states(pair: Pair) -> tuple[RbsState, RbsState]:
    return pair.rbs(NORTH).state, pair.rbs(SOUTH).state


def test_connects_after_a_moment_and_says_when() -> None:
    pair = e_trunk_pair()
    assert states(pair) == (RbsState.LISTENING, RbsState.CONNECTING)
    pair.run(1.9)
    assert states(pair) == (RbsState.LISTENING, RbsState.CONNECTING)
    pair.run(0.2)
    assert states(pair) == (RbsState.CONNECTED, RbsState.CONNECTED)
    assert pair.rbs(NORTH).last_up == pair.rbs(SOUTH).last_up == 2.0


def test_without_peer_there_is_no_state() -> None:
    pair = converged()
    pair.edit(NORTH, " peer 192.0.2.2 source 192.0.2.1 port 4040\n", "")
    pair.run(1)
    assert pair.rbs(NORTH).state is RbsState.UNSET
    assert pair.rbs(SOUTH).state is not RbsState.CONNECTED


def test_source_address_must_be_up() -> None:
    pair = converged()
    pair.edit(
        NORTH,
        "interface LoopBack3\n ipv6 enable\n ip address 192.0.2.1 255.255.255.255\n",
        "interface LoopBack3\n",
    )
    pair.run(1)
    assert pair.rbs(NORTH).state is RbsState.INITIAL


def test_shutdown_closes_both_ends_and_undo_connects_again() -> None:
    pair = converged()
    pair.insert(SOUTH, " peer 192.0.2.1", " shutdown")
    pair.run(1)
    assert (pair.rbs(SOUTH).state, pair.rbs(SOUTH).shutdown) == (RbsState.INITIAL, True)
    assert pair.rbs(NORTH).state is RbsState.LISTENING
    assert pair.rbp(NORTH).peer is Role.UNKNOWN
    pair.edit(SOUTH, " shutdown\n peer", " peer")
    pair.run(10)
    assert states(pair) == (RbsState.CONNECTED, RbsState.CONNECTED)


def test_tls_on_one_side_only_never_connects() -> None:
    pair = e_trunk_pair()
    policy = ("ssl policy sealed", "#")
    pair.insert(NORTH, "remote-backup-service", *policy)
    pair.insert(NORTH, " peer 192.0.2.2 source", " bind ssl-policy sealed")
    pair.run(600)
    assert states(pair) == (RbsState.LISTENING, RbsState.CONNECTING)
    pair.insert(SOUTH, "remote-backup-service", *policy)
    pair.insert(SOUTH, " peer 192.0.2.1 source", " bind ssl-policy sealed")
    pair.run(10)
    assert states(pair) == (RbsState.CONNECTED, RbsState.CONNECTED)
    assert pair.rbs(NORTH).ssl_policy == "sealed"


def test_tcp_notices_a_silent_path_late_and_bfd_at_once() -> None:
    pair = vrrp_pair()
    pair.world.cut(NORTH, SOUTH, "GigabitEthernet0/4/0")
    assert states(pair) == (RbsState.INITIAL, RbsState.INITIAL)  # the source address went down with the port
    pair.world.restore(NORTH, SOUTH)
    pair.run(10)
    pair.world.one_way(NORTH, SOUTH)
    pair.run(29)
    assert states(pair) == (RbsState.CONNECTED, RbsState.CONNECTED)
    pair.run(2)
    assert RbsState.CONNECTED not in states(pair)
    pair.world.restore(NORTH, SOUTH)
    pair.run(10)
    pair.insert(NORTH, " peer 10.9.0.2", " track bfd-session 11")
    pair.run(10)
    assert states(pair) == (RbsState.CONNECTED, RbsState.CONNECTED)
    pair.world.one_way(SOUTH, NORTH)
    pair.run(0.1)
    assert pair.rbs(NORTH).state is RbsState.INITIAL
    assert pair.rbs(NORTH).track_bfd == 11


@pytest.mark.parametrize(("minutes", "wait"), [(0, 1), (5, 301)])
def test_failed_uplinks_hand_the_role_over(minutes: int, wait: int) -> None:
    pair = vrrp_pair()
    pair.edit(
        NORTH,
        "interface GigabitEthernet0/7/0\n",
        "interface GigabitEthernet0/7/0\n ip address 10.70.0.1 255.255.255.0\n",
    )
    pair.insert(
        NORTH,
        " peer 10.9.0.2",
        " track interface GigabitEthernet0/7/0 weight 30",
        f" switchover uplink failure-ratio 100 duration {minutes}",
    )
    pair.run(1)
    assert pair.rbp(NORTH).role is Role.MASTER
    pair.world.shut(NORTH, "GigabitEthernet0/7/0")
    if minutes:
        pair.run(minutes * 60 - 1)
        assert pair.rbp(NORTH).role is Role.MASTER
    pair.run(wait)
    assert pair.rbs(NORTH).uplink_failed
    assert pair.rbp(NORTH).role is Role.SLAVE


GROUP = """monitor-group ports
 binding interface GigabitEthernet0/7/0 down-weight 20
 binding interface GigabitEthernet0/4/0
 trigger-up-delay 40
{enable}#
return
"""


def watched(trigger: str = "", enable: str = " monitor enable\n") -> Pair:
    pair = vrrp_pair()
    pair.edit(NORTH, "return\n", GROUP.format(enable=enable))
    pair.edit(
        NORTH, " vrrp vrid 44 virtual-ip", f" track monitor-group ports{trigger}\n vrrp vrid 44 virtual-ip"
    )
    pair.run(5)
    return pair


def test_monitor_group_holds_at_its_weight_and_releases_after_its_delay() -> None:
    pair = watched(" trigger-down-weight 20")
    assert pair.vrrp(NORTH).state == "Master"
    pair.world.shut(NORTH, "GigabitEthernet0/7/0")
    pair.run(10)
    group = pair.state(NORTH).monitor_groups[0]
    assert (group.down_weight, group.weight_sum, group.max_trigger) == (20, 30, 20)
    assert pair.interface(NORTH, "GigabitEthernet0/6/2").phys == "down"
    assert (pair.vrrp(NORTH).state, pair.vrrp(SOUTH).state) == ("Initialize", "Master")
    pair.world.unshut(NORTH, "GigabitEthernet0/7/0")
    pair.run(39)
    assert pair.interface(NORTH, "GigabitEthernet0/6/2").phys == "down"
    pair.run(2)
    assert pair.interface(NORTH, "GigabitEthernet0/6/2").phys == "up"


def test_without_trigger_all_bindings_must_fail() -> None:
    pair = watched()
    pair.world.shut(NORTH, "GigabitEthernet0/7/0")
    pair.run(1)
    assert pair.vrrp(NORTH).state == "Master"
    pair.world.shut(NORTH, "GigabitEthernet0/4/0")
    pair.run(1)
    assert pair.vrrp(NORTH).state == "Initialize"


def test_nothing_happens_before_monitor_enable() -> None:
    pair = watched(" trigger-down-weight 5", enable="")
    pair.world.shut(NORTH, "GigabitEthernet0/7/0")
    pair.run(1)
    group = pair.state(NORTH).monitor_groups[0]
    assert (group.active, group.down_weight) == (False, 20)
    assert pair.vrrp(NORTH).state == "Master"


def test_backup_service_follows_monitor_groups() -> None:
    pair = vrrp_pair()
    pair.edit(NORTH, "return\n", GROUP.format(enable=" monitor enable\n"))
    pair.insert(NORTH, " peer 10.9.0.2", " track monitor-group ports switchover failure-ratio 60")
    pair.world.shut(NORTH, "GigabitEthernet0/7/0")
    pair.run(1)
    assert pair.rbs(NORTH).uplink_failed
    assert pair.rbp(NORTH).role is Role.SLAVE


def test_faster_timing_shortens_everything() -> None:
    pair = converged()
    quick = e_trunk_pair(timing=pair.world.timing.faster(10))
    quick.run(0.3)
    assert states(quick) == (RbsState.CONNECTED, RbsState.CONNECTED)
    with pytest.raises(ValueError, match="0 times"):
        pair.world.timing.faster(0)


ROUTES = """ip route-monitor-group core
 track ip route 198.51.0.0 255.255.0.0 down-weight 30
 track ip route 10.9.0.0 255.255.255.0
 trigger-up-delay 20
 monitor enable
#
ip route-static 198.51.0.0 255.255.0.0 GigabitEthernet0/7/0 10.70.0.9
#
return
"""


def test_lost_routes_switch_services_and_groups_over() -> None:
    pair = vrrp_pair()
    port = "interface GigabitEthernet0/7/0\n"
    for device, host in ((NORTH, 1), (SOUTH, 9)):
        pair.edit(device, port, port + f" ip address 10.70.0.{host} 255.255.255.0\n")
    pair.edit(NORTH, "return\n", ROUTES)
    pair.insert(NORTH, " peer 10.9.0.2", " track route-monitor-group core switchover failure-ratio 70")
    pair.insert(
        NORTH,
        " remote-backup-profile hosts\n#",
        " vrrp vrid 44 track ip route 198.51.0.0 255.255.0.0 reduced 40",
    )
    pair.run(10)
    assert not pair.rbs(NORTH).uplink_failed
    assert pair.vrrp(NORTH).run_priority == 120
    pair.world.shut(NORTH, "GigabitEthernet0/7/0")
    pair.run(1)
    assert pair.rbs(NORTH).uplink_failed
    assert (pair.vrrp(NORTH).run_priority, pair.vrrp(NORTH).state) == (80, "Backup")
    pair.world.unshut(NORTH, "GigabitEthernet0/7/0")
    pair.run(19)
    assert pair.rbs(NORTH).uplink_failed
    pair.run(2)
    assert not pair.rbs(NORTH).uplink_failed


def test_route_monitor_group_link_makes_a_group_initialize() -> None:
    pair = vrrp_pair()
    pair.edit(
        NORTH,
        "return\n",
        "ip route-monitor-group far\n track ip route 203.0.113.0 255.255.255.0\n monitor enable\n#\nreturn\n",
    )
    pair.insert(
        NORTH,
        " remote-backup-profile hosts\n#",
        " vrrp vrid 44 track route-monitor-group far failure-ratio 100 link",
    )
    pair.run(10)
    assert (pair.vrrp(NORTH).state, pair.vrrp(SOUTH).state) == ("Initialize", "Master")
    assert pair.vrrp(NORTH).tracks[0].up is False
