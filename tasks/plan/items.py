"""Owned lines as the planner sees them: where they stand, which instance they are, what they say."""

from __future__ import annotations

import re
from collections.abc import Collection, ItemsView, Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from inventory.facts import ConfigLine, ConfigTree, Fact, Place
from inventory.lines import OwnedLine, Statement, read, read_line
from inventory.lines.keys import REFERENCE
from parsers.tree import Foreign, owned_lines

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
        text: the line in the device's spelling.
        key: identities of the views above it and its own; two items of one key are the same instance.
        value: what it says, without letter case and without the spelling of secrets.
        around: its parameters and, with `@` before the name, those of the view that holds it.
        place: which part of the intent asks for it, or where it was read.
    """

    row: OwnedLine
    params: Mapping[str, str] = field(compare=False)
    path: tuple[str, ...]
    text: str
    key: Key
    value: tuple[str, ...]
    around: Mapping[str, str] = field(compare=False)
    place: Place | None = field(default=None, compare=False)

    @property
    def stays(self) -> bool:
        """Tell whether it opens an object that is not ours to take away: a physical port, a pool, a VSI."""
        return self.row.holder and not _MADE_BY_ENTERING.fullmatch(self.params.get("interface", ""))

    @property
    def view(self) -> Key:
        """Identities of the views above it."""
        return self.key[:-1]


class Items(Mapping[Key, Item]):
    """Items by key; those of a row and of a view are found without looking at the others."""

    def __init__(self, items: dict[Key, Item]) -> None:
        self._items = items
        self._found: dict[tuple[str, ...], dict[tuple[str, ...], list[Item]]] = {}
        self._views: dict[Key, list[Item]] | None = None
        self._places: dict[Key, int] | None = None

    def __getitem__(self, key: Key) -> Item:
        """Give the item of a key."""
        return self._items[key]

    def __iter__(self) -> Iterator[Key]:
        """Give the keys in the order of the lines."""
        return iter(self._items)

    def __len__(self) -> int:
        """Count the items."""
        return len(self._items)

    def items(self) -> ItemsView[Key, Item]:
        """Give keys and items."""
        return self._items.items()

    def values(self) -> ValuesView[Item]:
        """Give the items."""
        return self._items.values()

    def where(self, row: str, values: Mapping[str, str]) -> tuple[Item, ...]:
        """Give the items of a row that have values around them; letter case makes no difference."""
        index = self._index((row, *values))
        return tuple(index.get(tuple(value.casefold() for value in values.values()), ()))

    def in_order(self, keys: Collection[Key]) -> list[Key]:
        """Give keys in the order of the lines."""
        if self._places is None:
            self._places = {key: place for place, key in enumerate(self._items)}
        return sorted(keys, key=self._places.__getitem__)

    def in_view(self, view: Key) -> tuple[Item, ...]:
        """Give the items that stand in a view."""
        if self._views is None:
            self._views = {}
            for item in self._items.values():
                self._views.setdefault(item.view, []).append(item)
        return tuple(self._views.get(view, ()))

    def _index(self, by: tuple[str, ...]) -> dict[tuple[str, ...], list[Item]]:
        if by not in self._found:
            row, *names = by
            index: dict[tuple[str, ...], list[Item]] = {}
            for item in self._rows().get((row,), ()) if names else self._items.values():
                values = tuple(item.around.get(name, "").casefold() for name in names)
                if item.row.id == row:
                    index.setdefault(values, []).append(item)
            self._found[by] = index
        return self._found[by]

    def _rows(self) -> dict[tuple[str, ...], list[Item]]:
        rows = self._found.get(())
        if rows is None:
            rows = {}
            for item in self._items.values():
                rows.setdefault((item.row.id,), []).append(item)
            self._found[()] = rows
        return rows


@dataclass(frozen=True, slots=True)
class _Where:
    """The view of a path: its name, the identities of the openings, and their parameters."""

    view: str
    key: Key
    around: Mapping[str, str]


_TOP = _Where("system", (), MappingProxyType({}))


def read_items(lines: Iterable[Fact], changed_secrets: frozenset[str] = frozenset()) -> Items:
    """Read facts as items by key, with the views that hold them.

    Lines at which the device acts as without them are left out.

    Args:
        lines: facts of an intent.
        changed_secrets: names of secrets whose value is new; the device's ciphertext does not stand for them.
    """
    items: dict[Key, Item] = {}
    wheres: dict[tuple[str, ...], _Where] = {(): _TOP}
    for line in lines:
        places = [(line.path[:depth], text) for depth, text in enumerate(line.path)] + [
            (line.path, line.text)
        ]
        for trunk in _trunks(line):
            places.insert(0, ((), trunk))
        for path, text in places:
            if (*path, text) in wheres:
                continue  # a view that is known already
            item = _item(path, text, line.place, _where(path, wheres), changed_secrets)
            if item.row.opens:
                wheres[*path, text] = _below(item, wheres[path])
            if item.key not in items and not item.row.is_default(item.params):
                items[item.key] = item
    return Items(items)


def items_of(tree: ConfigTree, changed_secrets: frozenset[str] = frozenset()) -> Items:
    """Read the owned lines of a configuration, and the views that hold them, as items by key."""
    items: dict[Key, Item] = {}
    for item in _walk(tree.lines, (), _TOP, changed_secrets):
        if not item.row.is_default(item.params):
            items[item.key] = item
    return Items(items)


def _walk(
    lines: tuple[ConfigLine, ...], path: tuple[str, ...], where: _Where, changed_secrets: frozenset[str]
) -> Iterator[Item]:
    for line in lines:
        if read(where.view, line.text) is None:
            continue
        item = _item(path, line.text, line.place, where, changed_secrets)
        yield item
        if line.children:
            yield from _walk(line.children, (*path, line.text), _below(item, where), changed_secrets)


def same_configuration(one: ConfigTree, other: ConfigTree) -> bool:
    """Tell whether two configurations say the same, but for order, case, default lines and ciphertext."""
    return one is other or _said(one) == _said(other)


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


def _where(path: tuple[str, ...], known: dict[tuple[str, ...], _Where]) -> _Where:
    """Give the view of a path; the openings above it are read when they are not known."""
    if path not in known:
        above = _where(path[:-1], known)
        opening = _item(path[:-1], path[-1], None, above, frozenset())
        known[path] = _below(opening, above)
    return known[path]


def _below(item: Item, above: _Where) -> _Where:
    """Give the view that an item opens."""
    around = {**above.around, **{f"@{name}": value for name, value in item.params.items()}}
    if trunk := _ETH_TRUNK.fullmatch(around.get("@interface", "")):
        around["@eth-trunk-id"] = trunk[1]
    return _Where(item.row.opens, item.key, around)


def _item(
    path: tuple[str, ...],
    text: str,
    place: Place | None,
    where: _Where,
    changed_secrets: frozenset[str],
) -> Item:
    found = read(where.view, text)
    if found is None:
        raise LookupError(f"no owned line of view {where.view!r} reads {text!r}")
    around = {**where.around, **found.params}
    if found.row.opens and (trunk := _ETH_TRUNK.fullmatch(found.params.get("interface", ""))):
        around = {**where.around, "eth-trunk-id": trunk[1], **found.params}
    value = _value(found, changed_secrets) if found.row.secrets else found.value
    return Item(found.row, found.params, path, text, (*where.key, found.identity), value, around, place)


def _value(found: Statement, changed_secrets: frozenset[str]) -> tuple[str, ...]:
    """Give what a line with a secret says: every spelling of the secret is the same."""
    said = {name: _plain(found.row, name, given, changed_secrets) for name, given in found.params.items()}
    return found.row.value(said)


def _plain(row: OwnedLine, name: str, text: str, changed_secrets: frozenset[str]) -> str:
    """Give one word for every spelling of a secret, but another for a secret whose value is new."""
    if name not in row.secrets:
        return text
    named = REFERENCE.fullmatch(text)
    return "new secret" if named and named["name"] in changed_secrets else "secret"
