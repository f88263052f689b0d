"""Many pairs in one check: chosen, looked at once a router, and nobody's trouble is another's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from runbooks.check import check_pairs
from runbooks.fleet.looked import Looked
from runbooks.inventory_pairs import pairs_in
from runbooks.lab import LAB_PAIR
from runbooks.site import open_inventory
from tasks.checks.model import Outcome
from tests.integration.lab import Ended, Lab

Command = Callable[..., Ended]
SECOND = """\
pair: second
members: {a: DeviceB, b: DeviceA}
site: MUC
tags: [silver]
e_trunks:
  - {id: 77, address: {a: 3.3.3.3, b: 1.1.1.1}, priority: {a: 10, b: 20}}
"""
AWAY = """\
pair: away
members: {a: DeviceC, b: DeviceD}
site: HAM
e_trunks:
  - {id: 5, address: {a: 192.0.2.1, b: 192.0.2.2}, priority: {a: 10, b: 20}}
"""


@pytest.fixture
def fleet(deployed_lab: Lab, tmp_path: Path) -> Path:
    """Return an inventory with the lab's pair, one on the same routers, one out of reach, a broken file."""
    folder = tmp_path / "fleet"
    shutil.copytree(
        deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals", "archive.db*")
    )
    hosts = folder / "hosts.yaml"
    text = hosts.read_text(encoding="utf-8")
    a, b = text[text.index("DeviceA:") : text.index("DeviceB:")], text[text.index("DeviceB:") :]
    for name, block in (("DeviceC", a), ("DeviceD", b)):
        lines = [f"{name}:", *block.splitlines()[1:]]
        text += "\n" + "\n".join("  port: 1" if line.startswith("  port:") else line for line in lines) + "\n"
    hosts.write_text(text, encoding="utf-8")
    (folder / "pairs" / "second.yaml").write_text(SECOND, encoding="utf-8")
    (folder / "pairs" / "away.yaml").write_text(AWAY, encoding="utf-8")
    (folder / "pairs" / "broken.yaml").write_text("pair: broken\nmembers: {a: X}\n", encoding="utf-8")
    return folder


def test_a_router_in_two_pairs_is_looked_at_once_and_both_are_judged(fleet: Path) -> None:
    nornir = open_inventory(fleet)
    good = pairs_in(nornir).good
    told: list[Looked] = []

    first, second = check_pairs(nornir, [good[LAB_PAIR], good["second"]], tell=told.append)

    assert sorted(looked.member for looked in told) == ["DeviceA", "DeviceB"]
    assert first.verdict is Outcome.SUCCESS
    assert second.verdict is Outcome.FAILURE
    assert {one.member for one in second.observations} == {"DeviceA", "DeviceB"}
    asked = {one.command for one in first.observations}
    assert "display e-trunk 1" in asked
    assert "display e-trunk 77" not in asked


def test_one_pairs_trouble_is_no_others(fleet: Path, command: Command) -> None:
    ended = command("check", "-i", fleet, "-f", "json")

    assert ended.code == 1
    verdicts = {run["pair"]: run["verdict"] for run in ended.document()["runs"]}
    assert verdicts == {"away": "error", "second": "failure", LAB_PAIR: "success"}
    assert [error["pair"] for error in ended.document()["errors"]] == ["broken"]
    away = next(run for run in ended.document()["runs"] if run["pair"] == "away")
    reach = [one for one in away["results"] if one["check"] == "within-reach"]
    assert [one["complaints"][0]["device"] for one in reach] == ["DeviceC", "DeviceD"]
    standing = {
        row["pair"]: row["verdict"]
        for row in command("status", "-i", fleet, "-f", "json").document()["pairs"]
    }
    assert standing == verdicts


@pytest.mark.parametrize(
    ("words", "pairs"),
    [
        (("--site", "MUC"), ["second"]),
        (("--pair-tag", "silver"), ["second"]),
        (("--match", "seed-*"), [LAB_PAIR]),
        (("--limit", "1", LAB_PAIR, "second"), ["second"]),
        ((LAB_PAIR, "second", "--workers", "1"), ["second", LAB_PAIR]),
    ],
)
def test_pairs_are_chosen(fleet: Path, command: Command, words: tuple[str, ...], pairs: list[str]) -> None:
    ended = command("check", *words, "-i", fleet, "-f", "json")
    assert [run["pair"] for run in ended.document()["runs"]] == pairs


def test_an_archive_in_trouble_ends_with_3_at_least_whatever_was_found(
    fleet: Path, command: Command, tmp_path: Path
) -> None:
    other = tmp_path / "archive.db"
    other.write_bytes(b"something else altogether, and long enough" * 100)
    ended = command("check", "second", "-i", fleet, "--archive", other)
    assert (ended.code, "second: failure" in ended.out) == (3, True)


def test_a_report_that_cannot_be_written_takes_no_verdict_with_it(
    fleet: Path, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "taken.md").mkdir()
    words = ("check", LAB_PAIR, "second", "-i", fleet, "--report", tmp_path / "taken.md")
    ended = command(*words, "--report", tmp_path / "fine.md")
    assert ended.code == 1  # drift of the second
    assert "the report cannot be written" in ended.err
    assert "2 pairs: 1 failure, 1 success" in ended.out
    assert (tmp_path / "fine.md").exists()
    assert command(*words[:2], *words[3:]).code == 2


def test_without_a_terminal_each_router_is_a_line(fleet: Path, command: Command) -> None:
    ended = command("check", LAB_PAIR, "second", "-i", fleet)
    assert sorted(ended.err.splitlines()) == ["DeviceA: looked at", "DeviceB: looked at"]


def test_a_young_failure_is_shown_and_kept_but_counts_only_after_its_grace(
    fleet: Path, command: Command
) -> None:
    policy = fleet / "policy.yaml"
    policy.write_text("checks: {names: [no-trial]}\ngrace: [{check: drift, minutes: 90}]\n", encoding="utf-8")

    ended = command("check", "second", "-i", fleet, "-f", "json")

    assert ended.code == 0
    assert "second: its failures count from" in ended.err
    assert ended.document()["runs"][0]["verdict"] == "failure"
    policy.write_text("checks: {names: [no-trial]}\n", encoding="utf-8")
    assert command("check", "second", "-i", fleet).code == 1


def test_a_deployment_writes_its_reports_of_one_pair_and_of_many(
    fleet: Path, command: Command, tmp_path: Path
) -> None:
    one, many = tmp_path / "one.json", tmp_path / "many.md"
    assert command("deploy", LAB_PAIR, "-i", fleet, "--yes", "--report", one).code == 0
    assert json.loads(one.read_text(encoding="utf-8"))["pair"] == LAB_PAIR
    ended = command("deploy", "--match", "*a*", "-i", fleet, "--yes", "--report", many)
    assert ended.code == 3  # a pair is out of reach
    told = many.read_text(encoding="utf-8")
    assert "| away |" in told
    assert "cannot be reached" in told
    assert command("deploy", LAB_PAIR, "-i", fleet, "--yes", "--report", tmp_path / "x.doc").code == 2
