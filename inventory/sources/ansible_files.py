"""Ansible's inventory files: hosts and groups of INI and YAML, with ranges, as Ansible reads them.

`pe[01:03]` are pe01, pe02 and pe03, `pe-[a:c]` pe-a to pe-c, `[1:9:2]` every second one. A value of INI is a
literal of Python where it is one, or else text: 22 is a number, 007 and 22.x are text.
"""

from __future__ import annotations

import ast
import re
import shlex
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inventory.document import Document, read_file
from inventory.errors import IntentError, reason

ALL, UNGROUPED = "all", "ungrouped"
_SECTION = re.compile(r"^\[([^:\]]+)(?::(vars|children))?\]\s*(?:#.*)?$")
_RANGE = re.compile(r"\[([0-9]+|[A-Za-z]):([0-9]+|[A-Za-z])(?::([0-9]+))?\]")


@dataclass(slots=True)
class Named:
    """A host or a group: its variables, where it stands first, and the groups around it."""

    variables: dict[str, Any] = field(default_factory=dict)
    line: int | None = None
    parents: dict[str, None] = field(default_factory=dict)


class Inventory:
    """Hosts and groups of a file."""

    def __init__(self) -> None:
        self.hosts: dict[str, Named] = {}
        self.groups: dict[str, Named] = {ALL: Named(), UNGROUPED: Named(parents={ALL: None})}

    def group(self, name: str, line: int | None = None) -> Named:
        """Return a group, made where it is new."""
        return self.groups.setdefault(name, Named(line=line))

    def add(self, pattern: str, group: str, variables: Mapping[str, Any], line: int | None) -> None:
        """Put the hosts of a pattern into a group."""
        for name in expanded(pattern):
            host = self.hosts.setdefault(name, Named(line=line))
            host.variables |= variables
            host.parents[group] = None

    def around(self, host: str) -> list[str]:
        """Return the groups that a host is in, from the outermost to the innermost, equals by name."""
        found = {ALL: 0}
        waiting = [*self.hosts[host].parents]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self._depth(name, ())
                waiting += self.groups[name].parents
        return sorted(found, key=lambda name: (found[name], name))

    def _depth(self, name: str, below: tuple[str, ...]) -> int:
        if name in below:
            raise IntentError(f"the group {name} is in itself", found=" in ".join((*below, name)))
        if name == ALL:
            return 0
        above = [self._depth(parent, (*below, name)) for parent in self.groups[name].parents]
        return 1 + max(above, default=0)


def read_inventory(path: Path) -> Inventory:
    """Read an inventory file.

    Raises:
        IntentError: it cannot be read, or is none.
    """
    if path.suffix in {".yml", ".yaml"}:
        return _of_yaml(read_file(path))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise IntentError("the inventory cannot be read", found=reason(error), where=str(path)) from None
    return _of_ini(text, path)


def expanded(pattern: str) -> Iterator[str]:
    """Yield the names of a pattern.

    >>> list(expanded("pe[08:10]-[a:b]"))
    ['pe08-a', 'pe08-b', 'pe09-a', 'pe09-b', 'pe10-a', 'pe10-b']
    """
    match = _RANGE.search(pattern)
    if match is None:
        yield pattern
        return
    first, last, step = match[1], match[2], int(match[3] or 1)
    for one in _between(first, last, step):
        yield from expanded(f"{pattern[: match.start()]}{one}{pattern[match.end() :]}")


def _between(first: str, last: str, step: int) -> Iterator[str]:
    if first.isdecimal() and last.isdecimal() and step:
        width = len(first) if first.startswith("0") else 0
        yield from (str(number).zfill(width) for number in range(int(first), int(last) + 1, step))
    elif not first.isdecimal() and not last.isdecimal() and step:
        letters = string.ascii_letters
        yield from letters[letters.index(first) : letters.index(last) + 1 : step]
    else:
        raise IntentError("the range is none", wanted="[01:10], [a:f] or [1:9:2]", found=f"[{first}:{last}]")


# ---- INI ---------------------------------------------------------------------------------------------------


def _of_ini(text: str, path: Path) -> Inventory:
    read = Inventory()
    group, kind = UNGROUPED, ""
    for number, written in enumerate(text.splitlines(), start=1):
        line = written.strip()
        if not line or line.startswith(("#", ";")):
            continue
        if line.startswith("[") and (section := _SECTION.match(line)):
            group, kind = section[1].strip(), section[2] or ""
            read.group(group, number)
        elif line.startswith("[") and "]" not in line:
            raise IntentError(
                "the line opens no group", wanted="[NAME]", found=line, where=f"{path}:{number}"
            )
        elif kind == "children":
            read.group(line.partition("#")[0].strip(), number).parents[group] = None
        elif kind == "vars":
            key, _, value = line.partition("=")
            read.groups[group].variables[key.strip()] = _literal(value.strip())
        else:
            words = _words(line, path, number)
            read.add(words[0], group, dict(_assignments(words[1:], path, number)), number)
    return read


def _words(line: str, path: Path, number: int) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError as error:
        raise IntentError("the line cannot be read", found=str(error), where=f"{path}:{number}") from None


def _assignments(words: list[str], path: Path, number: int) -> Iterator[tuple[str, Any]]:
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise IntentError(
                "the line has a word that is none", wanted="key=value", found=key, where=f"{path}:{number}"
            )
        yield key, _literal(value)


def _literal(text: str) -> Any:
    """Return the value that a text of INI stands for."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


# ---- YAML --------------------------------------------------------------------------------------------------


def _of_yaml(document: Document) -> Inventory:
    read = Inventory()
    _groups(document.values, "", None, document, read)
    for host in read.hosts.values():
        if len(host.parents) > 1:
            host.parents.pop(UNGROUPED, None)
    return read


def _groups(held: object, at: str, parent: str | None, document: Document, read: Inventory) -> None:
    """Read groups by their names, and those below them."""
    for name, body in _mapping(held, at, document).items():
        path = f"{at}.{name}" if at else name
        group = read.group(name, document.lines.get(path))
        if parent is not None and parent != ALL:
            group.parents[parent] = None
        parts = _mapping(body, path, document)
        strange = sorted(set(parts) - {"hosts", "vars", "children"})
        if strange:
            raise IntentError(
                "the group has a key that is none",
                wanted="hosts, vars, children",
                found=", ".join(strange),
                where=str(document.place(path)),
            )
        group.variables |= _mapping(parts.get("vars"), f"{path}.vars", document)
        for pattern, variables in _mapping(parts.get("hosts"), f"{path}.hosts", document).items():
            place = f"{path}.hosts.{pattern}"
            home = UNGROUPED if name == ALL else name
            read.add(pattern, home, _mapping(variables, place, document), document.lines.get(place))
        _groups(parts.get("children"), f"{path}.children", name, document, read)


def _mapping(held: object, at: str, document: Document) -> Mapping[str, Any]:
    if held is None:
        return {}
    if not isinstance(held, dict):
        raise IntentError("keys and values are wanted here", where=str(document.place(at)))
    return held
