"""Rules of remote backup services and profiles, and of what they refer to.

Each row cites its dependency rule. Wordings are ours where the manual gives none.
"""

from __future__ import annotations

from emulator.rules.checks import absent, at_most, beside, exists, given, no_other, unused, when
from emulator.rules.model import Rule
from emulator.rules.objects import (
    backup_id_free,
    group_on,
    no_other_profile,
    one_main_interface,
    prefix_bound,
    profile_bound,
    serves_dhcp,
    session_by_discriminator,
    trunk_ready,
    without_dhcp,
)

_GROUP = "vrrp.create vrrp.unicast vrrp.admin"
_BRAS = (
    "rbp.ip-pool",
    "rbp.ip-pool-include",
    "rbp.nas",
    "rbp.acct-session",
    "rbp.traffic-backup",
    "rbp.frame-route",
)

RULES: tuple[Rule, ...] = (
    Rule(
        "R114",
        ("if.rbp",),
        no_other_profile,
        "Another remote backup profile is bound to the interface. Delete it first.",
    ),
    Rule(
        "R114",
        ("if.rbp",),
        one_main_interface,
        "The remote backup profile is bound to another interface.",
    ),
    Rule(
        "R117",
        ("rbp.service-type",),
        when(serves_dhcp, absent("rbp.e-trunk")),
        "The service type is supported only with VRRP or VRRP6.",
    ),
    Rule("R117", ("rbp.e-trunk",), without_dhcp, "The service type is supported only with VRRP or VRRP6."),
    Rule(
        "R1",
        ("rbp.backup-id",),
        exists("rbs.create", rbs_name="rbs-name"),
        "The remote backup service does not exist.",
    ),
    Rule("R5", ("rbp.vrrp-id",), group_on(_GROUP), "The VRRP group {vrid} does not exist on the interface."),
    Rule(
        "R6",
        ("rbp.vrrp6-id",),
        group_on("vrrp6.create vrrp6.admin"),
        "The VRRP6 group {vrid} does not exist on the interface.",
    ),
    Rule(
        "R7",
        ("if.rbp",),
        exists("rbp.create", rbp_name="rbp-name"),
        "The remote backup profile does not exist.",
    ),
    Rule(
        "R7",
        ("if.rbp",),
        profile_bound("rbp.vrrp-id", "rbp.vrrp6-id", "rbp.e-trunk"),
        "The remote backup profile is not bound to any VRRP group or E-Trunk.",
    ),
    Rule("R9", ("rbp.e-trunk",), exists("et.create", e_trunk_id="e-trunk-id"), "The E-Trunk does not exist."),
    Rule(
        "R9",
        ("rbp.e-trunk",),
        trunk_ready,
        "Eth-Trunk {eth-trunk-id} has no member interface or is not added to E-Trunk {e-trunk-id}.",
    ),
    Rule("R17", ("rbs.track-bfd",), session_by_discriminator, "The BFD session does not exist."),
    Rule(
        "R25",
        ("rbs.track-route-monitor-group", "vrrp.track-rmg"),
        exists("rmg.create", name="group"),
        "The route monitor group does not exist.",
    ),
    Rule(
        "R32", ("rbs.bind-ssl",), exists("ssl.policy", name="policy-name"), "The SSL policy does not exist."
    ),
    Rule(
        "R33",
        ("rbs.ip-pool", "rbp.ip-pool"),
        exists("bras.pool dhcp.pool", name="pool"),
        "The IP pool does not exist.",
    ),
    Rule(
        "R33",
        ("rbs.ipv6-pool", "rbp.ipv6-pool"),
        exists("bras.ipv6-pool", name="pool"),
        "The IPv6 pool does not exist.",
    ),
    Rule(
        "R33",
        ("rbs.ipv6-pool", "rbp.ipv6-pool"),
        prefix_bound,
        "The IPv6 pool is not bound to any prefix.",
    ),
    Rule("R33", ("pool.section",), beside("pool.gateway"), "The gateway of the IP pool is not configured."),
    Rule(
        "R34",
        _BRAS,
        lambda s: any(line.params.get("service") == "bras" for line in s.siblings),
        "The service type BRAS is not configured.",
    ),
    Rule(
        "R36",
        ("pool.rbp",),
        exists("rbp.create", rbp_name="rbp-name"),
        "The remote backup profile does not exist.",
    ),
    Rule(
        "R36",
        ("pool.rbp",),
        profile_bound("rbp.vrrp-id"),
        "The remote backup profile is not bound to any VRRP group.",
    ),
    Rule(
        "R42",
        ("rbp.vrrp-id",),
        no_other("rbp.vrrp-id", "vrid"),
        "The VRRP group is already bound. Delete it first.",
    ),
    Rule(
        "R42",
        ("rbp.vrrp6-id",),
        no_other("rbp.vrrp6-id", "vrid"),
        "The VRRP6 group is already bound. Delete it first.",
    ),
    Rule(
        "R46",
        ("rbs.domain-map-list",),
        no_other("rbs.domain-map-list"),
        "A domain map list has been bound to the remote backup service.",
    ),
    Rule("R48", ("ssl.cert",), no_other("ssl.cert"), "A certificate has been loaded to the SSL policy."),
    Rule(
        "R55",
        ("mg.create",),
        unused("if.track-mg vrrp.track-mg rbs.track-monitor-group", group="name"),
        "The monitor group is in use.",
        "undo",
    ),
    Rule(
        "R55",
        ("rmg.create",),
        unused("vrrp.track-rmg rbs.track-route-monitor-group", group="name"),
        "The route monitor group is in use.",
        "undo",
    ),
    Rule(
        "R56",
        ("bras.pool",),
        unused("rbs.ip-pool rbp.ip-pool", pool="name"),
        "The IP pool is in use.",
        "undo",
    ),
    Rule(
        "R64",
        ("rbs.track-if", "rbs.switchover-uplink"),
        absent("rbs.track-monitor-group", "rbs.track-route-monitor-group"),
        "The remote backup service tracks a monitor group.",
    ),
    Rule(
        "R66",
        ("rbs.create",),
        unused("rbp.backup-id", rbs_name="rbs-name"),
        "The remote backup service is in use.",
        "undo",
    ),
    Rule(
        "R66",
        ("rbp.create",),
        unused("if.rbp pool.rbp ipsec.rbp", rbp_name="rbp-name"),
        "The remote backup profile is in use.",
        "undo",
    ),
    Rule(
        "R66",
        ("ssl.policy",),
        unused("rbs.bind-ssl", policy_name="name"),
        "The SSL policy is in use.",
        "undo",
    ),
    Rule(
        "R71", ("rbp.backup-id",), backup_id_free, "The backup ID is used by another remote backup profile."
    ),
    Rule(
        "R119",
        ("rbp.peer-backup",),
        when(given("virtual"), absent("rbp.rui-slave-nofwd")),
        "The backup mode conflicts with rui-slave inbound without-forwarding.",
    ),
    Rule(
        "R119",
        ("rbp.rui-slave-nofwd",),
        lambda s: not any(line.params.get("mode") == "virtual" for line in s.siblings),
        "The backup mode is virtual.",
    ),
    Rule(
        "R131",
        ("rbs.track-if",),
        at_most(16, "rbs.track-if"),
        "The number of tracked interfaces reaches the upper limit.",
    ),
    Rule(
        "R131",
        ("rbs.track-monitor-group",),
        at_most(2, "rbs.track-monitor-group"),
        "The number of tracked monitor groups reaches the upper limit.",
    ),
    Rule(
        "R131",
        ("rbs.track-route-monitor-group",),
        at_most(2, "rbs.track-route-monitor-group"),
        "The number of tracked route monitor groups reaches the upper limit.",
    ),
    Rule(
        "R133",
        ("mg.create",),
        at_most(32, "mg.create"),
        "The number of monitor groups reaches the upper limit.",
    ),
    Rule(
        "R133",
        ("mg.bind",),
        at_most(32, "mg.bind"),
        "The number of bound interfaces reaches the upper limit.",
    ),
    Rule(
        "R134",
        ("ssl.policy",),
        at_most(4, "ssl.policy"),
        "The number of SSL policies reaches the upper limit.",
    ),
)
