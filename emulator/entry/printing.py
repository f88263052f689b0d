"""Configurations as text: what `display current-configuration` prints, and files read back.

Format: `#` before each section and at the end, then `return`; each view one space deeper (configuration file
format). What a loaded file prints differently: sections and lines come in the device's order, names and
numbers in their canonical forms (`Loopback0` becomes `LoopBack0`, `interface Vlanif 100` becomes `interface
Vlanif100`), lines that are the default disappear, every profile has `peer-backup hot`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from emulator.config import order, secrets, texts, tree
from emulator.config.lines import Children
from emulator.config.statement import Configuration, Statement
from emulator.config.tree import Path
from emulator.entry.change import HOT, put
from emulator.entry.engine import view_id
from emulator.grammar import FOREIGN, Fault, Grammar, Match
from emulator.grammar import load as load_grammar
from emulator.grammar.commands import Command

_SHARED = frozenset(
    {"lacp", "ip route-static", "ipv6 route-static", "igmp-snooping", "vrrp", "peer-backup", "vlan batch"}
)
"""Leading words of one-line sections that stand together without a `#` between them."""


def lines(
    configuration: Configuration, *, include_default: bool = False, path: Path | None = None
) -> list[str]:
    """Print a configuration, or one view of it.

    Args:
        configuration: what to print.
        include_default: print values that equal the default too.
        path: view of `display this`; the whole configuration when not given.

    Returns:
        Lines from `#` to `return`; only these two when the view holds nothing.
    """
    if path:
        return ["#", *_this(configuration, path, include_default=include_default), "#", "return"]
    level = configuration.statements
    if include_default:
        level = (*level, *_defaults("system", level))
        level = order.ordered(level, "system")
    printed = ["#"]
    previous: Statement | None = None
    for statement in level:
        if previous is not None and not _together(previous, statement):
            printed.append("#")
        printed += _block(statement, 0, include_default=include_default)
        previous = statement
    return [*printed, "#", "return"] if previous else ["#", "return"]


def _this(configuration: Configuration, path: Path, *, include_default: bool) -> list[str]:
    opened_by = tree.walk(configuration, path) or ()
    if not opened_by:
        return []
    return _block(opened_by[-1], len(opened_by) - 1, include_default=include_default)


def _head(statement: Statement) -> str:
    words = statement.text.split()
    if words[0] == "undo" and len(words) > 1:
        words = words[1:]
    return next((head for head in _SHARED if f"{' '.join(words)} ".startswith(f"{head} ")), "")


def _together(first: Statement, second: Statement) -> bool:
    if first.view or second.view:
        return False
    if first.command == second.command == FOREIGN:
        return first.text.split()[0] == second.text.split()[0]
    return bool(_head(first)) and _head(first) == _head(second)


def _block(
    statement: Statement, indent: int, *, include_default: bool = False, first: bool = False
) -> list[str]:
    children = statement.children
    if include_default and statement.view:
        view = view_id(statement.view, children)
        children = order.ordered((*children, *_defaults(view, children)), statement.view)
    if statement.text == "#" and first:
        indent -= 1  # the mark between a view and its lines stands beside the view
    printed = (" " * indent + statement.text).split("\n")
    for place, child in enumerate(children):
        printed += _block(child, indent + 1, include_default=include_default, first=place == 0)
    return printed


def _defaults(view_name: str, children: Children) -> Iterator[Statement]:
    """Yield the default lines that a view does not hold."""
    grammar = load_grammar()
    present = {child.command for child in children}
    vrids = {
        child.params["vrid"]: None for child in children if child.command in {"vrrp.create", "vrrp6.create"}
    }
    for command in grammar.commands_of(view_name):
        text = command.hidden or command.default
        if not text or command.id in present:
            continue
        if "{vrid}" not in text:
            yield Statement(command.id, text)
        else:
            yield from _vrrp_defaults(command, text, [v for v in vrids if _has_group(command, v, children)])


def _has_group(command: Command, vrid: str, children: Children) -> bool:
    group = command.id.split(".")[0] + ".create"
    return any(child.command == group and child.params["vrid"] == vrid for child in children)


def _vrrp_defaults(command: Command, text: str, vrids: list[str]) -> Iterator[Statement]:
    return (Statement(command.id, text.replace("{vrid}", vrid), {"vrid": vrid}) for vrid in vrids)


@dataclass(slots=True)
class _Open:
    """A view that is being filled from a file."""

    statement: Statement
    indent: int
    children: Children = ()

    @property
    def view(self) -> str:
        """View id now."""
        return view_id(self.statement.view, self.children)


@dataclass(slots=True)
class _Loader:
    """Reads a file line by line; holds the views that are open at the current line."""

    grammar: Grammar
    stack: list[_Open] = field(default_factory=lambda: [_Open(Statement("", "", view="system"), -1)])

    def line(self, text: str, indent: int, *, opens: bool) -> None:
        """Take one line."""
        self._close(indent, text)
        here = self.stack[-1]
        match = self._read(here, text, opens=opens)
        if secrets.open_secrets(match):
            match = secrets.seal(match, Random(text))  # noqa: S311 - a salt of a toy cipher
        statement = Statement(match.command, match.text, match.params, match.enters)
        if match.enters:
            self.stack.append(_Open(self._known(here, statement), indent))
            self.stack[-1].children = self.stack[-1].statement.children
        else:
            here.children = put(here.children, statement, here.view)

    def _known(self, here: _Open, statement: Statement) -> Statement:
        """Open a section again that the file has given before; else a new one with what comes with it."""
        old = tree.alike(here.children, statement)
        if old is not None:
            here.children = tuple(child for child in here.children if child is not old)
            return old
        return replace(statement, children=(HOT,)) if statement.command == "rbp.create" else statement

    def _read(self, here: _Open, text: str, *, opens: bool) -> Match:
        found = self._stored(here.view, text)
        if found is None:
            return self.grammar.foreign(here.view, text, opens=opens)
        if opens and not found.enters:
            return self.grammar.foreign(here.view, text, opens=True)
        return found

    def _stored(self, view_name: str, text: str) -> Match | None:
        found = self.grammar.read(view_name, text)
        if isinstance(found, Fault) or found.kind not in {"config", "view"} or found.command == FOREIGN:
            return None
        return self._positive(found)

    def _positive(self, found: Match) -> Match | None:
        """Keep an undo form only where it is what the device stores."""
        if not found.undo:
            return found
        command = self.grammar.command(found.command)
        if found.command == "if.shutdown":
            return found._replace(undo=False, params={"state": "up"})
        return found._replace(undo=False) if command is not None and command.inverse else None

    def _close(self, indent: int, text: str = "") -> None:
        while len(self.stack) > 1 and self.stack[-1].indent >= indent:
            if indent and text and self._belongs(indent, text):
                return
            self.pop()

    def _belongs(self, indent: int, text: str) -> bool:
        """Tell whether a line is of the view that the line before it opened, though it stands no deeper."""
        inner, outer = self.stack[-1], self.stack[-2]
        if inner.indent != indent or not isinstance(self.grammar.read(outer.view, text), Fault):
            return False
        return isinstance(self.grammar.read(inner.view, text), Match)

    def pop(self) -> None:
        """Leave the innermost view."""
        done = self.stack.pop()
        here = self.stack[-1]
        statement = replace(done.statement, children=done.children)
        here.children = order.inserted(here.children, statement, here.view)

    def separator(self, indent: int, following: int) -> None:
        """Take a `#`: at the margin it ends the section, deeper it is a line of its view.

        Beside the line that has just opened a view, with deeper lines to come, it is the view's first line.
        """
        if indent == 0:
            self._close(0)
            return
        here = self.stack[-1]
        if here.indent != indent or here.children or following <= indent:
            self._close(indent)
            here = self.stack[-1]
        if len(self.stack) > 1:
            here.children = (*here.children, Statement(FOREIGN, "#"))

    def done(self) -> Configuration:
        """Close everything."""
        self._close(0)
        return Configuration(self.stack[0].children)


def load(text: str) -> Configuration:
    """Read a configuration file; every line is kept, known or not.

    Args:
        text: a file as `display current-configuration` prints it; lines with `!` are comments.
    """
    loader = _Loader(load_grammar())
    rows = [(order.depth(row), row.strip()) for row in texts.rows(text.expandtabs()) if row.strip()]
    rows = [(indent, row) for indent, row in rows if not row.startswith("!")]
    for index, (indent, row) in enumerate(rows):
        if row == "return" and all(rest == "#" for _, rest in rows[index + 1 :]):
            break
        if row == "#":
            loader.separator(indent, rows[index + 1][0] if index + 1 < len(rows) else 0)
            continue
        deeper = (
            index + 1 < len(rows)
            and rows[index + 1][0] > indent
            and rows[index + 1][1] not in {"#", "return"}
        )
        loader.line(row, indent, opens=deeper)
    return loader.done()
