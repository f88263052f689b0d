"""What may be after a signal: how a command ends, what it says, what it leaves, and what the routers run."""

from __future__ import annotations

import re
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.moments_ground import Ground  # noqa: E402 - found beside this file
from benchmarks.moments_nursery import Process  # noqa: E402
from benchmarks.moments_table import KILL, Command  # noqa: E402
from hotpair.exit_codes import ExitCode  # noqa: E402
from runbooks.transactions import transactions  # noqa: E402
from tests.integration.processes import processes_of  # noqa: E402

DYING_S = 30.0
"""Longest time in which a child may see that its parent was killed, on a busy machine."""
TRACKER_S = 1.0
"""Likewise for what sees it by the end of a pipe alone: the resource tracker of spawned workers."""
MANY = 60
"""Journals of an inventory that is left for another one."""


@dataclass
class Told:
    """What was seen of a command at all of its moments."""

    codes: Counter[int] = field(default_factory=Counter)
    early: list[float] = field(default_factory=list)
    """Moments at which the interpreter ended by itself, before the first line of ours."""
    broken: list[str] = field(default_factory=list)
    well: set[int] = field(default_factory=set)
    """Exit codes of a command that nobody disturbed."""
    struck: int = 0
    """Moments at which it was at work still when the signal came."""
    endless: bool = False


def living(process: Process, number: signal.Signals) -> list[int]:
    """Return the processes that live on; those of one that was killed have more time to see it."""
    ends = monotonic() + (DYING_S if number in KILL else TRACKER_S)
    while (alive := processes_of(process.pid)) and monotonic() < ends:
        Event().wait(0.05)
    return alive


def unended(at: Ground) -> list[str]:
    """Return the runs that the server does not end."""
    ends = monotonic() + DYING_S
    while (runs := at.running_on_server()) and monotonic() < ends:
        Event().wait(0.5)
    return runs


def came_early(number: signal.Signals, code: int, said: str) -> bool:
    """Tell whether the process was killed, or ended by itself before the first line of ours."""
    ours = re.search(r'__main__\.py", line \d+, in main\n', said)  # Python's `site` has a `main` too
    theirs = "Traceback" in said or "Fatal Python error: init" in said
    return code == -number or (theirs and not ours and code in {1, -signal.SIGINT})


def faults(command: Command, code: int, said: str, told: Told) -> Iterator[str]:
    """Yield what is wrong with what a command said and ended with."""
    if "Traceback" in said or "fault of Hotpair" in said:
        yield "a fault of ours"
    ends = (
        told.well
        | command.ends
        | {ExitCode.UNKNOWN}
        | ({ExitCode.REFUSED, ExitCode.ROLLED_BACK} if command.changes else set())
    )
    if code not in ends:
        yield "neither ended nor interrupted"
    if code not in told.well and "nterrupted" not in said and "stopped" not in said:
        yield "it does not say that it was interrupted"


def same(at: Ground, where: str, code: int, said: str, told: Told) -> bool:
    """Bring what is unfinished to its end; tell whether nothing was changed."""
    at.used_up = True
    if code == ExitCode.UNKNOWN and at.goes_on():
        at.used_up = False
        return True
    unfinished = 0
    for inventory in at.inventories:
        listed = transactions(inventory / "journals")
        for row in (row for row in listed if not row.finished):
            unfinished += 1
            ended = at.typed("txn", "resume", row.path.stem, "-i", str(inventory))
            if ended.code not in {ExitCode.DONE, ExitCode.ROLLED_BACK}:
                told.broken.append(f"{where}: resuming ended with {ended.code}: {ended.said[-2000:]}")
    at.forget_elsewhere()
    now, on_trial = at.seen()
    changed = [one != other for one, other in zip(at.before, now, strict=True)]
    if len(set(changed)) > 1:
        told.broken.append(f"{where}: one is changed, the other not: {said[-2000:]}")
    if code in {ExitCode.REFUSED, ExitCode.ROLLED_BACK} and any(changed):
        told.broken.append(f"{where}: both are changed: {said[-2000:]}")
    if on_trial:
        told.broken.append(f"{where}: still on trial: {on_trial}")
    return (
        not any(changed)
        and (at.renewed or not unfinished)
        and len(list((at.routers.folder / "journals").glob("*.jsonl"))) < MANY
    )
