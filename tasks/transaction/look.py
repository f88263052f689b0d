"""What one look at a member tells: what it is to this transaction, and whether that is saved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Seen(StrEnum):
    """What a member is, as far as this transaction is concerned; judged from its owned lines alone."""

    OLD = "as before"
    STAGE = "part-way"
    """It holds a stage that is not the last one: neither old nor new, and no timer takes it back."""
    TRIAL = "on our trial"
    ANOTHERS_TRIAL = "on another's trial"
    NEW = "new for good"
    OTHER = "not known to be as before or new"
    """Its owned lines are neither the old nor the new ones, or nothing tells which of both."""
    UNSEEN = "out of reach"


class Saved(StrEnum):
    """Whether the device would start with the owned lines that it runs."""

    YES = "saved"
    NO = "not saved"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at one member told.

    Args:
        member: device name.
        seen: what it is.
        stage: number of the stage that its lines are, from 1; 0 unless they are one.
        saved: whether that would outlive a reboot; not known unless it was asked.
        reason: why it is `OTHER`, `ANOTHERS_TRIAL` or `UNSEEN`; empty otherwise.
        seconds_left: of the trial that it is on; 0 without one.
        holds: what its owned lines alone are, also on a trial; nothing when they were not read.
        trial: persist id of the trial that it is on, `-` for one without; empty without a trial.
        head: id of its newest commit; nothing when it has none or was not seen.
        ours: id of our newest commit in its list; nothing when there is none.
        others: ids of commits after ours, or after our base, that are not ours; newest first.
        below: id of the commit right below ours in the list; nothing when there is none.
        keys: digest of the ciphertext among its owned lines; empty when there is none or it was not read.
        undone: ids of our commits that were taken back, by what the journal and the list of commits know.
        undated: it is `OTHER` by its lines, and that this came about since ours began only the clocks say.
    """

    member: str
    seen: Seen
    stage: int = 0
    saved: Saved = Saved.UNKNOWN
    reason: str = ""
    seconds_left: int = 0
    holds: Seen | None = None
    trial: str = ""
    head: int | None = None
    ours: int | None = None
    others: tuple[int, ...] = ()
    below: int | None = None
    keys: str = ""
    undone: tuple[int, ...] = ()
    undated: bool = False

    def __str__(self) -> str:
        """Show as `Lyon-PE1 is new for good, not saved`."""
        stage = f" (stage {self.stage})" if self.seen is Seen.STAGE else ""
        left = f", {self.seconds_left} s left" if self.seconds_left else ""
        saved = f", {self.saved}" if self.saved is not Saved.UNKNOWN else ""
        return f"{self.member} is {self.seen}{stage}{left}{saved}"
