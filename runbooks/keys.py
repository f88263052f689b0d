"""Which keys a plan types anew: ciphertext never tells whether a key is the wanted one.

A key is typed when its value has changed since the last deployment from here, when a device shows in clear
that it holds another one, and when the operator asks for it (a key that somebody typed wrong).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from inventory.errors import IntentError
from inventory.facts import ConfigLine, ConfigTree
from inventory.lines import Statement, state
from inventory.lines.keys import REFERENCE
from inventory.model import SIDES, Pair, Side
from inventory.secrets import Secret
from parsers.ciphertext import in_clear
from runbooks.secret_marks import changed_secrets, has_marks
from tasks.plan.items import items_of, read_items
from tasks.plan.model import PairPlan
from tasks.plan.pair import plan_pair
from tasks.render import facts


@dataclass(frozen=True, slots=True)
class Keys:
    """What is known of a pair's keys when it is planned.

    Args:
        secrets: values of the intent's secrets, by name.
        marks: folder of the marks that tell which of them are new.
        retype: type all of them anew, on both members.
    """

    secrets: Mapping[str, Secret]
    marks: Path
    retype: bool = False


def keys_are_read(pair: Pair, marks: Path, *, retype: bool = False) -> bool:
    """Tell whether the values of the secrets are needed to plan a pair."""
    return (
        retype
        or has_marks(marks, pair.name)
        or any(in_clear(fact.text) for side in SIDES for fact in facts(pair, side))
    )


def plan_with_keys(
    pair: Pair, running: Mapping[Side, ConfigTree], keys: Keys, *, remove: bool = False
) -> PairPlan:
    """Plan both members, with the keys that have to be typed anew.

    Args:
        pair: intent.
        running: configuration of each member, by side.
        keys: what is known of the keys.
        remove: take the pair away instead of building it.

    Raises:
        IntentError: keys of a pair that is taken away were to be typed.
        RefusedError: as for `plan_pair`.
    """
    if remove and keys.retype:
        raise IntentError("a pair that is taken away has no keys to type", wanted="one of both options")
    if remove:
        return plan_pair(pair, running, remove=True)
    read = {side: _read(pair, side, running[side], keys.secrets) for side in SIDES}
    changed = changed_secrets(keys.marks, pair.name, keys.secrets).union(
        *(one.wrong for one in read.values())
    )
    if keys.retype:
        changed |= keys.secrets.keys()
    return plan_pair(pair, {side: one.tree for side, one in read.items()}, changed_secrets=changed)


@dataclass(frozen=True, slots=True)
class _Read:
    """A member's configuration in which each key that is seen to be the wanted one stands as its name.

    Args:
        tree: the configuration.
        wrong: names of secrets in whose place another key is seen.
    """

    tree: ConfigTree
    wrong: frozenset[str]


def _read(pair: Pair, side: Side, tree: ConfigTree, secrets: Mapping[str, Secret]) -> _Read:
    present, wrong = items_of(tree), set()
    for key, item in read_items(facts(pair, side)).items():
        there = present.get(key)
        if there is None or not in_clear(there.text):
            continue
        for param, name in _named(item):
            if name not in secrets or param not in there.params:
                continue
            if there.params[param] == secrets[name].reveal():
                params = {**there.params, param: item.params[param]}
                tree = _replaced(tree, there, state(there.row, params, there.within, there.place))
            else:
                wrong.add(name)
    return _Read(tree, frozenset(wrong))


def _named(item: Statement) -> Iterator[tuple[str, str]]:
    """Yield the parameters that are secrets, each with the name of its secret."""
    for param, value in item.params.items():
        found = REFERENCE.fullmatch(value)
        if found is not None:
            yield param, found["name"]


def _replaced(tree: ConfigTree, old: Statement, new: Statement) -> ConfigTree:
    """Put another line in the place of one."""
    return ConfigTree(_swapped(tree.lines, (*old.path, old.text), new))


def _swapped(lines: tuple[ConfigLine, ...], path: tuple[str, ...], new: Statement) -> tuple[ConfigLine, ...]:
    return tuple(
        line
        if line.text != path[0]
        else replace(line, said=new)
        if len(path) == 1
        else replace(line, children=_swapped(line.children, path[1:], new))
        for line in lines
    )
