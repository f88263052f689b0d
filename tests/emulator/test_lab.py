"""A lab of two routers: typing, converging, faults, hours in milliseconds."""

from __future__ import annotations

import pytest

from emulator.faults import (
    PowerOff,
)
from emulator.lab import Cable, Lab, TerminalUser
from emulator.personalities import MIDDLE
from tests.emulator.pair import CONFIGURATIONS, CONVERGED, roles, value


def test_pair_converges_to_one_master(lab: Lab) -> None:
    assert roles(lab) == ("Master", "Backup")
    for name in lab.devices:
        assert (
            value(TerminalUser(lab, name).shows("display remote-backup-service sync"), "TCP-State")
            == "connected"
        )
    assert "Operate status: up" in TerminalUser(lab, "PE1").types("display eth-trunk 70 | no-more")
    assert "Operate status: down" in TerminalUser(lab, "PE2").types("display eth-trunk 70 | no-more")
    assert (
        value(TerminalUser(lab, "PE2").shows("display remote-backup-profile homes"), "Peer State") == "Master"
    )


def test_nothing_converges_before_its_time() -> None:
    lab = Lab(CONFIGURATIONS)
    assert roles(lab) == ("Initialize", "Initialize")


def test_committed_change_reaches_the_network(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types("system-view", "e-trunk 7", "priority 30")
    lab.advance(CONVERGED)
    assert roles(lab) == ("Master", "Backup")  # only a candidate yet
    typist.types("commit")
    lab.advance(CONVERGED)
    assert roles(lab) == ("Backup", "Master")


def test_expired_trial_gives_the_network_back(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types("system-view", "remote-backup-service sync", "shutdown", "commit trial 3600 persist t1")
    lab.advance(3500)
    other = TerminalUser(lab, "PE2")
    assert value(other.shows("display remote-backup-service sync"), "TCP-State") != "connected"
    lab.advance(200)
    other = TerminalUser(lab, "PE2")
    assert value(other.shows("display remote-backup-service sync"), "TCP-State") == "connected"


def test_hours_pass_and_the_clock_shows_it(lab: Lab) -> None:
    lab.advance(6 * 3600)
    assert "14:00:30" in TerminalUser(lab, "PE1").types("display clock")


def test_joined_group_is_backed_up_and_taken_over(lab: Lab) -> None:
    lab.world.join("PE1", "Eth-Trunk70", "232.7.7.7", "198.51.100.50")
    lab.advance(20)
    for name in lab.devices:
        assert "232.7.7.7" in TerminalUser(lab, name).types("display igmp group")
    lab.inject(PowerOff(), "PE1")
    lab.advance(60)
    assert value(TerminalUser(lab, "PE2").shows("display e-trunk 7"), "Causation") == "BFD_DOWN"
    assert "232.7.7.7" in TerminalUser(lab, "PE2").types("display igmp group")


def test_declared_cable_decides_who_is_opposite() -> None:
    port = "interface GigabitEthernet0/1/{1}\n undo shutdown\n ip address 10.5.0.{1} 255.255.255.0"
    stub = f"#\nsysname {{0}}\n#\n{port}\n#\nreturn\n"
    names = ("CE1", "CE2", "CE3")
    texts = {name: stub.format(name, number) for number, name in enumerate(names, start=1)}
    lab = Lab(texts, cables=[Cable("CE1", "GigabitEthernet0/1/1", "CE3", "GigabitEthernet0/1/3")])
    lab.advance(10)
    assert " 0.00% packet loss" in TerminalUser(lab, "CE1").types("ping 10.5.0.3")
    assert "100.00% packet loss" in TerminalUser(lab, "CE1").types("ping 10.5.0.2")


def test_ping_takes_either_spelling_of_an_ipv6_address(lab: Lab) -> None:
    for target in ("2001:db8:5::3", "2001:DB8:5:0::3"):
        assert " 0.00% packet loss" in TerminalUser(lab, "PE1").types(f"ping ipv6 {target}")


@pytest.mark.parametrize(
    ("command", "has", "lacks"),
    [
        ("display ip interface brief slot 0", "GigabitEthernet0/2/1.10", "LoopBack0"),
        ("display ip interface brief LoopBack 0", "LoopBack0", "Eth-Trunk70"),
        (
            "display eth-trunk 70 interface GigabitEthernet 0/2/0",
            "GigabitEthernet0/2/0",
            "GigabitEthernet0/2/1",
        ),
        ("display vrrp interface GigabitEthernet 0/2/1.10 5 brief", "203.0.113.1", "FE80"),
        ("display vrrp6 vrid 6", "Virtual Router 6", "203.0.113.1"),
        ("display vrrp6 interface GigabitEthernet 0/2/1.10 vrid 6 brief", "FE80::1", "203.0.113"),
        ("display bfd session peer-ip 192.0.2.2", "S_IP_PEER", "Total"),
        ("display arp interface GigabitEthernet 0/3/1", "192.0.2.130", "203.0.113.3"),
        ("display ospf 1 peer GigabitEthernet 0/3/1", "192.0.2.2", "Statistic"),
        ("display e-trunk packet-statistics e-trunk-id 7", "Received packets  ", "E-TRUNK-ID : 8"),
        ("display lacp statistics eth-trunk 70", "GigabitEthernet0/2/0", "GigabitEthernet0/2/1"),
        ("display monitor-group up1", "Weight sum       : 10", "Inactive"),
        ("display device 0", "LPU", "MPU"),
        ("display remote-backup-profile slot 0 iptv", "E-Trunk  ID : 7", "Slot-Number"),
    ],
)
def test_selectors_of_typed_displays(lab: Lab, command: str, has: str, lacks: str) -> None:
    shown = TerminalUser(lab, "PE1").types(f"{command} | no-more").partition("\n")[2]
    assert has in shown
    assert lacks not in shown


def test_counters_are_cleared_by_reset(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    assert int(value(typist.shows("display e-trunk 7"), "Receive")) > 10
    typist.types("reset e-trunk packet-statistics e-trunk-id 7")
    assert int(value(typist.shows("display e-trunk 7"), "Receive")) < 2


def test_release_decides_the_layout() -> None:
    lab = Lab(CONFIGURATIONS, personalities={"PE2": MIDDLE})
    lab.advance(CONVERGED)
    assert "TCP-State        : connected" in TerminalUser(lab, "PE1").types(
        "display remote-backup-service sync"
    )
    assert "TCP-State        : Connected" in TerminalUser(lab, "PE2").types(
        "display remote-backup-service sync"
    )


def test_reset_clears_the_counters_of_a_backup_service(lab: Lab) -> None:
    lab.world.add_host("PE1", "GigabitEthernet0/2/1.10", "203.0.113.77", "00e0-fc01-0203")
    lab.advance(10)
    typist = TerminalUser(lab, "PE1")
    assert int(value(typist.shows("display remote-backup-service sync verbose"), "Send entries")) > 0
    typist.types("reset remote-backup-service sync statistic")
    assert value(typist.shows("display remote-backup-service sync verbose"), "Send entries") == "0"
    assert "does not exist" in typist.types("reset remote-backup-service other statistic")


@pytest.mark.parametrize(
    ("command", "has"),
    [
        ("display igmp group ssm-mapping", ""),
        ("display mld vpn-instance red group verbose", ""),
        ("display bfd session static-auto", "InterfaceName"),
        ("display ip interface brief ip-configured except LoopBack", "Eth-Trunk70"),
        ("display arp vpn-instance red", "Total:0"),
        ("display arp statistics slot 0", "Dynamic:"),
        ("display ospf 1 peer 192.0.2.2", "192.0.2.130"),
    ],
)
def test_rarer_forms_are_answered(lab: Lab, command: str, has: str) -> None:
    shown = TerminalUser(lab, "PE1").types(f"{command} | no-more").partition("\n")[2]
    assert "Error" not in shown
    assert has in shown


def test_batch_backup_now_sends_what_the_peer_lacks(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types("system-view", "remote-backup-service sync", "backup block send", "commit")
    lab.world.add_host("PE1", "GigabitEthernet0/2/1.10", "203.0.113.77", "00e0-fc01-0203")
    lab.advance(10)
    assert "203.0.113.77" not in TerminalUser(lab, "PE2").types("display arp all")
    typist.types("undo backup block send", "commit", "batch-backup service-type arp now")
    lab.advance(10)
    assert "203.0.113.77" in TerminalUser(lab, "PE2").types("display arp all")
    assert "[~PE1-rm-backup-srv-sync]" in typist.types("batch-backup service-type all now")


@pytest.mark.parametrize("port", ["Eth-Trunk71.10", "LoopBack3", "GigabitEthernet0/2/1.10"])
def test_only_a_physical_port_joins_a_trunk(lab: Lab, port: str) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types("system-view", "interface Eth-Trunk71")
    assert "Error" in typist.types(f"trunkport {port}")
    assert port not in typist.types("display configuration candidate changes").replace(
        f"trunkport {port}", ""
    )
