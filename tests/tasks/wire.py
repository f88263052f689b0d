"""Emulated devices without a network: a channel that hands bytes to a device, on a clock of its own."""

from __future__ import annotations

from collections.abc import Callable

from emulator.device import Device
from tasks.sessions.channel import Channel, ChannelClosedError
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.masking import SecretBook
from tasks.sessions.protocol import SecretResolver
from tasks.sessions.vrp import VrpSession


class Clock:
    """Seconds that pass when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class DeviceChannel:
    """One login on an emulated device; waiting for text that does not come lets the clock run."""

    def __init__(self, device: Device, clock: Clock, width: int = 0) -> None:
        self._device = device
        self._clock = clock
        self._session = device.connect("ops", clock.now, width=width)
        self._unread = device.output(self._session, clock.now)
        self.written: list[str] = []

    def write(self, text: str) -> None:
        if self._device.closed(self._session):
            raise ChannelClosedError("closed")
        self.written.append(text)
        self._unread += self._device.receive(self._session, text.encode(), self._clock.now)

    def read(self, seconds: float) -> str:
        if not self._unread and not self._device.closed(self._session):
            self._clock.now += seconds
            self._unread += self._device.tick(self._clock.now).get(self._session, b"")
        if not self._unread and self._device.closed(self._session):
            raise ChannelClosedError("closed")
        text, self._unread = self._unread.decode(), b""
        return text

    def close(self) -> None:
        self._device.disconnect(self._session, self._clock.now)


def log_in(
    device: Device,
    clock: Clock | None = None,
    resolve: SecretResolver | None = None,
    *,
    width: int = 0,
    terminal: Callable[[Channel], Channel] = lambda channel: channel,
) -> VrpSession:
    """Return a session with an emulated device, seen through a terminal with habits of its own."""
    clock = clock or Clock()
    secrets = SecretBook(resolve)
    channel = terminal(DeviceChannel(device, clock, width))
    dialogue = Dialogue(channel, device.name, mask=secrets.mask, clock=clock)
    dialogue.login()
    return VrpSession(dialogue, secrets)


def opener(device: Device, clock: Clock, resolve: SecretResolver | None = None) -> Callable[[], VrpSession]:
    """Return a way to log in."""
    return lambda: log_in(device, clock, resolve)
