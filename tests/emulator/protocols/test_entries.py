"""Backed-up entries: learned by the master, copied to the backup, there after a switchover."""

from __future__ import annotations

import pytest

from emulator.protocols.errors import ProtocolError
from emulator.protocols.states import Origin
from emulator.protocols.world import World
from tests.emulator.protocols.pairs import NORTH, SOUTH, Pair, converged, vrrp_pair

TRUNK = "Eth-Trunk21"


def groups(pair: Pair, device: str) -> dict[str, Origin]:
    return {entry.group: entry.origin for entry in pair.state(device).igmp}


def test_master_learns_and_backup_copies() -> None:
    pair = converged()
    pair.world.join(NORTH, TRUNK, "232.9.9.1", "203.0.113.77", source="10.3.3.3")
    pair.world.join(SOUTH, TRUNK, "ff3e::9:1", "fe80::77")
    pair.run(5)
    assert groups(pair, NORTH) == {"232.9.9.1": Origin.LOCAL}
    assert groups(pair, SOUTH) == {"232.9.9.1": Origin.REMOTE}
    (north,), (south,) = pair.state(NORTH).mld, pair.state(SOUTH).mld
    assert (north.group, north.origin) == ("ff3e::9:1", Origin.LOCAL)
    assert (south.group, south.origin) == ("ff3e::9:1", Origin.REMOTE)
    assert north.interface_address.startswith("fe80::")
    assert pair.state(NORTH).igmp[0].source == "10.3.3.3"
    assert pair.state(SOUTH).igmp[0].expires is None


def test_a_host_that_leaves_is_forgotten_on_both() -> None:
    pair = converged()
    pair.world.join(NORTH, TRUNK, "225.1.2.3", "203.0.113.77")
    pair.run(5)
    pair.world.leave(NORTH, TRUNK, "225.1.2.3", "203.0.113.77")
    pair.run(1)
    assert groups(pair, NORTH) == groups(pair, SOUTH) == {}
    with pytest.raises(ProtocolError, match="has not joined"):
        pair.world.leave(NORTH, TRUNK, "225.1.2.3", "203.0.113.77")


def test_nothing_is_lost_by_a_switchover() -> None:
    pair = converged()
    for number in range(1, 21):
        pair.world.join(NORTH, TRUNK, f"225.7.0.{number}", "203.0.113.77")
    pair.run(10)
    pair.world.stop(NORTH)
    for _ in range(60):
        pair.run(1)
        assert len(groups(pair, SOUTH)) == 20
    assert set(groups(pair, SOUTH).values()) == {Origin.LOCAL}
    pair.world.start(NORTH)
    pair.run(200)
    assert set(groups(pair, NORTH).values()) == {Origin.LOCAL}
    assert set(groups(pair, SOUTH)) == set(groups(pair, NORTH))


def test_without_the_service_the_backup_has_nothing_until_hosts_answer() -> None:
    pair = converged()
    pair.edit(SOUTH, " service-type igmp\n", "")
    pair.world.join(NORTH, TRUNK, "225.1.2.3", "203.0.113.77")
    pair.run(30)
    assert groups(pair, SOUTH) == {}
    pair.world.shut(NORTH, "GigabitEthernet0/5/1")
    pair.run(30)
    assert groups(pair, SOUTH) == {"225.1.2.3": Origin.LOCAL}


def test_copies_arrive_at_the_configured_rate() -> None:
    pair = converged()
    pair.edit(NORTH, "#\nsysname", "#\npeer-backup rui-trigger-speed 20\n#\nsysname")
    pair.edit(NORTH, "port 4040", "port 4444")
    for number in range(100):
        pair.world.join(NORTH, TRUNK, f"225.8.0.{number}", "203.0.113.77")
    pair.run(30)
    assert (len(groups(pair, NORTH)), len(groups(pair, SOUTH))) == (100, 0)
    pair.edit(NORTH, "port 4444", "port 4040")
    sizes = []
    while len(groups(pair, SOUTH)) < 100:
        pair.run(1)
        sizes.append(len(groups(pair, SOUTH)))
        assert len(sizes) < 60
    growth = [size for size in sizes if size]
    assert growth == [30, 60, 90, 100]  # 20 a second, and 10 more


def test_blocked_service_lacks_until_the_next_batch() -> None:
    pair = converged()
    pair.edit(NORTH, " peer 192.0.2.2", " backup block send multicast\n peer 192.0.2.2")
    pair.world.join(NORTH, TRUNK, "225.1.2.3", "203.0.113.77")
    pair.run(30)
    assert groups(pair, SOUTH) == {}
    pair.edit(NORTH, " backup block send multicast\n", "")
    pair.run(30)
    assert groups(pair, SOUTH) == {}
    pair.world.batch_backup(NORTH, "link9", "multicast")
    pair.run(3)
    assert groups(pair, SOUTH) == {"225.1.2.3": Origin.REMOTE}


def test_receiving_side_can_block_too() -> None:
    pair = converged()
    pair.edit(SOUTH, " peer 192.0.2.1", " backup block receive\n peer 192.0.2.1")
    pair.world.join(NORTH, TRUNK, "225.1.2.3", "203.0.113.77")
    pair.run(30)
    assert groups(pair, SOUTH) == {}


def test_hourly_reconciliation_sends_what_lacks() -> None:
    pair = converged()
    pair.edit(NORTH, " peer 192.0.2.2", " backup block send\n peer 192.0.2.2")
    pair.world.join(NORTH, TRUNK, "225.1.2.3", "203.0.113.77")
    pair.run(30)
    pair.edit(NORTH, " backup block send\n", "")
    pair.run(3700)
    assert groups(pair, SOUTH) == {"225.1.2.3": Origin.REMOTE}


def test_daily_batch_at_its_time() -> None:
    day = 86400
    pair = converged()
    late = Pair(pair.north, pair.south, World(day_offset=day - 600.0))  # ten minutes before midnight
    late.run(30)
    late.insert(
        NORTH,
        " peer 192.0.2.2",
        " backup block send",
        " batch-backup service-type multicast daily 00:10:00",
    )
    late.world.join(NORTH, TRUNK, "225.1.2.3", "203.0.113.77")
    late.run(30)
    late.edit(NORTH, " backup block send\n", "")
    late.run(1100)
    assert groups(late, SOUTH) == {}
    late.run(60)
    assert groups(late, SOUTH) == {"225.1.2.3": Origin.REMOTE}


def test_copies_stay_when_the_channel_is_lost() -> None:
    pair = converged()
    pair.world.join(NORTH, TRUNK, "225.1.2.3", "203.0.113.77")
    pair.run(5)
    pair.world.cut(NORTH, SOUTH)
    pair.run(15)
    assert groups(pair, SOUTH) == {"225.1.2.3": Origin.REMOTE}


def test_arp_behind_vrrp_is_learned_by_the_master_and_copied() -> None:
    pair = vrrp_pair()
    pair.world.add_host(SOUTH, "GigabitEthernet0/6/2", "10.40.0.77", "00aa-bbcc-0077")
    pair.run(5)

    def host(device: str) -> Origin | None:
        found = [entry for entry in pair.state(device).arp if entry.address == "10.40.0.77"]
        return found[0].origin if found else None

    assert (host(NORTH), host(SOUTH)) == (Origin.LOCAL, Origin.REMOTE)
    assert all(reply.milliseconds for reply in pair.world.ping(NORTH, "10.40.0.77").replies)
    pair.world.shut(NORTH, "GigabitEthernet0/6/2")
    pair.run(10)
    assert host(SOUTH) is Origin.LOCAL


def test_arp_table_shows_own_and_neighbouring_addresses() -> None:
    pair = vrrp_pair()
    shown = {entry.address: entry.origin for entry in pair.state(NORTH).arp}
    assert shown["10.9.0.1"] is Origin.OWN
    assert shown["10.9.0.2"] is Origin.LOCAL


def test_snooping_in_a_vlan_and_in_a_vsi() -> None:
    pair = converged()
    for device in (NORTH, SOUTH):
        pair.insert(
            device,
            "multicast routing-enable",
            "igmp-snooping enable",
            "#",
            "vsi cable",
            " igmp-snooping enable",
            "#",
        )
        pair.edit(device, " service-type igmp\n", " service-type igmp-snooping\n")
        pair.edit(device, " remote-backup-profile access\n", "")
        pair.edit(
            device,
            "interface LoopBack3",
            "interface Eth-Trunk21.6\n vlan-type dot1q 6\n l2 binding vsi cable\n"
            " remote-backup-profile access\n#\ninterface LoopBack3",
        )
    pair.run(30)
    pair.world.join(NORTH, "Eth-Trunk21.6", "226.0.0.5", "10.1.1.1")
    pair.run(5)
    (north,), (south,) = pair.state(NORTH).snooping, pair.state(SOUTH).snooping
    assert (north.scope, north.scope_name, north.vlan) == ("vsi", "cable", 6)
    assert (north.port, north.port_up, north.origin) == ("Eth-Trunk21.6", True, Origin.LOCAL)
    assert (south.port_up, south.origin) == (False, Origin.REMOTE)


def test_groups_are_backed_up_only_where_their_protocol_runs() -> None:
    pair = converged()
    pair.edit(SOUTH, " igmp enable\n", "")
    pair.run(5)
    pair.world.join(NORTH, "Eth-Trunk21", "225.1.1.1", "203.0.113.5")
    pair.run(30)
    assert pair.state(NORTH).igmp
    assert not pair.state(SOUTH).igmp
