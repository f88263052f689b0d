"""How an outcome is written on a terminal: a word and a colour."""

from __future__ import annotations

from tasks.checks.model import Outcome

STYLE = {
    Outcome.SUCCESS: "green",
    Outcome.FAILURE: "bold red",
    Outcome.ERROR: "bold yellow",
    Outcome.SKIPPED: "dim",
    Outcome.UNSET: "yellow",
}
MARK = {
    Outcome.SUCCESS: "ok",
    Outcome.FAILURE: "FAIL",
    Outcome.ERROR: "??",
    Outcome.SKIPPED: "skip",
    Outcome.UNSET: "..",
}
MARK_WIDTH = max(map(len, MARK.values()))
