"""What typing a line, or its undo, does to traffic.

Source: the command pages and the state machines. Where they say nothing, the row says so with the reason,
and the line counts as one that affects service.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Impact(StrEnum):
    """What typing a line does to traffic. Unknown counts as affecting."""

    HITLESS = "hitless"
    RESETS_SESSION = "resets a session"
    AFFECTS_SERVICE = "service-affecting"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody says what typing a line does.

    Args:
        reason: where it was looked for.
    """

    reason: str


HITLESS, RESETS, AFFECTS = Impact.HITLESS, Impact.RESETS_SESSION, Impact.AFFECTS_SERVICE
UNSAID = Unknown("neither the command's page nor the state machines speak of traffic")
NO_UNDO = Unknown("the device has no undo for it; it belongs to others and is never taken away")

Effect = tuple[Impact | Unknown, Impact | Unknown]
"""Of the line typed, and of its undo."""


def counted(impact: Impact | Unknown) -> Impact:
    """Return the class that counts in a plan."""
    return AFFECTS if isinstance(impact, Unknown) else impact
