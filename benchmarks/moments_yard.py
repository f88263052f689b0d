"""At which moments a command is struck, and what is kept for the next one: its ground, and forks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.moments_ground import Ground, ground  # noqa: E402 - found beside this file
from benchmarks.moments_judged import Told, same  # noqa: E402
from benchmarks.moments_nursery import OURS, Forked, Measured, Nursery, modules, templates  # noqa: E402
from benchmarks.moments_table import Command  # noqa: E402
from tests.integration.lab import Ended, environment  # noqa: E402

ENDLESS_S = 4.0
"""Stretch of a command that ends with a signal alone."""
DENSE_S = 1.0
"""Stretch that half of the moments fall into: imports, settings, the first dial."""
LOADING = 150_000
"""Calls of functions while what is ours is loaded."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a command.

    Args:
        at_s: seconds after its begin.
        call: of a function of its main thread; zero: the seconds count.
        way: how it is begun: by a process of its own, or in a fork.
    """

    at_s: float = 0
    call: int = 0
    way: Nursery | None = None


def by_seconds(stretch: float, count: int) -> list[Moment]:
    """Return moments of a stretch of seconds: half of them in its first part, the others in the rest."""
    dense, half = min(DENSE_S, stretch / 2), count // 2
    early = [dense * turn / half for turn in range(half)]
    late = (dense + (stretch - dense) * turn / (count - half) for turn in range(count - half))
    return [Moment(at_s) for at_s in (*early, *late)]


def _spread(end: float, count: int) -> list[float]:
    """Return moments that are spread evenly, none at either end."""
    return [end * (turn + 0.5) / count for turn in range(count)]


@dataclass
class Grounds:
    """The ground of the command before, for as long as it is as it was."""

    ways: dict[str, Any] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)
    _at: Ground | None = None

    def of(self, state: str) -> Ground:
        """Return a ground of a state."""
        if self._at is None or self._at.state != state:
            self.leave()
            self._at = self._stack.enter_context(ground(state, **self.ways))
        return self._at

    def leave(self) -> None:
        """Leave a ground that is not as it was."""
        self._stack.close()
        self._at = None

    def tidy(self, command: Command, at: Ground, told: Told) -> None:
        """Have a ground as it was after a command that nobody struck."""
        if command.changes and same(at, "undisturbed", 0, "", told):
            at.renew()
        elif command.changes:
            self.leave()


class Yard:
    """Forks with all loaded and compiled, and forks with all but what is ours."""

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self.modules = list(modules())
        self.warm = self.cold = Nursery(self.modules, environment())
        grounds.ways = {"typed": self._typed, "begun": self._begun}

    def _typed(self, *words: str) -> Ended:
        return self.warm.typed(*words)

    def _begun(self, *words: str) -> AbstractContextManager[Forked]:
        return self.warm.begun(*words)

    def learn(self, modules: Sequence[str]) -> None:
        """Load more beforehand."""
        if set(modules) <= set(self.modules):
            return
        self.modules += [one for one in modules if one not in self.modules]
        self.close()
        foreign = [one for one in self.modules if one.partition(".")[0] not in OURS]
        self.warm = Nursery(self.modules, environment(), templates())
        self.cold = Nursery(foreign, environment())

    def close(self) -> None:
        """End the processes."""
        self.warm.close()
        if self.cold is not self.warm:
            self.cold.close()

    def _once(self, command: Command, told: Told, way: Callable[[], Nursery]) -> Measured:
        at = self._grounds.of(command.state)
        with TemporaryDirectory() as scratch:
            seen = way().measured(*command.words(at), folder=Path(scratch))
        told.well.add(seen.code)
        self._grounds.tidy(command, at, told)
        return seen

    def moments(self, command: Command, told: Told, count: int) -> list[Moment]:
        """Return moments: half by calls, a quarter by seconds, a quarter by calls while ours is loaded."""
        if command.endless:
            told.well.add(0)
            return [
                *(Moment(at_s, way=self.cold) for at_s in _spread(ENDLESS_S, count // 2)),
                *(Moment(at_s, way=self.warm) for at_s in _spread(ENDLESS_S / 2, count - count // 2)),
            ]
        self.learn(self._once(command, told, lambda: self.warm).modules)
        cold = self._once(command, told, lambda: self.cold) if not command.changes else None
        warm = self._once(command, told, lambda: self.warm)
        half, quarter = count // 2, count // 4
        made = [
            *(Moment(call=int(call) + 1, way=self.warm) for call in _spread(warm.calls, half)),
            *(Moment(at_s, way=self.warm) for at_s in _spread(warm.took_s * 0.8, count - half - quarter)),
        ]
        calls = cold.calls if cold else warm.calls + LOADING
        return made + [Moment(call=int(call) + 1, way=self.cold) for call in _spread(calls, quarter)]
