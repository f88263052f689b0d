"""An emulated twin of a pair: a program of its own over a pipe, booted from configurations, in virtual time.

Our own sessions, dialogue and waiting run against it as against routers; its clock is ours. Keys cannot be
read from ciphertext, so the twin takes those that it booted with as equal, and new ones are made up.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import Any, Final

from inventory.errors import ConnectError, IntentError
from inventory.secrets import Secret
from runbooks.certify.emulator import Answer, Obey, piped
from runbooks.site import Openers
from tasks.clock import Clock
from tasks.sessions.channel import ChannelClosedError
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.masking import SecretBook
from tasks.sessions.protocol import Session
from tasks.sessions.vrp import VrpSession

EPOCH: Final = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""The date of virtual second 0 on the twin."""
TYPING_S: Final = 0.02
"""How long what we type is on its way."""
REPLY_S: Final = 30.0
_RELEASE = re.compile(r"(?i)V800R0(\d\d)")


@dataclass(frozen=True, slots=True)
class Unplayed:
    """A line that the twin keeps without playing what it does.

    Args:
        member: device name.
        kind: `inert`, `foreign`, `unknown` or `unreadable`.
        line: with the lines above it.
        why: in words.
    """

    member: str
    kind: str
    line: str
    why: str


@dataclass(slots=True)
class Twin:
    """A running twin.

    Args:
        obey: gives orders to the emulator.
        names: devices that were booted.
        now_s: its virtual time.
    """

    obey: Obey
    names: tuple[str, ...]
    now_s: float = 0.0
    turn: RLock = field(default_factory=RLock)

    def order(self, **order: Any) -> Answer:
        """Return an order.

        Raises:
            IntentError: the emulator cannot do it; its words are in `found`.
        """
        with self.turn:
            answer = self.obey(order)
            self.now_s = answer.get("now", self.now_s)
        if not answer["ok"]:
            raise IntentError("the twin cannot do that", found=str(answer["error"])[:300])
        return answer

    @property
    def clock(self) -> Clock:
        """Its time, by which whoever rehearses waits."""
        return Clock(
            lambda: self.now_s,
            self.sleep,
            lambda: EPOCH + timedelta(seconds=self.now_s),
        )

    def sleep(self, seconds: float) -> None:
        """Let its time pass."""
        self.order(advance=seconds)

    @property
    def openers(self) -> Openers:
        """Ways to log in, by device name."""
        return {name: _Opener(self, name) for name in self.names}

    def unplayed(self, member: str) -> tuple[tuple[Unplayed, ...], int]:
        """Return the lines of a member that are kept without their effect, and how many it has in all."""
        answer = self.order(unmodelled=member)
        lines = tuple(
            Unplayed(member, one["kind"], " / ".join((*one["path"], one["line"])), one["why"])
            for one in answer["lines"]
        )
        return lines, int(answer["of"])


@dataclass(frozen=True, slots=True)
class _Opener:
    twin: Twin
    name: str

    def __call__(self) -> Session:
        """Log in.

        Raises:
            ConnectError: the device gives no session.
        """
        with self.twin.turn:
            answer = self.twin.obey({"open": self.name, "user": "rehearsal"})
        if not answer["ok"]:
            raise ConnectError(f"no session with {self.name}: {answer['error']}", member=self.name)
        channel = _Channel(self.twin, self.name, int(answer["session"]), str(answer["out"]))
        book = SecretBook(lambda name: Secret(f"Twin-{name}"))
        clock = self.twin.clock.seconds
        dialogue = Dialogue(channel, self.name, timeout_s=REPLY_S, mask=book.mask, clock=clock)
        dialogue.login()
        return VrpSession(dialogue, book)


class _Channel:
    """One shell on a device of the twin."""

    def __init__(self, twin: Twin, name: str, session: int, greeting: str) -> None:
        self._twin = twin
        self._where = {"device": name, "session": session}
        self._unread = greeting.encode("latin-1")
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._closed = False

    def write(self, text: str) -> None:
        """Send text as it is."""
        if self._closed:
            raise ChannelClosedError("the session has ended")
        data = text.encode().decode("latin-1")
        self._take(self._twin.order(type=data, after=TYPING_S, **self._where))

    def read(self, seconds: float) -> str:
        """Return what has arrived, or let virtual time pass for it."""
        if not self._unread and not self._closed:
            self._take(self._twin.order(wait=seconds, **self._where))
        data, self._unread = self._unread, b""
        if not data and self._closed:
            raise ChannelClosedError("the session has ended")
        return self._decode(data)

    def _take(self, answer: Answer) -> None:
        self._unread += str(answer["out"]).encode("latin-1")
        self._closed = self._closed or bool(answer["closed"])

    def close(self) -> None:
        """End the stream."""
        if not self._closed:
            self._closed = True
            with self._twin.turn:
                self._twin.obey({"close": self._where["session"], "device": self._where["device"]})


def release_named(shown: str) -> str:
    """Return the emulator's name of a release, e.g. `v8r12` of `V800R012C10`; empty where there is none."""
    read = _RELEASE.search(shown)
    return f"v8r{int(read[1])}" if read else ""


@contextmanager
def twin_of(
    texts: Mapping[str, str], releases: Mapping[str, str], links: Sequence[str] = ()
) -> Iterator[tuple[Twin, tuple[str, ...]]]:
    """Boot a twin for as long as the block lasts; tell which releases it cannot play.

    Args:
        texts: configurations by device name.
        releases: names of releases by device; one that the emulator does not know is told.
        links: wires, `PE1:PORT=PE2:PORT`, beside those between ports of one subnet.

    Raises:
        IntentError: a text is no configuration.
    """
    with piped() as obey:
        twin = Twin(obey, tuple(texts))
        told: list[str] = []
        known: dict[str, str] = {}
        for name, release in releases.items():
            tried = obey({"boot": {"probe": ""}, "release": release})
            if tried["ok"]:
                known[name] = release
            else:
                told.append(f"release {release or 'unknown'} of {name} is played as another one")
        twin.order(boot=dict(texts), **({"release": known} if known else {}), links=list(links))
        yield twin, tuple(told)
