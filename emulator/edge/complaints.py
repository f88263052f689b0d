"""What the emulator says on standard error: each thing once, and never so much that an unread pipe fills."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

_MOST = 40
_LONGEST = 300


@dataclass(slots=True)
class Complaints:
    """Says each thing once."""

    _said: set[str] = field(default_factory=set)

    def say(self, text: str) -> None:
        """Write a line, unless it was written before or enough was."""
        line = " ".join(text.split())[:_LONGEST]
        if line in self._said or len(self._said) >= _MOST:
            return
        self._said.add(line)
        sys.stderr.write(f"emulator: {line}\n")
        sys.stderr.flush()

    def of_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Tell what the event loop could not do, without a traceback."""
        cause = context.get("exception")
        self.say(f"{context.get('message', 'something failed')}" + (f": {cause!r}" if cause else ""))
