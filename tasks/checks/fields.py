"""Which check judges which field of an intent, and by which display: no field goes unseen without a reason.

`docs/checks.md` shows this table. A field that a display shows is judged by it; what no display shows is
judged by the owned lines, and named as such; what only some releases show is judged by both; the rest has
its reason here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

CONFIGURATION: Final = "display current-configuration"


@dataclass(frozen=True, slots=True)
class Judged:
    """How fields of one object are judged.

    Args:
        at: path of the object in the intent, e.g. `e_trunks`; empty for the pair itself.
        fields: its fields.
        checks: names of the checks; empty where nothing is judged.
        display: what they read; empty where nothing is judged.
        why: the reason where no check judges them.
    """

    at: str
    fields: tuple[str, ...]
    checks: tuple[str, ...] = ()
    display: str = ""
    why: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields with their paths, e.g. `e_trunks.priority`."""
        return tuple(f"{self.at}.{name}" if self.at else name for name in self.fields)


def _by(display: str, checks: str, at: str, fields: str) -> Judged:
    return Judged(at, tuple(fields.split()), tuple(checks.split()), display)


def _by_lines(at: str, fields: str) -> Judged:
    return _by(CONFIGURATION, "owned-lines", at, fields)


def _by_service_lines(at: str, fields: str) -> Judged:
    return _by(CONFIGURATION, "service-lines", at, fields)


def _no(why: str, at: str, fields: str) -> Judged:
    return Judged(at, tuple(fields.split()), why=why)


_WORDS = "for people and for choosing pairs; configured nowhere"
_MEMBERS = "says which members have the object; every check of the object heeds it"

E_TRUNK, ETH_TRUNK = "display e-trunk ID", "display eth-trunk ID"
RBS, RBP = "display remote-backup-service NAME", "display remote-backup-profile NAME"
BFD = "display bfd session discriminator N verbose"
MONITOR = "display monitor-group NAME"
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
    """Give the rows of VRRP or VRRP6 groups."""
    at, display = f"interfaces.{family}", f"display {family} interface INTERFACE verbose"
    change = "reduced increased"
    return (
        _by(display, "vrrp-as-intended vrrp-roles", at, "vrid priority"),
        _by(display, "vrrp-as-intended", at, f"preempt preempt_delay virtual_ips admin{first}"),
        _by(
            display,
            "vrrp-as-intended owned-lines",
            at,
            f"holding_multiplier backup_forward advertise_ms {timer}",
        ),
        _by_lines(at, "ignore_if_down init_hold"),
        _by_lines(f"{at}.track.interfaces", f"interface {change}"),
        _by_lines(f"{at}.track.bfd", f"session type {change}"),
        _by_service_lines(f"{at}.track.admin", "interface vrid flowdown"),
    )


FIELDS: Final = (
    _no(_WORDS, "", "pair description site tags"),
    _no("names the routers that are asked", "members", "a b"),
    *(_no(_MEMBERS, at, "only") for at in _ONLY),
    # ---- system
    _by_service_lines("system", "multicast multicast_ipv6 igmp_snooping"),
    _by_service_lines(
        "system.igmp_snooping_instances",
        "instance enable version proxy querier backup_report backup_query",
    ),
    _by(ETH_TRUNK, "eth-trunk-as-intended owned-lines", "system.lacp", "e_trunk_system_id e_trunk_priority"),
    _by_lines("system.lacp", "priority"),
    _by_lines("system", "e_trunk_port e_trunk_ipv6_port vrrp_recover_delay"),
    _by_lines("system.peer_backup", "download_vrrp_table_delay batch_access route_cost trigger_speed ttl"),
    # ---- BFD and monitor groups
    _by_lines("bfd", "default_ip_address delay_up"),
    _by(BFD, "bfd-up bfd-as-intended", "bfd.sessions", "name discriminator"),
    _by(
        BFD,
        "bfd-as-intended",
        "bfd.sessions",
        "address peer default_ip interface remote_discriminator",
    ),
    _by(
        BFD,
        "bfd-as-intended owned-lines",
        "bfd.sessions",
        "min_tx min_rx multiplier wtr tos_exp process_pst",
    ),
    _by_lines("bfd.sessions", "source track_interface vpn_instance kind description shutdown"),
    _by_lines("bfd.sessions.process_interface_status", "sub_interfaces reboot_no_impact"),
    _by(MONITOR, "monitor-groups-ready", "monitor_groups", "name enable"),
    _by(MONITOR, "monitor-groups-ready owned-lines", "monitor_groups", "up_delay"),
    _by(MONITOR, "monitor-groups-ready", "monitor_groups.interfaces", "interface"),
    _by(MONITOR, "monitor-groups-ready owned-lines", "monitor_groups.interfaces", "down_weight"),
    _by_lines("route_monitor_groups", "name enable up_delay"),
    _by_lines("route_monitor_groups.routes", "prefix vpn_instance down_weight"),
    # ---- E-Trunks
    _by(E_TRUNK, "e-trunk-as-intended e-trunk-roles", "e_trunks", "id priority"),
    _by(
        E_TRUNK,
        "e-trunk-as-intended",
        "e_trunks",
        "address peer vpn_instance bfd",
    ),
    _by(
        E_TRUNK,
        "e-trunk-as-intended owned-lines",
        "e_trunks",
        "hello hold_multiplier revert_delay revert sequence description",
    ),
    _by_lines("e_trunks", "security_key authentication_mode select backup_tunnel_port"),
    _by_lines("e_trunks.dynamic_bfd", "interface min_tx min_rx multiplier"),
    _by(E_TRUNK, "e-trunk-members", "e_trunks.members", "eth_trunk role remote"),
    _by(ETH_TRUNK, "eth-trunk-ports ports-up", "e_trunks.members", "ports"),
    _by(
        ETH_TRUNK,
        "eth-trunk-as-intended owned-lines",
        "e_trunks.members",
        "mode least_active max_active lacp_e_trunk_priority lacp_system_id lacp_preempt lacp_preempt_delay",
    ),
    _by_lines("e_trunks.members", "passive_ports lacp_priority lacp_timeout"),
    # ---- channels
    _by(RBS, "rbs-connected rbs-as-intended", "backup_services", "name"),
    _by(RBS, "rbs-as-intended", "backup_services", "address peer port ssl_policy"),
    _by(RBS, "rbs-as-intended owned-lines", "backup_services.track", "bfd"),
    _by(RBS, "rbs-as-intended owned-lines", "backup_services.batch_backup_daily", "service time"),
    _no("an action, typed once after a deployment", "backup_services", "batch_backup_now"),
    _by_lines("backup_services", "shutdown l2tp_source_loopback l2tp_protect_tunnel"),
    _by_lines("backup_services.track.interfaces", "interface weight"),
    _by_lines("backup_services.track.monitor_groups", "group failure_ratio"),
    _by_lines("backup_services.track.route_monitor_groups", "group failure_ratio"),
    _by_lines("backup_services.track.switchover_uplink", "failure_ratio duration"),
    _by_lines("backup_services.protect", "lsp_peer"),
    _by_lines("backup_services.protect.redirect", "next_hop interface"),
    _by_lines("backup_services.protect.tunnel_policy", "policy peer interface"),
    _by_lines("backup_services.protect.vpn_instances", "vpn_instance peer interface"),
    _by_lines("backup_services.ip_pools", "name metric"),
    _by_lines("backup_services.ipv6_pools", "name metric"),
    _by_lines("backup_services.backup_block", "direction service"),
    _by_lines("backup_services.static_routes", "tag metric rui_slave"),
    _by_lines("backup_services.radius_authorization", "address vpn_instance same_as_nas_logic_ip"),
    _by_lines("backup_services.web_auth_server", "address vpn_instance"),
    _by_lines("backup_services.dhcpv6_server", "destination source vpn_instance"),
    # ---- profiles
    _by(RBP, "rbp-as-intended", "backup_profiles", "name backup_id service services mode interfaces"),
    _by(RBP, "rbp-as-intended", "backup_profiles.track.e_trunk", "e_trunk eth_trunk"),
    _by(RBP, "rbp-as-intended rbp-roles", "backup_profiles.track.vrrp", "vrid interface"),
    _by(RBP, "rbp-as-intended owned-lines", "backup_profiles.track.vrrp", "mac"),
    _by(RBP, "rbp-as-intended rbp-roles", "backup_profiles.track.vrrp6", "vrid interface"),
    _by(RBP, "rbp-as-intended owned-lines", "backup_profiles", "slave_forwarding"),
    _by_lines("backup_profiles.address_pools", "name type"),
    _by_lines("backup_profiles.nas", "logic_ip logic_port logic_sysname"),
    _by_lines("backup_profiles.traffic_backup", "interval threshold"),
    _by_lines("backup_profiles", "accounting_sysname frame_route_metric ip_pools ipv6_pools igmp_copy"),
    _by_lines("backup_profiles.ip_pool_includes", "source destination node"),
    _by_lines("backup_profiles.load_balance", "arithmetic mac_offset"),
    _by_lines("backup_profiles.remark_macs", "mac parity"),
    # ---- interfaces
    _by_service_lines(
        "interfaces",
        "name pim_sm pim_dr_priority pim_ignore_dr_state pim_ignore_assert_state pim_ipv6_sm "
        "pim_ipv6_ignore_dr_state pim_ipv6_ignore_assert_state igmp igmp_version mld mld_version "
        "igmp_snooping_backup_report igmp_snooping_router_port_vlans",
    ),
    _by_service_lines("interfaces.igmp_static_groups", "group source"),
    _by_service_lines("interfaces.multicast_track", "vrid"),
    _by_service_lines("interfaces.multicast_track.admin", "interface vrid"),
    _by_service_lines("interfaces.multicast_ipv6_track", "vrid"),
    _by_service_lines("interfaces.multicast_ipv6_track.admin", "interface vrid"),
    _by_service_lines("interfaces.track_monitor_group", "group trigger_down_weight"),
    _by_service_lines("interfaces.track_admin_vrrp", "interface vrid"),
    _by_lines("interfaces", "vrrp_recover_delay vrrp6_recover_delay"),
    *_of_groups("vrrp", "advertise"),
    *_of_groups("vrrp6", "advertise_cs", " link_local"),
    _by(
        "display vrrp interface INTERFACE verbose",
        "vrrp-as-intended owned-lines",
        "interfaces.vrrp",
        "authentication",
    ),
    _by_lines("interfaces.vrrp", "fast_resume"),
    _by_lines("interfaces.vrrp.track", "link_bfd_down"),
    _by_lines("interfaces.vrrp.track.monitor_groups", "group failure_ratio reduced link"),
    _by_lines("interfaces.vrrp.track.route_monitor_groups", "group failure_ratio reduced link"),
    _by_lines("interfaces.vrrp.track.routes", "prefix vpn_instance reduced"),
)

_WHOLE: Final[frozenset[str]] = frozenset()

SHOWN: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "mg.create",
                "mg.enable",
                "et.create",
                "et.priority",
                "et.peer-address",
                "et.peer-ipv6",
                "et.track-bfd",
                "if.e-trunk",
                "if.e-trunk-mode",
                "rbs.create",
                "rbs.peer",
                "rbs.peer-ipv6",
                "rbs.bind-ssl",
                "rbp.create",
                "rbp.service-type",
                "rbp.backup-id",
                "rbp.peer-backup",
                "rbp.e-trunk",
                "rbp.vrrp6-id",
                "if.rbp",
                "bfd.discr-local",
                "bfd.discr-remote",
                *(
                    f"{family}.{line}"
                    for family in ("vrrp", "vrrp6")
                    for line in (
                        "create",
                        "priority",
                        "preempt-delay",
                        "preempt-off",
                        "adv",
                        "adv-ms",
                        "hold",
                        "backup-forward",
                    )
                ),
            ),
            _WHOLE,
        ),
        "mg.bind": frozenset({"weight"}),
        "if.eth-trunk-join": frozenset({"mode"}),
        "rbp.vrrp-id": frozenset({"parity"}),
        "vrrp.admin": frozenset({"ignore-if-down"}),
        "vrrp6.admin": frozenset({"ignore-if-down"}),
        "bfd.bind-default": frozenset({"source-ip"}),
        "bfd.bind-ip": frozenset({"source-ip", "vpn", "slot", "auto"}),
        "bfd.bind-ip6": frozenset({"source-ipv6", "vpn", "slot", "auto"}),
    }
)
"""Rows of `inventory.lines` that displays show, with the parameters that no display surely shows."""


def as_markdown() -> str:
    """Give the table as `docs/checks.md` holds it."""
    head = "| field | display | check |\n|---|---|---|\n"
    return head + "".join(
        f"| `{path}` | {f'`{row.display}`' if row.display else '-'} | "
        f"{', '.join(f'`{name}`' for name in row.checks) or row.why} |\n"
        for row in FIELDS
        for path in row.paths
    )
