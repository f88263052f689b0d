"""An emulator that is not asked twice: schedules begin alike, and what it answered once it answers again.

Since it was renewed, the emulator answers the same to the same orders. So the answers to what runs have in
common are a tree, and a run goes through it without the emulator, until it leaves what is known. There the
emulator is brought to where the run stands: it renews what it keeps of a place near by, and obeys the few
orders since. A place that many runs leave the tree behind is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from runbooks.certify.emulator import Answer, Obey, Order

APART = 4
"""Orders between two places that are kept."""
MOST = 60_000
"""Answers that are remembered; where there are more, all are forgotten."""


@dataclass(slots=True)
class _Place:
    """Where a run stands: after the same orders as every other run that stands there.

    Args:
        kept: name under which the emulator keeps what it is here; empty: it does not.
        answers: what each order was answered here, and where it leads.
    """

    kept: str = ""
    answers: dict[str, tuple[Answer, _Place]] = field(default_factory=dict)


@dataclass(slots=True)
class Remembering:
    """Gives orders to an emulator, and its answers.

    Args:
        obey: the emulator.
        learning: what it answers is remembered. Runs have in common what comes before their last strike.
    """

    obey: Obey
    learning: bool = False
    _roots: dict[str, tuple[Answer, _Place]] = field(default_factory=dict)
    _place: _Place | None = None
    _from: str = ""
    _owed: list[Order] = field(default_factory=list)
    _is_there: bool = False
    _names: Iterator[int] = field(default_factory=count)
    _known: int = 0

    def __call__(self, order: Order) -> Answer:
        """Return an order; the answer is nobody's to change."""
        if "renew" in order:
            return self._renewed(order)
        if self._place is None:
            return self.obey(order)
        text = repr(order)
        known = self._place.answers.get(text)
        if known is None:
            return self._asked(self._place, order, text)
        answer, self._place = known
        self._owed.append(order)
        if self._place.kept:
            self._from, self._owed = self._place.kept, []
        return answer

    def _renewed(self, order: Order) -> Answer:
        name = str(order["renew"])
        if self._known > MOST:
            self._roots, self._known, self._names = {}, 0, count()
        if name not in self._roots:
            self._roots[name] = (self.obey(order), _Place(kept=name))
        answer, self._place = self._roots[name]
        self._from, self._owed, self._is_there = name, [], False
        return answer

    def _asked(self, place: _Place, order: Order, text: str) -> Answer:
        """Ask the emulator, which first comes to where the run stands."""
        if not self._is_there:
            self._follow(place)
        answer = self.obey(order)
        self._place, self._is_there = None, True
        if self.learning:
            self._place = _Place()
            place.answers[text] = (answer, self._place)
            self._known += 1
        return answer

    def _follow(self, place: _Place) -> None:
        self.obey({"renew": self._from})
        for order in self._owed:
            self.obey(order)
        if len(self._owed) < APART:
            return
        name = f"place {next(self._names)}"
        if self.obey({"keep": name})["ok"]:  # refused while a session is asked something
            place.kept = name
