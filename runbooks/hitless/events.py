"""What became of each signal that did its work at the first look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inventory.model import Side
from runbooks.hitless.model import (
    ABSENT,
    Hit,
    Reading,
    Sample,
    Watched,
)


def hits_of(watched: Watched, side: Side, samples: Sequence[Sample]) -> Iterator[Hit]:
    """Find what became of each signal that did its work at the first look."""
    for name, first in samples[0].readings.items() if samples else ():
        if first.state is not None and first.good:
            told = [one for one in samples if name in one.readings or not one.unread]
            yield from _Followed(watched, side, told, name).hits()


@dataclass(frozen=True, slots=True)
class _Followed:
    """One signal of one member over all looks at it."""

    watched: Watched
    side: Side
    samples: Sequence[Sample]
    name: str

    def at(self, index: int) -> Reading:
        """Return what a look shows."""
        return self.samples[index].readings.get(self.name, ABSENT)

    def hits(self) -> Iterator[Hit]:
        """Yield every event between two good looks, and one that did not end."""
        good = 0
        for index in range(1, len(self.samples)):
            if self.at(index).good:
                became, counted = self.between(good, index)
                if became:
                    yield self.hit(good, index, became, counted=counted)
                good = index
        if good < len(self.samples) - 1:
            yield self.hit(good, None, self.at(good + 1).state or "")

    def between(self, good: int, again: int) -> tuple[str, bool]:
        """Say what happened between two good looks, and whether only a counter tells; empty: nothing."""
        before, now = self.at(good), self.at(again)
        if again > good + 1:
            return self.at(good + 1).state or "", False
        if now.state != before.state:
            return now.state or "", False
        told = {display for display, _ in before.marks}
        moved = [mark for mark in now.marks if mark[0] in told and mark not in before.marks]
        return (moved[0][1], True) if moved else ("", False)

    def hit(self, good: int, again: int | None, became: str, *, counted: bool = False) -> Hit:
        """Describe an event after a good look and, where there is one, before the next."""
        bad = self.samples[good + 1 : again]
        seen = self.samples[good + 1]
        done = [one.text for one in self.watched.moments if one.at_s <= seen.answered_s]
        most = None if again is None else self.samples[again].answered_s - self.samples[good].asked_s
        return Hit(
            self.watched.members[self.side],
            self.name,
            self.at(good).state or "",
            became,
            round(seen.answered_s - self.watched.begin_s, 3),
            round(max(0.0, bad[-1].asked_s - bad[0].answered_s), 3) if bad else 0.0,
            None if most is None else round(most, 3),
            done[-1] if done else "",
            counted,
        )
