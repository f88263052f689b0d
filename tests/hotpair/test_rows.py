"""How the ends of many pairs stand below each other: a sentence each, and its details in rows."""

from __future__ import annotations

import pytest
from rich.console import Group
from rich.text import Text

from hotpair.cli.output import in_rows, out, show_error, show_rows
from inventory.errors import IntentError, SplitError
from runbooks.workers.activities import ended_by
from runbooks.workers.values import Ended, Fault

SPLIT = SplitError(
    "one member is new",
    member="DeviceB",
    where="transaction hp-1",
    found="DeviceA is new\nDeviceB is out of reach",
    next_command="hotpair txn resume hp-1",
)


def test_an_end_has_its_details_in_rows_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    show_rows(("pair", "end"), [("metro-1", in_rows(SPLIT.message, SPLIT.details)), ("p2", "nothing to do")])
    assert capsys.readouterr().out == (
        "pair     end\n"
        "metro-1  one member is new\n"
        "           member:  DeviceB\n"
        "           where:   transaction hp-1\n"
        "           found:   DeviceA is new\n"
        "                    DeviceB is out of reach\n"
        "p2       nothing to do\n"
    )


def test_a_worker_tells_the_sentence_and_its_details_apart() -> None:
    ended = ended_by("metro-1", SPLIT, "hp-1")
    assert (ended.said, ended.fault, ended.next_command) == (
        "one member is new",
        Fault.SPLIT,
        "hotpair txn resume hp-1",
    )
    assert ended.details == SPLIT.details
    assert str(ended) == (
        "metro-1: one member is new (member: DeviceB; where: transaction hp-1; "
        "found: DeviceA is new; DeviceB is out of reach)"
    )
    assert str(Ended("p", Fault.NONE, "nothing to do")) == "p: nothing to do"


def test_a_long_sentence_is_broken_at_its_parts_and_nowhere_else() -> None:
    said = (
        "one member may be kept new, and nothing tells what the other one is: B cannot be reached (member: B;"
        " where: 192.0.2.1:22); the trial of B ends in 90 s"
    )
    assert in_rows(said, ()).split("\n") == [
        "one member may be kept new, and nothing tells what the other one is:",
        "B cannot be reached (member: B; where: 192.0.2.1:22);",
        "the trial of B ends in 90 s",
    ]
    assert in_rows(said[:70], ()) == said[:70]


def test_a_sentence_without_details_is_one_row() -> None:
    assert in_rows("nothing to do", IntentError("nothing to do").details) == "nothing to do"


def test_what_a_terminal_would_obey_is_spelt_out(capsys: pytest.CaptureFixture[str]) -> None:
    odd = "a\x1b[31mb\u2028c\u202ed\x85e\x00f \u5317 caf\u00e9\ng"
    show_error(IntentError(f"no pair is named {odd}", found=odd))
    spelt = "a\\x1b[31mb\\u2028c\\u202ed\\x85e\\x00f \u5317 caf\u00e9\n"
    said = capsys.readouterr().err
    assert said.startswith(f"Invalid input: no pair is named {spelt}g\n  found:   {spelt}           g\n")
    show_rows(("title",), [(odd,)])
    assert capsys.readouterr().out == f"title\n{spelt}g\n"
    out.print(Group(Text(odd), "[bold]b[/]"))
    assert capsys.readouterr().out == f"{spelt}g\nb\n"
