"""Indexes of long views that follow their changes, so that a line costs the same whatever stands already.

Theory. The lines of a view are a tuple, in pieces where they are very many; a change makes a new one.
Whoever makes it by putting in or taking out one line says so (`spliced`), and an index of the old lines
becomes that of the new ones by the same step instead of being built anew. An index is handed on, not copied:
asked for older lines it is built again. What is remembered is bounded, and short views have no index: a loop
over them is faster.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from emulator.config.lines import Children, Pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from emulator.config.statement import Statement

_IN_PIECES = 512
"""A view with fewer lines is copied whole: that takes no longer."""
LONG = 48
"""A view with fewer lines is searched line by line."""
_STEPS = 8
"""Each holds the lines before and after: more of them do not fit a processor's cache."""
_INDEXES = 8
I = TypeVar("I")  # noqa: E741 - an index


class Step(NamedTuple):
    """One change of a long view.

    Args:
        old: lines before; `new` after.
        place: position of the change.
        out: the line taken out there; `into` the one put in.
    """

    old: Children
    new: Children
    place: int
    out: Statement | None
    into: Statement | None


def is_long(children: Children) -> bool:
    """Tell whether a view is worth an index."""
    return not isinstance(children, tuple) or len(children) >= LONG


_steps: OrderedDict[int, Step] = OrderedDict()


def spliced(old: Children, place: int, out: Statement | None, into: Statement | None) -> Children:
    """Return the lines with one taken out at a place, one put in there, or one put in place of another."""
    put = () if into is None else (into,)
    new: Children
    if isinstance(old, tuple) and len(old) < _IN_PIECES:
        new = old[:place] + put + old[place + (out is not None) :] if place < len(old) else old + put
    else:
        new = Pieces.of(old).spliced(place, int(out is not None), put)
    if is_long(new) or (into is not None and is_long(into.children)):
        _steps[id(new)] = Step(old, new, place, out, into)
        if len(_steps) > _STEPS:
            _steps.popitem(last=False)
    return new


def step_to(children: Children) -> Step | None:
    """Return the step that made a tuple of lines, if it is remembered."""
    step = _steps.get(id(children))
    return step if step is not None and step.new is children else None


class Following(Generic[I]):
    """An index by tuple of lines.

    Args:
        build: makes the index of some lines.
        follow: brings an index over one step.
    """

    def __init__(self, build: Callable[[Children], I], follow: Callable[[I, Step], None]) -> None:
        self._build = build
        self._follow = follow
        self._at: Children | None = None
        self._index: I
        self._others: OrderedDict[int, tuple[Children, I]] = OrderedDict()

    def of(self, children: Children) -> I:
        """Return the index of some lines."""
        if children is not self._at:
            step = _steps.get(id(children))
            if step is not None and step.new is children and step.old is self._at:
                self._follow(self._index, step)
            else:
                self._put_by()
                self._index = self._taken_up(children)
            self._at = children
        return self._index

    def _put_by(self) -> None:
        if self._at is not None:
            self._others[id(self._at)] = self._at, self._index
            if len(self._others) > _INDEXES:
                self._others.popitem(last=False)

    def _taken_up(self, children: Children) -> I:
        """Return the index of lines that were left, or of those that they came from, or a new one."""
        at, steps = children, list[Step]()
        while not self._knows(at):
            step = step_to(at)
            if step is None:
                return self._build(children)
            steps.append(step)
            at = step.old
        index = self._others.pop(id(at))[1]
        for step in reversed(steps):
            self._follow(index, step)
        return index

    def _knows(self, children: Children) -> bool:
        known = self._others.get(id(children))
        return known is not None and known[0] is children
