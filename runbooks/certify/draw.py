"""Draw schedules by a seed: each flow without a strike, one of each cell, more of rare kinds, then tangles.

The sample is cut in parts that can be played side by side: each explores the ground of its own flows alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from runbooks.certify.play import Played
from runbooks.certify.schedule import Kind, Next, Schedule
from runbooks.certify.sweep import (
    Cell,
    Ground,
    afterwards,
    events_of,
    kinds_at,
    strikes_at,
    strikes_of,
    struck,
)
from runbooks.certify.world import Event

PARTS: tuple[tuple[str, ...], ...] = (
    ("deploy", "change in place", "lines on b alone"),
    ("remove", "deploy that does not hold", "no commit points"),
    ("several commits", "resume"),
    ("rollback", "adopt"),
)
"""Flows of each part of the sample; `resume` and `adopt` are the processes that take up what others left."""
COUNTS = (3_180, 3_190, 2_030, 2_100)
"""Schedules of each part: one of each cell, and some that are tangled."""
RARE = 40
"""Strikes of each kind in a part, as far as its count has room: a rare one can happen at few commands."""
LATER_S = (0.0, 30.0, 400.0, 5_000.0)
_HALF, _MOST = 0.5, 0.7

Spot = tuple[Played, Event]
"""A run, and an event of it that can be struck."""


def cells_of(ground: Ground) -> dict[Cell, list[Spot]]:
    """Return every cell of a ground, sorted, and the places where it can be struck."""
    cells: dict[Cell, list[Spot]] = defaultdict(list)
    for process, runs in enumerate((ground.bare, ground.cut)):
        for run in runs:
            flow = str(run.schedule.then) if process else run.schedule.flow
            for event in events_of(run, process):
                for kind in kinds_at(event):
                    cells[Cell(flow, kind, event.place.command)].append((run, event))
    return {cell: cells[cell] for cell in sorted(cells)}


def sample(ground: Ground, seed: int, count: int) -> list[Schedule]:
    """Draw schedules: each flow without a strike, one of each cell and more of rare kinds, then tangled ones.

    Args:
        ground: runs to strike in.
        seed: of everything random.
        count: how many; where there are more cells, not every cell is drawn.
    """
    dice = Random(seed)  # noqa: S311 - repeatable on purpose
    cells = cells_of(ground)
    drawn = [_struck(cell, spots, dice) for cell, spots in cells.items()]
    dice.shuffle(drawn)
    drawn += list(_more(cells, dice))
    bare = [run.schedule for run in ground.bare]
    drawn += [tangled(ground, dice) for _ in range(max(count - len(bare) - len(drawn), 0))]
    return [*bare, *drawn][:count]


def _more(cells: Mapping[Cell, Sequence[Spot]], dice: Random) -> Iterator[Schedule]:
    """Yield more strikes of each kind that has few cells, up to as many as are wanted of a kind."""
    by_kind: dict[Kind, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_kind[cell.kind].append(cell)
    for found in by_kind.values():
        for number in range(RARE - len(found)):
            cell = found[number % len(found)]
            yield _struck(cell, cells[cell], dice)


def _struck(cell: Cell, spots: Sequence[Spot], dice: Random) -> Schedule:
    run, event = dice.choice(spots)
    strike = dice.choice(strikes_of(event, cell.kind))
    return struck(run.schedule, strike, *dice.choice(afterwards(run.schedule, strike)))


def tangled(ground: Ground, dice: Random) -> Schedule:
    """Draw a schedule of two or three strikes."""
    processes: tuple[int, ...]
    if not ground.cut or (ground.bare and dice.random() < _HALF):
        run = dice.choice(ground.bare)
        processes = (0, 0) if dice.random() < _MOST else (0, 0, 0)
    else:
        run = dice.choice(ground.cut)
        processes = (1,) if dice.random() < _HALF else (1, 1)
    strikes = run.schedule.strikes
    for process in processes:
        strikes = (*strikes, dice.choice(list(strikes_at(dice.choice(events_of(run, process))))))
    then = run.schedule.then if run.schedule.strikes else dice.choice((Next.RESUME, Next.ADOPT))
    return Schedule(run.schedule.flow, run.schedule.release, strikes, then, dice.choice(LATER_S))
