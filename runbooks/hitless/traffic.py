"""What a witness of the user's says of the traffic: a report of BNG Blaster, or the output of a command.

- A report of BNG Blaster is JSON under `report`; each stream in it tells its `rx-loss`. It counts the whole
  test, so its loss cannot be dated.
- The output of a command has a moment in front of each line that tells of a packet that came back: seconds
  since 1970 in brackets, as `ping -D` and `fping -D` write them, or ISO 8601. It is joined by time: a pause
  longer than twice the usual one, while the pair was sampled, is a loss.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final

from inventory.errors import reason
from inventory.quantities import quantity
from runbooks.hitless.model import NO_WITNESS, Traffic, Witness

_EPOCH: Final = re.compile(r"^\[(\d{9,11}(?:\.\d+)?)\]\s+(.*)$")
_ISO: Final = re.compile(r"^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))\s+(.*)$")
_LOST: Final = re.compile(r"(?i)no answer|timed out|timeout|unreachable|100% loss")
PAUSE: Final = 2.0
"""Times the usual pause between two packets, from which on packets are taken as lost."""
FEWEST: Final = 3
"""Packets without which nothing is said of the usual pause."""


def read_witness(path: Path | None, begun_at: datetime, ended_at: datetime) -> Witness:
    """Read what a witness wrote while a pair was sampled; what cannot be read is inconclusive.

    Args:
        path: of the file; nothing: there is no witness.
        begun_at: first look at the pair.
        ended_at: last look.
    """
    if path is None:
        return NO_WITNESS
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Witness(Traffic.INCONCLUSIVE, str(path), f"{path} cannot be read: {reason(error)}")
    if text.lstrip().startswith("{"):
        return _blaster(str(path), text)
    return _packets(str(path), text, begun_at, ended_at)


def _blaster(source: str, text: str) -> Witness:
    try:
        report = json.loads(text)["report"]
    except (ValueError, KeyError, TypeError) as error:
        return Witness(Traffic.INCONCLUSIVE, source, f"{source} is no report of BNG Blaster: {error!r}")
    losses = list(_losses(report))
    if not losses:
        return Witness(Traffic.INCONCLUSIVE, source, f"{source} tells the loss of no stream")
    lost = sum(losses)
    said = (
        f"{quantity(lost, 'packet')} of {quantity(len(losses), 'stream')} lost in the whole test, by {source}"
    )
    return Witness(Traffic.LOSS if lost else Traffic.NO_LOSS, source, said)


def _losses(value: Any) -> Iterator[int]:
    """Yield the loss of each stream, wherever it stands."""
    if isinstance(value, dict):
        if isinstance(value.get("rx-loss"), int):
            yield value["rx-loss"]
        for one in value.values():
            yield from _losses(one)
    elif isinstance(value, list):
        for one in value:
            yield from _losses(one)


def _packets(source: str, text: str, begun_at: datetime, ended_at: datetime) -> Witness:
    """Join packets and the time in which the pair was sampled."""
    moments = sorted(at for at, said in _dated(text) if not _LOST.search(said))
    inside = [at for at in moments if begun_at <= at <= ended_at]
    if len(inside) < FEWEST:
        span = f"between {begun_at:%H:%M:%S} and {ended_at:%H:%M:%S}"
        said = f"{source} tells of {quantity(len(inside), 'packet')} {span}"
        return Witness(Traffic.INCONCLUSIVE, source, said)
    usual = median((after - before).total_seconds() for before, after in pairwise(moments))
    around = _around(moments, begun_at, ended_at)
    allowed = timedelta(seconds=PAUSE * usual)
    if around[0] > begun_at + allowed or around[-1] < ended_at - allowed:
        said = f"{source} does not cover all of {begun_at:%H:%M:%S} to {ended_at:%H:%M:%S}"
        return Witness(Traffic.INCONCLUSIVE, source, said)
    pauses = [
        (before, (after - before).total_seconds() - usual)
        for before, after in pairwise(around)
        if after - before > allowed
    ]
    if not pauses:
        return Witness(
            Traffic.NO_LOSS, source, f"{quantity(len(inside), 'packet')}, one each {usual:g} s, by {source}"
        )
    at, longest = max(pauses, key=lambda one: one[1])
    said = f"{quantity(len(pauses), 'pause')}, the longest {longest:.2f} s from {at:%H:%M:%S.%f}, by {source}"
    return Witness(Traffic.LOSS, source, said)


def _around(moments: Sequence[datetime], begun_at: datetime, ended_at: datetime) -> Sequence[datetime]:
    """Return the packets while the pair was sampled, the one before and the one after."""
    first = next((at for at, one in enumerate(moments) if one >= begun_at), 0)
    last = next((at for at, one in enumerate(moments) if one > ended_at), len(moments) - 1)
    return moments[max(first - 1, 0) : last + 1]


def _dated(text: str) -> Iterator[tuple[datetime, str]]:
    """Yield the lines that begin with a moment."""
    for line in text.splitlines():
        if found := _EPOCH.match(line):
            yield datetime.fromtimestamp(float(found[1]), UTC), found[2]
        elif found := _ISO.match(line):
            yield datetime.fromisoformat(found[1]), found[2]
