"""A pair of which nothing is on either member is told to be not deployed, and no other is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from inventory.load import parse_pair
from inventory.model import SIDES, Pair, Side
from parsers.api import parse_later
from parsers.tree import read_tree, write_tree
from runbooks.fleet.looked import Looked
from runbooks.fleet.remedy import has_drifted
from runbooks.judging import CONFIGURATION, judge_pair
from runbooks.not_deployed import told_if_absent
from runbooks.report.run import Run
from tasks.checks.model import DEPLOYED, Observation
from tasks.checks.policy import NO_POLICY
from tests.integration.many import Made
from tests.tasks.transaction.bench import NAMES, Bench

MADE = Made(0)
PAIR = parse_pair(MADE.intent, MADE.name)
NOW = datetime(2026, 11, 28, tzinfo=UTC)
BARE = {MADE.members[side]: write_tree(MADE.bare(side)) for side in SIDES}
A, B = BARE
SERVICE = "remote-backup-service north"


def looked_at(pair: Pair, texts: dict[str, str]) -> Run:
    """Judge a pair by configurations alone; a member without one gave another answer."""
    looked = {
        name: Looked(
            name,
            tuple(
                Observation(name, command, text, parse_later(command, text), NOW, 0.0)
                for command, text in ((CONFIGURATION[1], texts.get(name, "Error: refused")),)
            ),
        )
        for name in (pair.members.a, pair.members.b)
    }
    return judge_pair(pair, looked, NO_POLICY, NOW)


def not_deployed(run: Run) -> list[str]:
    return [one.complaints[0].text for one in run.results if one.check == DEPLOYED]


def test_a_pair_that_was_never_deployed_is_told_beside_what_fails(tmp_path: Path) -> None:
    run = looked_at(PAIR, BARE)
    (told,) = told_if_absent([run], {PAIR.name: PAIR}, tmp_path)
    (said,) = not_deployed(told)
    assert said == "not deployed: nothing of it is on either member, and no transaction from here deployed it"
    assert told.results[1:] == run.results
    assert has_drifted(run)
    assert not has_drifted(told)  # a remedy brings back; it does not deploy


def with_service(name: str) -> str:
    """Return the configuration of a member on which the view of the service stands, and nothing in it."""
    return write_tree(read_tree(f"{BARE[name].removesuffix('return' + chr(10))}{SERVICE}\n#\nreturn\n", name))


@pytest.mark.parametrize(
    "texts",
    [
        {**BARE, B: with_service(B)},
        {name: with_service(name) for name in BARE},
        {A: BARE[A]},
        {**BARE, B: BARE[B] + "strange ^ line\n"},
    ],
    ids=["something on one", "something on both", "one not seen", "one not understood"],
)
def test_what_was_not_seen_to_be_absent_is_not_told_to_be(texts: dict[str, str], tmp_path: Path) -> None:
    run = looked_at(PAIR, texts)
    assert told_if_absent([run], {PAIR.name: PAIR}, tmp_path) == (run,)


def test_a_pair_that_holds_its_intent_is_not_told(tmp_path: Path) -> None:
    run = looked_at(PAIR, MADE.held())
    assert told_if_absent([run], {PAIR.name: PAIR}, tmp_path) == (run,)


def test_a_pair_that_was_deployed_from_here_and_is_gone_has_drifted(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.carry_out()
    names: dict[Side, str] = dict(zip(SIDES, NAMES, strict=True))
    intent = MADE.intent.replace(MADE.name, "lyon", 1)
    for side, name in names.items():
        intent = intent.replace(MADE.members[side], name)
    pair = parse_pair(intent, "lyon")
    run = looked_at(
        pair,
        {name: BARE[MADE.members[side]].replace(MADE.members[side], name) for side, name in names.items()},
    )
    assert told_if_absent([run], {"lyon": pair}, tmp_path) == (run,)
    assert not_deployed(*told_if_absent([run], {"lyon": pair}, tmp_path / "elsewhere"))
