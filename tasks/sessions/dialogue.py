"""One VRP dialogue over any channel: lines out, echoes, replies, questions and prompts in.

Lines are written in windows and matched afterwards. The stream after a window of lines L1..Ln is

    L1 <newline> reply1 PROMPT1 L2 <newline> reply2 PROMPT2 ... Ln <newline> replyn PROMPTn

so a prompt inside a window counts only where the echo of the next line follows it, and the last one only at
the end of what has arrived: text that looks like a prompt cannot cut a reply in two. A line that is known to
ask something ends its window. A question that nobody foresaw swallows the rest of its window (the device
wants a choice and takes nothing else); it gets the answer that changes nothing, and the window ends there.

A log line may come anywhere. After one the device shows again what stood in the line before: the prompt, and
what was typed behind it. A moment may stand above each answer. Both are taken out here, for all readers.

After an exchange that did not end as above the dialogue is out of step and refuses to go on. Where the device
lost a part of what was typed, `recover` brings it to rest; what it then holds must be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from inventory.errors import ConnectError
from parsers.prompts import LOGIN_PROMPT, Prompt, prompt_pattern
from parsers.replies import ReplyKind, asks, classify, login_answer
from tasks.sessions.channel import Channel, ChannelClosedError
from tasks.sessions.hearing import GRACE_S, Hearing
from tasks.sessions.lines import WINDOW_LINES, Heard, Line, windows
from tasks.sessions.protocol import LostReplyError
from tasks.sessions.steps import Step, finish

PAGING_OFF = Line("screen-length 0 temporary", "screen-length 0 temporary")
LOG_OFF = Line("undo terminal monitor", "undo terminal monitor")

_MOST_LOGIN_QUESTIONS = 4


class Dialogue:
    """A conversation with one device.

    Args:
        channel: an authenticated shell.
        member: device name for messages.
        timeout_s: seconds for an ordinary reply.
        mask: takes secrets out of a text before it is shown.
        clock: seconds, for the deadlines.

    `limit_s`, when set, is the longest wait for any reply.
    """

    def __init__(
        self,
        channel: Channel,
        member: str,
        *,
        timeout_s: float = 30.0,
        mask: Callable[[str], str] = str,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.limit_s: float | None = None
        self._hearing = Hearing(channel, member, mask=mask, clock=clock)
        self._channel = channel
        self._timeout_s = timeout_s
        self._mask = mask
        self._clock = clock
        self._in_step = True

    @property
    def member(self) -> str:
        """Device name."""
        return self._hearing.member

    @property
    def host_name(self) -> str:
        """Name that the device shows in its prompts; known after the login."""
        return self._hearing.host_name

    @property
    def prompt(self) -> Prompt:
        """The prompt that was shown last."""
        return self._hearing.prompt

    def shows_prompt(self, said: Sequence[str]) -> bool:
        """Tell whether a line of an answer begins with a prompt of the device."""
        pattern = prompt_pattern(self.host_name)
        return any(pattern.match(line) for line in said)

    @property
    def ended(self) -> bool:
        """Whether the device closed the session while the rest of a refused window was read."""
        return self._hearing.ended

    def still_open(self) -> bool:
        """Tell whether the session can go on, as far as that is seen without asking the device."""
        try:
            if self._in_step:
                self._hearing.arrived.drain()
        except ChannelClosedError:
            self._in_step = False
        return self._in_step

    def close(self) -> None:
        """End the conversation."""
        self._in_step = False
        self._channel.close()

    # ---- login ---------------------------------------------------------------------------------------------

    def login(self) -> None:
        """Read banners, answer the known login questions, learn the host name and switch paging off.

        A banner may end like a prompt. So the name is taken from the prompt before the echo of the
        first command.

        Raises:
            ConnectError: no prompt came, or a question that only a person can answer.
        """
        try:
            self._log_in(self._clock() + self._timeout_s)
        except ChannelClosedError as error:
            raise self._no_login("the device ended the session") from error
        except LostReplyError as error:
            raise self._no_login(error.message) from None
        except BaseException:
            self.close()  # nobody else knows of this session, and the device has few lines
            raise

    def _log_in(self, deadline: float) -> None:
        self._meet(deadline)
        paging = finish(self._hearing.hear(PAGING_OFF, (LOG_OFF,), deadline))
        finish(self._hearing.hear(LOG_OFF, (), deadline))  # where it is refused, log lines are put up with
        if paging.question is not None or classify(paging.body).kind is not ReplyKind.ACCEPTED:
            raise self._no_login("paging cannot be switched off")

    def _meet(self, deadline: float) -> None:
        """Come from the banner to the echo of the first command."""
        arrived = self._hearing.arrived
        echoed = re.compile(rf"{LOGIN_PROMPT.pattern}{re.escape(PAGING_OFF.text)}[ \t]*")
        sent, questions, seen = False, 0, 0
        while True:
            for index in range(seen, len(arrived.lines)):
                if (match := echoed.fullmatch(arrived.lines[index])) is not None:
                    self._hearing.host_name = match["host"]
                    arrived.take(index)
                    arrived.lines[0] = PAGING_OFF.text
                    return
            seen = len(arrived.lines)
            if not sent and LOGIN_PROMPT.fullmatch(arrived.tail):
                self._hearing.send(f"{PAGING_OFF.text}\n{LOG_OFF.text}")
                sent = True
            elif asks(arrived.tail) and not arrived.more_within(GRACE_S, deadline):
                questions += 1
                self._answer_login(questions)
                sent, seen = False, 0  # a question swallows what was typed before it
            elif not arrived.more(deadline):
                raise self._no_login("the device does not echo what is typed" if sent else self._silence())

    def _silence(self) -> str:
        """Say what the device waits for, if it waits for an answer."""
        last = self._hearing.arrived.tail.strip()
        return f"the device asks `{self._mask(last)}`" if last.endswith((":", "?")) else "no prompt came"

    def _answer_login(self, count: int) -> None:
        answer = login_answer(self._hearing.arrived.said())
        if answer is None or count > _MOST_LOGIN_QUESTIONS:
            question = self._mask(self._hearing.arrived.tail.strip())
            raise self._no_login(f"the device asks `{question}`, which only a person can answer")
        self._hearing.arrived.clear()
        self._hearing.send(answer)

    def _no_login(self, reason: str) -> ConnectError:
        self.close()
        return ConnectError(
            f"no session with {self.member}: {reason}",
            wanted="prompt <NAME>",
            found=self._hearing.found(),
            member=self.member,
        )

    # ---- exchanges -----------------------------------------------------------------------------------------

    def ask(self, line: Line, *, timeout_s: float | None = None) -> Step[Heard]:
        """Write one line and give what the device says to it.

        Raises:
            LostReplyError: no whole reply came in time.
        """
        heard: list[Heard] = []
        yield from self._window((line,), lambda _index, _said: True, heard, self._patience(timeout_s))
        return heard[0]

    def ask_all(
        self,
        lines: Sequence[Line],
        good: Callable[[int, Heard], bool],
        *,
        at_once: int = WINDOW_LINES,
        timeout_s: float | None = None,
    ) -> Step[list[Heard]]:
        """Write lines in windows and give what the device says to each, up to the first that is not good.

        Args:
            lines: what to write, in order.
            good: told the index of a line and what was heard; false ends the exchange there. What the window
                still holds has been typed all the same; its replies are read and dropped.
            at_once: how many lines a window holds at most.
            timeout_s: seconds for each reply; nothing: as for any other.

        Raises:
            PasteLostError: the device lost a part of what was typed; see `recover`.
            LostReplyError: no whole reply came in time.
        """
        heard: list[Heard] = []
        for window in windows(lines, at_once):
            if not (yield from self._window(window, good, heard, self._patience(timeout_s))):
                break
        return heard

    def recover(self) -> Step[None]:
        """Come to rest at a prompt after the device lost a part of what was typed.

        What was typed may have been done in part or in another shape: it must be looked at, or dropped.

        Raises:
            LostReplyError: the device does not come to rest.
        """
        self._in_step = True
        with self._stepping():
            yield from self._hearing.recover(self._clock() + self._patience(None))

    def rest(self, seconds: float) -> Step[None]:
        """Leave the device alone for some seconds."""
        with self._stepping():
            yield
            deadline = self._clock() + seconds
            while self._hearing.arrived.more(deadline):
                pass

    def _patience(self, timeout_s: float | None) -> float:
        seconds = timeout_s or self._timeout_s
        return seconds if self.limit_s is None else min(seconds, self.limit_s)

    def _window(
        self,
        lines: Sequence[Line],
        good: Callable[[int, Heard], bool],
        heard: list[Heard],
        timeout_s: float,
    ) -> Step[bool]:
        """Write one window and add what is heard; tell whether all of it was good."""
        with self._stepping():
            self._hearing.send("\n".join(line.text for line in lines))
            yield
            for index, line in enumerate(lines):
                following = lines[index + 1 :]
                said = yield from self._hearing.hear(line, following, self._clock() + timeout_s)
                heard.append(said)
                if said.question is not None:
                    return False
                if not good(len(heard) - 1, said):
                    yield from self._hearing.drain(following, self._clock() + timeout_s)
                    return False
        return True

    @contextmanager
    def _stepping(self) -> Iterator[None]:
        if not self._in_step:
            raise LostReplyError(f"the session with {self.member} is out of step", member=self.member)
        self._in_step = False
        try:
            yield
        except ChannelClosedError as error:
            raise LostReplyError(
                f"{self.member} ended the session",
                wanted="a reply",
                found=self._hearing.found(),
                member=self.member,
            ) from error
        self._in_step = not self._hearing.ended
