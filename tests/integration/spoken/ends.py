"""The three ends of a command: good, refused, split; and why some command never comes to one of them."""

from __future__ import annotations

from enum import StrEnum

from hotpair.exit_codes import ExitCode


class End(StrEnum):
    """How a command can end, as far as its texts are kept whole."""

    GOOD = "good"
    REFUSED = "refused"
    SPLIT = "split"


_CODES = {
    End.GOOD: {ExitCode.DONE, ExitCode.CHANGES},
    End.REFUSED: {ExitCode.USAGE, ExitCode.REFUSED},
    End.SPLIT: {ExitCode.SPLIT},
}
_TAKES_BACK = {"txn abort", "txn adopt"}
"""Commands for which "rolled back" is the end that was wanted."""
_LOOKS = "it changes no router"
_OFFLINE = "it asks no router"
_TWIN = "the twin is its own, and no router changes"
NEVER: dict[tuple[str, End], str] = {
    ("archive export", End.SPLIT): _OFFLINE,
    ("archive forget", End.SPLIT): _OFFLINE,
    ("archive import", End.SPLIT): _OFFLINE,
    ("archive info", End.SPLIT): _OFFLINE,
    ("archive prune", End.SPLIT): _OFFLINE,
    ("backup now", End.SPLIT): "it starts batch backups, and changes no configuration",
    (
        "certify",
        End.SPLIT,
    ): "it plays on emulated routers in virtual time; a split that is told is played as it should",
    ("checks", End.SPLIT): _OFFLINE,
    ("compare", End.SPLIT): _LOOKS,
    ("demo", End.SPLIT): "its routers are its own, and nobody else reaches them",
    ("diff", End.SPLIT): _OFFLINE,
    ("emulate", End.SPLIT): "its routers are its own",
    ("explain", End.SPLIT): _OFFLINE,
    ("fleet check", End.SPLIT): _LOOKS,
    ("fleet schedule", End.SPLIT): _OFFLINE,
    ("history", End.SPLIT): _OFFLINE,
    ("lab", End.SPLIT): "its routers are its own",
    ("learn", End.SPLIT): _LOOKS,
    ("lint", End.SPLIT): _OFFLINE,
    ("list", End.SPLIT): _OFFLINE,
    ("parse", End.SPLIT): _OFFLINE,
    ("plan", End.SPLIT): _LOOKS,
    ("ready", End.SPLIT): _LOOKS,
    ("rehearse", End.SPLIT): _TWIN,
    ("rejudge", End.SPLIT): _OFFLINE,
    ("render", End.SPLIT): _OFFLINE,
    ("replay", End.SPLIT): _OFFLINE,
    ("rules", End.SPLIT): _OFFLINE,
    ("runs", End.SPLIT): _OFFLINE,
    ("serve", End.SPLIT): _OFFLINE,
    ("status", End.SPLIT): _OFFLINE,
    ("support", End.SPLIT): _OFFLINE,
    ("trust", End.SPLIT): _LOOKS,
    ("txn abort", End.SPLIT): "it is refused once a may have been kept, and before that nothing is kept",
    ("txn forget", End.SPLIT): "it leaves the members as they are, and says what they are",
    ("txn list", End.SPLIT): _LOOKS,
    ("txn show", End.SPLIT): _OFFLINE,
    ("verify", End.SPLIT): _LOOKS,
    ("watch", End.SPLIT): _LOOKS,
    ("worker", End.SPLIT): "it goes on whatever becomes of a pair: `fleet deploy` and `fleet follow` tell it",
}
"""Why a command never comes to an end."""


def ends_of(name: str, codes: set[int]) -> set[End]:
    """Return the ends that a command came to.

    Args:
        name: of the command.
        codes: exit codes that it ended with.
    """
    met = {end for end, those in _CODES.items() if those & codes}
    return met | ({End.GOOD} if name in _TAKES_BACK and ExitCode.ROLLED_BACK in codes else set())
