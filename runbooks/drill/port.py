"""A drill by `shutdown` of a port: what falls with it, what moves then, and the line that is typed.

It is the one line that is typed and not owned, and only in a trial that is always taken back. What falls is
told by the intent: an Eth-Trunk that keeps too few ports, a VRRP group whose interface is down or whose
priority sinks below the other member's. Where both members forward, the other one carries it all then. Where
nothing would move there is no drill.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from inventory.errors import RefusedError
from inventory.facts import ConfigLine, ConfigTree, Foreign
from inventory.lines.impact import Impact
from inventory.lines.interface import IF_ENTER
from inventory.model import SIDES, ETrunk, MonitorGroup, Pair, Side, other
from inventory.model.e_trunk import MemberTrunk
from inventory.model.vrrp import GroupTrack, VrrpGroup
from runbooks.drill.trigger import (
    Trigger,
    both_forward,
    forced,
    forcible,
    leads_group,
    lowered,
    revert_s,
    with_port,
)
from tasks.checks.check import Answers, Check, Need
from tasks.checks.model import Complaint
from tasks.checks.vrrp import DEFAULT_PRIORITY, MASTER, Group, groups_of
from tasks.plan.model import Command, MemberPlan, PairPlan, Stage
from tasks.transaction.owned import SHUTDOWN

DEFAULT_REDUCED: Final = 10
"""By how much a tracked failure reduces a priority without a word."""
NOTICED_S: Final = 10.0
"""Seconds in which a backup notices that advertisements have ended."""
_TITLE: Final = "The other member leads what the port carried"


# ---- what moves --------------------------------------------------------------------------------------------


def shut_trigger(pair: Pair, side: Side, port: str) -> Trigger:
    """Return what moves when a port of a member is shut down.

    Args:
        pair: intent.
        side: the member that has the port.
        port: its name, as the member's configuration spells it.

    Raises:
        RefusedError: nothing would move.
    """
    down = frozenset({port, *_fallen_trunks(pair, side, port)})
    legs = tuple((one, leg) for one, leg in _legs(pair, side) if _trunk(leg, side) in down)
    groups = tuple(one for one in groups_of(pair) if _moves(pair, one, side, down))
    if not legs and not groups:
        raise RefusedError(
            f"nothing of {pair.name} moves when {port} is shut; nothing was sent",
            wanted="a port without which an Eth-Trunk that the member leads falls, or a VRRP group loses",
            member=pair.members.of(side),
            where=port,
            next_command=f"hotpair drill {pair.name} --from {side}{_whole_trunk(pair, side)}",
        )
    chosen, sunk = tuple(leg for _, leg in legs), tuple(one.group for one in groups)
    moved = forced(pair, side, lambda _one, leg: leg in chosen)
    moved = moved.model_copy(update={"interfaces": lowered(moved, side, lambda group: group in sunk)})
    names = (
        *(f"{_trunk(leg, side)} in E-Trunk {one.id.of(side)}" for one, leg in legs),
        *(f"VRRP {one.group.vrid.of(side)} on {one.interface.name.of(side)}" for one in groups),
    )
    checks = (
        *(_leg_led(one, leg, other(side)) for one, leg in legs),
        *(_group_led(one, other(side)) for one in groups),
    )
    takes = max((_takes_s(one, side, down) for one in groups), default=0)
    back = (_returns_s(pair, one, side, down) for one in groups)
    reverts = (0 if both_forward(one, leg) else revert_s(one, side) for one, leg in legs)
    returns = max((*back, *reverts))
    return Trigger(side, moved, names, takes, returns, checks, port)


def _legs(pair: Pair, side: Side) -> Iterator[tuple[ETrunk, MemberTrunk]]:
    """Yield the Eth-Trunks that a member leads, or carries beside the other one."""
    for one in pair.e_trunks:
        for leg in one.members:
            if forcible(one, leg, side) or both_forward(one, leg):
                yield one, leg


def _whole_trunk(pair: Pair, side: Side) -> str:
    """Return the words that let an Eth-Trunk of several ports fall, where no E-Trunk or group could move."""
    leg = next((leg for one, leg in _legs(pair, side) if both_forward(one, leg)), None)
    return f" --by shutdown --port {_trunk(leg, side)}" if leg and with_port(pair) else ""


def _trunk(leg: MemberTrunk, side: Side) -> str:
    return f"Eth-Trunk{leg.eth_trunk.of(side)}"


def _fallen_trunks(pair: Pair, side: Side, port: str) -> Iterator[str]:
    """Yield the Eth-Trunks that keep too few ports."""
    for leg in (leg for one in pair.e_trunks for leg in one.members if leg.on(side)):
        ports = leg.ports.of(side)
        if port in ports and len(ports) - 1 < max(1, leg.least_active.of(side) or 1):
            yield _trunk(leg, side)


def _stands_on(group: Group, side: Side, down: frozenset[str]) -> bool:
    name = group.interface.name.of(side)
    return name in down or name.partition(".")[0] in down


def _moves(pair: Pair, group: Group, side: Side, down: frozenset[str]) -> bool:
    """Tell whether a member that leads a group loses it to the other one."""
    if not leads_group(group.group, side) or not group.interface.on(side):
        return False
    if _stands_on(group, side, down):
        return not group.group.ignore_if_down.of(side)
    theirs = group.group.priority.of(other(side)) or DEFAULT_PRIORITY
    return _priority(pair, group, side, down) < theirs and group.group.preempt.of(other(side))


def _priority(pair: Pair, group: Group, side: Side, down: frozenset[str]) -> int:
    """Return the priority of a group after the failures that it tracks."""
    tracks = group.group.track
    reduced = sum(
        one.reduced.of(side) or (-(one.increased.of(side) or 0) or DEFAULT_REDUCED)
        for one in tracks.interfaces
        if one.on(side) and one.interface.of(side) in down
    )
    for one in group.group.track.monitor_groups if isinstance(group.group, VrrpGroup) else ():
        if one.on(side) and _fails(pair, one, side, down):
            if one.link.of(side):
                return 0
            reduced += one.reduced.of(side) or DEFAULT_REDUCED
    return (group.group.priority.of(side) or DEFAULT_PRIORITY) - reduced


def _fails(pair: Pair, track: GroupTrack, side: Side, down: frozenset[str]) -> bool:
    """Tell whether the failed share of a monitor group is as large as a group of VRRP heeds."""
    return any(
        100 * sum(_weights(one, side, down)) >= track.failure_ratio.of(side) * sum(_weights(one, side))
        for one in pair.monitor_groups
        if one.on(side) and one.enable.of(side) and one.name.of(side) == track.group.of(side)
        if any(_weights(one, side, down))
    )


def _weights(group: MonitorGroup, side: Side, down: frozenset[str] | None = None) -> Iterator[int]:
    for one in group.interfaces:
        if one.on(side) and (down is None or one.interface.of(side) in down):
            yield one.down_weight.of(side)


def _takes_s(group: Group, side: Side, down: frozenset[str]) -> float:
    """Return how long the other member waits: for advertisements that end, or as it is configured to."""
    return NOTICED_S if _stands_on(group, side, down) else group.group.preempt_delay.of(other(side)) or 0


def _returns_s(pair: Pair, group: Group, side: Side, down: frozenset[str]) -> float:
    """Return how long the member waits before it takes a group back."""
    watching = (one.up_delay.of(side) or 0 for one in pair.monitor_groups if any(_weights(one, side, down)))
    delays = (
        group.group.preempt_delay.of(side),
        pair.system.vrrp_recover_delay.of(side),
        group.interface.vrrp_recover_delay.of(side),
        group.interface.vrrp6_recover_delay.of(side),
    )
    return sum(delay or 0 for delay in delays) + max(watching, default=0)


# ---- what tells that it has moved --------------------------------------------------------------------------


def _check(name: str, need: Need, judge: partial[Iterator[Complaint]]) -> Check:
    return Check(
        "takeover", _TITLE, ("drill",), lambda _pair: {name: name}, lambda _pair, _name: (need,), judge
    )


def _leg_led(e_trunk: ETrunk, leg: MemberTrunk, side: Side) -> Check:
    need = Need(side, f"display e-trunk {e_trunk.id.of(side)}")
    return _check(_trunk(leg, side), need, partial(_leg_leads, need, leg.eth_trunk.of(side)))


def _leg_leads(need: Need, number: int, answers: Answers, name: str) -> Iterator[Complaint]:
    shown = (row for show in answers.records(need.side, need.command) for row in show.members)
    states = [(row.state, row.phy_state) for row in shown if row.id == number]
    if states != [(MASTER, "up")]:
        yield answers.complaint(need.side, need.command, f"role and state of {name}", "master, up", states)


def _group_led(group: Group, side: Side) -> Check:
    need = Need(side, group.command(side))
    return _check(group.name, need, partial(_group_leads, need, group.group.vrid.of(side)))


def _group_leads(need: Need, vrid: int, answers: Answers, name: str) -> Iterator[Complaint]:
    states = [row.state for row in answers.records(need.side, need.command) if row.vrid == vrid]
    if states != [MASTER]:
        yield answers.complaint(need.side, need.command, f"role in {name}", MASTER, states)


# ---- what is typed -----------------------------------------------------------------------------------------


def plan_shut(pair: Pair, trigger: Trigger, trees: Mapping[Side, ConfigTree]) -> PairPlan:
    """Plan the one line: `shutdown` of the port, on a trial that is taken back.

    Args:
        pair: intent.
        trigger: with the port.
        trees: running configuration of each member.

    Raises:
        RefusedError: the member has no such port, or it is shut already.
    """
    a, b = (
        _shut(pair.members.of(side), trees[side], trigger.port)
        if side == trigger.side
        else MemberPlan(pair.members.of(side), (), (), trees[side])
        for side in SIDES
    )
    return PairPlan(pair.name, a, b)


def _shut(member: str, tree: ConfigTree, port: str) -> MemberPlan:
    opening = f"interface {port}"
    (line,) = (one for one in tree.lines if one.text == opening)
    texts = [child.text for child in line.children]
    if SHUTDOWN in texts:
        raise RefusedError(f"{port} is shut already; nothing was sent", member=member, where=port)
    kept = tuple(child for child in line.children if child.text != f"undo {SHUTDOWN}")
    after = ConfigLine(line.said, (ConfigLine(Foreign((opening,), SHUTDOWN)), *kept))
    predicted = ConfigTree(tuple(after if one is line else one for one in tree.lines), tree.release)
    forward, back = (
        _stage(port, text, end) for text, end in ((SHUTDOWN, predicted), (f"undo {SHUTDOWN}", tree))
    )
    return MemberPlan(member, (forward,), (back,), tree)


def _stage(port: str, text: str, predicted: ConfigTree) -> Stage:
    suffix = IF_ENTER.prompt({"interface": port})
    commands = (
        Command(f"interface {port}", suffix, moves=True),
        Command(text, suffix, Impact.AFFECTS_SERVICE, "drill"),
        Command("quit", "", moves=True),
    )
    return Stage(commands, predicted)
