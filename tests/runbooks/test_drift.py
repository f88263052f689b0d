"""Drift told line by line: what is missing, too much, or there with another value; drawn as a diff."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from inventory.facts import ConfigTree
from inventory.model import Side
from parsers.tree import read_tree
from runbooks.drift import drift_results
from runbooks.drift_asked import ABSENT, CHANGED, EXTRA, MISSING
from runbooks.report.drift_view import diff_of
from runbooks.report.terminal import result_rows
from tasks.checks.model import CheckResult, CommitAuthor, Outcome
from tasks.plan.pair import plan_pair
from tasks.render import text as rendered
from tests.runbooks.pairs import west


def running(side: Side) -> str:
    """Return what the intent asks for, and what it relies on: it is all that runs."""
    own = {"a": "198.51.100.1", "b": "198.51.100.2"}[side]
    below = f"interface LoopBack3\n ip address {own} 255.255.255.255\n#\n"
    ospf = f"ospf 9\n area 0.0.0.0\n  network {own} 0.0.0.0\n#\n"
    return rendered(west(), side).removesuffix("return\n") + below + ospf + "return\n"


def results(a: str) -> tuple[CheckResult, ...]:
    trees: dict[Side, ConfigTree] = {"a": read_tree(a, "west-1"), "b": read_tree(running("b"), "west-2")}
    return drift_results(plan_pair(west(), trees))


def test_a_changed_value_is_one_change() -> None:
    text = running("a")
    assert " priority 10\n" in text
    first, second = results(text.replace(" priority 10\n", " priority 30\n"))
    assert second.outcome is Outcome.SUCCESS
    (change,) = first.complaints
    assert (change.text, change.wanted, change.found) == (
        CHANGED,
        "e-trunk 7 / priority 10",
        "e-trunk 7 / priority 30",
    )


def test_what_is_missing_and_what_is_too_much_stay_apart() -> None:
    text = running("a")
    less = text.replace(" service-type igmp-snooping\n", " service-type arp\n").replace(" priority 10\n", "")
    first, _ = results(less)
    told = {(one.text, one.wanted, one.found) for one in first.complaints}
    assert (MISSING, "e-trunk 7 / priority 10", ABSENT) in told
    profile = "remote-backup-profile subscribers"
    assert (EXTRA, ABSENT, f"{profile} / service-type arp") in told
    assert (MISSING, f"{profile} / service-type igmp-snooping", ABSENT) in told


def test_drift_is_drawn_as_a_diff_below_its_views() -> None:
    first, _ = results(
        running("a").replace(" priority 10\n", " priority 30\n").replace(" service-type igmp-snooping\n", "")
    )
    lines = list(diff_of(first.complaints))
    assert lines[:2] == ["--- the intent", "+++ west-1 (`display current-configuration`)"]
    place = lines.index("  e-trunk 7")
    assert lines[place + 1 : place + 3] == ["-  priority 10", "+  priority 30"]
    assert "-  service-type igmp-snooping" in lines
    console = Console(width=80, record=True, file=io.StringIO())
    for row in result_rows(first, 20, 20):
        console.print(row)
    assert "-  priority 10\n" in "\n".join(line.strip() for line in console.export_text().splitlines()) + "\n"


def test_whose_commit_it_was_stands_behind_the_line() -> None:
    first, _ = results(running("a").replace(" priority 10\n", " priority 30\n"))
    hand = CommitAuthor(1000000009, "carol", "VTY 1", "2026-11-28 02:00:00")
    (one,) = first.complaints
    assert list(diff_of([replace(one, hand=hand)]))[-1] == f"+  priority 30   changed by {hand}"
