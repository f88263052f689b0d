"""Everything that is wrong with a file, told at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from inventory.errors import IntentError
from inventory.place import Place
from inventory.quantities import quantity


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what was wanted and what was found."""

    place: Place
    message: str
    found: str | None = None

    def __str__(self) -> str:
        """Show as `file:line (path): message, found ...`."""
        tail = f"; found {self.found}" if self.found is not None else ""
        return f"{self.place}: {self.message}{tail}"

    def as_dict(self) -> dict[str, str | int | None]:
        """Return plain values for `--format json`."""
        return {
            "file": self.place.source,
            "line": self.place.line,
            "path": self.place.path,
            "message": self.message,
            "found": self.found,
        }


class InvalidIntentError(IntentError):
    """A file whose problems are all known.

    Args:
        source: name of the file.
        problems: what is wrong; told file by file, in the order of each.
    """

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        given = tuple(dict.fromkeys(problems))
        files = list(dict.fromkeys(problem.place.source for problem in given))
        self.problems = tuple(
            sorted(given, key=lambda one: (files.index(one.place.source), one.place.line or 0))
        )
        count = len(self.problems)
        where = "this folder" if source == "." else source
        head = f"{where} {'have' if ', ' in source else 'has'} {quantity(count, 'problem')}"
        super().__init__("\n  ".join((head, *map(str, self.problems))))
        self._head = head

    def as_dict(self) -> dict[str, Any]:
        """Return plain values: each problem apart."""
        told: dict[str, Any] = {
            "error": "IntentError",
            "message": self._head,
            "problems": [problem.as_dict() for problem in self.problems],
        }
        return told | ({"next": self.next_command} if self.next_command else {})
