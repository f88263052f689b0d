"""Owned lines as the planner sees them: by what they are, and without the spelling of secrets."""

from __future__ import annotations

import re
from collections.abc import Collection, ItemsView, Iterable, Iterator, Mapping, ValuesView
from dataclasses import replace

from inventory.facts import ConfigLine, ConfigTree, Foreign
from inventory.lines import OwnedLine, Statement, state
from inventory.lines.eth_trunk import IF_ETH_TRUNK_JOIN
from inventory.lines.interface import IF_ENTER
from inventory.lines.keys import REFERENCE
from inventory.lines.statement import Key
from parsers.tree import known_lines

_MADE_BY_ENTERING = re.compile(r"(Eth-Trunk|Vlanif|LoopBack|Global-VE|Virtual-Ethernet).*|.*\.\d+")


def stays(line: Statement) -> bool:
    """Tell whether a line opens an object that is not ours to take away: a physical port, a pool, a VSI."""
    return line.row.holder and not _MADE_BY_ENTERING.fullmatch(line.params.get("interface", ""))


class Items(Mapping[Key, Statement]):
    """Items by key; those of a row and of a view are found without looking at the others."""

    def __init__(self, items: dict[Key, Statement]) -> None:
        self._items = items
        self._found: dict[tuple[str, ...], dict[tuple[str, ...], list[Statement]]] = {}
        self._views: dict[Key, list[Statement]] | None = None
        self._places: dict[Key, int] | None = None

    def __getitem__(self, key: Key) -> Statement:
        """Return the item of a key."""
        return self._items[key]

    def __iter__(self) -> Iterator[Key]:
        """Return the keys in the order of the lines."""
        return iter(self._items)

    def __len__(self) -> int:
        """Count the items."""
        return len(self._items)

    def items(self) -> ItemsView[Key, Statement]:
        """Return keys and items."""
        return self._items.items()

    def values(self) -> ValuesView[Statement]:
        """Return the items."""
        return self._items.values()

    def where(self, row: str, values: Mapping[str, str]) -> tuple[Statement, ...]:
        """Return the items of a row that have values around them; letter case makes no difference."""
        index = self._index((row, *values))
        return tuple(index.get(tuple(value.casefold() for value in values.values()), ()))

    def in_order(self, keys: Collection[Key]) -> list[Key]:
        """Return keys in the order of the lines."""
        if self._places is None:
            self._places = {key: place for place, key in enumerate(self._items)}
        return sorted(keys, key=self._places.__getitem__)

    def in_view(self, view: Key) -> tuple[Statement, ...]:
        """Return the items that stand in a view."""
        if self._views is None:
            self._views = {}
            for item in self._items.values():
                self._views.setdefault(item.view, []).append(item)
        return tuple(self._views.get(view, ()))

    def _index(self, by: tuple[str, ...]) -> dict[tuple[str, ...], list[Statement]]:
        if by not in self._found:
            row, *names = by
            index: dict[tuple[str, ...], list[Statement]] = {}
            for item in self._rows().get((row,), ()) if names else self._items.values():
                values = tuple(item.around.get(name, "").casefold() for name in names)
                if item.row.id == row:
                    index.setdefault(values, []).append(item)
            self._found[by] = index
        return self._found[by]

    def _rows(self) -> dict[tuple[str, ...], list[Statement]]:
        rows = self._found.get(())
        if rows is None:
            rows = {}
            for item in self._items.values():
                rows.setdefault((item.row.id,), []).append(item)
            self._found[()] = rows
        return rows


def read_items(lines: Iterable[Statement], changed_secrets: frozenset[str] = frozenset()) -> Items:
    """Return statements as items by key, with the views that hold them.

    Lines at which the device acts as without them are left out.

    Args:
        lines: of an intent.
        changed_secrets: names of secrets whose value is new; the device's ciphertext does not stand for them.
    """
    items: dict[Key, Statement] = {}
    for line in lines:
        for opening in (*_trunks(line), *_openings(line)):
            if opening.key not in items:
                items[opening.key] = opening.at(opening.within, opening.place or line.place)
        if not line.is_default:
            items.setdefault(line.key, _without_secrets(line, changed_secrets))
    return Items(items)


def items_of(tree: ConfigTree, changed_secrets: frozenset[str] = frozenset()) -> Items:
    """Read the owned lines of a configuration, and the views that hold them, as items by key."""
    return owned_and_foreign(tree, changed_secrets)[0]


def owned_and_foreign(
    tree: ConfigTree, changed_secrets: frozenset[str] = frozenset()
) -> tuple[Items, tuple[ConfigLine, ...]]:
    """Split a configuration into its owned lines, as items by key, and the foreign ones."""
    items: dict[Key, Statement] = {}
    foreign: list[ConfigLine] = []
    for line in known_lines(tree):
        if isinstance(line.said, Foreign):
            foreign.append(line)
        elif not line.said.is_default:
            items[line.said.key] = _without_secrets(line.said, changed_secrets)
    return Items(items), tuple(foreign)


def same_configuration(one: ConfigTree, other: ConfigTree) -> bool:
    """Tell whether two configurations say the same, but for order, case, default lines and ciphertext."""
    return one is other or _said(one) == _said(other)


def _said(tree: ConfigTree) -> tuple[dict[Key, tuple[str, ...]], list[tuple[tuple[str, ...], str]]]:
    items, others = owned_and_foreign(tree)
    foreign = [(line.path, line.text) for at in others for _, line in ConfigTree((at,)).walk()]
    return {key: item.value for key, item in items.items() if not stays(item)}, sorted(foreign)


def _trunks(line: Statement) -> tuple[Statement, ...]:
    """Return the Eth-Trunk that a port joins: it must exist though no line of it may be wanted."""
    if line.row is not IF_ETH_TRUNK_JOIN:
        return ()
    return (state(IF_ENTER, {"interface": f"Eth-Trunk{line.params['trunk-id']}"}),)


def _openings(line: Statement) -> tuple[Statement, ...]:
    """Return the lines that open the views that hold a line, the outermost first."""
    return (*_openings(line.within), line.within) if line.within else ()


def _without_secrets(line: Statement, changed_secrets: frozenset[str]) -> Statement:
    """Return a line that says the same as one with any other spelling of its secrets."""
    if not line.row.secrets:
        return line
    said = {name: _plain(line.row, name, given, changed_secrets) for name, given in line.params.items()}
    return replace(line, value=line.row.value(said))


def _plain(row: OwnedLine, name: str, text: str, changed_secrets: frozenset[str]) -> str:
    """Return one word for every spelling of a secret, but another for a secret whose value is new."""
    if name not in row.secrets:
        return text
    named = REFERENCE.fullmatch(text)
    return "new secret" if named and named["name"] in changed_secrets else "secret"
