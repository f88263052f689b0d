"""What a journal says, as frozen values with one reader and one writer.

A line of a journal is an event or a note. An event moves the table of `machine`; a note makes a fact durable.
Nothing here is secret: of lines only those of the intent stand here, keys and ciphertext masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from tasks.transaction.ends import Decider, End
from tasks.transaction.look import Saved, Seen

SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """What must be known of one member to tell what it is, without the intent.

    Args:
        member: device name.
        idle: it has no part in the change.
        base_commit: id of its newest commit before; nothing when it had none.
        base: owned lines before, as `block / line`, sorted; see `tasks.transaction.owned`.
        stages: owned lines after each stage but the last one.
        new: owned lines after the last stage.
        base_keys: digest of the ciphertext among the base lines; tells where only a secret changes.
    """

    member: str
    idle: bool = False
    base_commit: int | None = None
    base: tuple[str, ...] = ()
    stages: tuple[tuple[str, ...], ...] = ()
    new: tuple[str, ...] = ()
    base_keys: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a transaction began with: the first line of its journal.

    Args:
        id: of the transaction; persist id, label and description on the devices.
        pair: name of the pair.
        a: the intended master.
        b: the intended backup.
        seconds: time of the trial.
        ticket: of the change, as the operator gave it; may be empty.
        undoes: id of the transaction that this one takes back; empty for a deployment.
        adopted: it was begun on another host; what stands here was read from the devices.
        schema: version of the journal's form.
    """

    id: str
    pair: str
    a: MemberRecord
    b: MemberRecord
    seconds: int = 0
    ticket: str = ""
    undoes: str = ""
    adopted: bool = False
    schema: int = SCHEMA_VERSION

    def of(self, side: str) -> MemberRecord:
        """Give the record of a side."""
        return self.a if side == "a" else self.b


@dataclass(frozen=True, slots=True)
class OnTrial:
    """A member holds the last stage under a safety line.

    Args:
        member: device name.
        safety: name of the safety line.
        commit: id of our commit; nothing when the device does not list it yet.
        labelled: the device took our label with it.
        keys: digest of the ciphertext among its owned lines.
        until: moment at which its timer ends, ISO 8601 with zone; empty without a timer.
    """

    member: str
    safety: str
    commit: int | None = None
    labelled: bool = False
    keys: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class StageMade:
    """A member holds a stage that is not the last one; no timer takes it back.

    Args:
        member: device name.
        stage: number, from 1.
        commit: id of our commit.
        keys: digest of the ciphertext among its owned lines.
    """

    member: str
    stage: int
    commit: int | None = None
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Saving:
    """A member is about to be saved."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberEnd:
    """What one member was seen to be at an end."""

    member: str
    seen: Seen
    saved: Saved = Saved.UNKNOWN
    seconds_left: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """What was said at the end of a run of ours; the last one counts.

    Args:
        end: its name.
        by: who brought it about.
        members: what was seen last.
        why: the reason, secrets masked; empty when it ended as wanted.
    """

    end: End
    by: Decider
    members: tuple[MemberEnd, ...] = ()
    why: str = ""


Note: TypeAlias = OnTrial | StageMade | Saving | Ended
