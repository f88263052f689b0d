"""Planted faults of the channel, E-Trunks and ports: what is spoiled, which checks fail, what they say."""

from __future__ import annotations

from tests.integration.scenarios.planted import (
    ARP,
    BRAS,
    CHANNEL,
    DHCP,
    DUAL,
    DUAL_UNSEEN,
    LEGS,
    MLD,
    SEED,
    SNOOPING,
    Planted,
)
from tests.integration.scenarios.plants import struck, typed

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
}
