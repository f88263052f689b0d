"""What is proved: the pair transaction, run as the command line runs it, with what it then says."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from traceback import format_exception_only

from inventory.errors import HotpairError
from inventory.load import parse_pair
from inventory.model import Pair
from parsers.tree import read_tree
from runbooks import interrupts
from runbooks.certify.pairs import Flow
from runbooks.certify.stream import open_session
from runbooks.certify.world import KilledError, World
from tasks.plan.model import PairPlan
from tasks.plan.pair import plan_pair
from tasks.sessions.protocol import Session
from tasks.transaction import journal
from tasks.transaction.adopt import adopt
from tasks.transaction.ends import End
from tasks.transaction.journal import journal_path
from tasks.transaction.look import Look
from tasks.transaction.model import MemberChange, Outcome, PairChange, Progress, Verdict
from tasks.transaction.resume import abort, resume
from tasks.transaction.run import carry_out
from tasks.transaction.seeing import CURRENT
from tasks.transaction.tools import Tools
from tasks.transaction.undo import plan_undo, undo

CodeOf = Callable[[HotpairError | None], int]
"""Returns the exit code of a command that ended so."""
FIRST_ID = "hp-00000000b0"
"""Id of a transaction that was carried out well before the flow begins."""
EPOCH = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""The date of virtual second 0 on our clock."""
INTERRUPTED = 130
"""Exit code of a command that Ctrl-C ended before anything was to be sent."""
BUDGET_S = 60.0
CONVERGE_S = 4.0


@dataclass(frozen=True, slots=True)
class Said:
    """What an operator is told at the end of a process.

    Args:
        code: exit code; nothing when the process was killed.
        text: everything on the screen.
        end: name of the end; nothing when it ended in an error of its own.
        looks: what was said of each side.
        next_command: what to type next.
        crash: an error that is none of ours.
    """

    code: int | None = None
    text: str = ""
    end: End | None = None
    looks: Mapping[str, Look] = field(default_factory=dict)
    next_command: str = ""
    crash: str = ""

    def __str__(self) -> str:
        """Say it in words."""
        if self.code is None and not self.crash:
            return "killed"
        return self.crash or f"exit {self.code}: {self.last}"

    @property
    def last(self) -> str:
        """Return the last line."""
        return self.text.rpartition("\n")[2]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A flow on a release, ready to be played: the plan is made once."""

    flow: Flow
    pair: Pair
    plan: PairPlan
    commits: Mapping[str, int]


def prepared(flow: Flow, world: World) -> Prepared:
    """Read both members as they are before, and plan."""
    pair = parse_pair(flow.intent, f"{flow.name}.yaml")
    running, commits = {}, {}
    for side in ("a", "b"):
        session = open_session(world, flow.members[side])
        running[side] = read_tree(session.run(CURRENT), flow.members[side])
        points = session.commit_list(1)
        if points:
            commits[flow.members[side]] = points[0].commit_id
        session.close()
    plan = plan_pair(pair, {"a": running["a"], "b": running["b"]}, remove=flow.remove)
    return Prepared(flow, pair, plan, commits)


@dataclass(slots=True)
class Subject:
    """The transaction in a world.

    Args:
        made: what is to be done.
        world: where.
        folder: of the journals of this host.
        transaction_id: its id.
        code_of: exit codes.
        told: what the screen shows.
    """

    made: Prepared
    world: World
    folder: Path
    transaction_id: str
    code_of: CodeOf
    told: list[str] = field(default_factory=list)
    _previewing: bool = False

    def begin(self) -> Said:
        """Make the change, or take back the one that was made before."""
        return self._roll_back() if self.made.flow.after else self._deploy()

    def _deploy(self) -> Said:
        plan = self.made.plan
        a, b = (
            MemberChange(
                one, partial(open_session, self.world, one.member), self.made.commits.get(one.member)
            )
            for one in (plan.a, plan.b)
        )
        flow = self.made.flow
        change = PairChange(
            self.made.pair.name, a, b, self._converge, BUDGET_S, ticket=flow.ticket, drill=flow.drill
        )
        tools, new_id = self._tools(), lambda: self.transaction_id
        return self._said(lambda: carry_out(change, self.folder, tools=tools, new_id=new_id))

    def _roll_back(self) -> Said:
        """Preview, then carry out, as the command does once it was agreed to."""
        tools, new_id = self._tools(), lambda: self.transaction_id
        name, members = self.made.pair.name, self.made.flow.members

        def act() -> Outcome:
            self._previewing = True
            planned = plan_undo(FIRST_ID, name, members, self._open)
            self._previewing = False
            return undo(planned, self._open, self.folder, budget_s=BUDGET_S, tools=tools, new_id=new_id)

        return self._said(act)

    def resume(self) -> Said:
        """Take up what this host left."""
        tools = self._tools()
        return self._said(
            lambda: resume(journal_path(self.folder, self.transaction_id), self._open, tools=tools)
        )

    def abort(self) -> Said:
        """Take back what this host left."""
        tools = self._tools()
        return self._said(
            lambda: abort(journal_path(self.folder, self.transaction_id), self._open, tools=tools)
        )

    def adopt(self) -> Said:
        """Take up what another host left, by the id alone."""
        tools, members = self._tools(), self.made.flow.members
        return self._said(
            lambda: adopt(
                self.transaction_id, self.made.pair.name, members, self._open, self.folder, tools=tools
            )
        )

    def has_journal(self) -> bool:
        """Tell whether this host knows the transaction."""
        return journal.is_begun(journal_path(self.folder, self.transaction_id))

    def _tools(self) -> Tools:
        return Tools(self._notify, self.world.sleep, lambda: EPOCH + timedelta(seconds=self.world.now))

    def _open(self, member: str) -> Session:
        return open_session(self.world, member)

    def _notify(self, progress: Progress) -> None:
        self.told.append(progress.text)

    def _converge(self, sessions: Mapping[str, Session]) -> Verdict:
        for session in sessions.values():
            session.run("display clock")
        self.world.sleep(CONVERGE_S)
        return Verdict(self.made.flow.held, "held" if self.made.flow.held else "RBS is down")

    def _said(self, act: Callable[[], Outcome]) -> Said:
        """Run a process to its end and keep what it says."""
        self.told = []
        with _seams(self.world):
            try:
                outcome = act()
            except KilledError:
                return Said()
            except HotpairError as error:
                return Said(self.code_of(error), self._text(str(error)))
            except KeyboardInterrupt:
                if self._previewing:
                    return Said(INTERRUPTED, self._text("Interrupted."))
                return Said(None, self._text(), crash="Ctrl-C went through without a word of the end")
            except Exception as error:  # noqa: BLE001 - the operator would see a traceback: the judge is told
                return Said(None, self._text(), crash="".join(format_exception_only(error)).strip())
        return Said() if self.world.dead else self._ended(outcome)

    def _ended(self, outcome: Outcome) -> Said:
        problem = outcome.problem()
        last = "both members are new and saved" if problem is None else str(problem)
        return Said(
            self.code_of(problem),
            self._text(*outcome.residue, last),
            outcome.end,
            {self.world.side(name): look for name, look in outcome.looks.items()},
            outcome.next_command,
        )

    def _text(self, *last: str) -> str:
        """Return what the screen shows; the folder by its name, since its place is another each time."""
        return "\n".join([*self.told, *last]).replace(str(self.folder), self.folder.name)


@contextmanager
def _seams(world: World) -> Iterator[None]:
    """Put the world's disk in the place of the real one, and let Ctrl-C be what it is, for a while.

    Raises:
        KeyboardInterrupt: a signal came, which is for whoever plays and no part of the play.
    """
    was, handler = vars(journal)["os"], signal.signal(signal.SIGINT, signal.default_int_handler)
    setattr(journal, "os", world.disk)  # noqa: B010 - it is no name of the module's own
    try:
        with interrupts.heeded():
            yield
    finally:
        setattr(journal, "os", was)  # noqa: B010
        signal.signal(signal.SIGINT, handler)
