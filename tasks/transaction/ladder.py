"""The ways to be safe against our own death, strongest first; see `safety` for how each is taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """One way to be safe.

    Args:
        name: what the report says.
        trial: whether the device reverts by itself.
        persists: whether any session can confirm or abort by the transaction's id.
    """

    name: str
    trial: bool
    persists: bool


PERSISTENT = SafetyLine("trial with persist id", trial=True, persists=True)
BOUND = SafetyLine("trial bound to our session", trial=True, persists=False)
LABELLED = SafetyLine("labelled commit with a recorded rollback point", trial=False, persists=False)
LADDER = (PERSISTENT, BOUND, LABELLED)
