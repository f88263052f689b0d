"""A configuration line with its meaning: one value from where it is read to where it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TypeAlias

from inventory.lines.line import OwnedLine
from inventory.place import Place

Key: TypeAlias = tuple[tuple[str, ...], ...]
"""Identities of the views above a line and its own: two lines of one key are the same instance."""

KEPT = 1 << 16
"""Statements that are kept: a pair is rendered more than once by most commands."""
_ETH_TRUNK = re.compile(r"Eth-Trunk(\d+)")


@dataclass(frozen=True)
class Statement:
    """An owned line where it stands.

    Args:
        row: its row in the owned table.
        path: texts of the views above it, canonical, e.g. `("remote-backup-service service1",)`.
        text: canonical text, e.g. `peer 192.0.2.2 source 192.0.2.1 port 1025`. A secret stands as
            `<secret:NAME>` in intent and as the device's ciphertext when read from a device.
        params: its parameters in the device's spelling, by name, e.g. `{"peer-ip": "192.0.2.2", ...}`.
        within: the line that opens the view it stands in; nothing for one of the system view.
        identity: what tells it from its neighbours in the same view.
        key: identities of the views above it and its own.
        value: what it says, without letter case; a secret stands in it as it was read.
        is_default: the device acts the same without it.
        place: where it was written, or which part of the intent asks for it.
    """

    row: OwnedLine
    path: tuple[str, ...]
    text: str
    params: Mapping[str, str] = field(compare=False)
    within: Statement | None = field(compare=False, repr=False)
    identity: tuple[str, ...] = field(compare=False)
    key: Key = field(compare=False, repr=False)
    value: tuple[str, ...] = field(compare=False)
    is_default: bool = field(compare=False)
    place: Place | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """Name of its row, e.g. `rbs.peer`."""
        return self.row.id

    @property
    def view(self) -> Key:
        """Identities of the views above it."""
        return self.within.key if self.within else ()

    @property
    def below(self) -> tuple[str, ...]:
        """Texts of the views above a line of the view that it opens."""
        return (*self.path, self.text)

    @cached_property
    def around(self) -> Mapping[str, str]:
        """Its parameters and, with `@` before the name, those of the view that holds it.

        An Eth-Trunk interface has its number as `eth-trunk-id` too.
        """
        outside = self.within.inside if self.within else {}
        return {**outside, **self._numbered, **self.params}

    @cached_property
    def inside(self) -> Mapping[str, str]:
        """What the lines of the view that it opens have around them."""
        outside = self.within.inside if self.within else {}
        own = {**self._numbered, **self.params}
        return {**outside, **{f"@{name}": value for name, value in own.items()}}

    @property
    def _numbered(self) -> dict[str, str]:
        trunk = _ETH_TRUNK.fullmatch(self.params.get("interface", "")) if self.row.opens else None
        return {"eth-trunk-id": trunk[1]} if trunk else {}

    def at(self, within: Statement | None, place: Place | None) -> Statement:
        """Return the same line at another place."""
        return Statement(
            self.row,
            within.below if within else (),
            self.text,
            self.params,
            within,
            self.identity,
            (*within.key, self.identity) if within else (self.identity,),
            self.value,
            self.is_default,
            place,
        )


def state(
    row: OwnedLine,
    params: Mapping[str, str],
    within: Statement | None = None,
    place: Place | None = None,
) -> Statement:
    """Make the statement of a row with values.

    Args:
        row: of the owned table.
        params: values by parameter name; a flag is present with the value `yes`.
        within: the line that opens the view it stands in.
        place: where it was written.

    Raises:
        KeyError: a parameter that is not optional is absent.
    """
    said = _said(row, tuple(params.items()))
    return said.at(within, place) if within or place else said


@lru_cache(maxsize=KEPT)
def _said(row: OwnedLine, params: tuple[tuple[str, str], ...]) -> Statement:
    """Return the statement of a row with values, at no path yet."""
    given = MappingProxyType(dict(params))
    own, value, default = row.identity(given), row.value(given), row.is_default(given)
    return Statement(row, (), row.text(**given), given, None, own, (own,), value, default)
