"""What a device has said and nobody has taken yet: whole lines, and the one that it has not ended.

Each piece is looked at once, when it comes: reading a display takes time in proportion to its length, in
whatever pieces it arrives.
"""

from __future__ import annotations

from collections.abc import Callable

from parsers.terminal import plain
from tasks.sessions.channel import Channel

SHOWN = 200  # characters of what came last, for messages


class Arrivals:
    """The incoming side of a dialogue.

    Args:
        channel: where the text comes from.
        clock: seconds.

    `lines` are whole, without the terminal's marks; `tail` is what stands in the last line so far.
    """

    def __init__(self, channel: Channel, clock: Callable[[], float]) -> None:
        self.lines: list[str] = []
        self.tail = ""
        self._raw = ""
        self._channel = channel
        self._clock = clock

    def more(self, deadline: float) -> bool:
        """Wait for more text until the deadline; false when none came."""
        seconds = deadline - self._clock()
        return seconds > 0 and self._add(self._channel.read(seconds))

    def drain(self) -> None:
        """Take in what is there already, without waiting.

        Raises:
            ChannelClosedError: the device has ended the session.
        """
        while self._add(self._channel.read(0.0)):
            pass

    def _add(self, text: str) -> bool:
        if not text:
            return False
        whole, ended, self._raw = (self._raw + text).rpartition("\n")
        if ended:
            self.lines += plain(whole).split("\n")
        self.tail = plain(self._raw)
        return True

    def more_within(self, seconds: float, deadline: float) -> bool:
        """Wait for more text so many seconds, but not past the deadline; false when none came."""
        return self.more(min(deadline, self._clock() + seconds))

    def reach(self, count: int, deadline: float) -> bool:
        """Wait until so many lines are whole; false when they did not come."""
        while len(self.lines) < count:
            if not self.more(deadline):
                return False
        return True

    def take(self, count: int) -> list[str]:
        """Take so many lines away."""
        taken = self.lines[:count]
        del self.lines[:count]
        return taken

    def clear(self) -> None:
        """Forget everything that has arrived."""
        self.lines.clear()
        self.tail = self._raw = ""

    def said(self, since: int = 0) -> str:
        """Return what has arrived from one line on, the unfinished one too."""
        return "\n".join([*self.lines[since:], self.tail])

    def last_words(self) -> str:
        """Return the end of what has arrived, from the beginning of a line: a key in it is whole."""
        text, count = self.tail, len(self.lines)
        while len(text) < SHOWN and count > 0:
            count -= 1
            text = f"{self.lines[count]}\n{text}"
        return text
