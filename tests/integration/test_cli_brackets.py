"""Brackets in what a router or a user wrote are shown as they are, and are no style of ours."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from hotpair.cli.live import counting, live
from runbooks.lab import LAB_PAIR
from tests.integration.conftest import Command
from tests.integration.lab import Lab

BRACKETS = ("[metro-2]", "[/b]", "[bold]", "[r1]", "[~R1]")


@pytest.mark.parametrize("brackets", BRACKETS)
def test_a_display_is_shown_as_the_router_wrote_it(command: Command, brackets: str) -> None:
    head = "PHY: Physical\nInterface                     PHY     Protocol Description\n"
    row = f"GE0/1/0                       up      up       to {brackets} uplink\n"
    shown = command("parse", "display interface description", "-f", "table", answer=f"{head}{row}")
    assert shown.code == 0, shown.err
    assert f"to {brackets} uplink" in shown.out


@pytest.mark.parametrize("brackets", BRACKETS)
def test_a_line_that_is_not_understood_is_shown_as_it_is(command: Command, brackets: str) -> None:
    shown = command("parse", "display e-trunk 1", "-f", "table", answer=f"some {brackets} line\n")
    assert shown.code == 3
    assert f"line 1 not understood: some {brackets} line" in shown.out


@pytest.mark.parametrize("brackets", BRACKETS)
def test_what_moves_shows_brackets(brackets: str) -> None:
    said = io.StringIO()
    console = Console(file=said, force_terminal=True, width=120, color_system=None)
    with live("starting", console) as line:
        line.say(f"waiting for {brackets}")
    with counting(f"asking {brackets}", 1, console):
        pass
    assert f"waiting for {brackets}" in said.getvalue()
    assert f"asking {brackets}" in said.getvalue()


@pytest.mark.ssh
def test_names_of_files_are_shown_with_their_brackets(
    command: Command, bare_lab: Lab, tmp_path: Path
) -> None:
    folder = tmp_path / "[ring]"
    folder.mkdir()
    planned = command("plan", LAB_PAIR, "-i", bare_lab.folder, "--out", folder / "plan.json")
    assert f"{folder / 'plan.json'}: the plan" in planned.err
    looked = command("verify", LAB_PAIR, "-i", bare_lab.folder, "--runs", folder)
    assert f"kept in {folder}" in looked.out
