"""What parsing gives: records, and the lines that no rule knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Protocol


class Record(Protocol):
    """Any frozen dataclass of `parsers.records`."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A line that holds text and that no rule of the display knows.

    Args:
        line: number of the line in the text as given, from 1.
        text: the line without terminal codes and outer blanks.
    """

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """The answer of one display.

    Args:
        command: the command as given, blanks squeezed.
        records: one typed record per entry; empty when the device shows none.
        unparsed: lines that no rule knows; a judgement must not rest on such an answer.
        lacks: what every whole answer holds and this one does not: it was cut.
    """

    command: str
    records: tuple[Any, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    lacks: tuple[str, ...] = ()

    def as_dict(self) -> Mapping[str, Any]:
        """Return `{"command", "records": [...], "unparsed": [...]}` as plain values."""
        return {
            "command": self.command,
            "records": [_plain(asdict(record)) for record in self.records],
            "unparsed": [asdict(line) for line in self.unparsed],
        }


def _plain(value: Any) -> Any:
    """Turn tuples into lists, so that the value equals its own JSON read back."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value
