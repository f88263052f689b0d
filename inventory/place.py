"""Where something was written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: a file or device, a line number, and a YAML path for intent."""

    source: str
    line: int | None = None
    path: str | None = None

    def __str__(self) -> str:
        """Show as `source:line (path)`."""
        head = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{head} ({self.path})" if self.path else head
