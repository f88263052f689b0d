"""Exit codes of the command line: one enum, documented in the README and tested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

from inventory.errors import (
    DeviceError,
    HotpairError,
    IntentError,
    RefusedError,
    RolledBackError,
    SplitError,
)


class ExitCode(IntEnum):
    """What a run of the command line ended with."""

    DONE = 0
    """Done, nothing wrong."""
    FINDINGS = 1
    """Findings, or failed checks: the network or the intent is wrong; not ready; entries lost in a drill."""
    USAGE = 2
    """Wrong usage, or an intent that cannot be."""
    UNKNOWN = 3
    """Could not tell: unreachable, refused login, text that no rule knows."""
    REFUSED = 4
    """Refused by a gate: nothing was sent."""
    ROLLED_BACK = 5
    """Changed and rolled back: both members are as before."""
    SPLIT = 6
    """Split pair: one member is new, the other old; after a drill, the pair is not as it was."""
    CHANGES = 10
    """The plan has changes (`plan` only)."""


OF_LOOKS = (ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.UNKNOWN, ExitCode.REFUSED)
"""Which of several ends of looking is said: what is known to be wrong comes first."""
OF_CHANGES = (
    ExitCode.SPLIT, ExitCode.ROLLED_BACK, ExitCode.UNKNOWN, ExitCode.REFUSED, ExitCode.USAGE,
    ExitCode.FINDINGS, ExitCode.CHANGES,
)  # fmt: skip
"""Which of several ends of changing is said: what needs a hand most comes first."""


def worst(ends: Iterable[ExitCode], order: Sequence[ExitCode]) -> ExitCode:
    """Return the end that is said where pairs end differently.

    Args:
        ends: of each pair.
        order: `OF_LOOKS` or `OF_CHANGES`; where none of it is met, all is done.
    """
    met = set(ends)
    return next((code for code in order if code in met), ExitCode.DONE)


_OF_ERROR: tuple[tuple[type[HotpairError], ExitCode], ...] = (
    (IntentError, ExitCode.USAGE),
    (RefusedError, ExitCode.REFUSED),
    (RolledBackError, ExitCode.ROLLED_BACK),
    (SplitError, ExitCode.SPLIT),
    (DeviceError, ExitCode.UNKNOWN),
)


def exit_code_of(error: HotpairError) -> ExitCode:
    """Return the exit code that an error ends the command line with."""
    return next((code for kind, code in _OF_ERROR if isinstance(error, kind)), ExitCode.UNKNOWN)
