"""Help at the prompt: what `?` lists and what Tab completes.

Full help has a keyword and its description a line, partial help two columns of 40 (cli-behaviour, section 2).
"""

from __future__ import annotations

from emulator.cli import caret
from emulator.grammar import load
from emulator.personalities import Personality

_COLUMN = 40
_END = "<cr>"


def help_lines(view: str, line: str, prompt: str, release: Personality) -> tuple[str, ...]:
    """Say what may follow the typed text.

    Args:
        view: id of the view.
        line: typed so far; without a blank at its end the last word is only begun.
        prompt: that it was typed behind.
        release: spells the error when nothing may follow.
    """
    found = load().help(view, line)
    if not found:
        return caret.lines("unrecognized", len(line) - len(_last_word(line)), prompt, release)
    if line and not line.endswith(" "):
        return _columns([word for word, _ in found])
    width = max(len(word) for word, _ in found)
    return tuple(word if word == _END else f"  {word:<{width}}  {text}".rstrip() for word, text in found)


def _columns(words: list[str]) -> tuple[str, ...]:
    pairs = (words[place : place + 2] for place in range(0, len(words), 2))
    return tuple("  " + "".join(word.ljust(_COLUMN) for word in pair).rstrip() for pair in pairs)


def completions(view: str, line: str) -> tuple[str, ...]:
    """Return the lines that Tab may make of the typed text."""
    head = line[: len(line) - len(_last_word(line))]
    return tuple(head + word for word in load().complete(view, line))


def _last_word(line: str) -> str:
    return line.rpartition(" ")[2]
