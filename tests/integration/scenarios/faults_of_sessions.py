"""Planted faults of BFD, VRRP, entries and configuration management: what is spoiled, which checks fail."""

from __future__ import annotations

from tests.integration.scenarios.planted import (
    ARP,
    BRAS,
    DHCP,
    DUAL,
    MLD,
    SEED,
    SNOOPING,
    SPLIT_VRRP,
    VRRP,
    Planted,
)
from tests.integration.scenarios.plants import ClockOff, LeftOpen, struck, typed

FAULTS = {
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
        "1 line differs, first in interface LoopBack0 / description, on DeviceA",
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
