"""The rules over both members, as a table."""

from __future__ import annotations

from inventory.rules import addresses, around, bfd, intended, platform, relations, trunks, users, vpns, vrrp
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
        equal("rbp.create", "rbp.lb-hash", "arithmetic", "the hash"),
    ),
    PairRule("R69", ERROR, "peer source port", equal("rbs.create", "rbs.peer", "port", "the TCP port")),
    PairRule("R69", ERROR, "peer source port", equal("rbs.create", "rbs.peer-ipv6", "port", "the TCP port")),
    PairRule("R70", ERROR, "Establishing a Dual-Device Backup Platform", platform.mirrored_channel),
    PairRule("R70", ERROR, "peer source port", intended.own_channel_ends),
    PairRule("R71", ERROR, "backup-id remote-backup-service", platform.same_backup_id),
    PairRule("R72", WARNING, "Establishing a Dual-Device Backup Platform", platform.on_both),
    PairRule("R73", WARNING, "service-type (Remote backup profile view)", platform.same_services),
    PairRule("R74", ERROR, "peer-address source-address", trunks.mirrored_trunk),
    PairRule("R74", ERROR, "peer-address source-address", intended.own_trunk_ends),
    PairRule("R75", WARNING, "Creating an E-Trunk", trunks.same_key),
    PairRule(
        "R76",
        ERROR,
        "authentication-mode",
        equal("et.create", "et.auth-mode", "mode", "the authentication mode", "enhanced-hmac-sha256"),
    ),
    PairRule(
        "R77", ERROR, "sequence enable", equal("et.create", "et.sequence", "", "sequence enable", "off")
    ),
    PairRule("R78", ERROR, "e-trunk port", equal("", "et.udp-port", "port", "the E-Trunk UDP port", "1025")),
    PairRule(
        "R78", ERROR, "e-trunk port", equal("", "et.udp6-port", "port", "the E-Trunk IPv6 port", "1025")
    ),
    PairRule("R79", WARNING, "priority (E-Trunk view)", trunks.different_priorities),
    PairRule("R79", WARNING, "priority (E-Trunk view)", intended.intended_master),
    PairRule("R80", ERROR, "e-trunk (Eth-Trunk interface view)", trunks.told_of_the_other),
    PairRule("R81", WARNING, "(Optional) Configuring E-Trunk Parameters", trunks.same_system_id),
    PairRule(
        "R83",
        WARNING,
        "lacp e-trunk priority",
        equal("", "lacp.et-prio", "priority", "the LACP priority of the E-Trunk", "32768"),
    ),
    PairRule("R85", WARNING, "Configuring an E-Trunk to Transmit Layer 3 Services", trunks.same_layer3),
    PairRule(
        "R86",
        WARNING,
        "timer revert delay (E-Trunk view)",
        equal("et.create", "et.revert-delay", "seconds", "the revert delay", "120"),
    ),
    PairRule(
        "R87", ERROR, "Configuring a Working Mode for an E-Trunk Member Interface", trunks.master_on_both
    ),
    PairRule("R87", ERROR, "e-trunk mode", trunks.some_master),
    PairRule("R89", ERROR, "mode (Eth-Trunk interface view)", trunks.lacp_mode),
    PairRule("R90", ERROR, "discriminator (BFD session view)", bfd.mirrored_discriminators),
    PairRule("R91", ERROR, "Configuration Precautions for BFD", bfd.sessions_on_both),
    PairRule("R91", ERROR, "bfd bind peer-ip default-ip", bfd.multicast_on_both),
    PairRule("R92", WARNING, "wtr", bfd.same_wtr),
    PairRule(
        "R94",
        ERROR,
        "default-ip-address",
        equal("bfd.global", "bfd.default-ip", "ip", "the multicast address of BFD", "224.0.0.184"),
    ),
    PairRule("R95", ERROR, "Establishing a Multi-Device Backup Platform", vrrp.same_group),
    PairRule("R95", WARNING, "vrrp vrid priority", vrrp.different_priorities),
    PairRule("R98", ERROR, "vrrp vrid timer advertise", vrrp.same_interval),
    PairRule("R99", WARNING, "service-type (Remote backup profile view)", vrrp.enough_delay),
    PairRule("R100", WARNING, "Configuring Dual-Device ND Hot Backup", vrrp.idle_backup),
    PairRule("R103", ERROR, "Establishing a Dual-Device Backup Platform", platform.parity),
    PairRule("R105", WARNING, "batch-backup service-type daily", platform.daily_on_both),
    PairRule(
        "R107",
        WARNING,
        "peer-backup rui-trigger-speed",
        equal("", "pb.trigger-speed", "rate", "the trigger speed", "128"),
    ),
    PairRule("R108", WARNING, "static-route if-match null tag", platform.static_route_roles),
    PairRule("R109", ERROR, "remote-backup-profile (IP pool view)", platform.same_pools),
    PairRule(
        "R111", ERROR, "Configuration Precautions for Multi-device backup for user access", vpns.same_names
    ),
    PairRule("R110", WARNING, "(Optional) Configuring DHCPv6 Relay", users.same_relay_interfaces),
    PairRule("R112", ERROR, "nas", platform.same_nas),
    PairRule("R113", WARNING, "Configuration Precautions for L2TP", users.different_tunnel_ids),
    PairRule("R123", WARNING, "Configuration Precautions for MLD", vrrp.peer_bfd_for_mld),
    PairRule("R124", WARNING, "Configuration Precautions for IGMP", addresses.not_the_direct_link),
)

GENERAL = "the rows of inventory/lines"
GENERAL_RULES = (
    PairRule("P1", WARNING, GENERAL, relations.differences),
    PairRule("P2", WARNING, "the pages of VRRP, E-Trunk and sub-interfaces", around.differences),
)
"""Rules over every line, which say nothing of a line that a rule of its own speaks of."""
