"""What the device will hold after commands: the planner's own reading of them, line by line.

It reads the texts that will be typed, not the plan's intentions, so a wrong line shows in the prediction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from inventory.errors import RefusedError
from inventory.facts import ConfigLine, ConfigTree
from inventory.lines import OWNED, OwnedLine, read_line
from parsers.tree import add_line


def predict(tree: ConfigTree, texts: Iterable[str]) -> ConfigTree:
    """Give the configuration after lines that are typed in the system view and committed.

    Args:
        tree: configuration before.
        texts: lines in order, with the `quit` lines.

    Raises:
        RefusedError: a line is not one that Hotpair owns, or undoes what is not there.
    """
    path: tuple[str, ...] = ()
    view = "system"
    for text in texts:
        if text == "quit":
            path, view = (), "system"
        elif text.startswith("undo "):
            tree = _without(tree, path, _undone(tree, path, view, text))
        else:
            tree, path, view = _entered(tree, path, view, text)
    return tree


def _entered(
    tree: ConfigTree, path: tuple[str, ...], view: str, text: str
) -> tuple[ConfigTree, tuple[str, ...], str]:
    present = _existing_view(tree, text) if not path else None
    if present:
        return tree, (present[1],), present[0].opens
    owned = read_line(view, text)
    if owned is None:
        raise RefusedError("the plan holds a line that is not in the owned table", found=text, where=view)
    row, params = owned
    identity = row.identity(params)
    replaced = [line for line in _lines(tree, path) if _identity(view, line) == identity]
    tree = add_line(_without(tree, path, replaced), path, row.text(**{**row.implied, **params}))
    if row.is_default(params) and not row.shown:
        tree = _without(
            tree, path, [line for line in _lines(tree, path) if _identity(view, line) == identity]
        )
    if not row.opens:
        return tree, path, view
    below = (row.text(**params),)
    for brought in row.brings:
        tree = add_line(tree, below, brought)
    return tree, below, row.opens


def _existing_view(tree: ConfigTree, text: str) -> tuple[OwnedLine, str] | None:
    """Find the section that a line enters, when it stands already."""
    for row in OWNED.values():
        params = row.read_enter(text) if row.opens else None
        if params is None:
            continue
        for line in tree.lines:
            owned = read_line("system", line.text)
            if owned and owned[0].opens == row.opens and owned[0].identity(owned[1]) == row.identity(params):
                return row, line.text
    return None


def _undone(tree: ConfigTree, path: tuple[str, ...], view: str, text: str) -> list[ConfigLine]:
    """Give the lines that an undo line takes away."""
    lines = _lines(tree, path)
    gone = [line for line in lines if _undo_text(view, line).casefold() == text.casefold()]
    if not gone:
        raise RefusedError("the plan undoes a line that is not there", found=text, where=" / ".join(path))
    return gone + _of_last_group(view, lines, gone)


def _undo_text(view: str, line: ConfigLine) -> str:
    owned = read_line(view, line.text)
    return owned[0].undo_text(owned[1]) if owned else ""


def _of_last_group(view: str, lines: tuple[ConfigLine, ...], gone: list[ConfigLine]) -> list[ConfigLine]:
    """Give the lines of VRRP groups that lose their last virtual IP: they go with the group (R60)."""
    went: list[ConfigLine] = []
    for line in gone:
        owned = read_line(view, line.text)
        if owned is None or owned[0].id not in {"vrrp.create", "vrrp6.create"}:
            continue
        family, vrid = owned[0].id.partition(".")[0], owned[1]["vrid"]
        group = [other for other in lines if _belongs(view, other, family, vrid)]
        if not any(_row(view, other) == owned[0].id for other in group if other not in gone):
            went += [other for other in group if other not in gone]
    return went


def _belongs(view: str, line: ConfigLine, family: str, vrid: str) -> bool:
    owned = read_line(view, line.text)
    return owned is not None and owned[0].id.startswith(f"{family}.") and owned[1].get("vrid") == vrid


def _row(view: str, line: ConfigLine) -> str:
    owned = read_line(view, line.text)
    return owned[0].id if owned else ""


def _identity(view: str, line: ConfigLine) -> tuple[str, ...]:
    owned = read_line(view, line.text)
    return owned[0].identity(owned[1]) if owned else ()


def _lines(tree: ConfigTree, path: tuple[str, ...]) -> tuple[ConfigLine, ...]:
    lines = tree.lines
    for text in path:
        lines = next((line.children for line in lines if line.text == text), ())
    return lines


def _without(tree: ConfigTree, path: tuple[str, ...], gone: Iterable[ConfigLine]) -> ConfigTree:
    texts = {line.text for line in gone}
    if not texts:
        return tree
    if not path:
        return ConfigTree(tuple(line for line in tree.lines if line.text not in texts))
    return ConfigTree(
        tuple(
            replace(line, children=tuple(child for child in line.children if child.text not in texts))
            if line.text == path[0]
            else line
            for line in tree.lines
        )
    )
