"""A signal at each of many moments of a command: nothing is dialled after it, and nothing is left behind.

    python benchmarks/moments.py                          # every command, 200 moments each
    python benchmarks/moments.py --count 50 deploy check

Each command runs once undisturbed, which gives its stretch of time; then once for each moment of it, half of
them in the first second, with Ctrl-C, termination and a closed terminal in turn; Ctrl-C and a closed terminal
reach all of its process group. Afterwards no process, no file in the temporary folder, no socket, no half
written file and no unknown file in the inventory may be there, no traceback may have been shown, the exit
code is that of a command that ended or was interrupted, which it says; a command that only looks must not
have dialled a router after the signal, and after one that changes them both routers are as before or both are
as wanted; what is unfinished is resumed first. Some are killed instead: nothing of theirs may live on. A line
a command; what was broken below it.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.moments_ground import Ground, ground  # noqa: E402 - found beside this file
from benchmarks.moments_table import COMMANDS, KILL, Command  # noqa: E402
from runbooks.transactions import transactions  # noqa: E402
from tests.integration.lab import typed  # noqa: E402
from tests.integration.processes import processes_of, started  # noqa: E402

PATIENCE_S = 90.0
DYING_S = 30.0
"""Longest time in which a child may see that its parent was killed, on a busy machine."""
LATE_S = 0.3
"""A connection that is accepted so much later than the signal was begun after it, on a busy machine too."""
ENDLESS_S = 4.0
"""Stretch of a command that ends with a signal alone."""
DENSE_S = 1.0
"""Stretch that half of the moments fall into: imports, settings, the first dial."""
UNKNOWN, REFUSED, ROLLED_BACK = 3, 4, 5


@dataclass
class Told:
    """What was seen of a command at all of its moments."""

    codes: Counter[int] = field(default_factory=Counter)
    early: list[float] = field(default_factory=list)
    """Moments at which the interpreter ended by itself, before the first line of ours."""
    broken: list[str] = field(default_factory=list)
    well: set[int] = field(default_factory=set)
    """Exit codes of a command that nobody disturbed."""


def _send(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Send a signal: as a terminal does to all of its group, or to the process alone."""
    if number in {signal.SIGINT, signal.SIGHUP}:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)


def _left(process: subprocess.Popen[str], number: signal.Signals) -> list[int]:
    """Return the processes that live on; those of one that was killed have some time to see it."""
    ends = monotonic() + (DYING_S if number in KILL else 0)
    while (alive := processes_of(process.pid)) and monotonic() < ends:
        Event().wait(0.05)
    return alive


def _struck(command: Command, at: Ground, moment: float, number: signal.Signals, told: Told) -> bool:
    """Strike once; tell whether the ground is as it was."""
    with (
        TemporaryDirectory() as scratch,
        started(
            *command.words(at),
            folder=Path(scratch),
            TMPDIR=scratch,
            XDG_CACHE_HOME=str(at.made / "cache"),
        ) as process,
    ):
        begun = monotonic()
        Event().wait(moment)
        _send(process, number)
        sent = monotonic()
        where = f"at {sent - begun:.2f} s by {number.name}"
        try:
            said = "".join(process.communicate(timeout=PATIENCE_S))
        except subprocess.TimeoutExpired:
            told.broken.append(f"{where}: it went on for {PATIENCE_S} s")
            return False
        told.codes[process.returncode] += 1
        if alive := _left(process, number):
            told.broken.append(f"{where}: {len(alive)} processes left")
        if left := sorted(file.name for file in Path(scratch).iterdir()):
            told.broken.append(f"{where}: left {left}")
    where += f" (exit {process.returncode})"
    if not _came_early(number, process.returncode, said):
        told.broken += [
            f"{where}: {why}: {said[-2000:]}" for why in _faults(command, process.returncode, said, told)
        ]
    elif number not in KILL:
        told.early.append(moment)
    late = [one for one in at.dialled() if one > sent + LATE_S]
    if late and not command.changes and at.server is None:
        told.broken.append(f"{where}: a router was dialled {late[0] - sent:.2f} s later")
    if strange := at.strange():
        told.broken.append(f"{where}: left {strange}")
    if at.server is not None and (runs := _unended(at)):
        told.broken.append(f"{where}: {runs} goes on: {said[-500:]}")
        return False
    return not command.changes or _same(at, where, process.returncode, said, told)


def _unended(at: Ground) -> list[str]:
    """Return the runs that the server does not end."""
    ends = monotonic() + DYING_S
    while (runs := at.running_on_server()) and monotonic() < ends:
        Event().wait(0.5)
    return runs


def _came_early(number: signal.Signals, code: int, said: str) -> bool:
    """Tell whether the process was killed, or ended by itself before the first line of ours."""
    ours = "in main\n" in said
    return code == -number or ("Traceback" in said and not ours and code in {1, -signal.SIGINT})


def _faults(command: Command, code: int, said: str, told: Told) -> Iterator[str]:
    """Yield what is wrong with what a command said and ended with."""
    if "Traceback" in said or "fault of Hotpair" in said:
        yield "a fault of ours"
    ends = told.well | {UNKNOWN} | ({REFUSED, ROLLED_BACK} if command.changes else set())
    if code not in ends:
        yield "neither ended nor interrupted"
    if code not in told.well and "nterrupted" not in said and "stopped" not in said:
        yield "it does not say that it was interrupted"


def _same(at: Ground, where: str, code: int, said: str, told: Told) -> bool:
    """Bring what is unfinished to its end; tell whether nothing was changed."""
    listed = transactions(at.routers.folder / "journals")
    unfinished = [row.path.stem for row in listed if not row.finished]
    for name in unfinished:
        ended = typed("txn", "resume", name, *at.here)
        if ended.code not in {0, ROLLED_BACK}:
            told.broken.append(f"{where}: resuming ended with {ended.code}: {ended.said[-2000:]}")
    now, on_trial = at.seen()
    changed = [one != other for one, other in zip(at.before, now, strict=True)]
    if len(set(changed)) > 1:
        told.broken.append(f"{where}: one is changed, the other not: {said[-2000:]}")
    if code in {REFUSED, ROLLED_BACK} and any(changed):
        told.broken.append(f"{where}: both are changed: {said[-2000:]}")
    if on_trial:
        told.broken.append(f"{where}: still on trial: {on_trial}")
    return not any(changed) and (at.renewed or not unfinished) and len(listed) < 40


def moments(stretch: float, count: int) -> list[float]:
    """Return moments of a stretch of seconds: half of them in its first part, the others in the rest."""
    dense, half = min(DENSE_S, stretch / 2), count // 2
    early = [dense * turn / half for turn in range(half)]
    return [*early, *(dense + (stretch - dense) * turn / (count - half) for turn in range(count - half))]


def _measured(command: Command, told: Told) -> float:
    """Let a command run undisturbed; give the seconds that it takes."""
    if command.endless:
        told.well.add(0)
        return ENDLESS_S
    with ground(command.state) as at, TemporaryDirectory() as scratch:
        words, begun = command.words(at), monotonic()
        told.well.add(typed(*words, folder=Path(scratch)).code)
        return monotonic() - begun


def strike(name: str, count: int) -> Told:
    """Strike a command at moments spread over its stretch."""
    command, told = COMMANDS[name], Told()
    stretch = _measured(command, told)
    with ExitStack() as stack:
        at = stack.enter_context(ground(command.state))
        for turn, moment in enumerate(moments(stretch, count)):
            number = command.numbers[turn % len(command.numbers)]
            if _struck(command, at, moment, number, told):
                if command.changes:
                    at.renew()
            else:
                stack.close()
                at = stack.enter_context(ground(command.state))
        if not command.changes and at.seen()[0] != at.before:
            told.broken.append("the routers are changed")
    codes = ", ".join(f"{code}: {often}" for code, often in sorted(told.codes.items()))
    first = f"; before our first line {len(told.early)}, until {max(told.early):.2f} s" if told.early else ""
    well = "/".join(map(str, sorted(told.well)))
    print(
        f"{name:<18} {count} moments of {stretch:5.2f} s (alone {well})  codes {codes}{first}"
        f"  broken {len(told.broken)}",
        flush=True,
    )
    for line in told.broken:
        print(f"    {line}", flush=True)
    return told


def main() -> int:
    """Strike the commands that are named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200, help="moments of each command")
    parser.add_argument("commands", nargs="*", choices=[[], *COMMANDS], help="by default all")
    asked = parser.parse_args()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # one that is ignored, as under nohup, stays so in commands
    told = [strike(name, asked.count) for name in asked.commands or COMMANDS]
    return int(any(one.broken for one in told))


if __name__ == "__main__":
    sys.exit(main())
