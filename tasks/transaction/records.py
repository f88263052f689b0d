"""What a journal says, as frozen values with one reader and one writer.

A line of a journal is an event or a note. An event moves the table of `machine`; a note makes a fact durable.
Nothing here is secret: of lines only those of the intent stand here, keys and ciphertext masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import ConfigDict, TypeAdapter, ValidationError

from inventory.errors import IntentError
from tasks.transaction.ends import Decider, End
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.look import Saved, Seen

SCHEMA_VERSION = 2
_CLOSED = ConfigDict(extra="forbid")


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
        saved: whether these lines were saved before.
        ours: ids of our commits, oldest first; known beforehand in an adoption alone.
        cut: the last commit was not there when the devices were read, so nobody knows the new lines.
        watched: objects of which every owned line counts, as those of a member that holds no commit of ours.
        undated: only the devices' clocks tell whether others changed it before ours began or since.
        whole: of the whole configuration before; all that 0.1 kept.
    """

    __pydantic_config__ = _CLOSED

    member: str
    idle: bool = False
    base_commit: int | None = None
    base: tuple[str, ...] = ()
    stages: tuple[tuple[str, ...], ...] = ()
    new: tuple[str, ...] = ()
    base_keys: str = ""
    saved: bool = False
    ours: tuple[int, ...] = ()
    cut: bool = False
    watched: tuple[str, ...] = ()
    undated: bool = False
    whole: Fingerprint | None = None

    @property
    def made(self) -> tuple[str, ...]:
        """Owned lines after the last commit that is known."""
        return (self.base, *self.stages)[-1] if self.cut else self.new


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
        drill: it is taken back at the end of its trial, and never kept.
        schema: version of the journal's form.
    """

    __pydantic_config__ = _CLOSED

    id: str
    pair: str
    a: MemberRecord
    b: MemberRecord
    seconds: int = 0
    ticket: str = ""
    undoes: str = ""
    adopted: bool = False
    drill: bool = False
    schema: int = SCHEMA_VERSION

    def of(self, side: str) -> MemberRecord:
        """Return the record of a side."""
        return self.a if side == "a" else self.b

    @property
    def members(self) -> tuple[str, str]:
        """Device names of a and b."""
        return self.a.member, self.b.member


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
        whole: of the whole configuration; all that 0.1 kept.
    """

    __pydantic_config__ = _CLOSED

    member: str
    safety: str
    commit: int | None = None
    labelled: bool = False
    keys: str = ""
    until: str = ""
    whole: Fingerprint | None = None


@dataclass(frozen=True, slots=True)
class StageMade:
    """A member holds a stage that is not the last one; no timer takes it back.

    Args:
        member: device name.
        stage: number, from 1.
        commit: id of our commit.
        keys: digest of the ciphertext among its owned lines.
        whole: of the whole configuration; all that 0.1 kept.
    """

    __pydantic_config__ = _CLOSED

    member: str
    stage: int
    commit: int | None = None
    keys: str = ""
    whole: Fingerprint | None = None


@dataclass(frozen=True, slots=True)
class Saving:
    """A member is about to be saved."""

    __pydantic_config__ = _CLOSED

    member: str


@dataclass(frozen=True, slots=True)
class Undone:
    """A commit of ours was taken back by another commit of ours."""

    __pydantic_config__ = _CLOSED

    member: str
    commit: int


@dataclass(frozen=True, slots=True)
class MemberEnd:
    """What one member was seen to be at an end."""

    __pydantic_config__ = _CLOSED

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

    __pydantic_config__ = _CLOSED

    end: End
    by: Decider
    members: tuple[MemberEnd, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What goes with an event.

    Args:
        why: the reason of an event that goes back, or that an operator wanted; secrets masked.
        member: device that the event is about; empty for both.
        stage: number of the stage that is about to be committed, from 1.
        by: who brought it about.
    """

    __pydantic_config__ = _CLOSED

    why: str = ""
    member: str = ""
    stage: int = 0
    by: Decider | None = None


Note: TypeAlias = OnTrial | StageMade | Saving | Undone | Ended
Record: TypeAlias = Opening | Remark | Note

OPENED = "opened"
_NAMES: Mapping[type[Note], str] = {
    OnTrial: "on trial",
    StageMade: "stage committed",
    Saving: "about to save",
    Undone: "commit taken back",
    Ended: "ended",
}
_READERS: Mapping[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for kind, name in _NAMES.items()} | {
    OPENED: TypeAdapter(Opening)
}
_REMARK = TypeAdapter(Remark)
_WRITERS: Mapping[type[Record], TypeAdapter[Any]] = {
    **{kind: _READERS[name] for kind, name in _NAMES.items()},
    Opening: _READERS[OPENED],
    Remark: _REMARK,
}


def name_of(note: Note) -> str:
    """Return the name under which a note stands in a journal."""
    return name_of_kind(type(note))


def name_of_kind(kind: type[Note]) -> str:
    """Return the name under which the notes of a kind stand in a journal."""
    return _NAMES[kind]


def written(record: Record) -> dict[str, Any]:
    """Return a record as values of JSON; what is empty is left out, the version of the form never."""
    writer = _WRITERS[type(record)]
    data: dict[str, Any] = writer.dump_python(record, mode="json", exclude_defaults=True)
    return data | ({"schema": record.schema} if isinstance(record, Opening) else {})


def read(name: str, data: object, where: str) -> Record:
    """Read what stands in a line of a journal.

    Args:
        name: of the event or note.
        data: values of JSON.
        where: file and line, for the error.

    Raises:
        IntentError: it is not what this version writes.
    """
    try:
        record: Record = _READERS.get(name, _REMARK).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise IntentError(
            f"the journal is damaged: {name}",
            wanted=first["msg"],
            found=".".join(str(part) for part in first["loc"]) or repr(data)[:60],
            where=where,
        ) from None
    return record
