"""Lines of VRRP and VRRP6 groups and of what follows them.

The lines of both families are the same but for the keyword, so one table serves both.
"""

from __future__ import annotations

from inventory.lines.line import OwnedLine
from inventory.lines.values import KINDS, choice

_CHANGE = choice("increased", "reduced")
_LINK = choice("peer", "link")

SYSTEM = (
    OwnedLine(
        "vrrp.recover-delay",
        "system",
        "vrrp recover-delay <seconds>",
        "undo vrrp recover-delay",
        "vrrp recover-delay",
        default={"seconds": "0"},
    ),
)


def _timers(family: str, unit: str, default: str) -> tuple[OwnedLine, ...]:
    """Timers of a group; a second and a millisecond interval replace each other."""
    return (
        OwnedLine(
            f"{family}.adv-ms",
            "interface",
            f"{family} vrid <vrid> timer advertise millisecond <milliseconds>",
            f"undo {family} vrid <vrid> timer advertise",
            f"{family} vrid timer advertise millisecond",
            key=("vrid",),
            slot=f"{family}.adv",
            kinds={"milliseconds": choice("100", "200", "500")},
        ),
        OwnedLine(
            f"{family}.adv",
            "interface",
            f"{family} vrid <vrid> timer advertise <{unit}>",
            f"undo {family} vrid <vrid> timer advertise",
            f"{family} vrid timer advertise",
            key=("vrid",),
            default={unit: default},
        ),
        OwnedLine(
            f"{family}.hold",
            "interface",
            f"{family} vrid <vrid> holding-multiplier <n>",
            f"undo {family} vrid <vrid> holding-multiplier",
            f"{family} vrid holding-multiplier",
            key=("vrid",),
            default={"n": "3"},
        ),
        OwnedLine(
            f"{family}.init-hold",
            "interface",
            f"{family} vrid <vrid> initialize state-hold-time <seconds>",
            f"undo {family} vrid <vrid> initialize state-hold-time",
            f"{family} vrid initialize state-hold-time",
            key=("vrid",),
        ),
    )


def _tracks(family: str) -> tuple[OwnedLine, ...]:
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
        ),
    )


def _group(family: str) -> tuple[OwnedLine, ...]:
    """Lines of one group of either family."""
    link_local = " [ link-local ]" if family == "vrrp6" else ""
    unit, interval = ("seconds", "1") if family == "vrrp" else ("centiseconds", "100")
    vip = {"vip": KINDS["address"]}
    return (
        OwnedLine(
            f"{family}.create",
            "interface",
            f"{family} vrid <vrid> [ virtual-ip <vip> ]{link_local}",
            f"undo {family} vrid <vrid> [ virtual-ip <vip> ]{link_local}",
            f"{family} vrid",
            key=("vrid", "vip"),
            kinds=vip,
        ),
        OwnedLine(
            f"{family}.admin",
            "interface",
            f"admin-{family} vrid <vrid> [ ignore-if-down ]",
            f"undo admin-{family} vrid <vrid>",
            f"admin-{family} vrid",
            key=("vrid",),
            undo_first="R61",
        ),
        OwnedLine(
            f"{family}.priority",
            "interface",
            f"{family} vrid <vrid> priority <priority>",
            f"undo {family} vrid <vrid> priority",
            f"{family} vrid priority",
            key=("vrid",),
            default={"priority": "100"},
        ),
        OwnedLine(
            f"{family}.preempt-delay",
            "interface",
            f"{family} vrid <vrid> preempt-mode timer delay <seconds>",
            f"undo {family} vrid <vrid> preempt-mode timer delay",
            f"{family} vrid preempt-mode timer delay",
            key=("vrid",),
            slot=f"{family}.preempt",
            default={"seconds": "0"},
            undo_first="R67",
        ),
        OwnedLine(
            f"{family}.preempt-off",
            "interface",
            f"{family} vrid <vrid> preempt-mode disable",
            f"undo {family} vrid <vrid> preempt-mode",
            f"{family} vrid preempt-mode disable",
            key=("vrid",),
            slot=f"{family}.preempt",
            undo_first="R67",
        ),
        *_timers(family, unit, interval),
        *_tracks(family),
        OwnedLine(
            f"{family}.backup-forward",
            "interface",
            f"{family} vrid <vrid> backup-forward",
            f"undo {family} vrid <vrid> backup-forward",
            f"{family} vrid backup-forward",
            key=("vrid",),
        ),
        OwnedLine(
            f"{family}.interface-recover-delay" if family == "vrrp" else "vrrp6.recover-delay",
            "interface",
            f"{family} recover-delay <seconds>",
            f"undo {family} recover-delay",
            f"{family} recover-delay",
            default={"seconds": "0"},
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
    )


INTERFACE = (
    *_group("vrrp"),
    *_group("vrrp6"),
    _followed("track-mg", "monitor-group"),
    _followed("track-rmg", "route-monitor-group"),
    OwnedLine(
        "vrrp.track-link-bfd",
        "interface",
        "vrrp vrid <vrid> track link-bfd down-number <n>",
        "undo vrrp vrid <vrid> track link-bfd",
        "vrrp vrid track link-bfd",
        key=("vrid",),
    ),
    OwnedLine(
        "vrrp.track-route",
        "interface",
        "vrrp vrid <vrid> track ip route <ip> <mask> [ vpn-instance <vpn> ] [ reduced <n> ]",
        "undo vrrp vrid <vrid> track ip route <ip> <mask> [ vpn-instance <vpn> ]",
        "vrrp vrid track ip route",
        key=("vrid", "ip", "mask", "vpn"),
        undo_first="R67",
    ),
    OwnedLine(
        "vrrp.fast-resume",
        "interface",
        "vrrp vrid <vrid> fast-resume",
        "undo vrrp vrid <vrid> fast-resume",
        "vrrp vrid fast-resume",
        key=("vrid",),
    ),
    OwnedLine(
        "vrrp.auth",
        "interface",
        "vrrp vrid <vrid> authentication-mode <method> <key>",
        "undo vrrp vrid <vrid> authentication-mode",
        "vrrp vrid authentication-mode (Interface view)",
        key=("vrid",),
        kinds={"method": choice("simple plain", "simple cipher", "simple", "md5")},
    ),
    OwnedLine(
        "if.track-admin",
        "interface",
        "track admin-vrrp interface <interface> vrid <vrid>",
        "undo track admin-vrrp",
        "track admin-vrrp",
        undo_first="R67",
    ),
    OwnedLine(
        "if.track-mg",
        "interface",
        "track monitor-group <group> [ trigger-down-weight <weight> ]",
        "undo track monitor-group",
        "track monitor-group (Interface view)",
        undo_first="R67",
    ),
)
