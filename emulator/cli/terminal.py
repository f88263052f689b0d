"""One terminal: bytes in, bytes out, whatever the dialogue is waiting for.

Theory. A terminal waits for one of four things: a line at the prompt, an answer to a question, a key at the
pager, or nothing more because it was closed. What a byte does depends on that alone, so text typed ahead
answers a question that was not there yet when it was typed, exactly as on the device. While a slow reply is
pending everything typed waits.

      TYPING --command that asks--> ASKED --last answer--> TYPING
      TYPING --long display--> PAGING --end, or a key that stops--> TYPING
      any --quit, drop, idle--> CLOSED
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from emulator.cli.editor import Editor, Key
from emulator.cli.pager import Pager
from emulator.commands import questions
from emulator.commands.questions import Dialogue, Kind, Question, Reply
from emulator.faults import DropSession, Garble, Moment, SlowOutput, SwallowReply

_CR, _LF = 0x0D, 0x0A
_NOISE = 7
_PLAIN = re.compile(rb"[ ->@-~]+")
"""Bytes that neither edit, nor end the line, nor ask for help."""
Distortion = DropSession | Garble | SlowOutput | SwallowReply


class Mode(Enum):
    """What the terminal waits for."""

    TYPING = "typing"
    ASKED = "asked"
    PAGING = "paging"
    CLOSED = "closed"


class Interpreter(Protocol):
    """What a terminal needs of the command interpreter behind it."""

    @property
    def prompt(self) -> str:
        """The prompt as it stands now."""

    @property
    def height(self) -> int:
        """Lines of the screen; 0 never pages."""

    @property
    def echo_by_line(self) -> bool:
        """Whether what is typed is echoed when its line ends, instead of letter by letter."""

    @property
    def error(self) -> str:
        """How this release begins an error."""

    @property
    def erase(self) -> int:
        """Columns that the pager wipes."""

    def run(self, line: str, now: float) -> Reply | Dialogue:
        """Obey a line."""

    def help(self, line: str) -> Sequence[str]:
        """Say what may follow the typed text."""

    def completions(self, line: str) -> Sequence[str]:
        """Return the lines that Tab may make of the typed text."""

    def distortion(self, line: str) -> Distortion | None:
        """Return the fault that strikes the reply to this line."""


class Terminal:
    """The device's side of one channel.

    Args:
        interpreter: what obeys the lines.
        width: columns of the client's terminal; 0 never wraps the echo.
        command: the only one to obey: its reply, unpaged, is all that is printed. Empty for a dialogue.
    """

    def __init__(self, interpreter: Interpreter, width: int = 0, command: str = "") -> None:
        self.mode = Mode.TYPING
        self.command = command
        self.opened = False
        self.due: float | None = None
        self._interpreter = interpreter
        self._editor = Editor(width)
        self._typed_ahead = bytearray()
        self._after_cr = False
        self._column = 0
        self._late = b""
        self._dialogue: Dialogue | None = None
        self._question: Question | None = None
        self._pager: Pager | None = None
        self._tabs: tuple[str, ...] = ()
        self._acts = {
            Key.HELP: self._helped,
            Key.COMPLETE: self._completed,
            Key.ABORT: self._aborted,
            Key.RETURN: self._returned,
        }

    @property
    def history(self) -> tuple[str, ...]:
        """Lines typed before, oldest first."""
        return tuple(self._editor.history)

    def open(self, result: Reply | Dialogue, now: float) -> bytes:
        """Print what stands before the first prompt."""
        self.opened = True
        if self.command and isinstance(result, Reply) and not result.closes:
            return self._submit(self.command, now)
        return self._obey(result, now)

    def feed(self, data: bytes, now: float) -> bytes:
        """Take what was typed and give what is printed."""
        self._typed_ahead += data
        return self.release(now)

    def release(self, now: float) -> bytes:
        """Return a late reply whose time has come, and go on with what was typed meanwhile."""
        out = bytearray()
        if self.due is not None and now >= self.due:
            out += self._late
            self.due, self._late = None, b""
        place = 0
        while place < len(self._typed_ahead) and self.due is None and self.mode is not Mode.CLOSED:
            run = _PLAIN.match(self._typed_ahead, place) if self.mode is Mode.TYPING else None
            out += self._typed(run.group()) if run else self._key(self._typed_ahead[place], now)
            place = run.end() if run else place + 1
        del self._typed_ahead[:place]
        return bytes(out)

    def _typed(self, run: bytes | bytearray) -> bytes:
        """Take bytes that only make the line longer, many at once because most are of this kind."""
        self._tabs, self._after_cr = (), False
        echoed = self._editor.insert(bytes(run), column=self._column)
        return b"" if self._interpreter.echo_by_line else echoed

    def _key(self, byte: int, now: float) -> bytes:
        follows_cr, self._after_cr = self._after_cr, byte == _CR
        if byte == _LF and follows_cr:  # CR, LF and CRLF each end a line once
            return b""
        if self.mode is Mode.TYPING:
            return self._typing(byte, now)
        return self._answering(byte, now) if self.mode is Mode.ASKED else self._paging(byte, now)

    def interrupted(self, lines: Sequence[str]) -> bytes:
        """Print lines that nobody asked for, and the prompt once more; nothing inside a question."""
        if not lines or self.mode is not Mode.TYPING or self.due is not None:
            return b""
        return b"\r\n" + _printed(lines) + self._reprinted()

    def close(self) -> None:
        """End whatever was waited for."""
        self.mode = Mode.CLOSED
        self._typed_ahead.clear()
        if self._dialogue is not None:
            self._dialogue.close()

    def _typing(self, byte: int, now: float) -> bytes:
        echoed, key = self._editor.key(byte, column=self._column)
        if key is not Key.COMPLETE:
            self._tabs = ()
        if key is None:
            return b"" if self._interpreter.echo_by_line else echoed
        return self._entered(now) if key is Key.ENTER else self._acts[key](now)

    def _entered(self, now: float) -> bytes:
        echoed = self._editor.line.text if self._interpreter.echo_by_line else b""
        return echoed + b"\r\n" + self._submit(self._editor.take(remember=True), now)

    def _returned(self, now: float) -> bytes:
        self._editor.take(remember=False)
        return b"\r\n" + self._submit("return", now)

    def _aborted(self, _now: float) -> bytes:
        self._editor.take(remember=False)
        return b"\r\n" + self._prompt()

    def _helped(self, _now: float) -> bytes:
        return b"?\r\n" + self._shown(self._interpreter.help(self._editor.text), paged=True)

    def _completed(self, _now: float) -> bytes:
        found = tuple(self._interpreter.completions(self._editor.text)) if not self._tabs else self._tabs
        if len(found) == 1:
            self._editor.retype(found[0] + " ")
        elif found:
            self._editor.retype(found[0])
            self._tabs = (*found[1:], found[0])
        return b"\r\n" + self._reprinted()

    def _reprinted(self) -> bytes:
        line = self._editor.line
        return self._prompt() + line.text + b"\b" * (len(line.text) - line.cursor)

    def _prompt(self) -> bytes:
        prompt = self._interpreter.prompt
        self._column = len(prompt)
        return prompt.encode()

    def _submit(self, line: str, now: float) -> bytes:
        """Obey a line, and let a fault damage its reply."""
        fault = self._interpreter.distortion(line)
        if isinstance(fault, DropSession) and fault.when is Moment.BEFORE:
            self.close()
            return b""
        return self._distorted(fault, self._obey(self._interpreter.run(line, now), now), now)

    def _distorted(self, fault: Distortion | None, out: bytes, now: float) -> bytes:
        if fault is None:
            return out
        if isinstance(fault, SwallowReply):
            return b""
        if isinstance(fault, Garble):
            return _garbled(out)
        if isinstance(fault, SlowOutput):
            self.due, self._late = now + fault.seconds, out
            return b""
        self.close()
        return out if fault.when is Moment.AFTER else out[: len(out) // 2]

    def _obey(self, result: Reply | Dialogue, now: float) -> bytes:
        if isinstance(result, Reply):
            return self._replied(result)
        self._dialogue = result
        return self._advance(None, now)

    def _advance(self, answer: str | None, _now: float) -> bytes:
        """Send an answer to the dialogue: it asks again or comes to its reply."""
        dialogue = self._dialogue
        if dialogue is None:
            return self._prompt()
        try:
            self._question = next(dialogue) if answer is None else dialogue.send(answer)
        except StopIteration as finished:
            self._dialogue = self._question = None
            reply: Reply = finished.value
            return self._replied(reply)
        self.mode = Mode.ASKED
        return _printed(self._question.before) + self._question.text.encode()

    def _replied(self, reply: Reply) -> bytes:
        self.mode = Mode.TYPING
        if reply.closes or self.command:
            self.close()
            return _printed(reply.lines)
        return self._shown(reply.lines, paged=reply.paged)

    def _shown(self, lines: Sequence[str], *, paged: bool) -> bytes:
        """Print lines and the prompt with what is typed behind it, or the first page of them."""
        height = self._interpreter.height if paged else 0
        if height and len(lines) > height:
            self._pager, self.mode = Pager(lines, height, self._interpreter.erase), Mode.PAGING
            return self._pager.start()
        return _printed(lines) + self._reprinted()

    def _answering(self, byte: int, now: float) -> bytes:
        question = self._question
        if question is None:
            self.mode = Mode.TYPING
            return b""
        hidden = question.kind is Kind.PASSWORD
        echoed, key = self._editor.key(byte, column=len(question.text), hidden=hidden, bare=True)
        if key is None:
            return echoed
        typed = self._editor.take(remember=False)
        if key in (Key.ABORT, Key.RETURN):
            return b"\r\n" + self._advance(questions.aborted(question.kind), now)
        answer = questions.read(question.kind, typed)
        if answer is None:
            return b"\r\n" + questions.wrong(question.kind, self._interpreter.error).encode()
        return b"\r\n" + self._advance(answer, now)

    def _paging(self, byte: int, _now: float) -> bytes:
        pager = self._pager
        out = pager.key(byte) if pager else b""
        if pager is None or pager.done:
            self._pager, self.mode = None, Mode.TYPING
            return out + self._reprinted()
        return out


def _garbled(out: bytes) -> bytes:
    """Damage every seventh byte, as a noisy line does."""
    return bytes(byte ^ 0x2A if place % _NOISE == 0 else byte for place, byte in enumerate(out, 1))


def _printed(lines: Sequence[str]) -> bytes:
    return "\r\n".join((*lines, "")).encode()
