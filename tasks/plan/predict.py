"""What the device will hold after commands: the planner's own reading of them, line by line.

It reads the texts that will be typed, not the plan's intentions, so a wrong line shows in the prediction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from inventory.errors import RefusedError
from inventory.facts import ConfigTree
from inventory.lines import OWNED, OwnedLine, read, read_line
from parsers.builder import Builder, View


def _openings() -> Mapping[str, tuple[OwnedLine, ...]]:
    rows: dict[str, tuple[OwnedLine, ...]] = {}
    for row in OWNED.values():
        first = row.form.split()[0]
        rows[first] = (*rows.get(first, ()), row) if row.opens else rows.get(first, ())
    return rows


_OPENINGS = _openings()
"""Rows that open a view, by their first word."""


def predict(tree: ConfigTree, texts: Iterable[str]) -> ConfigTree:
    """Give the configuration after lines that are typed in the system view and committed.

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
        """Give the configuration as it is now."""
        return self._builder.tree()

    def leave(self) -> None:
        """Go back to the system view."""
        self._view, self._path = self._builder.top, ""

    def enter(self, text: str) -> None:
        """Type a line: enter a view that stands, or add the line in the place of its older self."""
        present = None if self._path else self._standing(text)
        if present:
            self._go_into(present)
            return
        owned = read_line(self._view.name, text)
        if owned is None:
            raise RefusedError(
                "the plan holds a line that is not in the owned table", found=text, where=self._view.name
            )
        row, params = owned
        known = self._lines_of(self._view)
        known.forget_identity(row.identity(params))
        if not row.is_default(params) or row.shown:
            known.add(row.text(**{**row.implied, **params}))
        if row.opens:
            self._go_into(row.text(**params))
            for brought in row.brings:
                self._lines_of(self._view).add(brought)

    def undo(self, text: str) -> None:
        """Type an undo line: what it takes away, and what goes with that."""
        known = self._lines_of(self._view)
        gone = known.undone_by(text)
        if not gone:
            raise RefusedError("the plan undoes a line that is not there", found=text, where=self._path)
        for line in [*gone, *_of_last_group(self._view, gone)]:
            known.forget(line)

    def _go_into(self, text: str) -> None:
        self._view, self._path = self._builder.top.below(text), text

    def _lines_of(self, view: View) -> _Known:
        if view not in self._known:
            self._known[view] = _Known(view)
        return self._known[view]

    def _standing(self, text: str) -> str | None:
        """Find the section that a line enters, when it stands already."""
        known = self._lines_of(self._builder.top)
        for row in _OPENINGS.get(text.split(maxsplit=1)[0].lower(), ()):
            params = row.read_enter(text)
            if params is None:
                continue
            for line in known.of_identity(row.identity(params)):
                owned = read_line("system", line)
                if owned and owned[0].opens == row.opens:
                    return line
        return None


class _Known:
    """The owned lines of a view, by what they are and by the line that undoes them."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._identities: dict[tuple[str, ...], dict[str, None]] = {}
        self._undos: dict[str, dict[str, None]] = {}
        for line in view:
            self._learn(line.text)

    def of_identity(self, identity: tuple[str, ...]) -> list[str]:
        """Give the lines that are one instance of a row."""
        return list(self._identities.get(identity, ()))

    def undone_by(self, undo: str) -> list[str]:
        """Give the lines that an undo line takes away."""
        return list(self._undos.get(undo.casefold(), ()))

    def add(self, text: str) -> None:
        """Put a line into the view."""
        self._view.add(text)
        self._learn(text)

    def forget_identity(self, identity: tuple[str, ...]) -> None:
        """Take the lines away that are one instance of a row."""
        for line in self.of_identity(identity):
            self.forget(line)

    def forget(self, text: str) -> None:
        """Take a line away."""
        found = read(self._view.name, text)
        if found and self._view.find(text):
            self._identities[found.identity].pop(text, None)
            self._undos[found.row.undo_text(found.params).casefold()].pop(text, None)
            self._view.remove(text)

    def _learn(self, text: str) -> None:
        found = read(self._view.name, text)
        if found:
            self._identities.setdefault(found.identity, {})[text] = None
            undo = found.row.undo_text(found.params).casefold()
            self._undos.setdefault(undo, {})[text] = None


def _of_last_group(view: View, gone: list[str]) -> list[str]:
    """Give the lines of VRRP groups that lose their last virtual IP: they go with the group (R60)."""
    went: list[str] = []
    for text in gone:
        owned = read_line(view.name, text)
        if owned is None or owned[0].id not in {"vrrp.create", "vrrp6.create"}:
            continue
        family, vrid = owned[0].id.partition(".")[0], owned[1]["vrid"]
        group = [
            line.text for line in view if _belongs(view, line.text, family, vrid) and line.text not in gone
        ]
        if not any(_row(view, other) == owned[0].id for other in group):
            went += group
    return went


def _belongs(view: View, text: str, family: str, vrid: str) -> bool:
    owned = read_line(view.name, text)
    return owned is not None and owned[0].id.startswith(f"{family}.") and owned[1].get("vrid") == vrid


def _row(view: View, text: str) -> str:
    owned = read_line(view.name, text)
    return owned[0].id if owned else ""
