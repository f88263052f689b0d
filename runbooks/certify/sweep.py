"""Count schedules out: every fault at every event of every flow on every release; and draw by a seed.

A strike needs a run to strike in, so each flow is played once on each release without a fault; what follows a
strike differs, what goes before it does not. What takes up is struck too: the first process dies after a line
of its journal, and the events of the process that resumes or adopts are counted out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from random import Random

from runbooks.certify.pairs import FLOWS
from runbooks.certify.play import Played
from runbooks.certify.schedule import (
    CANDIDATE_LINE,
    DEADLY,
    OF_CANDIDATE,
    OF_DISK,
    OF_LIBRARY,
    OF_MEMBER,
    OF_REPLY,
    OF_US,
    RELEASES,
    Kind,
    Next,
    Schedule,
    Strike,
    What,
)
from runbooks.certify.world import Event

AFTERWARDS = ((Next.RESUME, 0.0), (Next.RESUME, 5_000.0), (Next.ADOPT, 0.0), (Next.NOBODY, 0.0))
"""What may follow a death."""
TAKEN_UP = ("deploy", "remove", "several commits")
"""Flows whose taking up is counted out; the others differ from them in what is typed, not in how it ends."""
LATER_S = (0.0, 30.0, 400.0, 5_000.0)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A fault at a command of a flow: the sample holds one of each.

    Args:
        flow: name of the flow; `resume` or `adopt` for the process that takes up.
        kind: what happens.
        command: where; commands of one form are one.
    """

    flow: str
    kind: Kind
    command: str


def cell_of(schedule: Schedule) -> Cell:
    """Give the cell of a schedule's last strike."""
    strike = schedule.strikes[-1]
    flow = schedule.flow if strike.place.process == 0 else str(schedule.then)
    return Cell(flow, strike.kind, strike.place.command)


@dataclass(frozen=True, slots=True)
class Ground:
    """Runs to strike in.

    Args:
        bare: each flow on each release, nothing happens.
        cut: runs that died after a line of the journal and were taken up by a second process.
    """

    bare: tuple[Played, ...]
    cut: tuple[Played, ...]

    @classmethod
    def explored(cls, play: Callable[[Schedule], Played]) -> Ground:
        """Play what is needed to know every event."""
        bare = tuple(play(Schedule(flow, release)) for flow, release in product(FLOWS, RELEASES))
        died = [one for run in bare if run.schedule.flow in TAKEN_UP for one in deaths(run)]
        cut = tuple(play(one) for one in died)
        return cls(bare, tuple(run for run in cut if run.events[-1].place.process))

    def counted(self) -> Iterator[Schedule]:
        """Give every schedule of one strike in the first process, and of one in the process that takes up."""
        for run in self.bare:
            yield from schedules_after(run)
        for run in self.cut:
            yield from schedules_after(run, process=1)


def strikes_at(event: Event) -> Iterator[Strike]:
    """Give everything that can happen at an event."""
    at = event.place
    if event.what is What.LINE:
        yield from (Strike(at, kind, at.side) for kind in OF_REPLY)
    if at.command == CANDIDATE_LINE:
        yield from (Strike(at, kind, at.side) for kind in OF_CANDIDATE)
    if event.what is not What.DISK:
        yield from (Strike(at, kind, at.side) for kind in OF_LIBRARY)
    if event.what is What.DISK and event.text != "sync":
        yield from (Strike(at, kind) for kind in OF_DISK)
    yield from (Strike(at, kind) for kind in OF_US)
    yield from (Strike(at, kind, side) for kind, side in product(OF_MEMBER, ("a", "b")))


def schedules_after(run: Played, process: int = 0) -> Iterator[Schedule]:
    """Give every schedule of one more strike.

    Args:
        run: the run to strike in.
        process: the process whose events are struck.
    """
    schedule = run.schedule
    for event in run.events:
        if event.place.process != process:
            continue
        for strike in strikes_at(event):
            for then, after in _afterwards(schedule, strike):
                strikes = (*schedule.strikes, strike)
                yield Schedule(schedule.flow, schedule.release, strikes, then, after)


def _afterwards(schedule: Schedule, strike: Strike) -> Sequence[tuple[Next, float]]:
    if schedule.strikes:
        return ((schedule.then, schedule.after_s),)
    return AFTERWARDS if strike.kind in DEADLY else ((Next.RESUME, 0.0),)


def deaths(run: Played) -> Iterator[Schedule]:
    """Give the schedules in which the first process dies right after a line of its journal."""
    schedule = run.schedule
    for event, following in pairwise(run.events):
        if event.what is What.DISK and event.text == "sync":
            strike = Strike(following.place, Kind.KILL)
            for then in (Next.RESUME, Next.ADOPT):
                yield Schedule(schedule.flow, schedule.release, (strike,), then)


def sample(ground: Ground, seed: int, count: int) -> list[Schedule]:
    """Draw schedules: each flow without a strike, one of each cell in any order, then tangled ones.

    Args:
        ground: runs to strike in.
        seed: of everything random.
        count: how many; where there are more cells, not every cell is drawn.
    """
    dice = Random(seed)  # noqa: S311 - repeatable on purpose
    cells: dict[Cell, list[Schedule]] = defaultdict(list)
    for schedule in ground.counted():
        cells[cell_of(schedule)].append(schedule)
    drawn = [dice.choice(cells[cell]) for cell in sorted(cells)]
    dice.shuffle(drawn)
    drawn += [tangled(ground, dice) for _ in range(max(count - len(drawn), 0))]
    return [*(run.schedule for run in ground.bare), *drawn][:count]


def tangled(ground: Ground, dice: Random) -> Schedule:
    """Draw a schedule of two or three strikes."""
    if dice.random() < 0.5:  # noqa: PLR2004 - half of them
        run = dice.choice(ground.bare)
        strikes: tuple[Strike, ...] = ()
        processes: tuple[int, ...] = (0, 0) if dice.random() < 0.7 else (0, 0, 0)  # noqa: PLR2004
    else:
        run = dice.choice(ground.cut)
        strikes = run.schedule.strikes
        processes = (1,) if dice.random() < 0.5 else (1, 1)  # noqa: PLR2004
    for process in processes:
        event = dice.choice([event for event in run.events if event.place.process == process])
        strikes = (*strikes, dice.choice(list(strikes_at(event))))
    then = run.schedule.then if run.schedule.strikes else dice.choice((Next.RESUME, Next.ADOPT))
    return Schedule(run.schedule.flow, run.schedule.release, strikes, then, dice.choice(LATER_S))


def shrunk(schedule: Schedule, fails: Callable[[Schedule], bool]) -> Schedule:
    """Give the shortest schedule that still fails.

    Args:
        schedule: one that fails.
        fails: plays a schedule and tells whether it fails.
    """
    for shorter in _shorter(schedule):
        if fails(shorter):
            return shrunk(shorter, fails)
    return schedule


def _shorter(schedule: Schedule) -> Iterable[Schedule]:
    strikes, rest = schedule.strikes, (schedule.then, schedule.after_s)
    for index in range(len(strikes)):
        fewer = (*strikes[:index], *strikes[index + 1 :])
        yield Schedule(schedule.flow, schedule.release, fewer, *rest)
    if schedule.after_s:
        yield Schedule(schedule.flow, schedule.release, strikes, schedule.then, 0.0)
