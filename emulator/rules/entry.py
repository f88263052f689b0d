"""Rules that are checked when a line is entered, in the order of their ids.

A line that refers to an object needs it first; what can't be changed in place must be undone first; what is referred to
can't be deleted. Wordings are ours where the manual gives none.
"""

from __future__ import annotations

from functools import lru_cache

from emulator.rules.checks import absent, at_most, beside, every, exists, first_of, no_other, unused, when
from emulator.rules.interfaces import (
    distinct_address,
    free_vlan,
    has_address6,
    host_address,
    ip_free_port,
    is_sub,
    keeps_mode,
    mode_of,
    no_secondary,
    other_interface,
    peer_is_remote,
    switchable,
)
from emulator.rules.model import Check, Rule
from emulator.rules.objects import (
    admin_group,
    backup_id_free,
    group_on,
    link_local_first,
    profile_bound,
    same_session,
    session_by_discriminator,
    session_to_track,
    static_session,
    trunk_free,
    trunk_ready,
)

_GROUP = "vrrp.create vrrp.unicast vrrp.admin"
_VRRP = tuple(
    f"vrrp.{name}"
    for name in (
        "priority preempt-delay preempt-off adv adv-ms hold track-if track-bfd track-admin track-mg track-rmg track-link-bfd "
        "track-route auth fast-resume backup-forward init-hold"
    ).split()
)
_VRRP6 = tuple(
    f"vrrp6.{name}"
    for name in "priority preempt-delay preempt-off adv adv-ms hold track-if track-bfd track-admin backup-forward init-hold".split()
)
_SESSIONS = (
    "bfd.bind-ip",
    "bfd.bind-default",
    "bfd.bind-track-if",
    "bfd.bind-ip6",
    "bfd.bind-ip6-track",
    "bfd.one-arm",
)
_BRAS = (
    "rbp.ip-pool",
    "rbp.ip-pool-include",
    "rbp.nas",
    "rbp.acct-session",
    "rbp.traffic-backup",
    "rbp.frame-route",
)
_LACP = ("if.lacp-timeout", "if.lacp-preempt", "if.lacp-preempt-delay", "if.lacp-et-prio", "if.lacp-sysid")
_SNOOPING = (
    "igs.enable-vlan",
    "igs.inst",
    "igs.version",
    "igs.proxy",
    "igs.querier",
    "if.igs-router-port",
    "vsi.l2mc-backup",
)
_IPV6 = ("if.ipv6-addr", "if.ipv6-ll", "if.isis6", "if.ospfv3", "if.pim6-sm", "if.mld")


def _given(name: str) -> Check:
    return lambda s: bool(s.param(name))


ENTRY_RULES: tuple[Rule, ...] = (
    Rule("R1", ("rbp.backup-id",), exists("rbs.create", rbs_name="rbs-name"), "The remote backup service does not exist."),
    Rule("R5", ("rbp.vrrp-id",), group_on(_GROUP), "The VRRP group {vrid} does not exist on the interface."),
    Rule("R6", ("rbp.vrrp6-id",), group_on("vrrp6.create vrrp6.admin"), "The VRRP6 group {vrid} does not exist on the interface."),
    Rule("R7", ("if.rbp",), exists("rbp.create", rbp_name="rbp-name"), "The remote backup profile does not exist."),
    Rule("R7", ("if.rbp",), profile_bound("rbp.vrrp-id", "rbp.vrrp6-id", "rbp.e-trunk"),
         "The remote backup profile is not bound to any VRRP group or E-Trunk."),
    Rule("R9", ("rbp.e-trunk",), exists("et.create", e_trunk_id="e-trunk-id"), "The E-Trunk does not exist."),
    Rule("R9", ("rbp.e-trunk",), trunk_ready, "Eth-Trunk {eth-trunk-id} has no member interface or is not added to E-Trunk {e-trunk-id}."),
    Rule("R10", ("if.e-trunk", "if.e-trunk-gve"), exists("et.create", e_trunk_id="e-trunk-id"), "The E-Trunk does not exist."),
    Rule("R11", ("if.eth-trunk-join",), lambda s: s.interface(f"Eth-Trunk{s.param('trunk-id')}") is not None,
         "The Eth-Trunk does not exist."),
    Rule("R11", ("if.eth-trunk-join",), ip_free_port, "The interface has other configurations. Delete them first."),
    Rule("R12", ("if.e-trunk-mode",), beside("if.e-trunk if.e-trunk-gve"), "The interface is not added to any E-Trunk."),
    Rule("R14", (*_SESSIONS, "et.bfd-enable", "vrrp.track-bfd", "vrrp6.track-bfd"), exists("bfd.global"), "BFD is not enabled globally."),
    Rule("R15", ("bfd.bind-ip",), when(_given("auto"), _given("source-ip")), "The source IP address must be specified for an automatic session."),
    Rule("R15", ("bfd.bind-ip6",), when(_given("auto"), _given("source-ipv6")), "The source IPv6 address must be specified for an automatic session."),
    Rule("R16", ("et.track-bfd",), static_session("bfd-name"), "The static BFD session does not exist."),
    Rule("R17", ("rbs.track-bfd",), session_by_discriminator, "The BFD session does not exist."),
    Rule("R18", ("vrrp.track-bfd", "vrrp6.track-bfd"), session_to_track, "The BFD session does not exist."),
    Rule("R19", _VRRP, beside(_GROUP, vrid="vrid"), "The VRRP group does not exist."),
    Rule("R19", _VRRP6, beside("vrrp6.create vrrp6.admin", vrid="vrid"), "The VRRP6 group does not exist."),
    Rule("R21", ("vrrp.track-admin", "if.track-admin"), admin_group("vrrp.admin"), "The mVRRP group does not exist."),
    Rule("R21", ("vrrp6.track-admin",), admin_group("vrrp6.admin"), "The mVRRP6 group does not exist."),
    Rule("R22", ("vrrp6.create",), every(beside("if.ipv6"), has_address6), "IPv6 is not enabled or no IPv6 address is configured on the interface."),
    Rule("R22", ("vrrp6.create",), link_local_first, "The first virtual IPv6 address must be a link-local address."),
    Rule("R23", ("vrrp6.track-admin", "if.track-admin"), other_interface, "The mVRRP group must be on another interface."),
    Rule("R25", ("rbs.track-monitor-group", "vrrp.track-mg", "if.track-mg"), exists("mg.create", name="group"), "The monitor group does not exist."),
    Rule("R25", ("rbs.track-route-monitor-group", "vrrp.track-rmg"), exists("rmg.create", name="group"), "The route monitor group does not exist."),
    Rule("R27", ("pim.view", "if.pim-sm", "if.igmp"), exists("mc.enable"), "Multicast routing is not enabled."),
    Rule("R27", ("pim6.view", "if.pim6-sm", "if.mld"), exists("mc6.enable"), "IPv6 multicast routing is not enabled."),
    Rule("R28", ("if.mld",), beside("if.pim6-sm"), "PIM is not enabled on the interface."),
    Rule("R29", ("if.pim-ignore-dr", "if.pim-ignore-assert"), beside("if.pim-sm"), "PIM is not enabled on the interface."),
    Rule("R29", ("if.pim6-ignore",), beside("if.pim6-sm"), "PIM is not enabled on the interface."),
    Rule("R30", (*_SNOOPING, "if.igs-backup-report"), exists("igs.enable"), "IGMP snooping is not enabled globally."),
    Rule("R31", ("if.igs-backup-report",), beside("if.l2-vsi"), "The interface is not bound to any VSI."),
    Rule("R32", ("rbs.bind-ssl",), exists("ssl.policy", name="policy-name"), "The SSL policy does not exist."),
    Rule("R33", ("rbs.ip-pool", "rbp.ip-pool"), exists("bras.pool dhcp.pool", name="pool"), "The IP pool does not exist."),
    Rule("R33", ("rbs.ipv6-pool", "rbp.ipv6-pool"), exists("bras.ipv6-pool", name="pool"), "The IPv6 pool does not exist."),
    Rule("R33", ("pool.section",), beside("pool.gateway"), "The gateway of the IP pool is not configured."),
    Rule("R34", _BRAS, lambda s: any(line.params.get("service") == "bras" for line in s.siblings), "The service type BRAS is not configured."),
    Rule("R36", ("pool.rbp",), exists("rbp.create", rbp_name="rbp-name"), "The remote backup profile does not exist."),
    Rule("R36", ("pool.rbp",), profile_bound("rbp.vrrp-id"), "The remote backup profile is not bound to any VRRP group."),
    Rule("R37", ("lacp.sysprio",), beside("lacp.prio-mode"), "The LACP priority mode is not system priority."),
    Rule("R37", ("if.lacp-preempt-delay",), beside("if.lacp-preempt"), "LACP preemption is not enabled."),
    Rule("R37", _LACP, lambda s: mode_of(s.siblings) == "lacp-static", "The Eth-Trunk does not work in static LACP mode."),
    Rule("R38", ("if.mac",), when(is_sub, beside("if.vlan-type")), "The VLAN type is not configured on the sub-interface."),
    Rule("R39", _IPV6, beside("if.ipv6"), "IPv6 is not enabled on the interface."),
    Rule("R40", ("if.mode",), first_of(keeps_mode, absent("if.e-trunk")), "The Eth-Trunk has been added to an E-Trunk. Remove it first.", "both"),
    Rule("R40", ("if.mode",), first_of(keeps_mode, trunk_free), "The Eth-Trunk has member interfaces. Remove them first.", "both"),
    Rule("R41", ("if.eth-trunk-join",), lambda s: all(line.params["trunk-id"] == s.param("trunk-id") for line in s.siblings if line.command == "if.eth-trunk-join"),
         "The interface has been added to another Eth-Trunk."),
    Rule("R42", ("rbp.vrrp-id",), no_other("rbp.vrrp-id", "vrid"), "The VRRP group is already bound. Delete it first."),
    Rule("R42", ("rbp.vrrp6-id",), no_other("rbp.vrrp6-id", "vrid"), "The VRRP6 group is already bound. Delete it first."),
    Rule("R43", ("vrrp.track-bfd",), no_other("vrrp.track-bfd", "vrid", "discr", "bfd-name"), "The type of the tracked BFD session cannot be changed."),
    Rule("R43", ("vrrp6.track-bfd",), no_other("vrrp6.track-bfd", "vrid", "discr", "bfd-name"), "The type of the tracked BFD session cannot be changed."),
    Rule("R44", ("vrrp.create",), lambda s: not beside("vrrp.unicast", vrid="vrid")(s), "The VRRP group is a unicast VRRP group."),
    Rule("R45", ("bfd.default-ip",), lambda s: not exists("bfd.bind-default")(s), "A BFD session that uses the default multicast address exists.", "both"),
    Rule("R46", ("rbs.domain-map-list",), no_other("rbs.domain-map-list"), "A domain map list has been bound to the remote backup service."),
    Rule("R48", ("ssl.cert",), no_other("ssl.cert"), "A certificate has been loaded to the SSL policy."),
    Rule("R50", _SESSIONS, same_session, "The BFD session already exists."),
    Rule("R53", ("if.portswitch",), switchable, "The interface has other configurations. Delete them first.", "both"),
    Rule("R55", ("mg.create",), unused("if.track-mg vrrp.track-mg rbs.track-monitor-group", group="name"), "The monitor group is in use.", "undo"),
    Rule("R55", ("rmg.create",), unused("vrrp.track-rmg rbs.track-route-monitor-group", group="name"), "The route monitor group is in use.", "undo"),
    Rule("R56", ("bras.pool",), unused("rbs.ip-pool rbp.ip-pool", pool="name"), "The IP pool is in use.", "undo"),
    Rule("R64", ("rbs.track-if", "rbs.switchover-uplink"), absent("rbs.track-monitor-group", "rbs.track-route-monitor-group"),
         "The remote backup service tracks a monitor group."),
    Rule("R65", ("if.ip",), when(_given("sub"), lambda s: any("sub" not in line.params for line in s.siblings if line.command == "if.ip")),
         "The primary IP address must be configured first."),
    Rule("R65", ("if.ip",), no_secondary, "Delete the secondary IP addresses first.", "undo"),
    Rule("R66", ("rbs.create",), unused("rbp.backup-id", rbs_name="rbs-name"), "The remote backup service is in use.", "undo"),
    Rule("R66", ("rbp.create",), unused("if.rbp pool.rbp ipsec.rbp", rbp_name="rbp-name"), "The remote backup profile is in use.", "undo"),
    Rule("R66", ("et.create",), unused("if.e-trunk if.e-trunk-gve rbp.e-trunk", e_trunk_id="e-trunk-id"), "The E-Trunk has members or is in use.", "undo"),
    Rule("R66", _SESSIONS, unused("et.track-bfd vrrp.track-bfd vrrp6.track-bfd", bfd_name="name"), "The BFD session is in use.", "undo"),
    Rule("R66", ("ssl.policy",), unused("rbs.bind-ssl", policy_name="name"), "The SSL policy is in use.", "undo"),
    Rule("R66", ("if.enter",), lambda s: trunk_free(s), "The Eth-Trunk has member interfaces. Remove them first.", "undo"),
    Rule("R71", ("rbp.backup-id",), backup_id_free, "The backup ID is used by another remote backup profile."),
    Rule("R93", ("bfd.bind-ip", "bfd.bind-track-if", "bfd.bind-ip6", "bfd.bind-ip6-track"), peer_is_remote,
         "The IP address configured for the peer is the local IP address."),
    Rule("R119", ("rbp.peer-backup",), when(_given("virtual"), absent("rbp.rui-slave-nofwd")), "The backup mode conflicts with rui-slave inbound without-forwarding."),
    Rule("R119", ("rbp.rui-slave-nofwd",), lambda s: not any(line.params.get("mode") == "virtual" for line in s.siblings),
         "The backup mode is virtual."),
    Rule("R120", ("if.mc-track-vrrp",), absent("if.mc-track-admin"), "The interface tracks an mVRRP group."),
    Rule("R120", ("if.mc-track-admin",), absent("if.mc-track-vrrp"), "The interface tracks a VRRP group."),
    Rule("R120", ("if.mc6-track-vrrp",), absent("if.mc6-track-admin"), "The interface tracks an mVRRP6 group."),
    Rule("R120", ("if.mc6-track-admin",), absent("if.mc6-track-vrrp"), "The interface tracks a VRRP6 group."),
    Rule("R128", ("igs.proxy",), absent("igs.querier"), "The IGMP snooping querier is enabled."),
    Rule("R128", ("igs.querier",), absent("igs.proxy"), "IGMP snooping proxy is enabled."),
    Rule("R129", ("if.ip",), host_address, "The specified IP address is invalid."),
    Rule("R129", ("if.ip",), distinct_address, "The address already exists."),
    Rule("R129", ("if.ip",), absent("if.eth-trunk-join"), "The interface is a member of an Eth-Trunk."),
    Rule("R130", ("if.vlan-type",), free_vlan, "The VLAN is used by another sub-interface."),
    Rule("R131", ("rbs.track-if",), at_most(16, "rbs.track-if"), "The number of tracked interfaces reaches the upper limit."),
    Rule("R131", ("rbs.track-monitor-group",), at_most(2, "rbs.track-monitor-group"), "The number of tracked monitor groups reaches the upper limit."),
    Rule("R131", ("rbs.track-route-monitor-group",), at_most(2, "rbs.track-route-monitor-group"),
         "The number of tracked route monitor groups reaches the upper limit."),
    Rule("R133", ("mg.create",), at_most(32, "mg.create"), "The number of monitor groups reaches the upper limit."),
    Rule("R133", ("mg.bind",), at_most(32, "mg.bind"), "The number of bound interfaces reaches the upper limit."),
    Rule("R134", ("ssl.policy",), at_most(4, "ssl.policy"), "The number of SSL policies reaches the upper limit."),
)  # fmt: skip


@lru_cache(maxsize=1024)
def governing(command: str, *, undo: bool) -> tuple[Rule, ...]:
    """Give the rules for a command and its undo form."""
    when_undone = ("undo", "both") if undo else ("line", "both")
    return tuple(rule for rule in ENTRY_RULES if command in rule.commands and rule.on in when_undone)
