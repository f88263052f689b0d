"""The commands of `hotpair` and their help, as the program itself has them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from hotpair.cli.settings import program


def commands() -> Iterator[tuple[str, Any]]:
    """Yield the words of each command, e.g. `txn resume`, and the command."""
    yield from _below(program(), ())


def _below(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name, inner in getattr(command, "commands", {}).items():
        if getattr(inner, "commands", None) is None:
            yield " ".join((*words, name)), inner
        else:
            yield from _below(inner, (*words, name))


def help_of(command: Any) -> tuple[str, str]:
    """Return the help of a command without its examples, and the examples."""
    text, _, examples = inspect.cleandoc(command.help or "").partition("\b\nExamples:")
    return text.strip(), inspect.cleandoc(examples)
