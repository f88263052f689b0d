"""The plan of one member: from its running configuration to the wanted lines, and back."""

from __future__ import annotations

from collections.abc import Iterable

from inventory.errors import RefusedError
from inventory.facts import ConfigLine, ConfigTree
from inventory.lines import Statement
from inventory.lines.snooping import VLAN_ENTER
from inventory.lines.statement import Key
from tasks.plan.diff import Changes, changes
from tasks.plan.items import Items, items_of, owned_and_foreign, read_items, same_configuration, stays
from tasks.plan.model import MemberPlan, Stage
from tasks.plan.ownership import removable
from tasks.plan.predict import predict
from tasks.plan.sequence import stages


def plan_member(
    member: str,
    want: tuple[Statement, ...],
    running: ConfigTree,
    *,
    scope: tuple[Statement, ...] | None = None,
    changed_secrets: frozenset[str] = frozenset(),
) -> MemberPlan:
    """Plan what to type on a member to reach the intent, and to come back.

    Args:
        member: device name.
        want: owned lines that shall be there; none takes the pair away.
        running: the member's configuration.
        scope: lines whose objects are the pair's, needed to take a pair away; else the wanted ones.
        changed_secrets: names of secrets with a new value; any other secret is as good as the ciphertext that
            the device shows.

    Raises:
        RefusedError: reaching the intent would touch a line that is not the pair's, or needs an object that
            is not there.
    """
    wanted = read_items(want, changed_secrets)
    present, foreign = owned_and_foreign(running, changed_secrets)
    if _holds(wanted, present):
        return MemberPlan(member, (), (), running)
    _refuse_missing_objects(wanted, present)
    named = (
        wanted
        if (scope is None or scope is want) and not changed_secrets
        else read_items(want if scope is None else scope)
    )
    plan = changes(wanted, present, removable(named, present, foreign, wanted))
    if not (plan.go or plan.come or plan.go_late):
        return MemberPlan(member, (), (), running)
    _refuse_foreign_loss(member, plan, foreign)
    forward = _staged(running, plan, wanted, present, running.release)
    predicted = forward[-1].predicted if forward else running
    reached = items_of(predicted, changed_secrets)
    _prove(member, wanted, reached)
    back = _way_back(predicted, present, reached, running.release)
    if not same_configuration(back[-1].predicted if back else predicted, running):
        raise RefusedError("the way back would not restore the configuration; nothing is sent", member=member)
    return MemberPlan(member, forward, back, running)


def _holds(want: Items, present: Items) -> bool:
    """Tell whether all that is wanted stands and nothing else that could be the pair's, whoever asks."""
    wanted = all(_reached(item, present) for item in want.values())
    return wanted and not any(
        key not in want and not item.row.holder and not item.row.shared for key, item in present.items()
    )


def _staged(tree: ConfigTree, plan: Changes, want: Items, present: Items, release: str) -> tuple[Stage, ...]:
    done: list[Stage] = []
    for commands in stages(plan, want, present, release):
        tree = predict(tree, (command.text for command in commands))
        done.append(Stage(tuple(commands), tree))
    return tuple(done)


def _way_back(predicted: ConfigTree, base: Items, reached: Items, release: str) -> tuple[Stage, ...]:
    """Plan from the predicted configuration to the base; all that differs is this plan's own work."""
    ours = frozenset(key for key, item in reached.items() if not stays(item))
    return _staged(predicted, changes(base, reached, ours), base, reached, release)


def _refuse_missing_objects(want: Items, present: Items) -> None:
    for key, item in want.items():
        if item.row.holder and not item.row.undo and item.row is not VLAN_ENTER and key not in present:
            raise RefusedError(
                "an object that the intent refers to is not on the device",
                wanted=item.text,
                where=str(item.place) if item.place else None,
            )


def _refuse_foreign_loss(member: str, plan: Changes, foreign: Iterable[ConfigLine]) -> None:
    """A view that goes takes all its lines along; foreign ones must not be among them."""
    going = {item.text for key, item in plan.go.items() if item.row.opens and len(key) == 1}
    for at in foreign:
        if at.path and at.path[0] in going:
            raise RefusedError(
                "an object that must go holds a line that is not the pair's",
                found=" / ".join((*at.path, at.text)),
                member=member,
            )


def _prove(member: str, want: Items, reached: Items) -> None:
    """Check that what will be typed leads to what is wanted; a gap here is a fault of the planner."""
    missing: list[Key] = [key for key, item in want.items() if not _reached(item, reached)]
    if missing:
        first = want[missing[0]]
        raise RefusedError(
            "the plan would not lead to the intent; nothing is sent",
            wanted=" / ".join((*first.path, first.text)),
            member=member,
        )


def _reached(item: Statement, reached: Items) -> bool:
    there = reached.get(item.key)
    return there is not None and there.value == item.value
