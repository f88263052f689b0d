"""Rules of multicast, snooping and addresses of interfaces.

Each row cites its dependency rule. Wordings are ours where the manual gives none.
"""

from __future__ import annotations

from emulator.rules.checks import absent, beside, exists, given, when
from emulator.rules.interfaces import distinct_address, free_vlan, host_address, is_sub, no_secondary
from emulator.rules.model import Rule

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
_LAYER3 = ("if.ip", "if.ipv6")
_TAGGED = "if.vlan-type if.dot1q-term if.user-vlan if.control-vid if.encap-dot1q"

RULES: tuple[Rule, ...] = (
    Rule(
        "R27", ("pim.view", "if.pim-sm", "if.igmp"), exists("mc.enable"), "Multicast routing is not enabled."
    ),
    Rule(
        "R27",
        ("pim6.view", "if.pim6-sm", "if.mld"),
        exists("mc6.enable"),
        "IPv6 multicast routing is not enabled.",
    ),
    Rule("R28", ("if.mld",), beside("if.pim6-sm"), "PIM is not enabled on the interface."),
    Rule(
        "R29",
        ("if.pim-ignore-dr", "if.pim-ignore-assert"),
        beside("if.pim-sm"),
        "PIM is not enabled on the interface.",
    ),
    Rule("R29", ("if.pim6-ignore",), beside("if.pim6-sm"), "PIM is not enabled on the interface."),
    Rule(
        "R30",
        (*_SNOOPING, "if.igs-backup-report"),
        exists("igs.enable"),
        "IGMP snooping is not enabled globally.",
    ),
    Rule("R31", ("if.igs-backup-report",), beside("if.l2-vsi"), "The interface is not bound to any VSI."),
    Rule(
        "R38",
        ("if.mac",),
        when(is_sub, beside("if.vlan-type")),
        "The VLAN type is not configured on the sub-interface.",
    ),
    Rule(
        "R38",
        _LAYER3,
        when(is_sub, beside(_TAGGED)),
        "The VLAN type is not configured on the sub-interface.",
    ),
    Rule("R39", _IPV6, beside("if.ipv6"), "IPv6 is not enabled on the interface."),
    Rule(
        "R65",
        ("if.ip",),
        when(
            given("sub"),
            lambda s: any("sub" not in line.params for line in s.siblings if line.command == "if.ip"),
        ),
        "The primary IP address must be configured first.",
    ),
    Rule("R65", ("if.ip",), no_secondary, "Delete the secondary IP addresses first.", "undo"),
    Rule("R128", ("igs.proxy",), absent("igs.querier"), "The IGMP snooping querier is enabled."),
    Rule("R128", ("igs.querier",), absent("igs.proxy"), "IGMP snooping proxy is enabled."),
    Rule("R129", ("if.ip",), host_address, "The specified IP address is invalid."),
    Rule("R129", ("if.ip",), distinct_address, "The address already exists."),
    Rule("R129", ("if.ip",), absent("if.eth-trunk-join"), "The interface is a member of an Eth-Trunk."),
    Rule("R130", ("if.vlan-type",), free_vlan, "The VLAN is used by another sub-interface."),
)
