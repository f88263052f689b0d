"""Who is logged in on one device: sessions, their terminals and the VTY lines they sit on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.cli.login import LastLogin
from emulator.cli.terminal import Terminal
from emulator.commands import vty
from emulator.commands.session import Session
from emulator.commands.vty import LineSettings
from emulator.config.statement import Configuration
from emulator.management.candidate import Candidate

NEVER = float("inf")


class VtyFullError(Exception):
    """Every VTY line is in use; the client sees its channel closed."""


@dataclass(slots=True)
class Login:
    """A session and the terminal it is typed at."""

    session: Session
    terminal: Terminal


class Logins:
    """Logins by session id, and what the running configuration says about their lines."""

    def __init__(self) -> None:
        self._logins: dict[int, Login] = {}
        self._last: dict[str, LastLogin] = {}
        self._next = 1
        self._running = Configuration()
        self._settings: dict[int, LineSettings] = {}

    def __iter__(self) -> Iterator[Login]:
        """Go through the logins as they stand now; they may end meanwhile."""
        return iter(tuple(self._logins.values()))

    def __len__(self) -> int:
        """Count the lines in use."""
        return len(self._logins)

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Everybody, by session id."""
        return tuple(login.session for login in self)

    def obey(self, running: Configuration) -> None:
        """Follow a new running configuration: clean candidates move along."""
        self._running = running
        self._settings.clear()
        for session in self.sessions:
            session.candidate = session.candidate.on(running)

    def settings(self, line: int) -> LineSettings:
        """Return what is configured for one VTY line."""
        if line not in self._settings:
            self._settings[line] = vty.settings(self._running, line)
        return self._settings[line]

    def lines(self) -> int:
        """Return how many VTY lines there are."""
        return vty.maximum(self._running)

    def begin(self, user: str, now: float, origin: str) -> Session:
        """Return a session on the lowest free line; `seat` puts a terminal before it."""
        taken = {session.line for session in self.sessions}
        line = next(number for number in range(len(taken) + 1) if number not in taken)
        clean = Candidate.clean(self._running)
        return Session(self.number(), user, line, origin, now, clean, active_at=now)

    def number(self) -> int:
        """Return the next session id."""
        self._next += 1
        return self._next - 1

    def seat(self, session: Session, terminal: Terminal) -> None:
        """Put a session at its terminal."""
        self._logins[session.id] = Login(session, terminal)

    def find(self, session: int) -> Login | None:
        """Return a login that has not ended."""
        return self._logins.get(session)

    def end(self, session: int) -> Login | None:
        """Take a login off the list and close its terminal."""
        login = self._logins.pop(session, None)
        if login:
            login.terminal.close()
        return login

    def last_login(self, session: Session, now: float) -> LastLogin | None:
        """Return the same user's login before this one, and remember this one."""
        last = self._last.get(session.user)
        self._last[session.user] = LastLogin(now, session.origin)
        return last

    def idle_end(self, session: Session) -> float:
        """Return the time at which an idle session is closed."""
        idle = self.settings(session.line).idle_seconds
        return session.active_at + idle if idle else NEVER

    def next_event(self) -> float:
        """Return the time at which something happens to a login by itself."""
        idle = (self.idle_end(session) for session in self.sessions)
        late = (login.terminal.due for login in self if login.terminal.due is not None)
        return min((*idle, *late), default=NEVER)
