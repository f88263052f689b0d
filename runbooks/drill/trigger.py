"""What makes a standby take over in a drill: the intent as it is for the length of a trial.

By priority: those of the E-Trunks and VRRP groups that a member leads, so that the other one wins. By force:
the Eth-Trunks that it leads are forced to be backup on it and master on the other one; the priorities stay.
The lines come from the one planner, by comparing the pair with the changed intent. By `shutdown` of a port:
`runbooks.drill.port`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from inventory.errors import RefusedError
from inventory.model import SIDES, ETrunk, Interface, Pair, Side, other
from inventory.model.e_trunk import MemberTrunk
from tasks.checks.check import Check
from tasks.checks.e_trunk import DEFAULT_PRIORITY as E_TRUNK_PRIORITY
from tasks.checks.e_trunk import DEFAULT_REVERT_S, intended_master
from tasks.checks.vrrp import DEFAULT_PRIORITY as VRRP_PRIORITY

LAST_E_TRUNK: Final = 254
"""The priority with which an E-Trunk loses; the smaller one wins."""
LAST_VRRP: Final = 1
"""The priority with which a group loses; the larger one wins."""


class By(StrEnum):
    """What makes the standby take over."""

    PRIORITY = "priority"
    FORCE_BACKUP = "force-backup"
    SHUTDOWN = "shutdown"


@dataclass(frozen=True, slots=True)
class Trigger:
    """How one member gives up what it leads.

    Args:
        side: the member that gives up.
        pair: the intent while the trial lasts; where no intent makes it so, one of which member leads then.
        names: what moves, e.g. `E-Trunk 1`, `VRRP 10 on Vlanif100`.
        takes_s: seconds for which the other member waits before it takes over.
        returns_s: seconds for which this member waits before it takes over again.
        leads: what tells that the other member leads; empty: the roles of the intent while the trial lasts.
        port: what is shut down; empty where the intent tells the lines.
    """

    side: Side
    pair: Pair
    names: tuple[str, ...]
    takes_s: float
    returns_s: float
    leads: tuple[Check, ...] = ()
    port: str = ""


def leading(pair: Pair) -> tuple[Side, ...]:
    """Return the members that lead something that could move.

    Raises:
        RefusedError: neither does.
    """
    sides = tuple(side for side in SIDES if _movable(pair, side))
    if not sides:
        raise RefusedError(
            f"nothing of {pair.name} could move in a drill; nothing was sent",
            wanted="an E-Trunk in master/backup mode, or a VRRP group with a larger priority on one member",
            next_command=with_port(pair),
        )
    return sides


def has_twins(pair: Pair) -> bool:
    """Tell whether both members forward over an Eth-Trunk of the pair."""
    return any(both_forward(one, leg) for one in pair.e_trunks for leg in one.members)


def with_port(pair: Pair) -> str | None:
    """Return the drill of a pair whose members both forward: a port of one is shut."""
    movable = any(_movable(pair, side) for side in SIDES)
    return f"hotpair drill {pair.name} --by shutdown --port PORT" if has_twins(pair) and not movable else None


def _movable(pair: Pair, side: Side) -> bool:
    return any(_moves(one, side) for one in pair.e_trunks) or any(_groups(pair, side))


def trigger_of(pair: Pair, side: Side, by: By = By.PRIORITY) -> Trigger:
    """Return what makes a member give up all that it leads.

    Args:
        pair: intent.
        side: the member that gives up.
        by: what makes the standby take over.

    Raises:
        RefusedError: it leads nothing that could move, or the other member would not take it.
    """
    return _by_force(pair, side) if by is By.FORCE_BACKUP else _by_priority(pair, side)


def _by_force(pair: Pair, side: Side) -> Trigger:
    """Force the Eth-Trunks that a member leads to be backup on it, and master on the other one."""
    names = tuple(
        f"Eth-Trunk{leg.eth_trunk.of(side)} in E-Trunk {one.id.of(side)}"
        for one in pair.e_trunks
        for leg in one.members
        if forcible(one, leg, side)
    )
    if not names:
        raise RefusedError(
            f"{pair.members.of(side)} leads no Eth-Trunk that could be forced; nothing was sent",
            wanted="an Eth-Trunk whose role follows its E-Trunk (`auto`) on both members",
            member=pair.members.of(side),
            next_command=f"hotpair drill {pair.name} --from {side}",
        )
    returns = max(revert_s(one, side) for one in pair.e_trunks)
    moved = forced(pair, side, lambda one, leg: forcible(one, leg, side))
    return Trigger(side, moved, names, 0, returns)


def forced(pair: Pair, side: Side, which: Callable[[ETrunk, MemberTrunk], bool]) -> Pair:
    """Return an intent whose Eth-Trunks, those of a kind, are forced to be backup on a member."""
    e_trunks = tuple(
        one.model_copy(
            update={"members": tuple(_forced(leg, side) if which(one, leg) else leg for leg in one.members)}
        )
        for one in pair.e_trunks
    )
    return pair.model_copy(update={"e_trunks": e_trunks})


def _forced(leg: MemberTrunk, side: Side) -> MemberTrunk:
    roles: dict[str, str] = {side: "force-backup", other(side): "force-master"}
    return leg.model_copy(update={"role": leg.role.model_copy(update=roles)})


def forcible(e_trunk: ETrunk, leg: MemberTrunk, side: Side) -> bool:
    """Tell whether an Eth-Trunk follows its E-Trunk on both members, and a member leads that."""
    auto = all(leg.role.of(one) in {None, "auto"} for one in SIDES)
    return auto and e_trunk.only is None and leg.only is None and intended_master(e_trunk) == side


def both_forward(e_trunk: ETrunk, leg: MemberTrunk) -> bool:
    """Tell whether both members forward over an Eth-Trunk: one carries it all when the other falls."""
    return leg.role.a == leg.role.b == "force-master" and e_trunk.only is None and leg.only is None


def _by_priority(pair: Pair, side: Side) -> Trigger:
    e_trunks = tuple(one for one in pair.e_trunks if _moves(one, side))
    groups = tuple(_groups(pair, side))
    if not e_trunks and not groups:
        raise RefusedError(
            f"{pair.members.of(side)} leads nothing that could move in a drill; nothing was sent",
            wanted="an E-Trunk in master/backup mode, or a VRRP group with the larger priority",
            member=pair.members.of(side),
            next_command=with_port(pair) or f"hotpair drill {pair.name} --from {other(side)}",
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
            "interfaces": lowered(pair, side, lambda group: leads_group(group, side)),
        }
    )
    names = (
        *(f"E-Trunk {one.id.of(side)}" for one in e_trunks),
        *(f"VRRP {group.vrid.of(side)} on {interface.name.of(side)}" for interface, group in groups),
    )
    takes = max((group.preempt_delay.of(other(side)) or 0 for _, group in groups), default=0)
    back = (group.preempt_delay.of(side) or 0 for _, group in groups)
    delays = (revert_s(one, side) for one in e_trunks)
    return Trigger(side, moved, names, takes, max((*back, *delays)))


def revert_s(e_trunk: ETrunk, side: Side) -> int:
    """Return the seconds that a member waits before it takes an E-Trunk back."""
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


def leads_group(group: Any, side: Side) -> bool:
    """Tell whether a member wins a group by priority, and follows no other group in it."""
    own, theirs = (group.priority.of(one) or VRRP_PRIORITY for one in (side, other(side)))
    return group.only is None and group.track.admin is None and own > theirs > LAST_VRRP


def _groups(pair: Pair, side: Side) -> Iterator[tuple[Interface, Any]]:
    for interface in pair.interfaces:
        if interface.only is None:
            for group in (*interface.vrrp, *interface.vrrp6):
                if leads_group(group, side):
                    yield interface, group


def lowered(pair: Pair, side: Side, which: Callable[[Any], bool]) -> tuple[Interface, ...]:
    """Return the interfaces of an intent, with groups of a kind that lose on a member."""
    return tuple(
        one if one.only is not None else one.model_copy(update=_lowered(one, side, which))
        for one in pair.interfaces
    )


def _lowered(interface: Interface, side: Side, which: Callable[[Any], bool]) -> dict[str, tuple[Any, ...]]:
    return {
        family: tuple(
            group.model_copy(update={"priority": group.priority.model_copy(update={side: LAST_VRRP})})
            if which(group)
            else group
            for group in getattr(interface, family)
        )
        for family in ("vrrp", "vrrp6")
    }
