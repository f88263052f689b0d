"""The tutorial, typed as it stands: a pair of one's own from nothing to watched."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from emulator.lab import Lab, TerminalUser
from tests.integration.at_the_routers import at_the_routers, typed
from tests.integration.documents import HOUSE, fenced
from tests.integration.scenarios.bridge import Stage

BLOCKS = fenced(HOUSE / "docs" / "tutorial.md")
MEMBERS = ("OSLO-1", "OSLO-2")
ELSEWHERE = ("python3 ", ". ", "hotpair emulate ")
"""Tried by test_documents.py: what installs, and what serves routers over SSH."""


def of(language: str) -> list[str]:
    return [text for kind, text in BLOCKS if kind == language]


def test_the_tutorial_is_typed_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, broken = of("text")
    pair, watching = of("yaml")
    monkeypatch.chdir(tmp_path)
    stage = Stage(Lab(dict(zip(MEMBERS, (first, second), strict=True))))
    stage.lab.advance(60)
    ended: list[tuple[list[str], int]] = []
    with at_the_routers(stage, MEMBERS, tmp_path / "oslo"):
        (tmp_path / "oslo" / "pairs" / "oslo.yaml").write_text(pair)
        (tmp_path / "oslo" / "watch.yaml").write_text(watching)
        for line in "".join(of("sh")).splitlines():
            if line.startswith(ELSEWHERE):
                continue
            if line.startswith("export "):
                monkeypatch.setenv(*line.removeprefix("export ").split("=", 1))
                continue
            if line == "hotpair check" and not any(words[0] == "check" for words, _ in ended):
                TerminalUser(stage.lab, "OSLO-2").types(*broken.splitlines())
                stage.lab.advance(60)
            _, *words = shlex.split(line)
            answer = ["--yes"] if words[0] == "deploy" else []
            ended.append((words, typed([*words, *answer])))
            stage.lab.advance(10)
    said = capsys.readouterr()
    wrong = [(words, code) for words, code in ended if code != 0]
    assert wrong == [(["plan", "oslo"], 10), (["check"], 1)], said.out + said.err
    assert "changed by" in said.out
    assert (tmp_path / "oslo.html").is_file()
