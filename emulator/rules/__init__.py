"""What the device refuses: dependency rules as tables, checked on entry of a line and on commit.

Rules that are not refusals stand elsewhere: what a line changes beyond itself (R12, R57 to R64) in
`config.effects`, undo forms (R67, R68) in the grammar's data, questions (R57, R58) in the terminal. Advice on
order and procedure (R13, R20, R26, R35, R52, R54) and what only the network can tell (R3: an RBS whose
addresses reach nowhere stays disconnected) is not refused. Nor is R47: no documented line applies an IPsec
instance to a policy, so nothing tells that its profile is frozen.
"""

from __future__ import annotations

from emulator.config.statement import Configuration
from emulator.rules.commit import COMMIT_RULES
from emulator.rules.entry import ENTRY_RULES, governing
from emulator.rules.model import Refusal, Situation

__all__ = ["COMMIT_RULES", "ENTRY_RULES", "Refusal", "Situation", "on_commit", "on_entry"]


def on_entry(situation: Situation) -> Refusal | None:
    """Check a line against the rules that govern its command; give the first refusal."""
    match = situation.match
    for rule in governing(match.command, undo=match.undo):
        if not rule.holds(situation):
            return Refusal(rule.message.format_map(_Words(match.params)), rule.id)
    return None


class _Words(dict[str, str]):
    """Parameters for a message; one that the line does not have stays blank."""

    def __missing__(self, name: str) -> str:
        return ""


def on_commit(configuration: Configuration) -> tuple[Refusal, ...]:
    """Check a whole candidate; give every refusal."""
    return tuple(
        Refusal(rule.message.format(word), rule.id)
        for rule in COMMIT_RULES
        for word in rule.find(configuration)
    )
