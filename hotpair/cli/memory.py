"""Where a command on a live pair keeps its run: a folder with the evidence, and the archive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.output import err
from inventory.errors import HotpairError

if TYPE_CHECKING:
    from runbooks.report.run import Run


@dataclass(frozen=True, slots=True)
class Memory:
    """Where a run is kept.

    Args:
        folder: folder of runs.
        archive: file or URL of the archive.
        intent: the pair file that it was judged by.
        policy: the policy file, where there is one.
        ticket: change ticket; empty without one.
    """

    folder: Path
    archive: Path | str
    intent: Path
    policy: Path | None = None
    ticket: str = ""


def remember(run: Run, memory: Memory) -> None:
    """Keep the run of a change; what cannot be kept is told, and changes nothing of how the change ended."""
    from runbooks.archive.keeping import keep_all
    from runbooks.report.evidence import save_run

    try:
        save_run(run, memory.folder, intent=memory.intent, policy=memory.policy)
    except (HotpairError, OSError) as error:
        _warn("the run is not kept in a folder", error)
    trouble = keep_all(memory.archive, [(run, memory.intent)], memory.policy, memory.ticket)
    if trouble is not None:
        _warn("the run is not kept in the archive", trouble)


def _warn(what: str, error: Exception) -> None:
    err.print(f"Warning: {what}: {error}", markup=False)
