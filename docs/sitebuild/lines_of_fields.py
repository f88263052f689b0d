"""Which configuration lines a key of the intent becomes: seen by rendering pairs that hold every key.

A rendered line names the place of the intent that asks for it. A key that no line names alone is a parameter
of a line of its object, or else belongs to all lines of the object.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import chain

from inventory.lines import OWNED
from inventory.model import SIDES, Pair
from tasks.render import SOURCES
from tests.walk.documents import (
    ORDINARY,
    VALUES,
    Change,
    Document,
    Taken,
    changed,
    given,
    read,
    refusal,
)
from tests.walk.model import leaves

_SAID = {
    "backup_profiles[].name": ("rbp.create",),
    "backup_profiles[].service": ("rbp.backup-id",),
    "e_trunks[].members[].only": ("if.e-trunk",),
    "e_trunks[].members[].remote": ("if.e-trunk",),
    "interfaces[].vrrp[].vrid": ("vrrp.create",),
    "interfaces[].vrrp6[].vrid": ("vrrp6.create",),
    "system.igmp_snooping_instances[].instance": ("igs.inst", "vsi.igs.inst"),
}
"""Keys whose line has another name for them."""
Origins = Mapping[str, Sequence[str]]
"""Rows of lines by the place that asks for them; `[]` is any entry of a list."""


def lines_of_fields() -> dict[str, tuple[str, ...]]:
    """Return the rows of lines of every key of the intent, by its path."""
    origins = _origins()
    return {leaf.path: tuple(_rows(leaf.path, origins)) for leaf in leaves()}


def _rows(path: str, origins: Origins) -> Sequence[str]:
    """Return the rows of one key."""
    own = path.removesuffix("[]")
    if own in origins or own in _SAID:
        return _SAID.get(own) or origins[own]
    parent, _, field = own.rpartition(".")
    if not parent:
        return ()
    name = field.replace("_", "-")
    above = origins.get(parent.removesuffix("[]"), ())
    near = [row for place, rows in origins.items() if place.rpartition(".")[0] == parent for row in rows]
    parameters = [row for row in (*above, *near) if _holds(row, name)]
    return [row for row in above if row in parameters] or parameters or above or _rows(parent, origins)


def _holds(row: str, name: str) -> bool:
    return any(param == name or param.startswith(f"{name}-") for param in OWNED[row].params)


def _origins() -> Origins:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    changes = [one for one in chain.from_iterable(map(given, _walked())) if not refusal(one)]
    for document in _documents(changes):
        pair = Pair.model_validate(document)
        for side in SIDES:
            for line in chain.from_iterable(source(pair, side) for source in SOURCES):
                asked = line.place.path if line.place else None
                found[re.sub(r"\[\d+\]", "[]", asked or "").removesuffix("[]")][line.row.id] = None
    return {place: tuple(rows) for place, rows in found.items()}


def _walked() -> Iterator[str]:
    return (leaf.path for leaf in leaves() if leaf.path not in VALUES["not walked"])


def _documents(changes: Sequence[Change]) -> Iterator[Document]:
    """Yield few pair files that hold all changes together: as many in each as are a pair."""
    while changes:
        taken: list[Change] = []
        document, taken = _filled(deepcopy(ORDINARY), changes, taken)
        yield document
        left = [change for change in changes if change not in taken]
        changes = left if len(left) < len(changes) else ()


def _filled(
    document: Document, changes: Sequence[Change], taken: list[Change]
) -> tuple[Document, list[Change]]:
    """Take changes in, all at once or half by half; what cannot be is left."""
    fitting: list[Change] = []
    known = Taken(taken)
    for change in changes:
        if known.has_room_for(change):
            known.add(change)
            fitting.append(change)
    made = changed(document, *fitting)
    if not isinstance(read(made), str):
        return made, [*taken, *fitting]
    if len(fitting) == 1:
        return document, taken
    half = len(fitting) // 2
    document, taken = _filled(document, fitting[:half], taken)
    return _filled(document, fitting[half:], taken)
