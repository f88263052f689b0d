"""Tables of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

_BARRED = re.compile(r"`([^`\n]*\\\|[^`\n]*)`")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table.

    Args:
        heads: one a column.
        rows: cells of each row; empty ones are shown as a dash.
    """
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def code(text: str) -> str:
    """Write text as code, whatever is in it."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}" if text else ""


def codes(texts: Iterable[str]) -> str:
    """Write each text as code, a line each."""
    return "<br>".join(code(text) for text in dict.fromkeys(texts))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|") or "-"


def with_bars(markdown: str) -> str:
    """Write code with a bar in a table so that the bar is shown without the stroke before it."""
    return _BARRED.sub(lambda cell: f"<code>{_with_bar(cell[1])}</code>", markdown)


def _with_bar(text: str) -> str:
    return escape(text.replace("\\|", "|")).replace("|", "&#124;")
