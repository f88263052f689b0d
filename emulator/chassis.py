"""The router behind its terminals: the configurations that it keeps and obeys, its clock, its faults.

It knows nothing of sockets and of protocols: what is committed is told to `on_commit`, what is asked about
the network is answered by `answer`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from random import Random
from zlib import crc32

from emulator.clock import EPOCH, Clock
from emulator.commands.session import Controller
from emulator.commands.vty import LineSettings
from emulator.config.statement import Configuration
from emulator.entry import factory, printing
from emulator.faults import Board, TerminalFault
from emulator.logins import Logins
from emulator.management import operations
from emulator.management.store import FIRST_FILE, Store
from emulator.management.trial import Event
from emulator.pending_faults import PendingFaults
from emulator.personalities import DEFAULT, Personality

DEFAULT_NAME = "HUAWEI"
Answer = Callable[[str, Mapping[str, str], float], list[str] | None]
"""(command id, parameters, now) -> output, for commands about the network; nothing for one not modelled."""
OnCommit = Callable[[str, Configuration, float], None]
"""(device name, running configuration, now), at boot and whenever running changed."""


def no_network(_command: str, _params: Mapping[str, str], _now: float) -> list[str] | None:
    """Answer nothing: the device stands alone."""
    return []


def nobody(_name: str, _configuration: Configuration, _now: float) -> None:
    """Hear of a configuration, and do nothing."""


def _as_saved(text: str) -> str:
    """Return a file as a device saves it: `return` is its last line, also where a backup tool took it off."""
    lines = text.rstrip().split("\n")
    return text if lines[-1].strip() == "return" else "\n".join((*lines, "return", ""))


class Chassis:
    """A router without its terminals.

    Args:
        name: how the network of emulated devices knows it; the prompt shows the configured host name.
        text: the saved configuration it boots from; empty for factory defaults.
        personality: its release.
        answer: gives the output of commands about the network.
        on_commit: told the running configuration at boot and after each change.
        epoch: the date of second 0.
        seed: of the salt in stored secrets.
    """

    def __init__(
        self,
        name: str,
        text: str = "",
        *,
        personality: Personality = DEFAULT,
        answer: Answer = no_network,
        on_commit: OnCommit = nobody,
        epoch: datetime = EPOCH,
        seed: int | str = 0,
    ) -> None:
        self.name = name
        self.personality = personality
        self.clock = Clock(epoch)
        self._seed = seed
        self.controllers: tuple[Controller, ...] = ()
        self.second_board = Board.ABSENT
        self.serial = f"2102{crc32(name.encode()):010d}"
        self._answer = answer
        self._on_commit = on_commit
        self._pending_faults = PendingFaults()
        self._logins = Logins()
        self._reboots = False
        files = {FIRST_FILE: _as_saved(text)} if text.strip() else {}
        self.store = Store(files=files, next_file=FIRST_FILE if files else "")
        self._boot(0.0)

    @cached_property
    def dice(self) -> Random:
        """Salt of an emulated secret, repeatable on purpose; most devices of a lab never roll them."""
        return Random(f"{self.name}/{self._seed}")  # noqa: S311

    @property
    def running(self) -> Configuration:
        """What the device obeys."""
        return self.store.running

    @property
    def startup(self) -> Configuration | None:
        """What it would boot from; nothing when nothing is saved."""
        text = self.store.files.get(self.store.next_file)
        return None if text is None else printing.load(text)

    @property
    def sysname(self) -> str:
        """The committed host name."""
        line = self.store.running.first("cm.sysname")
        return line.params["host-name"] if line else DEFAULT_NAME

    def install(self, store: Store, now: float) -> None:
        """Keep what an operation made; a changed running configuration takes effect at once."""
        changed = store.running is not self.store.running
        self.store = store
        if changed:
            self._logins.obey(store.running)
            self._on_commit(self.name, store.running, now)

    def line_settings(self, line: int) -> LineSettings:
        """Return what is configured for one VTY line."""
        return self._logins.settings(line)

    def answer(self, command: str, params: Mapping[str, str], now: float) -> list[str] | None:
        """Return the output of a command about the network; nothing for one that is not modelled."""
        return self._answer(command, params, now)

    def inject(self, fault: TerminalFault) -> None:
        """Let a fault wait for its moment."""
        self._pending_faults.add(fault)

    def refuses_line(self) -> str:
        """Return the message of a fault that refuses this configuration line; empty when none does."""
        return self._pending_faults.refuses_line()

    def refuses_commit(self) -> str:
        """Return the message of a fault that fails this commit; empty when none does."""
        return self._pending_faults.refuses_commit()

    def sticks(self) -> re.Pattern[str] | None:
        """Return the lines that this rollback can't move; nothing when no fault waits."""
        return self._pending_faults.sticks()

    def schedule_reboot(self) -> None:
        """Restart as soon as the reply is out."""
        self._reboots = True

    def begin_controller(self, user: str, origin: str, now: float) -> None:
        """Log a controller in over NETCONF."""
        self.controllers = (*self.controllers, Controller(self._logins.number(), user, origin, now))

    def _boot(self, now: float) -> None:
        file = self.store.next_file
        text = self.store.files.get(file)
        running = factory.configuration() if text is None else printing.load(text)
        if self.store.trial is not None:
            self.store = operations.revert(self.store, Event.LOSE, now)
        self.store = replace(
            self.store, running=running, updated_at=now, trial=None, lock=None, startup_file=file
        )
        self._logins.obey(running)
        self._on_commit(self.name, running, now)
