"""What is written and heard in a dialogue, and how lines are cut into windows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.prompts import Prompt
from parsers.replies import Answers
from parsers.terminal import is_log_line

WINDOW_LINES = 128
WINDOW_CHARACTERS = 16_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line to write.

    Args:
        text: the line as the device gets it, secrets in clear; never shown.
        shown: the line as people may see it.
        answers: what it is known to ask, and the answers.
    """

    text: str
    shown: str
    answers: Answers = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What the device said to one line.

    Args:
        body: the reply without echo and prompt, one element a line.
        prompt: the prompt after it.
        question: the unforeseen question, which was answered so that nothing changes.
    """

    body: tuple[str, ...]
    prompt: Prompt
    question: str | None = None


def windows(lines: Sequence[Line], most: int = WINDOW_LINES) -> Iterator[Sequence[Line]]:
    """Cut lines into windows of so many at most; a line that asks something ends its window."""
    first = size = 0
    for index, line in enumerate(lines):
        size += len(line.text) + 1
        full = index - first + 1 >= most or size >= WINDOW_CHARACTERS
        if line.answers or full or index == len(lines) - 1:
            yield lines[first : index + 1]
            first, size = index + 1, 0


def squeezed(text: str) -> str:
    """Make runs of blanks one blank: a terminal may show an echo with others than were typed."""
    return " ".join(text.split())


def prompt_before(words: Sequence[str], shown: str, prompt: re.Pattern[str]) -> str | None:
    """Return the prompt behind which a line was echoed, with the blanks after it; nothing when it was not.

    Args:
        words: of the line; a terminal may show other blanks between them than were typed.
        shown: a whole line of the screen.
        prompt: what the device's prompts match.
    """
    if words and words[-1] not in shown:
        return None
    end = len(shown)
    while (end := max(shown.rfind("]", 0, end), shown.rfind(">", 0, end))) >= 0:
        behind = shown[end + 1 :]
        if behind.split() == words and prompt.fullmatch(shown, 0, end + 1):
            return shown[: len(shown) - len(behind.lstrip(" \t"))]
    return None


def quiet(lines: Sequence[str], after: str, prompt: re.Pattern[str]) -> list[str]:
    """Take log lines out of an answer, and what the device shows again after one.

    Args:
        lines: the answer.
        after: the line that follows it.
        prompt: what the device's prompts match.
    """
    if "%%" not in "".join(lines) or not any(map(is_log_line, lines)):  # most answers hold none
        return list(lines)
    kept: list[str] = []
    logged = False
    for line in [*lines, after]:
        if is_log_line(line):
            logged = True
            continue
        if logged and kept and prompt.match(kept[-1]) and line.startswith(kept[-1]):
            del kept[-1]
        logged = False
        kept.append(line)
    return kept[:-1]
