"""The line between a device and its clients: it carries, or swallows everything in silence.

While it swallows, nobody learns anything: what clients type does not arrive, what the device shows does not
leave, and who hangs up stays logged in. When it carries again, TCP sends what was lost once more.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Carrier:
    """Whether bytes pass, and what waits while they do not.

    Args:
        muted: whether it swallows.
        typed: what clients sent meanwhile, in order, by session.
        shown: what the device has for its clients, in order, by session.
        left: sessions whose client hung up meanwhile.
    """

    muted: bool = False
    typed: tuple[tuple[int, bytes], ...] = ()
    shown: tuple[tuple[int, bytes], ...] = ()
    left: frozenset[int] = frozenset()

    def show(self, session: int, out: bytes) -> None:
        """Take what the device has for a client."""
        if out:
            self.shown = (*self.shown, (session, out))

    def arriving(self) -> dict[int, bytes]:
        """Give, once, what arrives at the clients now."""
        arrived: dict[int, bytes] = {}
        if not self.muted:
            for session, out in self.shown:
                arrived[session] = arrived.get(session, b"") + out
            self.shown = ()
        return arrived
