"""What the running configuration says about the terminal lines themselves.

Lines of the `user-interface` views and `header` stand outside the grammar; their text is read here with the
defaults of the command pages: 21 lines, 10 minutes of idle time, 24 lines a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulator.config.statement import Configuration, Statement

_MAXIMUM = re.compile(r"user-interface maximum-vty (\d+)$")
_RANGE = re.compile(r"user-interface vty (\d+)(?: (\d+))?$")
_IDLE = re.compile(r"idle-timeout (\d+)(?: (\d+))?$")
_SCREEN = re.compile(r"screen-length (\d+)$")
_HEADER = re.compile(r"header (login|shell) information (.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LineSettings:
    """Settings of one VTY line.

    Args:
        idle_seconds: without input until it is closed; 0 never.
        screen_length: lines of a page; 0 never pages.
    """

    idle_seconds: float = 600.0
    screen_length: int = 24


def maximum(running: Configuration) -> int:
    """Return the number of VTY lines (user-interface maximum-vty)."""
    found = (_MAXIMUM.match(statement.text) for statement in running.statements)
    return next((int(match[1]) for match in found if match), 21)


def settings(running: Configuration, line: int) -> LineSettings:
    """Return what is configured for one VTY line."""
    idle, screen = 600.0, 24
    for statement in running.statements:
        if not _covers(statement, line):
            continue
        for child in statement.children:
            waits, height = _IDLE.match(child.text), _SCREEN.match(child.text)
            idle = int(waits[1]) * 60.0 + int(waits[2] or 0) if waits else idle
            screen = int(height[1]) if height else screen
    return LineSettings(idle, screen)


def _covers(statement: Statement, line: int) -> bool:
    match = _RANGE.match(statement.text)
    return match is not None and int(match[1]) <= line <= int(match[2] or match[1])


def header(running: Configuration, kind: str) -> tuple[str, ...]:
    """Return the lines of `header login` or `header shell`; its first and last character only delimit it."""
    for statement in running.statements:
        match = _HEADER.match(statement.text)
        if match and match[1] == kind:
            text = match[2]
            return tuple(
                (text[1:-1] if text[0] == text[-1] and len(text) > 1 else text)
                .replace("\\n", "\n")
                .split("\n")
            )
    return ()
