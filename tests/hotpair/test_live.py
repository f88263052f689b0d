"""What is shown of many things at work."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from hotpair.cli.consoles import LastingConsole
from hotpair.cli.live import counting, live, watching
from inventory.errors import ConnectError, SecretsError
from runbooks.fleet.looked import Looked


def test_what_is_at_work_done_and_wrong_is_counted() -> None:
    said = io.StringIO()
    with counting("checking", 4, Console(file=said, force_terminal=True, width=120)) as counted:
        for _ in range(3):
            counted.begin()
        counted.done(wrong=True)
        counted.done(wrong=False)
        counted.done(wrong=False, begun=False)  # e.g. left out after Ctrl-C
    assert "checking" in said.getvalue()
    assert "1 at work 1 wrong" in said.getvalue()


def test_what_moves_gives_way_to_results_on_the_same_terminal() -> None:
    terminal = io.StringIO()
    out = LastingConsole(file=terminal, force_terminal=True, width=120, soft_wrap=True)
    with live("reading", Console(file=terminal, force_terminal=True, width=120)):
        out.print("a plan, a line")
    out.print("its end")
    told = terminal.getvalue()
    before, after = told.split("a plan, a line")
    assert before.endswith("\x1b[2K"), before  # the moving line is gone
    assert "reading" in before
    assert "reading" in after.partition("its end")[0]  # and moves on below


def test_no_columns_at_all_are_no_reason_to_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    said = io.StringIO()
    LastingConsole(file=said, soft_wrap=True).print("both members are as before")
    assert said.getvalue() == "both members are as before\n"


def test_what_both_members_lack_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    missing = SecretsError("no secret named lab-password")
    with watching("checking", 2, told=False) as watcher:
        watcher.end(Looked("R1", error=missing))
        watcher.end(Looked("R2", error=SecretsError("no secret named lab-password")))
        watcher.end(Looked("R2", error=ConnectError("R2 cannot be reached", member="R2")))
    assert capsys.readouterr().err.count("no secret named lab-password") == 1


def test_nothing_moves_where_nobody_watches() -> None:
    said = io.StringIO()
    with counting("checking", 1, Console(file=said)) as counted:
        counted.begin()
        counted.done(wrong=False)
    assert not said.getvalue()
