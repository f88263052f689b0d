"""A line has one home: adding one with order, impact, teardown, rule and check touches six files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from inventory.lines import (
    OWNED,
    bfd,
    e_trunk,
    eth_trunk,
    interface,
    monitor,
    multicast,
    pool,
    profile,
    service,
    service_users,
    snooping,
    system,
    vrrp_tracks,
)
from inventory.lines.line import OwnedLine
from tasks.learn.fields import SIMPLE

ROOT = Path(__file__).parents[3]
ROOMS = ("hotpair", "runbooks", "tasks", "parsers", "inventory")
HOMES = (
    bfd,
    e_trunk,
    eth_trunk,
    interface,
    monitor,
    multicast,
    pool,
    profile,
    service,
    service_users,
    snooping,
    system,
    vrrp_tracks,
)
TABLES = ("inventory/lines/", "inventory/rules/", "tasks/render/", "tasks/checks/fields.py")
"""Where a plain line may be named: its home, rules, the table of its field, the display that shows it."""
ELSEWHERE = {
    "rbp.service-type": "learn takes the multicast of an interface where a profile backs it up",
    "bfd.discr-local": "a channel names a session by its discriminator",
}
"""Plain lines that ownership or learn speaks of by themselves."""


def constants() -> dict[str, OwnedLine]:
    """Rows that stand by a name of their own in their home."""
    return {
        name: row
        for home in HOMES
        for name, row in vars(home).items()
        if isinstance(row, OwnedLine) and name.isupper()
    }


def named_in(file: Path, rows: dict[str, OwnedLine]) -> Iterator[str]:
    """Ids of the rows that a file names, by constant or by text."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        name = getattr(node, "id", None) or getattr(node, "attr", None)
        if isinstance(node, ast.Name | ast.Attribute) and name in rows:
            yield rows[name].id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in OWNED:
            yield node.value


def test_a_plain_line_is_named_where_the_recipe_says_and_nowhere_else() -> None:
    rows, plain = constants(), {row.id for row in SIMPLE}
    strange: dict[str, list[str]] = {}
    seen: set[str] = set()
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            place = str(file.relative_to(ROOT))
            for row in set(named_in(file, rows)) & plain:
                seen.add(row)
                if not place.startswith(TABLES):
                    strange.setdefault(row, []).append(place)
    assert len(seen) > 60, "the search finds nothing any more"
    assert strange.keys() == ELSEWHERE.keys(), strange


def test_the_recipe_names_six_places_that_are_there() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipe = page[page.index("**A line with order") : page.index("**A rule**")]
    places = [
        one for one in re.findall(r"`([a-z_./]+)`", recipe) if "/" in one and not one.startswith("tests/")
    ]
    assert len(places) == 6
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_place_that_a_recipe_names_is_there() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    places = {one for one in re.findall(r"`([\w./-]+)`", page) if "/" in one and not one.startswith(".ci")}
    assert len(places) > 20
    assert sorted(place for place in places if not (ROOT / place).exists()) == []
