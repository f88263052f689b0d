"""Lines of VRRP and VRRP6 groups and of what follows them.

The lines of both families are the same but for the keyword, so one table serves both.
"""

from __future__ import annotations

from inventory.lines.impact import AFFECTS, HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import HERE, Need, group, group_of
from inventory.lines.presence import IPV6
from inventory.lines.relation import ADVICE, DEGRADES, OWN, STOPS, equal
from inventory.lines.values import KINDS, choice
from inventory.lines.vrrp_tracks import OTHERS, tracks

SYSTEM = (
    OwnedLine(
        "vrrp.recover-delay",
        "system",
        "vrrp recover-delay <seconds>",
        "undo vrrp recover-delay",
        "vrrp recover-delay",
        default={"seconds": "0"},
        impact=(HITLESS, HITLESS),
        relation=OWN,
        shared=True,
        serves="vrrp.create",
    ),
)


def _first_address(family: str) -> tuple[Need, ...]:
    """Say that the link-local virtual address of a VRRP6 group comes before the others."""
    if family == "vrrp":
        return ()
    return (Need("R22", ("vrrp6.create",), {"vrid": "vrid", **HERE}, only={"link-local": "yes"}),)


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
            impact=(UNSAID, UNSAID),
            relation=equal(STOPS),
            needs=(group(family),),
            belongs=group_of(family),
        ),
        OwnedLine(
            f"{family}.adv",
            "interface",
            f"{family} vrid <vrid> timer advertise <{unit}>",
            f"undo {family} vrid <vrid> timer advertise",
            f"{family} vrid timer advertise",
            key=("vrid",),
            default={unit: default},
            impact=(UNSAID, UNSAID),
            relation=equal(STOPS),
            needs=(group(family),),
            belongs=group_of(family),
        ),
        OwnedLine(
            f"{family}.hold",
            "interface",
            f"{family} vrid <vrid> holding-multiplier <n>",
            f"undo {family} vrid <vrid> holding-multiplier",
            f"{family} vrid holding-multiplier",
            key=("vrid",),
            default={"n": "3"},
            impact=(HITLESS, UNSAID),
            relation=equal(ADVICE),
            needs=(group(family),),
            belongs=group_of(family),
        ),
        OwnedLine(
            f"{family}.init-hold",
            "interface",
            f"{family} vrid <vrid> initialize state-hold-time <seconds>",
            f"undo {family} vrid <vrid> initialize state-hold-time",
            f"{family} vrid initialize state-hold-time",
            key=("vrid",),
            impact=(UNSAID, UNSAID),
            relation=OWN,
            needs=(group(family),),
            belongs=group_of(family),
        ),
    )


def _preemption(family: str) -> tuple[OwnedLine, ...]:
    """Whether and when a group with the larger priority takes over; delay and switch replace each other."""
    return (
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
            impact=(HITLESS, HITLESS),
            relation=OWN,
            needs=(group(family),),
            belongs=group_of(family),
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
            impact=(UNSAID, UNSAID),
            relation=OWN,
            needs=(group(family),),
            belongs=group_of(family),
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
            impact=(UNSAID, AFFECTS),
            relation=equal(STOPS),
            needs=_first_address(family),
            belongs=group_of(family),
            relies=(IPV6,) if family == "vrrp6" else (),
        ),
        OwnedLine(
            f"{family}.admin",
            "interface",
            f"admin-{family} vrid <vrid> [ ignore-if-down ]",
            f"undo admin-{family} vrid <vrid>",
            f"admin-{family} vrid",
            key=("vrid",),
            undo_first="R61",
            impact=(UNSAID, AFFECTS),
            relation=equal(DEGRADES),
            needs=(group(family),),
            belongs=group_of(family),
        ),
        OwnedLine(
            f"{family}.priority",
            "interface",
            f"{family} vrid <vrid> priority <priority>",
            f"undo {family} vrid <vrid> priority",
            f"{family} vrid priority",
            key=("vrid",),
            default={"priority": "100"},
            impact=(AFFECTS, AFFECTS),
            relation=OWN,
            needs=(group(family),),
            belongs=group_of(family),
        ),
        *_preemption(family),
        *_timers(family, unit, interval),
        *tracks(family),
        OwnedLine(
            f"{family}.backup-forward",
            "interface",
            f"{family} vrid <vrid> backup-forward",
            f"undo {family} vrid <vrid> backup-forward",
            f"{family} vrid backup-forward",
            key=("vrid",),
            impact=(UNSAID, UNSAID),
            relation=equal(ADVICE),
            needs=(group(family),),
            belongs=group_of(family),
        ),
        OwnedLine(
            f"{family}.interface-recover-delay" if family == "vrrp" else "vrrp6.recover-delay",
            "interface",
            f"{family} recover-delay <seconds>",
            f"undo {family} recover-delay",
            f"{family} recover-delay",
            default={"seconds": "0"},
            impact=(UNSAID, UNSAID),
            relation=OWN,
        ),
    )


INTERFACE = (
    *_group("vrrp"),
    *_group("vrrp6"),
    *OTHERS,
)
