"""Exit codes of the command line: one enum, documented in the README and tested."""

from __future__ import annotations

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


_OF_ERROR: tuple[tuple[type[HotpairError], ExitCode], ...] = (
    (IntentError, ExitCode.USAGE),
    (RefusedError, ExitCode.REFUSED),
    (RolledBackError, ExitCode.ROLLED_BACK),
    (SplitError, ExitCode.SPLIT),
    (DeviceError, ExitCode.UNKNOWN),
)


def exit_code_of(error: HotpairError) -> ExitCode:
    """Give the exit code that an error ends the command line with."""
    return next((code for kind, code in _OF_ERROR if isinstance(error, kind)), ExitCode.UNKNOWN)
