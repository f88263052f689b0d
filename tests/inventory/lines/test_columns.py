"""The columns of the table agree with each other, and nobody names a row that is not there."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory.lines import OWNED, OwnedLine
from inventory.lines.impact import Impact, Unknown
from inventory.lines.relation import Kind
from inventory.rules.foreign import FOREIGN

ROOT = Path(__file__).parents[3]
IMPACTS = Path(__file__).with_name("impact.tsv")
ROOMS = ("hotpair", "runbooks", "tasks", "parsers", "inventory")
LOOKS_LIKE_ROW = re.compile(rf"({'|'.join(sorted({row.split('.')[0] for row in OWNED}))})(\.[a-z0-9-]+)+")
OTHER = {row.id for row in FOREIGN} | {row.slot for row in OWNED.values()} | {"lacp.priority", "bfd.sessions"}
"""Foreign lines of the rules, slots, and fields of the intent."""
ROWS = [pytest.param(row, id=row.id) for row in OWNED.values()]


def spelled() -> Iterator[tuple[str, str]]:
    """Every text in the rooms that looks like the id of a row, with its place."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                    continue
                if LOOKS_LIKE_ROW.fullmatch(node.value):
                    yield node.value, f"{file.relative_to(ROOT)}:{node.lineno}"


def is_row(text: str) -> bool:
    """A text may be the beginning of ids, to which code adds the end."""
    return any(row.startswith(text) for row in OWNED) if text[-1] in "-s" else text in OWNED


def test_every_row_that_is_named_anywhere_is_there() -> None:
    named = list(spelled())
    assert len(named) > 200, "the search finds nothing any more"
    assert [(row, place) for row, place in named if row not in OTHER and not is_row(row)] == []


def test_rules_render_learn_and_plan_import_rows_and_spell_none() -> None:
    rooms = ("inventory/rules/", "tasks/plan/", "tasks/render/", "tasks/learn/")
    assert [(row, place) for row, place in spelled() if place.startswith(rooms) and row in OWNED] == []


@pytest.mark.parametrize("row", ROWS)
def test_impact_is_stated_or_unknown_with_a_reason(row: OwnedLine) -> None:
    for impact in row.impact:
        assert isinstance(impact, Impact) or (isinstance(impact, Unknown) and len(impact.reason) > 20)


def test_a_line_that_touches_traffic_is_never_called_hitless() -> None:
    """What was read in the pages of each command, beside the rows themselves: one may change, not both."""
    with IMPACTS.open(encoding="utf-8") as file:
        read = {row: (typed, undone) for row, typed, undone in csv.reader(file, delimiter="\t")}
    assert read.pop("row") == ("typed", "undone")
    assert len(read) > 150
    said = {
        row: tuple("unknown" if isinstance(one, Unknown) else one.value for one in OWNED[row].impact)
        for row in read
    }
    assert said == read


@pytest.mark.parametrize("row", ROWS)
def test_columns_name_rows_and_parameters_that_are_there(row: OwnedLine) -> None:
    params = {"eth-trunk-id"} | set(row.params)
    for need in row.needs:
        assert need.on
        for other in need.on:
            known = set(OWNED[other].params)
            assert {name for name in need.where.values() if name[0] != "@"} <= known | {"eth-trunk-id"}
            assert set(need.only) <= known | {name for each in need.on for name in OWNED[each].params}
        assert {name for name in need.where if name[0] != "@"} <= params, need
    for leaver in row.leavers:
        assert leaver.row in OWNED
    for owner in (*row.belongs, *(one for lead in row.leads for one in (lead.to, *lead.of))):
        via = OWNED[owner.via].params if owner.via else params
        assert {name for name in owner.params if name[0] != "@"} <= via
    assert {name for lead in row.leads for name in lead.only} <= row.params
    assert set(row.watches) <= row.params
    assert row.serves == "" or any(row.serves in (other.id, other.slot) for other in OWNED.values())
    relation = row.relation
    assert relation.own <= row.params
    assert set(relation.one_of) <= row.params
    if relation.in_row:
        assert set(relation.mirrored) <= OWNED[relation.in_row].params
    assert set(relation.mirrored) <= row.params


def test_what_a_line_leads_to_is_an_object_of_some_line_and_the_other_way_round() -> None:
    owned = {owner.kind for row in OWNED.values() for owner in row.owners}
    leads = [lead for row in OWNED.values() for lead in row.leads]
    reached, asked = {lead.to.kind for lead in leads}, {one.kind for lead in leads for one in lead.of}
    assert reached <= owned | asked, "somebody must ask for it"
    assert asked <= owned | reached, "something must make it"


def test_most_lines_say_how_the_members_relate() -> None:
    kinds = [row.relation.kind for row in OWNED.values() if not row.holder]
    assert {kind: kinds.count(kind) > 1 for kind in Kind} == dict.fromkeys(Kind, True)


def test_a_row_knows_the_family_of_its_group() -> None:
    written = {
        row.id: match["family"]
        for row in OWNED.values()
        if (match := re.match(r"(admin-)?(?P<family>vrrp6?) vrid <vrid>", row.form))
    }

    assert {row.id: row.family for row in OWNED.values() if row.family} == written
