"""Every command's help shows examples, and each example is one that the command would take."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
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
OWN_HELP = [name for name in COMMANDS if name != "emulate"]
"""Commands whose help is ours; that of `emulate` is the emulator's."""


def examples(name: str) -> list[list[str]]:
    """Give the words of each example in a command's help, without what a shell does with its output."""
    _, _, text = (LEAVES[name].callback.__doc__ or "").partition("Examples:")
    lines = [line.strip() for line in text.splitlines() if "hotpair " in line]
    return [shlex.split(line[line.index("hotpair ") :].split(" > ")[0])[1:] for line in lines]


@pytest.mark.parametrize("name", OWN_HELP)
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


def test_the_help_of_emulate_is_the_emulators() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hotpair", "emulate", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    for option in ("--rtt", "--time-scale", "--control", "--link", "--personality", "NAME=FILE"):
        assert option in done.stdout


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


def test_a_half_typed_command_is_completed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hotpair"],
        env={
            **os.environ,
            "_HOTPAIR_COMPLETE": "complete_bash",
            "COMP_WORDS": "hotpair ver",
            "COMP_CWORD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["verify"]
