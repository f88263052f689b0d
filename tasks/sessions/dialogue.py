"""One VRP dialogue over any channel: lines out, echoes, replies, questions and prompts in.

Lines are written in windows and matched afterwards. The stream after a window of lines L1..Ln is

    L1 <newline> reply1 PROMPT1 L2 <newline> reply2 PROMPT2 ... Ln <newline> replyn PROMPTn

so a prompt inside a window counts only where the echo of the next line follows it, and the last one only at
the end of what has arrived: text that looks like a prompt cannot cut a reply in two. A line that is known to
ask something ends its window. A question that nobody foresaw swallows the rest of its window (the device
wants a choice and takes nothing else); it gets the answer that changes nothing, and the window ends there.

After an exchange that did not end as above the dialogue is out of step and refuses to go on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from inventory.errors import ConnectError
from parsers.prompts import LOGIN_PROMPT, Prompt, prompt_pattern, read_prompt
from parsers.replies import (
    Answers,
    ReplyKind,
    asks,
    classify,
    login_answer,
    plain,
    planned_answer,
    safe_answer,
)
from tasks.sessions.channel import Channel, ChannelClosedError
from tasks.sessions.lines import Heard, Line, blank_tolerant, squeezed, windows
from tasks.sessions.protocol import LostReplyError
from tasks.sessions.steps import Step

PAGING_OFF = "screen-length 0 temporary"

_GRACE_S = 0.3  # silence after which text that looks like an unforeseen question is one
_MOST_ANSWERS = 8
_MOST_LOGIN_QUESTIONS = 4


class Dialogue:
    """A conversation with one device.

    Args:
        channel: an authenticated shell.
        member: device name for messages.
        timeout_s: seconds for an ordinary reply.
        mask: takes secrets out of a text before it is shown.
        clock: seconds, for the deadlines.

    `host_name` is known after the login; `prompt` is the last one that was shown; `ended` says that the
    device closed the session while the rest of a refused window was read. `limit_s`, when set, is the longest
    wait for any reply.
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
        self.member = member
        self.host_name = ""
        self.prompt = Prompt(user_view=True)
        self._channel = channel
        self._timeout_s = timeout_s
        self._mask = mask
        self._clock = clock
        self._buffer = ""
        self.ended = False
        self.limit_s: float | None = None
        self._in_step = True

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
        deadline = self._clock() + self._timeout_s
        try:
            self._meet(deadline)
            end = self._await_end(deadline)
        except ChannelClosedError as error:
            raise self._no_login("the device ended the session") from error
        if not isinstance(end, re.Match):
            raise self._no_login("no prompt came after the first command")
        reply = classify(self._buffer[: end.start()].split("\n"))
        if reply.kind is not ReplyKind.ACCEPTED:
            raise self._no_login("paging cannot be switched off")
        self._buffer = ""

    def _meet(self, deadline: float) -> None:
        """Come from the banner to the echo of the first command."""
        echoed = re.compile(rf"(?m)^{LOGIN_PROMPT.pattern}{re.escape(PAGING_OFF)}[ \t]*\n")
        sent, questions = False, 0
        while (match := echoed.search(self._buffer)) is None:
            if not sent and self._at_login_prompt():
                self._send(PAGING_OFF)
                sent = True
            elif asks(self._buffer) and not self._more(min(deadline, self._clock() + _GRACE_S)):
                questions += 1
                self._answer_login(questions)
                sent = False  # a question swallows what was typed before it
            elif not self._more(deadline):
                raise self._no_login(
                    "no prompt came" if not sent else "the device does not echo what is typed"
                )
        self.host_name = match["host"]
        self._buffer = self._buffer[match.end() :]

    def _at_login_prompt(self) -> bool:
        return LOGIN_PROMPT.fullmatch(self._buffer, self._buffer.rfind("\n") + 1) is not None

    def _answer_login(self, count: int) -> None:
        answer = login_answer(self._buffer)
        if answer is None or count > _MOST_LOGIN_QUESTIONS:
            raise self._no_login("the device asks what only a person can answer")
        self._buffer = ""
        self._send(answer)

    def _no_login(self, reason: str) -> ConnectError:
        self.close()
        return ConnectError(
            f"no session with {self.member}: {reason}",
            wanted="prompt <NAME>",
            found=self._found(),
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

    def ask_all(self, lines: Sequence[Line], good: Callable[[int, Heard], bool]) -> Step[list[Heard]]:
        """Write lines in windows and give what the device says to each, up to the first that is not good.

        Args:
            lines: what to write, in order.
            good: told the index of a line and what was heard; false ends the exchange there. What the window
                still holds has been typed all the same; its replies are read and dropped.

        Raises:
            LostReplyError: no whole reply came in time.
        """
        heard: list[Heard] = []
        for window in windows(lines):
            if not (yield from self._window(window, good, heard, self._patience(None))):
                break
        return heard

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
            self._send("\n".join(line.text for line in lines))
            yield
            for index, line in enumerate(lines):
                following = lines[index + 1 :]
                said = yield from self._hear(line, following, self._clock() + timeout_s)
                heard.append(said)
                if said.question is not None:
                    return False
                if not good(len(heard) - 1, said):
                    yield from self._drain(following, self._clock() + timeout_s)
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
                f"{self.member} ended the session", wanted="a reply", found=self._found(), member=self.member
            ) from error
        self._in_step = not self.ended

    def _hear(self, line: Line, following: Sequence[Line], deadline: float) -> Step[Heard]:
        self._read_echo(line, deadline)
        unread = 0
        for _ in range(_MOST_ANSWERS):
            end = self._await_end(deadline, line.answers, following, unread)
            if end is None:
                raise self._lost(f"no whole reply to `{line.shown}` came", "the next prompt")
            if isinstance(end, re.Match):
                return self._taken(end)
            answer = planned_answer(self._buffer[unread:], line.answers)
            if answer is None:
                return (yield from self._refuse_question(self._buffer[unread:], deadline))
            unread = len(self._buffer)
            self._send(answer)
            yield
            self._skip_line(unread, deadline)
        raise self._lost(f"`{line.shown}` asks without end", "the next prompt")

    def _read_echo(self, line: Line, deadline: float) -> None:
        self._skip_line(0, deadline)
        echo, _, rest = self._buffer.partition("\n")
        if squeezed(echo) != squeezed(line.text):
            raise self._lost(f"the echo of `{line.shown}` is not what was sent", line.shown)
        self._buffer = rest

    def _skip_line(self, start: int, deadline: float) -> None:
        while "\n" not in self._buffer[start:]:
            if not self._more(deadline):
                raise self._lost("the device does not echo what is typed", "an echo")

    def _taken(self, end: re.Match[str]) -> Heard:
        body = self._buffer[: end.start()]
        self._buffer = self._buffer[end.end("prompt") :]
        lines = body.split("\n")
        return Heard(body=tuple(lines[:-1] if lines[-1] == "" else lines), prompt=self._shown(end))

    def _shown(self, end: re.Match[str]) -> Prompt:
        self.prompt = read_prompt(self.host_name, end["prompt"]) or self.prompt
        return self.prompt

    def _refuse_question(self, question: str, deadline: float) -> Step[Heard]:
        """Give the answer that changes nothing, and wait for the prompt after it."""
        body = tuple(question.split("\n"))
        for _ in range(_MOST_ANSWERS):
            answer = safe_answer(self._buffer)
            if answer is None:
                self.close()
                raise self._lost("the device asks for a password; the session was closed", "no question")
            start = len(self._buffer)
            self._send(answer)
            yield
            self._skip_line(start, deadline)
            end = self._await_end(deadline, unread=start)
            if isinstance(end, re.Match):
                self._buffer = ""
                return Heard(body=body, prompt=self._shown(end), question=question.strip())
        raise self._lost("no prompt came after a refused question", "the next prompt")

    def _drain(self, outstanding: Sequence[Line], deadline: float) -> Step[None]:
        """Read to the end of a window whose rest does not matter any more.

        Lines typed behind a refused one may meet a question or leave the configuration: any prompt will do,
        and the end of the session is no fault here, since what is dropped was never committed.
        """
        if not outstanding:
            return  # the prompt that ended the last line is read already
        try:
            while not self._all_echoed(outstanding) and self._more(deadline):
                pass
            end = self._await_end(deadline)
            if isinstance(end, re.Match):
                self._shown(end)
            elif end is not None:
                yield from self._refuse_question(self._buffer, deadline)
        except ChannelClosedError:
            self.ended = True
        self._buffer = ""

    def _all_echoed(self, lines: Sequence[Line]) -> bool:
        wanted = [squeezed(line.text) for line in lines]
        for row in self._buffer.split("\n")[:-1]:
            if wanted and squeezed(row).endswith(wanted[0]):
                del wanted[0]
        return not wanted

    # ---- stream --------------------------------------------------------------------------------------------

    def _await_end(
        self, deadline: float, answers: Answers = (), following: Sequence[Line] = (), unread: int = 0
    ) -> re.Match[str] | str | None:
        """Wait for the end of a reply: its prompt, the word `question`, or nothing when time is up."""
        rest = rf"{blank_tolerant(following[0].text)}[ \t]*\n" if following else r"\Z"
        pattern = re.compile(rf"(?m)^(?P<prompt>{prompt_pattern(self.host_name).pattern}){rest}")
        while True:
            start = 0 if following else max(unread, self._buffer.rfind("\n", 0, -1) + 1)
            match = pattern.search(self._buffer, start)
            if match is not None:
                return match
            if not asks(self._buffer[unread:]):
                if not self._more(deadline):
                    return None
            elif planned_answer(self._buffer[unread:], answers) is not None or not self._more(
                min(deadline, self._clock() + _GRACE_S)
            ):
                return "question"

    def _send(self, text: str) -> None:
        self._channel.write(text + "\n")

    def _more(self, deadline: float) -> bool:
        """Wait for more text until the deadline; false when none came."""
        seconds = deadline - self._clock()
        text = self._channel.read(seconds) if seconds > 0 else ""
        if not text:
            return False
        self._buffer = self._joined(text)
        return True

    def _joined(self, text: str) -> str:
        """Add text and take the terminal's marks out, also those that arrived in two pieces."""
        cut = self._buffer.rfind("\n") + 1
        return self._buffer[:cut] + plain(self._buffer[cut:] + text)

    def _found(self) -> str:
        return repr(self._mask(self._buffer[-200:]))

    def _lost(self, message: str, wanted: str) -> LostReplyError:
        return LostReplyError(
            f"{self.member}: {message}", wanted=wanted, found=self._found(), member=self.member
        )
