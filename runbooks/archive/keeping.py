"""Keep what a command found; trouble with the archive is told and takes no verdict away."""

from __future__ import annotations

import getpass
import socket
from pathlib import Path

from inventory.errors import ArchiveError
from runbooks.archive.opening import open_archive
from runbooks.archive.store import Origin, Papers, keep_run
from runbooks.report.run import Run


def this_origin(ticket: str = "") -> Origin:
    """Tell who runs this command, and where."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no name for this user id, as in a bare container
        user = ""
    return Origin(user, socket.gethostname(), ticket)


def keep_all(
    place: Path | str, runs: list[tuple[Run, Path]], policy: Path | None, ticket: str = ""
) -> ArchiveError | None:
    """Keep runs; give the error that the operator is told when that was not to be.

    Args:
        place: file or URL of the archive.
        runs: each with the pair file that it was judged by.
        policy: the policy file, where there is one.
        ticket: change ticket.

    Raises:
        IntentError: the place is none.
    """
    told = policy.read_text(encoding="utf-8") if policy is not None and policy.is_file() else ""
    try:
        with open_archive(place) as archive:
            for run, intent in runs:
                keep_run(archive, run, this_origin(ticket), Papers(text_of(intent), told))
    except ArchiveError as error:
        return error
    return None


def text_of(path: Path) -> str:
    """Give what a file holds; nothing of one that is gone."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""
