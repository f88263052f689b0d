"""The rules over both members, as a table."""

from __future__ import annotations

from inventory.lines.bfd import BFD_DEFAULT_IP, BFD_GLOBAL
from inventory.lines.e_trunk import (
    ET_AUTH_MODE,
    ET_CREATE,
    ET_REVERT_DELAY,
    ET_SEQUENCE,
    ET_UDP6_PORT,
    ET_UDP_PORT,
    LACP_ET_PRIO,
)
from inventory.lines.profile import RBP_CREATE, RBP_LB_HASH
from inventory.lines.service import RBS_CREATE, RBS_PEER, RBS_PEER_IPV6
from inventory.lines.system import PB_TRIGGER_SPEED
from inventory.rules import (
    addresses,
    around,
    bfd,
    eth_trunks,
    intended,
    lacp,
    platform,
    relations,
    trunks,
    users,
    vpns,
    vrrp,
)
from inventory.rules.equal import equal
from inventory.rules.finding import PairRule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

PAIR_RULES = (
    PairRule("R32", ERROR, "bind ssl-policy", platform.ssl_on_both),
    PairRule("R32", Severity.ADVICE, "bind ssl-policy", users.unencrypted),
    PairRule(
        "R54",
        ERROR,
        "load-balance hash-arithmetic",
        equal(RBP_CREATE, RBP_LB_HASH, "arithmetic", "the hash"),
    ),
    PairRule("R69", ERROR, "peer source port", equal(RBS_CREATE, RBS_PEER, "port", "the TCP port")),
    PairRule("R69", ERROR, "peer source port", equal(RBS_CREATE, RBS_PEER_IPV6, "port", "the TCP port")),
    PairRule(
        "R70", ERROR, "Establishing a Dual-Device Backup Platform", platform.mirrored_channel, "mirrored"
    ),
    PairRule("R70", ERROR, "peer source port", intended.own_channel_ends, "mirrored"),
    PairRule("R71", ERROR, "backup-id remote-backup-service", platform.same_backup_id),
    PairRule("R72", WARNING, "Establishing a Dual-Device Backup Platform", platform.on_both),
    PairRule("R73", WARNING, "service-type (Remote backup profile view)", platform.same_services),
    PairRule("R74", ERROR, "peer-address source-address", trunks.mirrored_trunk, "mirrored"),
    PairRule("R74", ERROR, "peer-address source-address", intended.own_trunk_ends, "mirrored"),
    PairRule("R75", WARNING, "Creating an E-Trunk", trunks.same_key),
    PairRule(
        "R76",
        ERROR,
        "authentication-mode",
        equal(ET_CREATE, ET_AUTH_MODE, "mode", "the authentication mode", "enhanced-hmac-sha256"),
    ),
    PairRule("R77", ERROR, "sequence enable", equal(ET_CREATE, ET_SEQUENCE, "", "sequence enable", "off")),
    PairRule("R78", ERROR, "e-trunk port", equal(None, ET_UDP_PORT, "port", "the E-Trunk UDP port", "1025")),
    PairRule(
        "R78", ERROR, "e-trunk port", equal(None, ET_UDP6_PORT, "port", "the E-Trunk IPv6 port", "1025")
    ),
    PairRule("R79", WARNING, "priority (E-Trunk view)", trunks.different_priorities, "different"),
    PairRule("R79", WARNING, "priority (E-Trunk view)", intended.intended_master, "different"),
    PairRule("R80", ERROR, "e-trunk (Eth-Trunk interface view)", eth_trunks.told_of_the_other, "mirrored"),
    PairRule("R81", WARNING, "(Optional) Configuring E-Trunk Parameters", lacp.same_system_id),
    PairRule(
        "R83",
        WARNING,
        "lacp e-trunk priority",
        equal(None, LACP_ET_PRIO, "priority", "the LACP priority of the E-Trunk", "32768"),
    ),
    PairRule("R85", WARNING, "Configuring an E-Trunk to Transmit Layer 3 Services", eth_trunks.same_layer3),
    PairRule(
        "R86",
        WARNING,
        "timer revert delay (E-Trunk view)",
        equal(ET_CREATE, ET_REVERT_DELAY, "seconds", "the revert delay", "120"),
    ),
    PairRule(
        "R87", ERROR, "Configuring a Working Mode for an E-Trunk Member Interface", eth_trunks.master_on_both
    ),
    PairRule("R87", ERROR, "e-trunk mode", eth_trunks.some_master, "one of"),
    PairRule("R89", ERROR, "mode (Eth-Trunk interface view)", lacp.lacp_mode),
    PairRule("R90", ERROR, "discriminator (BFD session view)", bfd.mirrored_discriminators, "mirrored"),
    PairRule("R91", ERROR, "Configuration Precautions for BFD", bfd.sessions_on_both),
    PairRule("R91", ERROR, "bfd bind peer-ip default-ip", bfd.multicast_on_both),
    PairRule("R92", WARNING, "wtr", bfd.same_wtr),
    PairRule(
        "R94",
        ERROR,
        "default-ip-address",
        equal(BFD_GLOBAL, BFD_DEFAULT_IP, "ip", "the multicast address of BFD", "224.0.0.184"),
    ),
    PairRule("R95", ERROR, "Establishing a Multi-Device Backup Platform", vrrp.same_group),
    PairRule("R95", WARNING, "vrrp vrid priority", vrrp.different_priorities, "different"),
    PairRule("R98", ERROR, "vrrp vrid timer advertise", vrrp.same_interval),
    PairRule("R99", WARNING, "service-type (Remote backup profile view)", vrrp.enough_delay, "own"),
    PairRule("R100", WARNING, "Configuring Dual-Device ND Hot Backup", vrrp.idle_backup, "different"),
    PairRule("R103", ERROR, "Establishing a Dual-Device Backup Platform", platform.parity),
    PairRule("R105", WARNING, "batch-backup service-type daily", platform.daily_on_both),
    PairRule(
        "R107",
        WARNING,
        "peer-backup rui-trigger-speed",
        equal(None, PB_TRIGGER_SPEED, "rate", "the trigger speed", "128"),
    ),
    PairRule("R108", WARNING, "static-route if-match null tag", platform.static_route_roles, "different"),
    PairRule("R109", ERROR, "remote-backup-profile (IP pool view)", platform.same_pools),
    PairRule("R109", WARNING, "remote-backup-profile (IP pool view)", platform.identical_pools),
    PairRule(
        "R111", ERROR, "Configuration Precautions for Multi-device backup for user access", vpns.same_names
    ),
    PairRule("R110", WARNING, "(Optional) Configuring DHCPv6 Relay", users.same_relay_interfaces),
    PairRule("R112", ERROR, "nas", platform.same_nas),
    PairRule("R113", WARNING, "Configuration Precautions for L2TP", users.different_tunnel_ids, "different"),
    PairRule("R123", WARNING, "Configuration Precautions for MLD", vrrp.peer_bfd_for_mld, "own"),
    PairRule("R124", WARNING, "Configuration Precautions for IGMP", addresses.not_the_direct_link, "own"),
)

GENERAL = "the rows of inventory/lines"
GENERAL_RULES = (
    PairRule("P1", WARNING, GENERAL, relations.differences, "as the row says"),
    PairRule("P2", WARNING, "the pages of VRRP, E-Trunk and sub-interfaces", around.differences),
)
"""Rules over every line, which say nothing of a line that a rule of its own speaks of."""
