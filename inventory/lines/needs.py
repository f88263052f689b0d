"""What a line needs, what leaves before it, and whose it is: the columns that name other rows.

Read backwards, needs are the order of deletion (R66): what needs a line is undone before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Need:
    """A line that must stand before another can be entered.

    Args:
        rule: rule id.
        on: rows of which at least one must stand.
        where: parameter of the needing line (`@` for its view's) to parameter of the needed one that must be
            equal; a line that lacks the parameter has no such need.
        firm: false when the rule is about order only, and the needed line may go and come while others stay.
        only: parameters that the needed line must have.
        committed: the needed line must be committed before the needing one is entered.
    """

    rule: str
    on: tuple[str, ...]
    where: Mapping[str, str] = field(default_factory=_none)
    firm: bool = True
    only: Mapping[str, str] = field(default_factory=_none)
    committed: bool = False


@dataclass(frozen=True, slots=True)
class Leaver:
    """A line that leaves before another one can change, and comes again when it is still wanted.

    Args:
        rule: rule id.
        row: the line that leaves.
        where: parameter of the changing line to parameter of the leaver that must be equal.
        from_default: it leaves even when the change starts at the device's default.
    """

    rule: str
    row: str
    where: Mapping[str, str] = field(default_factory=_none)
    from_default: bool = True


@dataclass(frozen=True, slots=True)
class Owner:
    """An object whose line it is: who has the object has the line.

    Args:
        kind: `rbs`, `channel`, `rbp`, `e-trunk`, `eth-trunk`, `bfd-session`, `monitor`, `vrrp`, `vrrp6`,
            `vlan`, `vsi`, `interface` (one that a profile is bound to), `vrrp-interface`, `vrrp6-interface`
            (one whose groups are all the pair's), `multicast` (that of an interface),
            `multicast-profile` (one that backs up multicast), or the id of a row that stands once on an
            interface.
        params: parameters that name the object, with `@` those of the line's view.
        via: row of the same view whose parameters they are; the line's own when empty.
        exact: letter case tells names apart.
    """

    kind: str
    params: tuple[str, ...]
    via: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """Another object that a line leads to: who has the line's object has that one too.

    Args:
        to: the object.
        of: objects that must all be had; the line's own when there is none.
        alone: only when no line of anybody else leads there.
        wanted: it counts as well where the line is wanted and does not stand yet.
        only: values of parameters with which it counts.
    """

    to: Owner
    of: tuple[Owner, ...] = ()
    alone: bool = False
    wanted: bool = False
    only: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))


VIEW_OWNERS: Mapping[str, tuple[Owner, ...]] = MappingProxyType(
    {
        "rbs": (Owner("rbs", ("@rbs-name",)),),
        "rbp": (Owner("rbp", ("@rbp-name",)),),
        "e-trunk": (Owner("e-trunk", ("@e-trunk-id",)),),
        "bfd-session": (Owner("bfd-session", ("@name",)),),
        "monitor-group": (Owner("monitor", ("@name",)),),
        "route-monitor-group": (Owner("monitor", ("@name",)),),
        "vlan": (Owner("vlan", ("@vlan",)),),
        "vsi": (Owner("vsi", ("@vsi",), exact=True),),
    }
)
"""Whose the lines of a view are: who has the object that the view is of."""
BOUND = Owner("interface", ("@interface",))
"""An interface that a profile is bound to."""
TRUNK = Owner("eth-trunk", ("@eth-trunk-id",))
"""The Eth-Trunk that the line stands on."""
HERE: Mapping[str, str] = MappingProxyType({"@interface": "@interface"})
"""On the same interface."""
SESSIONS = (
    "bfd.bind-ip",
    "bfd.bind-ip6",
    "bfd.bind-default",
    "bfd.bind-track-if",
    "bfd.bind-ip6-track",
    "bfd.one-arm",
)
"""Rows that make a BFD session."""


def order(rule: str, on: str, where: Mapping[str, str] = HERE) -> Need:
    """Make a need that is about order only."""
    return Need(rule, (on,), where, firm=False)


BFD = Need("R14", ("bfd.global",))
TRACKED_SESSION = (
    BFD,
    Need("R16", SESSIONS, MappingProxyType({"bfd-name": "name"})),
    order("R16", "bfd.discr-local", MappingProxyType({"bfd-name": "@name"})),
    order("R16", "bfd.discr-remote", MappingProxyType({"bfd-name": "@name"})),
)
"""What a line needs that tracks a session by name."""
TRACKED_DISCRIMINATOR = Need("R17", ("bfd.discr-local",), MappingProxyType({"discr": "discr"}))
SNOOPING = Need("R30", ("igs.enable",))
PIM, PIM6 = order("R29", "if.pim-sm"), order("R29", "if.pim6-sm")
BRAS = Need(
    "R34",
    ("rbp.service-type",),
    MappingProxyType({"@rbp-name": "@rbp-name"}),
    only=MappingProxyType({"service": "bras"}),
    committed=True,
)
LACP = order("R37", "if.mode")


def group(family: str) -> Need:
    """Make the need of a line of a VRRP group: the group, on the same interface."""
    return Need("R19", (f"{family}.create", f"{family}.admin"), MappingProxyType({"vrid": "vrid", **HERE}))


def addresses(family: str) -> Need:
    """Make the need of a line that only a group with virtual addresses serves."""
    return Need("R19", (f"{family}.create",), MappingProxyType({"vrid": "vrid", **HERE}))


def management(family: str, rule: str, vrid: str) -> Need:
    """Make the need of a line that follows an mVRRP group.

    Args:
        family: `vrrp` or `vrrp6`.
        rule: rule id.
        vrid: parameter that names the group.
    """
    return Need(rule, (f"{family}.admin",), MappingProxyType({"interface": "@interface", vrid: "vrid"}))


def group_of(family: str) -> tuple[Owner, ...]:
    """Say that a line belongs to who has its VRRP group."""
    return (Owner(family, ("@interface", "vrid")),)


def grouped(family: str) -> Owner:
    """Make the interface whose VRRP groups are all the pair's."""
    return Owner(f"{family}-interface", ("@interface",))


_PROFILE = MappingProxyType({"rbp-name": "@rbp-name"})
PROFILE_WITH_ROLES = (
    Need("R7", ("rbp.create",), MappingProxyType({"rbp-name": "rbp-name"})),
    Need("R8", ("rbp.e-trunk", "rbp.vrrp-id", "rbp.vrrp6-id"), _PROFILE),
)
"""What a line needs that binds a profile."""
