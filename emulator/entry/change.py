"""Putting a line into a view and taking it out: what replaces what, what is merged, what comes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from emulator.config import order, tree
from emulator.config.lines import Children
from emulator.config.statement import Statement
from emulator.grammar import FOREIGN, Match, interfaces, lists, load
from emulator.grammar.commands import Command
from emulator.rules import Refusal


def put(children: Children, statement: Statement, view: str) -> Children:
    """Add a line to a view, at its place, in place of what it replaces."""
    command = load().command(statement.command)
    if command is None:
        return _put_foreign(children, statement, view)
    if not command.saved:
        return children
    if command.merge:
        return _merged(children, statement, command, view)
    old = tree.alike(children, statement)
    if _is_default(command, statement):
        return tuple(child for child in children if child is not old)
    if old is None:
        return order.inserted(children, _fresh(statement), view)
    new = _renewed(old, statement)
    return children if new == old else tree.replaced(children, old, new)


def _is_default(command: Command, statement: Statement) -> bool:
    """Tell whether a line says what holds without it."""
    if command.inverse:
        return not statement.text.startswith("undo ")
    return statement.text == command.hidden.replace("{vrid}", statement.params.get("vrid", ""))


def _fresh(statement: Statement) -> Statement:
    """Return a new line what it has from the start."""
    if statement.command == "rbp.create":
        return replace(statement, children=(HOT,))
    if statement.command == "if.enter" and interfaces.is_port(statement.params["interface"]):
        return replace(statement, children=(UP,))
    if statement.command == "if.shutdown" and statement.text == "shutdown":
        return replace(statement, params={"state": "down"})
    return statement


HOT = Statement("rbp.peer-backup", "peer-backup hot", {"hot": "hot", "mode": "hot"})
"""Printed in every profile, typed or not."""

UP = Statement("if.shutdown", "undo shutdown", {"state": "up"})
"""Printed on every port that is not shut."""

_PORT_VIEWS = frozenset({"if-ge", "if-ge-l2"})


def _renewed(old: Statement, new: Statement) -> Statement:
    """Let a line take the place of one of its instance; a view keeps its lines."""
    if not new.view:
        return _fresh(new)
    if set(new.params.items()) <= set(old.params.items()) or new.text.casefold() == old.text.casefold():
        return old
    return replace(old, command=new.command, text=new.text, params=new.params, view=new.view)


def _put_foreign(children: Children, statement: Statement, view: str) -> Children:
    if statement.text != "#" and tree.line(children, statement.text) is not None:
        return children
    if tree.line(children, f"undo {statement.text}") is None:
        return order.inserted(children, statement, view)
    return tuple(child for child in children if child.text != f"undo {statement.text}")


def _merged(children: Children, statement: Statement, command: Command, view: str) -> Children:
    olds = [child for child in children if child.command == command.id]
    left = tuple(child for child in children if child.command != command.id)
    if command.merge == "options":
        params = dict(olds[0].params) | dict(statement.params) if olds else dict(statement.params)
        return order.inserted(left, replace(statement, params=params, text=command.line(params)), view)
    if "all" in statement.params or any("all" in old.params for old in olds):
        whole = statement if "all" in statement.params else olds[0]
        return order.inserted(left, whole, view)
    ids = {i for line in (*olds, statement) for i in lists.vlan_ids(line.params["vlans"])}
    return _vlan_lines(left, command, ids, view)


_LIST = 10
"""A VLAN list of one line holds at most so many numbers or ranges."""


def _vlan_lines(children: Children, command: Command, ids: set[int], view: str) -> Children:
    parts = lists.vlan_parts(ids)
    for start in range(0, len(parts), _LIST):
        params = {"vlans": " ".join(parts[start : start + _LIST])}
        children = order.inserted(children, Statement(command.id, command.line(params), params), view)
    return children


def undone(children: Children, match: Match, view: str) -> Children | Refusal:
    """Take out of a view what an undo line names; an absent instance that the line names is an error."""
    command = load().command(match.command)
    if command is None:
        return _undone_foreign(children, match)
    ours = [child for child in children if _same_slot(child, command)]
    hit = [child for child in ours if _agrees(command, child, match.params)]
    if command.inverse:
        kept = tuple(child for child in children if child not in hit)
        return order.inserted(kept, Statement(command.id, match.text, dict(match.params)), view)
    if match.command == "if.shutdown" and view in _PORT_VIEWS:
        return put(children, UP, view)
    if command.merge:
        return _unmerged(children, command, match.params, view)
    if not hit and command.key and (command.kind == "view" or ours):
        return Refusal("The specified configuration does not exist.")
    return tuple(child for child in children if child not in hit)


def _same_slot(statement: Statement, command: Command) -> bool:
    other = load().command(statement.command)
    return other is not None and other.slot == command.slot


def _agrees(command: Command, statement: Statement, params: Mapping[str, str]) -> bool:
    return all(command.same(name, statement.params.get(name), value) for name, value in params.items())


def _unmerged(children: Children, command: Command, params: Mapping[str, str], view: str) -> Children:
    ours = [child for child in children if child.command == command.id]
    left = tuple(child for child in children if child not in ours)
    if command.merge == "vlans":
        taken = lists.vlan_ids(params.get("vlans", ""))
        kept = {i for line in ours for i in lists.vlan_ids(line.params.get("vlans", ""))} - taken
        return _vlan_lines(left, command, kept, view) if taken else left
    dropped = {**_option_values(command, params), **params}
    options = {name: value for line in ours for name, value in line.params.items() if name not in dropped}
    if not params or not any(name in command.params for name in options):
        return left
    return order.inserted(left, Statement(command.id, command.line(options), options), view)


def _option_values(command: Command, params: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters that follow the option keywords of an undo form."""
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
