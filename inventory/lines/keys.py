"""How a key is named in a line before it is typed: `<secret:NAME>`, where a key belongs and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inventory.lines import OWNED

REFERENCE = re.compile(r"<secret:(?P<name>[^<>]+)>")
"""A key by its name, in a line that is not typed yet."""

_KEYED = tuple(row for row in OWNED.values() if row.secrets)


def named_keys(text: str) -> tuple[str, ...]:
    """Return the names of the keys of a line, each the whole value of a parameter that holds a key.

    A name in any other place, such as a description, is text like any other.
    """
    return tuple(_named(text)) if "<secret:" in text else ()


def _named(text: str) -> Iterator[str]:
    for row in _KEYED:
        params = row.read(text) or {}
        for param in sorted(params.keys() & row.secrets):
            found = REFERENCE.fullmatch(params[param])
            if found is not None:
                yield found["name"]
