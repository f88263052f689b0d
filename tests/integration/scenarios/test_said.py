"""What a display does not say is never said as `None`, in no complaint, report or picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from inventory.model import SIDES, Pair
from parsers.api import parse
from runbooks.observe import observe
from runbooks.report.as_csv import to_csv
from runbooks.report.html import to_html
from runbooks.report.markdown import to_markdown
from runbooks.report.roles import roles_of
from runbooks.report.run import Run, RunKind
from tasks.checks.catalog import checks_for, judge
from tasks.checks.check import Check
from tasks.checks.model import Observation
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.pairs import PAIRS, bare, deployed, sample
from tests.tasks.checks.emulated import readers

NONE = re.compile(r".*\bNone\b.*")
NOW = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)


def seen(stage: Stage, pair: Pair) -> tuple[Observation, ...]:
    ways = openers(stage, pair)
    return observe(checks_for(), pair, {side: ways[pair.members.of(side)]() for side in SIDES})


def run_of(pair: Pair, observations: tuple[Observation, ...], checks: tuple[Check, ...] | None = None) -> Run:
    results = judge(checks_for() if checks is None else checks, pair, observations)
    members = (pair.members.a, pair.members.b)
    return Run("r", RunKind.VERIFY, pair.name, members, NOW, NOW, results, observations)


def without_a_line(observations: tuple[Observation, ...]) -> Iterator[tuple[str, tuple[Observation, ...]]]:
    """Leave out each line of each display once; give the command of that display, and all displays."""
    for number, one in enumerate(observations):
        lines = one.text.splitlines(keepends=True)
        for left_out in range(len(lines)):
            text = "".join((*lines[:left_out], *lines[left_out + 1 :]))
            spoilt = replace(one, text=text, parsed=parse(one.command, text))
            yield one.command, (*observations[:number], spoilt, *observations[number + 1 :])


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_that_is_not_deployed_is_reported_in_words(name: str) -> None:
    run = run_of(sample(name), seen(bare(sample(name)), sample(name)))
    for text in (to_html(run), to_markdown(run), to_csv(run), str(roles_of(run))):
        assert NONE.findall(text) == []


@pytest.mark.parametrize("name", ["seed-igmp", "mld-active-active", "igmp-vrrp"])
def test_a_display_that_lacks_a_line_is_judged_in_words(name: str) -> None:
    pair = sample(name)
    said = set()
    for command, observations in without_a_line(seen(deployed(name), pair)):
        run = run_of(pair, observations, readers(name, command))
        said |= {str(complaint) for result in run.results for complaint in result.complaints}
        said |= {line.text for lines in roles_of(run).values() for line in lines}
    assert said
    assert [text for text in said if NONE.match(text)] == []
