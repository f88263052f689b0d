"""The checks on emulated devices: all hold on every deployed sample; a planted fault fails what it should.

The devices decide by themselves what a wrong line or a cut wire does; here stands only which checks
must tell of it, all others must hold, and which words must name the cause.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from emulator.faults import Fault
from emulator.lab import Lab
from emulator.network_faults import CutLink, ShutPort
from emulator.personalities import PERSONALITIES
from tests.emulator.client import at, configuring
from tests.tasks.checks.emulated import PAIRS, boots_wrong, deployed, looked_at, running

SEED, SNOOPING, MLD = "seed-igmp", "igmp-snooping-etrunk", "mld-active-active"
VRRP, ARP, BRAS, DHCP = "igmp-vrrp", "user-vrrp-arp", "user-vrrp-bras", "user-vrrp-dhcp"


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault and what must tell of it.

    Args:
        pair: sample.
        device: where a line of the configuration is changed, or a port goes down.
        change: text before and after; nothing for a fault of the network.
        fault: of the network, at `device`.
        failing: names of the checks that must fail; no other may.
        says: words that must stand in a complaint.
    """

    pair: str
    device: str
    failing: tuple[str, ...]
    says: str
    change: tuple[str, str] | None = None
    fault: Fault | None = None

    def __str__(self) -> str:
        """Name the case by what is planted."""
        return f"{self.device}: {self.change[0].strip() if self.change else self.fault}"


def line(pair: str, device: str, old: str, new: str, failing: tuple[str, ...], says: str) -> Planted:  # noqa: PLR0917 - a row of the table below
    """Plant a wrong or missing line."""
    return Planted(pair, device, failing, says, change=(old, new))


def port(pair: str, device: str, name: str, failing: tuple[str, ...], says: str) -> Planted:
    """Plant a dead port."""
    return Planted(pair, device, failing, says, fault=ShutPort(name))


def cut(pair: str, device: str, peer: str, failing: tuple[str, ...], says: str) -> Planted:
    """Plant a cut wire."""
    return Planted(pair, device, failing, says, fault=CutLink(device, peer))


CHANNEL = ("rbs-connected", "rbs-as-intended")
DUAL = ("e-trunk-roles", "e-trunk-hears-peer", "e-trunk-members")
DARK = ("e-trunk-members", "eth-trunk-state", "eth-trunk-ports")

PLANTED = (
    line(SEED, "DeviceB", "port 1025", "port 1026", CHANNEL, "TCP ports of the members differ (R69)"),
    line(
        SEED,
        "DeviceA",
        "peer 3.3.3.3 source",
        "peer 3.3.3.9 source",
        CHANNEL,
        "wanted 3.3.3.3, found 3.3.3.9",
    ),
    line(SEED, "DeviceA", "backup-id 10", "backup-id 11", ("rbp-as-intended",), "wanted 10, found 11"),
    line(SEED, "DeviceB", "type igmp", "type mld", ("rbp-as-intended",), "wanted igmp, found mld"),
    line(SEED, "DeviceA", "backup hot", "backup warm", ("rbp-as-intended",), "wanted hot, found warm"),
    line(
        SEED,
        "DeviceA",
        " remote-backup-profile profile1\n",
        "",
        ("rbp-as-intended",),
        "wanted Eth-Trunk1, found none",
    ),
    line(SEED, "DeviceB", " e-trunk 1 eth-trunk 1\n", "", ("rbp-as-intended",), "wanted E-TRUNK, found none"),
    line(SEED, "DeviceB", "moonlight1", "moonlight2", DUAL, "authentication errors: security key"),
    line(
        SEED,
        "DeviceB",
        "peer-address 1.1.1.1",
        "peer-address 1.1.1.9",
        (*DUAL, "e-trunk-as-intended"),
        "peer address of the E-Trunk: wanted 1.1.1.1, found 1.1.1.9",
    ),
    line(
        SEED,
        "DeviceB",
        "peer-address",
        "priority 50\n peer-address",
        ("e-trunk-roles", "e-trunk-as-intended", *DARK),
        "priority of the E-Trunk: wanted 100, found 50",
    ),
    line(
        SEED,
        "DeviceB",
        "interface Eth-Trunk1\n",
        "interface Eth-Trunk1\n shutdown\n",
        ("e-trunk-members",),
        "physical state of the Eth-Trunk: wanted up, found down, on DeviceB",
    ),
    line(
        SEED,
        "DeviceA",
        "GigabitEthernet0/1/2\n undo shutdown",
        "GigabitEthernet0/1/2",
        (*DARK, "ports-up"),
        "GigabitEthernet0/1/2 is shut down (undo shutdown)",
    ),
    line(
        SEED,
        "DeviceB",
        "ip address 3.3.3.3 ",
        "ip address 3.3.3.4 ",
        (*DUAL, "rbs-connected", "addresses-up", "underlay-reaches"),
        "source address is on no interface: wanted 3.3.3.3",
    ),
    port(SEED, "DeviceA", "GigabitEthernet0/1/2", (*DARK, "ports-up"), "PEER_MEMBER_DOWN"),
    port(
        SEED,
        "DeviceB",
        "GigabitEthernet0/1/3",
        ("e-trunk-members", "ports-up"),
        "GigabitEthernet0/1/3 is down",
    ),
    line(
        MLD,
        "EDGE1",
        "discriminator remote 102",
        "discriminator remote 103",
        ("e-trunk-roles", "bfd-up", "bfd-as-intended"),
        "remote discriminator: wanted 102, found 103",
    ),
    line(
        MLD,
        "EDGE1",
        "discriminator local 101",
        "discriminator local 111",
        ("e-trunk-roles", "bfd-up", "bfd-as-intended"),
        "there is no such session: wanted edge-peer",
    ),
    line(MLD, "EDGE2", " e-trunk mode force-master\n", "", DARK, "wanted force-master, found auto"),
    line(
        MLD,
        "EDGE2",
        " e-trunk track bfd-session session-name edge-peer\n",
        "",
        ("e-trunk-as-intended",),
        "BFD session of the E-Trunk: wanted edge-peer, found none",
    ),
    line(MLD, "EDGE1", "backup-id 20", "backup-id 21", ("rbp-as-intended",), "wanted 20, found 21"),
    line(MLD, "EDGE2", "port 5000", "port 5001", CHANNEL, "wanted 5000, found 5001"),
    port(MLD, "EDGE1", "GigabitEthernet0/4/0", ("eth-trunk-ports", "ports-up"), "ports without a partner"),
    port(
        MLD,
        "EDGE1",
        "GigabitEthernet0/1/0",
        ("rbs-connected", "e-trunk-roles", "bfd-up", "underlay-reaches"),
        "2001:DB8:FFFF::2 is not reached",
    ),
    line(
        SNOOPING,
        "PE2",
        "discriminator remote 11",
        "discriminator remote 12",
        ("e-trunk-roles", *DARK, "bfd-up", "bfd-as-intended"),
        "Eth-Trunk is up on both members (dual master)",
    ),
    line(SNOOPING, "PE1", "port 1025", "port 1030", CHANNEL, "found 1030 and 1025"),
    port(
        SNOOPING,
        "PE1",
        "GigabitEthernet0/2/0",
        (*DARK, "bfd-up", "ports-up"),
        "Control Detection Time Expired",
    ),
    cut(
        SNOOPING,
        "PE1",
        "PE2",
        ("rbs-connected", "e-trunk-roles", *DARK, "bfd-up", "underlay-reaches"),
        "both members are master",
    ),
    line(
        VRRP,
        "AGG1",
        " vrrp vrid 1 preempt-mode timer delay 600\n",
        "",
        ("vrrp-as-intended",),
        "preemption delay of the group in seconds: wanted 600, found 0",
    ),
    line(VRRP, "AGG1", " vrrp vrid 1 priority 120\n", "", ("vrrp-as-intended",), "wanted 120, found 100"),
    line(
        VRRP,
        "AGG1",
        "vrid 1 priority 120",
        "vrid 1 priority 90",
        ("vrrp-roles", "vrrp-as-intended"),
        "role in the group: wanted initialize, found master, on AGG2",
    ),
    line(
        VRRP,
        "AGG2",
        "virtual-ip 10.12.0.254",
        "virtual-ip 10.12.0.253",
        ("rbp-roles", "vrrp-roles", "vrrp-as-intended"),
        "wanted 10.12.0.254, found 10.12.0.253",
    ),
    line(
        VRRP,
        "AGG1",
        " vrrp vrid 10 track admin-vrrp interface GigabitEthernet0/2/0 vrid 1\n",
        "",
        ("vrrp-as-intended", "service-lines"),
        "kind of the group: wanted member, found normal",
    ),
    line(VRRP, "AGG1", " monitor enable\n", "", ("monitor-groups-ready",), "wanted active, found inactive"),
    line(
        VRRP,
        "AGG1",
        " binding interface GigabitEthernet0/1/1 down-weight 20\n",
        "",
        ("monitor-groups-ready", "owned-lines"),
        "interfaces of the monitor group",
    ),
    port(
        VRRP,
        "AGG1",
        "GigabitEthernet0/1/0",
        ("monitor-groups-ready",),
        "GigabitEthernet0/1/0 in the monitor group: wanted up, found down",
    ),
    port(
        VRRP,
        "AGG1",
        "GigabitEthernet0/1/1",
        ("monitor-groups-ready", "vrrp-roles"),
        "wanted master, found backup",
    ),
    cut(
        VRRP,
        "AGG1",
        "AGG2",
        ("rbs-connected", "rbp-roles", "vrrp-roles", "underlay-reaches"),
        "both members are master",
    ),
    line(
        ARP,
        "GW2",
        "virtual-ip 2001:DB8:60::FE",
        "virtual-ip 2001:DB8:60::FD",
        ("rbp-roles", "vrrp-roles", "vrrp-as-intended"),
        "found 2001:db8:60::fd, fe80::60",
    ),
    line(ARP, "GW1", "backup-id 40 ", "backup-id 41 ", ("rbp-as-intended",), "wanted 40, found 41"),
    line(ARP, "GW1", " vrrp6 vrid 60 priority 150\n", "", ("vrrp-as-intended",), "wanted 150, found 100"),
    line(
        ARP,
        "GW2",
        "vrrp-id 40 ",
        "vrrp-id 41 ",
        ("rbp-as-intended", "rbp-roles"),
        "VRRP group 40 on GigabitEthernet0/1/0.40 is not followed",
    ),
    line(
        ARP,
        "GW1",
        " remote-backup-profile arp\n",
        "",
        ("rbp-as-intended",),
        "interfaces bound to the profile",
    ),
    port(ARP, "GW1", "GigabitEthernet0/1/0", ("vrrp-roles",), "wanted master, found initialize, on GW1"),
    port(
        ARP, "GW1", "GigabitEthernet0/2/0", ("rbs-connected", "underlay-reaches"), "10.255.4.2 is not reached"
    ),
    line(
        BRAS,
        "BNG2",
        " bind ssl-policy backup\n",
        "",
        CHANNEL,
        "SSL policy of the channel: wanted backup, found none",
    ),
    line(
        BRAS,
        "BNG1",
        "discriminator remote 32",
        "discriminator remote 39",
        ("bfd-up", "bfd-as-intended"),
        "wanted 32, found 39",
    ),
    line(
        BRAS,
        "BNG2",
        " vrrp vrid 2 priority 120\n",
        "",
        ("vrrp-roles", "vrrp-as-intended"),
        "role in the group: wanted backup, found master, on BNG1",
    ),
    line(BRAS, "BNG1", "peer 10.255.3.2 source", "peer 10.255.3.9 source", CHANNEL, "do not mirror (R70)"),
    port(BRAS, "BNG1", "GigabitEthernet0/2/0", ("vrrp-roles", "ports-up"), "GigabitEthernet0/2/0 is down"),
    line(
        DHCP,
        "ACC1",
        "service-type dhcp-server\n backup-id",
        "service-type bras\n backup-id",
        ("rbp-as-intended",),
        "wanted dhcp-server, found bras",
    ),
    # ---- what the service needs, by the owned lines
    line(
        SEED,
        "DeviceB",
        " igmp enable\n",
        "",
        ("igmp-enabled",),
        "IGMP does not run on Eth-Trunk1: wanted enabled, found none, on DeviceB",
    ),
    line(
        SEED,
        "DeviceA",
        "multicast routing-enable\n",
        "",
        ("igmp-enabled", "pim-enabled", "service-lines"),
        "wanted multicast routing-enable, found none, on DeviceA",
    ),
    line(MLD, "EDGE2", " mld enable\n", "", ("mld-enabled",), "MLD does not run on Eth-Trunk20"),
    line(MLD, "EDGE1", " pim ipv6 sm\n", "", ("pim-ipv6-enabled",), "IPv6 PIM does not run on Eth-Trunk20"),
    line(
        VRRP,
        "AGG2",
        "igmp version 3",
        "igmp version 2",
        ("igmp-enabled",),
        "version of IGMP: wanted 3, found 2, on AGG2",
    ),
    line(
        VRRP,
        "AGG2",
        " pim sm\n pim ignore dr-state\n pim ignore assert-state\n",
        "",
        ("pim-enabled", "service-lines"),
        "PIM does not run on GigabitEthernet0/3/0",
    ),
    line(
        VRRP,
        "AGG2",
        " pim ignore dr-state\n",
        "",
        ("pim-enabled", "service-lines"),
        "`pim ignore dr-state`: wanted enabled, found disabled, on AGG2",
    ),
    line(
        VRRP,
        "AGG2",
        " pim ignore assert-state\n",
        "",
        ("pim-enabled", "service-lines"),
        "`pim ignore assert-state`: wanted enabled, found disabled, on AGG2",
    ),
    line(
        VRRP,
        "AGG1",
        " multicast track admin-vrrp interface GigabitEthernet0/2/0 vrid 1\n",
        "",
        ("service-lines",),
        "multicast track admin-vrrp",
    ),
    line(
        SNOOPING,
        "PE2",
        " igmp-snooping backup-report forward\n",
        "",
        ("service-lines",),
        "igmp-snooping backup-report forward, found none, on PE2",
    ),
    line(VRRP, "AGG2", " ignore-if-down", "", ("owned-lines",), "ignore-if-down, found admin-vrrp vrid 1"),
    line(BRAS, "BNG1", "reduced 50", "reduced 40", ("owned-lines",), "reduced 50, found vrrp"),
    line(
        BRAS, "BNG2", "nas logic-ip 10.255.3.100", "nas logic-ip 10.255.3.101", ("owned-lines",), "found nas"
    ),
    # ---- every shown value
    line(
        BRAS,
        "BNG2",
        "vrrp-id 1 interface GigabitEthernet0/1/0.2 odd-mac\n"
        " vrrp-id 2 interface GigabitEthernet0/1/0.3 even-mac",
        "vrrp-id 1 interface GigabitEthernet0/1/0.2 even-mac\n"
        " vrrp-id 2 interface GigabitEthernet0/1/0.3 odd-mac",
        ("rbp-as-intended", "owned-lines"),
        "GigabitEthernet0/1/0.2: wanted odd-mac, found even-mac, on BNG2",
    ),
    line(
        BRAS,
        "BNG1",
        "daily 03:30:00",
        "daily 04:30:00",
        ("rbs-as-intended", "owned-lines"),
        "wanted bras at 03:30:00, found bras at 04:30:00",
    ),
    line(
        SEED,
        "DeviceB",
        " peer-backup hot\n",
        " peer-backup hot\n rui-slave inbound without-forwarding\n",
        ("rbp-as-intended", "owned-lines"),
        "wanted Slave Forwarding, found Slave Without-forwarding, on DeviceB",
    ),
    line(
        SNOOPING,
        "PE2",
        " timer hello 9\n",
        "",
        ("e-trunk-as-intended", "owned-lines"),
        "hello interval of the E-Trunk in 100 ms: wanted 9, found 10, on PE2",
    ),
    line(
        SEED,
        "DeviceA",
        " peer-address",
        " timer revert delay 60\n peer-address",
        ("e-trunk-as-intended", "owned-lines"),
        "switches back in seconds: wanted 120, found 60, on DeviceA",
    ),
    line(
        SEED,
        "DeviceB",
        "lacp e-trunk system-id 00e0-fc12-3456",
        "lacp e-trunk system-id 00e0-fc12-3457",
        ("eth-trunk-as-intended", "owned-lines"),
        "wanted 00e0-fc12-3456, found 00e0-fc12-3457, on DeviceB",
    ),
    line(
        SNOOPING,
        "PE2",
        "min-tx-interval 50",
        "min-tx-interval 60",
        ("bfd-as-intended", "owned-lines"),
        "interval of packets sent in ms: wanted 50, found 60, on PE2",
    ),
    line(
        SNOOPING,
        "PE1",
        " discriminator remote 12\n",
        " discriminator remote 12\n wtr 2\n",
        ("bfd-as-intended", "owned-lines"),
        "wanted 0, found 120000, on PE1",
    ),
    line(
        VRRP,
        "AGG1",
        " binding interface GigabitEthernet0/1/1 down-weight 20",
        " binding interface GigabitEthernet0/1/1 down-weight 30",
        ("monitor-groups-ready", "owned-lines"),
        "weight of GigabitEthernet0/1/1 in the monitor group: wanted 20, found 30",
    ),
    line(
        DHCP,
        "ACC2",
        " vrrp vrid 1 virtual-ip 10.70.0.254\n",
        " vrrp vrid 1 virtual-ip 10.70.0.254\n vrrp vrid 1 holding-multiplier 5\n",
        ("vrrp-as-intended",),
        "wanted 3, found 5, on ACC2",
    ),
    line(
        DHCP,
        "ACC1",
        " vrrp vrid 1 virtual-ip 10.70.0.254\n",
        " vrrp vrid 1 virtual-ip 10.70.0.254\n vrrp vrid 1 timer advertise 2\n",
        ("vrrp-as-intended", "rbp-roles", "vrrp-roles"),
        "interval of advertisements: wanted 1s, found 2s, on ACC1",
    ),
)


def told(pair: str, lab: Lab) -> tuple[set[str], str]:
    """Give the names of the checks that do not hold, and all that they say."""
    bad = [result for result in looked_at(pair, lab) if result.outcome in {"failure", "error"}]
    said = " | ".join(str(complaint) for result in bad for complaint in result.complaints)
    assert {str(result.outcome) for result in bad} <= {"failure"}, said
    return {result.check for result in bad}, said


@pytest.mark.parametrize("release", PERSONALITIES)
@pytest.mark.parametrize("pair", PAIRS)
def test_every_check_holds_on_a_deployed_sample_of_each_release(pair: str, release: str) -> None:
    assert told(pair, running(pair, deployed(pair), PERSONALITIES[release])) == (set(), "")


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_planted_fault_fails_what_it_should(planted: Planted) -> None:
    texts = dict(deployed(planted.pair))
    if planted.change is not None:
        old, new = planted.change
        assert old in texts[planted.device]
        texts[planted.device] = texts[planted.device].replace(old, new, 1)
    lab = running(planted.pair, texts)
    if planted.fault is not None:
        lab.inject(planted.fault, planted.device)
        lab.advance(900)

    failing, said = told(planted.pair, lab)

    assert failing == {*planted.failing, *boots_wrong(planted.pair, lab)}
    assert planted.says in said


def unsaved(lab: Lab) -> None:
    """Change a description and commit it, but do not save."""
    configuring(lab.device("AGG1"), now=lab.now).type("interface LoopBack0", "description later", "commit")


def on_trial(lab: Lab) -> None:
    """Commit on trial."""
    configuring(lab.device("AGG1"), now=lab.now).type(
        "interface LoopBack0", "description later", "commit trial 600"
    )


def locked(lab: Lab) -> None:
    """Take the configuration lock."""
    at(lab.device("AGG1"), now=lab.now).type("configuration exclusive")


@pytest.mark.parametrize(
    ("act", "failing", "says"),
    [
        (unsaved, {"saved"}, "the running configuration is not saved: wanted equal, found 1 line differs"),
        (on_trial, {"no-trial", "saved"}, "a trial commit is running"),
        (locked, {"no-lock"}, "the configuration is locked"),
    ],
)
def test_pending_configuration_is_told(act: Callable[[Lab], None], failing: set[str], says: str) -> None:
    lab = running(VRRP, deployed(VRRP))
    act(lab)

    found, said = told(VRRP, lab)

    assert found == failing
    assert says in said


def test_entries_of_hosts_reach_the_backup_and_their_lack_is_told() -> None:
    texts = deployed(SEED)
    lab = running(SEED, texts)
    deaf = running(SEED, {**texts, "DeviceB": texts["DeviceB"].replace("port 1025", "port 1026")})
    for each in (lab, deaf):
        each.world.join("DeviceA", "Eth-Trunk1", "239.7.7.7", "10.0.15.20")
        each.advance(60)

    outcome = {result.check: str(result.outcome) for result in looked_at(SEED, lab)}
    failing, said = told(SEED, deaf)

    assert outcome["igmp-entries"] == "success"
    assert failing == {*CHANNEL, "igmp-entries", "boots-into-pair"}
    assert "1 of 1 entries of the master are missing on the backup" in said


def test_subscribers_reach_the_backup_and_their_lack_is_told() -> None:
    texts = deployed(BRAS)
    lab = running(BRAS, texts)
    deaf = running(BRAS, {**texts, "BNG2": texts["BNG2"].replace(" bind ssl-policy backup\n", "")})
    for each in (lab, deaf):
        for number in (9, 10):
            each.world.add_host(
                "BNG1", "GigabitEthernet0/1/0.1", f"10.100.0.{number}", f"00e0-fc00-000{number % 8}"
            )
        each.advance(60)

    outcome = {result.check: str(result.outcome) for result in looked_at(BRAS, lab)}
    failing, said = told(BRAS, deaf)

    assert outcome["user-entries"] == "success"
    assert failing == {*CHANNEL, "user-entries", "boots-into-pair"}
    assert "2 of 2 entries of the master are missing on the backup: wanted 2 as on BNG1, found 0" in said
