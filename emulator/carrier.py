"""The line between a device and its clients: it carries, or swallows everything in silence.

While it swallows, nobody learns anything: what clients type does not arrive, what the device shows does not
leave, and who hangs up stays logged in. When it carries again, TCP sends what was lost once more.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Carrier:
    """Whether bytes pass, and what waits while they do not.

    Args:
        muted: whether it swallows.
        typed: what clients sent meanwhile, in order, by session.
        shown: what the device has for its clients, by session.
        left: sessions whose client hung up meanwhile.
    """

    muted: bool = False
    typed: list[tuple[int, bytes]] = field(default_factory=list)
    shown: dict[int, bytes] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)

    def show(self, session: int, out: bytes) -> None:
        """Take what the device has for a client."""
        if out:
            self.shown[session] = self.shown.get(session, b"") + out

    def arriving(self) -> dict[int, bytes]:
        """Give, once, what arrives at the clients now."""
        if self.muted:
            return {}
        shown, self.shown = self.shown, {}
        return shown
