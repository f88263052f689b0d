"""Paging and output filters."""

from __future__ import annotations

import pytest

from emulator.cli import filters
from emulator.cli.filters import BadFilter, Filter, Pipeline
from emulator.cli.pager import Pager

LINES = [f"row {number}" for number in range(1, 11)]
ERASE = "\x1b[16D" + " " * 16 + "\x1b[16D"
MORE = "  ---- More ----"


def text(*rows: str) -> str:
    return "".join(f"{row}\r\n" for row in rows)


def test_pages_go_on_with_space_and_lines_with_enter() -> None:
    pager = Pager(LINES, 4, 16)
    assert pager.start().decode() == text("row 1", "row 2", "row 3") + MORE
    assert pager.key(0x0D).decode() == ERASE + text("row 4") + MORE
    assert pager.key(0x20).decode() == ERASE + text("row 5", "row 6", "row 7") + MORE
    assert pager.key(0x20).decode() == ERASE + text("row 8", "row 9", "row 10")
    assert pager.done


def test_any_other_key_stops() -> None:
    pager = Pager(LINES, 4, 42)
    pager.start()
    assert pager.key(0x03).decode() == "\x1b[42D" + " " * 42 + "\x1b[42D"
    assert pager.done


@pytest.mark.parametrize(
    ("keys", "rows"), [("/w 9\r", ("row 9", "row 10")), ("+10\r", ("row 10",)), ("-[4-9]\r", ("row 10",))]
)
def test_the_pager_searches(keys: str, rows: tuple[str, ...]) -> None:
    pager = Pager(LINES, 4, 16)
    pager.start()
    assert b"".join(pager.key(ord(key)) for key in keys).decode().endswith("\r\n" + text(*rows))
    assert pager.done


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("d | include 1", ["row 1", "row 10"]),
        ("d | exclude 1", ["row 2", "row 3", "row 4", "row 5", "row 6", "row 7", "row 8", "row 9"]),
        ("d | begin 8", ["row 8", "row 9", "row 10"]),
        ("d | count", ["Total lines: 10."]),
        ("d | inc ROW 1$ | ignore-case", ["row 1"]),
        ("d | include 1 | exclude 0", ["row 1"]),
        ("d | no-more", LINES),
    ],
)
def test_filters(line: str, rows: list[str]) -> None:
    pipeline = filters.parse(line)
    assert isinstance(pipeline, Pipeline)
    assert pipeline.command == "d"
    assert filters.apply(LINES, pipeline.filters) == rows


def test_a_section_keeps_its_members() -> None:
    lines = ["ospf 1", " area 0.0.0.0", "  network 192.0.2.0 0.0.0.255", "pim", " static-rp 192.0.2.9"]
    assert filters.apply(lines, [Filter("section", "ospf")]) == lines[:3]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("dis | foo x", BadFilter("unrecognized", 6)),
        ("dis | include", BadFilter("incomplete", 6)),
        ("dis | include (", BadFilter("wrong", 6)),
        ("dis | exclude 1|[2-9]", BadFilter("unrecognized", 16)),
        ("dis |", BadFilter("incomplete", 5)),
        ("dis | count x", BadFilter("too-many", 6)),
    ],
)
def test_an_unknown_filter_is_a_syntax_error(line: str, fault: BadFilter) -> None:
    assert filters.parse(line) == fault


WRONG = [
    "(",
    "a{4294967296}",
    "(" * 1400 + ")" * 1400,
    "(a+)+$",
    "((a*))*b",
    "(a|a)*b",
    "(a{2}){3}",
    "(x(a+)y)+",
]


@pytest.mark.parametrize("pattern", WRONG)
def test_an_expression_that_cannot_be_searched_for_is_wrong(pattern: str) -> None:
    if "|" not in pattern:
        assert filters.parse(f"display clock | include {pattern}") == BadFilter("wrong", 16)
    pager = Pager(["a" * 40, *LINES], 4, 16)
    pager.start()
    for key in f"/{pattern}\r".encode():
        shown = pager.key(key)
    assert b"row 4" in shown


@pytest.mark.parametrize(
    ("pattern", "row"),
    [("[[a]x", "[x"), ("(ab)+c", "ababc"), ("(a.*)(b+)", "a-bb"), (r"(\+)+", "1+1"),
     ("[(]a+[)]+", "(aa))"), ("^(up|down) *$", "down")],
)  # fmt: skip
def test_an_expression_means_what_it_says(pattern: str, row: str) -> None:
    assert filters.apply(["other", row], [Filter("include", pattern)]) == [row]


def test_output_goes_to_a_file() -> None:
    assert filters.parse("dis cur | no-more >> a.txt") == Pipeline(
        "dis cur", (Filter("no-more"),), "a.txt", append=True
    )
    assert filters.parse("dis cur > a.txt") == Pipeline("dis cur", (), "a.txt", append=False)
