"""Lines that make VRRP groups and interfaces follow something, and those that only VRRP of IPv4 has."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, Sources, said
from inventory.lines.impact import UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import (
    BOUND,
    TRACKED_DISCRIMINATOR,
    TRACKED_SESSION,
    TRUNK,
    Lead,
    Need,
    Owner,
    addresses,
    group,
    group_of,
    grouped,
    management,
)
from inventory.lines.relation import ADVICE, DEGRADES, OWN, STOPS, equal
from inventory.lines.values import choice

_CHANGE = choice("increased", "reduced")
_LINK = choice("peer", "link")


def in_examples(family: str, *, replaces: bool = False) -> Sources:
    """Say that a line stands in the guide's examples, which are of VRRP for IPv4."""
    return said(REFERENCE, *([GUIDE] if family == "vrrp" else []), replaces=replaces)


def tracks(family: str) -> tuple[OwnedLine, OwnedLine, OwnedLine]:
    """What a group follows: its mVRRP group, interfaces, BFD sessions."""
    admin = "admin-vrrp" if family == "vrrp" else "admin-vrrp6"
    (own,), management_group = group_of(family), Owner(family, ("interface", "admin-vrid"))
    return (
        OwnedLine(
            f"{family}.track-admin",
            "interface",
            f"{family} vrid <vrid> track {admin} interface <interface> vrid <admin-vrid> [ unflowdown ]",
            f"undo {family} vrid <vrid> track {admin}",
            f"{family} vrid track {admin}",
            key=("vrid",),
            undo_first="R67",
            impact=(UNSAID, UNSAID),
            evidence=said(REFERENCE),
            relation=equal(DEGRADES, "interface"),
            needs=(group(family), management(family, "R21", "admin-vrid")),
            apart_from_group=True,
            belongs=group_of(family),
            leads=(Lead(management_group, alone=True), Lead(own, of=(management_group, BOUND))),
        ),
        OwnedLine(
            f"{family}.track-if",
            "interface",
            f"{family} vrid <vrid> track interface <interface> [ <change> <n> ]",
            f"undo {family} vrid <vrid> track interface <interface>",
            f"{family} vrid track interface",
            key=("vrid", "interface"),
            kinds={"change": _CHANGE},
            undo_first="R67",
            impact=(UNSAID, UNSAID),
            evidence=in_examples(family),
            relation=OWN,
            needs=(group(family),),
            apart_from_group=True,
            belongs=group_of(family),
        ),
        OwnedLine(
            f"{family}.track-bfd",
            "interface",
            f"{family} vrid <vrid> track bfd-session [ <discr> ] [ session-name <bfd-name> ] "
            "[ <change> <n> ] [ <type> ]",
            f"undo {family} vrid <vrid> track bfd-session [ <discr> ] [ session-name <bfd-name> ]",
            f"{family} vrid track bfd-session",
            key=("vrid", "discr", "bfd-name"),
            kinds={"change": _CHANGE, "type": _LINK},
            undo_first="R43",
            impact=(UNSAID, UNSAID),
            evidence=in_examples(family),
            relation=OWN,
            needs=(*TRACKED_SESSION, TRACKED_DISCRIMINATOR, group(family)),
            apart_from_group=True,
            belongs=group_of(family),
            watches=("bfd-name", "discr"),
        ),
    )


def _followed(kind: str, word: str) -> OwnedLine:
    return OwnedLine(
        f"vrrp.{kind}",
        "interface",
        f"vrrp vrid <vrid> track {word} <group> failure-ratio <percent> [ link ] [ reduced <n> ]",
        f"undo vrrp vrid <vrid> track {word} <group>",
        f"vrrp vrid track {word}",
        key=("vrid", "group"),
        undo_first="R67",
        impact=(UNSAID, UNSAID),
        evidence=said(REFERENCE),
        relation=OWN,
        needs=(group("vrrp"), Need("R25", (f"{kind.removeprefix('track-')}.create",), {"group": "name"})),
        apart_from_group=True,
        belongs=group_of("vrrp"),
        watches=("group",),
    )


VRRP_TRACK_MG = _followed("track-mg", "monitor-group")
VRRP_TRACK_RMG = _followed("track-rmg", "route-monitor-group")
VRRP_TRACK_LINK_BFD = OwnedLine(
    "vrrp.track-link-bfd",
    "interface",
    "vrrp vrid <vrid> track link-bfd down-number <n>",
    "undo vrrp vrid <vrid> track link-bfd",
    "vrrp vrid track link-bfd",
    key=("vrid",),
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=OWN,
    needs=(group("vrrp"),),
    apart_from_group=True,
    belongs=group_of("vrrp"),
)
VRRP_TRACK_ROUTE = OwnedLine(
    "vrrp.track-route",
    "interface",
    "vrrp vrid <vrid> track ip route <ip> <mask> [ vpn-instance <vpn> ] [ reduced <n> ]",
    "undo vrrp vrid <vrid> track ip route <ip> <mask> [ vpn-instance <vpn> ]",
    "vrrp vrid track ip route",
    key=("vrid", "ip", "mask", "vpn"),
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=OWN,
    needs=(group("vrrp"),),
    apart_from_group=True,
    belongs=group_of("vrrp"),
)
VRRP_FAST_RESUME = OwnedLine(
    "vrrp.fast-resume",
    "interface",
    "vrrp vrid <vrid> fast-resume",
    "undo vrrp vrid <vrid> fast-resume",
    "vrrp vrid fast-resume",
    key=("vrid",),
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    needs=(addresses("vrrp"),),
    belongs=group_of("vrrp"),
)
VRRP_AUTH = OwnedLine(
    "vrrp.auth",
    "interface",
    "vrrp vrid <vrid> authentication-mode <method> <key>",
    "undo vrrp vrid <vrid> authentication-mode",
    "vrrp vrid authentication-mode (Interface view)",
    key=("vrid",),
    kinds={"method": choice("simple plain", "simple cipher", "simple", "md5")},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
    needs=(group("vrrp"),),
    belongs=group_of("vrrp"),
)
_TAKEN_DOWN = (BOUND, TRUNK, grouped("vrrp"), grouped("vrrp6"))
"""Interfaces whose users or roles go where a line takes the interface down."""
IF_TRACK_ADMIN = OwnedLine(
    "if.track-admin",
    "interface",
    "track admin-vrrp interface <interface> vrid <vrid>",
    "undo track admin-vrrp",
    "track admin-vrrp",
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "interface"),
    needs=(management("vrrp", "R24", "vrid"),),
    belongs=(*_TAKEN_DOWN, Owner("if.track-admin", ("@interface",))),
)
IF_TRACK_MG = OwnedLine(
    "if.track-mg",
    "interface",
    "track monitor-group <group> [ trigger-down-weight <weight> ]",
    "undo track monitor-group",
    "track monitor-group (Interface view)",
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "group weight"),
    needs=(Need("R25", ("mg.create",), {"group": "name"}),),
    belongs=(*_TAKEN_DOWN, Owner("if.track-mg", ("@interface",))),
    watches=("group",),
)
OTHERS = (
    VRRP_TRACK_MG,
    VRRP_TRACK_RMG,
    VRRP_TRACK_LINK_BFD,
    VRRP_TRACK_ROUTE,
    VRRP_FAST_RESUME,
    VRRP_AUTH,
    IF_TRACK_ADMIN,
    IF_TRACK_MG,
)
