"""Every key of a pair file: what it takes, what it becomes on a router, and what judges it."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from inventory.lines import OWNED
from inventory.lines.line import OwnedLine
from inventory.model import Pair
from inventory.model.base import Closed
from inventory.rules.catalog import catalog
from inventory.rules.device_table import DEVICE_RULES
from inventory.rules.pair_table import PAIR_RULES
from inventory.schema import meanings
from sitebuild.lines_of_fields import lines_of_fields
from sitebuild.tables import code, codes, table
from tasks.checks.fields import FIELDS
from tests.walk.model import Leaf, leaves

HEAD = """\
# Every key of a pair file

A value is written once for both members, or `{a: .., b: ..}` where "each" is said. `[]` is any entry of a
list. The line is the one that the key brings or stands in; rules are those that name the line (P1 compares
every line of both members); the last column is the check, with the display that it reads.
[How a pair is described](../intent.md) tells the rest.

"""
_RULE = re.compile(r"[RP]\d{1,3}")


def page(rule_pages: frozenset[str]) -> str:
    """Write the page.

    Args:
        rule_pages: rules that have a page.
    """
    known = _Known(lines_of_fields(), _rules_of_lines(), _judged(), _meanings(), rule_pages)
    parts = [HEAD]
    objects: defaultdict[str, list[Leaf]] = defaultdict(list)
    for leaf in leaves():
        objects[leaf.path.rpartition(".")[0]].append(leaf)
    for place, held in objects.items():
        parts.append(f"## {code(place) if place else 'The pair itself'}\n\n")
        rows = [_row(leaf, known) for leaf in held]
        parts.append(table(("Key", "Takes", "Default", "Line", "Rules", "Check"), rows) + "\n")
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of keys by their paths, and of rows of lines by their ids."""

    lines: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, set[str]]
    judged: Mapping[str, str]
    says: Mapping[str, str]
    pages: frozenset[str]


def _row(leaf: Leaf, known: _Known) -> tuple[str, ...]:
    rows, path = known.lines[leaf.path], leaf.path.replace("[]", "")
    name = code(leaf.path.rpartition(".")[2])
    rules = {rule for row in rows for rule in known.rules[row]}
    numbers = sorted(rules, key=lambda one: (one[0] != "R", int(one[1:])))
    return (
        f"{name}<br>{known.says[path]}" if path in known.says else name,
        _takes(leaf),
        _default(leaf, rows),
        codes(OWNED[row].form for row in rows),
        ", ".join(f"[{one}](../rules/{one}.md)" if one in known.pages else one for one in numbers),
        known.judged.get(path, ""),
    )


def _takes(leaf: Leaf) -> str:
    """Say what a key takes."""
    words = {"int": "number", "str": "text", "bool": "`true` or `false`"}
    kinds = dict.fromkeys(words.get(kind.__name__, kind.__name__) for kind in leaf.kinds)
    said = " or ".join(kinds)
    if leaf.low is not None or leaf.high is not None:
        said += f" {leaf.low}..{leaf.high}"
    elif choices := [one for one in leaf.alternatives if not isinstance(one, bool)]:
        said = ", ".join(code(str(one)) for one in choices)
    return said + ("; each" if leaf.apart else "")


def _default(leaf: Leaf, rows: tuple[str, ...]) -> str:
    """Say what holds without the key: of the model, or of the device where the row tells."""
    if leaf.default not in {None, ()} and isinstance(leaf.default, str | int | bool):
        return code(str(leaf.default).lower() if isinstance(leaf.default, bool) else str(leaf.default))
    device = [OWNED[row].default for row in rows if OWNED[row].default]
    values = dict.fromkeys(value for known in device if known for value in known.values())
    return f"of the device: {codes(values)}" if values else ""


def _meanings() -> dict[str, str]:
    """Return what each key means, by its path."""
    return dict(_of(Pair, ""))


def _of(model: type[Closed], path: str) -> Iterator[tuple[str, str]]:
    says = meanings(model)
    for name, field in model.model_fields.items():
        at = f"{path}.{name}" if path else name
        if name in says:
            yield at, says[name]
        for inner in _models_in(field.annotation):
            yield from _of(inner, at)


def _models_in(kind: object) -> Iterator[type[Closed]]:
    """Yield the models that an annotation names."""
    if isinstance(kind, type) and issubclass(kind, Closed):
        if set(kind.model_fields) == {"a", "b"} and kind.__name__.startswith("Each"):
            yield from _models_in(kind.model_fields["a"].annotation)
        else:
            yield kind
    for inner in getattr(kind, "__args__", ()):
        yield from _models_in(inner)


def _judged() -> dict[str, str]:
    return {
        path: f"{codes(row.checks)}<br>by {code(row.display)}" if row.checks else row.why
        for row in FIELDS
        for path in row.paths
    }


def _rules_of_lines() -> Mapping[str, set[str]]:
    """Return the rules that name a row: in a column of the row, or in the function of the rule."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in OWNED.values():
        found[row.id] |= {rule for rule in _columns(row) if _RULE.fullmatch(rule)}
    checks: list[tuple[str, object]] = [(rule.id, rule.check) for rule in PAIR_RULES]
    checks += [(rule.id, rule.check) for rule in DEVICE_RULES]
    for name, check in checks:
        for known in _named(check):
            found[known].add(name)
    return found


def _columns(row: OwnedLine) -> Iterator[str]:
    yield from (row.undo_first, row.live_rule)
    for column in (row.needs, row.leavers, row.relies):
        yield from (one.rule for one in column)


def _named(check: object) -> Iterator[str]:
    """Yield the rows that the function of a rule names: in its code, or in what it was made with."""
    function = getattr(check, "func", check)
    closed = inspect.getclosurevars(function).nonlocals if inspect.isfunction(function) else {}
    constants = getattr(getattr(function, "__code__", None), "co_consts", ())
    for value in (*closed.values(), *constants, *_globals(function)):
        for word in value if isinstance(value, tuple | frozenset) else (value,):
            if isinstance(word, str) and word in OWNED:
                yield word


def _globals(function: object) -> Iterator[object]:
    """Yield the constants of its module that a function uses."""
    names = getattr(getattr(function, "__code__", None), "co_names", ())
    yield from (getattr(function, "__globals__", {}).get(name) for name in names)


def rule_pages(docs: Path) -> frozenset[str]:
    """Name the rules that have a page."""
    known = {one.id for one in catalog()}
    return frozenset(file.stem for file in (docs / "rules").glob("*.md") if file.stem in known)
