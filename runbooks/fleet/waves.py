"""How many pairs a wave has, and how many may fail: read from what was typed, and applied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from inventory.errors import IntentError

T = TypeVar("T")
_REST = "rest"
_MAX_FAIL = re.compile(r"(?P<count>\d{1,5})(?P<percent>%?)", re.ASCII)
_SIZE = re.compile(r"0*[1-9]\d{0,8}", re.ASCII)
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class MaxFail:
    """How many pairs may fail before no further one is begun.

    Args:
        count: pairs, or percent of all.
        percent: whether it is percent.
    """

    count: int = 0
    percent: bool = False

    def exceeded(self, failed: int, of: int) -> bool:
        """Tell whether more failed than may.

        Args:
            failed: how many did.
            of: how many pairs there are in all.
        """
        return failed > self.allowed(of)

    def allowed(self, of: int) -> int:
        """Tell how many of so many pairs may fail."""
        return self.count * of // _HUNDRED if self.percent else self.count


NONE_MAY_FAIL = MaxFail()


def read_max_fail(text: str) -> MaxFail:
    """Read `3` or `5%`.

    Raises:
        IntentError: it is neither.
    """
    read = _MAX_FAIL.fullmatch(text)
    if read is None or (read["percent"] and int(read["count"]) > _HUNDRED):
        raise IntentError("not a number of failures", wanted="--max-fail 3, or --max-fail 5%", found=text)
    return MaxFail(int(read["count"]), bool(read["percent"]))


def read_waves(text: str) -> tuple[int, ...]:
    """Read `1,10,rest`: how many pairs each wave has; what is left over is the last one.

    Raises:
        IntentError: a part is no number above 0, or `rest` is not the last.
    """
    parts = [part.strip() for part in text.split(",")] if text else []
    if parts and parts[-1] == _REST:
        parts.pop()
    if not all(_SIZE.fullmatch(part) for part in parts):
        raise IntentError("no waves", wanted="--wave 1,10,rest", found=text)
    return tuple(map(int, parts))


def in_waves(pairs: Sequence[T], sizes: Sequence[int]) -> Iterator[Sequence[T]]:
    """Yield the pairs of each wave, in order."""
    rest = list(pairs)
    for size in sizes:
        wave, rest = rest[:size], rest[size:]
        if wave:
            yield wave
    if rest:
        yield rest
