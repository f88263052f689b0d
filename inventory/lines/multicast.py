"""Lines of IPv4 and IPv6 multicast in the system view and on service interfaces."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import AFFECTS, HITLESS, RESETS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import (
    BOUND,
    HERE,
    PIM,
    PIM6,
    Lead,
    Need,
    Owner,
    addresses,
    management,
    order,
)
from inventory.lines.presence import IPV6
from inventory.lines.relation import DEGRADES, OWN, STOPS, equal
from inventory.lines.values import KINDS, choice

_ASKED = (("Continue", "Y"),)  # R58: asked by default; the wording is not in the manual

MC_ENABLE = OwnedLine(
    "mc.enable",
    "system",
    "multicast routing-enable",
    "undo multicast routing-enable",
    "multicast routing-enable",
    questions=_ASKED,
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    shared=True,
)
MC6_ENABLE = OwnedLine(
    "mc6.enable",
    "system",
    "multicast ipv6 routing-enable",
    "undo multicast ipv6 routing-enable",
    "multicast ipv6 routing-enable",
    questions=_ASKED,
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
    shared=True,
)
IGS_ENABLE = OwnedLine(
    "igs.enable",
    "system",
    "igmp-snooping enable",
    "undo igmp-snooping enable",
    "igmp-snooping enable",
    questions=_ASKED,
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    shared=True,
)
SYSTEM = (
    MC_ENABLE,
    MC6_ENABLE,
    IGS_ENABLE,
)


IF_PIM_SM = OwnedLine(
    "if.pim-sm",
    "interface",
    "pim sm",
    "undo pim sm",
    "pim sm",
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    needs=(Need("R27", ("mc.enable",)),),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_PIM6_SM = OwnedLine(
    "if.pim6-sm",
    "interface",
    "pim ipv6 sm",
    "undo pim ipv6 sm",
    "pim ipv6 sm",
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
    needs=(Need("R27", ("mc6.enable",)),),
    belongs=(Owner("multicast", ("@interface",)),),
    relies=(IPV6,),
)
IF_PIM_DR = OwnedLine(
    "if.pim-dr",
    "interface",
    "pim hello-option dr-priority <n>",
    "undo pim hello-option dr-priority",
    "pim hello-option dr-priority",
    default={"n": "1"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, replaces=True),
    relation=OWN,
    needs=(PIM,),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_PIM_IGNORE_DR = OwnedLine(
    "if.pim-ignore-dr",
    "interface",
    "pim ignore dr-state",
    "undo pim ignore dr-state",
    "pim ignore dr-state",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    needs=(PIM,),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_PIM_IGNORE_ASSERT = OwnedLine(
    "if.pim-ignore-assert",
    "interface",
    "pim ignore assert-state",
    "undo pim ignore assert-state",
    "pim ignore assert-state",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    needs=(PIM,),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_PIM6_IGNORE = OwnedLine(
    "if.pim6-ignore",
    "interface",
    "pim ipv6 ignore <state>",
    "undo pim ipv6 ignore <state>",
    "pim ipv6 ignore",
    key=("state",),
    kinds={"state": choice("dr-state", "assert-state")},
    impact=(UNSAID, UNSAID),
    evidence=said(GUIDE),
    relation=equal(DEGRADES),
    needs=(PIM6,),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_IGMP = OwnedLine(
    "if.igmp",
    "interface",
    "igmp enable",
    "undo igmp enable",
    "igmp enable",
    questions=_ASKED,
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    needs=(Need("R27", ("mc.enable",)), order("R28", "if.pim-sm")),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_IGMP_VERSION = OwnedLine(
    "if.igmp-version",
    "interface",
    "igmp version <version>",
    "undo igmp version",
    "igmp version",
    default={"version": "2"},
    impact=(RESETS, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    needs=(order("R28", "if.pim-sm"), order("R28", "if.igmp")),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_IGMP_STATIC = OwnedLine(
    "if.igmp-static",
    "interface",
    "igmp static-group <group> [ inc-step-mask <mask> number <n> ] [ source <source> ]",
    "undo igmp static-group <group> [ inc-step-mask <mask> number <n> ] [ source <source> ]",
    "igmp static-group",
    key=("group", "source"),
    kinds={"group": KINDS["ipv4"], "source": KINDS["ipv4"]},
    undo_first="igmp static-group",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    needs=(order("R28", "if.pim-sm"), order("R28", "if.igmp")),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_MLD = OwnedLine(
    "if.mld",
    "interface",
    "mld enable",
    "undo mld enable",
    "mld enable",
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
    needs=(Need("R27", ("mc6.enable",)), Need("R28", ("if.pim6-sm",), HERE)),
    belongs=(Owner("multicast", ("@interface",)),),
    relies=(IPV6,),
)
IF_MLD_VERSION = OwnedLine(
    "if.mld-version",
    "interface",
    "mld version <version>",
    "undo mld version",
    "mld version",
    default={"version": "2"},
    impact=(RESETS, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    needs=(order("R28", "if.mld"),),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_MC_TRACK_VRRP = OwnedLine(
    "if.mc-track-vrrp",
    "interface",
    "multicast track vrrp vrid <vrid>",
    "undo multicast track vrrp",
    "multicast track vrrp",
    slot="if.mc-track",
    undo_first="R120",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
    needs=(addresses("vrrp"), PIM),
    belongs=(Owner("multicast", ("@interface",)),),
    leads=(Lead(Owner("vrrp", ("@interface", "vrid")), of=(BOUND,)),),
)
IF_MC_TRACK_ADMIN = OwnedLine(
    "if.mc-track-admin",
    "interface",
    "multicast track admin-vrrp interface <interface> vrid <vrid>",
    "undo multicast track admin-vrrp",
    "multicast track admin-vrrp",
    slot="if.mc-track",
    undo_first="R120",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS, "interface"),
    needs=(management("vrrp", "R24", "vrid"), PIM),
    belongs=(Owner("multicast", ("@interface",)),),
)
IF_MC6_TRACK_VRRP = OwnedLine(
    "if.mc6-track-vrrp",
    "interface",
    "multicast ipv6 track vrrp6 vrid <vrid>",
    "undo multicast ipv6 track vrrp6",
    "multicast ipv6 track vrrp6",
    slot="if.mc6-track",
    undo_first="R120",
    impact=(UNSAID, UNSAID),
    evidence=said(GUIDE),
    relation=equal(STOPS),
    needs=(addresses("vrrp6"), PIM6),
    belongs=(Owner("multicast", ("@interface",)),),
    leads=(Lead(Owner("vrrp6", ("@interface", "vrid")), of=(BOUND,)),),
)
IF_MC6_TRACK_ADMIN = OwnedLine(
    "if.mc6-track-admin",
    "interface",
    "multicast ipv6 track admin-vrrp6 interface <interface> vrid <vrid>",
    "undo multicast ipv6 track admin-vrrp6",
    "multicast ipv6 track admin-vrrp6",
    slot="if.mc6-track",
    undo_first="R120",
    impact=(UNSAID, UNSAID),
    evidence=said(GUIDE),
    relation=equal(STOPS, "interface"),
    needs=(management("vrrp6", "R24", "vrid"), PIM6),
    belongs=(Owner("multicast", ("@interface",)),),
)
INTERFACE = (
    IF_PIM_SM,
    IF_PIM6_SM,
    IF_PIM_DR,
    IF_PIM_IGNORE_DR,
    IF_PIM_IGNORE_ASSERT,
    IF_PIM6_IGNORE,
    IF_IGMP,
    IF_IGMP_VERSION,
    IF_IGMP_STATIC,
    IF_MLD,
    IF_MLD_VERSION,
    IF_MC_TRACK_VRRP,
    IF_MC_TRACK_ADMIN,
    IF_MC6_TRACK_VRRP,
    IF_MC6_TRACK_ADMIN,
)
