"""A client at a device's terminal, with a virtual clock: both ends of the wire in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from emulator.device import Device
from tests.fixtures.text import text_of

PAIR_MEMBER = text_of("configurations/pair-member.cfg")


@dataclass
class Client:
    """One login on a device; every exchange gives the text that came back."""

    device: Device
    session: int = 0
    now: float = 0.0
    greeting: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.session = self.device.connect("netops", self.now, width=0)
        self.greeting = self.device.output(self.session, self.now).decode()

    def raw(self, data: bytes) -> str:
        return self.device.receive(self.session, data, self.now).decode()

    def type(self, *lines: str) -> str:
        """Type lines; give what the last one printed, its echo and the next prompt left out."""
        shown = [self.raw(line.encode() + b"\r") for line in lines][-1]
        assert shown.startswith(lines[-1])
        body = shown[len(lines[-1]) :].removeprefix("\r\n").replace("\r\n", "\n")
        self.prompt = body.rpartition("\n")[2]
        return body.rpartition("\n")[0]

    def wait(self, seconds: float) -> str:
        self.now += seconds
        return self.device.tick(self.now).get(self.session, b"").decode()

    @property
    def closed(self) -> bool:
        return self.device.closed(self.session)


def at(device: Device, **more: Any) -> Client:
    """Log in with paging off."""
    client = Client(device, **more)
    client.type("screen-length 0 temporary")
    return client


def configuring(device: Device, **more: Any) -> Client:
    """Log in and enter the system view."""
    client = at(device, **more)
    client.type("system-view")
    return client
