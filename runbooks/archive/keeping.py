"""Keep what a command found; trouble with the archive is told and takes no verdict away."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inventory.errors import ArchiveError
from runbooks.archive.held import held_of
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.store import Origin, RunInputs, keep_in
from runbooks.report.run import Run


def this_origin(ticket: str = "") -> Origin:
    """Tell who runs this command, and where."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no name for this user id, as in a bare container
        user = ""
    return Origin(user, socket.gethostname(), ticket)


_TOGETHER = 20
"""Runs of one transaction of the database: what a killed check loses at most of what it was about to keep."""


@dataclass(frozen=True, slots=True)
class ToKeep:
    """A run that is to be kept.

    Args:
        run: what was done and seen.
        intent: the pair file that it was judged by; nothing where nobody knows it any more.
        judged_by: digest of what a check was judged by; empty where nothing is to be remembered of it.
        journals: folder in which the journal of its transaction lies; nothing where it had none.
    """

    run: Run
    intent: Path | None
    judged_by: str = ""
    journals: Path | None = None

    @property
    def journal(self) -> str:
        """Return the journal of its transaction; nothing secret is in it."""
        if self.journals is None or not self.run.transaction:
            return ""
        from tasks.transaction.journal import journal_path  # a look at a fleet has none

        return text_of(journal_path(self.journals, self.run.transaction))


def keep_all(
    place: Path | str, runs: Sequence[ToKeep], policy: Path | None, ticket: str = ""
) -> ArchiveError | None:
    """Keep runs; give the error that the operator is told when that was not to be.

    Args:
        place: file or URL of the archive.
        runs: in their order.
        policy: the policy file, where there is one.
        ticket: change ticket.

    Raises:
        IntentError: the place is none.
    """
    told = policy.read_text(encoding="utf-8") if policy is not None and policy.is_file() else ""
    try:
        with open_archive(place) as archive:
            keep_many(archive, runs, told, ticket)
    except ArchiveError as error:
        error.next_command = error.next_command or "hotpair archive info"
        return error
    return None


def keep_many(archive: Archive, runs: Sequence[ToKeep], policy: str, ticket: str = "") -> None:
    """Keep runs, some at a time; where some cannot be kept together, each by itself.

    One run's trouble is no other's. Where several in a row cannot be kept it is the archive's, and the rest
    is not tried.

    Args:
        archive: where.
        runs: in their order.
        policy: text of the policy.
        ticket: change ticket.

    Raises:
        ArchiveError: why the first of those that could not be kept was not.
    """
    origin = this_origin(ticket)

    def keep(part: Sequence[ToKeep]) -> None:
        with archive.writing() as connection:
            held = held_of(connection, [one.run for one in part])
            for one in part:
                inputs = RunInputs(text_of(one.intent), policy, one.journal, judged_by=one.judged_by)
                keep_in(connection, one.run, origin, inputs, held)

    failed: list[ArchiveError] = []
    for part in _parts(runs):
        try:
            keep(part)
        except ArchiveError as error:
            # one by itself is not tried again: whoever holds the archive was waited for
            failed += _kept_singly(keep, part) if len(part) > 1 else [error]
    if failed:
        raise failed[0]


def _parts(runs: Sequence[ToKeep]) -> Iterator[tuple[ToKeep, ...]]:
    """Yield runs that are kept together, in their order: so many, and of each pair one."""
    part: dict[str, ToKeep] = {}
    for one in runs:
        if len(part) == _TOGETHER or one.run.pair in part:
            yield tuple(part.values())
            part = {}
        part[one.run.pair] = one
    if part:
        yield tuple(part.values())


def _kept_singly(keep: Callable[[Sequence[ToKeep]], None], runs: Sequence[ToKeep]) -> list[ArchiveError]:
    """Keep runs one by one; give why some could not be kept.

    Raises:
        ArchiveError: the first of two in a row.
    """
    failed: list[ArchiveError] = []
    in_a_row = 0
    for one in runs:
        try:
            keep((one,))
            in_a_row = 0
        except ArchiveError as error:
            failed.append(error)
            in_a_row += 1
            if in_a_row > 1:
                raise failed[-2] from None
    return failed


def text_of(path: Path | None) -> str:
    """Return what a file holds; nothing of one that is gone."""
    return path.read_text(encoding="utf-8") if path is not None and path.is_file() else ""
