"""The page on the transaction says what the code does: its drawing, its ends, its safety lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hotpair.exit_codes import ExitCode, exit_code_of
from tasks.transaction.ends import PROBLEMS, End
from tasks.transaction.ladder import LADDER
from tasks.transaction.machine import ENDS, STEPS, Event, State

PAGE = Path(__file__).parents[3] / "docs" / "transaction.md"
BY_OPERATOR = {Event.ABANDON, Event.ABORT}
"""Drawn in words, so that the way of a transaction stays visible."""


def drawing() -> str:
    """Draw the table: every state and step but those that an operator takes."""
    names = {state: state.name.lower() for state in State}
    lines = ["stateDiagram-v2", f"    [*] --> {names[State.START]}"]
    for state, steps in STEPS.items():
        for event, following in steps.items():
            if event not in BY_OPERATOR:
                lines.append(f"    {names[state]} --> {names[following]}: {event.value}")
    drawn = "\n".join(lines)
    reached = [state for state in State if state in ENDS and f"--> {names[state]}:" in drawn]
    ends = [f"    {names[state]} --> [*]" for state in reached]
    return "\n".join((*lines, *ends, ""))


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_drawing_is_that_of_the_table() -> None:
    (drawn,) = re.findall(r"```mermaid\n(.*?)```", page(), re.DOTALL)
    assert drawn == drawing()


def test_every_step_of_an_operator_is_told() -> None:
    for event in BY_OPERATOR:
        assert any(event in steps for steps in STEPS.values())
    assert "`hotpair txn abort`" in page()
    assert "`hotpair txn forget`" in page()


@pytest.mark.parametrize("end", End)
def test_every_end_has_a_row_with_its_exit_code_and_what_to_do(end: End) -> None:
    code = exit_code_of(PROBLEMS[end][0]("")) if end in PROBLEMS else ExitCode.DONE
    (row,) = re.findall(rf"(?m)^\| {re.escape(end.value)} \| (\d+) \| (.+) \| (.+) \|$", page())
    assert int(row[0]) == code
    assert all(row[1:])


@pytest.mark.parametrize("line", LADDER, ids=lambda line: line.name)
def test_every_safety_line_has_a_row(line: object) -> None:
    assert f"| {getattr(line, 'name', None)} |" in page()
