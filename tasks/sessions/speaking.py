"""Speaking with a VRP8 device: displays, lines that act, ways between views, errors for what it refuses.

Source: Huawei NE40E command reference (system-view, return, quit).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from inventory.errors import RefusedError, ReplyError
from parsers.prompts import Prompt
from parsers.replies import Answers, RefusalKind, classify
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.lines import Heard, Line
from tasks.sessions.masking import SecretBook
from tasks.sessions.protocol import CutAnswerError, LineRefusedError
from tasks.sessions.staging import busy, configuration_cut, display_refused, fault
from tasks.sessions.steps import Step, exchange

BUSY_S = 3.0  # until a busy device is asked again
_UNTYPABLE = re.compile(r"[?\x00-\x1f\x7f]")


class Speaking:
    """One login on one VRP8 device, in two-stage mode.

    Args:
        dialogue: a conversation that has logged in.
        secrets: fills in and masks what stands as `<secret:NAME>`.
    """

    def __init__(self, dialogue: Dialogue, secrets: SecretBook) -> None:
        self._dialogue = dialogue
        self._secrets = secrets

    @property
    def member(self) -> str:
        """Device name in the pair."""
        return self._dialogue.member

    @property
    def host_name(self) -> str:
        """Name that the device shows in its prompt."""
        return self._dialogue.host_name

    def limit_replies(self, seconds: float | None) -> None:
        """Wait no longer than this for any reply from now on; nothing: as long as each may take."""
        self._dialogue.limit_s = seconds

    def still_open(self) -> bool:
        """Tell whether the session can go on, as far as that is seen without asking the device."""
        return self._dialogue.still_open()

    def close(self) -> None:
        """End the session; an uncommitted candidate is lost."""
        self._dialogue.close()

    # ---- displays ------------------------------------------------------------------------------------------

    @exchange
    def run(self, command: str) -> Step[str]:
        """Send one display command and give its answer."""
        (answer,) = yield from self.run_all.step((command,))
        return answer

    @exchange
    def run_all(self, commands: Sequence[str], behind: Sequence[str] = ()) -> Step[tuple[str, ...]]:
        """Send several display commands in one go and give their answers in order.

        A device that is busy is asked once more: a display changes nothing. On displays `behind` nothing
        hangs: what one says that is refused is left out, and so is what stands behind it.

        Raises:
            CutAnswerError: a whole configuration was asked for, and its end is missing.
        """
        heard = yield from self._displays(commands, refusals=False, behind=behind)
        answers = tuple("\n".join(said.body) for said in heard)
        for command, answer in zip(commands, answers, strict=False):
            if configuration_cut(command, answer):
                raise CutAnswerError(command, reply=self._secrets.mask(answer), member=self.member)
        return answers

    @exchange
    def run_each(self, commands: Sequence[str]) -> Step[tuple[str, ...]]:
        """Send several display commands in one go and give what the device says to each in order.

        The words of a refusal are an answer too, and so is a part of a configuration: one display that a
        device does not know hides none of the others, and costs nothing.
        """
        heard = yield from self._displays(commands, refusals=True)
        return tuple(map(self._said, commands, heard))

    def _displays(
        self, commands: Sequence[str], *, refusals: bool, behind: Sequence[str] = ()
    ) -> Step[list[Heard]]:
        """Hear what the device says to displays; once it is asked again when it is busy."""
        answers: list[Heard] = []
        waited = False

        def good(said: Heard) -> bool:
            if refusals and said.question is None:
                return waited or not busy(said)
            return not display_refused(said)

        while len(answers) < len(commands):
            left = commands[len(answers) :]
            lines = [Line(command, command) for command in (*left, *behind)]
            heard = yield from self._dialogue.ask_all(lines, lambda _index, said: good(said))
            well = good(heard[-1])
            if len(heard) > len(left):
                return [*answers, *(heard if well else heard[:-1])]
            again = busy(heard[-1]) and not (well or waited)
            if not (well or again or refusals):
                raise self._refusal(commands[len(answers) + len(heard) - 1], heard[-1])
            answers += heard[:-1] if again else heard
            if again:
                waited = True
                yield from self._dialogue.rest(BUSY_S)
        return answers

    def _said(self, command: str, said: Heard) -> str:
        answer = "\n".join(said.body)
        if display_refused(said):
            return self._refusal(command, said).reply
        return self._secrets.mask(answer) if configuration_cut(command, answer) else answer

    # ---- moving and speaking -------------------------------------------------------------------------------

    def _enter_system_view(self) -> Step[None]:
        if self._dialogue.prompt.user_view:
            self._require_two_stage((yield from self._act("system-view")))
        while self._dialogue.prompt.suffix:
            yield from self._act("quit")

    def _ask_in_system_view(self, text: str) -> Step[Heard]:
        """Ask there what changes nothing, whatever the device makes of it; going there costs nothing then."""
        prompt = self._dialogue.prompt
        if not prompt.user_view:
            yield from self._enter_system_view()
            return (yield from self._dialogue.ask(self._line(text)))
        lines = (self._line("system-view"), self._line(text))
        heard = yield from self._dialogue.ask_all(lines, lambda at, said: at > 0 or fault(said) is None)
        if (kind := fault(heard[0])) is not None:
            raise self._refusal("system-view", heard[0], kind=kind, before=prompt)
        self._require_two_stage(heard[0])
        return heard[1]

    def _enter_user_view(self) -> Step[None]:
        if not self._dialogue.prompt.user_view:
            yield from self._act("return")

    def _act_in_user_view(
        self, text: str, answers: Answers = (), *, timeout_s: float | None = None
    ) -> Step[Heard]:
        """Act in the user view; where nothing is uncommitted, going there asks nothing and costs nothing."""
        prompt = self._dialogue.prompt
        if prompt.user_view or prompt.dirty:
            yield from self._enter_user_view()
            return (yield from self._act(text, answers, timeout_s=timeout_s))
        lines = (self._line("return"), self._line(text, answers))
        heard = yield from self._dialogue.ask_all(
            lines, lambda _at, said: fault(said) is None, timeout_s=timeout_s
        )
        if (kind := fault(heard[-1])) is not None:
            raise self._refusal(lines[len(heard) - 1].shown, heard[-1], kind=kind, before=prompt)
        return heard[-1]

    def _there_and_back(self, text: str, displays: Sequence[str]) -> Step[Sequence[Heard]]:
        """Act in the user view, come to the system view and ask displays there, in one go; give the answers.

        They end at the first that is refused. Where something is uncommitted, leaving asks: then nothing is
        asked behind it, and nothing is given.
        """
        before = self._dialogue.prompt
        if before.dirty:
            yield from self._act_in_user_view(text)
            return ()
        there = () if before.user_view else ("return",)
        acts = [self._line(line) for line in (*there, text, "system-view")]
        lines = [*acts, *(Line(display, display) for display in displays)]

        def good(at: int, said: Heard) -> bool:
            return fault(said) is None if at < len(acts) else not display_refused(said)

        heard = yield from self._dialogue.ask_all(lines, good)
        for line, said in zip(acts, heard, strict=False):
            if (kind := fault(said)) is not None:
                raise self._refusal(line.shown, said, kind=kind, before=before)
        self._require_two_stage(heard[len(acts) - 1])
        return heard[len(acts) :]

    def _act(self, text: str, answers: Answers = (), *, timeout_s: float | None = None) -> Step[Heard]:
        """Send one line that is no display; anything but acceptance raises."""
        before = self._dialogue.prompt
        said = yield from self._dialogue.ask(self._line(text, answers), timeout_s=timeout_s)
        kind = fault(said)
        if kind is not None:
            raise self._refusal(text, said, kind=kind, before=before)
        return said

    def _require_two_stage(self, said: Heard) -> None:
        if not said.prompt.two_stage:
            self.close()
            raise RefusedError(
                f"{self.member} is in one-stage mode: lines take effect at once; the session was closed",
                wanted="prompt [~NAME]",
                found="prompt [NAME]",
                member=self.member,
            )

    def _line(self, text: str, answers: Answers = ()) -> Line:
        if _UNTYPABLE.search(text):
            raise RefusedError(
                f"`{text[:80]}` cannot be typed", wanted="no `?`, tab or line end", member=self.member
            )
        return Line(text=self._secrets.fill(text, self.member), shown=text, answers=answers)

    def _refusal(
        self, command: str, said: Heard, *, kind: RefusalKind | None = None, before: Prompt | None = None
    ) -> LineRefusedError:
        reply = classify(said.body)
        words = self._secrets.mask(said.question or reply.text or " ".join(said.body).strip())
        host = self._dialogue.host_name
        if kind is RefusalKind.VIEW:
            words = f"view {said.prompt.shown(host)}"
        before = before or self._dialogue.prompt
        return LineRefusedError(
            command,
            view=before.suffix,
            prompt=before.shown(host),
            kind=kind or reply.refusal or RefusalKind.UNKNOWN,
            reply=words,
            member=self.member,
        )

    def _strange(self, command: str, wanted: str, found: str) -> ReplyError:
        return ReplyError(
            f"{self.member} answered `{command}` with what no rule knows",
            wanted=wanted,
            found=repr(self._secrets.mask(found)[-300:]),
            member=self.member,
        )
