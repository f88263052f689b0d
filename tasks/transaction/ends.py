"""How a transaction can end, who decided it, and what the operator types next."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from inventory.errors import DeviceError, HotpairError, RefusedError, RolledBackError, SplitError


class End(StrEnum):
    """The name of an end; the same in JSON, history and certificate."""

    DONE = "done"
    """Both members were seen new, and saved."""
    NOTHING = "nothing to do"
    """Both members hold the intent, saved, and nobody is at work on them."""
    REFUSED = "refused"
    """A gate stood in the way; nothing was sent."""
    UNCHANGED = "unchanged"
    """Nothing was committed; the candidates are dropped."""
    AS_BEFORE = "as before"
    """It was begun, and both members were seen as before again."""
    UNSETTLED = "unsettled"
    """A member was not seen, or both are new and one is not saved; nothing is lost yet."""
    SPLIT_MIXED = "split: mixed"
    """Both members were seen, and they differ."""
    SPLIT_HAZARD = "split: hazard"
    """One member was kept new, or may have been, and nothing tells what the other one is."""
    ABANDONED = "abandoned"
    """An operator had it forgotten."""


class Decider(StrEnum):
    """Who brought an end about."""

    HOTPAIR = "Hotpair"
    TIMER_A = "the timer of a"
    TIMER_B = "the timer of b"
    OPERATOR = "an operator"
    REBOOT = "a reboot"
    UNKNOWN = "not known"


PROBLEMS: Mapping[End, tuple[type[HotpairError], str]] = {
    End.REFUSED: (RefusedError, "nothing was sent"),
    End.UNCHANGED: (RefusedError, "nothing was committed"),
    End.AS_BEFORE: (RolledBackError, "both members are as before"),
    End.UNSETTLED: (DeviceError, "not settled yet"),
    End.SPLIT_MIXED: (SplitError, "the members differ"),
    End.SPLIT_HAZARD: (SplitError, "one member may be kept new, and nothing tells what the other one is"),
}
"""The error that each end is to an operator; an end without a row is none."""

GOOD = frozenset(set(End) - set(PROBLEMS))
"""Ends that are no error."""

OPEN = frozenset({End.UNSETTLED, End.SPLIT_MIXED, End.SPLIT_HAZARD})
"""Ends after which `resume` has work to do."""


_RESUME, _SHOW, _PLAN = "hotpair txn resume {id}", "hotpair txn show {id}", "hotpair plan {pair}"
_NEXT: Mapping[End, str] = {
    End.REFUSED: _PLAN,
    End.UNCHANGED: _SHOW,
    End.AS_BEFORE: _SHOW,
    End.UNSETTLED: _RESUME,
    End.SPLIT_MIXED: _RESUME,
    End.SPLIT_HAZARD: _RESUME,
    End.ABANDONED: _PLAN,
}


def next_command(end: End, transaction: str, pair: str) -> str:
    """Return the command to type after an end; empty where there is nothing to type."""
    return _NEXT.get(end, "").format(id=transaction, pair=pair)
