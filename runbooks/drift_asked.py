"""What every check asks of a member about its configuration, and how results speak of it.

It stands apart from `runbooks.drift`, which judges: a look at a fleet that did not change judges nothing, and
need not load what a judgement takes.
"""

from __future__ import annotations

from collections.abc import Iterable

from tasks.checks.configuration import SAVED
from tasks.checks.model import DRIFT, CheckResult, Observation, Outcome

COMMITS = "display configuration commit list verbose 10"
"""Asked in every check: whose commit was the last one, and those before it."""
COMMAND = "display current-configuration"
CHANGES = "display configuration commit changes at {commit}"
_ASKS_CHANGES = CHANGES.format(commit="")
TAGS = ("configuration",)
TITLE = "Both members hold every line of the intent and none that was taken out of it."
MISSING = "a line of the intent is not configured"
EXTRA = "a line is configured that the intent does not have"
CHANGED = "a line of the intent has another value"
ABSENT = "absent"
"""Stands in a complaint in the place of a line that is not there."""


def subject_of(name: str) -> str:
    """Name the configuration of a member, or of the pair, as results do."""
    return f"configuration of {name}"


def answered(observations: Iterable[Observation]) -> tuple[str, ...]:
    """Return those of some displays that tell whose commit a drift is."""
    commands = (one.command for one in observations)
    return tuple(one for one in commands if one == SAVED or one.startswith(_ASKS_CHANGES))


def has_drifted(results: Iterable[CheckResult]) -> bool:
    """Tell whether a member drifted, or it could not be told whether it did."""
    return any(one.check == DRIFT and one.outcome is not Outcome.SUCCESS for one in results)
