"""A lab of two routers: typing, converging, faults, hours in milliseconds."""

from __future__ import annotations

import re

import pytest

from emulator.fault_reading import FAULTS, FaultError, fault_from
from emulator.faults import (
    DropSession,
    FailCommit,
    Fault,
    Garble,
    Moment,
    PowerOff,
    PowerOn,
    Reboot,
    RefuseLine,
    SlowOutput,
    SwallowReply,
)
from emulator.lab import _STRIKE, Cable, Lab, TerminalUser
from emulator.network_faults import CutLink, DelayLink, OneWayLink, RestoreLink, RestorePort, ShutPort
from emulator.personalities import MIDDLE
from tests.emulator.pair import CONFIGURATIONS

CONVERGED = 30


@pytest.fixture
def lab() -> Lab:
    lab = Lab(CONFIGURATIONS)
    lab.advance(CONVERGED)
    return lab


def value(lines: list[str], label: str) -> str:
    """Return what stands after the first `label :`, up to a gap."""
    found = re.search(rf"(?:^|\s){re.escape(label)}\s*: (\S+)", "\n".join(lines), re.MULTILINE)
    assert found, (label, lines)
    return found[1]


def roles(lab: Lab) -> tuple[str, str]:
    shown = [TerminalUser(lab, name).shows("display e-trunk 7") for name in ("PE1", "PE2")]
    return value(shown[0], "State"), value(shown[1], "State")


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


@pytest.mark.parametrize("fault", [CutLink("PE1", "PE2"), CutLink("PE2", "PE1", "GigabitEthernet0/3/1")])
def test_cut_heartbeat_makes_two_masters_until_restored(lab: Lab, fault: CutLink) -> None:
    lab.inject(fault)
    lab.advance(60)
    assert roles(lab) == ("Master", "Master")
    lab.inject(RestoreLink("PE1", "PE2"))
    lab.advance(60)
    assert roles(lab) == ("Master", "Backup")


def test_one_way_link_loses_one_direction(lab: Lab) -> None:
    lab.inject(OneWayLink("PE1", "PE2", "GigabitEthernet0/3/1"))
    heard = {
        name: int(value(TerminalUser(lab, name).shows("display e-trunk 7"), "Receive"))
        for name in lab.devices
    }
    lab.advance(60)
    now = {
        name: int(value(TerminalUser(lab, name).shows("display e-trunk 7"), "Receive"))
        for name in lab.devices
    }
    assert now["PE1"] > heard["PE1"]
    assert now["PE2"] == heard["PE2"]


def test_delayed_link_shows_in_the_round_trip(lab: Lab) -> None:
    lab.inject(DelayLink("PE1", "PE2", 0.2))
    shown = TerminalUser(lab, "PE1").types("ping -c 1 192.0.2.130")
    found = re.search(r"time=(\d+) ms", shown)
    assert found
    assert int(found[1]) >= 200


def test_pulled_port_goes_down_and_comes_back(lab: Lab) -> None:
    lab.inject(ShutPort("GigabitEthernet0/2/0"), "PE1")
    lab.advance(10)
    assert "Eth-Trunk 70   Down" in TerminalUser(lab, "PE1").types("display e-trunk 7 | include Eth-Trunk")
    assert "PEER_MEMBER_DOWN" in TerminalUser(lab, "PE2").types("display e-trunk 7 | include Eth-Trunk")
    lab.inject(RestorePort("GigabitEthernet0/2/0"), "PE1")
    lab.advance(200)
    assert "ETRUNK_MASTER" in TerminalUser(lab, "PE1").types("display e-trunk 7 | include Eth-Trunk")


def test_reboot_ends_sessions_and_runs_what_was_saved(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types("system-view", "interface LoopBack9", "description unsaved", "commit")
    lab.inject(Reboot(), "PE1")
    assert lab.devices["PE1"].closed(typist.session)
    assert "LoopBack9" not in TerminalUser(lab, "PE1").types(
        "display current-configuration | include LoopBack"
    )
    lab.advance(CONVERGED)
    assert roles(lab) == ("Master", "Backup")


def test_device_without_power_answers_after_power_on(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE2")
    lab.inject(PowerOff(), "PE2")
    assert not lab.powered("PE2")
    assert lab.devices["PE2"].closed(typist.session)
    lab.advance(60)
    assert "100.00% packet loss" in TerminalUser(lab, "PE1").types("ping 192.0.2.130")
    lab.inject(PowerOn(), "PE2")
    assert lab.powered("PE2")
    lab.advance(60)
    assert "0.00% packet loss" in TerminalUser(lab, "PE1").types("ping 192.0.2.130")
    assert roles(lab) == ("Master", "Backup")


def test_refused_line_failed_commit_and_garbled_reply(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    lab.inject(RefuseLine(2, "Error: Refused for the test."), "PE1")
    lab.inject(FailCommit("Error: No commit today."), "PE1")
    typist.types("system-view")
    assert "Refused" not in typist.types("interface LoopBack8")
    assert "Error: Refused for the test." in typist.types("description never")
    assert "Error: No commit today." in typist.types("commit")
    assert "LoopBack8" in typist.types("commit", "display current-configuration | include LoopBack8")
    clean = typist.types("display clock")
    lab.inject(Garble("clock"), "PE1")
    assert typist.types("display clock") != clean


def test_swallowed_and_slow_replies(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    lab.inject(SwallowReply("clock"), "PE1")
    assert "UTC" not in typist.types("display clock")
    assert "UTC" in typist.types("", "display clock")
    lab.inject(SlowOutput(7, "clock"), "PE1")
    assert "UTC" not in typist.types("display clock")
    assert "UTC" not in typist.waits(6)
    assert "UTC" in typist.waits(2)


@pytest.mark.parametrize(
    ("moment", "done"), [(Moment.BEFORE, False), (Moment.DURING, True), (Moment.AFTER, True)]
)
def test_dropped_session_has_or_has_not_done_it(lab: Lab, moment: Moment, *, done: bool) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types("system-view", "interface LoopBack5", "description kept")
    lab.inject(DropSession(moment, "^commit"), "PE1")
    typist.types("commit")
    assert lab.devices["PE1"].closed(typist.session)
    shown = TerminalUser(lab, "PE1").shows("display current-configuration | include LoopBack5")
    assert any("LoopBack5" in line for line in shown) is done


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


def test_unfit_faults_are_refused(lab: Lab) -> None:
    unfit: list[tuple[Fault, str]] = [
        (CutLink("PE1", "PE9"), ""),
        (CutLink("PE1", "PE2", "GigabitEthernet9/9/9"), ""),
        (ShutPort("Eth-Trunk3"), "PE1"),
        (ShutPort("GigabitEthernet0/2/0"), "PE9"),
        (Reboot(), ""),
        (FailCommit(), "nobody"),
    ]
    for fault, device in unfit:
        with pytest.raises(FaultError):
            lab.inject(fault, device)
    assert roles(lab) == ("Master", "Backup")


def test_every_fault_strikes_somewhere() -> None:
    assert set(_STRIKE) == set(FAULTS.values())


def test_faults_are_read_from_their_names() -> None:
    assert fault_from("drop-session", {"when": "before", "command": "^commit"}) == DropSession(
        Moment.BEFORE, "^commit"
    )
    assert fault_from("slow-output", {"seconds": "2.5", "times": 3}) == SlowOutput(2.5, times=3)
    assert fault_from("delay-link", {"device": "A", "peer": "B", "seconds": 1}) == DelayLink("A", "B", 1.0)


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("melt", {}, "known: refuse-line"),
        ("slow-output", {}, "missing fields ['seconds']"),
        ("slow-output", {"seconds": "soon"}, "'soon' is not float"),
        ("garble", {"comand": "x"}, "unknown fields ['comand']"),
        ("garble", {"command": "("}, "unterminated"),
        ("drop-session", {"when": "never"}, "'never' is not"),
    ],
)
def test_wrong_faults_say_what_is_wrong(name: str, values: dict[str, object], says: str) -> None:
    with pytest.raises(FaultError) as caught:
        fault_from(name, values)
    assert says in str(caught.value)


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
