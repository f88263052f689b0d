"""What is written and heard in a dialogue, and how lines are cut into windows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

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


@lru_cache(maxsize=512)
def echo_pattern(prompt: re.Pattern[str], text: str) -> re.Pattern[str]:
    """Give the expression of a line's echo behind a prompt, with any runs of blanks between its words."""
    behind = r"[ \t]+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?P<prompt>{prompt.pattern}){behind}[ \t]*")


def quiet(lines: Sequence[str], after: str, prompt: re.Pattern[str]) -> list[str]:
    """Take log lines out of an answer, and what the device shows again after one.

    Args:
        lines: the answer.
        after: the line that follows it.
        prompt: what the device's prompts match.
    """
    if not any(is_log_line(line) for line in lines):
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
