"""Lines that make VRRP groups and interfaces follow something, and those that only VRRP of IPv4 has."""

from __future__ import annotations

from inventory.lines.impact import UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import (
    TRACKED_DISCRIMINATOR,
    TRACKED_SESSION,
    Need,
    addresses,
    group,
    group_of,
    management,
)
from inventory.lines.relation import ADVICE, DEGRADES, OWN, STOPS, equal
from inventory.lines.values import choice

_CHANGE = choice("increased", "reduced")
_LINK = choice("peer", "link")


def tracks(family: str) -> tuple[OwnedLine, ...]:
    """What a group follows: its mVRRP group, interfaces, BFD sessions."""
    admin = "admin-vrrp" if family == "vrrp" else "admin-vrrp6"
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
            relation=equal(DEGRADES, "interface"),
            needs=(group(family), management(family, "R21", "admin-vrid")),
            belongs=group_of(family),
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
            relation=OWN,
            needs=(group(family),),
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
            relation=OWN,
            needs=(*TRACKED_SESSION, TRACKED_DISCRIMINATOR, group(family)),
            belongs=group_of(family),
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
        relation=OWN,
        needs=(group("vrrp"), Need("R25", (f"{kind.removeprefix('track-')}.create",), {"group": "name"})),
        belongs=group_of("vrrp"),
    )


OTHERS = (
    _followed("track-mg", "monitor-group"),
    _followed("track-rmg", "route-monitor-group"),
    OwnedLine(
        "vrrp.track-link-bfd",
        "interface",
        "vrrp vrid <vrid> track link-bfd down-number <n>",
        "undo vrrp vrid <vrid> track link-bfd",
        "vrrp vrid track link-bfd",
        key=("vrid",),
        impact=(UNSAID, UNSAID),
        relation=OWN,
        needs=(group("vrrp"),),
        belongs=group_of("vrrp"),
    ),
    OwnedLine(
        "vrrp.track-route",
        "interface",
        "vrrp vrid <vrid> track ip route <ip> <mask> [ vpn-instance <vpn> ] [ reduced <n> ]",
        "undo vrrp vrid <vrid> track ip route <ip> <mask> [ vpn-instance <vpn> ]",
        "vrrp vrid track ip route",
        key=("vrid", "ip", "mask", "vpn"),
        undo_first="R67",
        impact=(UNSAID, UNSAID),
        relation=OWN,
        needs=(group("vrrp"),),
        belongs=group_of("vrrp"),
    ),
    OwnedLine(
        "vrrp.fast-resume",
        "interface",
        "vrrp vrid <vrid> fast-resume",
        "undo vrrp vrid <vrid> fast-resume",
        "vrrp vrid fast-resume",
        key=("vrid",),
        impact=(UNSAID, UNSAID),
        relation=equal(ADVICE),
        needs=(addresses("vrrp"),),
        belongs=group_of("vrrp"),
    ),
    OwnedLine(
        "vrrp.auth",
        "interface",
        "vrrp vrid <vrid> authentication-mode <method> <key>",
        "undo vrrp vrid <vrid> authentication-mode",
        "vrrp vrid authentication-mode (Interface view)",
        key=("vrid",),
        kinds={"method": choice("simple plain", "simple cipher", "simple", "md5")},
        impact=(UNSAID, UNSAID),
        relation=equal(STOPS),
        needs=(group("vrrp"),),
        belongs=group_of("vrrp"),
    ),
    OwnedLine(
        "if.track-admin",
        "interface",
        "track admin-vrrp interface <interface> vrid <vrid>",
        "undo track admin-vrrp",
        "track admin-vrrp",
        undo_first="R67",
        impact=(UNSAID, UNSAID),
        relation=equal(DEGRADES, "interface"),
        needs=(management("vrrp", "R24", "vrid"),),
    ),
    OwnedLine(
        "if.track-mg",
        "interface",
        "track monitor-group <group> [ trigger-down-weight <weight> ]",
        "undo track monitor-group",
        "track monitor-group (Interface view)",
        undo_first="R67",
        impact=(UNSAID, UNSAID),
        relation=OWN,
        needs=(Need("R25", ("mg.create",), {"group": "name"}),),
    ),
)
