"""Whether a configuration has the foreign lines that a line relies on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from inventory.facts import ConfigLine
from inventory.lines.presence import Presence

_WORDS = 4


class Sections:
    """The top-level lines of a configuration, by their first words."""

    def __init__(self, lines: Iterable[ConfigLine]) -> None:
        self._lines = tuple(lines)

    def missing(self, presence: Presence, around: Mapping[str, str]) -> str:
        """Say what a line that relies on a foreign one lacks; nothing when it is there.

        Args:
            presence: the foreign line.
            around: values of the relying line.
        """
        escaped = {name: re.escape(value) for name, value in around.items()}
        pattern = re.compile(_filled(presence.line, escaped), re.IGNORECASE) if presence.line else None
        stands = any(
            pattern is None or any(pattern.fullmatch(below.text) for below in top.children)
            for top in self.under(_filled(presence.under, around))
        )
        return _filled(presence.says, around) if stands is presence.forbidden else ""

    def under(self, words: str) -> tuple[ConfigLine, ...]:
        """Return the lines that begin with words; letter case makes no difference."""
        return tuple(self._by_words.get(tuple(words.casefold().split()), ()))

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], list[ConfigLine]]:
        found: dict[tuple[str, ...], list[ConfigLine]] = {}
        for line in self._lines:
            words = tuple(line.text.casefold().split())
            for count in range(1, min(len(words), _WORDS) + 1):
                found.setdefault(words[:count], []).append(line)
        return found


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{([@\w-]+)\}", lambda found: values.get(found[1], ""), pattern)
