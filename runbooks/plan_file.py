"""The file of a plan: its values, how they are written, and how they are read back unchanged."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from inventory.errors import IntentError, RefusedError
from inventory.model import Side
from inventory.secrets import Secret
from runbooks import interrupts
from runbooks.gates import Accepted
from runbooks.secret_marks import drop_marks, keep_marks
from runbooks.whole_files import write_new


@dataclass(frozen=True, slots=True)
class Typed:
    """One line of a plan: its text, keys by name, and what it does to traffic."""

    text: str
    impact: str


@dataclass(frozen=True, slots=True)
class Device:
    """What a member was, and what is to be typed on it.

    Args:
        member: device name.
        serial: serial numbers of its main boards; empty where the release does not tell them.
        host_keys: fingerprints of the host keys that it may show.
        base_commit: its newest commit; nothing when it had none.
        owned: digest of the lines that Hotpair owns on it, without keys.
        commits: lines of each commit.
    """

    member: str
    serial: str
    host_keys: tuple[str, ...]
    base_commit: int | None
    owned: str
    commits: tuple[tuple[Typed, ...], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """In what words a plan was asked for.

    Args:
        ticket: of the change.
        remove: take the pair away.
        retype_keys: type its keys anew.
        allow: impact that is allowed beyond the policy's, in the words of the command line.
        unqualified: lines that are known less well than the policy wants are allowed.
    """

    ticket: str = ""
    remove: bool = False
    retype_keys: bool = False
    allow: Literal["hitless", "resets", "affecting"] = "hitless"
    unqualified: bool = False


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan that can be approved.

    Args:
        id: names it, and the marks of its secrets in the inventory.
        pair: name of the pair.
        made_at: moment, ISO 8601 with zone.
        made_by: user and host.
        intent: digest of the configuration that the intent asks for, keys by name.
        terms: in what words it was asked for.
        accepted: broken rules that were accepted.
        secrets: names of the secrets that it needs.
        a: the intended master.
        b: the intended backup.
        version: of the form of the file.
        sha256: of the file, with this value empty.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^pl-[0-9a-f]{10}$")]
    pair: str
    made_at: str
    made_by: str
    intent: str
    terms: Terms
    accepted: tuple[Accepted, ...]
    secrets: tuple[str, ...]
    a: Device
    b: Device
    version: Literal[1] = 1
    sha256: str = ""

    def of(self, side: Side) -> Device:
        """Return what is written of one member."""
        return self.a if side == "a" else self.b

    @property
    def anew(self) -> str:
        """The command that makes such a plan of what is there now."""
        terms = self.terms
        flags = (
            *(("--remove",) if terms.remove else ()),
            *(("--retype-keys",) if terms.retype_keys else ()),
            *(("--allow", terms.allow) if terms.allow != Terms().allow else ()),
            *(("--unqualified",) if terms.unqualified else ()),
            *(("--ticket", terms.ticket) if terms.ticket else ()),
            *(word for one in self.accepted for word in ("--accept", one.rule)),
            *(("--why", self.accepted[0].why) if self.accepted else ()),
        )
        return shlex.join(("hotpair", "plan", self.pair, *flags, "--out", "NEW.json"))

    @property
    def marks(self) -> str:
        """Name of the marks of its secrets."""
        return f"{self.pair}.{self.id}"


_READER = TypeAdapter(PlanFile)

_MARK = b'"id": "pl-'
"""What every plan file holds, and hardly another file."""


def save_plan(path: Path, made: PlanFile, marks: Path, secrets: Mapping[str, Secret]) -> None:
    """Write a plan file, and the marks of its secrets into the inventory.

    Args:
        path: of the new file.
        made: the plan.
        marks: folder of the marks of secrets.
        secrets: values of the intent's secrets, by name; none is written.

    Raises:
        IntentError: there is such a file already, or it cannot be written; nothing is left then.
    """
    with interrupts.held_back():
        keep_marks(marks, made.marks, secrets)
        try:
            write_new(path, plan_text(made))
        except OSError as error:
            drop_marks(marks, made.marks)
            is_there = isinstance(error, FileExistsError)
            message = "the file is there already" if is_there else "the plan file cannot be written"
            found = None if is_there else error.strerror
            raise IntentError(message, found=found, where=str(path)) from None


def read_plan(path: Path) -> PlanFile:
    """Read a plan file; every byte of it must be as it was written.

    Raises:
        IntentError: it cannot be read.
        RefusedError: it is no plan, or was changed after it was made.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise IntentError(
            "the plan file cannot be read",
            wanted="a file of `hotpair plan --out`",
            found=error.strerror,
            where=str(path),
            next_command="hotpair plan PAIR --out NEW.json",
        ) from None
    try:
        made = _READER.validate_json(raw)
    except ValidationError as error:
        raise _changed(path, _unread(raw, error)) from None
    whole = sha256(plan_text(replace(made, sha256="")).encode()).hexdigest()
    if plan_text(made).encode() != raw or made.sha256 != whole:
        raise _changed(path, "another content than it was hashed with")
    return made


def _unread(raw: bytes, error: ValidationError) -> str:
    """Say what a file is that reads as no plan: of another version, changed, or something else."""
    first = error.errors()[0]
    if first["loc"] == ("version",) and first["type"] == "literal_error":
        return f"a plan of version {first['input']}, and this Hotpair reads version 1"
    if _MARK in raw:
        place = ".".join(map(str, first["loc"])) or "its form"
        return f"a plan that was changed after it was made: {place}"
    return "no plan of Hotpair"


def _changed(path: Path, found: str) -> RefusedError:
    return RefusedError(
        "the file is not a plan as it was made; nothing was sent",
        wanted="a file of `hotpair plan --out`, unchanged",
        found=found,
        where=str(path),
        next_command="hotpair plan PAIR --out NEW.json",
    )


def plan_text(made: PlanFile) -> str:
    """Return the text of a plan file."""
    return json.dumps(asdict(made), indent=1) + "\n"
