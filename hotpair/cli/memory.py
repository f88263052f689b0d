"""Where a command on a live pair keeps its run: a folder with the evidence, and the archive."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from hotpair.cli.output import err
from inventory.errors import HotpairError

if TYPE_CHECKING:
    from inventory.model import Pair
    from runbooks.report.run import Run
    from tasks.checks.waiting import Sample


@dataclass(frozen=True, slots=True)
class Memory:
    """Where a run is kept.

    Args:
        folder: folder of runs.
        archive: file or URL of the archive.
        intent: the pair file that it was judged by; nothing where nobody knows it any more.
        policy: the policy file, where there is one.
        ticket: change ticket; empty without one.
        journals: folder in which the journal of its transaction lies; nothing where it had none.
    """

    folder: Path
    archive: Path | str
    intent: Path | None
    policy: Path | None = None
    ticket: str = ""
    journals: Path | None = None


def memory_of_end(
    inventory: Path, runs: Path | None, archive: str | None, intent: Pair | None, ticket: str
) -> Memory:
    """Tell where the run of a transaction is kept that no check judged.

    Args:
        inventory: its folder.
        runs: folder of runs that was asked for.
        archive: archive that was asked for.
        intent: of the pair, where it is known.
        ticket: change ticket; empty without one.
    """
    from hotpair.cli.fleet import JOURNALS, intent_file
    from hotpair.cli.over_time import place_of

    file = None if intent is None else intent_file(intent)
    kept_in = runs or inventory / "runs"
    return Memory(kept_in, place_of(archive, inventory), file, ticket=ticket, journals=inventory / JOURNALS)


def prepare_meanwhile(memory: Memory, sample: Sample) -> None:
    """Open the archive on a thread of its own when a pair is first looked at: it takes time to converge.

    What keeps it from opening is told when the run is to be kept.
    """
    if sample.number == 1:
        Thread(target=_open, args=(memory.archive,), name="archive").start()


def _open(place: Path | str) -> None:
    from runbooks.archive.opening import open_archive

    with suppress(HotpairError), open_archive(place):
        pass


def remember(run: Run, memory: Memory) -> None:
    """Keep the run of a change; what cannot be kept is told, and changes nothing of how the change ended."""
    from runbooks import interrupts

    try:
        with interrupts.told():
            _keep(run, memory)
    except KeyboardInterrupt:
        err.print("Warning: the run is not kept: interrupted", markup=False)


def _keep(run: Run, memory: Memory) -> None:
    from runbooks.archive.keeping import ToKeep, keep_all
    from runbooks.report.evidence import save_run

    try:
        save_run(run, memory.folder, intent=memory.intent, policy=memory.policy)
    except (HotpairError, OSError) as error:
        _warn("the run is not kept in a folder", error)
    kept = ToKeep(run, memory.intent, journals=memory.journals)
    trouble = keep_all(memory.archive, [kept], memory.policy, memory.ticket)
    if trouble is not None:
        _warn("the run is not kept in the archive", trouble)


def _warn(what: str, error: Exception) -> None:
    err.print(f"Warning: {what}: {error}", markup=False)
