"""How master profiles stand with their peers."""

from __future__ import annotations

from dataclasses import dataclass, field

from emulator.protocols.machines.entries import Key, Kind


@dataclass(slots=True)
class Sync:
    """How a master profile stands with its peer.

    Args:
        pairing: what the last full backup was made for; a different one starts another.
        known: keys that were already offered, so that later ones count as changes.
        batch: kinds that are being sent in full; `tick_at` when the next portion leaves.
    """

    pairing: object = None
    known: set[Key] = field(default_factory=set)
    batch: set[Kind] = field(default_factory=set)
    tick_at: float = 0.0
    reconcile_at: float | None = None
