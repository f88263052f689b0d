"""What a pair transaction is given, what it tells while it runs, and how it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inventory.errors import HotpairError, IntentError, RefusedError
from inventory.quantities import quantity
from tasks.plan.model import MemberPlan
from tasks.sessions.protocol import Session
from tasks.transaction.ends import GOOD, OPEN, PROBLEMS, Decider, End, next_command
from tasks.transaction.look import Look, Seen
from tasks.transaction.machine import State

TICKET = re.compile(r"[A-Za-z0-9._#/-]{1,32}")
"""What a ticket may be: it stands in the description of our commits, so no `?` and no blank."""


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
        base_commit: newest commit id when the plan was made; nothing: it had none, or was not asked.
        inverses: commits that the stages take back, instead of typing their commands; newest first.
    """

    plan: MemberPlan
    open_session: Callable[[], Session]
    base_commit: int | None = None
    inverses: tuple[int, ...] = ()

    def staged(self, number: int) -> str:
        """Say what a stage brings into the candidate; stages are counted from 1."""
        if self.inverses:
            return f"what takes commit {self.inverses[number - 1]} back is loaded"
        return f"{quantity(len(self.plan.forward[number - 1].lines), 'line')} staged"


@dataclass(frozen=True, slots=True)
class PairChange:
    """A change over both members, to be made as one.

    Args:
        pair: name of the pair.
        a: the intended master.
        b: the intended backup.
        converge: says whether the change does what it should.
        budget_s: seconds that `converge` may take.
        ticket: of the change, see `TICKET`; may be empty.
        undoes: id of the transaction that this one takes back; empty for a deployment.
        drill: it is taken back whatever `converge` says, by a trial of the device; never kept.
    """

    pair: str
    a: MemberChange
    b: MemberChange
    converge: Converge
    budget_s: float
    ticket: str = ""
    undoes: str = ""
    drill: bool = False


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
        end: the name of the end, from what was seen last.
        decided_by: who brought it about.
        reason: why it did not end as wanted; empty when it did.
        cause: the error behind the reason.
        safety: name of the safety line by device.
        looks: what each device was seen to be at the end, by device.
        residue: what is left on the devices, or was there before, and is somebody's to know.
        verdict: what the checks said; nothing when it did not come so far.
        journal: file of the journal; nothing when the gate refused.
        ticket: of the change.
    """

    transaction: str
    pair: str
    members: tuple[str, str]
    state: State
    end: End
    decided_by: Decider = Decider.HOTPAIR
    reason: str = ""
    cause: HotpairError | None = None
    safety: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)
    residue: tuple[str, ...] = ()
    verdict: Verdict | None = None
    journal: Path | None = None
    ticket: str = ""

    @property
    def seen(self) -> Mapping[str, Seen]:
        """What each device was seen to be at the end, by device."""
        return {member: look.seen for member, look in self.looks.items()}

    @property
    def next_command(self) -> str:
        """What to type next; empty when there is nothing to type."""
        return next_command(self.end, self.transaction, self.pair)

    def problem(self) -> HotpairError | None:
        """Return the error that tells the operator how it ended; nothing when it ended well."""
        if self.end in GOOD:
            return None
        cause = self.cause or HotpairError("")
        if self.end is End.REFUSED and type(cause) is not HotpairError:  # it says itself what was refused
            if isinstance(cause, RefusedError):  # after others the same is typed again, once it is mended
                cause.next_command = cause.next_command or self.next_command
            return cause
        kind, message = PROBLEMS[self.end]
        others = [one for one in self.looks.values() if one.seen in {Seen.OTHER, Seen.ANOTHERS_TRIAL}]
        if self.end is End.AS_BEFORE and others:
            message = f"nothing of the change is left, and {' and '.join(map(_changed, others))}"
        found = "; ".join(str(look) for look in self.looks.values())
        return kind(
            f"{message}: {self.reason}" if self.reason else message,
            wanted=cause.wanted,
            found=cause.found or found or None,
            member=cause.member,
            where=cause.where or f"transaction {self.transaction}",
            next_command=self.next_command if self.end in OPEN else cause.next_command or self.next_command,
        )


def _changed(look: Look) -> str:
    """Say what others did to a member, as far as that is known."""
    if look.undated:
        return f"whether somebody else changed {look.member} before it or since only the devices' clocks tell"
    return f"somebody else changed {look.member}"


def require_ticket(ticket: str) -> None:
    """Refuse a ticket that cannot stand in a description on the device.

    Raises:
        IntentError: it cannot.
    """
    if ticket and not TICKET.fullmatch(ticket):
        raise IntentError(
            "not a ticket that the devices can keep",
            wanted="1 to 32 letters, digits, dots, hyphens, underscores, # or /",
            found=ticket,
        )
