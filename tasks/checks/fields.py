"""Which check judges which field of an intent, and by which display: no field goes unseen without a reason.

`docs/checks.md` shows this table. A field that a display shows is judged by it; what no display shows is
judged by the owned lines, and named as such; what only some releases show is judged by both; the rest has
its reason here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from inventory.lines import OwnedLine
from inventory.lines.bfd import BFD_BIND_DEFAULT, BFD_BIND_IP, BFD_BIND_IP6, BFD_DISCR_LOCAL, BFD_DISCR_REMOTE
from inventory.lines.e_trunk import ET_CREATE, ET_PEER_ADDRESS, ET_PEER_IPV6, ET_PRIORITY, ET_TRACK_BFD
from inventory.lines.eth_trunk import IF_E_TRUNK, IF_E_TRUNK_MODE, IF_ETH_TRUNK_JOIN
from inventory.lines.interface import IF_RBP
from inventory.lines.monitor import MG_BIND, MG_CREATE, MG_ENABLE
from inventory.lines.multicast import (
    IF_IGMP,
    IF_IGMP_VERSION,
    IF_MLD,
    IF_MLD_VERSION,
    IF_PIM6_SM,
    IF_PIM_DR,
    IF_PIM_SM,
)
from inventory.lines.profile import (
    RBP_BACKUP_ID,
    RBP_CREATE,
    RBP_E_TRUNK,
    RBP_PEER_BACKUP,
    RBP_SERVICE_TYPE,
    RBP_VRRP6_ID,
    RBP_VRRP_ID,
)
from inventory.lines.service import RBS_BIND_SSL, RBS_CREATE, RBS_PEER, RBS_PEER_IPV6
from inventory.lines.vrrp import FAMILIES, VRRP, VRRP6
from tasks.checks.judged import Judged, by, by_lines, by_service_lines, unjudged

_WORDS = "for people and for choosing pairs; configured nowhere"
_MEMBERS = "says which members have the object; every check of the object heeds it"

E_TRUNK, ETH_TRUNK = "display e-trunk ID", "display eth-trunk ID"
RBS, RBP = "display remote-backup-service NAME", "display remote-backup-profile NAME"
BFD = "display bfd session discriminator N verbose"
MONITOR = "display monitor-group NAME"
IGMP = "display igmp all-instance interface INTERFACE"
MLD = "display mld all-instance interface INTERFACE"
PIM = "display pim all-instance interface INTERFACE verbose"
PIM6 = "display pim ipv6 all-instance interface INTERFACE verbose"
_ONLY = (
    "system.igmp_snooping_instances",
    "bfd.sessions",
    "monitor_groups",
    "monitor_groups.interfaces",
    "route_monitor_groups",
    "route_monitor_groups.routes",
    "e_trunks",
    "e_trunks.members",
    "backup_services",
    "backup_services.track.interfaces",
    "backup_services.track.monitor_groups",
    "backup_services.track.route_monitor_groups",
    "backup_services.protect.vpn_instances",
    "backup_services.ip_pools",
    "backup_services.ipv6_pools",
    "backup_services.batch_backup_daily",
    "backup_services.backup_block",
    "backup_services.static_routes",
    "backup_profiles",
    "backup_profiles.track.vrrp",
    "backup_profiles.track.vrrp6",
    "backup_profiles.address_pools",
    "backup_profiles.ip_pool_includes",
    "backup_profiles.remark_macs",
    "interfaces",
    "interfaces.igmp_static_groups",
    "interfaces.vrrp",
    "interfaces.vrrp6",
    "interfaces.vrrp.track.interfaces",
    "interfaces.vrrp.track.bfd",
    "interfaces.vrrp.track.monitor_groups",
    "interfaces.vrrp.track.route_monitor_groups",
    "interfaces.vrrp.track.routes",
    "interfaces.vrrp6.track.interfaces",
    "interfaces.vrrp6.track.bfd",
)


def _of_groups(family: str, timer: str, first: str = "") -> tuple[Judged, ...]:
    """Return the rows of VRRP or VRRP6 groups."""
    at, display = f"interfaces.{family}", f"display {family} interface INTERFACE verbose"
    change = "reduced increased"
    return (
        by(display, "vrrp-as-intended vrrp-roles", at, "vrid priority"),
        by(display, "vrrp-as-intended", at, f"preempt preempt_delay virtual_ips admin{first}"),
        by(
            display,
            "vrrp-as-intended owned-lines",
            at,
            f"holding_multiplier backup_forward advertise_ms {timer}",
        ),
        by_lines(at, "ignore_if_down init_hold"),
        by_lines(f"{at}.track.interfaces", f"interface {change}"),
        by_lines(f"{at}.track.bfd", f"session type {change}"),
        by_service_lines(f"{at}.track.admin", "interface vrid flowdown"),
    )


FIELDS: Final = (
    unjudged(_WORDS, "", "pair description site tags"),
    unjudged("names the routers that are asked", "members", "a b"),
    *(unjudged(_MEMBERS, at, "only") for at in _ONLY),
    # ---- system
    by_service_lines("system", "multicast multicast_ipv6 igmp_snooping"),
    by_service_lines(
        "system.igmp_snooping_instances",
        "instance enable version proxy querier backup_report backup_query",
    ),
    by(ETH_TRUNK, "eth-trunk-as-intended owned-lines", "system.lacp", "e_trunk_system_id e_trunk_priority"),
    by_lines("system.lacp", "priority"),
    by_lines("system", "e_trunk_port e_trunk_ipv6_port vrrp_recover_delay"),
    by_lines("system.peer_backup", "download_vrrp_table_delay batch_access route_cost trigger_speed ttl"),
    # ---- BFD and monitor groups
    by_lines("bfd", "default_ip_address delay_up"),
    by(BFD, "bfd-up bfd-as-intended", "bfd.sessions", "name discriminator"),
    by(
        BFD,
        "bfd-as-intended",
        "bfd.sessions",
        "address peer default_ip interface remote_discriminator",
    ),
    by(
        BFD,
        "bfd-as-intended owned-lines",
        "bfd.sessions",
        "min_tx min_rx multiplier wtr tos_exp process_pst",
    ),
    by_lines("bfd.sessions", "source track_interface vpn_instance kind description shutdown"),
    by_lines("bfd.sessions.process_interface_status", "sub_interfaces reboot_no_impact"),
    by(MONITOR, "monitor-groups-ready", "monitor_groups", "name enable"),
    by(MONITOR, "monitor-groups-ready owned-lines", "monitor_groups", "up_delay"),
    by(MONITOR, "monitor-groups-ready", "monitor_groups.interfaces", "interface"),
    by(MONITOR, "monitor-groups-ready owned-lines", "monitor_groups.interfaces", "down_weight"),
    by_lines("route_monitor_groups", "name enable up_delay"),
    by_lines("route_monitor_groups.routes", "prefix vpn_instance down_weight"),
    # ---- E-Trunks
    by(E_TRUNK, "e-trunk-as-intended e-trunk-roles", "e_trunks", "id priority"),
    by(
        E_TRUNK,
        "e-trunk-as-intended",
        "e_trunks",
        "address peer vpn_instance bfd",
    ),
    by(
        E_TRUNK,
        "e-trunk-as-intended owned-lines",
        "e_trunks",
        "hello hold_multiplier revert_delay revert sequence description",
    ),
    by_lines("e_trunks", "security_key authentication_mode select backup_tunnel_port"),
    by_lines("e_trunks.dynamic_bfd", "interface min_tx min_rx multiplier"),
    by(E_TRUNK, "e-trunk-members", "e_trunks.members", "eth_trunk role remote"),
    by(ETH_TRUNK, "eth-trunk-ports ports-up", "e_trunks.members", "ports"),
    by(
        ETH_TRUNK,
        "eth-trunk-as-intended owned-lines",
        "e_trunks.members",
        "mode least_active max_active lacp_e_trunk_priority lacp_system_id lacp_preempt lacp_preempt_delay",
    ),
    by_lines("e_trunks.members", "passive_ports lacp_priority lacp_timeout"),
    # ---- channels
    by(RBS, "rbs-connected rbs-as-intended", "backup_services", "name"),
    by(RBS, "rbs-as-intended", "backup_services", "address peer port ssl_policy"),
    by(RBS, "rbs-as-intended owned-lines", "backup_services.track", "bfd"),
    by(RBS, "rbs-as-intended owned-lines", "backup_services.batch_backup_daily", "service time"),
    unjudged("an action, typed once after a deployment", "backup_services", "batch_backup_now"),
    by_lines("backup_services", "shutdown l2tp_source_loopback l2tp_protect_tunnel"),
    by_lines("backup_services.track.interfaces", "interface weight"),
    by_lines("backup_services.track.monitor_groups", "group failure_ratio"),
    by_lines("backup_services.track.route_monitor_groups", "group failure_ratio"),
    by_lines("backup_services.track.switchover_uplink", "failure_ratio duration"),
    by_lines("backup_services.protect", "lsp_peer"),
    by_lines("backup_services.protect.redirect", "next_hop interface"),
    by_lines("backup_services.protect.tunnel_policy", "policy peer interface"),
    by_lines("backup_services.protect.vpn_instances", "vpn_instance peer interface"),
    by_lines("backup_services.ip_pools", "name metric"),
    by_lines("backup_services.ipv6_pools", "name metric"),
    by_lines("backup_services.backup_block", "direction service"),
    by_lines("backup_services.static_routes", "tag metric rui_slave"),
    by_lines("backup_services.radius_authorization", "address vpn_instance same_as_nas_logic_ip"),
    by_lines("backup_services.web_auth_server", "address vpn_instance"),
    by_lines("backup_services.dhcpv6_server", "destination source vpn_instance"),
    # ---- profiles
    by(RBP, "rbp-as-intended", "backup_profiles", "name backup_id service services mode interfaces"),
    by(RBP, "rbp-as-intended", "backup_profiles.track.e_trunk", "e_trunk eth_trunk"),
    by(RBP, "rbp-as-intended rbp-roles", "backup_profiles.track.vrrp", "vrid interface"),
    by(RBP, "rbp-as-intended owned-lines", "backup_profiles.track.vrrp", "mac"),
    by(RBP, "rbp-as-intended rbp-roles", "backup_profiles.track.vrrp6", "vrid interface"),
    by(RBP, "rbp-as-intended owned-lines", "backup_profiles", "slave_forwarding"),
    by_lines("backup_profiles.address_pools", "name type"),
    by_lines("backup_profiles.nas", "logic_ip logic_port logic_sysname"),
    by_lines("backup_profiles.traffic_backup", "interval threshold"),
    by_lines("backup_profiles", "accounting_sysname frame_route_metric ip_pools ipv6_pools igmp_copy"),
    by_lines("backup_profiles.ip_pool_includes", "source destination node"),
    by_lines("backup_profiles.load_balance", "arithmetic mac_offset"),
    by_lines("backup_profiles.remark_macs", "mac parity"),
    # ---- interfaces
    by(IGMP, "igmp-enabled", "interfaces", "igmp igmp_version"),
    by(MLD, "mld-enabled", "interfaces", "mld mld_version"),
    by(PIM, "pim-enabled", "interfaces", "pim_sm pim_dr_priority"),
    by(PIM, "pim-enabled service-lines", "interfaces", "pim_ignore_dr_state pim_ignore_assert_state"),
    by(PIM6, "pim-ipv6-enabled", "interfaces", "pim_ipv6_sm"),
    by_service_lines(
        "interfaces",
        "name pim_ipv6_ignore_dr_state pim_ipv6_ignore_assert_state "
        "igmp_snooping_backup_report igmp_snooping_router_port_vlans",
    ),
    by_service_lines("interfaces.igmp_static_groups", "group source"),
    by_service_lines("interfaces.multicast_track", "vrid"),
    by_service_lines("interfaces.multicast_track.admin", "interface vrid"),
    by_service_lines("interfaces.multicast_ipv6_track", "vrid"),
    by_service_lines("interfaces.multicast_ipv6_track.admin", "interface vrid"),
    by_service_lines("interfaces.track_monitor_group", "group trigger_down_weight"),
    by_service_lines("interfaces.track_admin_vrrp", "interface vrid"),
    by_lines("interfaces", "vrrp_recover_delay vrrp6_recover_delay"),
    *_of_groups("vrrp", "advertise"),
    *_of_groups("vrrp6", "advertise_cs", " link_local"),
    by(
        "display vrrp interface INTERFACE verbose",
        "vrrp-as-intended owned-lines",
        "interfaces.vrrp",
        "authentication",
    ),
    by_lines("interfaces.vrrp", "fast_resume"),
    by_lines("interfaces.vrrp.track", "link_bfd_down"),
    by_lines("interfaces.vrrp.track.monitor_groups", "group failure_ratio reduced link"),
    by_lines("interfaces.vrrp.track.route_monitor_groups", "group failure_ratio reduced link"),
    by_lines("interfaces.vrrp.track.routes", "prefix vpn_instance reduced"),
)

_WHOLE: Final[frozenset[str]] = frozenset()

SHOWN: Final[Mapping[OwnedLine, frozenset[str]]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                MG_CREATE,
                MG_ENABLE,
                ET_CREATE,
                ET_PRIORITY,
                ET_PEER_ADDRESS,
                ET_PEER_IPV6,
                ET_TRACK_BFD,
                IF_E_TRUNK,
                IF_E_TRUNK_MODE,
                RBS_CREATE,
                RBS_PEER,
                RBS_PEER_IPV6,
                RBS_BIND_SSL,
                RBP_CREATE,
                RBP_SERVICE_TYPE,
                RBP_BACKUP_ID,
                RBP_PEER_BACKUP,
                RBP_E_TRUNK,
                RBP_VRRP6_ID,
                IF_RBP,
                IF_IGMP,
                IF_IGMP_VERSION,
                IF_MLD,
                IF_MLD_VERSION,
                IF_PIM_SM,
                IF_PIM_DR,
                IF_PIM6_SM,
                BFD_DISCR_LOCAL,
                BFD_DISCR_REMOTE,
                *(
                    row
                    for family in FAMILIES.values()
                    for row in (
                        family.create,
                        family.priority,
                        family.preempt_delay,
                        family.preempt_off,
                        family.advertise,
                        family.advertise_ms,
                        family.hold,
                        family.backup_forward,
                    )
                ),
            ),
            _WHOLE,
        ),
        MG_BIND: frozenset({"weight"}),
        IF_ETH_TRUNK_JOIN: frozenset({"mode"}),
        RBP_VRRP_ID: frozenset({"parity"}),
        VRRP.admin: frozenset({"ignore-if-down"}),
        VRRP6.admin: frozenset({"ignore-if-down"}),
        BFD_BIND_DEFAULT: frozenset({"source-ip"}),
        BFD_BIND_IP: frozenset({"source-ip", "vpn", "slot", "auto"}),
        BFD_BIND_IP6: frozenset({"source-ipv6", "vpn", "slot", "auto"}),
    }
)
"""Rows of `inventory.lines` that displays show, with the parameters that no display surely shows."""


def as_markdown() -> str:
    """Return the table as `docs/checks.md` holds it."""
    head = "| field | display | check |\n|---|---|---|\n"
    return head + "".join(
        f"| `{path}` | {f'`{row.display}`' if row.display else '-'} | "
        f"{', '.join(f'`{name}`' for name in row.checks) or row.why} |\n"
        for row in FIELDS
        for path in row.paths
    )
