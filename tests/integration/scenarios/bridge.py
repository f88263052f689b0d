"""A lab without a network: sessions of ours on emulated devices, in one process and in virtual time.

Waiting for text that does not come, and sleeping between two looks at a pair, let the lab's clock run;
so an hour of preemption delay costs what the protocols have to do in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import RLock

from emulator.lab import Lab
from emulator.logins import VtyFullError
from inventory.errors import ConnectError
from inventory.model import Pair
from inventory.secrets import Secret
from runbooks.site import Besides, Openers
from tasks.clock import Clock
from tasks.sessions.channel import ChannelClosedError
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.masking import SecretBook
from tasks.sessions.protocol import Session
from tasks.sessions.vrp import VrpSession


class Stage:
    """A lab and what its sessions share: the turn to speak, since both members are looked at at once."""

    def __init__(self, lab: Lab, origin: str = "127.0.0.1") -> None:
        self.lab = lab
        self.origin = origin
        self.turn = RLock()

    @property
    def clock(self) -> Clock:
        """The lab's time, by which whoever verifies a pair waits."""
        return Clock(
            lambda: self.lab.now, self.sleep, lambda: self.lab.epoch + timedelta(seconds=self.lab.now)
        )

    def sleep(self, seconds: float) -> None:
        """Let the lab's time pass."""
        with self.turn:
            self.lab.advance(seconds)


class LabChannel:
    """One login on a device of a lab."""

    def __init__(self, stage: Stage, name: str) -> None:
        self._stage = stage
        self._device = stage.lab.device(name)
        with stage.turn:
            self._session = self._device.connect("ops", stage.lab.now, origin=stage.origin, width=0)
            self._unread = self._device.output(self._session, stage.lab.now)

    def write(self, text: str) -> None:
        """Send text as it is."""
        with self._stage.turn:
            if self._device.closed(self._session):
                raise ChannelClosedError("closed")
            self._unread += self._device.receive(self._session, text.encode(), self._stage.lab.now)

    def read(self, seconds: float) -> str:
        """Return what has arrived, or let time pass for it."""
        with self._stage.turn:
            ended = self._device.closed(self._session)
            if not self._unread and not ended:
                self._stage.lab.advance(seconds)
            self._unread += self._stage.lab.collected(self._device.name, self._session)
            if not self._unread and ended:
                raise ChannelClosedError("closed")
            text, self._unread = self._unread.decode(), b""
            return text

    def close(self) -> None:
        """End the stream."""
        with self._stage.turn:
            self._device.disconnect(self._session, self._stage.lab.now)


def log_in(stage: Stage, name: str) -> Session:
    """Open a session; every secret has the value `Lab-` and its name.

    Raises:
        ConnectError: the device has no power, or no free line.
    """
    if not stage.lab.powered(name):
        raise ConnectError(f"{name} is out of reach", member=name)
    secrets = SecretBook(lambda secret: Secret(f"Lab-{secret}"))
    try:
        channel = LabChannel(stage, name)
    except VtyFullError as error:
        raise ConnectError(f"no VTY line is free on {name}", member=name) from error
    dialogue = Dialogue(channel, name, mask=secrets.mask, clock=stage.clock.seconds)
    dialogue.login()
    return VrpSession(dialogue, secrets)


def besides(stage: Stage, pair: Pair) -> Besides:
    """Return a way to log in once more on each member."""

    def way(name: str) -> Callable[[Callable[[], None]], Session]:
        return lambda _before_login: log_in(stage, name)

    return {name: way(name) for name in (pair.members.a, pair.members.b)}


def openers(stage: Stage, pair: Pair) -> Openers:
    """Return a way to log in on each member."""
    return {name: partial(log_in, stage, name) for name in (pair.members.a, pair.members.b)}
