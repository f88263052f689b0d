"""Commands in forks of a process that has loaded what they need; see moments_fork.py, which runs in it."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.integration.lab import HUNG_S, Ended  # noqa: E402 - found beside this file
from tests.integration.processes import processes_of  # noqa: E402

OURS = frozenset({"hotpair", "runbooks", "tasks", "parsers", "inventory", "emulator"})
PROGRAM = Path(__file__).with_name("moments_fork.py")


def modules() -> Iterator[str]:
    """Yield the modules of ours that commands load."""
    for room in sorted(OURS - {"emulator"}):
        for one in walk_packages([str(ROOT / room)], f"{room}."):
            if not one.name.endswith("__main__") and ".migrations" not in one.name:
                yield one.name
    yield "hotpair.__main__"


def templates() -> list[str]:
    """Return the names of the templates that read displays."""
    return sorted(file.stem for file in (ROOT / "parsers" / "templates").glob("*.ttp"))


@dataclass
class Forked:
    """A command in a fork.

    Args:
        pid: of its process, which leads a session.
        said: file of what it says.
        told: file of when it struck itself, or of what it counted.
    """

    pid: int
    said: Path
    told: Path
    _nursery: Nursery
    returncode: int | None = None

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    @property
    def stderr(self) -> Iterator[str]:
        """Yield what it says, line by line, until it ends."""
        with self.said.open(encoding="utf-8", errors="replace") as said:
            while True:
                ended = self.ended
                if line := said.readline():
                    yield line
                elif ended:
                    return
                else:
                    Event().wait(0.02)

    @property
    def ended(self) -> bool:
        """Whether it has come to its end."""
        if self.returncode is None:
            with suppress(subprocess.TimeoutExpired):
                self.returncode = self._nursery.answered(0)
        return self.returncode is not None

    def communicate(self, timeout: float) -> tuple[str, str]:
        """Wait for its end; give what it said.

        Raises:
            TimeoutExpired: it goes on.
        """
        if self.returncode is None:
            self.returncode = self._nursery.answered(timeout)
        return self.said.read_text(encoding="utf-8", errors="replace"), ""

    def struck(self, patience_s: float) -> float | None:
        """Wait until it strikes itself; give the moment, nothing when it ended or waited on without."""
        ends = monotonic() + patience_s
        while not (text := self.told.read_text()) and monotonic() < ends:
            if self.ended and not self.told.read_text():
                return None
            Event().wait(0.02)
        return float(text) if text else None


Process = subprocess.Popen[str] | Forked
"""A command at work, whichever way it was begun."""


@dataclass(frozen=True)
class Measured:
    """A command that nobody struck.

    Args:
        code: its exit code.
        took_s: how long it took, with the counting.
        calls: of functions in its main thread.
        modules: names of what it had loaded.
    """

    code: int
    took_s: float
    calls: int
    modules: list[str]


class Nursery:
    """A process that has loaded modules and forks for each command.

    Args:
        modules: names of what is loaded beforehand.
        environment: of the commands.
        templates: names of those that are compiled beforehand.
    """

    def __init__(
        self, modules: Sequence[str], environment: dict[str, str], templates: Sequence[str] = ()
    ) -> None:
        process = subprocess.Popen(
            [sys.executable, "-P", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=ROOT,
        )
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes to the process that forks")
        self._process, self._orders, self._answers = process, process.stdin, process.stdout
        self._say({"modules": modules, "templates": templates})

    def _say(self, value: object) -> None:
        self._orders.write(json.dumps(value) + "\n")
        self._orders.flush()

    def answered(self, timeout: float) -> int:
        """Read an answer.

        Raises:
            TimeoutExpired: there is none.
        """
        if not select.select([self._answers], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("the fork", timeout)
        return int(self._answers.readline())

    @contextmanager
    def begun(
        self,
        *words: str,
        folder: Path = ROOT,
        call: int = 0,
        number: signal.Signals = signal.SIGTERM,
        **more: str,
    ) -> Iterator[Forked]:
        """Begin a command; what is left of it at the end of the block is killed.

        Args:
            words: what is typed after `hotpair`.
            folder: where it is typed.
            call: at which call of a function it strikes itself; zero: not, less: it counts them.
            number: signal with which it does.
            more: variables of the environment.
        """
        with TemporaryDirectory(prefix="moments-said-") as place:
            said, told = Path(place) / "said", Path(place) / "told"
            said.touch()
            told.touch()
            order: dict[str, object] = {
                "words": [str(word) for word in words],
                "folder": str(folder),
                "environment": more,
            }
            order |= {"call": call, "number": int(number), "said": str(said), "told": str(told)}
            self._say(order)
            forked = Forked(self.answered(600), said, told, self)
            try:
                yield forked
            finally:
                for left in processes_of(forked.pid):
                    with suppress(ProcessLookupError):  # it has just ended
                        os.kill(left, signal.SIGKILL)
                forked.communicate(60)

    def typed(self, *words: str, folder: Path = ROOT) -> Ended:
        """Run a command that nobody strikes."""
        with self.begun(*words, folder=folder) as forked:
            said, _ = forked.communicate(HUNG_S)
            return Ended(forked.returncode or 0, said, "")

    def measured(self, *words: str, folder: Path) -> Measured:
        """Run a command that nobody strikes, and count."""
        begun = monotonic()
        with self.begun(*words, folder=folder, call=-1, TMPDIR=str(folder)) as forked:
            forked.communicate(HUNG_S)
            took = monotonic() - begun
            told = json.loads(forked.told.read_text())
            return Measured(forked.returncode or 0, took, told["calls"], told["modules"])

    def close(self) -> None:
        """End it."""
        self._orders.close()
        self._process.wait(60)
