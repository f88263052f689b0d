"""Neighbours of interior routing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from emulator.protocols.wires import End


class AdjacencyKey(NamedTuple):
    """A neighbour: over which interface, by which protocol, to which interface."""

    interface: str
    protocol: str
    far: End


@dataclass(slots=True)
class Adjacency:
    """A neighbour relation.

    Args:
        full_at: when it becomes, or became, full; `full` from then on.
        lost_at: when it is dropped unless heard again; None while heard.
    """

    process: int
    area: str
    full_at: float
    full: bool = False
    lost_at: float | None = None
