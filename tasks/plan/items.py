"""Owned lines as the planner sees them: where they stand, which instance they are, what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from inventory.facts import ConfigTree, Fact, Place
from inventory.lines import OwnedLine, read_line
from inventory.lines.keys import REFERENCE
from parsers.tree import Foreign, OwnedAt, owned_lines

Key: TypeAlias = tuple[tuple[str, ...], ...]

_MADE_BY_ENTERING = re.compile(r"(Eth-Trunk|Vlanif|LoopBack|Global-VE|Virtual-Ethernet).*|.*\.\d+")
_ETH_TRUNK = re.compile(r"Eth-Trunk(\d+)")


@dataclass(frozen=True, slots=True)
class Item:
    """One owned line at its place, or the opening of a view that holds owned lines.

    Args:
        row: its row in the owned table.
        params: its parameters in the device's spelling.
        path: texts of the views above it.
        key: identities of the views above it and its own; two items of one key are the same instance.
        value: what it says, without letter case and without the spelling of secrets.
        around: its parameters and, with `@` before the name, those of the view that holds it.
        place: which part of the intent asks for it, or where it was read.
    """

    row: OwnedLine
    params: Mapping[str, str] = field(compare=False)
    path: tuple[str, ...]
    key: Key
    value: tuple[str, ...]
    around: Mapping[str, str] = field(compare=False)
    place: Place | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """The line in the device's spelling."""
        return self.row.text(**self.params)

    @property
    def stays(self) -> bool:
        """Tell whether it opens an object that is not ours to take away: a physical port, a pool, a VSI."""
        return self.row.holder and not _MADE_BY_ENTERING.fullmatch(self.params.get("interface", ""))

    @property
    def view(self) -> Key:
        """Identities of the views above it."""
        return self.key[:-1]


Items: TypeAlias = Mapping[Key, Item]


def read_items(lines: Iterable[Fact], changed_secrets: frozenset[str] = frozenset()) -> Items:
    """Read facts as items by key, with the views that hold them.

    Lines at which the device acts as without them are left out.

    Args:
        lines: facts of an intent.
        changed_secrets: names of secrets whose value is new; the device's ciphertext does not stand for them.
    """
    items: dict[Key, Item] = {}
    for line in lines:
        places = [(line.path[:depth], text) for depth, text in enumerate(line.path)] + [
            (line.path, line.text)
        ]
        for trunk in _trunks(line):
            places.insert(0, ((), trunk))
        for path, text in places:
            item = _item(path, text, line.place, changed_secrets)
            if item.key not in items and not item.row.is_default(item.params):
                items[item.key] = item
    return MappingProxyType(items)


def items_of(tree: ConfigTree, changed_secrets: frozenset[str] = frozenset()) -> Items:
    """Read the owned lines of a configuration, and the views that hold them, as items by key."""
    found = (at for at in owned_lines(tree) if isinstance(at, OwnedAt))
    items = (_item(at.path, at.line.text, at.line.place, changed_secrets) for at in found)
    return MappingProxyType({item.key: item for item in items if not item.row.is_default(item.params)})


def same_configuration(one: ConfigTree, other: ConfigTree) -> bool:
    """Tell whether two configurations say the same, but for order, case, default lines and ciphertext."""
    return _said(one) == _said(other)


def _said(tree: ConfigTree) -> tuple[dict[Key, tuple[str, ...]], list[tuple[tuple[str, ...], str]]]:
    foreign = [
        ((*at.path, *above), line.text)
        for at in owned_lines(tree)
        if isinstance(at, Foreign)
        for above, line in ConfigTree((at.line,)).walk()
    ]
    owned = {key: item.value for key, item in items_of(tree).items() if not item.stays}
    return owned, sorted(foreign)


def _trunks(fact: Fact) -> tuple[str, ...]:
    """Name the Eth-Trunk that a port joins: it must exist though no line of it may be wanted."""
    owned = read_line("interface", fact.text) if fact.id == "if.eth-trunk-join" else None
    return (f"interface Eth-Trunk{owned[1]['trunk-id']}",) if owned else ()


def _item(path: tuple[str, ...], text: str, place: Place | None, changed_secrets: frozenset[str]) -> Item:
    view = "system"
    key: list[tuple[str, ...]] = []
    around: dict[str, str] = {}
    for opening in path:
        row, params = _owned(view, opening)
        key.append(row.identity(params))
        around |= {f"@{name}": value for name, value in params.items()}
        view = row.opens
    row, params = _owned(view, text)
    if trunk := _ETH_TRUNK.fullmatch(around.get("@interface", "")):
        around["@eth-trunk-id"] = trunk[1]
    if trunk := _ETH_TRUNK.fullmatch(params.get("interface", "") if row.opens else ""):
        around["eth-trunk-id"] = trunk[1]
    value = row.value({name: _plain(row, name, given, changed_secrets) for name, given in params.items()})
    return Item(row, params, path, (*key, row.identity(params)), value, {**around, **params}, place)


def _owned(view: str, text: str) -> tuple[OwnedLine, dict[str, str]]:
    found = read_line(view, text)
    if found is None:
        raise LookupError(f"no owned line of view {view!r} reads {text!r}")
    return found


def _plain(row: OwnedLine, name: str, text: str, changed_secrets: frozenset[str]) -> str:
    """Give one word for every spelling of a secret, but another for a secret whose value is new."""
    if name not in row.secrets:
        return text
    named = REFERENCE.fullmatch(text)
    return "new secret" if named and named["name"] in changed_secrets else "secret"
