"""Hears what a device says to a typed line: its echo, its reply, its questions, and the prompt after it.

The prompts of one device, of which the host name is known; see `dialogue` for how lines come to be written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsers.prompts import Prompt, prompt_pattern, read_prompt
from parsers.replies import Answers, asks, planned_answer, safe_answer
from parsers.terminal import is_log_line, without_stamp
from tasks.sessions.arrivals import SHOWN, Arrivals
from tasks.sessions.channel import Channel, ChannelClosedError
from tasks.sessions.lines import Heard, Line, prompt_before, quiet, squeezed
from tasks.sessions.protocol import LostReplyError, PasteLostError
from tasks.sessions.steps import Step

GRACE_S = 0.3
"""Silence after which text that looks like an unforeseen question is one."""
_REST_S = 3.0  # silence at a prompt after which what was typed ahead is lost
_MOST_ANSWERS = 8
_WIPE = "\x18"  # Ctrl+X takes away what stands in the line (configuration guide, "Editing a Command")


@dataclass(frozen=True, slots=True)
class _End:
    """Where a reply ends.

    Args:
        lines: how many whole lines it has.
        shown: the prompt after it; nothing: it ends in a question.
    """

    lines: int
    shown: str | None = None


class Hearing:
    """The listening side of a dialogue with one device.

    Args:
        channel: an authenticated shell.
        member: device name for messages.
        mask: takes secrets out of a text before it is shown.
        clock: seconds, for the deadlines.

    `host_name` is set after the login; `prompt` is the last one that was shown; `ended` says that the device
    closed the session while the rest of a refused window was read.
    """

    def __init__(
        self, channel: Channel, member: str, *, mask: Callable[[str], str], clock: Callable[[], float]
    ) -> None:
        self.member = member
        self.host_name = ""
        self.prompt = Prompt(user_view=True)
        self.ended = False
        self.arrived = Arrivals(channel, clock)
        self._channel = channel
        self._mask = mask
        self._clock = clock

    def hear(self, line: Line, following: Sequence[Line], deadline: float) -> Step[Heard]:
        """Hear what the device says to a line that was written.

        Args:
            line: the one that was written first of those not heard yet.
            following: those that were written behind it.
            deadline: until when to wait.

        Raises:
            PasteLostError: an echo is missing or is not what was sent.
            LostReplyError: no whole reply came in time.
        """
        self._read_echo(line, deadline)
        unread = 0
        for _ in range(_MOST_ANSWERS):
            end = self._await_end(deadline, line.answers, following, unread)
            if end is None and following:
                raise self._unheard(line, following[0])
            if end is None:
                raise self._lost(f"no whole reply to `{line.shown}` came", "the next prompt")
            if end.shown is not None:
                return self._taken(line, end, end.shown)
            question = self.arrived.said(unread)
            answer = planned_answer(question, line.answers)
            if following and self._went_on():
                raise self._garbled(following[0])
            if answer is None:
                return (yield from self._refuse_question(line, question, deadline))
            unread = end.lines + 1
            self.send(answer)
            yield
            self._await_lines(unread, line, deadline)
        raise self._lost(f"`{line.shown}` asks without end", "the next prompt")

    def _read_echo(self, line: Line, deadline: float) -> None:
        """Take the echo of a line; after a log line the device begins it again, with the prompt before it."""
        wanted, begun = squeezed(line.text), False
        while True:
            self._await_lines(1, line, deadline)
            (shown,) = self.arrived.take(1)
            if is_log_line(shown):
                begun = False
                continue
            typed = squeezed(self._typed(shown))
            if typed == wanted and not begun:
                return
            if begun or not wanted.startswith(typed):
                raise self._garbled(line)
            begun = typed != ""

    def _typed(self, shown: str) -> str:
        """Return what was typed behind the prompt, if there is one."""
        prompt = prompt_pattern(self.host_name).match(shown)
        return shown[prompt.end() :] if prompt else shown

    def _went_on(self) -> bool:
        """Tell whether lines were echoed behind a prompt without the one that should have come first."""
        prompt = prompt_pattern(self.host_name)
        return any(prompt.match(line) for line in self.arrived.lines)

    def _await_lines(self, count: int, line: Line, deadline: float) -> None:
        if not self.arrived.reach(count, deadline):
            raise self._garbled(line)

    def _taken(self, line: Line, end: _End, shown: str) -> Heard:
        body = self.arrived.take(end.lines)
        if self.arrived.lines:  # the echo of the next line stands behind the prompt
            after = self.arrived.lines[0]
            self.arrived.lines[0] = after[len(shown) :]
        else:
            after = shown
            self.arrived.clear()
        said = without_stamp(line.text, quiet(body, after, prompt_pattern(self.host_name)))
        return Heard(body=tuple(said), prompt=self._shown(shown))

    def _shown(self, prompt: str) -> Prompt:
        self.prompt = read_prompt(self.host_name, prompt) or self.prompt
        return self.prompt

    def _refuse_question(self, line: Line, question: str, deadline: float) -> Step[Heard]:
        """Answer what changes nothing, and wait for the prompt after it."""
        body = tuple(question.split("\n"))
        for _ in range(_MOST_ANSWERS):
            answer = safe_answer(self.arrived.tail)
            if answer is None:
                self._channel.close()
                raise self._lost("the device asks for a password; the session was closed", "no question")
            unread = len(self.arrived.lines) + 1
            self.send(answer)
            yield
            self._await_lines(unread, line, deadline)
            end = self._await_end(deadline, unread=unread)
            if end is not None and end.shown is not None:
                self.arrived.clear()
                return Heard(body=body, prompt=self._shown(end.shown), question=question.strip())
        raise self._lost("no prompt came after a refused question", "the next prompt")

    def drain(self, outstanding: Sequence[Line], deadline: float) -> Step[None]:
        """Read to the end of a window whose rest does not matter any more.

        Lines typed behind a refused one may meet a question or leave the configuration: any prompt will do,
        and the end of the session is no fault here, since what is dropped was never committed.
        """
        if not outstanding:
            return  # the prompt that ended the last line is read already
        try:
            self._skip_echoes(outstanding, deadline)
            yield from self._come_to_rest(outstanding[-1], deadline)
        except ChannelClosedError:
            self.ended = True
            self.arrived.clear()

    def _skip_echoes(self, lines: Sequence[Line], deadline: float) -> None:
        wanted = [squeezed(line.text) for line in lines]
        seen = 0
        while wanted and self.arrived.reach(seen + 1, deadline):
            if squeezed(self.arrived.lines[seen]).endswith(wanted[0]):
                del wanted[0]
            seen += 1

    def _come_to_rest(self, line: Line, deadline: float) -> Step[None]:
        """Read to a prompt at which nothing more comes; a question gets the answer that changes nothing."""
        end = self._await_end(deadline)
        if end is None:
            raise self._lost("the device does not come to rest", "a prompt")
        if end.shown is not None:
            self._shown(end.shown)
        else:
            yield from self._refuse_question(line, self.arrived.said(), deadline)
        self.arrived.clear()

    def recover(self, deadline: float) -> Step[None]:
        """Come to rest at a prompt after the device lost a part of what was typed.

        Raises:
            LostReplyError: it does not come to rest.
        """
        self._await_silence(deadline)
        if not asks(self.arrived.tail):
            self.send(_WIPE)
            yield
            self._await_silence(deadline)
        yield from self._come_to_rest(Line(_WIPE, "Ctrl+X"), deadline)

    def _await_silence(self, deadline: float) -> None:
        while self.arrived.more_within(_REST_S, deadline):
            pass

    # ---- stream --------------------------------------------------------------------------------------------

    def _await_end(
        self, deadline: float, answers: Answers = (), following: Sequence[Line] = (), unread: int = 0
    ) -> _End | None:
        """Wait for the end of a reply; nothing when time is up.

        Raises:
            PasteLostError: the device rests at a prompt while lines behind this one were not echoed.
        """
        arrived, prompt, seen = self.arrived, prompt_pattern(self.host_name), unread
        words = following[0].text.split() if following else []
        while True:
            for index in range(seen, len(arrived.lines)) if following else ():
                if (shown := prompt_before(words, arrived.lines[index], prompt)) is not None:
                    return _End(index, shown)
            seen = len(arrived.lines)
            at_rest = prompt.fullmatch(arrived.tail) is not None
            if at_rest and not following:
                return _End(seen, arrived.tail)
            if asks(arrived.tail):
                foreseen = planned_answer(arrived.said(unread), answers) is not None
                if foreseen or not arrived.more_within(GRACE_S, deadline):
                    return _End(seen)
            elif at_rest:
                if not arrived.more_within(_REST_S, deadline):
                    raise self._garbled(following[0])
            elif not arrived.more(deadline):
                return None

    def send(self, text: str) -> None:
        """Write a line."""
        self._channel.write(text + "\n")

    def found(self) -> str:
        """Return the end of what has arrived, for messages."""
        return repr(self._mask(self.arrived.last_words())[-SHOWN:])

    def _garbled(self, line: Line) -> PasteLostError:
        return PasteLostError(
            f"{self.member}: the echo of `{line.shown}` is not what was sent",
            wanted=line.shown,
            found=self.found(),
            member=self.member,
        )

    def _unheard(self, line: Line, after: Line) -> PasteLostError:
        """Say that a device fell silent: what was typed behind the line may be lost or is not done yet."""
        return PasteLostError(
            f"{self.member}: no whole reply to `{line.shown}` came",
            wanted=f"the next prompt, and the echo of `{after.shown}`",
            found=self.found(),
            member=self.member,
        )

    def _lost(self, message: str, wanted: str) -> LostReplyError:
        return LostReplyError(
            f"{self.member}: {message}", wanted=wanted, found=self.found(), member=self.member
        )
