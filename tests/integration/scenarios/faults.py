"""Planted faults: what is spoiled on a pair that was well, which checks must fail, and what they must say."""

from __future__ import annotations

from dataclasses import dataclass

from tests.integration.scenarios.plants import ClockOff, LeftOpen, Plant, struck, typed

SNOOPING, VRRP, MLD = "igmp-snooping-etrunk", "igmp-vrrp", "mld-active-active"
SEED, ARP, BRAS, DHCP = "seed-igmp", "user-vrrp-arp", "user-vrrp-bras", "user-vrrp-dhcp"


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault with all that it leads to.

    Args:
        pair: sample pair.
        plants: what is done, in order.
        fails: names of the checks that fail, with the consequences; no other may.
        says: a phrase of a complaint that names the cause.
        settle_s: seconds from the fault to the look.
    """

    pair: str
    plants: tuple[Plant, ...]
    fails: str
    says: str
    settle_s: float = 120.0


LEGS = "e-trunk-members eth-trunk-state eth-trunk-ports"
DUAL = f"e-trunk-roles {LEGS}"
"""Two masters whose customer edge takes both legs, since their LACP system IDs are equal."""
DUAL_UNSEEN = "e-trunk-roles e-trunk-hears-peer e-trunk-members"
"""Two masters of which the customer edge takes one: their LACP system IDs differ."""
CHANNEL = "rbs-connected rbs-as-intended"
SPLIT_VRRP = "rbp-roles vrrp-roles"

FAULTS = {
    # ---- channel and profile
    "TCP port of the channel": Planted(
        SEED,
        (typed("DeviceB", "remote-backup-service service1", "peer 1.1.1.1 source 3.3.3.3 port 1026"),),
        CHANNEL,
        "TCP ports of the members differ (R69): wanted equal ports, found 1025 and 1026",
    ),
    "TCP port where VRRP decides": Planted(
        ARP,
        (typed("GW2", "remote-backup-service gateway", "peer 10.255.4.1 source 10.255.4.2 port 3001"),),
        CHANNEL,
        "wanted 3000, found 3001, on GW2",
    ),
    "peer of the channel": Planted(
        SEED,
        (typed("DeviceA", "remote-backup-service service1", "peer 2.2.2.2 source 1.1.1.1 port 1025"),),
        CHANNEL,
        "addresses of the members do not mirror (R70)",
    ),
    "channel shut down": Planted(
        SEED,
        (typed("DeviceB", "remote-backup-service service1", "shutdown"),),
        "rbs-connected owned-lines",
        "found initial, on DeviceB",
    ),
    "SSL policy on one member": Planted(
        BRAS,
        (typed("BNG2", "remote-backup-service users", "undo bind ssl-policy"),),
        CHANNEL,
        "SSL policy of the channel: wanted backup, found none, on BNG2",
    ),
    "service type gone": Planted(
        SEED,
        (typed("DeviceB", "remote-backup-profile profile1", "undo service-type igmp"),),
        "rbp-as-intended",
        "services of the profile: wanted igmp, found none, on DeviceB",
    ),
    "ARP no longer backed up": Planted(
        ARP,
        (typed("GW2", "remote-backup-profile arp", "undo service-type arp"),),
        "rbp-as-intended",
        "services of the profile: wanted arp, found none, on GW2",
    ),
    "backup ID": Planted(
        DHCP,
        (typed("ACC2", "remote-backup-profile leases", "backup-id 2 remote-backup-service leases"),),
        "rbp-as-intended",
        "backup ID of the profile: wanted 1, found 2, on ACC2",
    ),
    "warm instead of hot": Planted(
        SEED,
        (typed("DeviceB", "remote-backup-profile profile1", "peer-backup warm"),),
        "rbp-as-intended",
        "backup mode of the profile: wanted hot, found warm, on DeviceB",
    ),
    # ---- E-Trunk
    "E-Trunk key": Planted(
        SEED,
        (typed("DeviceB", "e-trunk 1", "security-key cipher Other-1"),),
        DUAL_UNSEEN,
        "security key or authentication mode differs (R75, R76), on DeviceA",
    ),
    "E-Trunk key gone, system IDs equal": Planted(
        SNOOPING,
        (typed("PE2", "e-trunk 5", "undo security-key"),),
        f"{DUAL} e-trunk-hears-peer owned-lines",
        "security key or authentication mode differs (R75, R76), on PE1",
    ),
    "E-Trunk authentication": Planted(
        SEED,
        (typed("DeviceB", "e-trunk 1", "authentication-mode hmac-sha1"),),
        f"{DUAL_UNSEEN} owned-lines",
        "security key or authentication mode differs (R75, R76), on DeviceB",
    ),
    "E-Trunk sequence": Planted(
        SEED,
        (typed("DeviceB", "e-trunk 1", "sequence enable"),),
        f"{DUAL_UNSEEN} e-trunk-as-intended owned-lines",
        "the sequence check is on one member alone",
    ),
    "E-Trunk priority": Planted(
        SNOOPING,
        (typed("PE2", "e-trunk 5", "priority 5"),),
        f"{DUAL} e-trunk-as-intended igmp-snooping-entries",
        "priority of the E-Trunk: wanted 20, found 5, on PE2",
    ),
    "E-Trunk peer": Planted(
        SEED,
        (typed("DeviceB", "e-trunk 1", "peer-address 1.1.1.9 source-address 3.3.3.3"),),
        f"{DUAL_UNSEEN} e-trunk-as-intended",
        "peer address of the E-Trunk: wanted 1.1.1.1, found 1.1.1.9, on DeviceB",
    ),
    "backup forced to be master": Planted(
        SEED,
        (typed("DeviceB", "interface Eth-Trunk1", "e-trunk mode force-master"),),
        "e-trunk-members",
        "work mode of the Eth-Trunk: wanted auto, found force-master, on DeviceB",
    ),
    "master forced to be backup": Planted(
        SEED,
        (typed("DeviceA", "interface Eth-Trunk1", "e-trunk mode force-backup"),),
        LEGS,
        "work mode of the Eth-Trunk: wanted auto, found force-backup, on DeviceA",
    ),
    "active-active on one member alone": Planted(
        MLD,
        (typed("EDGE2", "interface Eth-Trunk20", "e-trunk mode auto"),),
        f"{LEGS} mld-entries",
        "work mode of the Eth-Trunk: wanted force-master, found auto, on EDGE2",
    ),
    "E-Trunk without its BFD session": Planted(
        SNOOPING,
        (typed("PE1", "e-trunk 5", "undo e-trunk track bfd-session"),),
        "e-trunk-as-intended",
        "BFD session of the E-Trunk: wanted to-peer, found none, on PE1",
    ),
    # ---- Eth-Trunk and ports
    "Eth-Trunk shut down": Planted(
        SEED,
        (typed("DeviceA", "interface Eth-Trunk1", "shutdown"),),
        LEGS,
        "physical state of the Eth-Trunk: wanted up, found down, on DeviceA",
    ),
    "port left the Eth-Trunk": Planted(
        SEED,
        (typed("DeviceA", "interface GigabitEthernet0/1/2", "undo eth-trunk"),),
        LEGS,
        "ports of the Eth-Trunk: wanted GigabitEthernet0/1/2, found none, on DeviceA",
    ),
    "one of two ports left": Planted(
        MLD,
        (typed("EDGE1", "interface GigabitEthernet0/4/1", "undo eth-trunk"),),
        "eth-trunk-ports",
        "wanted GigabitEthernet0/4/0, GigabitEthernet0/4/1, found GigabitEthernet0/4/0, on EDGE1",
    ),
    "port shut down on the master": Planted(
        SEED,
        (typed("DeviceA", "interface GigabitEthernet0/1/2", "shutdown"),),
        f"{LEGS} ports-up",
        "GigabitEthernet0/1/2 is shut down (undo shutdown)",
    ),
    "port shut down on the backup": Planted(
        SEED,
        (typed("DeviceB", "interface GigabitEthernet0/1/3", "shutdown"),),
        "e-trunk-members ports-up",
        "GigabitEthernet0/1/3 is shut down (undo shutdown): wanted up, found *down, on DeviceB",
    ),
    "fibre pulled": Planted(
        SNOOPING,
        (struck("PE1", "shut-port", port="GigabitEthernet0/2/0"),),
        f"{LEGS} bfd-up ports-up igmp-snooping-entries",
        "GigabitEthernet0/2/0 is down: wanted up, found down, on PE1",
    ),
    "too many ports asked for": Planted(
        MLD,
        (typed("EDGE1", "interface Eth-Trunk20", "least active-linknumber 3"),),
        "e-trunk-members eth-trunk-state mld-entries eth-trunk-as-intended owned-lines",
        "state of the Eth-Trunk: wanted up, found down, on EDGE1",
    ),
    # ---- path between the members
    "link cut, no way around": Planted(
        SNOOPING,
        (struck("", "cut-link", device="PE1", peer="PE2"),),
        f"rbs-connected {DUAL} bfd-up underlay-reaches",
        "10.255.0.12 is not reached: wanted 4 or more of 5 packets, found 0, on PE1",
    ),
    "link cut, another way stays": Planted(
        SEED, (struck("", "cut-link", device="DeviceA", peer="DeviceB"),), "", ""
    ),
    "one-way link": Planted(
        SNOOPING,
        (struck("", "one-way-link", device="PE1", peer="PE2"),),
        f"rbs-connected {DUAL} bfd-up underlay-reaches",
        "10.255.0.11 is not reached",
    ),
    "loopback shut down": Planted(
        DHCP,
        (typed("ACC1", "interface LoopBack0", "shutdown"),),
        "rbs-connected addresses-up underlay-reaches",
        "LoopBack0 with 10.255.5.1: wanted up, found down, on ACC1",
    ),
    "loopback without address": Planted(
        DHCP,
        (typed("ACC1", "interface LoopBack0", "undo ip address"),),
        "rbs-connected addresses-up underlay-reaches",
        "source address is on no interface: wanted 10.255.5.1",
    ),
    "no route": Planted(
        ARP,
        (typed("GW2", "undo ospf 1"),),
        "rbs-connected underlay-reaches",
        "10.255.4.2 is not reached",
    ),
    # ---- BFD
    "discriminator not mirrored": Planted(
        BRAS,
        (typed("BNG2", "bfd even-peer", "discriminator remote 35"),),
        "bfd-up bfd-as-intended",
        "remote discriminator: wanted 33, found 35, on BNG2",
    ),
    "BFD session shut down": Planted(
        BRAS,
        (typed("BNG1", "bfd odd-peer", "shutdown"),),
        "bfd-up owned-lines",
        "Administratively Down, on BNG1",
    ),
    "BFD session of the E-Trunk shut down": Planted(
        SNOOPING,
        (typed("PE1", "bfd to-peer", "shutdown"),),
        f"{DUAL} bfd-up owned-lines",
        "Administratively Down, on PE1",
    ),
    # ---- VRRP and monitor groups
    "VRRP priority": Planted(
        DHCP,
        (typed("ACC2", "interface Vlanif100", "vrrp vrid 1 priority 250"),),
        "vrrp-roles vrrp-as-intended",
        "priority of the group: wanted 100, found 250, on ACC2",
    ),
    "VRRP priority, preemption waits": Planted(
        VRRP,
        (typed("AGG2", "interface GigabitEthernet0/2/0", "vrrp vrid 1 priority 130"),),
        "vrrp-as-intended",
        "priority of the group: wanted 100, found 130, on AGG2",
    ),
    "virtual address": Planted(
        ARP,
        (typed("GW2", "interface GigabitEthernet0/1/0.40", "vrrp vrid 40 virtual-ip 10.60.40.253"),),
        f"{SPLIT_VRRP} vrrp-as-intended",
        "found 10.60.40.253, 10.60.40.254, on GW2",
    ),
    "VRRP6 priority": Planted(
        ARP,
        (typed("GW2", "interface GigabitEthernet0/1/0.60", "vrrp6 vrid 60 priority 200"),),
        "vrrp-roles vrrp-as-intended",
        "priority of the group: wanted 100, found 200, on GW2",
    ),
    "preemption delay short": Planted(
        VRRP,
        (typed("AGG1", "interface GigabitEthernet0/2/0", "vrrp vrid 1 preempt-mode timer delay 10"),),
        "vrrp-as-intended",
        "preemption delay of the group in seconds: wanted 600, found 10, on AGG1",
    ),
    "VRRP6 preemption delay gone": Planted(
        ARP,
        (typed("GW1", "interface GigabitEthernet0/1/0.60", "undo vrrp6 vrid 60 preempt-mode timer delay"),),
        "vrrp-as-intended",
        "preemption delay of the group in seconds: wanted 600, found 0, on GW1",
    ),
    "no preemption": Planted(
        DHCP,
        (typed("ACC1", "interface Vlanif100", "vrrp vrid 1 preempt-mode disable"),),
        "vrrp-as-intended",
        "preemption of the group: wanted yes, found no, on ACC1",
    ),
    "VRRP authentication": Planted(
        ARP,
        (
            typed(
                "GW2", "interface GigabitEthernet0/1/0.40", "vrrp vrid 40 authentication-mode simple Other1"
            ),
        ),
        f"{SPLIT_VRRP} vrrp-as-intended owned-lines",
        "both members are master",
    ),
    "VRRP link cut": Planted(
        VRRP,
        (struck("", "cut-link", device="AGG1", peer="AGG2", port="GigabitEthernet0/2/0"),),
        SPLIT_VRRP,
        "both members are master: wanted one master, found two, on AGG1, AGG2",
    ),
    "VRRP interface shut down": Planted(
        VRRP,
        (typed("AGG1", "interface GigabitEthernet0/2/0", "shutdown"),),
        SPLIT_VRRP,
        "both members are master",
    ),
    "tracked uplink down": Planted(
        BRAS,
        (struck("BNG1", "shut-port", port="GigabitEthernet0/2/0"),),
        "vrrp-roles ports-up",
        "GigabitEthernet0/2/0 is down: wanted up, found down, on BNG1",
    ),
    "tracked uplink shut down": Planted(
        BRAS,
        (typed("BNG2", "interface GigabitEthernet0/2/0", "shutdown"),),
        "vrrp-roles ports-up",
        "GigabitEthernet0/2/0 is shut down (undo shutdown): wanted up, found *down, on BNG2",
    ),
    "service group follows nobody": Planted(
        VRRP,
        (typed("AGG2", "interface GigabitEthernet0/3/0", "undo vrrp vrid 10 track admin-vrrp"),),
        "vrrp-roles vrrp-as-intended service-lines",
        "kind of the group: wanted member, found normal, on AGG2",
    ),
    "VRRP interface of the backup shut down": Planted(
        DHCP,
        (typed("ACC2", "interface Vlanif100", "shutdown"),),
        "vrrp-roles",
        "role in the group: wanted backup, found initialize, on ACC2",
    ),
    "monitor group inactive": Planted(
        VRRP,
        (typed("AGG1", "monitor-group uplinks", "undo monitor enable"),),
        "monitor-groups-ready",
        "state of the monitor group: wanted active, found inactive, on AGG1",
    ),
    "monitor group lacks an interface": Planted(
        VRRP,
        (typed("AGG1", "monitor-group uplinks", "undo binding interface GigabitEthernet0/1/1"),),
        "monitor-groups-ready owned-lines",
        "wanted GigabitEthernet0/1/0, GigabitEthernet0/1/1, found GigabitEthernet0/1/0, on AGG1",
    ),
    "monitored uplink down": Planted(
        VRRP,
        (struck("AGG1", "shut-port", port="GigabitEthernet0/1/1"),),
        "monitor-groups-ready",
        "GigabitEthernet0/1/1 in the monitor group: wanted up, found down, on AGG1",
    ),
    # ---- entries and configuration management
    "entries missing": Planted(
        MLD,
        (typed("EDGE2", "undo multicast ipv6 routing-enable", "y"),),
        "mld-entries mld-enabled pim-ipv6-enabled service-lines",
        "1 of 1 entry of the master is missing on the backup",
    ),
    "MLD off on the master": Planted(
        MLD,
        (typed("EDGE1", "interface Eth-Trunk20", "undo mld enable"),),
        "mld-entries mld-enabled",
        "1 of 1 entry of the backup is missing on the master",
    ),
    "not saved": Planted(
        SEED,
        (typed("DeviceA", "interface LoopBack0", "description changed", save=False),),
        "saved",
        "2 lines differ, first in interface LoopBack0 / description, on DeviceA",
    ),
    "saved file gone": Planted(
        SEED,
        (LeftOpen("DeviceA", ("reset saved-configuration", "y")),),
        "saved",
        "saved",
    ),
    "configuration locked": Planted(
        SEED,
        (LeftOpen("DeviceB", ("configuration exclusive",)),),
        "no-lock",
        "the configuration is locked: wanted no lock, found night-shift",
        settle_s=10,
    ),
    "trial pending": Planted(
        SEED,
        (LeftOpen("DeviceB", ("system-view", "interface LoopBack0", "description x", "commit trial 600")),),
        "no-trial saved",
        "a trial commit is running: wanted inactive, found active, 480 s left, on DeviceB",
    ),
    "clock ahead": Planted(
        SEED, (ClockOff("DeviceB", 90),), "clocks-agree", "wanted 5 s or less apart, found 90 s"
    ),
}
