"""Enters typed lines into a configuration, as the device does on Enter and on commit.

All functions are pure: a configuration and a match in, a configuration or a refusal out.
"""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import NamedTuple

from emulator.config import effects, secrets, tree
from emulator.config.lines import Children
from emulator.config.statement import Configuration, Statement
from emulator.config.tree import Path
from emulator.entry import change
from emulator.grammar import FOREIGN, Match, interfaces, load
from emulator.rules import Refusal, Situation, on_commit, on_entry

__all__ = ["Refusal", "ViewState", "enter", "opened", "prompt", "validate", "view", "view_id"]

_L2 = {"if-ge": "if-ge-l2", "if-eth-trunk": "if-eth-trunk-l2"}


class ViewState(NamedTuple):
    """A view of a configuration: its id now, and the text between host name and bracket in the prompt."""

    id: str
    suffix: str


class _Shown:
    """The last view that was asked for: prompt, reader and entry of a line ask for the same one."""

    def __init__(self) -> None:
        self.opened_by: tuple[Statement, ...] = ()
        self.view: ViewState | None = None


_shown = _Shown()


def view(configuration: Configuration, path: Path) -> ViewState | None:
    """Return the view of a path, or nothing when it no longer exists.

    Args:
        configuration: candidate or running.
        path: canonical lines that open the view, from the system view down.
    """
    opened_by = tree.walk(configuration, path)
    return None if opened_by is None else _view(opened_by)


def _view(opened_by: tuple[Statement, ...]) -> ViewState:
    if _shown.view is None or opened_by is not _shown.opened_by:
        _shown.opened_by, _shown.view = opened_by, _made_view(opened_by)
    return _shown.view


def _made_view(opened_by: tuple[Statement, ...]) -> ViewState:
    current, suffix = "system", ""
    for statement in opened_by:
        suffix += prompt(current, statement)
        current = view_id(statement.view, statement.children)
    return ViewState(current, suffix)


def view_id(view: str, children: Children) -> str:
    """Return the view that a statement with these lines opens: `portswitch` turns an interface to layer 2."""
    layer2 = view in _L2 and tree.holds(children, "if.portswitch")
    return _L2[view] if layer2 else view


def prompt(parent: str, statement: Statement) -> str:
    """Return what a statement that opens a view adds to the prompt of its parent view."""
    if statement.command == FOREIGN:
        return _foreign_prompt(parent, statement.text)
    if "interface" in statement.params and statement.view.startswith(("if-", "foreign:")):
        return f"-{statement.params['interface']}"
    return load().views[statement.view].prompt(statement.params)


@lru_cache(maxsize=4096)
def _foreign_prompt(parent: str, text: str) -> str:
    return load().foreign(parent, text, opens=True).suffix


def opened(configuration: Configuration, path: Path, match: Match) -> Path:
    """Return the path of the view that an entered line opened.

    Args:
        configuration: after the line was entered.
        path: where it was typed.
        match: the line; `bfd b1` finds the session that `bfd b1 bind ...` created.
    """
    found = _existing(tree.children_at(configuration, path) or (), match)
    return (*path, found.text if found else match.text)


def _existing(children: Children, match: Match) -> Statement | None:
    command = load().command("bfd.bind-ip" if match.command == "bfd.enter" else match.command)
    if command is None:
        return next((child for child in children if child.text == match.text), None)
    wanted = (command.slot, *tree.identity(command, match.params))
    return tree.find(children, wanted)


def enter(configuration: Configuration, path: Path, match: Match) -> Configuration | Refusal:
    """Enter a line.

    Args:
        configuration: the candidate before the line.
        path: view in which it is typed.
        match: the line as the grammar read it; seal its secrets first (`secrets.seal`), or each looks the
        same.

    Returns:
        The candidate after the line, unchanged when the line is not stored; or why it is refused.
    """
    opened_by = tree.walk(configuration, path)
    if opened_by is None:
        return Refusal("The current view does not exist any more.")
    if match.kind in {"exec", "display"} and match.command != "bfd.enter":
        return configuration
    if secrets.open_secrets(match):
        match = secrets.seal(match, Random(match.text))  # noqa: S311 - a salt of a toy cipher
    refusal = on_entry(Situation(configuration, opened_by, match))
    if refusal or match.command == "bfd.enter":
        return refusal or configuration
    if match.command == "if.trunkport":
        return _trunkport(configuration, path, match)
    children = opened_by[-1].children if opened_by else configuration.statements
    name = _view(opened_by).id
    after = (
        change.undone(children, match, name) if match.undo else change.put(children, _statement(match), name)
    )
    if isinstance(after, Refusal):
        return after
    same = after is children or (len(after) == len(children) and after == children)
    changed = configuration if same else tree.with_children(configuration, path, after)
    return effects.follow(changed, path, match)


def _statement(match: Match) -> Statement:
    return Statement(match.command, match.text, match.params, match.enters)


def _trunkport(configuration: Configuration, path: Path, match: Match) -> Configuration | Refusal:
    """Type `eth-trunk N` on each member port instead: that is what the device stores."""
    number = interfaces.split(path[0].split()[-1])[1]
    names = match.params.get("members", match.params.get("interface", "")).split()
    mode = match.params.get("lacp", "")
    line = "undo eth-trunk" if match.undo else f"eth-trunk {number}" + (f" mode {mode}" if mode else "")
    for name in names:
        for at, typed in (((), f"interface {name}"), ((f"interface {name}",), line)):
            here = view(configuration, at)
            read = load().read(here.id if here else "", typed)
            if not isinstance(read, Match):
                return Refusal("The port does not exist.")
            after = enter(configuration, at, read)
            if isinstance(after, Refusal):
                return after
            configuration = after
    return configuration


def validate(configuration: Configuration, running: Configuration | None = None) -> tuple[Refusal, ...]:
    """Check a candidate as the device does on commit: lines that refer to what does not exist.

    Args:
        configuration: the candidate.
        running: what runs now; what is wrong there already is not held against the candidate.
    """
    known = on_commit(running) if running is not None else ()
    return tuple(refusal for refusal in on_commit(configuration) if refusal not in known)
