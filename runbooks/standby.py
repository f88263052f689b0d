"""The gate before a change of a pair: do the members reach each other, and could the standby take over now?

That they reach each other is asked before every change: no channel comes up otherwise, whatever is typed.
A change that affects traffic on a pair that is deployed wants a standby that is ready, judged by what *runs*:
the intent of a change is not there yet. A reason that the change itself puts right stands in nobody's way,
and is told: its lines make the members equal again, in the object that the reason is about.
Nothing is asked of a first deployment, nor where a pair is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from inventory.errors import IntentError, RefusedError
from inventory.facts import ConfigTree
from inventory.lines import Statement
from inventory.lines.impact import Impact
from inventory.lines.relation import Kind
from inventory.load import parse_pair
from inventory.model import SIDES, Pair, Side
from inventory.model.base import Each, Placed
from runbooks.effects.changed import changed_items, twin_names
from runbooks.gates import Permission
from runbooks.observe import observe
from runbooks.readiness import Readiness, Reason
from runbooks.ready import judge_ready, require_ready
from tasks.checks.catalog import Selection, checks_for, judge
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tasks.clock import Clock
from tasks.learn import learn
from tasks.plan.model import PairPlan
from tasks.sessions.protocol import Session

SETTLING_S: Final = 15.0
"""How long a path between the members is waited for, in seconds."""
AGAIN_S: Final = 3.0
REACHES: Final = Selection(names=("underlay-reaches",))
READY: Final = "standby-ready"
"""Name of the result that tells what the gate saw."""
_TITLE: Final = "The standby could have taken over before the change"
_OF_STATE: Final = frozenset(
    {"roles", "channel", "entries", "underlay", "interface", "lacp", "monitor-group"}
)
"""Tags of checks that tell what a standby has; what it is told to be is what the change is about."""
_RELATED: Final = frozenset({Kind.EQUAL, Kind.MIRRORED})
_Object = TypeVar("_Object", bound=Placed)


@dataclass(frozen=True, slots=True)
class Repair:
    """A line of a plan after which one member has again what the other one has, and no more.

    Args:
        objects: what the object that holds it is called on either member; none for a line of the system view.
        text: the line.
        gives: it gives service back; otherwise it only takes away what keeps the members apart.
    """

    objects: frozenset[str]
    text: str
    gives: bool = True

    def mends(self, complaint: Complaint) -> bool:
        """Tell whether a complaint is about the object of this line, on whichever member."""
        parts = (complaint.command, complaint.text, complaint.wanted, complaint.found)
        return any(_named(name, part) for name in self.objects for part in parts)


def _named(name: str, text: str) -> bool:
    """Tell whether an object is named in a text: `e-trunk 1` is in `display e-trunk 1`, not in that of 12."""
    bare, within = (words.lower().replace(" ", "") for words in (name, text))
    return re.search(rf"{re.escape(bare)}(?![\d./])", within) is not None


@dataclass(frozen=True, slots=True)
class Gate:
    """What was seen of both members before the first line.

    Args:
        results: for the reports.
        seen: every display that was taken.
        overridden: what would have refused the change, had nobody given a reason.
    """

    results: tuple[CheckResult, ...] = ()
    seen: tuple[Observation, ...] = ()
    overridden: tuple[str, ...] = ()


def pass_gate(
    pair: Pair,
    plan: PairPlan,
    sessions: Mapping[Side, Session],
    permission: Permission,
    clock: Clock,
    *,
    remove: bool,
    more: Sequence[str],
) -> Gate:
    """Refuse a change that no standby could catch, or whose members do not reach each other.

    Args:
        pair: intent.
        plan: of both members.
        sessions: one a member.
        permission: what the network and the operator allow.
        clock: by which is looked.
        remove: the pair is taken away: nothing is asked of it.
        more: displays that are taken too.

    Raises:
        RefusedError: the members do not reach each other, or the standby is not ready.
        DeviceError: a member did not answer.
    """
    if plan.empty:
        return Gate()
    if remove:
        return Gate((), observe((), pair, sessions, clock, more))
    bases = {side: one.base for side, one in zip(SIDES, plan.members, strict=True)}
    runs = as_it_runs(pair, bases) if affects(plan) else None
    if runs is None:
        return _once_they_reach(pair, sessions, permission, clock, more)
    checks = [one for one in checks_for() if _OF_STATE & {*one.tags} and "configuration" not in one.tags]
    seen = observe(checks, runs, sessions, clock, more)
    readiness = judge_ready(runs, seen, permission.policy, checks)
    mends = repairs(pair, plan)
    excused = [one for one in readiness.reasons if _excused(one, mends)]
    require_ready(readiness, permission.forced, excused)
    left = (*(one.text for one in readiness.reasons if one not in excused), *readiness.untold)
    return Gate((_told(pair, readiness, excused, _overridden(left, permission)),), seen, left)


def reaching(pair: Pair, sessions: Mapping[Side, Session], clock: Clock) -> tuple[CheckResult, ...]:
    """Tell whether the members reach each other: it explains a channel that does not come up.

    Raises:
        DeviceError: a member did not answer.
    """
    checks = checks_for(REACHES)
    return judge(checks, pair, observe(checks, pair, sessions, clock))


def _once_they_reach(
    pair: Pair, sessions: Mapping[Side, Session], permission: Permission, clock: Clock, more: Sequence[str]
) -> Gate:
    """Refuse to begin where no channel could come up; what cannot be told is left to the trial.

    A path that is not there is asked for again for a while: the network may be coming to rest.
    """
    checks = checks_for(REACHES)
    ends = clock.seconds() + SETTLING_S
    while True:
        seen = observe(checks, pair, sessions, clock, more)
        results = judge(checks, pair, seen, permission.policy.limits)
        said = [str(one) for end in results if end.outcome is Outcome.FAILURE for one in end.complaints]
        if not said:
            return Gate((), seen)
        if permission.forced:
            note = "; ".join(_overridden(said, permission))
            return Gate(
                tuple(
                    replace(one, outcome=Outcome.SKIPPED, complaints=(), note=note)
                    for one in results
                    if one.complaints
                ),
                seen,
                tuple(said),
            )
        if clock.seconds() >= ends:
            break
        clock.sleep(AGAIN_S)
    raise RefusedError(
        f"the members of {pair.name} do not reach each other: no channel would come up; nothing was sent",
        wanted="answers to ping, or --force --why TEXT",
        found="\n".join(said),
        next_command=f"hotpair verify {pair.name} --tag underlay",
    )


def affects(plan: PairPlan) -> bool:
    """Tell whether a plan has a line that affects traffic."""
    return any(
        command.impact is Impact.AFFECTS_SERVICE
        for member in plan.members
        for stage in member.forward
        for command in stage.commands
    )


# ---- what runs ---------------------------------------------------------------------------------------------


def as_it_runs(pair: Pair, trees: Mapping[Side, ConfigTree]) -> Pair | None:
    """Return a pair as both members run it: of the objects that its intent names, those that stand on both.

    Args:
        pair: intent.
        trees: running configurations.

    Returns:
        Nothing where no part of it is deployed.
    """
    try:
        runs = parse_pair(learn(trees["a"], trees["b"], pair.name, whole=True), "what runs")
    except IntentError:
        return None
    interfaces = _common(runs.interfaces, pair.interfaces, "name")
    mine = {
        "e_trunks": _common(runs.e_trunks, pair.e_trunks, "id"),
        "backup_services": _common(runs.backup_services, pair.backup_services, "name"),
        "backup_profiles": _common(runs.backup_profiles, pair.backup_profiles, "name"),
        "interfaces": interfaces,
        "monitor_groups": _common(runs.monitor_groups, pair.monitor_groups, "name"),
    }
    led = any(one.vrrp or one.vrrp6 for one in interfaces)
    if not led and not any(mine[name] for name in ("e_trunks", "backup_services", "backup_profiles")):
        return None
    sessions = () if runs.bfd is None or pair.bfd is None else runs.bfd.sessions
    ours = _common(sessions, () if pair.bfd is None else pair.bfd.sessions, "name")
    bfd = None if runs.bfd is None else runs.bfd.model_copy(update={"sessions": ours})
    return runs.model_copy(update={**mine, "bfd": bfd, "members": pair.members})


def _common(there: Iterable[_Object], wanted: Iterable[_Object], key: str) -> tuple[_Object, ...]:
    """Return the objects that stand on both members and bear the name of one of the intent on each."""
    names: set[tuple[Any, Any]] = {_names(one, key) for one in wanted}
    return tuple(one for one in there if one.only is None and _names(one, key) in names)


def _names(one: Any, key: str) -> tuple[Any, Any]:
    each: Each[Any] = getattr(one, key)
    return each.a, each.b


# ---- what the change puts right ----------------------------------------------------------------------------


def repairs(pair: Pair, plan: PairPlan) -> tuple[Repair, ...]:
    """Return the lines after which the members are equal again, by the relation of their rows.

    They bring back on one member what the other has, or take away what it alone has: a `shutdown`, a key.
    """
    changed = [tuple(changed_items(member)) for member in plan.members]
    rows = [{item.row.id for item, _ in items} for items in changed]
    names, led = tuple(twin_names(pair)), dict(_led(pair))
    return tuple(
        Repair(
            led.get(_object(item), frozenset()).union(*(one for one in names if _object(item) in one)),
            item.text,
            stands or _takes_away(item),
        )
        for items, theirs in zip(changed, reversed(rows), strict=True)
        for item, stands in items
        if item.row.relation.kind in _RELATED
        and not {item.row.id, item.row.relation.in_row or item.row.id} & theirs
    )


def _led(pair: Pair) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each E-Trunk with the Eth-Trunks of both members whose state follows from it."""
    for e_trunk in pair.e_trunks:
        legs = frozenset(f"Eth-Trunk{leg.eth_trunk.of(side)}" for leg in e_trunk.members for side in SIDES)
        yield from ((f"e-trunk {e_trunk.id.of(side)}", legs) for side in SIDES)


def _takes_away(item: Statement) -> bool:
    """Tell whether a line takes service away while it stands, as `shutdown` does, so that its going helps."""
    typed, undone = item.row.impact
    return typed is Impact.AFFECTS_SERVICE and undone is not Impact.AFFECTS_SERVICE


def _object(item: Statement) -> str:
    opening = item.path[-1] if item.path else item.text if item.row.opens else ""
    return opening.removeprefix("interface ")


def _excused(reason: Reason, mends: Sequence[Repair]) -> bool:
    """Tell whether lines put a reason right; one that goes parts two masters, and brings no entry back."""
    if reason.complaint is None:
        return False
    return any(one.mends(reason.complaint) and (one.gives or not reason.of_entries) for one in mends)


def _overridden(reasons: Iterable[str], permission: Permission) -> tuple[str, ...]:
    return tuple(f"overridden ({permission.forced}): {text}" for text in reasons)


def _told(
    pair: Pair, readiness: Readiness, excused: Sequence[Reason], overridden: Sequence[str]
) -> CheckResult:
    """Tell what the gate saw and let pass."""
    said = (*(f"put right by this change: {one.text}" for one in excused), *overridden)
    counted = ", ".join(f"{one.kind} {one.on_backup} of {one.on_master}" for one in readiness.entries)
    note = "; ".join(said) or f"ready before the change; entries on the backup: {counted or 'none shown'}"
    outcome = Outcome.SKIPPED if said else Outcome.SUCCESS
    return CheckResult(READY, pair.name, outcome, _TITLE, ("gate",), (), note)
