"""What a command may use of the device it is typed on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from emulator.clock import Clock
from emulator.commands.questions import Dialogue, Reply
from emulator.commands.session import Controller, Session
from emulator.commands.vty import LineSettings
from emulator.faults import Board
from emulator.grammar import Match
from emulator.management.store import Store
from emulator.personalities import Personality


class Host(Protocol):
    """The device behind the terminals."""

    @property
    def name(self) -> str:
        """How the network knows it."""

    @property
    def store(self) -> Store:
        """The configurations it keeps."""

    @property
    def personality(self) -> Personality:
        """Its release."""

    @property
    def dice(self) -> Random:
        """Where the salt of stored secrets comes from."""

    @property
    def clock(self) -> Clock:
        """What turns seconds into dates."""

    @property
    def sysname(self) -> str:
        """The committed host name."""

    @property
    def logins(self) -> Sequence[Session]:
        """Everybody who is logged in."""

    @property
    def controllers(self) -> Sequence[Controller]:
        """Everybody who is logged in over NETCONF."""

    @property
    def serial(self) -> str:
        """Serial number of its main board."""

    @property
    def second_board(self) -> Board:
        """What a second main board does when the configuration is saved."""

    def line_settings(self, line: int) -> LineSettings:
        """Return what is configured for one VTY line."""

    def install(self, store: Store, now: float) -> None:
        """Keep what an operation made; a changed running configuration takes effect."""

    def answer(self, command: str, params: Mapping[str, str], now: float) -> list[str] | None:
        """Return the output of a command of the network; nothing for one that is not modelled."""

    def log_lines(self, session: Session, now: float) -> Sequence[str]:
        """Return the lines of the log that come up inside an answer of a session."""

    def refuses_line(self) -> str:
        """Return the message of a fault that refuses this configuration line; empty when none does."""

    def refuses_commit(self) -> str:
        """Return the message of a fault that fails this commit; empty when none does."""

    def sticks(self) -> re.Pattern[str] | None:
        """Return the lines that this rollback can't move; nothing when no fault waits."""

    def schedule_reboot(self) -> None:
        """Restart as soon as the reply is out."""


@dataclass(frozen=True, slots=True)
class Call:
    """One command being obeyed.

    Args:
        host: the device.
        session: where it was typed.
        match: what the grammar made of the line.
        line: as typed.
        now: seconds on the device's clock.
        history: lines typed before, oldest first.
    """

    host: Host
    session: Session
    match: Match
    line: str
    now: float
    history: tuple[str, ...] = ()

    def refused(self, reason: str) -> Reply:
        """Return a refusal in the release's spelling."""
        return Reply((self.host.personality.refusal(reason),))


Handler = Callable[[Call], Reply | Dialogue]
