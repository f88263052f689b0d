"""Does the twin show what the pair shows? Every parsed field is compared, before anything is changed.

What changes by itself, counts, or dates is left out: a twin has another past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from inventory.model import Pair
from inventory.quantities import quantity
from runbooks.compare import Difference, compare_seen
from runbooks.lasting import lasting
from tasks.checks.model import Observation

_PAST: Final = frozenset({
    "uptime", "clock", "date", "since", "lasting", "remain", "left", "stale", "lease", "created", "create",
    "received", "sent", "dropped", "packets", "errors", "bytes", "bits", "broadcasts", "count", "counts",
    "counter", "counters", "commit", "index", "user", "users", "line", "lines", "text", "login",
    "causation", "reason", "diagnostic", "reporter",
    "mac", "system", "slot", "board", "boards", "vrp", "model", "hardware", "release", "file",
})  # fmt: skip
"""Words in the names of fields that tell of the past or the hardware of a device, not of how it is set."""
_MOMENTS: Final = frozenset({
    "up", "down", "change", "start", "end", "create", "login", "locked", "unlocked", "system", "expire",
    "peak", "configuration",
})  # fmt: skip
"""What stands before `_time` where that is a moment; a response time, a fail time are set by somebody."""
_RUNNING: Final = re.compile(r"last_.*|time|timer_run|(group|source)_timer|.*_timer_(id|expiry)")


def is_past(name: str) -> bool:
    """Tell whether a field tells of what was, what is counted, or what a device is made of.

    Args:
        name: of the field, e.g. `last_up_time`; `operate_status` and `preempt_delay_s` are none.
    """
    words = name.lower().split("_")
    moment = words[-1] == "time" and not _MOMENTS.isdisjoint(words)
    return moment or not _PAST.isdisjoint(words) or _RUNNING.fullmatch(name) is not None


LEAST_SHARE: Final = 0.9
"""Share of fields that must agree: below it a rehearsal concludes nothing."""
UNCOMPARED: Final = "no display of the pair was compared with the twin's, as where only files are given"
NOT_COMPARED: Final = ("display current-configuration", "display clock", "display version", "display startup")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a twin shows what the pair shows.

    Args:
        fields: compared.
        differing: what differs, live before, twin after.
        on_objects: of that, what is on an object of the plan.
        apart: fields that differ: a row that is on one of both alone is as many as it has.
        unread: displays of objects of the plan that were not read on one of both.
    """

    fields: int
    differing: tuple[Difference, ...]
    on_objects: tuple[Difference, ...]
    apart: int = 0
    unread: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share that agrees."""
        return 1 - self.apart / self.fields if self.fields else 0.0

    @property
    def doubt(self) -> str:
        """Why nothing can be concluded; empty where it can."""
        if not self.fields:
            return UNCOMPARED
        if self.on_objects:
            return f"the twin differs on an object of the plan: {self.on_objects[0]}"
        if self.unread:
            return f"an object of the plan was not compared: {self.unread[0]}"
        if self.share < LEAST_SHARE:
            return f"the twin agrees in {self.share:.0%} of the fields, less than {LEAST_SHARE:.0%}"
        return ""

    def __str__(self) -> str:
        """Show on one line."""
        if not self.fields:
            return "was compared with no display of the pair"
        same = self.fields - self.apart
        few = "; ".join(map(str, self.differing[:5])) + (" ..." if len(self.differing) > 5 else "")  # noqa: PLR2004
        return f"agrees in {same} of {quantity(self.fields, 'field')}" + (
            f"; differing: {few}" if self.differing else ""
        )


def agreement(
    pair: Pair, live: Sequence[Observation], twin: Sequence[Observation], objects: frozenset[str]
) -> Agreement:
    """Compare what the pair shows with what its twin shows.

    Args:
        pair: intent.
        live: of the pair.
        twin: of the twin, the same displays.
        objects: displays of the objects that the plan touches.
    """
    members = {pair.members.a, pair.members.b}
    before, after = (
        [one for one in seen if one.member in members and not one.command.startswith(NOT_COMPARED)]
        for seen in (live, twin)
    )
    shown = {(one.member, one.command): one for one in after}
    both = [(one, shown[one.member, one.command]) for one in before if (one.member, one.command) in shown]
    fields = sum(
        not is_past(place) for one, _ in both for place in _fields("", one.parsed.as_dict()["records"])
    )
    differing = tuple(one for one in compare_seen(before, after) if not is_past(one.field.rpartition(".")[2]))
    more = sum(_weight(one) for one in differing if one.held and not one.before)  # rows of the twin alone
    return Agreement(
        fields + more,
        differing,
        tuple(one for one in differing if one.command in objects),
        sum(map(_weight, differing)),
        tuple(
            f"`{one.command}` of {one.member}"
            for one, twins in both
            if one.command in objects and _is_read(one) != _is_read(twins)
        ),
    )


def _weight(one: Difference) -> int:
    """Return for how many fields a difference stands."""
    return sum(not is_past(name) for name in one.held) if one.held else 1


def _is_read(one: Observation) -> bool:
    return not (one.parsed.unparsed or one.parsed.lacks)


def _fields(place: str, value: Any) -> Iterator[str]:
    """Yield the place of each field that lasts."""
    value = lasting(value)
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _fields(name, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _fields(place, inner)
    else:
        yield place
