"""Every command's help shows examples, and each example is one that the command would take."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer

from hotpair.__main__ import run
from hotpair.cli.app import app

PROGRAM: Any = typer.main.get_command(app)
LEAVES: dict[str, Any] = {
    " ".join(words): leaf
    for name, command in PROGRAM.commands.items()
    for words, leaf in (
        [((name, inner), leaf) for inner, leaf in command.commands.items()]
        if hasattr(command, "commands")
        else [((name,), command)]
    )
}
"""Every command by its words, those of groups too."""
COMMANDS = sorted(LEAVES)


def shown_examples(name: str) -> list[str]:
    """Return each example in a command's help, as a user types it."""
    _, _, text = (LEAVES[name].callback.__doc__ or "").partition("Examples:")
    return [line.strip() for line in text.splitlines() if "hotpair " in line]


def examples(name: str) -> list[list[str]]:
    """Return the words of each example, without what a shell does with its output."""
    lines = shown_examples(name)
    return [shlex.split(line[line.index("hotpair ") :].split(" > ")[0])[1:] for line in lines]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_each_example_on_a_line_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*name.split(), "--help"]) == 0
    shown = [shlex.split(line) for line in capsys.readouterr().out.splitlines() if " hotpair " in line]
    assert shown[0][: 2 + len(name.split())] == ["Usage:", "hotpair", *name.split()]
    assert examples(name)
    for words in examples(name):
        assert any(" ".join(["hotpair", *words]) in " ".join(line) for line in shown), words


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_are_taken_by_the_parser(name: str) -> None:
    command, own = LEAVES[name], name.split()
    for words in examples(name):
        assert words[: len(own)] == own
        context = command.make_context(name, list(words[len(own) :]))
        assert context.params


def test_an_example_with_a_wrong_option_would_not_be_taken() -> None:
    with pytest.raises(typer.TyperException, match="No such option"):
        PROGRAM.commands["plan"].make_context("plan", ["metro-1", "--no-such-option"])


def test_the_help_of_emulate_is_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["emulate", "--help"]) == 0
    shown = capsys.readouterr().out
    for option in ("--rtt", "--time-scale", "--control", "--link", "--personality", "--inventory"):
        assert option in shown
    assert "NAME=FILE" in shown
    assert "python -m" not in shown


def test_without_a_word_all_commands_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    shown = capsys.readouterr().out
    for name in PROGRAM.commands:
        assert re.search(rf"^  {name}\b", shown, re.MULTILINE), name
    assert "..." not in shown.partition("Commands:")[2]


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"hotpair \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_gets_its_completion(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hotpair"],
        env={**os.environ, "_HOTPAIR_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "_HOTPAIR_COMPLETE" in done.stdout
    assert "hotpair" in done.stdout


def completed(folder: Path, *words: str) -> list[str]:
    """Return what Tab offers after some words."""
    done = subprocess.run(
        [sys.executable, "-m", "hotpair"],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "_HOTPAIR_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(("hotpair", *words)),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


PAIR = "pair: NAME\nmembers: {a: A1, b: B1}\n"


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    """Return an inventory with two pairs, one of them broken, a run and a journal."""
    for name in ("metro-1", "metro-2", "ring"):
        file = tmp_path / "pairs" / ("north" if name == "ring" else "") / f"{name}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAIR.replace("NAME", name) + ("x: 1\n" if name == "metro-2" else ""))
    (tmp_path / "runs" / "before").mkdir(parents=True)
    (tmp_path / "runs" / "before" / "run.json").touch()
    (tmp_path / "hosts.yaml").write_text("A1: {hostname: a1}\nB1: {hostname: b1}\n")
    with closing(sqlite3.connect(tmp_path / "archive.db")) as archive:
        archive.execute("CREATE TABLE runs (id TEXT)")
        archive.execute("INSERT INTO runs VALUES ('20260304-check-ring')")
        archive.commit()
    (tmp_path / "journals").mkdir()
    (tmp_path / "journals" / "hp-0011223344.jsonl").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["ver"], ["verify"]),
        (["verify", ""], ["metro-1", "metro-2", "ring"]),
        (["plan", "ri"], ["ring"]),
        (["check", "metro-1", "metro"], ["metro-1", "metro-2"]),
        (["verify", "ring", "--check", "ports"], ["ports-up"]),
        (["verify", "ring", "--tag", "e-tr"], ["e-trunk"]),
        (["verify", "ring", "--member", ""], ["a", "b"]),
        (["verify", "ring", "--against", ""], ["before"]),
        (["replay", ""], ["before"]),
        (["resume", "hp-"], ["hp-0011223344"]),
        (["txn", "adopt", "hp-0011223344", "--pair", "metro-"], ["metro-1", "metro-2"]),
        (["lab", "user-vrrp-a"], ["user-vrrp-arp"]),
        (["history", "ri"], ["ring"]),
        (["diff", "2026"], ["20260304-check-ring"]),
        (["explain", "rbs-c"], ["rbs-connected"]),
        (["explain", "R69"], ["R69"]),
        (["trust", "A"], ["A1"]),
    ],
)
def test_tab_offers_what_there_is(inventory: Path, words: list[str], offered: list[str]) -> None:
    assert completed(inventory, *words) == offered


def test_tab_looks_into_the_inventory_that_was_typed(inventory: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert completed(elsewhere, "verify", "") == []
    assert completed(elsewhere, "verify", "-i", str(inventory), "ri") == ["ring"]
