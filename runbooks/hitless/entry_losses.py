"""Which entries were missed, and for how long, of those that a leading member had at the first look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from inventory.model import SIDES, Side
from runbooks.hitless.model import (
    ABSENT,
    EntryLoss,
    Sample,
    Spread,
    Watched,
)


def losses(watched: Watched, by_side: Mapping[Side, Sequence[Sample]]) -> Iterator[EntryLoss]:
    """Follow each entry that a leading member had at the first look; only whole looks tell."""
    whole = {side: [one for one in by_side[side] if not one.unread] for side in SIDES}
    if not all(whole.values()):
        return
    usable = _usable(watched, whole)
    for name in whole["a"][0].entries:
        own = frozenset(
            key for side in SIDES for one in by_side[side] for key in one.own.get(name, frozenset())
        )
        looks = [(at_s, keys(name) - own) for at_s, keys in usable]
        had = looks[0][1]
        if had:
            periods = [period for key in had for period in _periods(key, looks)]
            lost = tuple(sorted(had - looks[-1][1]))
            yield EntryLoss(name, len(had), lost, Spread.of(periods))


def _usable(
    watched: Watched, by_side: Mapping[Side, Sequence[Sample]]
) -> list[tuple[float, Callable[[str], frozenset[str]]]]:
    """Give, after each look, what the members that lead have of a class by then."""
    latest = {side: by_side[side][0] for side in SIDES}
    begin = max(latest[side].answered_s for side in SIDES)
    steps = [(begin, dict(latest))]
    for sample in watched.samples:
        if sample.unread:
            continue
        latest[sample.side] = sample
        if sample.answered_s > begin:
            steps.append((sample.answered_s, dict(latest)))
    return [(at_s, _led(watched, state)) for at_s, state in steps]


def _led(watched: Watched, state: Mapping[Side, Sample]) -> Callable[[str], frozenset[str]]:
    def keys(name: str) -> frozenset[str]:
        signals = watched.leads.get(name, {})
        leading = [side for side in SIDES if _leads(signals.get(side, ""), state[side])]
        if not signals:  # nothing tells who leads: one of them has it, or nobody
            leading = list(SIDES)
        return frozenset(key for side in leading for key in state[side].entries.get(name, frozenset()))

    return keys


def _leads(signal: str, sample: Sample) -> bool:
    return sample.readings.get(signal, ABSENT).state == "master"


def _periods(key: str, looks: Sequence[tuple[float, frozenset[str]]]) -> Iterator[float]:
    """Yield how long an entry was missed, each time it came back."""
    missed: float | None = None
    good = looks[0][0]
    for at_s, keys in looks[1:]:
        if key in keys:
            if missed is not None:
                yield at_s - missed
            missed, good = None, at_s
        elif missed is None:
            missed = good
