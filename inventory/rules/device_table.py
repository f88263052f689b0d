"""The rules over one member, as a table."""

from __future__ import annotations

from inventory.lines.bfd import BFD_DISCR_LOCAL
from inventory.lines.e_trunk import ET_CREATE, ET_UDP_PORT
from inventory.lines.eth_trunk import IF_E_TRUNK, IF_LACP_PREEMPT, IF_LACP_PREEMPT_DELAY
from inventory.lines.interface import IF_RBP
from inventory.lines.monitor import MG_BIND, MG_CREATE, RMG_CREATE, RMG_TRACK
from inventory.lines.multicast import (
    IF_IGMP,
    IF_MC6_TRACK_ADMIN,
    IF_MC6_TRACK_VRRP,
    IF_MC_TRACK_ADMIN,
    IF_MC_TRACK_VRRP,
    IF_MLD,
    IF_PIM6_IGNORE,
    IF_PIM6_SM,
    IF_PIM_IGNORE_ASSERT,
    IF_PIM_IGNORE_DR,
    IF_PIM_SM,
    IGS_ENABLE,
    MC6_ENABLE,
    MC_ENABLE,
)
from inventory.lines.pool import POOL_RBP
from inventory.lines.profile import (
    RBP_BACKUP_ID,
    RBP_CREATE,
    RBP_IP_POOL,
    RBP_IPV6_POOL,
    RBP_VRRP6_ID,
    RBP_VRRP_ID,
)
from inventory.lines.service import (
    RBS_CREATE,
    RBS_PEER,
    RBS_SWITCHOVER_UPLINK,
    RBS_TRACK_BFD,
    RBS_TRACK_IF,
    RBS_TRACK_MONITOR_GROUP,
    RBS_TRACK_ROUTE_MONITOR_GROUP,
)
from inventory.lines.service_users import RBS_IP_POOL, RBS_IPV6_POOL
from inventory.lines.snooping import IF_IGS_BACKUP_REPORT, IGS, VSI_IGS
from inventory.lines.vrrp import VRRP, VRRP6
from inventory.lines.vrrp_tracks import IF_TRACK_MG, VRRP_TRACK_MG, VRRP_TRACK_RMG
from inventory.rules import (
    addresses,
    advice,
    bfd,
    device,
    lacp,
    limits,
    management_groups,
    mentions,
    platform,
    profiles,
    trunks,
    users,
    vlans,
    vrrp,
)
from inventory.rules.finding import DeviceRule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

USERS = "Configuration Precautions for Multi-device backup for user access"
RELAYS = "(Optional) Configuring DHCPv6 Relay Dual-Device Hot Standby in a VRRP/VRRP6 Scenario"
MENTIONS = "the lines themselves: the whole configuration is read"

_MULTICAST = (IF_PIM_SM, IF_IGMP)
_MULTICAST6 = (IF_PIM6_SM, IF_MLD)
_GROUPS = (RBS_TRACK_MONITOR_GROUP, VRRP_TRACK_MG, IF_TRACK_MG)
_ROUTES = (RBS_TRACK_ROUTE_MONITOR_GROUP, VRRP_TRACK_RMG)
_TRACKS_BFD = (RBS_TRACK_BFD, VRRP.track_bfd, VRRP6.track_bfd)
_RBS_GROUPS = (RBS_TRACK_MONITOR_GROUP, RBS_TRACK_ROUTE_MONITOR_GROUP)

DEVICE_RULES = (
    DeviceRule(
        "R1",
        ERROR,
        "backup-id remote-backup-service",
        device.named((RBP_BACKUP_ID,), "rbs-name", RBS_CREATE, "rbs-name", "backup service"),
    ),
    DeviceRule("R3", ERROR, "peer source port", device.source_is_own),
    DeviceRule(
        "R4",
        ERROR,
        "remote-backup-profile",
        device.named((IF_RBP, POOL_RBP), "rbp-name", RBP_CREATE, "rbp-name", "backup profile"),
    ),
    DeviceRule("R5", ERROR, "vrrp-id", vrrp.known_group(RBP_VRRP_ID, "vrrp")),
    DeviceRule("R6", ERROR, "vrrp6-id", vrrp.known_group(RBP_VRRP6_ID, "vrrp6")),
    DeviceRule("R7", ERROR, "remote-backup-profile (Interface view)", profiles.profile_has_roles),
    DeviceRule("R9", ERROR, "e-trunk eth-trunk", profiles.trunk_is_ready),
    DeviceRule(
        "R10",
        ERROR,
        "e-trunk (Eth-Trunk interface view)",
        device.named((IF_E_TRUNK,), "e-trunk-id", ET_CREATE, "e-trunk-id", "E-Trunk"),
    ),
    DeviceRule("R10", ERROR, "e-trunk (Eth-Trunk interface view)", device.relied("R10")),
    DeviceRule("R11", ERROR, "eth-trunk", device.bare_port),
    DeviceRule("R14", ERROR, "bfd (System view)", bfd.bfd_enabled),
    DeviceRule("R15", ERROR, "discriminator (BFD session view)", bfd.discriminators_set),
    DeviceRule("R16", ERROR, "e-trunk track bfd-session", bfd.tracked_sessions),
    DeviceRule(
        "R17",
        ERROR,
        "track bfd-session",
        device.named(_TRACKS_BFD, "discr", BFD_DISCR_LOCAL, "discr", "BFD session with local discriminator"),
    ),
    DeviceRule("R31", ERROR, "igmp-snooping backup-report forward", device.relied("R31")),
    DeviceRule("R32", WARNING, "bind ssl-policy", device.relied("R32")),
    DeviceRule("R33", WARNING, "ip-pool (Remote backup service view)", device.relied("R33")),
    DeviceRule("R39", ERROR, "ipv6 address", device.relied("R39")),
    DeviceRule("R21", ERROR, "vrrp vrid track admin-vrrp", management_groups.management_exists),
    DeviceRule("R21", ERROR, "vrrp vrid track admin-vrrp", management_groups.management_follows_nobody),
    DeviceRule("R22", ERROR, "vrrp6 vrid", vrrp.link_local_first),
    DeviceRule("R24", ERROR, "track admin-vrrp", management_groups.management_elsewhere),
    DeviceRule(
        "R25", ERROR, "monitor-group", device.named(_GROUPS, "group", MG_CREATE, "name", "monitor group")
    ),
    DeviceRule(
        "R25",
        ERROR,
        "ip route-monitor-group",
        device.named(_ROUTES, "group", RMG_CREATE, "name", "route monitor group"),
    ),
    DeviceRule("R27", ERROR, "igmp enable", device.needs(_MULTICAST, MC_ENABLE, "multicast routing-enable")),
    DeviceRule(
        "R27", ERROR, "mld enable", device.needs(_MULTICAST6, MC6_ENABLE, "multicast ipv6 routing-enable")
    ),
    DeviceRule("R28", WARNING, "igmp enable", device.needs((IF_IGMP,), IF_PIM_SM, "pim sm", same_view=True)),
    DeviceRule(
        "R28", ERROR, "mld enable", device.needs((IF_MLD,), IF_PIM6_SM, "pim ipv6 sm", same_view=True)
    ),
    DeviceRule(
        "R29",
        ERROR,
        "pim ignore dr-state",
        device.needs((IF_PIM_IGNORE_DR, IF_PIM_IGNORE_ASSERT), IF_PIM_SM, "pim sm", same_view=True),
    ),
    DeviceRule(
        "R29",
        ERROR,
        "pim ipv6 ignore",
        device.needs((IF_PIM6_IGNORE,), IF_PIM6_SM, "pim ipv6 sm", same_view=True),
    ),
    DeviceRule(
        "R30",
        ERROR,
        "igmp-snooping enable",
        device.needs(
            (IGS.instance, VSI_IGS.instance, IF_IGS_BACKUP_REPORT), IGS_ENABLE, "igmp-snooping enable"
        ),
    ),
    DeviceRule("R34", ERROR, "nas", profiles.bras_lines),
    DeviceRule("R36", ERROR, "remote-backup-profile (IP pool view)", profiles.pool_by_vrrp),
    DeviceRule(
        "R37",
        ERROR,
        "lacp preempt delay",
        device.needs((IF_LACP_PREEMPT_DELAY,), IF_LACP_PREEMPT, "lacp preempt enable", same_view=True),
    ),
    DeviceRule("R37", ERROR, "mode (Eth-Trunk interface view)", lacp.lacp_lines),
    DeviceRule("R40", ERROR, "mode (Eth-Trunk interface view)", lacp.layer_two_mode),
    DeviceRule("R71", ERROR, "backup-id remote-backup-service", platform.backup_id_of_one_profile, once=True),
    DeviceRule("R83", WARNING, "lacp e-trunk priority", lacp.idle_lacp_priority),
    DeviceRule("R88", WARNING, "Adding an Interface to an E-Trunk", lacp.no_link_limit),
    DeviceRule("R90", ERROR, "discriminator (BFD session view)", bfd.unique_discriminators, once=True),
    DeviceRule("R93", ERROR, "Configuration Precautions for BFD", bfd.foreign_peer),
    DeviceRule("R94", ERROR, "bfd bind peer-ip default-ip", bfd.different_ends),
    DeviceRule("R96", ERROR, "vrrp vrid", vrrp.in_subnet),
    DeviceRule("R96", ERROR, "vrrp vrid", users.vip_of_a_static_entry),
    DeviceRule("R104", WARNING, USERS, users.static_users_with_mac),
    DeviceRule("R110", WARNING, RELAYS, users.relay_under_one_interface),
    DeviceRule("R113", WARNING, USERS, users.usual_hello),
    DeviceRule("R144", WARNING, "vrrp vrid authentication-mode (Interface view)", users.weak_authentication),
    DeviceRule("R147", WARNING, "backup block", users.nothing_blocked),
    DeviceRule("R152", WARNING, USERS, users.no_urpf_on_uplinks),
    DeviceRule("R97", WARNING, "vrrp vrid preempt-mode timer delay", vrrp.no_owner),
    DeviceRule(
        "R98",
        WARNING,
        "(Optional) Configuring DHCP Server Dual-Device Hot Backup",
        advice.calm_interval,
    ),
    DeviceRule("R103", ERROR, "Establishing a Dual-Device Backup Platform", platform.two_parities),
    DeviceRule("R114", ERROR, "remote-backup-profile (Interface view)", profiles.one_main_interface),
    DeviceRule("R115", ERROR, "Configuration Precautions for ARP", vlans.own_vlan_in_profile),
    DeviceRule(
        "R116", WARNING, "Configuration Precautions for Dual-Device Backup", profiles.sub_interface_of_trunk
    ),
    DeviceRule("R117", ERROR, "service-type (Remote backup profile view)", profiles.dhcp_by_vrrp),
    DeviceRule("R118", WARNING, "e-trunk eth-trunk", advice.trunk_services),
    DeviceRule("R119", ERROR, "peer-backup", profiles.backup_mode),
    DeviceRule(
        "R120",
        ERROR,
        "Configuring MLD Dual-Device Hot Backup",
        device.excludes((IF_MC_TRACK_VRRP,), (IF_MC_TRACK_ADMIN,), "multicast follows two groups"),
    ),
    DeviceRule(
        "R120",
        ERROR,
        "Configuring MLD Dual-Device Hot Backup",
        device.excludes((IF_MC6_TRACK_VRRP,), (IF_MC6_TRACK_ADMIN,), "IPv6 multicast follows two groups"),
    ),
    DeviceRule("R121", ERROR, "vrrp vrid track admin-vrrp", management_groups.both_unflowdown),
    DeviceRule("R122", WARNING, "Configuration Precautions for MLD", advice.common_group_for_mld),
    DeviceRule("R122", WARNING, "Configuration Precautions for PIM", advice.management_on_same_board),
    DeviceRule("R125", ERROR, "ip-pool (Remote backup profile view)", profiles.pool_bound_once, once=True),
    DeviceRule("R126", ERROR, "process-interface-status", device.one_session_per_interface, once=True),
    DeviceRule(
        "R127",
        ERROR,
        "track monitor-group",
        device.excludes((RBS_TRACK_IF, RBS_SWITCHOVER_UPLINK), _RBS_GROUPS, "interfaces and monitor groups"),
    ),
    DeviceRule(
        "R128",
        ERROR,
        "igmp-snooping querier enable",
        device.excludes((IGS.proxy, VSI_IGS.proxy), (IGS.querier, VSI_IGS.querier), "proxy and querier"),
    ),
    DeviceRule("R129", ERROR, "ip address (interface view)", addresses.host_route_on_loopback),
    DeviceRule("R129", ERROR, "ip address (interface view)", addresses.host_address),
    DeviceRule("R129", ERROR, "ip address (interface view)", addresses.own_subnet),
    DeviceRule("R129", ERROR, "ip address (interface view)", addresses.secondary_addresses),
    DeviceRule("R130", ERROR, "vlan-type dot1q", vlans.one_dot1q_vlan),
    DeviceRule(
        "R131",
        WARNING,
        "Configuration Precautions for Multi-device backup for user access",
        limits.partners,
    ),
    *(
        DeviceRule("R131", ERROR, "ip-pool", limits.Limit(row, limits.MOST_POOLS, "pools"))
        for row in (RBS_IP_POOL, RBS_IPV6_POOL, RBP_IP_POOL, RBP_IPV6_POOL)
    ),
    DeviceRule("R131", ERROR, "track interface", limits.Limit(RBS_TRACK_IF, 16, "tracked interfaces")),
    DeviceRule(
        "R131", ERROR, "track monitor-group", limits.Limit(RBS_TRACK_MONITOR_GROUP, 2, "monitor groups")
    ),
    DeviceRule(
        "R131",
        ERROR,
        "track route-monitor-group",
        limits.Limit(RBS_TRACK_ROUTE_MONITOR_GROUP, 2, "route groups"),
    ),
    DeviceRule("R132", ERROR, "eth-trunk", limits.ports_of_a_trunk),
    DeviceRule("R133", ERROR, "monitor-group", limits.Limit(MG_CREATE, 32, "monitor groups")),
    DeviceRule("R133", ERROR, "vrrp vrid track interface", limits.tracks_of_a_group),
    DeviceRule("R133", ERROR, "binding interface", limits.Limit(MG_BIND, 32, "interfaces")),
    DeviceRule("R133", ERROR, "ip route-monitor-group", limits.Limit(RMG_TRACK, 16, "routes")),
    DeviceRule("R133", ERROR, "ip route-monitor-group", limits.Limit(RMG_CREATE, 32, "route groups")),
    DeviceRule("R133", ERROR, "monitor-group", limits.trackers(_GROUPS, "monitor group")),
    DeviceRule("R133", ERROR, "ip route-monitor-group", limits.trackers(_ROUTES, "route group")),
    DeviceRule("R134", ERROR, "ssl policy", limits.ssl_policies),
    DeviceRule("R135", ERROR, "peer source port", limits.port_range(RBS_PEER, 1024, 55535, "backup service")),
    DeviceRule("R135", ERROR, "e-trunk port", limits.port_range(ET_UDP_PORT, 1025, 65535, "E-Trunk")),
    DeviceRule("R142", WARNING, "Configuration Precautions for VRRP", advice.no_hurry_left),
    DeviceRule("R144", WARNING, "Creating an E-Trunk", trunks.weak_key),
    DeviceRule(
        "R151",
        WARNING,
        "Establishing a Dual-Device Backup Platform",
        advice.table_delay_of_some_models,
        "models M2F, M2H, M2K and M2K-B",
    ),
    DeviceRule("R154", WARNING, "Configuration Precautions for MLD", profiles.several_trunks_for_mld),
    DeviceRule("P3", WARNING, MENTIONS, mentions.unused),
    DeviceRule("P4", WARNING, MENTIONS, mentions.lacking),
    DeviceRule("P5", ERROR, "the rows of inventory/lines", device.stated_once),
)
