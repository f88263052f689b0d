"""What a check gives: outcomes, complaints, results, and the observations that it judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from parsers.api import Parsed

DRIFT: Final = "drift"
"""Judged from plans, not from displays: no check of the catalogue, yet it may be waived."""
DRILLED: Final = "drilled"
"""Judged from the archive: whether the last drill is too long ago; it may be waived."""
REACH: Final = "within-reach"
"""Name of the result that tells why a member gave no answer."""
DEPLOYED: Final = "deployed"
"""Name of the result that tells of a pair of which nothing is on either member."""
ENDED: Final = "transaction-ended"
"""Name of the result that tells how a transaction ended that no check judged."""
ABSENT: Final = "absent"
"""What a complaint of drift says of the side on which a line does not stand."""


class Outcome(StrEnum):
    """The five ends of a check."""

    SUCCESS = "success"
    """What was wanted was found."""
    FAILURE = "failure"
    """The network is wrong."""
    ERROR = "error"
    """We could not tell: unreachable, unparsed, nothing examined."""
    SKIPPED = "skipped"
    """Not applicable or waived; the note says why."""
    UNSET = "unset"
    """Not judged yet."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One display of one device at one moment.

    Args:
        member: device name.
        command: what was sent, e.g. `display e-trunk 1`.
        text: the answer as received, prompt and echo removed.
        parsed: the answer as records.
        taken_at: moment of the answer, with time zone.
        seconds: how long the device took.
    """

    member: str
    command: str
    text: str
    parsed: Parsed
    taken_at: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class CommitAuthor:
    """Whose commit changed something, as the device's list of commits says.

    Args:
        commit_id: id of the commit.
        user: who committed.
        line: user interface of that session, e.g. `VTY 1`.
        at: date and time as the device shows it.
        description: empty when there is none.
    """

    commit_id: int
    user: str
    line: str
    at: str
    description: str = ""

    def __str__(self) -> str:
        """Show as `carol on VTY 1, commit 1000000012 at 2026-11-28 02:00:00+00:00 (card swapped)`."""
        line = f" on {self.line}" if self.line else ""
        why = f" ({self.description})" if self.description else ""
        return f"{self.user}{line}, commit {self.commit_id} at {self.at}{why}"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is not as wanted, or could not be told.

    Args:
        text: one sentence, e.g. `E-Trunk 1 is Master on both members`.
        wanted: the wanted value; empty when the question itself failed.
        found: the found value.
        device: device name; both names when it is about the pair.
        command: display that shows it.
        hand: whose commit made it so; nothing when no commit that the device lists did.
    """

    text: str
    wanted: str = ""
    found: str = ""
    device: str = ""
    command: str = ""
    hand: CommitAuthor | None = None

    def __str__(self) -> str:
        """Show the sentence and its evidence on one line."""
        details = [
            f"{name} {value}"
            for name, value in (
                ("wanted", self.wanted),
                ("found", self.found),
                ("on", self.device),
                ("by", f"`{self.command}`" if self.command else ""),
                ("changed by", str(self.hand) if self.hand else ""),
            )
            if value
        ]
        return f"{self.text}: {', '.join(details)}" if details else self.text


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The end of one check on one subject.

    Args:
        check: name in the catalog, e.g. `rbs-connected`.
        subject: what was judged, e.g. `RBS service1`.
        outcome: one of the five ends.
        title: first line of the check's docstring: what passes.
        tags: e.g. `("rbs", "channel")`.
        complaints: what is wrong or unknown; empty on success.
        note: why it was skipped, or what a success rests on.
        unproven: it was skipped though it matters: no display can show it as things stand.
        converged_after_s: seconds from the start of waiting to the first sample of the stable run;
            nothing when it was judged once.
        next_command: what to type next; empty when nothing is to be typed.
    """

    check: str
    subject: str
    outcome: Outcome
    title: str = ""
    tags: tuple[str, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    note: str = ""
    converged_after_s: float | None = None
    next_command: str = ""
    unproven: bool = False
