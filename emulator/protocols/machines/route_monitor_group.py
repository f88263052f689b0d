"""Route monitor groups."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class RouteMonitor:
    """A running group: the weight that counts, and when it falls to what is lost now."""

    down_weight: int = 0
    falls_at: float | None = None
