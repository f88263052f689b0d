"""Checks of VRRP and VRRP6 groups, common and management ones (mVRRP).

A service group that follows an mVRRP group in flow-down is Initialize, with its interface down, on the
member where the mVRRP group is backup: that is success there and failure on the other member.

Source: manual pages display vrrp and display vrrp6; pair rules R93 to R103.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from inventory.model import SIDES, Interface, Pair, Side, Vrrp6Group, VrrpGroup
from tasks.checks.check import Answers, CannotTellError, Check, Need, shown
from tasks.checks.e_trunk import down_on_purpose
from tasks.checks.model import Complaint

DEFAULT_PRIORITY: Final = 100
DEFAULT_HOLD: Final = 3
DEFAULT_ADVERTISE_CS: Final = 100
KINDS: Final = ("admin", "member", "normal")
"""Beginnings of what `Config Type` shows, e.g. `member-vrrp`, `Administrator`."""
LEFT: Final = re.compile(r"(\d+) ?s?")
"""What `Remain` shows while a delay runs, in seconds."""
MASTER, BACKUP, INITIALIZE = "master", "backup", "initialize"


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its interface.

    Args:
        family: `vrrp` or `vrrp6`, as in the command.
    """

    interface: Interface
    group: VrrpGroup | Vrrp6Group
    family: str

    @property
    def name(self) -> str:
        """Show for the report."""
        return f"{self.family.upper()} {self.group.vrid.a} on {self.interface.name.a}"

    def command(self, side: Side) -> str:
        """Return the display of the groups on the interface."""
        return f"display {self.family} interface {self.interface.name.of(side)} verbose"

    def virtual_ips(self, side: Side) -> frozenset[str]:
        """Return the virtual addresses of a member, the link-local one of VRRP6 too."""
        first = getattr(self.group, "link_local", None)
        local = first.of(side) if first is not None else None
        return frozenset(
            address.lower() for address in (*((local,) if local else ()), *self.group.virtual_ips.of(side))
        )


def groups_of(pair: Pair) -> tuple[Group, ...]:
    """Return every group that stands on both members."""
    return tuple(
        Group(interface, group, family)
        for interface in pair.interfaces
        for family, groups in (("vrrp", interface.vrrp), ("vrrp6", interface.vrrp6))
        for group in groups
        if group.only is None and interface.only is None
    )


def _groups(pair: Pair) -> Mapping[str, Group]:
    """Return the groups by name."""
    return {group.name: group for group in groups_of(pair)}


def _needs(_pair: Pair, group: Group) -> tuple[Need, ...]:
    """Need the groups of the interface in detail on both members."""
    return tuple(Need(side, group.command(side)) for side in SIDES)


def _shows(answers: Answers, group: Group) -> dict[Side, Any]:
    """Return what both members show of a group."""
    return {
        side: answers.one(
            side, group.command(side), vrid=group.group.vrid.of(side), interface=group.interface.name.of(side)
        )
        for side in SIDES
    }


def delays_left(answers: Answers) -> Iterator[tuple[str, float]]:
    """Yield the seconds until a member takes a group over again, where a preemption delay runs."""
    for group in groups_of(answers.pair):
        try:
            shows = _shows(answers, group)
        except (KeyError, CannotTellError):  # its check says so
            continue
        for side, show in shows.items():
            if left := LEFT.fullmatch(show.preempt_remain or ""):
                yield f"{group.name} on {answers.device(side)}", float(left[1])


def _leader(pair: Pair, group: Group) -> Group:
    """Return the management group that decides for this one, or the group itself."""
    admin = group.group.track.admin
    if admin is None:
        return group
    for candidate in groups_of(pair):
        same_interface = candidate.interface.name == admin.interface
        if candidate.family == group.family and same_interface and candidate.group.vrid == admin.vrid:
            return candidate
    return group


def _intended_master(pair: Pair, group: Group) -> Side | None:
    """Return the member with the larger priority; nothing where they are equal."""
    leader = _leader(pair, group).group
    a, b = (leader.priority.of(side) or DEFAULT_PRIORITY for side in SIDES)
    return None if a == b else ("a" if a > b else "b")


def master_of(pair: Pair, interface: str, vrid: int) -> Side | None:
    """Return the intended master of the group with this interface and ID on member a; nothing if none is."""
    for group in groups_of(pair):
        if (group.interface.name.a, group.group.vrid.a) == (interface, vrid):
            return _intended_master(pair, group)
    return None


def _backup_state(group: Group, side: Side) -> str:
    """Return what the backup of a group shows when all is well."""
    admin = group.group.track.admin
    return INITIALIZE if admin is not None and admin.flowdown.of(side) else BACKUP


def _roles(answers: Answers, group: Group) -> Iterator[Complaint]:
    """Find any picture but one master, the intended one, and one healthy backup."""
    shows = _shows(answers, group)
    states = (shows["a"].state, shows["b"].state)
    command = group.command("a")
    if states == (MASTER, MASTER):
        yield answers.complaint(None, command, "both members are master", "one master", "two")
        return
    if MASTER not in states:
        yield answers.complaint(
            None, command, "no member is master", "one master", " and ".join(map(shown, states))
        )
        return
    wanted = _intended_master(answers.pair, group) or ("a" if states[0] == MASTER else "b")
    for side, show in shows.items():
        state = MASTER if side == wanted else _backup_state(group, side)
        if show.state != state and not (side != wanted and _is_dark(answers.pair, group, side, show)):
            left = f", preemption in {show.preempt_remain}" if show.preempt_remain else ""
            yield answers.complaint(
                side, group.command(side), "role in the group", state, f"{shown(show.state)}{left}"
            )


def _is_dark(pair: Pair, group: Group, side: Side, show: Any) -> bool:
    """Tell whether a backup is Initialize because the E-Trunk holds its Eth-Trunk down."""
    return show.state == INITIALIZE and down_on_purpose(pair, side, group.interface.name.of(side))


def _advertises(group: Group, side: Side) -> str:
    """Return the interval as the display spells it."""
    milliseconds = group.group.advertise_ms.of(side)
    if isinstance(group.group, Vrrp6Group):
        centiseconds = group.group.advertise_cs.of(side) or DEFAULT_ADVERTISE_CS
        return f"{centiseconds if milliseconds is None else milliseconds // 10}cs"
    if milliseconds is not None:
        return f"{milliseconds}ms"
    return f"{group.group.advertise.of(side) or 1}s"


def _authentication(group: VrrpGroup, side: Side) -> str:
    """Return how packets are signed, as the display spells it."""
    key = group.authentication.of(side)
    if key is None:
        return "none"
    kind = key.mode.partition(" ")[0]
    return "simple text" if kind == "simple" else kind


def _kind(group: Group, side: Side) -> str:
    """Return the kind of group that the intent describes."""
    if group.group.admin.of(side):
        return "admin"
    return "member" if group.group.track.admin is not None else "normal"


def _as_intended(answers: Answers, group: Group) -> Iterator[Complaint]:
    """Find virtual addresses, priorities, timers and switches that are not the intended ones."""
    for side, show in _shows(answers, group).items():
        delay = group.group.preempt_delay.of(side)
        rows = [
            ("virtual addresses of the group", group.virtual_ips(side), frozenset(show.virtual_ips)),
            (
                "priority of the group",
                group.group.priority.of(side) or DEFAULT_PRIORITY,
                show.priority_config,
            ),
            ("preemption of the group", "yes" if group.group.preempt.of(side) else "no", show.preempt),
        ]
        shown_kind = next((kind for kind in KINDS if (show.config_type or "").startswith(kind)), None)
        if shown_kind is not None:
            rows.append(("kind of the group", _kind(group, side), shown_kind))
        if group.group.preempt.of(side):
            rows.append(("preemption delay of the group in seconds", delay or 0, show.preempt_delay_s))
        yield from answers.compare(side, group.command(side), *rows)
        yield from answers.compare_shown(side, group.command(side), *_sent(group, side, show))


def _sent(group: Group, side: Side, show: Any) -> Iterator[tuple[str, object, object]]:
    """Yield how a group advertises and forwards, at its defaults where the intent says nothing."""
    hold = group.group.holding_multiplier.of(side) or DEFAULT_HOLD
    forward = "enabled" if group.group.backup_forward.of(side) else "disabled"
    yield "interval of advertisements", _advertises(group, side), show.timer_config
    yield "advertisements lost until the master counts as gone", hold, show.hold_multiplier
    yield "forwarding of the backup", forward, show.backup_forward
    if isinstance(group.group, VrrpGroup):
        yield "authentication of the group", _authentication(group.group, side), show.auth_type


CHECKS: Final = (
    Check(
        "vrrp-roles",
        "Each VRRP group has one master, the intended one; its backup is Backup, or Initialize in flow-down",
        ("vrrp", "roles", "converge"),
        _groups,
        _needs,
        _roles,
    ),
    Check(
        "vrrp-as-intended",
        "Kind, addresses, priority, preemption, timers and keys of each VRRP group are the intended ones",
        ("vrrp", "configuration", "converge"),
        _groups,
        _needs,
        _as_intended,
    ),
)
