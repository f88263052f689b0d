"""Count schedules out: every fault at every event of every flow on every release.

A strike needs a run to strike in, so each flow is played once on each release without a fault; what follows a
strike differs, what goes before it does not. What takes up is struck too: the first process dies after a line
of its journal, and the events of the process that resumes or adopts are counted out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

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

AFTERWARDS = (
    (Next.RESUME, 0.0),
    (Next.RESUME, 5_000.0),
    (Next.ADOPT, 0.0),
    (Next.ABORT, 0.0),
    (Next.NOBODY, 0.0),
)
"""What may follow a death."""
TAKEN_UP = ("deploy", "remove", "several commits")
"""Flows whose taking up is counted out; the others differ from them in what is typed, not in how it ends."""
TAKING_UP = (Next.RESUME, Next.ADOPT)


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
    """Return the cell of a schedule's last strike."""
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
    def explored(cls, play: Callable[[Schedule], Played], names: Sequence[str]) -> Ground:
        """Play what is needed to know every event.

        Args:
            play: plays a schedule.
            names: flows to strike in; `resume` and `adopt` for those that take up after a death.
        """
        flows = [name for name in names if name not in TAKING_UP]
        bare = tuple(play(Schedule(flow, release)) for flow, release in product(flows, RELEASES))
        dying = [run for run in bare if run.schedule.flow in TAKEN_UP]
        if len(flows) < len(names):
            missing = [flow for flow in TAKEN_UP if flow not in flows]
            dying += [play(Schedule(flow, release)) for flow, release in product(missing, RELEASES)]
        died = [one for run in dying for one in deaths(run) if one.then in names]
        cut = tuple(play(one) for one in died)
        return cls(bare, tuple(run for run in cut if run.events[-1].place.process))

    def counted(self) -> Iterator[Schedule]:
        """Yield every schedule of one strike in the first process, and of one in that which takes up."""
        for run in self.bare:
            yield from schedules_after(run)
        for run in self.cut:
            yield from schedules_after(run, process=1)


def kinds_at(event: Event) -> Iterator[Kind]:
    """Yield every kind of thing that can happen at an event."""
    if event.what is What.LINE:
        yield from OF_REPLY
    if event.place.command == CANDIDATE_LINE:
        yield from OF_CANDIDATE
    if event.what is not What.DISK:
        yield from OF_LIBRARY
    if event.what is What.DISK and event.text != "sync":
        yield from OF_DISK
    yield from OF_US
    yield from OF_MEMBER


def strikes_of(event: Event, kind: Kind) -> tuple[Strike, ...]:
    """Return the ways in which a kind of thing can happen at an event: to whom."""
    at = event.place
    if kind in OF_MEMBER:
        return (Strike(at, kind, "a"), Strike(at, kind, "b"))
    concerns = kind in OF_REPLY or kind in OF_CANDIDATE or kind in OF_LIBRARY
    return (Strike(at, kind, at.side if concerns else ""),)


def strikes_at(event: Event) -> Iterator[Strike]:
    """Yield everything that can happen at an event."""
    for kind in kinds_at(event):
        yield from strikes_of(event, kind)


def schedules_after(run: Played, process: int = 0) -> Iterator[Schedule]:
    """Yield every schedule of one more strike.

    Args:
        run: the run to strike in.
        process: the process whose events are struck.
    """
    for event in events_of(run, process):
        for strike in strikes_at(event):
            for then, after in afterwards(run.schedule, strike):
                yield struck(run.schedule, strike, then, after)


def events_of(run: Played, process: int) -> list[Event]:
    """Return the events of one process of a run."""
    return [event for event in run.events if event.place.process == process]


def struck(schedule: Schedule, strike: Strike, then: Next, after_s: float) -> Schedule:
    """Return a schedule with one more strike.

    Args:
        schedule: the one before.
        strike: what happens, and where.
        then: who takes up what is left.
        after_s: seconds until somebody does.
    """
    return Schedule(schedule.flow, schedule.release, (*schedule.strikes, strike), then, after_s)


def afterwards(schedule: Schedule, strike: Strike) -> Sequence[tuple[Next, float]]:
    """Return what may follow a strike."""
    if schedule.strikes:
        return ((schedule.then, schedule.after_s),)
    return AFTERWARDS if strike.kind in DEADLY else ((Next.RESUME, 0.0),)


def deaths(run: Played) -> Iterator[Schedule]:
    """Yield the schedules in which the first process dies right after a line of its journal."""
    schedule = run.schedule
    for event, following in pairwise(run.events):
        if event.what is What.DISK and event.text == "sync":
            strike = Strike(following.place, Kind.KILL)
            for then in (Next.RESUME, Next.ADOPT):
                yield Schedule(schedule.flow, schedule.release, (strike,), then)


def shrunk(schedule: Schedule, fails: Callable[[Schedule], bool]) -> Schedule:
    """Return the shortest schedule that still fails.

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
