"""What a line needs before it can be entered, as data: the creation order of dependency rules R1-R37.

The same table read backwards is the order of deletion (R66): what needs a line is undone before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tasks.plan.items import Item, Items, Key


@dataclass(frozen=True, slots=True)
class Need:
    """A line that must stand before others can be entered.

    Args:
        lines: rows that need it.
        on: rows of which at least one must stand.
        where: parameter of the needing line (`@` for its view's) to parameter of the needed one that must be
            equal; a line that lacks the parameter has no such need.
        rule: rule id.
        firm: false when the rule is about order only, and the needed line may go and come while others stay.
        only: parameters that the needed line must have.
        committed: the needed line must be committed before the needing one is entered.
    """

    lines: tuple[str, ...]
    on: tuple[str, ...]
    where: Mapping[str, str]
    rule: str
    firm: bool = True
    only: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    committed: bool = False


_SAME_INTERFACE = {"@interface": "@interface"}
_GROUP = {"vrid": "vrid", "@interface": "@interface"}
_SESSIONS = (
    "bfd.bind-ip",
    "bfd.bind-ip6",
    "bfd.bind-default",
    "bfd.bind-track-if",
    "bfd.bind-ip6-track",
    "bfd.one-arm",
)
_TRACKS_BFD = ("et.track-bfd", "vrrp.track-bfd", "vrrp6.track-bfd")
_PROTOCOL = ("rbp.e-trunk", "rbp.vrrp-id", "rbp.vrrp6-id")
_GROUP_LINES = (
    "admin",
    "priority",
    "preempt-delay",
    "preempt-off",
    "adv",
    "adv-ms",
    "hold",
    "init-hold",
    "track-admin",
    "track-if",
    "track-bfd",
    "backup-forward",
)
_BRAS_LINES = (
    "rbp.nas",
    "rbp.acct-session",
    "rbp.traffic-backup",
    "rbp.frame-route",
    "rbp.ip-pool",
    "rbp.ip-pool-include",
    "rbp.ipv6-pool",
)

NEEDS: tuple[Need, ...] = (
    Need(("rbp.backup-id",), ("rbs.create",), {"rbs-name": "rbs-name"}, "R1"),
    Need(("rbp.vrrp-id",), ("vrrp.create", "vrrp.admin"), {"vrid": "vrid", "interface": "@interface"}, "R5"),
    Need(
        ("rbp.vrrp6-id",), ("vrrp6.create", "vrrp6.admin"), {"vrid": "vrid", "interface": "@interface"}, "R6"
    ),
    Need(("if.rbp", "pool.rbp"), ("rbp.create",), {"rbp-name": "rbp-name"}, "R7"),
    Need(("if.rbp", "pool.rbp"), _PROTOCOL, {"rbp-name": "@rbp-name"}, "R8"),
    Need(("rbp.e-trunk",), ("et.create",), {"e-trunk-id": "e-trunk-id"}, "R9"),
    Need(
        ("rbp.e-trunk",), ("if.e-trunk",), {"e-trunk-id": "e-trunk-id", "eth-trunk-id": "@eth-trunk-id"}, "R9"
    ),
    Need(("rbp.e-trunk",), ("if.eth-trunk-join",), {"eth-trunk-id": "trunk-id"}, "R9", firm=False),
    Need(("if.e-trunk",), ("et.create",), {"e-trunk-id": "e-trunk-id"}, "R10"),
    Need(("if.e-trunk-mode",), ("if.e-trunk",), _SAME_INTERFACE, "R12"),
    Need(("if.e-trunk",), ("if.mode",), _SAME_INTERFACE, "R13", firm=False),
    Need(("if.eth-trunk-join",), ("if.enter",), {"trunk-id": "eth-trunk-id"}, "R11"),
    Need(("if.eth-trunk-join",), ("if.mode",), {"trunk-id": "@eth-trunk-id"}, "R13", firm=False),
    Need(("if.eth-trunk-join",), ("if.e-trunk",), {"trunk-id": "@eth-trunk-id"}, "R13", firm=False),
    Need((*_SESSIONS, "et.bfd-enable", *_TRACKS_BFD), ("bfd.global",), {}, "R14"),
    Need(("bfd.bind-default",), ("bfd.default-ip",), {}, "R45", firm=False),
    Need(_TRACKS_BFD, _SESSIONS, {"bfd-name": "name"}, "R16"),
    Need(_TRACKS_BFD, ("bfd.discr-local",), {"bfd-name": "@name"}, "R16", firm=False),
    Need(_TRACKS_BFD, ("bfd.discr-remote",), {"bfd-name": "@name"}, "R16", firm=False),
    Need(
        ("rbs.track-bfd", "vrrp.track-bfd", "vrrp6.track-bfd"),
        ("bfd.discr-local",),
        {"discr": "discr"},
        "R17",
    ),
    Need(tuple(f"vrrp.{line}" for line in _GROUP_LINES), ("vrrp.create", "vrrp.admin"), _GROUP, "R19"),
    Need(tuple(f"vrrp6.{line}" for line in _GROUP_LINES), ("vrrp6.create", "vrrp6.admin"), _GROUP, "R19"),
    Need(
        ("vrrp.track-mg", "vrrp.track-rmg", "vrrp.track-link-bfd", "vrrp.track-route", "vrrp.auth"),
        ("vrrp.create", "vrrp.admin"),
        _GROUP,
        "R19",
    ),
    Need(("vrrp.fast-resume", "if.mc-track-vrrp"), ("vrrp.create",), _GROUP, "R19"),
    Need(("if.mc6-track-vrrp",), ("vrrp6.create",), _GROUP, "R19"),
    Need(("vrrp6.create",), ("vrrp6.create",), _GROUP, "R22", only={"link-local": "yes"}),
    Need(("vrrp.track-admin",), ("vrrp.admin",), {"interface": "@interface", "admin-vrid": "vrid"}, "R21"),
    Need(("vrrp6.track-admin",), ("vrrp6.admin",), {"interface": "@interface", "admin-vrid": "vrid"}, "R21"),
    Need(
        ("if.track-admin", "if.mc-track-admin"),
        ("vrrp.admin",),
        {"interface": "@interface", "vrid": "vrid"},
        "R24",
    ),
    Need(("if.mc6-track-admin",), ("vrrp6.admin",), {"interface": "@interface", "vrid": "vrid"}, "R24"),
    Need(
        ("rbs.track-monitor-group", "vrrp.track-mg", "if.track-mg"), ("mg.create",), {"group": "name"}, "R25"
    ),
    Need(("rbs.track-route-monitor-group", "vrrp.track-rmg"), ("rmg.create",), {"group": "name"}, "R25"),
    Need(("mg.enable",), ("mg.bind",), {"@name": "@name"}, "R26", firm=False),
    Need(("mg.enable",), ("rbs.track-monitor-group", "vrrp.track-mg"), {"@name": "group"}, "R26", firm=False),
    Need(("rmg.enable",), ("rmg.track",), {"@name": "@name"}, "R26", firm=False),
    Need(("if.pim-sm", "if.igmp"), ("mc.enable",), {}, "R27"),
    Need(("if.pim6-sm", "if.mld"), ("mc6.enable",), {}, "R27"),
    Need(
        ("if.igmp", "if.igmp-version", "if.igmp-static"), ("if.pim-sm",), _SAME_INTERFACE, "R28", firm=False
    ),
    Need(("if.igmp-version", "if.igmp-static"), ("if.igmp",), _SAME_INTERFACE, "R28", firm=False),
    Need(("if.mld",), ("if.pim6-sm",), _SAME_INTERFACE, "R28"),
    Need(("if.mld-version",), ("if.mld",), _SAME_INTERFACE, "R28", firm=False),
    Need(
        ("if.pim-ignore-dr", "if.pim-ignore-assert", "if.pim-dr", "if.mc-track-vrrp", "if.mc-track-admin"),
        ("if.pim-sm",),
        _SAME_INTERFACE,
        "R29",
        firm=False,
    ),
    Need(
        ("if.pim6-ignore", "if.mc6-track-vrrp", "if.mc6-track-admin"),
        ("if.pim6-sm",),
        _SAME_INTERFACE,
        "R29",
        firm=False,
    ),
    Need(
        ("igs.inst", "vsi.igs.inst", "if.igs-backup-report", "if.igs-router-port", "vsi.l2mc-backup"),
        ("igs.enable",),
        {},
        "R30",
    ),
    Need(("igs.version", "igs.proxy", "igs.querier"), ("igs.inst",), {"@vlan": "@vlan"}, "R30"),
    Need(("vsi.igs.version", "vsi.igs.proxy", "vsi.igs.querier"), ("vsi.igs.inst",), {"@vsi": "@vsi"}, "R30"),
    Need(
        _BRAS_LINES,
        ("rbp.service-type",),
        {"@rbp-name": "@rbp-name"},
        "R34",
        only={"service": "bras"},
        committed=True,
    ),
    Need(("if.lacp-preempt-delay",), ("if.lacp-preempt",), _SAME_INTERFACE, "R37", firm=False),
    Need(
        ("if.lacp-preempt", "if.lacp-timeout", "if.lacp-et-prio"),
        ("if.mode",),
        _SAME_INTERFACE,
        "R37",
        firm=False,
    ),
)


def _by_row() -> Mapping[str, tuple[Need, ...]]:
    rows: dict[str, tuple[Need, ...]] = {}
    for need in NEEDS:
        for row in need.lines:
            rows[row] = (*rows.get(row, ()), need)
    return MappingProxyType(rows)


_OF_ROW = _by_row()


def met_by(item: Item, items: Items) -> Iterator[tuple[Need, tuple[Item, ...]]]:
    """Give each need of a line with the lines that meet it; none when nothing in `items` does.

    The view that holds the line is its first need.
    """
    if item.view in items:
        yield _VIEW, (items[item.view],)
    for need in _OF_ROW.get(item.row.id, ()):
        if all(name in item.around for name in need.where):
            yield need, tuple(other for other in items.values() if meets(item, need, other))


def meets(item: Item, need: Need, other: Item) -> bool:
    """Tell whether a line meets a need of another one."""
    return (
        other.row.id in need.on
        and other.key != item.key
        and all(
            item.around[mine].casefold() == other.around.get(its, "").casefold()
            for mine, its in need.where.items()
        )
        and all(other.around.get(name) == value for name, value in need.only.items())
    )


_VIEW = Need((), (), {}, "view")


def dependants(gone: Collection[Item], items: Items) -> Iterator[tuple[Item, Need]]:
    """Give the lines that firmly need what is gone and have nothing else to meet the need."""
    lost = {item.key for item in gone}
    for item in items.values():
        if item.key in lost:
            continue
        need = _lost_need(item, gone, lost, items)
        if need:
            yield item, need


def _lost_need(item: Item, gone: Collection[Item], lost: set[Key], items: Items) -> Need | None:
    if item.view in lost:
        return _VIEW
    for need in _OF_ROW.get(item.row.id, ()):
        if not need.firm or not all(name in item.around for name in need.where):
            continue
        # few lines go, many stay: the many are looked at only when one of the few is concerned
        if any(meets(item, need, other) for other in gone) and not any(
            meets(item, need, other) for other in items.values() if other.key not in lost
        ):
            return need
    return None
