"""The command interpreter of one login: from a typed line to a reply.

A line is read in the current view; one that does not fit is tried in the views above and, when it fits
there, obeyed there (guide, Intelligent Rollback of views). Configuration lines go to the session's
candidate, everything else to the function that `commands` names, or to what the device is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from emulator.cli import assistance, caret, filters, releases
from emulator.cli.filters import BadFilter, Pipeline
from emulator.cli.terminal import Distortion
from emulator.commands import commits, misoperation
from emulator.commands.host import Call, Host
from emulator.commands.questions import NOTHING, Dialogue, Reply
from emulator.commands.session import Session
from emulator.commands.table import COMMANDS, NOT_BY_RUN
from emulator.config import secrets
from emulator.entry import engine
from emulator.entry.engine import Refusal, ViewState
from emulator.grammar import FOREIGN, Fault, Match, load
from emulator.management import operations
from emulator.management.candidate import Candidate, Path
from emulator.management.operations import Request
from emulator.management.store import full_name

_SERVICE = "-rm-backup-srv-"
_NOT_MODELLED = "Info: The emulator does not model this display."
_USER = ViewState("user", "")
_ACTIONS = frozenset({"rbs.batch-now"})  # typed where configuration is, done at once, never stored


class Shell:
    """Obeys what one session types.

    Args:
        host: the device.
        session: the login.
        distortion: gives the fault that strikes the reply to a line.
        history: gives the lines typed before, oldest first.
    """

    def __init__(
        self,
        host: Host,
        session: Session,
        *,
        distortion: Callable[[str], Distortion | None],
        history: Callable[[], tuple[str, ...]],
    ) -> None:
        self._host = host
        self._session = session
        self._distortion = distortion
        self._history = history
        self._prompt = self._sysname = ""
        self._made_of: tuple[object, ...] = (None, None, None, None)

    @property
    def prompt(self) -> str:
        """The prompt: committed host name, `~` or `*`, and the view. It is asked for several times a line."""
        session, running = self._session, self._host.store.running
        candidate, path, ran, immediate = self._made_of
        if running is not ran:
            self._sysname = self._host.sysname
        same = session.candidate is candidate and session.path is path
        if not (same and running is ran and session.immediate is immediate):
            self._prompt = self._new_prompt()
            self._made_of = (session.candidate, session.path, running, session.immediate)
        return self._prompt

    def _new_prompt(self) -> str:
        session, release = self._session, self._host.personality
        flag = "*" if session.candidate.dirty else "~"
        if session.path is None:
            return f"<{flag if release.flag_in_user_view else ''}{self._sysname}>"
        suffix = self._view().suffix.replace(_SERVICE, f"-{release.service_prompt}-", 1)
        return f"[{'' if session.immediate else flag}{self._sysname}{suffix}]"

    @property
    def height(self) -> int:
        """Lines of a page; 0 never pages."""
        session = self._session
        if session.machine:
            return 0
        if session.screen_length is not None:
            return session.screen_length
        return self._host.line_settings(session.line).screen_length

    @property
    def echo_by_line(self) -> bool:
        """Whether what is typed is echoed when its line ends."""
        return self._session.echo_by_line

    @property
    def error(self) -> str:
        """How this release begins an error."""
        return self._host.personality.error

    @property
    def erase(self) -> int:
        """Columns that the pager wipes."""
        return self._host.personality.pager_erase

    def distortion(self, line: str) -> Distortion | None:
        """Return the fault that strikes the reply to a line."""
        return self._distortion(line)

    def help(self, line: str) -> Sequence[str]:
        """Say what may follow the typed text."""
        return assistance.help_lines(self._view().id, line, self.prompt, self._host.personality)

    def completions(self, line: str) -> Sequence[str]:
        """Return the lines that Tab may make of the typed text."""
        return assistance.completions(self._view().id, line)

    def run(self, line: str, now: float) -> Reply | Dialogue:
        """Obey a typed line."""
        text = line.strip()
        if not text or text == "#":
            return NOTHING
        pipeline, bad = _pipeline(line), None
        if isinstance(pipeline, BadFilter):
            bad, pipeline = pipeline, Pipeline(line.split("|", maxsplit=1)[0])
        found = self._read(pipeline.command)
        displays = isinstance(found, tuple) and found[0].kind == "display"
        if bad and displays:
            return self._fault(Fault(bad.kind, bad.offset))
        if not displays and pipeline.command != line:
            pipeline, found = Pipeline(line), self._read(line)
        if isinstance(found, Fault):
            return self._fault(found)
        result = self._obey(*found, line, now)
        return self._finished(result, pipeline, found[0], now) if isinstance(result, Reply) else result

    def _fault(self, fault: Fault) -> Reply:
        return caret.reply(fault.kind, fault.offset, self.prompt, self._host.personality)

    def _view(self) -> ViewState:
        """Return the current view; one that is gone leads upwards."""
        session = self._session
        if session.path is None:
            return _USER
        while (view := engine.view(session.candidate.configuration, session.path)) is None:
            session.path = session.path[:-1]
        return view

    def _read(self, line: str) -> tuple[Match, Path | None] | Fault:
        """Read a line in the current view, or in the nearest view above that knows it."""
        path = self._session.path
        read = load().read(self._view().id, line)
        if isinstance(read, Match):
            return releases.unsupported(read, line, self._host.personality) or (read, self._session.path)
        tried = self._session.upper_views and read.kind != "ambiguous" and not _undoes(line)
        while tried and path:
            path = path[:-1]
            view = engine.view(self._session.candidate.configuration, path)
            above = load().read(view.id, line) if view else read
            if isinstance(above, Match):
                return releases.unsupported(above, line, self._host.personality) or (above, path)
        return releases.unfinished(read, line, self._host.personality)

    def _obey(self, match: Match, path: Path | None, line: str, now: float) -> Reply | Dialogue:
        if match.command in _ACTIONS and path:
            return Reply(
                tuple(self._host.answer(match.command, {**match.params, "view": path[-1]}, now) or ())
            )
        opens = bool(match.enters) and match.command not in COMMANDS
        if match.kind in ("config", "view") or opens:
            return self._configure(match, path or (), now)
        if match.command == "cm.run":
            return self._run(match, line, now)
        call = Call(self._host, self._session, match, line, now, self._history())
        handler = COMMANDS.get(match.command)
        if handler:
            return handler(call)
        display = match.kind == "display"
        lines = None if match.command == FOREIGN else self._host.answer(match.command, match.params, now)
        if lines is None:
            lines = [_NOT_MODELLED] if display else []
        return Reply(tuple(lines), paged=display)

    def _run(self, match: Match, line: str, now: float) -> Reply | Dialogue:
        """Obey a user-view command from another view."""
        pipeline = _pipeline(match.params["command"])
        command = pipeline.command if isinstance(pipeline, Pipeline) else match.params["command"]
        read = load().read("user", command)
        offset = max(line.find(command), 0)
        if isinstance(read, Fault):
            return self._fault(Fault(read.kind, offset + read.offset))
        if read.command in NOT_BY_RUN:
            return self._fault(Fault("unrecognized", offset))
        path, self._session.path = self._session.path, None
        result = self._obey(read, None, line, now)
        self._session.path = path
        if not isinstance(result, Reply):
            return self._below(result)
        return self._finished(result, pipeline, read, now) if isinstance(pipeline, Pipeline) else result

    def _below(self, dialogue: Dialogue) -> Dialogue:
        """Hold a dialogue as if in the user view, and come back."""
        path, self._session.path = self._session.path, None
        try:
            return (yield from dialogue)
        finally:
            self._session.path = path

    def _finished(self, reply: Reply, pipeline: Pipeline, match: Match, now: float) -> Reply:
        """Send a reply through its filters, to its file, and under its timestamp."""
        lines = tuple(filters.apply(reply.lines, pipeline.filters)) if pipeline.filters else reply.lines
        if pipeline.file:
            return self._written(lines, pipeline, now)
        if self._stamps(match, lines):
            lines = (self._host.clock.fine(now, zoned=self._host.personality.zoned_stamps), *lines)
        if match.kind == "display":
            logged = self._host.log_lines(self._session, now)
            lines = (*logged, *lines) if logged else lines
        paged = reply.paged and not pipeline.no_more
        return (
            reply
            if lines is reply.lines and paged is reply.paged
            else replace(reply, lines=lines, paged=paged)
        )

    def _stamps(self, match: Match, lines: Sequence[str]) -> bool:
        """Tell whether a timestamp stands above an answer; above that of a display also when it is empty."""
        if match.kind not in ("display", "exec") or not (lines or match.kind == "display"):
            return False
        return self._session.timestamps or self._host.store.running.first("cm.stamps") is not None

    def _written(self, lines: Sequence[str], pipeline: Pipeline, now: float) -> Reply:
        store, file = self._host.store, full_name(pipeline.file)
        old = store.files.get(file, "") if pipeline.append else ""
        text = old + "".join(f"{line}\n" for line in lines)
        self._host.install(replace(store, files={**store.files, file: text}), now)
        return Reply((f"Info: The output has been written to {file}.",))

    def _configure(self, match: Match, path: Path, now: float) -> Reply | Dialogue:
        """Take a configuration line into the candidate, after its questions."""
        if operations.on_others_trial(self._host.store, self._session.id):
            return Reply((self._host.personality.refusal(operations.ON_TRIAL),))
        message = self._host.refuses_line()
        if message:
            return Reply((message,))
        asked = () if self._session.machine else misoperation.questions(match, self._host.store.running)
        if not asked:
            return self._entered(match, path, now)

        def ask() -> Dialogue:
            for question in asked:
                if (yield question) != "y":
                    return NOTHING
            return self._entered(match, path, now)

        return ask()

    def _entered(self, match: Match, path: Path, now: float) -> Reply:
        session = self._session
        sealed = secrets.seal(match, self._host.dice)
        made = session.candidate.entered(path, sealed)
        if isinstance(made, Refusal):
            return Reply((self._host.personality.refusal(made.message),))
        session.candidate = made
        session.path = (
            engine.opened(made.configuration, path, sealed) if sealed.enters and not sealed.undo else path
        )
        return self._at_once(now) if session.immediate else NOTHING

    def _at_once(self, now: float) -> Reply:
        """Commit a line of the one-stage mode; a refused one is dropped."""
        session, store = self._session, self._host.store
        made = operations.commit(store, session.candidate, session.author, Request(), now)
        if isinstance(made, operations.Refused):
            session.candidate = Candidate.clean(store.running)
            return Reply(commits.refusal_lines(made, self._host.personality))
        session.candidate = Candidate.clean(made.running)
        self._host.install(made, now)
        return NOTHING


def _pipeline(line: str) -> Pipeline | BadFilter:
    return filters.parse(line) if "|" in line or ">" in line else Pipeline(line)


def _undoes(line: str) -> bool:
    first = line.split(maxsplit=1)[:1]
    return bool(first) and first[0].lower().startswith("un")
