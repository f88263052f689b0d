"""A signal at the Nth call of a command whose routers stand in memory: no network, no renewal, no waiting.

    python benchmarks/moments_memory.py --count 200 "txn resume" "backup now"

One process holds two emulated routers and an inventory in the state that a command needs, and forks for each
moment; the fork runs the command with its own routers and a copy of the inventory, strikes itself at a call
of a function of its main thread, and judges what it left, as `moments.py` does over SSH. What is dialled is a
session in memory, so that nothing of SSH is struck; time passes when somebody waits. A fork that was struck
brings what is unfinished to its end.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import json
import os
import select
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from shutil import copytree
from time import monotonic
from types import FrameType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.moments_fork import compile_templates  # noqa: E402 - found beside this file
from benchmarks.moments_ground import Ground  # noqa: E402
from benchmarks.moments_judged import Told, faults, same  # noqa: E402
from benchmarks.moments_memory_ground import Dialled, MemoryGround, memory_ground  # noqa: E402
from benchmarks.moments_nursery import modules, templates  # noqa: E402
from benchmarks.moments_table import COMMANDS, Command  # noqa: E402
from hotpair.__main__ import main as hotpair  # noqa: E402
from runbooks import interrupts  # noqa: E402
from tests.integration.processes import processes_of  # noqa: E402

PATIENCE_S = 90.0
"""Longest time of a moment."""
BY_THEMSELVES = frozenset({"trust", "rehearse", "rehearse --certify", "demo", "certify", "certify --part"})
"""Commands that dial in a way of their own, or start processes."""
IN_MEMORY = [
    name
    for name, one in COMMANDS.items()
    if one.state in {"bare", "deployed", "killed", "expired", "decided"}
    and not one.endless
    and name not in BY_THEMSELVES
]


@dataclass(frozen=True, slots=True)
class Strike:
    """At which call a signal comes; at less than one none does, and all calls are counted."""

    call: int = -1
    number: signal.Signals = signal.SIGTERM


@dataclass
class Moment:
    """What was seen of a command that was struck.

    Args:
        code: its exit code.
        calls: how many there were until it was struck, or ended.
        busy: how many there were when a router was told something last.
        struck: whether it was struck before it ended.
        broken: what is wrong.
    """

    code: int = 0
    calls: int = 0
    busy: int = 0
    struck: bool = False
    broken: list[str] = field(default_factory=list)


class Striker:
    """Counts the calls of functions in the main thread; at the wanted one the signal comes."""

    def __init__(self, strike_: Strike, dialled: Dialled) -> None:
        self._wanted, self._number, self._dialled = strike_.call, strike_.number, dialled
        self.calls = 0

    def __call__(self, _frame: FrameType, event: str, _arg: object) -> None:
        """Count a call."""
        if event != "call":
            return
        self.calls += 1
        if self.calls == self._wanted:
            sys.setprofile(None)
            self._dialled.struck = monotonic()
            os.kill(os.getpid(), self._number)


# ---- in the fork -------------------------------------------------------------------------------------------


def _run(words: Sequence[str], striker: Striker | None = None) -> int:
    """Be a command from its first line to its end, but for the end of the process."""
    register = atexit.register

    def first(function: Callable[..., Any], *_given: Any, **_named: Any) -> Callable[..., Any]:
        atexit.register = register  # all but what would end the process
        return function

    before = _open_files()
    atexit._clear()  # noqa: SLF001 - as the interpreter does
    atexit.register = first  # type: ignore[assignment]
    interrupts._WATCH = interrupts._Watch()  # noqa: SLF001 - what a fresh process has
    sys.argv, code = ["hotpair", *words], 1
    try:
        sys.setprofile(striker)
        hotpair(list(words))
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
    sys.setprofile(None)
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - as the interpreter does
    atexit._run_exitfuncs()  # noqa: SLF001
    sys.stdout.flush()
    sys.stderr.flush()
    gc.collect()
    for left in _open_files() - before:  # a journal's lock ends with its process
        with suppress(OSError):
            os.close(left)
    return code


def _open_files() -> set[int]:
    return {int(file.name) for file in Path("/proc/self/fd").iterdir()}


def _stand(scratch: Path, said: Path) -> None:
    """Have a folder, a session and streams of its own."""
    os.setsid()
    os.chdir(scratch)
    os.environ["TMPDIR"] = str(scratch)
    pytest.MonkeyPatch().setattr(tempfile, "tempdir", None)  # what is remembered of the folder before
    written = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for here, number in ((os.open(os.devnull, os.O_RDONLY), 0), (written, 1), (written, 2)):
        os.dup2(here, number)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


def _struck(command: Command, held: MemoryGround, strike_: Strike, told: Told) -> Moment:
    """Run a command, strike it, and judge."""
    home = held.routers.folder.parent / f"{os.getpid()}"
    scratch, said = home / "scratch", home / "said"
    scratch.mkdir(parents=True)
    copytree(held.routers.folder, home / "inventory")
    _stand(scratch, said)
    at = held.moved(home / "inventory", lambda *words: _run(words), said)
    striker = Striker(strike_, at.dials)
    at.dials.calls = lambda: striker.calls
    code = _run(command.words(at), striker)
    busy = at.dials.last
    struck = at.dials.struck > 0
    at.dials.struck = 0
    text = said.read_text(encoding="utf-8", errors="replace")
    broken = (
        [] if strike_.call < 0 else [f"{why}: {text[-2000:]}" for why in faults(command, code, text, told)]
    )
    if left := sorted(file.name for file in scratch.iterdir()):
        broken.append(f"left {left}")
    if strange := at.strange():
        broken.append(f"left {strange}")
    if len(processes_of(os.getpid())) > 1:
        broken.append("processes left")
    if at.dials.late and not command.changes:
        broken.append(f"dialled after the signal: {at.dials.late}")
    broken += _routers(command, at, code, text)
    return Moment(code, striker.calls, busy, struck, broken)


def _routers(command: Command, at: Ground, code: int, text: str) -> list[str]:
    """Judge the routers; what is unfinished is brought to its end first."""
    if command.changes:
        judged = Told()
        same(at, "", code, text, judged)
        return judged.broken
    return [] if at.renewed or at.seen()[0] == at.before else ["the routers are changed"]


# ---- beside it ---------------------------------------------------------------------------------------------


@contextmanager
def _forked(work: Callable[[], Moment], told: Path) -> Iterator[int]:
    """Fork for some work, which tells in a file what it saw."""
    pid = os.fork()
    if not pid:
        try:
            told.write_text(json.dumps(asdict(work())), encoding="utf-8")
        except BaseException:  # noqa: BLE001 - the fork ends here, whatever comes
            told.write_text(json.dumps(asdict(Moment(broken=[traceback.format_exc()]))), encoding="utf-8")
        finally:
            os._exit(0)
    ends = os.pidfd_open(pid)
    try:
        yield ends
    finally:
        os.close(ends)
        for left in processes_of(pid):
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(left, signal.SIGKILL)
        os.waitpid(pid, 0)


def moment(command: Command, held: MemoryGround, strike_: Strike, told: Told, folder: Path) -> Moment:
    """Strike a command in a fork of its own."""
    seen = folder / "seen"
    with _forked(lambda: _struck(command, held, strike_, told), seen) as ended:
        if not select.select([ended], [], [], PATIENCE_S)[0]:
            return Moment(struck=True, broken=[f"it went on for {PATIENCE_S} s"])
    return Moment(**json.loads(seen.read_text(encoding="utf-8")))


def strike(name: str, held: MemoryGround, count: int, folder: Path) -> int:
    """Strike a command at moments spread over its calls; give how often something was wrong."""
    command, told = COMMANDS[name], Told()
    alone = moment(command, held, Strike(), told, folder)
    told.well.add(alone.code)
    broken = list(alone.broken)
    try:
        for turn, call in enumerate(calls_of(alone, count)):
            number = command.numbers[turn % len(command.numbers)]
            one = moment(command, held, Strike(call, number), told, folder)
            told.codes[one.code] += 1
            told.struck += one.struck
            broken += [f"call {call} by {number.name} (exit {one.code}): {why}" for why in one.broken]
    finally:
        _show(name, alone, told, broken)
    return len(broken)


def calls_of(alone: Moment, count: int) -> list[int]:
    """Return calls to strike at: three of four while routers are spoken to, the others after that."""
    rest = count // 4 if alone.busy else count
    early = [int(alone.busy * (turn + 0.5) / (count - rest)) + 1 for turn in range(count - rest)]
    late = [int(alone.busy + (alone.calls - alone.busy) * (turn + 0.5) / rest) + 1 for turn in range(rest)]
    return [*early, *late]


def _show(name: str, alone: Moment, told: Told, broken: Sequence[str]) -> None:
    """Show what was seen of a command."""
    codes = ", ".join(f"{code}: {often}" for code, often in sorted(told.codes.items()))
    for line in broken:
        print(f"    {line}", flush=True)
    print(
        f"{name:<20} {sum(told.codes.values())} of {alone.calls} calls, the routers' until {alone.busy},"
        f" {told.struck} while it ran (alone {alone.code})  codes {codes}  broken {len(broken)}",
        flush=True,
    )


def main() -> int:
    """Strike the commands that are named, or all that can be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200, help="moments of each command")
    parser.add_argument("commands", nargs="*", choices=[[], *IN_MEMORY], help="by default all")
    asked = parser.parse_args()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # one that is ignored, as under nohup, stays so in commands
    for name in modules():
        import_module(name)
    compile_templates(templates())
    names, broken = asked.commands or IN_MEMORY, 0
    for state in dict.fromkeys(COMMANDS[name].state for name in names):
        with tempfile.TemporaryDirectory(prefix="moments-") as home, memory_ground(state, Path(home)) as held:
            gc.freeze()
            for name in (one for one in names if COMMANDS[one].state == state):
                broken += strike(name, held, asked.count, Path(home))
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
