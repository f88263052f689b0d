"""A session on a wire that says what a test wants."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.sessions.dialogue import Dialogue
from tasks.sessions.masking import SecretBook
from tasks.sessions.vrp import VrpSession
from tests.tasks.sessions.script import GREETING, ScriptedChannel

USER, SYSTEM, DIRTY = "<Nancy-1>", "[~Nancy-1]", "[*Nancy-1]"
ENTER = {"system-view": f"Enter system view, return user view with return command.\r\n{SYSTEM}"}


class Value:
    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text


def session(
    answers: Mapping[str, str | list[str]],
    *,
    greeting: str = GREETING,
    piece: int = 1_000,
) -> tuple[VrpSession, ScriptedChannel]:
    channel = ScriptedChannel(answers, greeting, piece)
    book = SecretBook(lambda _name: Value("Zt0p_Secret"))
    dialogue = Dialogue(channel, "Nancy", mask=book.mask, timeout_s=5.0, clock=lambda: channel.waited)
    dialogue.login()
    return VrpSession(dialogue, book), channel
