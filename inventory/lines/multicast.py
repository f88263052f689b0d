"""Lines of IPv4 and IPv6 multicast on service interfaces, and of IGMP snooping."""

from __future__ import annotations

from inventory.lines.line import OwnedLine
from inventory.lines.values import KINDS, choice

_ASKED = (("Continue", "Y"),)  # R58: asked by default; the wording is not in the manual

SYSTEM = (
    OwnedLine(
        "mc.enable",
        "system",
        "multicast routing-enable",
        "undo multicast routing-enable",
        "multicast routing-enable",
        questions=_ASKED,
    ),
    OwnedLine(
        "mc6.enable",
        "system",
        "multicast ipv6 routing-enable",
        "undo multicast ipv6 routing-enable",
        "multicast ipv6 routing-enable",
        questions=_ASKED,
    ),
    OwnedLine(
        "igs.enable",
        "system",
        "igmp-snooping enable",
        "undo igmp-snooping enable",
        "igmp-snooping enable",
        questions=_ASKED,
    ),
)


def _snooping(prefix: str, view: str) -> tuple[OwnedLine, ...]:
    return (
        OwnedLine(
            f"{prefix}.inst",
            view,
            "igmp-snooping enable",
            "undo igmp-snooping enable",
            "igmp-snooping enable",
        ),
        OwnedLine(
            f"{prefix}.version",
            view,
            "igmp-snooping version <n>",
            "undo igmp-snooping version",
            "igmp-snooping version",
            default={"n": "2"},
        ),
        OwnedLine(
            f"{prefix}.proxy", view, "igmp-snooping proxy", "undo igmp-snooping proxy", "igmp-snooping proxy"
        ),
        OwnedLine(
            f"{prefix}.querier",
            view,
            "igmp-snooping querier enable",
            "undo igmp-snooping querier enable",
            "igmp-snooping querier enable",
        ),
    )


VLAN = (
    OwnedLine(
        "vlan.enter",
        "system",
        "vlan <vlan>",
        "",
        "vlan",
        key=("vlan",),
        opens="vlan",
        suffix="-vlan<vlan>",
        kinds={"vlan": KINDS["integer"]},
        holder=True,
    ),
    *_snooping("igs", "vlan"),
)
VSI = (
    OwnedLine(
        "vsi.enter",
        "system",
        "vsi <vsi> [ <signalling> ] [ bd-mode ]",
        "",
        "vsi",
        key=("vsi",),
        opens="vsi",
        suffix="-vsi-<vsi>",
        enter="vsi <vsi>",
        kinds={"signalling": choice("static", "auto")},
        holder=True,
    ),
    *_snooping("vsi.igs", "vsi"),
    OwnedLine(
        "vsi.l2mc-backup",
        "vsi",
        "l2-multicast <direction> forward [ source-mac-replace ]",
        "undo l2-multicast <direction> forward",
        "l2-multicast backup-report forward",
        key=("direction",),
        kinds={"direction": choice("backup-report", "backup-query")},
    ),
)

INTERFACE = (
    OwnedLine("if.pim-sm", "interface", "pim sm", "undo pim sm", "pim sm"),
    OwnedLine("if.pim6-sm", "interface", "pim ipv6 sm", "undo pim ipv6 sm", "pim ipv6 sm"),
    OwnedLine(
        "if.pim-dr",
        "interface",
        "pim hello-option dr-priority <n>",
        "undo pim hello-option dr-priority",
        "pim hello-option dr-priority",
        default={"n": "1"},
    ),
    OwnedLine(
        "if.pim-ignore-dr",
        "interface",
        "pim ignore dr-state",
        "undo pim ignore dr-state",
        "pim ignore dr-state",
    ),
    OwnedLine(
        "if.pim-ignore-assert",
        "interface",
        "pim ignore assert-state",
        "undo pim ignore assert-state",
        "pim ignore assert-state",
    ),
    OwnedLine(
        "if.pim6-ignore",
        "interface",
        "pim ipv6 ignore <state>",
        "undo pim ipv6 ignore <state>",
        "pim ipv6 ignore",
        key=("state",),
        kinds={"state": choice("dr-state", "assert-state")},
    ),
    OwnedLine("if.igmp", "interface", "igmp enable", "undo igmp enable", "igmp enable", questions=_ASKED),
    OwnedLine(
        "if.igmp-version",
        "interface",
        "igmp version <version>",
        "undo igmp version",
        "igmp version",
        default={"version": "2"},
    ),
    OwnedLine(
        "if.igmp-static",
        "interface",
        "igmp static-group <group> [ inc-step-mask <mask> number <n> ] [ source <source> ]",
        "undo igmp static-group <group> [ inc-step-mask <mask> number <n> ] [ source <source> ]",
        "igmp static-group",
        key=("group", "source"),
        kinds={"group": KINDS["ipv4"], "source": KINDS["ipv4"]},
        undo_first="igmp static-group",
    ),
    OwnedLine("if.mld", "interface", "mld enable", "undo mld enable", "mld enable"),
    OwnedLine(
        "if.mld-version",
        "interface",
        "mld version <version>",
        "undo mld version",
        "mld version",
        default={"version": "2"},
    ),
    OwnedLine(
        "if.mc-track-vrrp",
        "interface",
        "multicast track vrrp vrid <vrid>",
        "undo multicast track vrrp",
        "multicast track vrrp",
        slot="if.mc-track",
        undo_first="R120",
    ),
    OwnedLine(
        "if.mc-track-admin",
        "interface",
        "multicast track admin-vrrp interface <interface> vrid <vrid>",
        "undo multicast track admin-vrrp",
        "multicast track admin-vrrp",
        slot="if.mc-track",
        undo_first="R120",
    ),
    OwnedLine(
        "if.mc6-track-vrrp",
        "interface",
        "multicast ipv6 track vrrp6 vrid <vrid>",
        "undo multicast ipv6 track vrrp6",
        "multicast ipv6 track vrrp6",
        slot="if.mc6-track",
        undo_first="R120",
    ),
    OwnedLine(
        "if.mc6-track-admin",
        "interface",
        "multicast ipv6 track admin-vrrp6 interface <interface> vrid <vrid>",
        "undo multicast ipv6 track admin-vrrp6",
        "multicast ipv6 track admin-vrrp6",
        slot="if.mc6-track",
        undo_first="R120",
    ),
    OwnedLine(
        "if.igs-backup-report",
        "interface",
        "igmp-snooping backup-report forward",
        "undo igmp-snooping backup-report forward",
        "igmp-snooping backup-report forward",
    ),
    OwnedLine(
        "if.igs-router-port",
        "interface",
        "igmp-snooping static-router-port vlan <vid>",
        "undo igmp-snooping static-router-port vlan <vid>",
        "igmp-snooping static-router-port",
        key=("vid",),
    ),
)
