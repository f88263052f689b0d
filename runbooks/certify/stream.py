"""Sessions through the world: the real dialogue over a channel whose other end is the emulator."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

from inventory.errors import ConnectError
from inventory.secrets import Secret
from runbooks.certify.emulator import Answer
from runbooks.certify.schedule import Kind, Strike, What
from runbooks.certify.world import USER, World
from tasks.sessions.channel import ChannelClosedError
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.masking import SecretBook
from tasks.sessions.vrp import VrpSession

TYPING_S = 0.05
"""How long a line is on its way."""
CONNECT_S = 30.0
"""How long a login is waited for, and an ordinary reply."""
LATE_S = {Kind.LATE: 20.0, Kind.LATER: 45.0, Kind.LATEST: 200.0}
"""How late a reply is."""
_ANSWERED = ("]", ">", "]:")
_NOTED = "Info: The line is noted."
_DAMAGE: Mapping[Kind, Mapping[str, object]] = {
    Kind.LOST: {"fault": "swallow-reply"},
    Kind.GARBLED: {"fault": "garble"},
    Kind.IGNORED: {"fault": "refuse-line", "message": _NOTED},
    Kind.DROP_BEFORE: {"fault": "drop-session", "when": "before"},
    Kind.DROP_DURING: {"fault": "drop-session", "when": "during"},
    Kind.DROP_AFTER: {"fault": "drop-session", "when": "after"},
    **{kind: {"fault": "slow-output", "seconds": seconds} for kind, seconds in LATE_S.items()},
}


def open_session(world: World, member: str) -> VrpSession:
    """Log in, as the adapters do.

    Raises:
        ConnectError: no session.
    """
    side = world.side(member)
    world.meet(What.LOGIN, side, member)
    if world.is_silent(side):
        world.sleep(CONNECT_S)
        raise ConnectError(f"no session with {member}: timed out", member=member)
    answer = world.obey({"open": member, "user": USER})
    if not answer["ok"]:
        raise ConnectError(f"no session with {member}: {answer['error']}", member=member)
    session = int(answer["session"])
    world.opened[member, session] = side
    book = SecretBook(lambda name: Secret(world.secrets[name]))
    channel = _Channel(world, member, session, str(answer["out"]))
    dialogue = Dialogue(channel, member, timeout_s=CONNECT_S, mask=book.mask, clock=world.clock)
    dialogue.login()
    return VrpSession(dialogue, book)


class _Channel:
    """One shell on a device, with what happens to its lines and replies on the way."""

    def __init__(self, world: World, member: str, session: int, greeting: str) -> None:
        self._world = world
        self._member = member
        self._side = world.side(member)
        self._session = session
        self._unread = greeting.encode("latin-1")
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._closed = False

    def write(self, text: str) -> None:
        """Send lines, each an event; between two of them everything can happen."""
        whole = ""
        for line in text.splitlines(keepends=True):
            struck = self._world.meet(What.LINE, self._side, line.rstrip("\n"))
            if struck is None:
                whole += line
                continue
            self._type(whole)
            self._damage(struck, line)
            whole = ""
        self._type(whole)

    def _damage(self, strike: Strike, line: str) -> None:
        """Let the reply to a line be damaged, if the session is still there to take it."""
        self._take(self._world.order(wait=0, device=self._member, session=self._session))
        if self._closed or self._world.is_silent(self._side):
            return
        self._world.order(**_DAMAGE[strike.kind], device=self._member)
        answer = self._type(line)
        shown = str(answer["out"])
        whole = shown.rstrip().endswith(_ANSWERED) and _NOTED not in shown
        damaged = not whole or bool(answer["closed"]) or strike.kind is Kind.GARBLED
        self._world.struck(strike, took=damaged)

    def _type(self, text: str) -> Answer:
        self._world.live()
        if self._closed:
            raise ChannelClosedError("the session has ended")
        if not text or self._world.is_silent(self._side):
            return {}
        data = text.encode().decode("latin-1")
        answer = self._world.order(type=data, device=self._member, session=self._session, after=TYPING_S)
        self._take(answer)
        return answer

    def _take(self, answer: Answer) -> None:
        self._unread += str(answer["out"]).encode("latin-1")
        if answer["closed"]:
            self._closed = True
            self._world.opened.pop((self._member, self._session), None)

    def read(self, seconds: float) -> str:
        """Return what has arrived, or wait for it."""
        self._world.live()
        if self._world.is_silent(self._side):
            self._world.sleep(seconds)
            return ""
        if not self._unread and not self._closed:
            self._take(self._world.order(wait=seconds, device=self._member, session=self._session))
        data, self._unread = self._unread, b""
        if not data and self._closed:
            raise ChannelClosedError("the session has ended")
        return self._decode(data)

    def close(self) -> None:
        """Hang up; a dead process hangs up nothing, and a silent link tells nobody."""
        if self._world.dead or self._closed:
            return
        self._closed = True
        self._world.opened.pop((self._member, self._session), None)
        if not self._world.is_silent(self._side):
            self._world.order(close=self._session, device=self._member)
