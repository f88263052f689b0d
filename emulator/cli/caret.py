"""Syntax errors: a caret under the failing token, and the message below it.

The caret stands under the echoed token, behind the prompt (cli-behaviour, section 3).
"""

from __future__ import annotations

from collections.abc import Mapping

from emulator.commands.questions import Reply
from emulator.grammar.model import FaultKind
from emulator.personalities import Personality

MESSAGES: Mapping[FaultKind, tuple[int, str]] = {
    "unrecognized": (1, "Unrecognized command found at '^' position."),
    "wrong": (3, "Wrong parameter found at '^' position."),
    "incomplete": (2, "Incomplete command found at '^' position."),
    "too-many": (4, "Too many parameters found at '^' position."),
    "ambiguous": (5, "Ambiguous command found at '^' position."),
}
"""Kind of fault -> its number in releases that number errors, and its text."""


def lines(kind: FaultKind, offset: int, prompt: str, release: Personality) -> tuple[str, str]:
    """Return the caret line and the message.

    Args:
        kind: a key of `MESSAGES`.
        offset: of the failing token in the typed line.
        prompt: that the line was typed behind.
        release: spells the error.
    """
    number, text = MESSAGES[kind]
    return " " * (len(prompt) + offset) + "^", release.syntax_error(text, number)


def reply(kind: FaultKind, offset: int, prompt: str, release: Personality) -> Reply:
    """Return the reply to a line that is no command."""
    return Reply(lines(kind, offset, prompt, release))
