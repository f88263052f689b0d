"""Sample a pair from outside, over one more session a member, while something is done to it.

The sampler reads and types nothing. It never stands in the way of what it watches: without a free line there
is no sample, and a line is given up at once when a login of the change itself is refused.

Before a real pair each member is sampled by a thread of its own; in virtual time, where nothing runs while
nobody waits, samples are taken whenever somebody lets time pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Final

from inventory.errors import ConnectError
from inventory.model import SIDES, Pair
from inventory.once import Once
from parsers.api import parse
from runbooks.hitless.line import FIRST_S, Line
from runbooks.hitless.model import Moment, Watched
from runbooks.hitless.signals import entry_sources, leads, signal_sources
from runbooks.site import Besides, Openers
from tasks.clock import REAL, Clock
from tasks.sessions.protocol import Session
from tasks.transaction.machine import State
from tasks.transaction.model import Notify, Progress

INTERVAL_S: Final = 1.0
"""Seconds between two looks."""
_OVER: Final = frozenset({State.NEW_BOTH, State.DONE})
"""States in which nothing more will be changed: a look that is asked for then may be the last one."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a pair is sampled.

    Args:
        openers: ways to log in once more on each member, by device name; beside those of the change.
        interval_s: seconds between two looks.
        clock: by which is waited; any but the real one is virtual.
    """

    openers: Besides
    interval_s: float = INTERVAL_S
    clock: Clock = REAL


class Sampler:
    """Watches both members of a pair.

    Args:
        pair: intent.
        sampling: how.
    """

    def __init__(self, pair: Pair, sampling: Sampling) -> None:
        self._pair = pair
        self._sampling = sampling
        self._begin()
        self._moments: list[Moment] = []
        self._stop = Event()
        self._over_s: float | None = None
        self._lines = {
            side: Line(
                side,
                pair.members.of(side),
                sampling.openers[pair.members.of(side)],
                signal_sources(pair, side),
                entry_sources(pair, side),
                sampling.clock,
            )
            for side in SIDES
        }

    def _begin(self) -> None:
        self._begin_s, self._begun_at = self._sampling.clock.seconds(), self._sampling.clock.now()

    @property
    def clock(self) -> Clock:
        """The clock of whoever is watched: in virtual time it takes samples while time passes."""
        clock = self._sampling.clock
        return clock if clock == REAL else replace(clock, sleep=self._sleep)

    def note(self, text: str) -> None:
        """Remember what was done just now."""
        self._moments.append(Moment(self._sampling.clock.seconds(), text))

    def openers(self, openers: Openers) -> Openers:
        """Return the same ways to log in, for which the sampler gives up its own line where none is free."""
        lines = {line.member: line for line in self._lines.values()}
        return {name: _yielding(opener, lines[name]) for name, opener in openers.items()}

    def watched(self) -> Watched:
        """Return everything that was seen."""
        lines = self._lines.values()
        samples = sorted((one for line in lines for one in line.samples), key=lambda one: one.answered_s)
        return Watched(
            self._begin_s,
            self._begun_at,
            self._sampling.interval_s,
            {line.side: line.member for line in lines},
            tuple(samples),
            tuple(self._moments),
            tuple(dict.fromkeys(text for line in lines for text in line.troubles)),
            leads(self._pair),
        )

    def look(self, since: float | None = None) -> None:
        """Look once at both members: side by side, or in virtual time one after the other.

        Args:
            since: moment from which on a look counts; who was looked at since is left alone.
        """
        lines = [line for line in self._lines.values() if not line.has_looked_since(since)]
        if self._sampling.clock != REAL:
            for line in lines:
                line.take()
            return
        with ThreadPoolExecutor(max_workers=len(SIDES)) as pool:
            list(pool.map(Line.take, lines))

    def look_when(self, *, over: bool) -> None:
        """Look at once where nothing more will be changed, while the change goes on to its end."""
        if not over:
            self._over_s = None
        elif self._over_s is None and self._sampling.clock == REAL:
            self._over_s = self._sampling.clock.seconds()
            self._wake()

    def _wake(self) -> None:
        for line in self._lines.values():
            line.wake.set()

    def _sleep(self, seconds: float) -> None:
        """Let virtual time pass, a look each interval."""
        left = seconds
        while left > 0:
            step = min(left, self._sampling.interval_s)
            self._sampling.clock.sleep(step)
            left -= step
            self.look()

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Log in beside whoever will be watched in this block; in virtual time that waits for a look."""
        lines = self._lines.values()
        work = (*(line.dial for line in lines), self._prepare) if self._sampling.clock == REAL else ()
        threads = [Thread(target=one, daemon=True) for one in work]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            for line in lines:
                line.end()
            for thread in threads:
                thread.join()
            for line in lines:
                line.close()

    def _prepare(self) -> None:
        """Have all that reads the displays at hand before there is anything to read."""
        for command in dict.fromkeys(one for line in self._lines.values() for one in line.commands):
            _have_at_hand(command)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Sample for as long as the block lasts, and look once more after it, unless that was done."""
        lines = self._lines.values()
        threads: list[Thread] = []
        self._begin()
        try:
            for line in lines:
                line.admit()
            if self._sampling.clock == REAL:
                threads = [Thread(target=self._loop, args=(line,), daemon=True) for line in lines]
            else:
                self.look()
            for thread in threads:
                thread.start()
            yield
        finally:
            self._stop.set()
            self._wake()
            for line in lines:
                if line.has_looked_since(self._over_s):
                    line.end()  # one more look that is under way is not waited for
            for thread in threads:
                thread.join()
            self.look(self._over_s)
            for line in lines:
                line.close()

    def await_first(self) -> None:
        """Let nothing be changed before the first look at each member, or before there is none to be had."""
        if self._sampling.clock == REAL:
            for line in self._lines.values():
                line.tried.wait(FIRST_S)

    def _loop(self, line: Line) -> None:
        while not self._stop.is_set():
            line.take()
            line.wake.wait(self._sampling.interval_s)
            line.wake.clear()


@Once
def _have_at_hand(command: str) -> None:
    """Have what reads a display at hand; of many pairs the first sees to it for all."""
    parse(command, "")


def _yielding(opener: Callable[[], Session], line: Line) -> Callable[[], Session]:
    """Log in; where that is refused, hang up the sampler and try once more. The sampler comes after it."""

    def opened() -> Session:
        try:
            session = opener()
        except ConnectError:
            if not line.give_up():
                raise
            session = opener()
        line.admit()
        return session

    return opened


@dataclass(frozen=True, slots=True)
class Around:
    """What a change is given while it is sampled; without a sampler, as it was.

    Args:
        openers: ways to log in, by device name.
        notify: told each step.
        clock: by which is waited.
        sampler: that watches.
    """

    openers: Openers
    notify: Notify | None
    clock: Clock
    sampler: Sampler | None = None

    def told(self, progress: Progress) -> None:
        """Remember a step; none that may change a device comes before the first look."""
        if self.sampler is not None:
            self.sampler.note(progress.text)
            if progress.state is not State.START:
                self.sampler.await_first()
            self.sampler.look_when(over=progress.state in _OVER)
        if self.notify is not None:
            self.notify(progress)


@contextmanager
def standing_by(pair: Pair, sampling: Sampling | None) -> Iterator[Sampler | None]:
    """Have a sampler ready for as long as the block lasts, where one is wanted: its logins cost no time then.

    Args:
        pair: intent.
        sampling: how it will be sampled; nothing: it will not.
    """
    if sampling is None:
        yield None
        return
    sampler = Sampler(pair, sampling)
    with sampler.ready():
        yield sampler


@contextmanager
def sampled(sampler: Sampler | None, around: Around) -> Iterator[Around]:
    """Sample a pair for as long as the block lasts, where that is wanted.

    Args:
        sampler: that stands by; nothing: it is not sampled.
        around: what the change would be given without a sampler.
    """
    if sampler is None:
        yield around
        return
    inner = replace(around, openers=sampler.openers(around.openers), clock=sampler.clock, sampler=sampler)
    with sampler.running():
        yield replace(inner, notify=inner.told)
