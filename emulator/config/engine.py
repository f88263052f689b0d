"""Enters typed lines into a configuration, as the device does on Enter and on commit.

All functions are pure: a configuration and a match in, a configuration or a refusal out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from emulator.config import effects, order, secrets, tree
from emulator.config.statement import Configuration, Statement
from emulator.config.tree import Children, Path
from emulator.grammar import FOREIGN, Match, interfaces, load, values
from emulator.grammar.commands import Command
from emulator.rules import Refusal, Situation, on_commit, on_entry

__all__ = ["Refusal", "ViewState", "enter", "opened", "put", "validate", "view"]

_L2 = {"if-ge": "if-ge-l2", "if-eth-trunk": "if-eth-trunk-l2"}
_UNSEALED = 0


@dataclass(frozen=True, slots=True)
class ViewState:
    """A view of a configuration: its id now, and the whole text between host name and bracket in the prompt."""

    id: str
    suffix: str


def view(configuration: Configuration, path: Path) -> ViewState | None:
    """Give the view of a path, or nothing when it no longer exists.

    Args:
        configuration: candidate or running.
        path: canonical lines that open the view, from the system view down.
    """
    opened_by = tree.walk(configuration, path)
    if opened_by is None:
        return None
    current, suffix = "system", ""
    for statement in opened_by:
        suffix += prompt(current, statement)
        current = view_id(statement)
    return ViewState(current, suffix)


def view_id(statement: Statement) -> str:
    """Give the view that a statement opens now: `portswitch` turns an interface to layer 2."""
    layer2 = statement.view in _L2 and statement.first("if.portswitch")
    return _L2[statement.view] if layer2 else statement.view


def prompt(parent: str, statement: Statement) -> str:
    """Give what a statement that opens a view adds to the prompt of its parent view."""
    if statement.command == FOREIGN:
        return _foreign_prompt(parent, statement.text)
    if "interface" in statement.params and statement.view.startswith(("if-", "foreign:")):
        return f"-{statement.params['interface']}"
    return load().views[statement.view].prompt(statement.params)


@lru_cache(maxsize=4096)
def _foreign_prompt(parent: str, text: str) -> str:
    return load().foreign(parent, text, opens=True).suffix


def opened(configuration: Configuration, path: Path, match: Match) -> Path:
    """Give the path of the view that an entered line opened.

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
    wanted = (command.slot, *tree.identity(command, dict(match.params)))
    return next((child for child in children if tree.instance(child) == wanted), None)


def enter(configuration: Configuration, path: Path, match: Match) -> Configuration | Refusal:
    """Enter a line.

    Args:
        configuration: the candidate before the line.
        path: view in which it is typed.
        match: the line as the grammar read it; seal its secrets first (`secrets.seal`), or each looks the same.

    Returns:
        The candidate after the line, unchanged when the line is not stored; or why it is refused.
    """
    children = tree.children_at(configuration, path)
    if children is None:
        return Refusal("The current view does not exist any more.")
    if match.kind in {"exec", "display"} and match.command != "bfd.enter":
        return configuration
    match = secrets.seal(match, Random(_UNSEALED))  # noqa: S311 - a salt of a toy cipher
    refusal = on_entry(Situation(configuration, path, match))
    if refusal or match.command == "bfd.enter":
        return refusal or configuration
    if match.command == "if.trunkport":
        return _trunkport(configuration, path, match)
    after = (
        _undone(children, match)
        if match.undo
        else put(children, _statement(match), view(configuration, path).id)
    )  # type: ignore[union-attr]  # the path exists
    if isinstance(after, Refusal):
        return after
    changed = configuration if after == children else tree.with_children(configuration, path, after)
    return effects.follow(changed, path, match)


def _statement(match: Match) -> Statement:
    return Statement(match.command, match.text, dict(match.params), match.enters)


def put(children: Children, statement: Statement, view_id_: str) -> Children:
    """Add a line to a view, at its place, in place of what it replaces."""
    command = load().command(statement.command)
    if command is None:
        return _put_foreign(children, statement, view_id_)
    if not command.saved:
        return children
    if command.merge:
        return _merged(children, statement, command, view_id_)
    mine = tree.instance(statement)
    old = next((child for child in children if tree.instance(child) == mine), None)
    if command.inverse or statement.text == _default(command, statement.params):
        return tuple(child for child in children if child is not old)
    if old is None:
        return order.inserted(children, _fresh(statement), view_id_)
    return tuple(_renewed(old, statement) if child is old else child for child in children)


def _default(command: Command, params: Mapping[str, str]) -> str:
    return command.hidden.replace("{vrid}", params.get("vrid", ""))


def _fresh(statement: Statement) -> Statement:
    """Give a new line what it has from the start."""
    if statement.command == "rbp.create":
        return replace(statement, children=(HOT,))
    if statement.command == "if.enter" and interfaces.is_port(statement.params["interface"]):
        return replace(statement, children=(UP,))
    if statement.text == "shutdown" and "state" in statement.params:
        return replace(statement, params={"state": "down"})
    return statement


HOT = Statement("rbp.peer-backup", "peer-backup hot", {"hot": "hot", "mode": "hot"})
"""Printed in every profile, typed or not."""

UP = Statement("if.shutdown", "undo shutdown", {"state": "up"})
"""Printed on every port that is not shut."""


def _renewed(old: Statement, new: Statement) -> Statement:
    """Let a line take the place of one of its instance; a view keeps its lines, and its options if none is new."""
    if not new.view:
        return _fresh(new)
    if set(new.params.items()) <= set(old.params.items()) or new.text.casefold() == old.text.casefold():
        return old
    return replace(old, command=new.command, text=new.text, params=new.params, view=new.view)


def _put_foreign(children: Children, statement: Statement, view_id_: str) -> Children:
    if statement.text != "#" and any(child.text == statement.text for child in children):
        return children
    opposite = f"undo {statement.text}"
    left = tuple(child for child in children if child.text != opposite)
    return left if len(left) < len(children) else order.inserted(children, statement, view_id_)


def _merged(children: Children, statement: Statement, command: Command, view_id_: str) -> Children:
    olds = [child for child in children if child.command == command.id]
    left = tuple(child for child in children if child.command != command.id)
    if command.merge == "options":
        params = dict(olds[0].params) | dict(statement.params) if olds else dict(statement.params)
        return order.inserted(left, replace(statement, params=params, text=command.line(params)), view_id_)
    if "all" in statement.params or any("all" in old.params for old in olds):
        whole = statement if "all" in statement.params else olds[0]
        return order.inserted(left, whole, view_id_)
    ids = {i for line in (*olds, statement) for i in values.vlan_ids(line.params["vlans"])}
    return _vlan_lines(left, command, ids, view_id_)


_LIST = 10
"""A VLAN list of one line holds at most so many numbers or ranges."""


def _vlan_lines(children: Children, command: Command, ids: set[int], view_id_: str) -> Children:
    parts = values.vlan_parts(ids)
    for start in range(0, len(parts), _LIST):
        params = {"vlans": " ".join(parts[start : start + _LIST])}
        children = order.inserted(children, Statement(command.id, command.line(params), params), view_id_)
    return children


def _undone(children: Children, match: Match) -> Children | Refusal:
    command = load().command(match.command)
    if command is None:
        return _undone_foreign(children, match)
    ours = [child for child in children if _same_slot(child, command)]
    hit = [child for child in ours if _agrees(command, child, match.params)]
    if command.inverse:
        kept = tuple(child for child in children if child not in hit)
        return order.inserted(kept, Statement(command.id, match.text, dict(match.params)), _any_view(command))
    if match.command == "if.shutdown":
        return tuple(
            UP if child.command == "if.shutdown" and _is_shut(child) else child for child in children
        )
    if command.merge:
        return _unmerged(children, ours, command, match.params)
    if not hit and command.key and (command.kind == "view" or ours):
        return Refusal("The specified configuration does not exist.")
    return tuple(child for child in children if child not in hit)


def _is_shut(statement: Statement) -> bool:
    return statement.params.get("state") == "down"


def _any_view(command: Command) -> str:
    return command.views[0]


def _same_slot(statement: Statement, command: Command) -> bool:
    other = load().command(statement.command)
    return other is not None and other.slot == command.slot


def _agrees(command: Command, statement: Statement, params: Mapping[str, str]) -> bool:
    return all(command.same(name, statement.params.get(name), value) for name, value in params.items())


def _unmerged(
    children: Children, ours: list[Statement], command: Command, params: Mapping[str, str]
) -> Children:
    left = tuple(child for child in children if child not in ours)
    if command.merge == "vlans":
        taken = values.vlan_ids(params.get("vlans", ""))
        kept = {i for line in ours for i in values.vlan_ids(line.params.get("vlans", ""))} - taken
        return _vlan_lines(left, command, kept, _any_view(command)) if taken else left
    dropped = {**_option_values(command, params), **params}
    kept_params = {
        name: value for name, value in (ours[0].params.items() if ours else ()) if name not in dropped
    }
    if not params or not any(name in command.params for name in kept_params):
        return left
    return order.inserted(
        left, Statement(command.id, command.line(kept_params), kept_params), _any_view(command)
    )


def _option_values(command: Command, params: Mapping[str, str]) -> dict[str, str]:
    """Give the parameters that follow the option keywords of an undo form."""
    words = command.syntax[0].notation.split()
    return {words[i + 1].strip("<>"): "" for i, word in enumerate(words[:-1]) if word in params}


def _undone_foreign(children: Children, match: Match) -> Children:
    target = match.text.removeprefix("undo ")
    exact = [child for child in children if child.text == target]
    hit = exact or [
        child for child in children if child.command == FOREIGN and child.text.startswith(f"{target} ")
    ]
    if hit:
        return tuple(child for child in children if child not in hit)
    return _put_foreign(children, Statement(FOREIGN, match.text), "")


def _trunkport(configuration: Configuration, path: Path, match: Match) -> Configuration | Refusal:
    """Type `eth-trunk N` on each member port instead: that is what the device stores."""
    number = interfaces.split(path[0].split()[-1])[1]
    names = match.params.get("members", match.params.get("interface", "")).split()
    mode = match.params.get("lacp", "")
    line = "undo eth-trunk" if match.undo else f"eth-trunk {number}" + (f" mode {mode}" if mode else "")
    for name in names:
        for at, typed in (((), f"interface {name}"), ((f"interface {name}",), line)):
            read = load().read("if-ge" if at else "system", typed)
            after = (
                enter(configuration, at, read)
                if isinstance(read, Match)
                else Refusal("The port does not exist.")
            )
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
