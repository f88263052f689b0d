"""The world of one schedule: the emulated pair, the time, our processes, and the events that they meet.

Each login, each line on its way to a device and each write of the journal is an event; strikes wait for
theirs.
What a strike does stands in `deeds`, what happens to a reply in `stream`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from runbooks.certify.disk import Disk
from runbooks.certify.emulator import Answer, EmulatorError, Obey
from runbooks.certify.schedule import DEADLY, OF_CANDIDATE, OF_REPLY, Kind, Place, Strike, What, command_of

USER, STRANGER = "ops", "carol"
_DISPLAYED = "display current-configuration"
_LOOKS = ("display ", "screen-length ", "undo terminal ", "system-view", "quit", "return")


class KilledError(BaseException):
    """The process dies here: nothing of ours runs any more."""


class AlienError(Exception):
    """What a library raises that nobody foresaw."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a process did.

    Args:
        what: login, line or write.
        place: where in the run.
        text: line, or name of the journal's line; secrets as their names.
        at: virtual seconds.
    """

    what: What
    place: Place
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A strike that met its event.

    Args:
        strike: what was to happen.
        took: whether it changed anything.
    """

    strike: Strike
    took: bool


@dataclass(slots=True)
class World:
    """One schedule's world.

    Args:
        obey: the emulator.
        members: device names by side.
        secrets: values by name.
        release: of both devices.
        strikes: what is to happen.
        rival: lines by side by which somebody changes ours.
        elsewhere: lines by which somebody changes what is no business of ours.
        deed: does what a strike says; tells whether it changed anything.
        watch: told each event, for a replay in words.
    """

    obey: Obey
    members: Mapping[str, str]
    secrets: Mapping[str, str]
    release: str
    strikes: tuple[Strike, ...]
    rival: Mapping[str, tuple[str, ...]]
    elsewhere: tuple[str, ...]
    deed: Callable[[World, Strike], bool]
    watch: Callable[[Event], None] = field(default=lambda _event: None)
    now: float = 0.0
    process: int = 0
    dead: bool = False
    disk: Disk = field(init=False)
    events: list[Event] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    last_fault: float = 0.0
    silent: dict[str, float] = field(default_factory=dict)
    due: list[tuple[float, str]] = field(default_factory=list)
    opened: dict[tuple[str, int], str] = field(default_factory=dict)
    crowd: list[tuple[str, int]] = field(default_factory=list)
    committed: dict[str, list[str]] = field(default_factory=lambda: {"a": [], "b": []})
    _met: Counter[tuple[str, str]] = field(default_factory=Counter)
    _hidden: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Give the journal its disk."""
        self.disk = Disk(self._written)
        self._hidden = tuple(self.secrets.items())

    def _written(self, text: str) -> None:
        self.meet(What.DISK, "", text)

    # ---- time and orders -----------------------------------------------------------------------------------

    def order(self, **order: Any) -> Answer:
        """Send the emulator an order that cannot go wrong; what falls due meanwhile happens meanwhile."""
        timed = next((name for name in ("advance", "wait") if name in order), None)
        end = self.now + (order[timed] if timed else 0.0)
        while self.due and self.due[0][0] <= end:
            moment, member = self.due.pop(0)
            if timed:
                answer = self._ordered({**order, timed: max(moment - self.now, 0.0)})
                order[timed] = end - self.now
            self._ordered({"fault": "restore-line", "device": member})
            if timed == "wait" and (answer["out"] or answer["closed"]):
                return answer
        return self._ordered(order)

    def _ordered(self, order: Mapping[str, Any]) -> Answer:
        answer = self.obey(order)
        if not answer["ok"]:
            raise EmulatorError(str(answer["error"]), found=str(order)[:200])
        self.now = answer["now"]
        return answer

    def clock(self) -> float:
        """Return the seconds on our clock."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass, while the process lives."""
        self.live()
        self.order(advance=seconds)

    def live(self) -> None:
        """Let nothing of ours run after its death."""
        if self.dead:
            raise KilledError

    # ---- processes -----------------------------------------------------------------------------------------

    def next_process(self) -> None:
        """Begin the process that takes up what the last one left."""
        self.process += 1
        self._met.clear()
        self.dead = False
        self.disk.end()
        self.disk = Disk(self._written)

    def heal(self) -> None:
        """End every trouble that lasts."""
        self.silent.clear()
        for _, member in self.due:
            self._ordered({"fault": "restore-line", "device": member})
        self.due.clear()
        for member, session in self.crowd:
            self.obey({"close": session, "device": member})
        self.crowd.clear()
        self.disk.full = False

    def hang_up(self) -> None:
        """Let the devices see the end of our sessions."""
        for member, session in sorted(self.opened):
            self.obey({"close": session, "device": member})
        self.opened.clear()

    def side(self, member: str) -> str:
        """Return the side of a member."""
        return next(side for side, name in self.members.items() if name == member)

    def is_silent(self, side: str) -> bool:
        """Tell whether nothing passes between us and a member."""
        return self.silent.get(side, -1.0) > self.now

    # ---- events --------------------------------------------------------------------------------------------

    def meet(self, what: What, side: str, text: str) -> Strike | None:
        """Let what waits for this event happen; give the strike at the reply, if there is one."""
        self.live()
        event = self._event(what, side, text)
        self.events.append(event)
        self.watch(event)
        of_reply = None
        for strike in self.strikes:
            if strike.place != event.place:
                continue
            if strike.kind in OF_REPLY or strike.kind in OF_CANDIDATE:
                of_reply = strike if what is What.LINE else None
            else:
                self._strike(strike)
        return of_reply

    def _event(self, what: What, side: str, text: str) -> Event:
        text, command = _named(what, text, self._hidden)
        nth = self._met[side, command] = self._met[side, command] + 1
        return Event(what, Place(self.process, side, command, nth), text, self.now)

    def _strike(self, strike: Strike) -> None:
        at = len(self.effects)
        self.struck(strike, took=True)  # before it is done: some deeds raise
        if not self.deed(self, strike):
            self.effects[at] = Effect(strike, took=False)
        if strike.kind in DEADLY and self.dead:
            raise KilledError
        if strike.kind is Kind.FOREIGN:
            raise AlienError("unknown channel type")

    def struck(self, strike: Strike, *, took: bool) -> None:
        """Remember a strike that met its event."""
        self.last_fault = self.now
        self.effects.append(Effect(strike, took))

    def seen_last(self, side: str) -> bool:
        """Tell whether nothing but looks came after we last displayed a member's configuration."""
        for event in reversed(self.events):
            if event.what is What.DISK:
                continue
            if event.place.side == side and event.text.startswith(_DISPLAYED):
                return True
            if event.what is What.LINE and not event.text.startswith(_LOOKS):
                return False
        return False


@lru_cache(maxsize=4096)
def _named(what: What, text: str, secrets: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Return what was typed with secrets as their names, and the command that it is."""
    for name, value in secrets:
        text = text.replace(value, f"<secret:{name}>")
    return text, command_of(what, text)
