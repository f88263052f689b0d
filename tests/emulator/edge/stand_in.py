"""A device of three commands, so that the edge is tested apart from the router behind it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class StandIn:
    """Echoes; `late` answers 500 seconds later, `quit` ends the session."""

    name: str = "PE7"
    login_banner: str = ""
    free: int = 2
    muted: bool = False
    users: dict[int, tuple[str, str, int]] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)
    due: dict[int, float] = field(default_factory=dict)
    typed: dict[int, bytes] = field(default_factory=dict)

    def vty_free(self) -> bool:
        return len(self.users) - len(self.gone) < self.free

    def connect(self, user: str, now: float, *, origin: str, width: int, command: str = "") -> int:
        del now, command
        session = len(self.users) + 1
        self.users[session] = (user, origin, width)
        self.typed[session] = b""
        return session

    def receive(self, session: int, data: bytes, now: float) -> bytes:
        shown = data.replace(b"\r", b"\r\n")
        self.typed[session] += data
        line, _, rest = self.typed[session].partition(b"\r")
        if self.typed[session].find(b"\r") < 0:
            return shown
        self.typed[session] = rest
        if line == b"quit":
            self.ended.add(session)
        if line == b"late":
            self.due[session] = now + 500
            return shown
        return shown + self.output(session, now)

    def output(self, session: int, now: float) -> bytes:
        del session, now
        return b"<PE7>"

    def tick(self, now: float) -> dict[int, bytes]:
        ripe = [session for session, moment in self.due.items() if moment <= now]
        for session in ripe:
            del self.due[session]
        return dict.fromkeys(ripe, b"at last\r\n<PE7>")

    def next_event(self) -> float | None:
        return min(self.due.values(), default=None)

    def busy(self, session: int) -> bool:
        return session in self.due

    def closed(self, session: int) -> bool:
        return session in self.ended

    def disconnect(self, session: int, now: float) -> None:
        del now
        self.gone.append(session)
