"""The session of a sampler with one member: logged in, asked the same displays at each look, given up.

What keeps it from looking is kept, and never raised: whoever is watched does not suffer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Final

from inventory.errors import ConnectError, DeviceError
from inventory.model import Side
from runbooks.hitless.model import Sample
from runbooks.hitless.signals import EntrySource, Source, readings
from runbooks.observe import look
from tasks.clock import Clock
from tasks.nornir_tasks import Beside
from tasks.sessions.protocol import Session

FIRST_S: Final = 30.0
"""Longest wait of a change for the first look of its sampler, and of a sampler for the change's own login."""
LOGINS: Final = 4
"""How often a member is dialled: once, and again after its session was lost."""
REPLY_S: Final = 10.0
"""Longest wait for an answer: whoever is watched does not wait for the sampler."""


@dataclass(slots=True)
class Line:
    """The session with one member, and what it is asked."""

    side: Side
    member: str
    open: Beside
    signals: tuple[Source, ...]
    entries: tuple[EntrySource, ...]
    clock: Clock
    session: Session | None = None
    logins: int = 0
    given_up: bool = False
    samples: list[Sample] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    admitted: Event = field(default_factory=Event)
    tried: Event = field(default_factory=Event)
    wake: Event = field(default_factory=Event)

    @property
    def commands(self) -> tuple[str, ...]:
        """What is asked at each look, in its order."""
        entries = (command for one in self.entries for command in one.commands)
        return tuple(dict.fromkeys((*(one.command for one in self.signals), *entries)))

    def dial(self) -> None:
        """Log in beforehand; what keeps from it is kept, and never raised."""
        with self.lock:
            if not self.logins:
                self._guarded(self._log_in)

    def admit(self) -> None:
        """Let the login go on: whoever is watched has its own session by now, or needs none."""
        self.admitted.set()

    def take(self) -> None:
        """Look once; what keeps from it is kept, and never raised."""
        with self.lock:
            if self.given_up or (self.session is None and self.logins >= LOGINS):
                return
            self._guarded(self._take)
            self.tried.set()

    def has_looked_since(self, moment: float | None) -> bool:
        """Tell whether a look was asked for at a moment or after it."""
        return moment is not None and bool(self.samples) and self.samples[-1].asked_s >= moment

    def _guarded(self, work: Callable[[], object]) -> None:
        try:
            work()
        except DeviceError as error:
            self._trouble(error.message)
        except Exception as error:  # noqa: BLE001 - whoever is watched does not suffer
            self._trouble(f"a fault of Hotpair itself: {type(error).__name__}")

    def _log_in(self) -> Session:
        self.logins += 1
        self.session = session = self.open(self._await_admission)
        session.limit_replies(REPLY_S)
        return session

    def _await_admission(self) -> None:
        """Wait until whoever is watched has logged in: its session comes first, and its password is right."""
        if not self.admitted.wait(FIRST_S) or self.given_up:
            raise ConnectError(f"no session with {self.member} to look on beside", member=self.member)

    def _take(self) -> None:
        if self.session is not None and not self.samples and not self.session.still_open():
            self.close()  # it ended while nobody looked yet, e.g. while an operator was asked
        session = self.session or self._log_in()
        asked = self.clock.seconds()
        answers = look(session, self.commands, self.clock)
        self.tried.set()  # they are read while whoever is watched goes on
        seen = {one.command: one for one in answers}
        entries, own = {}, {}
        for one in self.entries:
            shown = [seen[command].parsed.records for command in one.commands]
            entries[one.name] = one.kind.keys(shown[0], one.interface)
            own[one.name] = one.kind.own(shown[-1], one.interface)
        signals = readings(self.signals, seen)
        unread = [one.command for one in answers if one.parsed.unparsed or one.parsed.lacks]
        marks = {one.command for one in self.signals if one.marks_only}
        self.samples.append(
            Sample(
                self.side,
                asked,
                self.clock.seconds(),
                signals,
                entries,
                own,
                tuple(one for one in unread if one not in marks),
                tuple(one for one in unread if one in marks),
            )
        )

    def _trouble(self, why: str) -> None:
        """Keep why there is no sample; the session is good for nothing any more."""
        if not self.given_up:
            self.troubles.append(f"{self.member}: {why}")
        self.tried.set()
        self.close()

    def close(self) -> None:
        """Hang up; one that cannot be hung up in order is let go."""
        session, self.session = self.session, None
        if session is not None:
            with suppress(Exception):
                session.close()

    def end(self) -> None:
        """Hang up for good; a login that still waits to go on ends too."""
        self.given_up = True
        self.admitted.set()
        self.close()

    def give_up(self) -> bool:
        """Hang up for good, for somebody who needs the line more; tell whether there was one."""
        session = self.session
        if session is None or self.given_up:
            return False
        self.given_up = True
        self.troubles.append(f"{self.member}: the line was given up for the change itself")
        self.close()
        return True
