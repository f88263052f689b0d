"""What the SSH shell needs of an emulated device: bytes and a time in, bytes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Terminals(Protocol):
    """The virtual terminals of one device; `Device` is one.

    Times are virtual seconds. A session is the number that `connect` gave.
    """

    @property
    def name(self) -> str:
        """Name under which the device is served."""

    @property
    def login_banner(self) -> str:
        """What is shown before authentication; empty for nothing."""

    @property
    def muted(self) -> bool:
        """Whether the line to the clients carries nothing: who calls then waits until it does."""

    def vty_free(self) -> bool:
        """Whether one more terminal can be opened."""

    def connect(self, user: str, now: float, *, origin: str, width: int, command: str) -> int:
        """Open a terminal for an authenticated user.

        Args:
            user: login name.
            now: virtual seconds.
            origin: address of the client.
            width: columns of its terminal, 0 when unknown.
            command: the only one to obey; the session ends with its reply. Empty for a dialogue.
        """

    def receive(self, session: int, data: bytes, now: float) -> bytes:
        """Take typed bytes; give what the terminal shows at once."""

    def output(self, session: int, now: float) -> bytes:
        """Return what is due to be shown without typing: banner and first prompt, late replies."""

    def tick(self, now: float) -> dict[int, bytes]:
        """Let time act; give what it shows, by session."""

    def next_event(self) -> float | None:
        """When time alone will next change something."""

    def closed(self, session: int) -> bool:
        """Whether the device has ended the session."""

    def busy(self, session: int) -> bool:
        """Whether a reply of the session is still to come."""

    def disconnect(self, session: int, now: float) -> None:
        """The client is gone."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may log in, the same on every device that is served.

    Args:
        username: the one user of the device.
        password: its password; never a real one, these are emulated devices on loopback.
        authorized_keys: public keys that may log in instead, in OpenSSH's one-line form.
    """

    username: str
    password: str
    authorized_keys: tuple[str, ...] = ()
