"""What makes a standby take over in a drill: the intent as it is for the length of a trial.

A trigger changes priorities alone: of the E-Trunks and VRRP groups that a member leads, so that the other
one wins. The lines come from the one planner, by comparing the pair with the changed intent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from inventory.errors import RefusedError
from inventory.model import SIDES, ETrunk, Interface, Pair, Side, other
from tasks.checks.e_trunk import DEFAULT_PRIORITY as E_TRUNK_PRIORITY
from tasks.checks.e_trunk import DEFAULT_REVERT_S, intended_master
from tasks.checks.vrrp import DEFAULT_PRIORITY as VRRP_PRIORITY

LAST_E_TRUNK: Final = 254
"""The priority with which an E-Trunk loses; the smaller one wins."""
LAST_VRRP: Final = 1
"""The priority with which a group loses; the larger one wins."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """How one member gives up what it leads.

    Args:
        side: the member that gives up.
        pair: the intent while the trial lasts.
        names: what moves, e.g. `E-Trunk 1`, `VRRP 10 on Vlanif100`.
        takes_s: seconds for which the other member waits before it takes over.
        returns_s: seconds for which this member waits before it takes over again.
    """

    side: Side
    pair: Pair
    names: tuple[str, ...]
    takes_s: float
    returns_s: float


def leading(pair: Pair) -> tuple[Side, ...]:
    """Give the members that lead something that could move.

    Raises:
        RefusedError: neither does.
    """
    sides = tuple(side for side in SIDES if _movable(pair, side))
    if not sides:
        raise RefusedError(
            f"nothing of {pair.name} could move in a drill; nothing was sent",
            wanted="an E-Trunk in master/backup mode, or a VRRP group with a larger priority on one member",
        )
    return sides


def _movable(pair: Pair, side: Side) -> bool:
    return any(_moves(one, side) for one in pair.e_trunks) or any(_groups(pair, side))


def trigger_of(pair: Pair, side: Side) -> Trigger:
    """Give what makes a member give up all that it leads.

    Args:
        pair: intent.
        side: the member that gives up.

    Raises:
        RefusedError: it leads nothing that could move, or the other member would not take it.
    """
    e_trunks = tuple(one for one in pair.e_trunks if _moves(one, side))
    groups = tuple(_groups(pair, side))
    if not e_trunks and not groups:
        raise RefusedError(
            f"{pair.members.of(side)} leads nothing that could move in a drill; nothing was sent",
            wanted="an E-Trunk in master/backup mode, or a VRRP group with the larger priority",
            member=pair.members.of(side),
            next_command=f"hotpair drill {pair.name} --from {other(side)}",
        )
    for interface, group in groups:
        if not group.preempt.of(other(side)):
            raise RefusedError(
                f"the backup of VRRP group {group.vrid.of(side)} never takes over; nothing was sent",
                wanted="preemption on both members",
                found=f"none on {pair.members.of(other(side))}",
                where=interface.name.of(side),
            )
    moved = pair.model_copy(
        update={
            "e_trunks": tuple(_lowered_trunk(one, side) if one in e_trunks else one for one in pair.e_trunks),
            "interfaces": tuple(_lowered(one, side) for one in pair.interfaces),
        }
    )
    names = (
        *(f"E-Trunk {one.id.of(side)}" for one in e_trunks),
        *(f"VRRP {group.vrid.of(side)} on {interface.name.of(side)}" for interface, group in groups),
    )
    takes = max((group.preempt_delay.of(other(side)) or 0 for _, group in groups), default=0)
    back = (group.preempt_delay.of(side) or 0 for _, group in groups)
    delays = (_revert(one, side) for one in e_trunks)
    return Trigger(side, moved, names, takes, max((*back, *delays)))


def _revert(e_trunk: ETrunk, side: Side) -> int:
    delay = e_trunk.revert_delay.of(side)
    return DEFAULT_REVERT_S if delay is None else delay


def _moves(e_trunk: ETrunk, side: Side) -> bool:
    """Tell whether an E-Trunk is led by a member, and would be by the other one if that were better."""
    forced = e_trunk.members and all(
        leg.role.a == leg.role.b == "force-master" for leg in e_trunk.members if leg.only is None
    )
    theirs = e_trunk.priority.of(other(side)) or E_TRUNK_PRIORITY
    leads = e_trunk.only is None and intended_master(e_trunk) == side
    return leads and not forced and theirs < LAST_E_TRUNK


def _lowered_trunk(e_trunk: ETrunk, side: Side) -> ETrunk:
    priority = e_trunk.priority.model_copy(update={side: LAST_E_TRUNK})
    return e_trunk.model_copy(update={"priority": priority})


def _leads(group: Any, side: Side) -> bool:
    """Tell whether a member wins a group by priority, and follows no other group in it."""
    own, theirs = (group.priority.of(one) or VRRP_PRIORITY for one in (side, other(side)))
    return group.only is None and group.track.admin is None and own > theirs > LAST_VRRP


def _groups(pair: Pair, side: Side) -> Iterator[tuple[Interface, Any]]:
    for interface in pair.interfaces:
        if interface.only is None:
            for group in (*interface.vrrp, *interface.vrrp6):
                if _leads(group, side):
                    yield interface, group


def _lowered(interface: Interface, side: Side) -> Interface:
    if interface.only is not None:
        return interface
    lowered = {
        family: tuple(
            group.model_copy(update={"priority": group.priority.model_copy(update={side: LAST_VRRP})})
            if _leads(group, side)
            else group
            for group in getattr(interface, family)
        )
        for family in ("vrrp", "vrrp6")
    }
    return interface.model_copy(update=lowered)
