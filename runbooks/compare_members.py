"""Compare the two members of a pair, parameter by parameter, and say what was not compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from inventory.facts import Fact
from inventory.lines.relation import Kind
from inventory.rules import Coverage, Member, coverage
from inventory.rules.around import unjudged
from inventory.rules.relations import ABSENT, Comparison, compare

NOT_SHOWN = (
    "release and patch: no configuration shows them (display version, display patch-information)",
    "boards and their state (display device)",
    "clocks (display clock)",
)
"""What of a pair's environment no configuration tells."""


class Verdict(StrEnum):
    """What the comparison of one parameter says."""

    HOLDS = "holds"
    DIFFERS = "differs"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter as both members have it.

    Args:
        what: the parameter, its line and its object.
        relation: equal, mirrored or one of; what the row of the line says.
        harm: what a difference does.
        verdict: whether the members relate so.
        a: value of the intended master.
        b: value of the intended backup.
        intent: what the intent says; empty where none is given or it says nothing of it.
        places: where the lines stand.
        to_type: the line that the other member lacks, with its view; empty where nothing is to type.
    """

    what: str
    relation: str
    harm: str
    verdict: Verdict
    a: str
    b: str
    intent: str = ""
    places: tuple[str, ...] = ()
    to_type: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two members side by side.

    Args:
        members: their names, a first.
        rows: one a parameter.
        not_compared: what differs or is not shown, and no row speaks of.
        coverage: how much of each configuration was understood.
    """

    members: tuple[str, str]
    rows: tuple[Row, ...]
    not_compared: tuple[str, ...]
    coverage: tuple[Coverage, ...]

    @property
    def differs(self) -> bool:
        """Tell whether a difference stops or degrades the service."""
        return any(row.verdict is Verdict.DIFFERS and row.harm != "advice" for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """Give plain values."""
        return {
            "members": list(self.members),
            "rows": [asdict(row) for row in self.rows],
            "not_compared": list(self.not_compared),
            "coverage": [one.as_dict() for one in self.coverage],
        }


def compare_members(a: Member, b: Member, intended: tuple[Member, Member] | None = None) -> Compared:
    """Compare two members.

    Args:
        a: the intended master, from an intent or a configuration.
        b: the intended backup.
        intended: the members as the intent has them, where there is one.
    """
    wanted = {_key(one): _both(one) for one in compare(*intended)} if intended else {}
    rows = tuple(_row(one, a, b, wanted.get(_key(one), "")) for one in compare(a, b))
    return Compared((a.name, b.name), rows, tuple(_not_compared(a, b)), (coverage(a), coverage(b)))


def _key(one: Comparison) -> tuple[str, str, str]:
    keys = [fact.params.get(name, "") for fact in one.facts[:1] if fact for name in one.row.key]
    return one.row.id, one.view.casefold(), " ".join((one.param, *keys)).casefold()


def _both(one: Comparison) -> str:
    ours, theirs = one.values
    return ours if ours == theirs else f"a: {ours}, b: {theirs}"


def _row(one: Comparison, a: Member, b: Member, intent: str) -> Row:
    verdicts = {True: Verdict.HOLDS, False: Verdict.DIFFERS, None: Verdict.NOT_KNOWN}
    return Row(
        what=one.what,
        relation=str(one.row.relation.kind),
        harm=str(one.row.relation.harm),
        verdict=verdicts[one.holds],
        a=one.values[0],
        b=one.values[1],
        intent=intent,
        places=tuple(str(fact.place) for fact in one.facts if fact and fact.place),
        to_type=_to_type(one, a, b) if one.holds is False else "",
    )


def _to_type(one: Comparison, a: Member, b: Member) -> str:
    """Give the line of a as b would have it; where b alone has it, the line of b as a would have it."""
    relation = one.row.relation
    if relation.kind is Kind.ONE_OF or relation.in_row or relation.own:
        return ""
    source, target = (one.facts[0], b) if one.facts[0] else (one.facts[1], a)
    if source is None:
        return ""
    params = {relation.mirrored.get(name, name): value for name, value in source.params.items()}
    view = f"{one.view}: " if one.view else ""
    return f"{target.name}: {view}{one.row.text(**_secretless(one, source, params))}"


def _secretless(one: Comparison, source: Fact, params: dict[str, str]) -> dict[str, str]:
    """Leave keys out of what is shown."""
    return {
        name: "..." if name in one.row.secrets and name in source.params else value
        for name, value in params.items()
    }


def _not_compared(a: Member, b: Member) -> Iterator[str]:
    """Say what differs on objects of the pair with no row that speaks of it, and what is not shown."""
    for view, ours, theirs in unjudged(a, b):
        for member, lines in ((a, ours), (b, theirs)):
            yield from (
                f"{view.name}: `{line}` on {member.name} only; nobody states how it relates" for line in lines
            )
    if a.underlay is None or b.underlay is None:
        yield "lines that the intent cannot express: no configuration was read"
    yield from NOT_SHOWN


__all__ = ["ABSENT", "Compared", "Row", "Verdict", "compare_members"]
