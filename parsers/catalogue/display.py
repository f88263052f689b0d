"""What is known of a display: how it is asked for, which template reads it, which record it gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Display:
    """One form of answer.

    Args:
        syntax: how the command is written, for help and errors.
        command: expression for the whole command, lower case, single blanks.
        template: name of the template, without its ending; `PACKAGE:NAME` where it lies in another package.
        record: type of each record.
        rewrites: expressions and what takes their place in a line, before anything else: where the device
            loses the end of a line, or writes the same thing in two orders.
        opens_with_time: the answer itself begins with a moment.
        verbatim: blanks and rules of dashes are part of the answer.
        logs: lines of the log are the answer.
        whole: labels and titles that every whole answer holds, labels of a record once in each; of a text
            that is verbatim, its last line.
    """

    syntax: str
    command: str
    template: str
    record: type[Any]
    rewrites: tuple[tuple[str, str], ...] = ()
    opens_with_time: bool = False
    verbatim: bool = False
    logs: bool = False
    whole: tuple[str, ...] = ()

    def lines(self, line: str) -> list[str]:
        """Rewrite a line; it may become several."""
        for pattern, replacement in self.rewrites:
            line = re.sub(pattern, replacement, line, flags=re.IGNORECASE)
        return line.split("\n")
