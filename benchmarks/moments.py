"""A signal at each of many moments of a command: nothing is dialled after it, and nothing is left behind.

    python benchmarks/moments.py                          # every command, 200 moments each
    python benchmarks/moments.py --count 50 deploy check
    python benchmarks/moments.py --forked "txn resume"    # at a tenth of the cost

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
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.moments_fork import TO_GROUP  # noqa: E402
from benchmarks.moments_ground import Ground, ground  # noqa: E402 - found beside this file
from benchmarks.moments_judged import Told, came_early, faults, living, same, unended  # noqa: E402
from benchmarks.moments_nursery import Forked, Process  # noqa: E402
from benchmarks.moments_table import COMMANDS, KILL, Command  # noqa: E402
from benchmarks.moments_yard import ENDLESS_S, Grounds, Moment, Yard, by_seconds  # noqa: E402
from tests.integration.lab import typed  # noqa: E402
from tests.integration.processes import processes_of, started  # noqa: E402

PATIENCE_S = 90.0
LATE_S = 0.3
"""A connection that is accepted so much later than the signal was begun after it, on a busy machine too."""


def _send(process: Process, number: signal.Signals) -> None:
    """Send a signal: as a terminal does to all of its group, or to the process alone."""
    if number in TO_GROUP:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
    else:
        process.send_signal(number)


def _begun(
    command: Command, at: Ground, moment: Moment, number: signal.Signals, scratch: str
) -> AbstractContextManager[Process]:
    """Begin a command at whose moment a signal comes."""
    words, cache = command.words(at), str(at.made / "cache")
    if moment.way is None:
        return started(*words, folder=Path(scratch), TMPDIR=scratch, XDG_CACHE_HOME=cache)
    more = {"TMPDIR": scratch, "XDG_CACHE_HOME": cache}
    return moment.way.begun(*words, folder=Path(scratch), call=moment.call, number=number, **more)


def _strike(process: Process, moment: Moment, number: signal.Signals, told: Told) -> float:
    """Send a signal at its moment; give when that was."""
    if moment.call and isinstance(process, Forked):
        sent = process.struck(PATIENCE_S if not told.endless else ENDLESS_S)
        if sent is not None:
            told.struck += 1
            return sent
        if process.ended:
            return monotonic()
    else:
        Event().wait(moment.at_s)
    told.struck += bool(processes_of(process.pid))
    _send(process, number)
    return monotonic()


def _struck(command: Command, at: Ground, moment: Moment, number: signal.Signals, told: Told) -> bool:
    """Strike once; tell whether the ground is as it was."""
    with (
        TemporaryDirectory() as scratch,
        _begun(command, at, moment, number, scratch) as process,
    ):
        sent = _strike(process, moment, number, told)
        where = f"at {f'call {moment.call}' if moment.call else f'{moment.at_s:.2f} s'} by {number.name}"
        try:
            said = "".join(process.communicate(timeout=PATIENCE_S))
        except subprocess.TimeoutExpired:
            told.broken.append(f"{where}: it went on for {PATIENCE_S} s")
            return False
        code = int(process.returncode or 0)
        told.codes[code] += 1
        if alive := living(process, number):
            told.broken.append(f"{where}: {len(alive)} processes left")
        if left := sorted(file.name for file in Path(scratch).iterdir()):
            told.broken.append(f"{where}: left {left}")
    where += f" (exit {code})"
    if not came_early(number, code, said):
        told.broken += [f"{where}: {why}: {said[-2000:]}" for why in faults(command, code, said, told)]
    elif number not in KILL:
        told.early.append(moment.at_s)
    late = [one for one in at.dialled() if one > sent + LATE_S]
    if late and not command.changes and at.server is None:
        told.broken.append(f"{where}: a router was dialled {late[0] - sent:.2f} s later")
    if strange := at.strange():
        told.broken.append(f"{where}: left {strange}")
    if at.server is not None and (runs := unended(at)):
        told.broken.append(f"{where}: {runs} goes on: {said[-500:]}")
        return False
    return not command.changes or same(at, where, code, said, told)


def _measured(command: Command, told: Told) -> float:
    """Let a command run undisturbed; give the seconds that it takes."""
    if command.endless:
        told.well.add(0)
        return ENDLESS_S
    with ground(command.state) as at, TemporaryDirectory() as scratch:
        words, begun = command.words(at), monotonic()
        told.well.add(typed(*words, folder=Path(scratch)).code)
        return monotonic() - begun


def strike(name: str, count: int, grounds: Grounds, yard: Yard | None) -> Told:
    """Strike a command at moments spread over its stretch."""
    command, told, begun = COMMANDS[name], Told(), monotonic()
    told.endless = command.endless
    chosen = yard.moments(command, told, count) if yard else by_seconds(_measured(command, told), count)
    shown = 0
    for turn, moment in enumerate(chosen):
        number = command.numbers[turn % len(command.numbers)]
        at = grounds.of(command.state)
        if not _struck(command, at, moment, number, told):
            grounds.leave()
        elif command.changes and at.used_up:
            at.renew()
        for line in told.broken[shown:]:
            print(f"    {name}: {line}", flush=True)
        shown = len(told.broken)
    at = grounds.of(command.state)
    if not (command.changes or at.renewed) and at.seen()[0] != at.before:
        told.broken.append("the routers are changed")
        print(f"    {name}: the routers are changed", flush=True)
    _show(name, told, monotonic() - begun)
    return told


def _show(name: str, told: Told, took_s: float) -> None:
    """Show what was seen of a command."""
    codes = ", ".join(f"{code}: {often}" for code, often in sorted(told.codes.items()))
    first = f"; before our first line {len(told.early)}, until {max(told.early):.2f} s" if told.early else ""
    well = "/".join(map(str, sorted(told.well)))
    print(
        f"{name:<18} {sum(told.codes.values())} moments, {told.struck} while it ran, in {took_s:.0f} s"
        f" (alone {well})  codes {codes}{first}  broken {len(told.broken)}",
        flush=True,
    )


def main() -> int:
    """Strike the commands that are named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200, help="moments of each command")
    parser.add_argument("--forked", action="store_true", help="in forks, many of them at calls of functions")
    parser.add_argument("commands", nargs="*", choices=[[], *COMMANDS], help="by default all")
    asked = parser.parse_args()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # one that is ignored, as under nohup, stays so in commands
    grounds = Grounds()
    yard = Yard(grounds) if asked.forked else None
    try:
        told = [strike(name, asked.count, grounds, yard) for name in asked.commands or COMMANDS]
    finally:
        grounds.leave()
        if yard is not None:
            yard.close()
    return int(any(one.broken for one in told))


if __name__ == "__main__":
    sys.exit(main())
