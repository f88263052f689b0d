"""Exchanges in steps: two devices are asked at the same time, from one thread and in a fixed order.

A step is a generator that stops wherever something was written and its reply is awaited. Brought to its end
alone it is an ordinary call; brought to its end together with another, its waiting and the other's overlap.
The order of writes and reads follows from the order of the steps alone, so that a run can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from typing import Concatenate, Generic, NoReturn, ParamSpec, TypeVar

from inventory.errors import HotpairError

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

Step = Generator[None, None, T]
"""Work with a device; each `yield` means: written, the reply is awaited."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A step that came to its end.

    Args:
        value: what it gave.
    """

    value: T

    def result(self) -> T:
        """Return what the step gave."""
        return self.value


@dataclass(frozen=True, slots=True)
class Failed:
    """A step that ended in an error.

    Args:
        error: what it raised.
    """

    error: HotpairError

    def result(self) -> NoReturn:
        """Raise what the step raised."""
        raise self.error


Ended = Done[T] | Failed
"""How one of several steps ended."""


def finish(step: Step[T]) -> T:
    """Bring one step to its end and give its result."""
    while True:
        try:
            next(step)
        except StopIteration as end:
            value: T = end.value
            return value


def together(*steps: Step[T]) -> tuple[Ended[T], ...]:
    """Bring steps to their ends side by side; tell of each, in the given order, how it ended.

    All write before the first is read. An error of ours ends its own step alone. Anything else, Ctrl-C
    above all, ends all of them where they stand: those that await a reply are out of step with their
    device, and their sessions are good for nothing but being closed.
    """
    ended: dict[int, Ended[T]] = {}
    try:
        while len(ended) < len(steps):
            for index, step in enumerate(steps):
                if index not in ended and (end := _advance(step)) is not None:
                    ended[index] = end
    finally:
        for step in steps:
            step.close()
    return tuple(ended[index] for index in range(len(steps)))


def _advance(step: Step[T]) -> Ended[T] | None:
    """Take a step as far as it goes without waiting again; tell how it ended, if it did."""
    try:
        next(step)
    except StopIteration as end:
        return Done(end.value)
    except HotpairError as error:
        return Failed(error)
    return None


class Exchange(Generic[P, T]):
    """One exchange with a device, offered both ways.

    Called, it comes to its end and gives its result; `step` takes the same arguments and gives a step.

    Args:
        step: makes the step.
    """

    def __init__(self, step: Callable[P, Step[T]]) -> None:
        self.step = step

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Make the exchange and give its result."""
        return finish(self.step(*args, **kwargs))


class ExchangeMethod(Generic[S, P, T]):
    """A method that gives a step, turned into one that can be called as well; see `exchange`."""

    def __init__(self, make: Callable[Concatenate[S, P], Step[T]]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __get__(self, owner: S, _type: type | None = None) -> Exchange[P, T]:
        """Bind it to its session."""
        return Exchange(partial(self._make, owner))


def exchange(make: Callable[Concatenate[S, P], Step[T]]) -> ExchangeMethod[S, P, T]:
    """Decorate a method that is a step: `session.save()` makes it, `session.save.step()` gives the step."""
    return ExchangeMethod(make)
