"""Habits of terminals between a session and a device: log lines, stamps, pastes that lose a part."""

from __future__ import annotations

import re
from collections.abc import Callable

from tasks.sessions.channel import Channel

LOG = "Nov 28 2026 10:11:12+00:00 Sedan-1 %%01IFNET/4/LINKDOWN(l):CID=0x807a0405;The interface is down."
_PROMPT = r"(?:<[\w-]+>|\[[~*][\w-]+\])"


class Terminal:
    """A channel that changes what is said and what is typed.

    Args:
        channel: the device's.
        say: changes each piece of what the device says.
        hear: changes each piece of what is typed to it.
        piece: how many characters arrive at once.
    """

    def __init__(
        self,
        channel: Channel,
        say: Callable[[str], str] = str,
        hear: Callable[[str], str] = str,
        piece: int = 1_000_000,
    ) -> None:
        self._channel = channel
        self._say = say
        self._hear = hear
        self._piece = piece
        self._unread = ""
        self.written: list[str] = []

    def write(self, text: str) -> None:
        self.written.append(text)
        self._channel.write(self._hear(text))

    def read(self, seconds: float) -> str:
        if not self._unread:
            self._unread = self._say(self._channel.read(seconds))
        text, self._unread = self._unread[: self._piece], self._unread[self._piece :]
        return text

    def close(self) -> None:
        self._channel.close()


def logs_behind_prompts(text: str) -> str:
    """Tell a log line behind every prompt; the device shows the prompt once more after it."""
    return re.sub(rf"(?m)^({_PROMPT})", rf"\1\r\n{LOG}\r\n\1", text)


def logs_on_the_line_of_prompts(text: str) -> str:
    """Tell a log line behind every prompt, on its line."""
    return re.sub(rf"(?m)^({_PROMPT})", rf"\1{LOG}\r\n\1", text)


def logs_within_echoes(text: str) -> str:
    """Tell a log line while the first letters of a line are typed; the device shows them once more."""
    return re.sub(rf"(?m)^({_PROMPT}\w\w)", rf"\1\r\n{LOG}\r\n\1", text)


def logs_within_answers(text: str) -> str:
    """Tell a log line after every line that is said."""
    return text.replace("\r\n", f"\r\n{LOG}\r\n")


def dots_while_working(text: str) -> str:
    """Print dots below whatever takes a while: a commit, a rollback, and what an answer sets off."""
    slow = rf"(?:^{_PROMPT}|\A)(?:commit|abort|rollback|[yY])\b[^\r\n]*\r\n"
    return re.sub(rf"(?m)({slow})", r"\1.....................\r\n", text)


def stamped(stamp: str) -> Callable[[str], str]:
    """Put a moment above every answer: below each echo, that of a line or that which a piece begins with."""

    def say(text: str) -> str:
        return re.sub(rf"(?m)(^{_PROMPT}[^\r\n]+\r\n|\A[^\r\n]+\r\n)", rf"\g<1>{stamp}\r\n", text)

    return say


def cut(command: str, keep: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    """Show of the answer to one display, asked in the user view, the lines that are kept."""

    def say(text: str) -> str:
        shown = re.search(rf"(?s)({command}\r\n)(.*?\r\n)(?=<)", text)
        if shown is None:
            return text
        left = "".join(keep(shown[2].splitlines(keepends=True)))
        return text[: shown.end(1)] + left + text[shown.end(2) :]

    return say


class Lossy:
    """Loses a part of each paste that is longer than the device's buffer, until so many were lost.

    Args:
        lose: takes the part away.
        longest: characters that the device takes at once.
        times: how many pastes are hit.
    """

    def __init__(self, lose: Callable[[str], str], longest: int, times: int = 1_000) -> None:
        self._lose = lose
        self._longest = longest
        self.left = times

    def __call__(self, text: str) -> str:
        if len(text) <= self._longest or not self.left:
            return text
        self.left -= 1
        return self._lose(text)
