"""Forms of configuration lines: one notation from which a line is both written and read.

    peer <peer-ip> source <source-ip> port <port>
    admin-vrrp vrid <vrid> [ ignore-if-down ]
    track interface <interface> [ weight <weight> ]

`<x>` is a parameter, `[ ... ]` may be absent. An optional part without parameters is a flag: its own words
name the parameter, and its value is `yes`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from inventory.lines.values import Kind

_TOKEN = re.compile(r"\[ (?P<option>[^\]]+) \]|<(?P<param>[^>]+)>|(?P<word>\S+)")
FLAG = "yes"


@dataclass(frozen=True)
class Part:
    """A piece of a form: a word, a parameter, or an optional group of pieces."""

    word: str = ""
    param: str = ""
    option: tuple[Part, ...] = ()

    @property
    def flag(self) -> str:
        """Name of the flag that an optional group without parameters stands for."""
        return "" if any(part.param for part in self.option) else " ".join(part.word for part in self.option)


def _parts(form: str) -> tuple[Part, ...]:
    return tuple(
        Part(option=_parts(found["option"]))
        if found["option"]
        else Part(word=found["word"] or "", param=found["param"] or "")
        for found in _TOKEN.finditer(form)
    )


@dataclass(frozen=True)
class Form:
    """A line form with the kinds of its parameters."""

    form: str
    kinds: Mapping[str, Kind]

    @cached_property
    def _read(self) -> tuple[tuple[Part, ...], str, Mapping[str, str]]:
        """Its pieces, the expression of a line, and the parameter of each group of that expression."""
        parts, groups = _parts(self.form), dict[str, str]()
        return parts, self._pattern(parts, groups, first=True), groups

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        """The compiled expression; most forms are never met, and are never compiled."""
        return re.compile(self._read[1], re.IGNORECASE | re.ASCII)

    def _pattern(self, parts: tuple[Part, ...], groups: dict[str, str], *, first: bool) -> str:
        text = ""
        for part in parts:
            blank = "" if first else r"\s+"
            first = False
            if part.option:
                inner = self._pattern(part.option, groups, first=True)
                if part.flag:
                    inner = f"(?P<{_group(part.flag, groups)}>{inner})"
                text += f"(?:{blank}{inner})?"
            elif part.param:
                text += f"{blank}(?P<{_group(part.param, groups)}>{self.kinds[part.param].pattern})"
            else:
                text += blank + re.escape(part.word)
        return text

    @property
    def words(self) -> tuple[str, ...]:
        """Its words outside optional parts."""
        return tuple(part.word for part in self._read[0] if part.word)

    @property
    def params(self) -> frozenset[str]:
        """Names of the parameters and flags."""
        return frozenset(self._read[2].values())

    def read(self, text: str) -> dict[str, str] | None:
        """Return the parameters in the device's spelling, or nothing when the line has another form."""
        found = self._expression.fullmatch(text)
        if found is None:
            return None
        return {
            name: self.kinds[name].canonical(found[group]) if name in self.kinds else FLAG
            for group, name in self._read[2].items()
            if found[group] is not None
        }

    def write(self, params: Mapping[str, str]) -> str:
        """Return the line in the device's spelling.

        Args:
            params: values by parameter name; those that the form does not know are passed over.

        Raises:
            KeyError: a parameter that is not optional is absent.
        """
        return " ".join(self._words(self._read[0], params))

    def _words(self, parts: tuple[Part, ...], params: Mapping[str, str]) -> list[str]:
        words: list[str] = []
        for part in parts:
            if part.option:
                needed = [inner.param for inner in part.option if inner.param] or [part.flag]
                if all(name in params for name in needed):
                    words += self._words(part.option, params)
            else:
                words.append(
                    self.kinds[part.param].canonical(params[part.param]) if part.param else part.word
                )
        return words


def _group(name: str, groups: dict[str, str]) -> str:
    group = f"p{len(groups)}"
    groups[group] = name
    return group
