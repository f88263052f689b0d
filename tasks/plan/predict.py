"""What the device will hold after commands: the planner's own reading of them, line by line.

It reads the texts that will be typed, not the plan's intentions, so a wrong line shows in the prediction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from inventory.errors import RefusedError
from inventory.facts import ConfigTree, Foreign
from inventory.lines import OWNED, OwnedLine, Statement, read, state
from inventory.lines.vrrp import VRRP, VRRP6
from parsers.builder import Builder, View


def _openings() -> Mapping[str, tuple[OwnedLine, ...]]:
    rows: dict[str, tuple[OwnedLine, ...]] = {}
    for row in OWNED.values():
        first = row.form.split()[0]
        rows[first] = (*rows.get(first, ()), row) if row.opens else rows.get(first, ())
    return rows


_OPENINGS = _openings()
"""Rows that open a view, by their first word."""
_GROUPS = frozenset({VRRP.create, VRRP6.create})


def predict(tree: ConfigTree, texts: Iterable[str]) -> ConfigTree:
    """Return the configuration after lines that are typed in the system view and committed.

    Args:
        tree: configuration before.
        texts: lines in order, with the `quit` lines.

    Raises:
        RefusedError: a line is not one that Hotpair owns, or undoes what is not there.
    """
    device = _Device(tree)
    for text in texts:
        if text == "quit":
            device.leave()
        elif text.startswith("undo "):
            device.undo(text)
        else:
            device.enter(text)
    return device.tree()


class _Device:
    """A configuration while lines are typed into it."""

    def __init__(self, tree: ConfigTree) -> None:
        self._builder = Builder(tree)
        self._view = self._builder.top
        self._path = ""
        self._known: dict[View, _Known] = {}

    def tree(self) -> ConfigTree:
        """Return the configuration as it is now."""
        return self._builder.tree()

    def leave(self) -> None:
        """Go back to the system view."""
        self._view, self._path = self._builder.top, ""

    def enter(self, text: str) -> None:
        """Type a line: enter a view that stands, or add the line in the place of its older self."""
        present = None if self._path else self._standing(text)
        if present:
            self._go_into(present.text)
            return
        line = read(self._view.name, text)
        if line is None:
            raise RefusedError(
                "the plan holds a line that is not in the owned table", found=text, where=self._view.name
            )
        known = self._lines_of(self._view)
        known.forget_identity(line.identity)
        if not line.is_default or line.row.shown:
            known.add(state(line.row, {**line.row.implied, **line.params}) if line.row.implied else line)
        if line.row.opens:
            self._go_into(line.text)
            for brought in line.row.brings:
                self._bring(brought)

    def undo(self, text: str) -> None:
        """Type an undo line: what it takes away, and what goes with that."""
        known = self._lines_of(self._view)
        gone = known.undone_by(text)
        if not gone:
            raise RefusedError("the plan undoes a line that is not there", found=text, where=self._path)
        for line in [*gone, *_of_last_group(self._view, gone)]:
            known.forget(line)

    def _bring(self, text: str) -> None:
        """Put a line into the view that the device puts there by itself."""
        line = read(self._view.name, text)
        if line:
            self._lines_of(self._view).add(line)

    def _go_into(self, text: str) -> None:
        self._view, self._path = self._builder.top.below(text), text

    def _lines_of(self, view: View) -> _Known:
        if view not in self._known:
            self._known[view] = _Known(view)
        return self._known[view]

    def _standing(self, text: str) -> Statement | None:
        """Find the section that a line enters, when it stands already."""
        known = self._lines_of(self._builder.top)
        for row in _OPENINGS.get(text.split(maxsplit=1)[0].lower(), ()):
            params = row.read_enter(text)
            if params is None:
                continue
            for line in known.of_identity(row.identity(params)):
                if line.row.opens == row.opens:
                    return line
        return None


class _Known:
    """The owned lines of a view, by what they are and by the line that undoes them."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._identities: dict[tuple[str, ...], dict[str, Statement]] = {}
        self._undos: dict[str, dict[str, Statement]] = {}
        for line in view:
            if line.owned:
                self._learn(line.owned)

    def of_identity(self, identity: tuple[str, ...]) -> list[Statement]:
        """Return the lines that are one instance of a row."""
        return list(self._identities.get(identity, {}).values())

    def undone_by(self, undo: str) -> list[Statement]:
        """Return the lines that an undo line takes away."""
        return list(self._undos.get(undo.casefold(), {}).values())

    def add(self, line: Statement) -> None:
        """Put a line into the view."""
        opening = self._view.opening
        here = line.at(None if isinstance(opening, Foreign) else opening, None)
        self._view.put(here)
        self._learn(here)

    def forget_identity(self, identity: tuple[str, ...]) -> None:
        """Take the lines away that are one instance of a row."""
        for line in self.of_identity(identity):
            self.forget(line)

    def forget(self, line: Statement) -> None:
        """Take a line away."""
        if self._view.find(line.text):
            self._identities[line.identity].pop(line.text, None)
            self._undos[_undo(line)].pop(line.text, None)
            self._view.remove(line.text)

    def _learn(self, line: Statement) -> None:
        self._identities.setdefault(line.identity, {})[line.text] = line
        self._undos.setdefault(_undo(line), {})[line.text] = line


def _undo(line: Statement) -> str:
    return line.row.undo_text(line.params).casefold()


def _of_last_group(view: View, gone: list[Statement]) -> list[Statement]:
    """Return the lines of VRRP groups that lose their last virtual IP: they go with the group (R60)."""
    went: list[Statement] = []
    for line in gone:
        if line.row in _GROUPS:
            group = [other for other in _of_group(view, line) if other not in gone]
            if not any(other.row is line.row for other in group):
                went += group
    return went


def _of_group(view: View, line: Statement) -> Iterator[Statement]:
    """Yield the lines of the VRRP group that a line is of."""
    for other in (one.owned for one in view):
        if other and other.row.family == line.row.family and other.params["vrid"] == line.params["vrid"]:
            yield other
