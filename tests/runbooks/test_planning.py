"""Plans of a pair: shown by member, view and impact; drift told line by line."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

import pytest
from rich.console import Console, RenderableType

from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.model import Side
from parsers.tree import read_tree
from runbooks.drift import drift_results
from runbooks.planning import plan_as_dict
from runbooks.report.plan_view import plan_view
from tasks.checks.model import Outcome
from tasks.plan import plan_pair
from tests.runbooks.pairs import BARE, west


def shown(view: RenderableType) -> str:
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(view)
    return console.export_text()


def test_plan_is_shown_by_member_and_view() -> None:
    text = shown(plan_view(plan_pair(west(), BARE)))
    assert "west-1 (a)" in text
    assert "\n  remote-backup-service chan\n    peer 198.51.100.2 source 198.51.100.1 port 4100\n" in text
    assert "\n  interface GigabitEthernet0/2/5\n!   eth-trunk 30\n" in text
    assert "quit" not in text
    assert text.rstrip().splitlines()[-1].startswith("west: ")


def test_the_way_back_undoes_what_was_typed() -> None:
    text = shown(plan_view(plan_pair(west(), BARE), back=True))
    assert "undo remote-backup-service chan" in text
    assert "undo e-trunk 7" in text


def test_second_plan_is_empty_and_says_so() -> None:
    first = plan_pair(west(), BARE)
    second = plan_pair(west(), {"a": first.a.predicted, "b": first.b.predicted})
    assert second.empty
    assert shown(plan_view(second)) == "west: nothing to do, both members hold the intent.\n"
    assert plan_as_dict(second)["empty"] is True


def test_an_intent_that_asks_for_nothing_is_not_said_to_be_held() -> None:
    bare = parse_pair("pair: bare\nmembers: {a: west-1, b: west-2}\n", "bare.yaml")
    plan = plan_pair(bare, BARE)
    assert plan.empty
    assert shown(plan_view(plan)) == "bare: nothing to do, the intent asks for nothing.\n"


def test_removal_takes_the_pair_away_and_leaves_foreign_lines() -> None:
    built = plan_pair(west(), BARE)
    gone = plan_pair(west(), {"a": built.a.predicted, "b": built.b.predicted}, remove=True)
    typed = [command["text"] for stage in plan_as_dict(gone)["members"]["a"]["forward"] for command in stage]
    assert "undo remote-backup-service chan" in typed
    assert not any("ospf" in line or "LoopBack" in line for line in typed)


def test_drift_names_each_line_with_its_view() -> None:
    (missing, _) = drift_results(plan_pair(west(), BARE))
    assert missing.outcome is Outcome.FAILURE
    assert "remote-backup-profile subscribers / backup-id 44 remote-backup-service chan" in {
        complaint.wanted for complaint in missing.complaints
    }


def test_no_drift_is_success() -> None:
    first = plan_pair(west(), BARE)
    results = drift_results(plan_pair(west(), {"a": first.a.predicted, "b": first.b.predicted}))
    assert [result.outcome for result in results] == [Outcome.SUCCESS, Outcome.SUCCESS]
    assert [result.subject for result in results] == ["configuration of west-1", "configuration of west-2"]


def test_a_changed_value_is_one_drift() -> None:
    first = plan_pair(west(), BARE)
    moved = read_tree(
        "#\nremote-backup-service chan\n peer 198.51.100.2 source 198.51.100.1 port 4999\n#\nreturn\n",
        "west-1",
    )
    changed = ConfigTree(
        tuple(
            moved.lines[0] if line.text == moved.lines[0].text else line for line in first.a.predicted.lines
        )
    )
    (result, _) = drift_results(plan_pair(west(), {"a": changed, "b": first.b.predicted}))
    view = "remote-backup-service chan / peer 198.51.100.2 source 198.51.100.1"
    assert [(one.wanted, one.found) for one in result.complaints] == [
        (f"{view} port 4100", f"{view} port 4999")
    ]


@pytest.mark.parametrize("commits", [1, 2, 3])
def test_a_plan_of_several_commits_says_what_the_timers_cover(commits: int) -> None:
    one = plan_pair(west(), BARE)
    several = replace(one, b=replace(one.b, forward=one.b.forward * commits))
    said = f"west: {commits} commits; the devices' timers cover the last one only" in shown(
        plan_view(several)
    )
    assert said is (commits > 1)
    assert plan_as_dict(several)["commits"] == commits
    assert "timers" not in shown(plan_view(several, back=True))


def without_peer(tree: ConfigTree) -> ConfigTree:
    (channel,) = (line for line in tree.lines if line.text == "remote-backup-service chan")
    left = tuple(line for line in channel.children if not line.text.startswith("peer "))
    return ConfigTree(tuple(replace(line, children=left) if line is channel else line for line in tree.lines))


def test_entering_a_view_that_stands_is_no_line_of_the_count() -> None:
    first = plan_pair(west(), BARE)
    unlike: Mapping[Side, ConfigTree] = {
        "a": without_peer(first.a.predicted),
        "b": without_peer(first.b.predicted),
    }
    plan = plan_pair(west(), unlike)
    (stage,) = plan.a.forward
    assert [command.text.split()[0] for command in stage.commands] == [
        "remote-backup-service",
        "peer",
        "quit",
    ]
    assert [command.text.split()[0] for command in stage.lines] == ["peer"]
    summary = shown(plan_view(plan)).rstrip().splitlines()[-1]
    assert sum(int(word) for word in summary.split() if word.isdigit()) == 2
    assert "hitless" not in summary
