"""Deploy a planned pair as one transaction, and take up one that was cut off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inventory.errors import HotpairError
from runbooks import interrupts
from tasks.clock import REAL, Clock
from tasks.plan.model import PairPlan
from tasks.sessions.protocol import Session
from tasks.transaction import adopt as adopting
from tasks.transaction import resume as taking_up
from tasks.transaction.journal import journal_path, new_transaction_id
from tasks.transaction.model import Converge, MemberChange, Notify, Outcome, PairChange, Progress
from tasks.transaction.run import carry_out
from tasks.transaction.tools import Tools

Openers = Mapping[str, Callable[[], Session]]
"""Ways to log in, by device name. Each is called once, and again after its session was lost."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One step of a deployment.

    Args:
        text: what happened.
        seconds: how long after the one before.
    """

    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment that came to an end, good or bad.

    Args:
        outcome: how the transaction ended; `outcome.problem()` is the error for the operator.
        started_at: moment of the start, with time zone.
        seconds: how long it took.
        timings: its steps, in order.
    """

    outcome: Outcome
    started_at: datetime
    seconds: float
    timings: tuple[Timing, ...]

    def problem(self) -> HotpairError | None:
        """Return the error that the operator gets; nothing when both members are new and saved."""
        return self.outcome.problem()


class _Watch:
    """Passes steps on and keeps their times."""

    def __init__(self, notify: Notify | None, clock: Clock = REAL) -> None:
        self._notify = notify
        self._clock = clock
        self._last = self._begin = clock.seconds()
        self.started_at = clock.now()
        self.timings: list[Timing] = []

    def __call__(self, progress: Progress) -> None:
        now = self._clock.seconds()
        self.timings.append(Timing(progress.text, round(now - self._last, 4)))
        self._last = now
        if self._notify is not None:
            self._notify(progress)

    def deployment(self, outcome: Outcome) -> Deployment:
        return Deployment(
            outcome, self.started_at, round(self._clock.seconds() - self._begin, 4), tuple(self.timings)
        )


def deploy(
    plan: PairPlan,
    openers: Openers,
    converge: Converge,
    journals: Path,
    *,
    budget_s: float,
    base_commits: Mapping[str, int] | None = None,
    ticket: str = "",
    new_id: Callable[[], str] = new_transaction_id,
    notify: Notify | None = None,
    interrupted: Callable[[], bool] = lambda: False,
    drill: bool = False,
    clock: Clock = REAL,
) -> Deployment:
    """Make the planned change on both members, or on neither.

    Args:
        plan: plans of both members; where both are empty, only the gate is asked.
        openers: ways to log in, by device name.
        converge: tells whether the pair holds what it should while on trial.
        journals: folder of the transaction journals.
        budget_s: seconds that `converge` may take; the trial lasts twice as long and more.
        base_commits: newest commit id of each device when its configuration was read for the plan.
        ticket: of the change; stands on the devices.
        new_id: gives the transaction's id.
        notify: told each step.
        interrupted: asked between steps, for callers that run on another thread than Ctrl-C's.
        drill: take the change back at the end of its trial, whatever `converge` says.
        clock: by which is waited.
    """
    watch = _Watch(notify, clock)
    commits = base_commits or {}
    a, b = (MemberChange(one, openers[one.member], commits.get(one.member)) for one in (plan.a, plan.b))
    change = PairChange(plan.pair, a, b, converge, budget_s, ticket, drill=drill)
    tools = Tools(watch, clock.sleep, clock.now)
    outcome = carry_out(change, journals, tools=tools, interrupted=interrupted, new_id=new_id)
    interrupts.ended()
    return watch.deployment(outcome)


def resume(transaction: str, openers: Openers, journals: Path, *, notify: Notify | None = None) -> Deployment:
    """Bring a transaction of this host to its end: both members new, or both as before.

    Args:
        transaction: its id.
        openers: ways to log in, by device name.
        journals: folder of the transaction journals.
        notify: told each step.

    Raises:
        IntentError: no such transaction.
        RefusedError: another process is working on it.
    """
    watch = _Watch(notify)
    path = journal_path(journals, transaction)
    return watch.deployment(taking_up.resume(path, lambda name: openers[name](), tools=Tools(watch)))


def adopt(
    transaction: str,
    pair: str,
    members: Mapping[str, str],
    openers: Openers,
    journals: Path,
    *,
    notify: Notify | None = None,
) -> Deployment:
    """Bring a transaction of another host to its end, with nothing but its id.

    Args:
        transaction: its id.
        pair: name of the pair.
        members: device names by side, `a` and `b`.
        openers: ways to log in, by device name.
        journals: folder of this host's journals.
        notify: told each step.

    Raises:
        IntentError: that is no id.
        DeviceError: a member is out of reach, so that the decision cannot be read.
        RefusedError: no device knows of it, or this host has a journal of it: resume it.
    """
    watch = _Watch(notify)
    outcome = adopting.adopt(
        transaction, pair, members, lambda name: openers[name](), journals, tools=Tools(watch)
    )
    return watch.deployment(outcome)
