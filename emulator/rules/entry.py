"""Rules that are checked when a line is entered.

A line that refers to an object needs it first; what can't be changed in place must be undone first; what is
referred to can't be deleted.
"""

from __future__ import annotations

from functools import lru_cache

from emulator.rules import backup, gateways, services, trunks
from emulator.rules.model import Rule

ENTRY_RULES: tuple[Rule, ...] = (*trunks.RULES, *gateways.RULES, *services.RULES, *backup.RULES)
"""Every rule; a line meets those of its command in this order."""


@lru_cache(maxsize=1024)
def governing(command: str, *, undo: bool) -> tuple[Rule, ...]:
    """Return the rules for a command and its undo form."""
    when_undone = ("undo", "both") if undo else ("line", "both")
    return tuple(rule for rule in ENTRY_RULES if command in rule.commands and rule.on in when_undone)
