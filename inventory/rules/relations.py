"""The general rule of a pair: every owned line relates on both members as its row says.

A comparison is one parameter of one line on both members. A line at which the device acts as without it is
no difference; a value that is not known is never called equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inventory.lines import OWNED, OwnedLine, Statement
from inventory.lines.bfd import BINDS
from inventory.lines.e_trunk import ET_CREATE
from inventory.lines.monitor import MG_CREATE, RMG_CREATE
from inventory.lines.profile import RBP_CREATE
from inventory.lines.relation import Harm, Kind
from inventory.lines.service import RBS_CREATE
from inventory.rules.counterparts import View, views
from inventory.rules.finding import Breach, Severity
from inventory.rules.member import Member, below
from inventory.rules.pairing import elsewhere

SEVERITY: Mapping[Harm, Severity] = {
    Harm.STOPS: Severity.WARNING,
    Harm.DEGRADES: Severity.WARNING,
    Harm.ADVICE: Severity.ADVICE,
}
"""A difference alone stops no deployment: what cannot work has a rule of its own."""
ABSENT, PRESENT, HIDDEN = "absent", "present", "a key that the device hides"
_HOLDERS = (RBS_CREATE, RBP_CREATE, ET_CREATE, MG_CREATE, RMG_CREATE)


@dataclass(frozen=True)
class Comparison:
    """One parameter of one line, as both members have it.

    Args:
        row: the line.
        view: what to call the view that holds it; empty for the system view.
        param: name of the parameter; empty for the line as a whole.
        values: of a and of b.
        facts: the lines of a and of b, where they stand.
        holds: the members relate as the row says; nothing where that cannot be told, or each has its own.
    """

    row: OwnedLine
    view: str
    param: str
    values: tuple[str, str]
    facts: tuple[Statement | None, Statement | None]
    holds: bool | None

    @property
    def is_own(self) -> bool:
        """Tell whether each member has the line or the parameter as it likes."""
        relation = self.row.relation
        return relation.kind is Kind.OWN or (self.param in relation.own and self.param not in relation.one_of)

    @property
    def what(self) -> str:
        """What to call it."""
        words = " ".join(word for word in self.row.form.split(" [")[0].split() if word[0] != "<")
        name = f"{self.param} of `{words}`" if self.param and self.param != words else f"`{words}`"
        return f"{name} of {self.view}" if self.view else name


def compare(a: Member, b: Member) -> Iterator[Comparison]:
    """Compare every owned line of a pair as its row says that the members relate."""
    for view in views(a, b):
        if view.opened:
            yield from _opened(view, *view.opened)
        yield from _inside(view, a, b)
    for here, there in ((a, b), (b, a)):
        yield from _alone(here, there, swapped=here is b)


def differences(a: Member, b: Member) -> Iterator[Breach]:
    """P1: every owned line relates on both members as its row says."""
    for one in compare(a, b):
        if one.holds is False:
            found = dict(zip((a.name, b.name), one.values, strict=True))
            severity = SEVERITY[one.row.relation.harm]
            yield Breach(_says(one, a, b), one.facts, _wanted(one), found, severity)


def _says(one: Comparison, a: Member, b: Member) -> str:
    if one.row.relation.kind is Kind.ONE_OF and None not in one.facts:
        return f"{one.what} stands on both members"
    if not one.param and None in one.facts:
        only, text = (a, one.facts[0]) if one.facts[0] else (b, one.facts[1])
        where = f" of {one.view}" if one.view else ""
        return f"`{text.text if text else one.what}`{where} is on {only.name} only"
    return f"{one.what} {'does not mirror' if one.param in one.row.relation.mirrored else 'differs'}"


def _wanted(one: Comparison) -> str:
    relation = one.row.relation
    if relation.kind is Kind.ONE_OF and None not in one.facts:
        return "on one member at most"
    if not one.param:
        return "the line on both members, or on neither"
    if one.param in relation.mirrored:
        return f"{one.param} of one = {relation.mirrored[one.param]} of the other"
    return "equal values"


def _opened(view: View, ours: Statement, theirs: Statement) -> Iterator[Comparison]:
    """Compare the lines that open a view."""
    row, other = ours.row, theirs.row
    if row is other and row.relation.kind is not Kind.OWN:
        keys = set(row.key)
        yield from (one for one in _params(row, view, ours, theirs) if one.param not in keys)


def _inside(view: View, a: Member, b: Member) -> Iterator[Comparison]:
    mine, yours = a.view(view.a), b.view(view.b)
    rows = dict.fromkeys([*(fact.id for fact in mine), *(_mirror_of(fact.id) for fact in yours)])
    for name in rows:
        row = OWNED[name]
        if row.opens or row.holder:
            continue
        theirs = {_identity(fact.row, fact, mirror=True): fact for fact in yours if fact.id == _row_of(row)}
        ours = {_identity(row, fact): fact for fact in mine if fact.id == name}
        for key in dict.fromkeys([*ours, *theirs]):
            yield from _line(row, view, ours.get(key), theirs.get(key))


def _row_of(row: OwnedLine) -> str:
    """Name the row that the other member has for a row."""
    return row.relation.in_row or row.id


def _mirror_of(name: str) -> str:
    return OWNED[name].relation.in_row or name


def _identity(row: OwnedLine, fact: Statement, *, mirror: bool = False) -> tuple[str, ...]:
    """Tell instances apart by the key parameters that both members share."""
    relation = row.relation
    names = [
        relation.mirrored.get(name, name) if mirror else name for name in row.key if name not in relation.own
    ]
    return tuple(fact.params.get(name, "").casefold() for name in names)


def _line(
    row: OwnedLine, view: View, ours: Statement | None, theirs: Statement | None
) -> Iterator[Comparison]:
    if row.relation.kind is Kind.OWN:
        yield Comparison(row, view.name, "", (_text(row, ours), _text(row, theirs)), (ours, theirs), None)
        return
    default = _unwritten(row, ours or theirs)
    if row.relation.kind is Kind.ONE_OF:
        yield from _one_of(row, view, ours, theirs)
    if ours is not None and theirs is not None:
        yield from _params(row, view, ours, theirs)
    elif default is not None:
        yield from _params(row, view, ours or default, theirs or default, (ours, theirs))
    else:
        values = (PRESENT if ours else ABSENT, PRESENT if theirs else ABSENT)
        yield Comparison(row, view.name, "", values, (ours, theirs), holds=False)


def _unwritten(row: OwnedLine, there: Statement | None) -> Statement | None:
    """Return what counts where the line of the other member does not stand; nothing without a default."""
    if row.default is None or there is None:
        return None
    keys = {name: there.params[name] for name in row.key if name in there.params}
    return Statement(row, (), "", {**keys, **row.default}, None, (), (), (), is_default=True)


def _text(row: OwnedLine, fact: Statement | None) -> str:
    """Return a line as it stands; a key is not shown."""
    return row.text(**shown(fact)) if fact else ABSENT


def shown(fact: Statement) -> Mapping[str, str]:
    """Return the parameters of a line as they may be shown, without its keys."""
    secrets = fact.row.secrets
    return {name: HIDDEN if name in secrets else value for name, value in fact.params.items()}


def _one_of(
    row: OwnedLine, view: View, ours: Statement | None, theirs: Statement | None
) -> Iterator[Comparison]:
    for param, value in row.relation.one_of.items():
        both_have = all(fact is not None and fact.params.get(param) == value for fact in (ours, theirs))
        values = tuple(fact.params.get(param, "no") if fact else ABSENT for fact in (ours, theirs))
        yield Comparison(row, view.name, param, (values[0], values[1]), (ours, theirs), holds=not both_have)


def _params(
    row: OwnedLine,
    view: View,
    ours: Statement,
    theirs: Statement,
    at: tuple[Statement | None, Statement | None] | None = None,
) -> Iterator[Comparison]:
    relation = row.relation
    one = {**row.implied, **ours.params}
    two = {**theirs.row.implied, **theirs.params}
    facts = at or (ours, theirs)
    compared = False
    for param in dict.fromkeys([*one, *(relation.mirrored.get(name, name) for name in two)]):
        values = (one.get(param, ABSENT), two.get(relation.mirrored.get(param, param), ABSENT))
        if param in relation.one_of:
            continue
        if param in relation.own:
            yield Comparison(row, view.name, param, values, facts, None)
        else:
            compared = True
            yield _param(row, view, param, values, facts)
    if not compared:
        yield Comparison(row, view.name, "", (PRESENT, PRESENT), facts, holds=True)


def _param(
    row: OwnedLine,
    view: View,
    param: str,
    values: tuple[str, str],
    facts: tuple[Statement | None, Statement | None],
) -> Comparison:
    if param in row.secrets:
        holds = values[0] == values[1] if _is_clear(param, values, facts) else None
        return Comparison(row, view.name, param, _hidden(values), facts, holds)
    if param in row.relation.mirrored and ABSENT in values:
        return Comparison(row, view.name, param, values, facts, None)  # the device takes an own address
    kind = row.kind(param)
    folded = kind is None or kind.folded
    same = values[0].casefold() == values[1].casefold() if folded else values[0] == values[1]
    return Comparison(row, view.name, param, values, facts, same)


def _is_clear(param: str, values: tuple[str, str], facts: tuple[Statement | None, Statement | None]) -> bool:
    """Tell whether both keys can be compared: what a device shows of a ciphered one tells nothing."""
    named = all(value.startswith("<secret:") for value in values)
    methods = {fact.params.get("method", "") for fact in facts if fact}
    return named or (
        ABSENT not in values and (param == "simple-key" or methods <= {"simple", "simple plain"} - {""})
    )


def _hidden(values: tuple[str, str]) -> tuple[str, str]:
    one, two = (value if value.startswith("<secret:") or value == ABSENT else HIDDEN for value in values)
    return one, two


def unmatched(a: Member, b: Member) -> Iterator[tuple[str, tuple[Statement, ...], Member, Member]]:
    """Yield the lines of views that the other member has no counterpart of, and that no comparison is about.

    Yields:
        What to call the view, its lines, the member that has them, and the other one.
    """
    for here, there in ((a, b), (b, a)):
        known = {view.a for view in views(here, there)}
        known |= {below(fact) for fact in _only(here, there)}
        for path in dict.fromkeys([*here.views, *map(below, here.all(*BINDS))]):
            if path not in known:
                yield path[-1].removeprefix("interface "), here.view(path), here, there


def _only(here: Member, there: Member) -> Iterator[Statement]:
    """Yield objects with names that one member alone has, save those towards a third device."""
    known = {view.a for view in views(here, there)}
    for fact in here.all(*_HOLDERS):
        if below(fact) not in known and not elsewhere(here, there, fact.text):
            yield fact


def _alone(here: Member, there: Member, *, swapped: bool) -> Iterator[Comparison]:
    """Yield the comparison of each object that one member alone has."""
    for fact in _only(here, there):
        facts = (None, fact) if swapped else (fact, None)
        values = (ABSENT, PRESENT) if swapped else (PRESENT, ABSENT)
        yield Comparison(fact.row, "", "", values, facts, holds=False)
