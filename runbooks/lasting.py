"""What in an answer lasts: two looks at a router of which nothing changed differ in the rest alone."""

from __future__ import annotations

from typing import Any

RUNNING = frozenset(
    {
        *("sent", "received", "time", "uptime", "expires", "left_s", "session", "lacp_sent", "lacp_received"),
        "user_interface",  # our own line is another one each time
    }
)
"""Fields that change by themselves while nothing happens."""


def lasting(value: Any) -> Any:
    """Return a value of records without what changes by itself: running fields, and who is logged in."""
    if isinstance(value, dict):
        return {name: lasting(inner) for name, inner in value.items() if name not in RUNNING}
    if isinstance(value, list):
        return [lasting(inner) for inner in value if not _is_a_login(inner)]
    return value


def _is_a_login(row: Any) -> bool:
    """Tell whether a row is a session that holds no lock: ours, or that of somebody who looks as we do."""
    return isinstance(row, dict) and "own" in row and row.get("lock") is False
