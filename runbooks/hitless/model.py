"""What a sampler saw of a pair, and what is made of it, as values.

The words are those of RFC 6412 and RFC 6413, said of the control plane: a *convergence event* is a signal
that leaves the state it had; the *convergence recovery instant* is the first look at which all signals are
good again; the *loss of connectivity period* of an entry is the time in which no leading member had it.
A *detection floor* is the shortest event that the samples are sure to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from inventory.quantities import quantity

if TYPE_CHECKING:
    from inventory.model import Side


class Verdict(StrEnum):
    """The three ends."""

    HITLESS = "hitless"
    HIT = "hit"
    INCONCLUSIVE = "inconclusive"


class Traffic(StrEnum):
    """What a witness of the traffic says."""

    NOT_MEASURED = "traffic not measured"
    NO_LOSS = "no loss"
    LOSS = "loss"
    INCONCLUSIVE = "inconclusive"


Marks = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One signal of one member at one look.

    Args:
        name: e.g. `E-Trunk 1 role`.
        state: as shown, lower case; nothing where the display tells only marks.
        good: the state is one in which the signal does its work.
        marks: counters and moments that move only when something happened, each with its display.
    """

    name: str
    state: str | None = None
    good: bool = True
    marks: Marks = ()


ABSENT: Final = Reading("", "not shown", good=False)
"""Of a signal that a look does not show."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at one member.

    Args:
        side: member.
        asked_s: when the displays were asked for, in seconds of the clock.
        answered_s: when the last answer was there.
        readings: signals by name.
        entries: what the member has of each class of entries.
        own: what it has of itself in each class; no member backs that up.
        unread: displays of states and entries whose answer was not understood.
        uncounted: displays of marks alone, likewise.
    """

    side: Side
    asked_s: float
    answered_s: float
    readings: Mapping[str, Reading]
    entries: Mapping[str, frozenset[str]]
    own: Mapping[str, frozenset[str]]
    unread: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that was done meanwhile.

    Args:
        at_s: when, in seconds of the clock.
        text: e.g. `DeviceB: trial with persist, 240 s`.
    """

    at_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Watched:
    """Everything that a sampler saw.

    Args:
        begin_s: when it began, in seconds of the clock.
        begun_at: the same moment, with time zone.
        interval_s: seconds between two looks, as was wanted.
        members: device names by side.
        samples: in order, those of both members mixed.
        moments: what was done meanwhile, in order.
        troubles: why a member was not looked at, as lines.
        leads: signals that tell whether a member leads a class of entries, by class and side.
    """

    begin_s: float
    begun_at: datetime
    interval_s: float
    members: Mapping[Side, str]
    samples: tuple[Sample, ...]
    moments: tuple[Moment, ...] = ()
    troubles: tuple[str, ...] = ()
    leads: Mapping[str, Mapping[Side, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spread:
    """How some durations are spread, in seconds."""

    count: int
    min_s: float
    median_s: float
    p95_s: float
    max_s: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Spread | None:
        """Return the spread of some durations; nothing of none."""
        known = sorted(seconds)
        if not known:
            return None
        p95 = quantiles(known, n=20, method="inclusive")[-1] if len(known) > 1 else known[0]
        return cls(len(known), *(round(one, 3) for one in (known[0], median(known), p95, known[-1])))

    def __str__(self) -> str:
        """Show on one line."""
        return f"min {self.min_s:g}, median {self.median_s:g}, p95 {self.p95_s:g}, max {self.max_s:g} s"


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal that did not stay what it was.

    Args:
        member: device name.
        signal: e.g. `BFD bfd1`.
        before: state that it had.
        became: state that it took, or what moved between two samples.
        at_s: seconds from the beginning to the first look that shows it.
        least_s: it lasted at least so long.
        most_s: and at most so long; nothing: it was not seen good again.
        after: what was done last before; empty: nothing was.
        counted: no sample shows it: a counter or a moment of the device tells.
    """

    member: str
    signal: str
    before: str
    became: str
    at_s: float
    least_s: float
    most_s: float | None
    after: str = ""
    counted: bool = False

    def __str__(self) -> str:
        """Show on one line."""
        if self.most_s is None:
            lasted = "still so at the end"
        elif self.least_s:
            lasted = f"{self.least_s:.1f} to {self.most_s:.1f} s"
        else:
            lasted = f"at most {self.most_s:.1f} s"
        after = f", after `{self.after}`" if self.after else ""
        return f"{self.signal} on {self.member}: {self.before} -> {self.became}, {lasted}{after}"


@dataclass(frozen=True, slots=True)
class EntryLoss:
    """What happened to the entries of a class.

    Args:
        name: of the class, e.g. `igmp on Eth-Trunk1`.
        entries: how many there were at the beginning, on a member that leads.
        lost: those that no leading member has at the end.
        periods: loss of connectivity periods of those that came back; nothing where none was missed.
    """

    name: str
    entries: int
    lost: tuple[str, ...] = ()
    periods: Spread | None = None

    def __str__(self) -> str:
        """Show on one line."""
        periods = f"; route loss of connectivity {self.periods}" if self.periods else "; none was missed"
        gone = f"; lost {', '.join(self.lost[:5])}" if self.lost else ""
        return f"{self.name}: {quantity(self.entries, 'entry', 'entries')}{periods}{gone}"


@dataclass(frozen=True, slots=True)
class Witness:
    """What a witness of the user's says of the traffic.

    Args:
        verdict: in a word.
        source: the file; empty without a witness.
        said: one line.
    """

    verdict: Traffic = Traffic.NOT_MEASURED
    source: str = ""
    said: str = ""

    def __str__(self) -> str:
        """Show on one line."""
        return f"{self.verdict.value}: {self.said}" if self.said else self.verdict.value


NO_WITNESS = Witness()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the time line.

    Args:
        at_s: seconds from the beginning.
        text: what was, or was done.
    """

    at_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Hitless:
    """Whether something was hitless for the control plane, and what a witness says of the traffic.

    Args:
        verdict: of the control plane.
        why: one line.
        floor_s: the shortest loss of a signal without a counter that the samples are sure to show; nothing
            where there are none.
        counted: signals of which the devices count or date each event, however short.
        sampling: times between two looks.
        looks: how many, by device.
        hits: signals that did not stay what they were.
        entries: by class.
        timeline: what was done and seen, in order.
        untold: what was not looked at, and why.
        traffic: of the witness.
    """

    verdict: Verdict
    why: str
    floor_s: float | None
    counted: tuple[str, ...]
    sampling: Spread | None
    looks: Mapping[str, int]
    hits: tuple[Hit, ...] = ()
    entries: tuple[EntryLoss, ...] = ()
    timeline: tuple[Row, ...] = ()
    untold: tuple[str, ...] = ()
    traffic: Witness = NO_WITNESS

    def lines(self) -> tuple[str, ...]:
        """Say it in lines, the verdicts first."""
        floor = "nothing was seen" if self.floor_s is None else f"{self.floor_s:.1f} s"
        sampling = f"; sampling interval {self.sampling}" if self.sampling else ""
        return (
            f"control plane: {self.verdict.value}, {self.why}",
            f"traffic: {self.traffic}",
            f"detection floor: {floor} for a state, none for what the devices count{sampling}",
            *map(str, self.entries),
            *(f"not looked at: {text}" for text in self.untold),
        )

    def told(self) -> tuple[str, ...]:
        """Return the time line in lines, as `+12.3 s` and what was then."""
        return tuple(f"+{row.at_s:.1f} s  {row.text}" for row in self.timeline)
