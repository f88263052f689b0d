"""A configuration line with its meaning: what is known of it from one reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inventory.lines.line import OwnedLine


@dataclass(frozen=True, slots=True)
class Statement:
    """An owned line as it was read.

    Args:
        row: its row in the owned table.
        params: its parameters in the device's spelling.
        identity: what tells it from its neighbours in the same view.
        value: what it says, without letter case; a secret stands in it as it was read.
        is_default: the device acts the same without it.
    """

    row: OwnedLine
    params: Mapping[str, str]
    identity: tuple[str, ...]
    value: tuple[str, ...]
    is_default: bool
