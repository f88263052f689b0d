"""A pair of emulated devices, a change over them, and a way to strike at any call of any session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

from emulator.device import Device
from emulator.personalities import PERSONALITIES
from inventory.errors import ConnectError, HotpairError
from inventory.facts import ConfigTree
from parsers.tree import read_tree
from tasks.plan.model import Command, MemberPlan, Stage
from tasks.sessions.channel import Channel
from tasks.sessions.protocol import LostReplyError, Session
from tasks.sessions.steps import Exchange, Step
from tasks.transaction.ends import End
from tasks.transaction.model import MemberChange, Outcome, PairChange, Progress, Verdict
from tasks.transaction.resume import resume
from tasks.transaction.run import carry_out
from tasks.transaction.tools import Tools
from tests.tasks.wire import Clock, log_in

EPOCH = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
NAMES = ("Lyon-PE1", "Lyon-PE2")
ADDRESS = {"Lyon-PE1": "198.51.100.1", "Lyon-PE2": "198.51.100.2"}
SERVICE = "remote-backup-service lyon"
ACTS = (
    "stage", "stage_and_show", "candidate_changes", "clear_candidate", "commit", "commit_trial", "confirm",
    "abort_trial", "trial_status",
    "rollback", "save", "run", "run_all", "run_each", "load_rollback", "label_commit", "knows",
)  # fmt: skip


class KilledError(BaseException):
    """The process dies here: nothing of ours runs any more."""


def configuration(name: str) -> str:
    """Return what a member runs before the change."""
    return f"""#
sysname {name}
#
interface LoopBack0
 ip address {ADDRESS[name]} 255.255.255.255
#
return
"""


def member_plan(name: str, running: str, *, stages: int = 1, idle: bool = False) -> MemberPlan:
    """Plan a backup service towards the other member, in one stage or in two."""
    peer = next(address for other, address in ADDRESS.items() if other != name)
    base = read_tree(running, name)
    suffix = "-rm-backup-srv-lyon"
    line = f"peer {peer} source {ADDRESS[name]} port 2046"
    create = (Command(SERVICE, suffix), Command("quit", "", moves=True))
    fill = (Command(SERVICE, suffix), Command(line, suffix), Command("quit", "", moves=True))
    created = ConfigTree((*base.lines, *read_tree(f"{SERVICE}\n", name).lines))
    filled = ConfigTree((*base.lines, *read_tree(f"{SERVICE}\n {line}\n", name).lines))
    forward = (Stage(fill, filled),) if stages == 1 else (Stage(create, created), Stage(fill, filled))
    return MemberPlan(name, () if idle else forward, (), base)


@dataclass
class Strike:
    """What happens at the n-th call of a session method, counted over both members.

    Args:
        nth: which call, from 0; none when nothing shall happen.
        make: gives what is raised; nothing when it only does something.
        after: raise when the call was done, instead of before.
        method: count calls of this method alone.
    """

    nth: int | None = None
    make: Callable[[], BaseException | None] = KeyboardInterrupt
    after: bool = False
    method: str | None = None
    calls: list[str] = field(default_factory=list)
    dead: bool = False
    done: bool = False

    def before(self, name: str) -> bool:
        """Count a call; strike now if it is the one, or tell that it is to be struck afterwards."""
        if self.dead:
            raise KilledError
        counted = self.method is None or name == self.method
        mine = counted and self.nth == len([c for c in self.calls if self.method in {None, c}])
        self.calls.append(name)
        if mine and not self.after:
            self.strike()
        return mine

    def strike(self) -> None:
        self.done = True
        error = self.make()
        self.dead = isinstance(error, KilledError)
        if error is not None:
            raise error


class StruckSession:
    """A session under a strike, which leaves it out of step: after that it can only be closed."""

    def __init__(self, session: Session, strike: Strike) -> None:
        self._session = session
        self._strike = strike
        self._in_step = True

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._session, name)
        if name not in ACTS:
            return value

        def act(*args: Any, **named: Any) -> Step[Any]:
            if not self._in_step:
                raise LostReplyError(f"the session with {self._session.member} is out of step")
            self._in_step = False
            mine = self._strike.before(name)
            result = yield from self._kept(value.step(*args, **named))
            if mine:
                self._strike.strike()
            self._in_step = True
            return result

        return Exchange(act)

    def _kept(self, step: Step[Any]) -> Step[Any]:
        """Let an error of the device itself leave the session as it was."""
        try:
            return (yield from step)
        except LostReplyError:
            raise
        except HotpairError:
            self._in_step = True
            raise


@dataclass
class Bench:
    """A pair, before, while and after it is changed."""

    folder: Path
    strike: Strike = field(default_factory=Strike)
    clock: Clock = field(default_factory=Clock)
    budget_s: float = 30.0
    release: str = "v8r22"
    told: list[Progress] = field(default_factory=list)
    unreachable: set[str] = field(default_factory=set)
    gone_for: dict[str, int] = field(default_factory=dict)
    slept: list[float] = field(default_factory=list)
    seen_through: dict[str, Callable[[Channel], Channel]] = field(default_factory=dict)
    """Terminals with habits of their own, by member."""

    def __post_init__(self) -> None:
        release = PERSONALITIES[self.release]
        self.devices = {name: Device(name, configuration(name), personality=release) for name in NAMES}
        for name in NAMES:  # a commit point to go back to
            session = log_in(self.devices[name], self.clock)
            session.stage([Command("lacp priority 4096", "")])
            session.commit()
            session.close()
        for name in NAMES:
            self.save(name)
        self.before = {name: self.running(name) for name in NAMES}

    def save(self, name: str) -> None:
        """Save what a member runs, from a session of its own."""
        session = log_in(self.devices[name], self.clock)
        session.save()
        session.close()

    def reboot(self, *names: str) -> None:
        """Restart members from what they have saved; every session and trial is lost."""
        for name in names:
            self.devices[name].reboot(self.clock.now)

    def saved(self, name: str) -> str:
        """Return what a member would start with."""
        return self.devices[name].store.files[self.devices[name].store.next_file]

    def commit(self, name: str, *lines: Command) -> None:
        """Commit as somebody else."""
        session = log_in(self.devices[name], self.clock)
        session.stage(lines)
        session.commit()
        session.close()

    def running(self, name: str) -> str:
        """Return what a member runs, looked at from a session of its own."""
        session = log_in(self.devices[name], self.clock)
        try:
            text = session.run("display current-configuration")
        finally:
            session.close()
        return "\n".join(line for line in text.splitlines() if not line.startswith("!"))

    def open(self, name: str) -> Session:
        """Log in, under the strike."""
        if self.strike.dead:
            raise KilledError
        if self.strike.done and self.gone_for.get(name, 0) > 0:
            self.gone_for[name] -= 1
            raise ConnectError(f"{name} is out of reach", member=name)
        if name in self.unreachable:
            raise LostReplyError(f"{name} is out of reach", member=name)
        terminal = self.seen_through.get(name, lambda channel: channel)
        session = log_in(self.devices[name], self.clock, terminal=terminal)
        return cast("Session", StruckSession(session, self.strike))

    def change(self, *, stages: int = 1, idle: str = "", held: bool = True) -> PairChange:
        """Return the change over both members."""
        a, b = (
            MemberChange(
                member_plan(name, self.before[name], stages=stages, idle=name == idle),
                partial(self.open, name),
            )
            for name in NAMES
        )
        verdict = Verdict(held, "as wanted" if held else "RBS down")
        return PairChange("lyon", a, b, lambda _sessions: verdict, self.budget_s)

    def carry_out(self, **how: Any) -> Outcome:
        """Make the change."""
        return carry_out(self.change(**how), self.folder, tools=self.tools)

    @property
    def tools(self) -> Tools:
        """Return what a transaction needs of the world: this bench's clock."""
        return Tools(self.told.append, self.sleep, self.now)

    def now(self) -> datetime:
        """Return the moment on the bench's clock."""
        return EPOCH + timedelta(seconds=self.clock.now)

    def sleep(self, seconds: float) -> None:
        """Let the clock run."""
        self.slept.append(seconds)
        self.clock.now += seconds

    def hang_up(self) -> None:
        """End every session, as the death of a process does."""
        for device in self.devices.values():
            for login in device.logins:
                device.disconnect(login.id, self.clock.now)

    def resume(self, *, hang_up: bool = True) -> Outcome:
        """Take up the one transaction that there is, as a new process after the death of the old one."""
        if hang_up:
            self.hang_up()
        self.strike = Strike()
        (path,) = self.folder.glob("*.jsonl")
        return resume(path, self.open, tools=self.tools)

    def is_new(self, name: str) -> bool:
        """Tell whether a member holds the change, for good."""
        return self.running(name) != self.before[name] and self.devices[name].store.trial is None

    def is_old(self, name: str) -> bool:
        """Tell whether a member is as before, for good."""
        return self.running(name) == self.before[name] and self.devices[name].store.trial is None

    @property
    def both_old(self) -> bool:
        return all(self.is_old(name) for name in NAMES)

    @property
    def both_new(self) -> bool:
        return all(self.is_new(name) for name in NAMES)


def require_true(bench: Bench, outcome: Outcome) -> None:
    """Require that what was said is what the devices are."""
    if outcome.end is End.DONE:
        assert bench.both_new
        assert all(SERVICE in bench.saved(name) for name in NAMES)
    elif outcome.end in {End.AS_BEFORE, End.UNCHANGED, End.REFUSED}:
        assert all(SERVICE not in bench.running(name) for name in NAMES)
        assert all(SERVICE not in bench.saved(name) for name in NAMES)
        assert all(bench.devices[name].store.trial is None for name in NAMES)
    else:
        problem = outcome.problem()
        assert problem is not None
        assert problem.next_command == f"hotpair txn resume {outcome.transaction}"
