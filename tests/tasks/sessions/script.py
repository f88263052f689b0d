"""A channel whose device is a table: what it says to each line, for replies that no emulated device gives."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.sessions.channel import ChannelClosedError

GREETING = "Info: The max number of VTY users is 5.\r\n<Nancy-1>"


class ScriptedChannel:
    """Answers each written line by a table; a list is used up answer by answer, nothing means silence.

    Args:
        answers: what follows the echo, prompt included, by line.
        greeting: what is there before anything is written.
        piece: how many characters arrive at once.
    """

    def __init__(
        self, answers: Mapping[str, str | list[str]], greeting: str = GREETING, piece: int = 1_000
    ) -> None:
        self._answers = {
            "screen-length 0 temporary": "Info: It takes effect here only.\r\n<Nancy-1>",
            "undo terminal monitor": "Info: Current terminal monitor is off.\r\n<Nancy-1>",
            **{line: list(said) if isinstance(said, list) else said for line, said in answers.items()},
        }
        self._unread = greeting
        self._piece = piece
        self.written: list[str] = []
        self.writes: list[str] = []
        self.closed = False
        self.waited = 0.0

    def write(self, text: str) -> None:
        if self.closed:
            raise ChannelClosedError("closed")
        self.writes.append(text)
        for line in text.removesuffix("\n").split("\n"):
            self.written.append(line)
            said = self._answers.get(line)
            if isinstance(said, list):
                said = said.pop(0) if said else None
            if said == "CLOSE":
                self.closed = True
                return
            if said is not None:
                self._unread += f"{line}\r\n{said}"

    def read(self, seconds: float) -> str:
        if not self._unread:
            if self.closed:
                raise ChannelClosedError("closed")
            self.waited += seconds
            return ""
        text, self._unread = self._unread[: self._piece], self._unread[self._piece :]
        return text

    def close(self) -> None:
        self.closed = True
