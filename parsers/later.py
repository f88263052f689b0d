"""An answer that is read when somebody asks what it says, and not before."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from parsers.values import Parsed, Unparsed

_SHORT = 20_000
"""Characters of an answer that is kept with what it says: whoever is asked again often says the same."""


@lru_cache(maxsize=256)
def _read(command: str, text: str) -> Parsed:
    from parsers.displays import display_for  # with the templates, which who hands an answer on needs not
    from parsers.engine import read

    return read(display_for(command), command, text)


class Later(Parsed):
    """The answer of one display, read at first use; to everybody else it is as `parse` gives it.

    What nobody asks for costs nothing; what was read already is not read again in another process.

    Args:
        command: as typed, with its arguments.
        text: the answer as received.

    Raises:
        IntentError: no such display can be read.
    """

    __slots__ = ("_read", "_text")
    _read: Parsed | None
    _text: str

    def __init__(self, command: str, text: str) -> None:
        from parsers.displays import display_for

        display_for(command)
        self._take(" ".join(command.split()), text, None)

    def _take(self, command: str, text: str, known: Parsed | None) -> None:
        object.__setattr__(self, "command", command)
        object.__setattr__(self, "_text", text)
        object.__setattr__(self, "_read", known)

    def _now(self) -> Parsed:
        known = self._read
        if known is None:
            known = (_read if len(self._text) <= _SHORT else _read.__wrapped__)(self.command, self._text)
            object.__setattr__(self, "_read", known)
        return known

    @property
    def records(self) -> tuple[Any, ...]:
        """One typed record per entry."""
        return self._now().records

    @property
    def unparsed(self) -> tuple[Unparsed, ...]:
        """Lines that no rule knows."""
        return self._now().unparsed

    @property
    def lacks(self) -> tuple[str, ...]:
        """What every whole answer holds and this one does not."""
        return self._now().lacks

    def __eq__(self, other: object) -> bool:
        """Tell whether another answer says the same."""
        return self._now() == (other._now() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        """Return a number that equal answers share."""
        return hash((self.command, self._text))

    def __repr__(self) -> str:
        """Show the answer as it is read."""
        return repr(self._now())

    def __reduce__(self) -> tuple[Callable[..., Later], tuple[str, str, Parsed | None]]:
        """Return what makes it anew elsewhere."""
        return (_as_read, (self.command, self._text, self._read))


def _as_read(command: str, text: str, known: Parsed | None) -> Later:
    """Make an answer as it was in another process; there its display was found."""
    later = Later.__new__(Later)
    later._take(command, text, known)  # noqa: SLF001 - of this module
    return later
