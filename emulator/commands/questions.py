"""Questions: how an answer is read, and what a wrong one gets.

Answers are echoed, passwords are not. A wrong answer leaves the question open with its own text
(cli-behaviour, sections 1 and 3). A command that asks is a generator: it yields a question and is sent the
answer.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How an answer is read."""

    YES_NO = "yes-no"
    FULL_YES_NO = "full-yes-no"  # the whole word is wanted
    YES_NO_CANCEL = "yes-no-cancel"
    TEXT = "text"
    PASSWORD = "password"  # noqa: S105 - the name of a kind


@dataclass(frozen=True, slots=True)
class Question:
    """What a command asks before it goes on.

    Args:
        text: on the last line, where the answer is typed.
        kind: how the answer is read.
        before: lines printed above it.
    """

    text: str
    kind: Kind = Kind.YES_NO
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command prints.

    Args:
        lines: in order.
        paged: whether the pager may hold it.
        closes: whether the session ends with it.
    """

    lines: tuple[str, ...] = ()
    paged: bool = False
    closes: bool = False


Dialogue = Generator[Question, str, Reply]
"""A command that asks: it is sent `y`, `n`, `c` or the typed text, and returns its reply."""

NOTHING = Reply()

_SHORT = {"y": "y", "yes": "y", "n": "n", "no": "n"}
_ANSWERS: Mapping[Kind, Mapping[str, str]] = {
    Kind.YES_NO: _SHORT,
    Kind.FULL_YES_NO: {"yes": "y", "no": "n"},
    Kind.YES_NO_CANCEL: {**_SHORT, "c": "c", "cancel": "c"},
}
_WRONG: Mapping[Kind, str] = {
    Kind.YES_NO: "Please choose 'YES' or 'NO' first before pressing 'Enter'. [Y/N]:",
    Kind.FULL_YES_NO: "Please choose 'YES' or 'NO' first before pressing 'Enter'. [Yes/No]:",
    Kind.YES_NO_CANCEL: "Please choose 'YES', 'NO' or 'CANCEL' first before pressing 'Enter'. [Y/N/C]:",
}
_ABORTED: Mapping[Kind, str] = {Kind.YES_NO_CANCEL: "c", Kind.TEXT: "", Kind.PASSWORD: ""}


def read(kind: Kind, typed: str) -> str | None:
    """Return the answer that was typed: `y`, `n`, `c` or the text; nothing for a wrong one."""
    if kind not in _ANSWERS:
        return typed
    return _ANSWERS[kind].get(typed.strip().lower())


def wrong(kind: Kind, error: str) -> str:
    """Return what a wrong answer gets; the cursor stays on its line."""
    return error + _WRONG[kind]


def aborted(kind: Kind) -> str:
    """Return the answer that Ctrl+C stands for."""
    return _ABORTED.get(kind, "n")
