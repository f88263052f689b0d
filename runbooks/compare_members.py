"""Compare the two members of a pair, parameter by parameter, and say what was not compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from inventory.facts import ConfigLine
from inventory.lines import OWNED, Statement
from inventory.lines.relation import Harm, Kind
from inventory.rules import Coverage, Member, Severity, coverage
from inventory.rules.around import Sides, sides, unjudged, unmet
from inventory.rules.foreign import Line
from inventory.rules.relations import ABSENT, Comparison, compare, shown, unmatched

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
    OWN = "each its own"


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter as both members have it.

    Args:
        what: the parameter, its line and its object.
        relation: how the members relate: equal, mirrored (with what), one of both, or each its own.
        harm: what a difference does.
        verdict: whether the members relate so.
        a: value of the intended master.
        b: value of the intended backup.
        intent: what the intent says; empty where none is given or it says nothing of it.
        a_at: where the line of a stands; empty where it has none.
        b_at: the same of b.
        to_type: the line that the other member lacks, with its view; empty where nothing is to type.
    """

    what: str
    relation: str
    harm: str
    verdict: Verdict
    a: str
    b: str
    intent: str = ""
    a_at: str = ""
    b_at: str = ""
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
        """Return plain values."""
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
    rows = (
        *(_row(one, a, b, wanted.get(_key(one), "")) for one in compare(a, b)),
        *(_row_beside(one) for one in sides(a, b)),
        *_rows_of(a, b),
    )
    return Compared((a.name, b.name), rows, tuple(_not_compared(a, b)), (coverage(a), coverage(b)))


def _key(one: Comparison) -> tuple[str, str, str]:
    keys = [fact.params.get(name, "") for fact in one.facts[:1] if fact for name in one.row.key]
    return one.row.id, one.view.casefold(), " ".join((one.param, *keys)).casefold()


def _both(one: Comparison) -> str:
    ours, theirs = one.values
    return ours if ours == theirs else f"a: {ours}, b: {theirs}"


def _row(one: Comparison, a: Member, b: Member, intent: str) -> Row:
    ours, theirs = one.facts
    return Row(
        what=one.what,
        relation=_relation(one),
        harm=str(one.row.relation.harm),
        verdict=_verdict(one),
        a=one.values[0],
        b=one.values[1],
        intent=intent,
        a_at=_at(ours),
        b_at=_at(theirs),
        to_type=_to_type(one, a, b) if one.holds is False else "",
    )


def _verdict(one: Comparison) -> Verdict:
    if one.is_own:
        return Verdict.OWN
    return {True: Verdict.HOLDS, False: Verdict.DIFFERS, None: Verdict.NOT_KNOWN}[one.holds]


def _relation(one: Comparison) -> str:
    relation = one.row.relation
    if one.is_own:
        return str(Kind.OWN)
    if one.param in relation.mirrored:
        return f"mirrored with {relation.mirrored[one.param]}"
    whole = not one.param or one.param in relation.one_of
    return str(relation.kind if whole and relation.kind is not Kind.MIRRORED else Kind.EQUAL)


def _at(line: Line | None) -> str:
    return str(line.place) if line and line.place else ""


def _row_beside(one: Sides) -> Row:
    """Return the row of foreign lines on an interface of the pair."""
    return Row(
        what=f"{one.kind.what} of {one.view.name}",
        relation=str(Kind.EQUAL),
        harm=str(Harm.DEGRADES),
        verdict=Verdict.HOLDS if one.equal else Verdict.DIFFERS,
        a=one.values[0],
        b=one.values[1],
        a_at=_first(one.a),
        b_at=_first(one.b),
    )


def _first(lines: tuple[ConfigLine, ...]) -> str:
    return next((str(line.place) for line in lines if line.place), "")


def _rows_of(a: Member, b: Member) -> Iterator[Row]:
    """Yield a row for each binding, address and static entry that the other member cannot meet."""
    for breach in unmet(a, b):
        harm = Harm.ADVICE if breach.severity is Severity.ADVICE else Harm.STOPS
        values = (breach.found[a.name], breach.found[b.name])
        places = {line.place.source: str(line.place) for line in breach.facts if line and line.place}
        at = (places.get(a.name, ""), places.get(b.name, ""))
        yield Row(breach.message, str(Kind.EQUAL), str(harm), Verdict.DIFFERS, *values, "", *at)


def _to_type(one: Comparison, a: Member, b: Member) -> str:
    """Return the line of a as b would have it; where b alone has it, the line of b as a would have it."""
    relation = one.row.relation
    source, target = (one.facts[0], b) if one.facts[0] else (one.facts[1], a)
    if source is None or (relation.kind is Kind.ONE_OF and None not in one.facts):
        return ""
    row = OWNED[source.row.relation.in_row or source.id]
    params = {relation.mirrored.get(name, name): value for name, value in source.params.items()}
    view = f"{one.view}: " if one.view else ""
    try:
        text = row.text(**_secretless(one, source, params))
    except KeyError:  # the line says too little to be mirrored: a session without its own address
        return ""
    own = ", ".join(name for name in params if name in relation.own)
    return f"{target.name}: {view}{text}{f' (with {own} of its own)' if own else ''}"


def _secretless(one: Comparison, source: Statement, params: dict[str, str]) -> dict[str, str]:
    """Leave keys out of what is shown."""
    return {
        name: "..." if name in one.row.secrets and name in source.params else value
        for name, value in params.items()
    }


def _not_compared(a: Member, b: Member) -> Iterator[str]:
    """Say what differs on objects of the pair with no row that speaks of it, and what is not shown."""
    for name, facts, here, there in unmatched(a, b):
        texts = "".join(f" `{fact.row.text(**shown(fact))}`;" for fact in facts)
        yield f"{name} of {here.name}:{texts} nothing of {there.name} is known to be its counterpart"
    for view, ours, theirs in unjudged(a, b):
        for member, lines in ((a, ours), (b, theirs)):
            yield from (
                f"{view.name}: `{line}` on {member.name} only; nobody states how it relates" for line in lines
            )
    if a.underlay is None or b.underlay is None:
        yield "lines that the intent cannot express: no configuration was read"
    yield from NOT_SHOWN


__all__ = ["ABSENT", "Compared", "Row", "Verdict", "compare_members"]
