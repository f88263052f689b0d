"""One emulated router without I/O: bytes and a clock in, bytes out.

A device is a chassis, those who are logged in on it, and the line between them and it. Time only ever comes
in as an argument, in seconds, and never goes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from emulator.carrier import Carrier
from emulator.chassis import Answer, Chassis, OnCommit, no_network, nobody
from emulator.cli import log, login
from emulator.cli.shell import Shell
from emulator.cli.terminal import Distortion, Mode, Terminal
from emulator.clock import EPOCH
from emulator.commands import vty
from emulator.commands.questions import Dialogue, Reply
from emulator.commands.saving import saved
from emulator.commands.session import Session
from emulator.faults import DropSession, RebootAt
from emulator.login_questions import LoginQuestions
from emulator.logins import NEVER, Login, VtyFullError
from emulator.management import operations
from emulator.management.store import FIRST_FILE
from emulator.management.trial import Event
from emulator.personalities import DEFAULT, Personality

_ENTERED = re.compile(rb"[\r\n]").search
_ELSEWHERE = "192.0.2.250"
OnReboot = Callable[[str, float], None]
"""(device name, now), before it boots again."""


def _unseen(_name: str, _now: float) -> None:
    return None


class Device(Chassis):
    """An emulated NE40E.

    Args:
        name: how the network of emulated devices knows it; the prompt shows the configured host name.
        text: the saved configuration it boots from; empty for factory defaults.
        personality: its release.
        answer: gives the output of commands about the network.
        on_commit: told the running configuration at boot and after each change.
        on_reboot: told when everything that runs on it stops and starts afresh.
        epoch: the date of second 0.
        password: of its user, for the password question.
        initial_password: asks at login whether the password shall be changed.
        risky_file: asks at login whether the saved configuration shall be written anew.
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
        on_reboot: OnReboot = _unseen,
        epoch: datetime = EPOCH,
        password: str = "",
        initial_password: bool = False,
        risky_file: bool = False,
        seed: int | str = 0,
    ) -> None:
        super().__init__(
            name, text, personality=personality, answer=answer, on_commit=on_commit, epoch=epoch, seed=seed
        )
        self.login_questions = LoginQuestions(
            personality.error, password, initial_password=initial_password, risky_file=risky_file
        )
        self.logs = False
        self._on_reboot = on_reboot
        self._carrier = Carrier()

    @property
    def logins(self) -> tuple[Session, ...]:
        """Everybody who is logged in, by session id."""
        return self._logins.sessions

    @property
    def login_banner(self) -> str:
        """What is shown before authentication (header login)."""
        return "".join(f"{line}\r\n" for line in vty.header(self.store.running, "login"))

    def vty_free(self) -> bool:
        """Whether a VTY line is left for another login."""
        return len(self._logins) < self._logins.lines()

    def connect(
        self, user: str, now: float, *, origin: str = "127.0.0.1", width: int = 80, command: str = ""
    ) -> int:
        """Log a user in.

        Args:
            user: login name.
            now: seconds on the device's clock.
            origin: address of the client.
            width: columns of its terminal; 0 never wraps the echo.
            command: the only one to obey; nothing else is shown than its reply, with which the session ends.

        Returns:
            The session id; `output` gives the greeting and the first prompt.

        Raises:
            VtyFullError: no VTY line is free.
        """
        if not self.vty_free():
            raise VtyFullError(self.name)
        session = self._logins.begin(user, now, origin)
        self._logins.seat(session, self._terminal(session, width, command))
        return session.id

    def _terminal(self, session: Session, width: int, command: str) -> Terminal:
        history = partial(self._typed_by, session.id)
        return Terminal(Shell(self, session, distortion=self._distortion, history=history), width, command)

    def _typed_by(self, session: int) -> tuple[str, ...]:
        one = self._logins.find(session)
        return one.terminal.history if one else ()

    def output(self, session: int, now: float) -> bytes:
        """Return what a session is shown without typing: the greeting once, then late replies now due."""
        one = self._logins.find(session)
        if one is None:
            return b""
        if one.terminal.opened:
            return self._after(one, one.terminal.release(now), now)
        if one.terminal.command:
            return self._after(one, one.terminal.open(self.login_questions.admit(), now), now)
        return one.terminal.open(self._greeting(one.session, now), now)

    def _greeting(self, session: Session, now: float) -> Reply | Dialogue:
        lines = (
            *vty.header(self.store.running, "shell"),
            *login.greeting(
                self.personality,
                self.clock,
                now,
                lines=self._logins.lines(),
                online=len(self._logins),
                last=self._logins.last_login(session, now),
            ),
        )
        return self.login_questions.greet(lines, self._saved_again)

    @property
    def asks(self) -> bool:
        """Whether a session is asked something."""
        return any(one.terminal.mode is Mode.ASKED for one in self._logins)

    def busy(self, session: int) -> bool:
        """Whether a reply of a session is still to come."""
        one = self._logins.find(session)
        return one is not None and one.terminal.due is not None

    def _saved_again(self) -> None:
        self.store = saved(self.store, self.store.next_file or FIRST_FILE, as_next=True)

    def _distortion(self, line: str) -> Distortion | None:
        fault = self._pending_faults.distortion(line)
        if isinstance(fault, RebootAt):
            self.schedule_reboot()
            return DropSession(fault.when)
        return fault

    def receive(self, session: int, data: bytes, now: float) -> bytes:
        """Take what a client typed and give what it is shown; a closed session takes nothing."""
        self._pass(now)
        one = self._logins.find(session)
        if one is None:
            return b""
        if self._carrier.muted:
            self._carrier.typed = (*self._carrier.typed, (session, data))
            return b""
        one.session.active_at = now
        shown = self._after(one, one.terminal.feed(data, now), now)
        return shown + one.terminal.interrupted(self.log_lines(one.session, now)) if _ENTERED(data) else shown

    def _after(self, one: Login, out: bytes, now: float) -> bytes:
        """Follow what a command did to its own session or to the whole device."""
        held = self.store.lock
        if held and held.owner.session == one.session.id:
            self.store = replace(self.store, lock=held.touched(one.session.active_at))
        if one.terminal.mode is Mode.CLOSED and one.terminal.due is None:
            self._end(one.session.id, now)
        if self._reboots:
            self.reboot(now)
        return out

    def closed(self, session: int) -> bool:
        """Whether a client has learned that the device has ended its session."""
        return self._logins.find(session) is None and not self._carrier.muted

    def disconnect(self, session: int, now: float) -> None:
        """Take it that a client has hung up; a line that carries nothing does not tell the device."""
        if self._carrier.muted:
            self._carrier.left |= {session}
        else:
            self._end(session, now)

    def lose_all(self, now: float) -> None:
        """End every session, whatever the line carries."""
        for session in self.logins:
            self._end(session.id, now)

    def _end(self, session: int, now: float) -> None:
        """End a session: its candidate, its lock and a trial bound to it are lost."""
        if self._logins.end(session) is None:
            return
        if self.store.lock and self.store.lock.owner.session == session:
            self.store = replace(self.store, lock=None)
        trial = self.store.trial
        if trial and trial.author.session == session and not trial.persist:
            self.install(operations.revert(self.store, Event.LOSE, now), now)

    def tick(self, now: float) -> dict[int, bytes]:
        """Let time alone act: trials end, idle sessions and locks fall away, late replies come out.

        Returns:
            What is shown, by session; sessions without news are absent.
        """
        self._pass(now)
        for one in self._logins:
            self._carrier.show(one.session.id, self._after(one, one.terminal.release(now), now))
        return self._carrier.arriving()

    def _pass(self, now: float) -> None:
        """Do what fell due up to now."""
        trial, held = self.store.trial, self.store.lock
        if trial and now >= trial.deadline:
            self.install(operations.revert(self.store, Event.EXPIRE, trial.deadline), trial.deadline)
        if held and now >= held.ends_at(self.store.running):
            self.store = replace(self.store, lock=None)
        for session in self.logins:
            if now >= self._logins.idle_end(session):
                self._end(session.id, now)

    def next_event(self) -> float | None:
        """Return the time at which something happens by itself; nothing when nothing will."""
        times = [self._logins.next_event()]
        times += [self.store.trial.deadline] if self.store.trial else []
        times += [self.store.lock.ends_at(self.store.running)] if self.store.lock else []
        soonest = min(times)
        return None if soonest == NEVER else soonest

    def log_lines(self, session: Session, now: float) -> tuple[str, ...]:
        """Return the line of the log that comes up inside an answer, while the device logs to terminals."""
        if not (self.logs and session.monitor):
            return ()
        return (log.line(self.sysname, session, self.clock.logged(now)),)

    def reboot(self, now: float) -> None:
        """Restart from the saved configuration: every session, candidate, lock and trial is lost."""
        for session in self.logins:
            self._logins.end(session.id)
        self._reboots, self.controllers = False, ()
        self._on_reboot(self.name, now)
        self._boot(now)

    @property
    def muted(self) -> bool:
        """Whether the line to the clients swallows everything in silence."""
        return self._carrier.muted

    def mute(self) -> None:
        """Let the line to the clients swallow everything from now on."""
        self._carrier.muted = True

    def unmute(self, now: float) -> None:
        """Let the line carry again; what clients sent meanwhile arrives now."""
        held, self._carrier = self._carrier, Carrier(shown=self._carrier.shown)
        for session in held.left:
            self._end(session, now)
        for session, data in held.typed:
            self._carrier.show(session, self.receive(session, data, now))

    def squat(self, user: str, now: float) -> None:
        """Let somebody sit on every free VTY line, never idle."""
        while self.vty_free():
            login = self._logins.find(self.connect(user, now, origin=_ELSEWHERE))
            if login is not None:
                login.session.active_at = NEVER
