"""The question before anything is changed, with what it is about."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import typer

from hotpair.cli.live import Live
from hotpair.cli.output import err

Shown = TypeVar("Shown")


def ask(question: str) -> bool:
    """Ask the operator; Ctrl-C and an empty standard input are a no, and in a pipe all but a yes."""
    if not sys.stdin.isatty():  # Typer's own way writes a blank among the results
        err.print(f"{question} [y/N]:", markup=False)
        return sys.stdin.readline().strip().casefold() in {"y", "yes"}
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        err.print()
        return False


def agreeing(
    line: Live, show: Callable[[Shown], None], question: str, *, yes: bool
) -> Callable[[Shown], bool]:
    """Return a way to show something and have it agreed to.

    Args:
        line: what moves meanwhile; it stands still while the question is asked.
        show: shows what the question is about.
        question: of one line.
        yes: it was agreed to before.
    """

    def agree(shown: Shown) -> bool:
        show(shown)
        if yes:
            return True
        line.progress.stop()
        agreed = ask(question)
        line.progress.start()
        return agreed

    return agree
