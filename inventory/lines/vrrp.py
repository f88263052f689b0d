"""Lines of VRRP and VRRP6 groups and of what follows them.

The lines of both families are the same but for the keyword, so one table serves both.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from inventory.lines.evidence import REFERENCE, said
from inventory.lines.impact import AFFECTS, HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import HERE, Lead, Need, Owner, group, group_of, grouped
from inventory.lines.presence import IPV6
from inventory.lines.relation import ADVICE, DEGRADES, OWN, STOPS, equal
from inventory.lines.values import KINDS, choice
from inventory.lines.vrrp_tracks import OTHERS, in_examples, tracks

VRRP_RECOVER_DELAY = OwnedLine(
    "vrrp.recover-delay",
    "system",
    "vrrp recover-delay <seconds>",
    "undo vrrp recover-delay",
    "vrrp recover-delay",
    default={"seconds": "0"},
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=OWN,
    shared=True,
    serves="vrrp.create",
)
SYSTEM = (VRRP_RECOVER_DELAY,)


class Family(NamedTuple):
    """Rows of the groups of one family, as the device prints them."""

    create: OwnedLine
    admin: OwnedLine
    priority: OwnedLine
    preempt_delay: OwnedLine
    preempt_off: OwnedLine
    advertise_ms: OwnedLine
    advertise: OwnedLine
    hold: OwnedLine
    initial_hold: OwnedLine
    track_admin: OwnedLine
    track_interface: OwnedLine
    track_bfd: OwnedLine
    backup_forward: OwnedLine
    recover_delay: OwnedLine


def _first_address(family: str) -> tuple[Need, ...]:
    """Say that the link-local virtual address of a VRRP6 group comes before the others."""
    if family == "vrrp":
        return ()
    return (Need("R22", ("vrrp6.create",), {"vrid": "vrid", **HERE}, only={"link-local": "yes"}),)


def _grouped(family: str) -> Lead:
    return Lead(grouped(family), alone=True, wanted=True)


def _timers(family: str, unit: str, default: str) -> tuple[OwnedLine, OwnedLine, OwnedLine, OwnedLine]:
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
            evidence=said(REFERENCE),
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
            evidence=said(REFERENCE),
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
            evidence=said(REFERENCE),
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
            evidence=said(REFERENCE),
            relation=OWN,
            needs=(group(family),),
            belongs=group_of(family),
        ),
    )


def _preemption(family: str) -> tuple[OwnedLine, OwnedLine]:
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
            evidence=in_examples(family),
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
            evidence=said(REFERENCE),
            relation=OWN,
            needs=(group(family),),
            belongs=group_of(family),
        ),
    )


def _roles(family: str) -> tuple[OwnedLine, OwnedLine]:
    """What makes a group of either family the one that others follow, or its member the master."""
    return (
        OwnedLine(
            f"{family}.admin",
            "interface",
            f"admin-{family} vrid <vrid> [ ignore-if-down ]",
            f"undo admin-{family} vrid <vrid>",
            f"admin-{family} vrid",
            key=("vrid",),
            undo_first="R61",
            impact=(UNSAID, AFFECTS),
            evidence=in_examples(family),
            relation=equal(DEGRADES),
            needs=(group(family),),
            apart_from_group=True,
            belongs=group_of(family),
            leads=(_grouped(family),),
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
            evidence=in_examples(family),
            relation=OWN,
            needs=(group(family),),
            belongs=group_of(family),
        ),
    )


def _family(family: str) -> Family:
    """Lines of one group of either family."""
    link_local = " [ link-local ]" if family == "vrrp6" else ""
    unit, interval = ("seconds", "1") if family == "vrrp" else ("centiseconds", "100")
    vip = {"vip": KINDS["address"]}
    return Family(
        OwnedLine(
            f"{family}.create",
            "interface",
            f"{family} vrid <vrid> [ virtual-ip <vip> ]{link_local}",
            f"undo {family} vrid <vrid> [ virtual-ip <vip> ]{link_local}",
            f"{family} vrid",
            key=("vrid", "vip"),
            kinds=vip,
            impact=(UNSAID, AFFECTS),
            evidence=in_examples(family, replaces=True),
            relation=equal(STOPS),
            needs=_first_address(family),
            belongs=group_of(family),
            leads=(_grouped(family),),
            relies=(IPV6,) if family == "vrrp6" else (),
        ),
        *_roles(family),
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
            evidence=said(REFERENCE),
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
            evidence=in_examples(family),
            relation=OWN,
            belongs=(grouped(family), Owner(f"{family}.interface-recover-delay", ("@interface",))),
        ),
    )


VRRP, VRRP6 = _family("vrrp"), _family("vrrp6")
FAMILIES: Mapping[str, Family] = MappingProxyType({"vrrp": VRRP, "vrrp6": VRRP6})
INTERFACE = (*VRRP, *VRRP6, *OTHERS)
