"""Findings as annotations of a GitHub workflow and as SARIF: nothing is lost, no text breaks its command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hotpair.__main__ import run
from inventory.place import Place
from inventory.rules import Finding, Severity
from runbooks.lint import Linted, lint_files
from runbooks.report.annotations import BROKEN, to_github, to_sarif
from tests.runbooks.pairs import INTENT

COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*,?)+)::(.*)")


def finding(*places: Place, text: str = "x") -> Finding:
    return Finding("R1", Severity.ADVICE, text, "page", "one", {"west-1": "two"}, places)


def test_a_finding_is_a_command_at_its_first_place() -> None:
    (line,) = to_github(Linted((finding(Place("a.yaml", 3), Place("b.yaml", 4)),))).splitlines()
    assert line == (
        "::notice file=a.yaml,line=3,title=R1::x; wanted one; found two on west-1; also at b.yaml:4"
    )
    assert to_github(Linted((finding(),))).startswith("::notice title=R1::")


def test_no_text_ends_its_command() -> None:
    odd = finding(Place("a,b:c.yaml", 3), text="100%\r\n::error::gone")
    (line,) = to_github(Linted((odd,))).splitlines()
    command = COMMAND.fullmatch(line)
    assert command is not None
    assert "file=a%2Cb%3Ac.yaml" in command[2]
    assert command[3].startswith("100%25%0D%0A::error::gone")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Return a pair that breaks rules, and a file that is no pair."""
    wrong, broken = tmp_path / "west one.yaml", tmp_path / "east.yaml"
    wrong.write_text(INTENT.replace("{a: 10, b: 20}", "{a: 20, b: 10}"), encoding="utf-8")
    broken.write_text(INTENT.replace("port:", "prot:").replace("west", "east"), encoding="utf-8")
    return wrong, broken


def test_every_finding_and_every_problem_is_a_result(files: tuple[Path, Path]) -> None:
    linted = lint_files(files)
    assert linted.findings
    assert linted.errors
    (log,) = to_sarif(linted)["runs"]
    rules = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    assert rules[0] == BROKEN
    for result in log["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        for place in result["locations"]:
            where = place["physicalLocation"]
            assert where["artifactLocation"]["uri"].startswith("/")
            assert " " not in where["artifactLocation"]["uri"]
            assert where["region"]["startLine"] > 0
    told = {result["ruleId"] for result in log["results"]}
    assert told == {BROKEN, *(one.rule for one in linted.findings)}
    assert len(to_github(linted).splitlines()) == len(log["results"])


def test_the_command_line_writes_both(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    wrong, broken = map(str, files)
    assert run(["lint", wrong, "--format", "sarif", "--fail-on", "never"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"
    assert run(["lint", wrong, "--format", "github", "--fail-on", "warning"]) == 1
    assert all(COMMAND.fullmatch(line) for line in capsys.readouterr().out.splitlines())
    assert run(["lint", broken, "--format", "github"]) == 2
    assert f"title={BROKEN}::unknown key 'prot'" in capsys.readouterr().out
