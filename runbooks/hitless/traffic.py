"""What a witness of the user's says of the traffic: a report of BNG Blaster, or the output of a command.

- A report of BNG Blaster is JSON under `report`; each stream in it tells its `rx-loss`. It counts the whole
  test, so its loss cannot be dated. It counts gaps between packets that came: of a stream of which none came,
  and of the packets after the last one that did, it tells nothing, but how many were sent and received does.
- The output of a command has a moment in front of each line that tells of a packet that came back, or did
  not: seconds since 1970 in brackets, as `ping -D -O` and `fping -D` write them, or ISO 8601. It is joined by
  time, each target for itself: a pause longer than one and a half times the usual one, while the pair was
  sampled, is a loss.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

from inventory.errors import reason
from inventory.quantities import quantity
from runbooks.hitless.model import NO_WITNESS, Traffic, Witness

_EPOCH: Final = re.compile(r"^\[(\d{9,11}(?:\.\d+)?)\]\s+(.*)$", re.ASCII)
_ISO: Final = re.compile(r"^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))\s+(.*)$")
_LOST: Final = re.compile(r"(?i)no answer|timed out|timeout|unreachable|100% loss")
PAUSE: Final = 1.5
"""Times the usual pause between two packets, from which on packets are taken as lost: one lost makes it 2."""
UNDER_WAY: Final = 0.01
"""Share of the packets of a stream that may be under way when a test ends."""
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
    streams = list(_streams(report))
    if not streams:
        return Witness(Traffic.INCONCLUSIVE, source, f"{source} tells the loss of no stream")
    lost = sum(one.lost for one in streams)
    dead = [one.name for one in streams if one.sent and one.came == 0]
    said = f"{quantity(lost, 'packet')} of {quantity(len(streams), 'stream')} lost in the whole test"
    if dead:
        said += f", and {', '.join(dead[:3])} got none of what was sent"
    if lost or dead:
        return Witness(Traffic.LOSS, source, f"{said}, by {source}")
    late = [one for one in streams if one.open > UNDER_WAY * one.sent]
    if late:
        worst = max(late, key=lambda one: one.open)
        said = (
            f"{quantity(worst.open, 'packet')} of {worst.name} neither came nor are told as lost, by {source}"
        )
        return Witness(Traffic.INCONCLUSIVE, source, said)
    return Witness(Traffic.NO_LOSS, source, f"{said}, by {source}")


class _Stream(NamedTuple):
    """What a report counts of a stream; what it does not tell of packets sent and received is 0 and -1."""

    name: str
    lost: int
    sent: int
    came: int

    @property
    def open(self) -> int:
        """Packets that are told neither as received nor as lost."""
        return self.sent - self.came - self.lost if self.came >= 0 else 0


def _streams(value: Any) -> Iterator[_Stream]:
    """Yield what is counted of each stream, wherever it stands."""
    if isinstance(value, dict):
        if isinstance(value.get("rx-loss"), int):
            name = str(value.get("name", value.get("flow-id", "a stream")))
            sent, came = value.get("tx-packets"), value.get("rx-packets")
            yield _Stream(
                name,
                value["rx-loss"],
                sent if isinstance(sent, int) else 0,
                came if isinstance(came, int) else -1,
            )
        for one in value.values():
            yield from _streams(one)
    elif isinstance(value, list):
        for one in value:
            yield from _streams(one)


class _Told(NamedTuple):
    """A line of a command that tells of a packet."""

    at: datetime
    target: str
    came: bool


def _packets(source: str, text: str, begun_at: datetime, ended_at: datetime) -> Witness:
    """Join packets and the time in which the pair was sampled; the worst target counts."""
    told = sorted(_dated(text))
    targets = list(dict.fromkeys(one.target for one in told if one.target)) or [""]
    only = targets[0] if len(targets) == 1 else ""
    named = [one if one.target else one._replace(target=only) for one in told]
    groups = {name: [one for one in named if one.target == name] for name in [*targets, ""]}
    judged = [
        _target(source, rows, begun_at, ended_at, f" of {name}" if name and len(targets) > 1 else "")
        for name, rows in groups.items()
        if rows or targets == [name]
    ]
    order = (Traffic.LOSS, Traffic.INCONCLUSIVE, Traffic.NO_LOSS)
    return min(judged, key=lambda one: order.index(one.verdict))


def _target(source: str, told: Sequence[_Told], begun_at: datetime, ended_at: datetime, name: str) -> Witness:
    """Judge the packets to one target."""
    inside = [one for one in told if begun_at <= one.at <= ended_at]
    span = f"between {begun_at:%H:%M:%S} and {ended_at:%H:%M:%S}"
    if len(inside) < FEWEST:
        said = f"{source} tells{name} of {quantity(len(inside), 'packet')} {span}"
        return Witness(Traffic.INCONCLUSIVE, source, said)
    usual = median((after.at - before.at).total_seconds() for before, after in pairwise(told))
    around = _around(told, begun_at, ended_at)
    allowed = timedelta(seconds=PAUSE * usual)
    if around[0].at > begun_at + allowed or around[-1].at < ended_at - allowed:
        said = f"{source} does not cover all{name} of {begun_at:%H:%M:%S} to {ended_at:%H:%M:%S}"
        return Witness(Traffic.INCONCLUSIVE, source, said)
    pauses = [
        (before, (after - before).total_seconds() - usual)
        for before, after in pairwise(_came(around))
        if after - before > allowed
    ]
    if not pauses:
        said = f"{quantity(len(inside), 'packet')}{name}, one each {usual:g} s, by {source}"
        return Witness(Traffic.NO_LOSS, source, said)
    at, longest = max(pauses, key=lambda one: one[1])
    said = f"{quantity(len(pauses), 'pause')}{name}, the longest {longest:.2f} s from {at:%H:%M:%S.%f}"
    return Witness(Traffic.LOSS, source, f"{said}, by {source}")


def _came(around: Sequence[_Told]) -> Iterator[datetime]:
    """Yield when packets came, from the first to the last line: a loss at an end is a pause up to there."""
    last = len(around) - 1
    yield from (one.at for nth, one in enumerate(around) if one.came or nth in {0, last})


def _around(told: Sequence[_Told], begun_at: datetime, ended_at: datetime) -> Sequence[_Told]:
    """Return the packets while the pair was sampled, the one before and the one after."""
    first = next((nth for nth, one in enumerate(told) if one.at >= begun_at), 0)
    last = next((nth for nth, one in enumerate(told) if one.at > ended_at), len(told) - 1)
    return told[max(first - 1, 0) : last + 1]


def _dated(text: str) -> Iterator[_Told]:
    """Yield the lines that begin with a moment; one that cannot be, as a 13th month, is none."""
    for line in text.splitlines():
        try:
            if found := _EPOCH.match(line):
                at = datetime.fromtimestamp(float(found[1]), UTC)
            elif found := _ISO.match(line):
                at = datetime.fromisoformat(found[1])
            else:
                continue
        except ValueError:
            continue
        yield _Told(at, _address(found[2].split()), _LOST.search(found[2]) is None)


def _address(words: Iterable[str]) -> str:
    """Return the first address among words; empty where there is none."""
    for word in words:
        try:
            return str(ip_address(word.strip("()[],;").removesuffix(":")))
        except ValueError:
            continue
    return ""
