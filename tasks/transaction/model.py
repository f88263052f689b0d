"""What a pair transaction is given, what it tells while it runs, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inventory.errors import DeviceError, HotpairError, RefusedError, RolledBackError, SplitError
from tasks.plan.model import MemberPlan
from tasks.sessions.protocol import Session
from tasks.transaction.machine import State
from tasks.transaction.settling import Seen

SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the pair's checks hold and stay held.

    Args:
        held: true when they do.
        text: one sentence for the operator; names what does not hold.
    """

    held: bool
    text: str = ""


Converge = Callable[[Mapping[str, Session]], Verdict]
"""Polls the pair's checks until they hold and stay held, or its budget ends; sessions by device name."""


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What is to be done on one member.

    Args:
        plan: its plan; a plan without stages leaves the member alone.
        open_session: logs in; called again after a lost session.
        base_commit: newest commit id when the plan was made; nothing: the running configuration that the gate
            finds is taken as the base.
    """

    plan: MemberPlan
    open_session: Callable[[], Session]
    base_commit: int | None = None


@dataclass(frozen=True, slots=True)
class PairChange:
    """A change over both members, to be made as one.

    Args:
        pair: name of the pair.
        a: the intended master.
        b: the intended backup.
        converge: says whether the change does what it should.
        budget_s: seconds that `converge` may take.
    """

    pair: str
    a: MemberChange
    b: MemberChange
    converge: Converge
    budget_s: float


@dataclass(frozen=True, slots=True)
class Progress:
    """One thing that happened, for people who watch.

    Args:
        transaction: its id.
        pair: name of the pair.
        state: state after it.
        text: what happened, e.g. `DeviceB on trial for 180 s`.
    """

    transaction: str
    pair: str
    state: State
    text: str


Notify = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a transaction ended.

    Args:
        transaction: its id.
        pair: name of the pair.
        members: device names of a and b.
        state: the last state; one that is no end means that `resume` has work to do.
        reason: why it did not end as wanted; empty when it did.
        cause: the error behind the reason.
        safety: name of the safety line by device.
        seen: what each device was seen to be at the end, by device.
        verdict: what the checks said; nothing when it did not come so far.
        journal: file of the journal; nothing when the gate refused.
    """

    transaction: str
    pair: str
    members: tuple[str, str]
    state: State
    reason: str = ""
    cause: HotpairError | None = None
    safety: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    verdict: Verdict | None = None
    journal: Path | None = None

    def problem(self) -> HotpairError | None:
        """Give the error that tells the operator how it ended; nothing when both are new and saved."""
        if self.state is State.DONE:
            return None
        if self.state is State.REFUSED and self.cause is not None:
            return self.cause
        kind, message = _ENDINGS.get(self.state, (DeviceError, "not settled yet, resume it"))
        found = ", ".join(f"{name} {seen}" for name, seen in self.seen.items())
        cause = self.cause or HotpairError("", found=found or None)
        return kind(
            f"{message}: {self.reason}" if self.reason else message,
            wanted=cause.wanted,
            found=cause.found,
            member=cause.member,
            where=cause.where or f"transaction {self.transaction}",
        )


_ENDINGS: Mapping[State, tuple[type[HotpairError], str]] = {
    State.REFUSED: (RefusedError, "nothing was sent"),
    State.UNCHANGED: (RefusedError, "nothing was committed"),
    State.ROLLED_BACK: (RolledBackError, "both members are as before"),
    State.SPLIT: (SplitError, "a holds the new configuration and b the old one"),
    State.NEW_BOTH: (DeviceError, "both members are new, but not saved"),
}
