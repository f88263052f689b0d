"""The rules over one member, as a table."""

from __future__ import annotations

from inventory.rules import addresses, advice, bfd, device, limits, platform, trunks, users, vlans, vrrp
from inventory.rules.finding import DeviceRule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

USERS = "Configuration Precautions for Multi-device backup for user access"
RELAYS = "(Optional) Configuring DHCPv6 Relay Dual-Device Hot Standby in a VRRP/VRRP6 Scenario"

_MULTICAST = ("if.pim-sm", "if.igmp")
_MULTICAST6 = ("if.pim6-sm", "if.mld")
_GROUPS = ("rbs.track-monitor-group", "vrrp.track-mg", "if.track-mg")
_ROUTES = ("rbs.track-route-monitor-group", "vrrp.track-rmg")
_TRACKS_BFD = ("rbs.track-bfd", "vrrp.track-bfd", "vrrp6.track-bfd")
_RBS_GROUPS = ("rbs.track-monitor-group", "rbs.track-route-monitor-group")

DEVICE_RULES = (
    DeviceRule(
        "R1",
        ERROR,
        "backup-id remote-backup-service",
        device.named(("rbp.backup-id",), "rbs-name", "rbs.create", "rbs-name", "backup service"),
    ),
    DeviceRule("R3", ERROR, "peer source port", device.source_is_own),
    DeviceRule(
        "R4",
        ERROR,
        "remote-backup-profile",
        device.named(("if.rbp", "pool.rbp"), "rbp-name", "rbp.create", "rbp-name", "backup profile"),
    ),
    DeviceRule("R5", ERROR, "vrrp-id", vrrp.known_group("rbp.vrrp-id", "vrrp")),
    DeviceRule("R6", ERROR, "vrrp6-id", vrrp.known_group("rbp.vrrp6-id", "vrrp6")),
    DeviceRule("R7", ERROR, "remote-backup-profile (Interface view)", device.profile_has_roles),
    DeviceRule("R9", ERROR, "e-trunk eth-trunk", device.trunk_is_ready),
    DeviceRule(
        "R10",
        ERROR,
        "e-trunk (Eth-Trunk interface view)",
        device.named(("if.e-trunk",), "e-trunk-id", "et.create", "e-trunk-id", "E-Trunk"),
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
        device.named(
            _TRACKS_BFD, "discr", "bfd.discr-local", "discr", "BFD session with local discriminator"
        ),
    ),
    DeviceRule("R31", ERROR, "igmp-snooping backup-report forward", device.relied("R31")),
    DeviceRule("R32", WARNING, "bind ssl-policy", device.relied("R32")),
    DeviceRule("R33", WARNING, "ip-pool (Remote backup service view)", device.relied("R33")),
    DeviceRule("R39", ERROR, "ipv6 address", device.relied("R39")),
    DeviceRule("R21", ERROR, "vrrp vrid track admin-vrrp", vrrp.management_exists),
    DeviceRule("R21", ERROR, "vrrp vrid track admin-vrrp", vrrp.management_follows_nobody),
    DeviceRule("R22", ERROR, "vrrp6 vrid", vrrp.link_local_first),
    DeviceRule("R24", ERROR, "track admin-vrrp", vrrp.management_elsewhere),
    DeviceRule(
        "R25", ERROR, "monitor-group", device.named(_GROUPS, "group", "mg.create", "name", "monitor group")
    ),
    DeviceRule(
        "R25",
        ERROR,
        "ip route-monitor-group",
        device.named(_ROUTES, "group", "rmg.create", "name", "route monitor group"),
    ),
    DeviceRule(
        "R27", ERROR, "igmp enable", device.needs(_MULTICAST, "mc.enable", "multicast routing-enable")
    ),
    DeviceRule(
        "R27", ERROR, "mld enable", device.needs(_MULTICAST6, "mc6.enable", "multicast ipv6 routing-enable")
    ),
    DeviceRule(
        "R28", WARNING, "igmp enable", device.needs(("if.igmp",), "if.pim-sm", "pim sm", same_view=True)
    ),
    DeviceRule(
        "R28", ERROR, "mld enable", device.needs(("if.mld",), "if.pim6-sm", "pim ipv6 sm", same_view=True)
    ),
    DeviceRule(
        "R29",
        ERROR,
        "pim ignore dr-state",
        device.needs(("if.pim-ignore-dr", "if.pim-ignore-assert"), "if.pim-sm", "pim sm", same_view=True),
    ),
    DeviceRule(
        "R29",
        ERROR,
        "pim ipv6 ignore",
        device.needs(("if.pim6-ignore",), "if.pim6-sm", "pim ipv6 sm", same_view=True),
    ),
    DeviceRule(
        "R30",
        ERROR,
        "igmp-snooping enable",
        device.needs(
            ("igs.inst", "vsi.igs.inst", "if.igs-backup-report"), "igs.enable", "igmp-snooping enable"
        ),
    ),
    DeviceRule("R34", ERROR, "nas", device.bras_lines),
    DeviceRule("R36", ERROR, "remote-backup-profile (IP pool view)", device.pool_by_vrrp),
    DeviceRule(
        "R37",
        ERROR,
        "lacp preempt delay",
        device.needs(("if.lacp-preempt-delay",), "if.lacp-preempt", "lacp preempt enable", same_view=True),
    ),
    DeviceRule("R37", ERROR, "mode (Eth-Trunk interface view)", trunks.lacp_lines),
    DeviceRule("R40", ERROR, "mode (Eth-Trunk interface view)", trunks.layer_two_mode),
    DeviceRule("R71", ERROR, "backup-id remote-backup-service", platform.backup_id_of_one_profile),
    DeviceRule("R83", WARNING, "lacp e-trunk priority", trunks.idle_lacp_priority),
    DeviceRule("R88", WARNING, "Adding an Interface to an E-Trunk", trunks.no_link_limit),
    DeviceRule("R90", ERROR, "discriminator (BFD session view)", bfd.unique_discriminators),
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
    DeviceRule("R114", ERROR, "remote-backup-profile (Interface view)", device.one_main_interface),
    DeviceRule("R115", ERROR, "Configuration Precautions for ARP", vlans.own_vlan_in_profile),
    DeviceRule(
        "R116", WARNING, "Configuration Precautions for Dual-Device Backup", device.sub_interface_of_trunk
    ),
    DeviceRule("R117", ERROR, "service-type (Remote backup profile view)", device.dhcp_by_vrrp),
    DeviceRule("R118", WARNING, "e-trunk eth-trunk", advice.trunk_services),
    DeviceRule("R119", ERROR, "peer-backup", device.backup_mode),
    DeviceRule(
        "R120",
        ERROR,
        "Configuring MLD Dual-Device Hot Backup",
        device.excludes(("if.mc-track-vrrp",), ("if.mc-track-admin",), "multicast follows two groups"),
    ),
    DeviceRule(
        "R120",
        ERROR,
        "Configuring MLD Dual-Device Hot Backup",
        device.excludes(("if.mc6-track-vrrp",), ("if.mc6-track-admin",), "IPv6 multicast follows two groups"),
    ),
    DeviceRule("R121", ERROR, "vrrp vrid track admin-vrrp", vrrp.both_unflowdown),
    DeviceRule("R122", WARNING, "Configuration Precautions for MLD", advice.common_group_for_mld),
    DeviceRule("R122", WARNING, "Configuration Precautions for PIM", advice.management_on_same_board),
    DeviceRule("R125", ERROR, "ip-pool (Remote backup profile view)", device.pool_bound_once),
    DeviceRule("R126", ERROR, "process-interface-status", device.one_session_per_interface),
    DeviceRule(
        "R127",
        ERROR,
        "track monitor-group",
        device.excludes(
            ("rbs.track-if", "rbs.switchover-uplink"), _RBS_GROUPS, "interfaces and monitor groups"
        ),
    ),
    DeviceRule(
        "R128",
        ERROR,
        "igmp-snooping querier enable",
        device.excludes(
            ("igs.proxy", "vsi.igs.proxy"), ("igs.querier", "vsi.igs.querier"), "proxy and querier"
        ),
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
        for row in ("rbs.ip-pool", "rbs.ipv6-pool", "rbp.ip-pool", "rbp.ipv6-pool")
    ),
    DeviceRule("R131", ERROR, "track interface", limits.Limit("rbs.track-if", 16, "tracked interfaces")),
    DeviceRule(
        "R131", ERROR, "track monitor-group", limits.Limit("rbs.track-monitor-group", 2, "monitor groups")
    ),
    DeviceRule(
        "R131",
        ERROR,
        "track route-monitor-group",
        limits.Limit("rbs.track-route-monitor-group", 2, "route groups"),
    ),
    DeviceRule("R132", ERROR, "eth-trunk", limits.ports_of_a_trunk),
    DeviceRule("R133", ERROR, "monitor-group", limits.Limit("mg.create", 32, "monitor groups")),
    DeviceRule("R133", ERROR, "vrrp vrid track interface", limits.tracks_of_a_group),
    DeviceRule("R133", ERROR, "binding interface", limits.Limit("mg.bind", 32, "interfaces")),
    DeviceRule("R133", ERROR, "ip route-monitor-group", limits.Limit("rmg.track", 16, "routes")),
    DeviceRule("R133", ERROR, "ip route-monitor-group", limits.Limit("rmg.create", 32, "route groups")),
    DeviceRule("R133", ERROR, "monitor-group", limits.trackers(_GROUPS, "monitor group")),
    DeviceRule("R133", ERROR, "ip route-monitor-group", limits.trackers(_ROUTES, "route group")),
    DeviceRule("R134", ERROR, "ssl policy", limits.ssl_policies),
    DeviceRule(
        "R135", ERROR, "peer source port", limits.port_range("rbs.peer", 1024, 55535, "backup service")
    ),
    DeviceRule("R135", ERROR, "e-trunk port", limits.port_range("et.udp-port", 1025, 65535, "E-Trunk")),
    DeviceRule("R142", WARNING, "Configuration Precautions for VRRP", advice.no_hurry_left),
    DeviceRule("R144", WARNING, "Creating an E-Trunk", trunks.weak_key),
    DeviceRule(
        "R151",
        WARNING,
        "Establishing a Dual-Device Backup Platform",
        advice.table_delay_of_some_models,
    ),
    DeviceRule("R154", WARNING, "Configuration Precautions for MLD", device.several_trunks_for_mld),
)
