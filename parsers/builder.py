"""Build a configuration line by line, each line where the device prints it.

A view keeps its lines with their ranks, so that a line finds its place without looking at all others; only
the views that change are made anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from inventory.facts import ConfigLine, ConfigTree, Foreign, read_line, view_below
from inventory.lines import Statement
from inventory.lines.order import UNKNOWN, Rank, rank
from inventory.place import Place


class View:
    """The lines of a view while they change.

    Args:
        opening: the line that opens it; nothing for the system view.
        lines: lines that stand there.
    """

    def __init__(self, opening: Statement | Foreign | None, lines: Iterable[ConfigLine] = ()) -> None:
        self.opening = opening
        self.name = view_below(opening)
        self._head = _Link()
        self._last: _Link = self._head
        for line in lines:
            self._link(_Entry(line), self._last)
        self._by_text: dict[str, list[_Entry]] | None = None
        self._least: list[Rank] | None = None
        self._known: list[_Entry] = []

    def __iter__(self) -> Iterator[ConfigLine]:
        """Yield the lines as they are now."""
        return (entry.line for entry in self._entries())

    def tree(self) -> tuple[ConfigLine, ...]:
        """Return the lines with what is below them."""
        return tuple(entry.built() for entry in self._entries())

    def texts(self, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Yield each line with those above it, top down, as texts."""
        for entry in self._entries():
            below = (*above, entry.line.text)
            yield below
            if entry.view:
                yield from entry.view.texts(below)

    def find(self, text: str) -> ConfigLine | None:
        """Return the line of a text; letter case makes no difference."""
        entries = self._texts().get(text.casefold())
        return entries[0].line if entries else None

    def below(self, text: str) -> View:
        """Return the view that a line opens."""
        entry = self._texts()[text.casefold()][0]
        if entry.view is None:
            entry.view = View(entry.line.said, entry.line.children)
        return entry.view

    def add(self, text: str, place: Place | None = None) -> None:
        """Put a line where the device prints it; a line that is there stays."""
        if text.casefold() not in self._texts():
            self.put(read_line(text, self.opening, place))

    def put(self, line: Statement | Foreign) -> None:
        """Put a line that was read where the device prints it; a line that is there stays."""
        if line.text.casefold() in self._texts():
            return
        entry = _Entry(ConfigLine(line))
        own = rank(self.name, line)
        if own <= UNKNOWN:
            self._link(entry, self._last)
        else:
            self._insert(entry, own)
        self._texts()[line.text.casefold()] = [entry]

    def remove(self, text: str) -> None:
        """Take a line away with all that is below it."""
        for entry in self._texts().pop(text.casefold()):
            entry.gone = True
            self._drop_rank(entry)

    def _entries(self) -> Iterator[_Entry]:
        entry = self._head.following
        while entry is not None:
            if not entry.gone:
                yield entry
            entry = entry.following

    def _link(self, entry: _Entry, before: _Link) -> None:
        """Put a line behind another one, in a time that does not grow with the view."""
        entry.following, before.following = before.following, entry
        if before is self._last:
            self._last = entry

    def _drop_rank(self, entry: _Entry) -> None:
        if self._least is None or self._rank(entry) <= UNKNOWN:
            return
        at = self._known.index(entry)
        del self._known[at], self._least[at]
        for place in range(at - 1, -1, -1):
            own = self._rank(self._known[place])
            least = min(own, self._least[place + 1]) if place + 1 < len(self._least) else own
            if self._least[place] == least:
                return
            self._least[place] = least

    def _insert(self, entry: _Entry, own: Rank) -> None:
        """Put a line after the last one that is printed before it, or with it."""
        least = self._least_after()
        at = bisect_right(least, own)
        self._link(entry, self._known[at - 1] if at else self._head)
        least.insert(at, own)
        self._known.insert(at, entry)

    def _least_after(self) -> list[Rank]:
        """Give, for each known line, the least rank of it and the known lines after it.

        These never fall, in whatever order the lines stand: so the last line whose rank is not above another
        one is found by bisection.
        """
        if self._least is None:
            self._known = [entry for entry in self._entries() if self._rank(entry) > UNKNOWN]
            least: list[Rank] = []
            for entry in reversed(self._known):
                own = self._rank(entry)
                least.append(min(own, least[-1]) if least else own)
            self._least = least[::-1]
        return self._least

    def _rank(self, entry: _Entry) -> Rank:
        return rank(self.name, entry.line.said)

    def _texts(self) -> dict[str, list[_Entry]]:
        if self._by_text is None:
            self._by_text = {}
            for entry in self._entries():
                self._by_text.setdefault(entry.line.text.casefold(), []).append(entry)
        return self._by_text


class _Link:
    """Where a view begins, or a line of it: it knows the line behind it."""

    __slots__ = ("following",)

    def __init__(self) -> None:
        self.following: _Entry | None = None


class _Entry(_Link):
    """A line, and its view once that is looked into; one that is taken away stays, marked, in its place."""

    __slots__ = ("gone", "line", "view")

    def __init__(self, line: ConfigLine) -> None:
        super().__init__()
        self.line = line
        self.view: View | None = None
        self.gone = False

    def built(self) -> ConfigLine:
        if self.view is None:
            return self.line
        return ConfigLine(self.line.said, self.view.tree())


class Builder:
    """A configuration while it changes."""

    def __init__(self, tree: ConfigTree | None = None) -> None:
        self.top = View(None, tree.lines if tree else ())

    def view(self, path: Iterable[str], place: Place | None = None) -> View:
        """Return a view; those on the way are made."""
        view = self.top
        for text in path:
            view.add(text, place)
            view = view.below(text)
        return view

    def add(self, path: Iterable[str], text: str, place: Place | None = None) -> None:
        """Put a line where the device prints it; views on the way are made, a line that is there stays."""
        self.view(path, place).add(text, place)

    def put(self, line: Statement) -> None:
        """Put a line that was read where the device prints it, with the openings of the views on the way."""
        self._into(line.within, line.place).put(line)

    def _into(self, opening: Statement | None, place: Place | None) -> View:
        if opening is None:
            return self.top
        above = self._into(opening.within, place)
        if not above.find(opening.text):
            above.put(opening if opening.place else opening.at(opening.within, place))
        return above.below(opening.text)

    def tree(self) -> ConfigTree:
        """Return the configuration as it is now."""
        return ConfigTree(self.top.tree())
