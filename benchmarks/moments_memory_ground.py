"""Two routers in memory and an inventory of theirs in some state, and who is dialled when."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.moments_ground import ALL_TIMERS_S, BUDGET, WATCH, Ground  # noqa: E402 - found beside this file
from hotpair.__main__ import run  # noqa: E402
from hotpair.cli.live import Live  # noqa: E402
from runbooks.lab import LAB_PAIR, ServedDevice, sample_file  # noqa: E402
from runbooks.lab_folder import write_inventory  # noqa: E402
from tasks.clock import REAL  # noqa: E402
from tasks.sessions.dialogue import Dialogue  # noqa: E402
from tasks.sessions.masking import SecretBook  # noqa: E402
from tasks.sessions.protocol import SecretResolver, Session, Target  # noqa: E402
from tasks.sessions.vrp import VrpSession  # noqa: E402
from tasks.transaction.model import Progress  # noqa: E402
from tests.integration.at_the_routers import HOST_KEY  # noqa: E402
from tests.integration.lab import APART, Ended, Lab  # noqa: E402
from tests.integration.scenarios.bridge import LabChannel, Stage, log_in  # noqa: E402
from tests.integration.scenarios.pairs import bare, sample  # noqa: E402

LATE_S = 0.3
"""A session that is opened so much later than the signal was begun after it."""
DIES = {"killed": "DeviceA: trial", "expired": "DeviceA: trial", "decided": "decided to keep"}
"""Step of a deployment at which it dies."""


class KilledError(BaseException):
    """The host died."""


@dataclass
class Dialled:
    """Who was dialled after the signal.

    Args:
        struck: moment of the signal; zero: it has not come.
        late: members that were dialled after it.
        calls: gives how many calls there were.
        last: how many there were when a member was told something last.
    """

    struck: float = 0
    late: list[str] = field(default_factory=list)
    calls: Callable[[], int] = int
    last: int = 0

    def note(self, member: str) -> None:
        """Note that a member is dialled."""
        if self.struck and monotonic() > self.struck + LATE_S:
            self.late.append(member)


@contextmanager
def _uncounted() -> Iterator[None]:
    """Count no calls and take no signal: it is a router that works, and no command."""
    before = sys.getprofile()
    sys.setprofile(None)
    try:
        yield
    finally:
        sys.setprofile(before)


class _Channel(LabChannel):
    """A login that no signal tears apart, since the router is at the other end of a wire."""

    def __init__(self, stage: Stage, name: str, dials: Dialled) -> None:
        self._dials = dials
        with _uncounted():
            super().__init__(stage, name)

    def write(self, text: str) -> None:
        """Send text as it is."""
        with _uncounted():
            self._dials.last = self._dials.calls()
            super().write(text)

    def read(self, seconds: float) -> str:
        """Return what has arrived, or let time pass for it."""
        with _uncounted():
            return super().read(seconds)

    def close(self) -> None:
        """End the stream."""
        with _uncounted():
            super().close()


@dataclass(frozen=True)
class MemoryLab(Lab):
    """An inventory, and routers in memory."""

    stage: Stage

    def session(self, name: str) -> Session:
        """Log in beside Hotpair, as a colleague would."""
        return log_in(self.stage, name)


@dataclass
class MemoryGround(Ground):
    """Two routers in memory and an inventory in some state."""

    dials: Dialled = field(default_factory=Dialled)

    def moved(self, folder: Path, run_: Callable[..., int], said: Path) -> MemoryGround:
        """Return the same with a copy of the inventory, in a process of its own.

        Args:
            folder: of the inventory.
            run_: runs a command that is not struck.
            said: file of what commands say.
        """

        def typed(*words: str) -> Ended:
            code = run_(*words)
            return Ended(code, said.read_text(encoding="utf-8", errors="replace"), "")

        return replace(self, routers=replace(self.routers, folder=folder), typed=typed)

    def goes_on(self) -> bool:
        """Tell that nothing is taken up twice: the next moment has routers of its own."""
        return False


def _opener(stage: Stage, dials: Dialled) -> Callable[..., Session]:
    """Return what opens a session in memory as over SSH."""

    def open_session(
        target: Target,
        resolve: SecretResolver | None = None,
        before_login: Callable[[], None] = lambda: None,
        before_dial: Callable[[], None] = lambda: None,
    ) -> Session:
        before_dial()
        dials.note(target.member)
        before_login()
        secrets, clock = SecretBook(resolve), stage.clock.seconds
        channel = _Channel(stage, target.member, dials)
        dialogue = Dialogue(
            channel, target.member, timeout_s=target.timeout_s, mask=secrets.mask, clock=clock
        )
        dialogue.login()
        return VrpSession(dialogue, secrets)

    return open_session


@contextmanager
def memory_ground(state: str, home: Path) -> Iterator[MemoryGround]:
    """Make routers and an inventory of a state: bare, deployed, killed, expired or decided."""
    stage, folder, dials = bare(sample(LAB_PAIR)), home / "inventory", Dialled()
    served = {name: ServedDevice(name, "127.0.0.1", 9, "ops", "none", HOST_KEY) for name in stage.lab.devices}
    write_inventory(folder, served, sample_file(LAB_PAIR))
    (folder / "policy.yaml").write_text(APART, encoding="utf-8")
    (folder / "watch.yaml").write_text(WATCH, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tasks.sessions.nornir_connections.open_session", _opener(stage, dials))
        _by(stage)
        made = MemoryGround(state, MemoryLab(folder, {}, home / "none", stage), (), dials=dials)
        made.before, _ = made.seen()
        words = ["deploy", LAB_PAIR, *made.here, "--yes", *BUDGET]
        if state in DIES:
            _die(words, DIES[state])
            if state == "expired":
                stage.clock.sleep(ALL_TIMERS_S)
        elif state == "deployed":
            run(words)
            run(["verify", LAB_PAIR, *made.here, "--wait", "60", "--save", "before"])
            run(["check", *made.here])
            made.before, _ = made.seen()
        made.files = frozenset(file.name for file in folder.iterdir())
        yield made


def _by(stage: Stage) -> None:
    """Have time pass as the routers' does."""
    clock = stage.clock

    def sleep(seconds: float) -> None:
        with _uncounted():
            clock.sleep(seconds)

    for name, function in (("seconds", clock.seconds), ("sleep", sleep), ("now", clock.now)):
        object.__setattr__(REAL, name, function)


def _die(words: list[str], text: str) -> None:
    """Let a deployment die at a step."""
    step = Live.step

    def stepped(self: Live, progress: Progress) -> None:
        step(self, progress)
        if text in progress.text:
            raise KilledError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Live, "step", stepped)
        try:
            ended: Any = run(words)
        except KilledError:
            for thread in threading.enumerate():  # it may hold locks that a fork keeps
                if thread is not threading.main_thread():
                    thread.join()
            return
    raise RuntimeError(f"{words} ended with {ended}")
