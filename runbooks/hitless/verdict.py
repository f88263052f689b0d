"""Judge what a sampler saw: hitless, hit, or inconclusive; a pure function of its samples.

A signal counts that did its work at the first look. It is hit when a later look shows it in another state, or
not at all, and when a counter or a moment of the device moved between two looks that show the same. How long
is known to the looks around: at least from the first bad one to the last, at most from the last good one to
the next good one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import Final

from inventory.model import SIDES, Side
from inventory.quantities import quantity
from runbooks.hitless.entry_losses import losses
from runbooks.hitless.events import hits_of
from runbooks.hitless.model import (
    ABSENT,
    NO_WITNESS,
    EntryLoss,
    Hit,
    Hitless,
    Row,
    Sample,
    Spread,
    Verdict,
    Watched,
    Witness,
)

WIDE: Final = 10.0
"""Seconds between two looks beyond which nothing is concluded, or so many intervals where those are long."""
WIDE_INTERVALS: Final = 5
NOTHING_BEFORE: Final = (
    "there was nothing to read of it before, as with a pair that is deployed for the first time"
)


def judge(watched: Watched, witness: Witness = NO_WITNESS) -> Hitless:
    """Judge a pair that was sampled.

    Args:
        watched: what the sampler saw.
        witness: of the traffic.
    """
    by_side = {side: [one for one in watched.samples if one.side == side] for side in SIDES}
    hits = tuple(hit for side in SIDES for hit in hits_of(watched, side, by_side[side]))
    entries = tuple(losses(watched, by_side))
    gaps = [gap for side in SIDES for gap in _gaps(by_side[side])]
    verdict, why = _verdict(watched, by_side, hits, entries, gaps)
    return Hitless(
        verdict,
        why,
        round(max(gaps), 3) if gaps else None,
        _counted(by_side),
        Spread.of(gaps),
        {watched.members[side]: len(by_side[side]) for side in SIDES},
        hits,
        entries,
        tuple(sorted(_timeline(watched, by_side, hits, entries), key=lambda row: row.at_s)),
        (*watched.troubles, *_unread(watched, by_side)),
        witness,
    )


def _verdict(
    watched: Watched,
    by_side: Mapping[Side, Sequence[Sample]],
    hits: Sequence[Hit],
    entries: Sequence[EntryLoss],
    gaps: Sequence[float],
) -> tuple[Verdict, str]:
    """Judge: what was seen counts, however much was not; that nothing was seen, only where all was."""
    if hits:
        worst = max(hits, key=lambda hit: inf if hit.most_s is None else hit.most_s)
        return Verdict.HIT, str(worst)
    missed = [one for one in entries if one.lost or one.periods]
    if missed:
        return Verdict.HIT, str(missed[0])
    doubt = _doubt(watched, by_side, gaps)
    if doubt:
        return Verdict.INCONCLUSIVE, doubt
    return Verdict.HITLESS, "no signal left its state and no entry was missed"


def _doubt(watched: Watched, by_side: Mapping[Side, Sequence[Sample]], gaps: Sequence[float]) -> str:
    """Say why nothing can be concluded of having seen nothing; empty where it can."""
    unseen = [watched.members[side] for side in SIDES if len(by_side[side]) <= 1]
    if unseen:
        why = next(iter(watched.troubles), "it was looked at once at most")
        return f"{' and '.join(unseen)} not sampled: {why}"
    new = _nothing_before(by_side)
    unread = [command for one in watched.samples for command in one.unread]
    strange = next((command for command in unread if command not in new), "")
    if strange:
        return _not_read(strange)
    if unread:
        return NOTHING_BEFORE
    widest = max(WIDE, WIDE_INTERVALS * watched.interval_s)
    if max(gaps) > widest:
        return f"nothing is known of {max(gaps):.1f} s between two looks, more than {widest:g} s"
    if not any(one.good for side in SIDES for one in by_side[side][0].readings.values()):
        return "no signal did its work at the beginning, so nothing could be hit"
    return ""


def _nothing_before(by_side: Mapping[Side, Sequence[Sample]]) -> frozenset[str]:
    """Return the displays that had nothing to show at the first look and were read at the last one.

    That is so of a pair which is deployed for the first time. One that fell silent in between is none.
    """
    looks = [samples for samples in by_side.values() if samples]
    first = {command for samples in looks for command in _silent(samples[0])}
    last = {command for samples in looks for command in _silent(samples[-1])}
    return frozenset(first - last)


def _silent(sample: Sample) -> tuple[str, ...]:
    return (*sample.unread, *sample.uncounted)


def _not_read(command: str) -> str:
    return f"`{command}` is not understood, or has nothing to show yet"


def _unread(watched: Watched, by_side: Mapping[Side, Sequence[Sample]]) -> tuple[str, ...]:
    """Name the displays that gave nothing, each once; those of a new service in one line."""
    new = _nothing_before(by_side)
    found = (
        f"{watched.members[one.side]}: {_not_read(command)}"
        for one in watched.samples
        for command in _silent(one)
        if command not in new
    )
    before = (f"what {quantity(len(new), 'display')} showed before: there was nothing to read yet",)
    return (*(before if new else ()), *dict.fromkeys(found))


def _gaps(samples: Sequence[Sample]) -> Iterator[float]:
    """Yield the times in which a change there and back could pass between two looks."""
    for before, after in pairwise(samples):
        yield after.answered_s - before.asked_s


def _counted(by_side: Mapping[Side, Sequence[Sample]]) -> tuple[str, ...]:
    """Name the signals of which the devices count or date each event."""
    firsts = (by_side[side][0] for side in SIDES if by_side[side])
    return tuple(dict.fromkeys(name for one in firsts for name, read in one.readings.items() if read.marks))


# ---- the time line -----------------------------------------------------------------------------------------


def _timeline(
    watched: Watched,
    by_side: Mapping[Side, Sequence[Sample]],
    hits: Sequence[Hit],
    entries: Sequence[EntryLoss],
) -> Iterator[Row]:
    """Yield what was done and seen, in the words of RFC 6412."""
    for moment in watched.moments:
        yield Row(round(moment.at_s - watched.begin_s, 3), moment.text)
    for hit in hits:
        yield Row(hit.at_s, f"{hit.signal} on {hit.member}: {hit.before} -> {hit.became}")
    if hits:
        event = min(hit.at_s for hit in hits)
        yield Row(event, "convergence event instant (first look that shows it)")
        yield from _recovery(watched, by_side, event, entries)
    ends = [by_side[side][-1].answered_s for side in SIDES if by_side[side]]
    if ends:
        yield Row(round(max(ends) - watched.begin_s, 3), "last look")


def _recovery(
    watched: Watched, by_side: Mapping[Side, Sequence[Sample]], event_s: float, entries: Sequence[EntryLoss]
) -> Iterator[Row]:
    """Yield the instant from which all is good until the end, if there is one."""
    if any(one.lost for one in entries):
        return
    recovered: list[float] = []
    for side in SIDES:
        samples = by_side[side]
        tracked = [name for name, one in samples[0].readings.items() if one.state is not None and one.good]
        good_from = None
        for sample in reversed(samples):
            if not all(sample.readings.get(name, ABSENT).good for name in tracked):
                break
            good_from = sample.answered_s
        if good_from is None:
            return
        recovered.append(good_from - watched.begin_s)
    instant = max(event_s, *recovered)
    took = f"full convergence time {instant - event_s:.1f} s"
    yield Row(round(instant, 3), f"convergence recovery instant: {took}")
