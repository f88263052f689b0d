"""Who has a configuration session on a device, and who holds its lock.

Source: Huawei NE40E command reference, display configuration sessions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SESSION_ROW = re.compile(
    r"[ \t]*(?P<session>\d+)[ \t]*(?P<own>\*?)[ \t]+(?:(?P<line>(?:CON|VTY|TTY|AUX) \d+)[ \t]+)?"
    r"(?P<user>\S+)[ \t]+(?P<since>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\S*(?: DST)?)[ \t]+(?P<lock>[*-])[ \t]*"
)
_SESSION_FRAME = re.compile(r"(?i)\s*(?:-+|Session\s+User-Intf\s+User\s+Date\s+Lock)?\s*")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One row of `display configuration sessions`.

    Args:
        session: its number.
        own: whether it is the one that asks.
        line: e.g. `VTY 1`; empty for SNMP and NETCONF.
        user: who it is.
        since: date and time as the device shows it.
        locks: whether it holds the exclusive lock.
    """

    session: str
    own: bool
    line: str
    user: str
    since: str
    locks: bool

    def __str__(self) -> str:
        """Show as `session 61 (ops-b, VTY 1, since 2024-03-05 09:58:30)`."""
        where = f", {self.line}" if self.line else ""
        return f"session {self.session} ({self.user}{where}, since {self.since})"


def read_sessions(text: str) -> tuple[SessionRow, ...] | None:
    """Read `display configuration sessions`; nothing when a line is not understood, or no row is its own."""
    rows: list[SessionRow] = []
    for line in text.split("\n"):
        row = _SESSION_ROW.fullmatch(line)
        if row is not None:
            rows.append(
                SessionRow(
                    row["session"],
                    row["own"] == "*",
                    row["line"] or "",
                    row["user"],
                    row["since"],
                    row["lock"] == "*",
                )
            )
        elif not _SESSION_FRAME.fullmatch(line):
            return None
    return tuple(rows) if any(row.own for row in rows) else None


def foreign_locks(text: str) -> tuple[SessionRow, ...] | None:
    """Return the other sessions that hold the lock in `display configuration sessions`.

    Nothing when a row cannot be read, since it may be the one that holds it, or when one's own is not there.
    """
    rows = read_sessions(text)
    return None if rows is None else tuple(row for row in rows if row.locks and not row.own)
