"""A second generator, written independently of the first: days, not faults.

The first counts events of the transaction and strikes at them. This one draws a *day*: a row of troubles at
moments of time, as they come to a network that does not look at what we do. Each strikes at the first event
at or after its moment, whatever that is; troubles that belong together come together (both members lose
power; somebody works on a, then on b; a link flaps).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from random import Random

from runbooks.certify.play import Played
from runbooks.certify.schedule import RELEASES, Kind, Next, Schedule, Strike, What
from runbooks.certify.second_pairs import SECOND_FLOWS
from runbooks.certify.world import Event


def second_sample(play: Callable[[Schedule], Played], seed: int, count: int) -> list[Schedule]:
    """Draw days.

    Args:
        play: plays a schedule; a run without trouble tells which event stands at which moment.
        seed: of everything random.
        count: how many.
    """
    dice = Random(f"days {seed}")  # noqa: S311 - repeatable on purpose
    runs = [play(Schedule(flow, release)) for flow, release in product(SECOND_FLOWS, RELEASES)]
    return [_day(dice.choice(runs), dice) for _ in range(count)]


def _day(run: Played, dice: Random) -> Schedule:
    troubles = sorted(dice.choice(_STORMS)(dice), key=lambda one: one[0])
    begin, end = run.events[0].at, run.events[-1].at
    strikes = []
    for moment, kind, side in troubles:
        event = _at(run, begin + moment * (end - begin), kind)
        strikes.append(Strike(event.place, kind, side))
    then = dice.choice((Next.RESUME, Next.RESUME, Next.ADOPT))
    return Schedule(
        run.schedule.flow, run.schedule.release, tuple(strikes), then, dice.choice((0.0, 60.0, 200.0, 900.0))
    )


def _at(run: Played, moment: float, kind: Kind) -> Event:
    """Return the first event at or after a moment to which a trouble can happen."""
    fits = [event for event in run.events if kind is not Kind.LOST or event.what is What.LINE]
    return next((event for event in fits if event.at >= moment), fits[-1])


Trouble = tuple[float, Kind, str]
"""A moment of the run from 0 to 1, what happens, and to whom."""


def _power_cut(dice: Random) -> Iterator[Trouble]:
    """Both members and the host stand in one room."""
    moment = dice.random()
    yield moment, Kind.REBOOT, "a"
    yield moment + dice.random() / 50, Kind.REBOOT, "b"
    if dice.random() < 0.5:  # noqa: PLR2004 - half of the days
        yield moment + dice.random() / 50, Kind.POWER, ""


def _colleagues(dice: Random) -> Iterator[Trouble]:
    """Somebody else has a window in the same night, and works on one router after the other."""
    moment = dice.random()
    kinds = (Kind.STRANGER, Kind.RIVAL, Kind.LOCK, Kind.TRIAL)
    for side in dice.sample(("a", "b"), 2):
        yield moment, dice.choice(kinds), side
        moment += dice.random() / 3


def _flapping(dice: Random) -> Iterator[Trouble]:
    """The way to one member comes and goes."""
    side = dice.choice("ab")
    for _ in range(dice.randint(2, 4)):
        yield dice.random(), Kind.SILENT, side


def _operator(dice: Random) -> Iterator[Trouble]:
    """Somebody loses patience, or the machine is taken away."""
    yield dice.random(), dice.choice((Kind.INTERRUPT, Kind.KILL, Kind.DIE)), ""
    if dice.random() < 0.5:  # noqa: PLR2004
        yield dice.random(), Kind.REBOOT, dice.choice("ab")


def _tired_host(dice: Random) -> Iterator[Trouble]:
    """The disk fills while a member is out of reach."""
    yield dice.random(), Kind.GONE, dice.choice("ab")
    yield dice.random(), Kind.DISK_FULL, ""


def _crowded(dice: Random) -> Iterator[Trouble]:
    """A monitoring system takes every line just when a reply is lost."""
    side = dice.choice("ab")
    moment = dice.random()
    yield moment, Kind.VTY_FULL, side
    yield moment + dice.random() / 10, Kind.LOST, side


def _worn_out(dice: Random) -> Iterator[Trouble]:
    """A member with a failing crystal, behind a line that stalls."""
    side = dice.choice("ab")
    yield dice.random() / 2, dice.choice((Kind.FAST, Kind.SLOW)), side
    for _ in range(dice.randint(1, 2)):
        yield dice.random(), dice.choice((Kind.HELD, Kind.HELD_LONG)), side


_STORMS = (_power_cut, _colleagues, _flapping, _operator, _tired_host, _crowded, _worn_out)
