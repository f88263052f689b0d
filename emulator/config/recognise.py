"""Whether a file can be the configuration of an NE40E at all.

A device keeps every line that a file holds, so nothing else would tell that the file is another vendor's, a
picture or a log. Of the lines that stand at the margin, an NE40E's are nearly all known to the grammar or its
vocabulary; of others' hardly any are.
"""

from __future__ import annotations

from collections.abc import Iterator

from emulator.grammar import Match, load

_KNOWN_SHARE = 0.5
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\r\n\f\x1b\b")


def strange(text: str) -> str:
    """Say why a text is no configuration of an NE40E; nothing when it may be one."""
    if any(mark in _CONTROLS for mark in text):
        return "it holds control characters: no text"
    lines = list(_margin(text))
    unknown = [(number, line) for number, line in lines if not isinstance(load().read("system", line), Match)]
    if text.strip() and not lines:
        return "it holds no configuration line"
    if len(unknown) <= _KNOWN_SHARE * len(lines):
        return ""
    number, line = unknown[0]
    return (
        f"no NE40E configuration: of the lines at its margin {len(unknown)} of {len(lines)} are not known,"
        f" the first in line {number}: {line[:60]}"
    )


def _margin(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines at the margin, with their numbers; `#`, `!` and `return` tell nothing."""
    for number, row in enumerate(text.splitlines(), 1):
        line = row.rstrip()
        if line and not line[0].isspace() and not line.startswith(("#", "!")) and line != "return":
            yield number, line
