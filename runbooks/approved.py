"""A plan as a file: made today, approved by somebody, deployed in the window, or refused when anything moved.

The file holds what will be typed and what it was made from. No secret is in it and no digest of one: it names
marks that stay in the inventory. Its hash guards against change, not against forgery.
"""

from __future__ import annotations

import getpass
import json
import secrets as random
import shlex
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from inventory.errors import IntentError, RefusedError
from inventory.model import SIDES, Pair, Side
from inventory.secrets import Secret
from parsers.ciphertext import hide
from runbooks.gates import Accepted
from runbooks.plan_uses import deployed_as
from runbooks.proposal import Proposal, owned_digest, serial_number
from runbooks.secret_marks import changed_secrets, drop_marks, has_marks, keep_marks
from tasks.plan.model import MemberPlan
from tasks.render import text as rendered
from tasks.sessions.protocol import Session


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


@dataclass(frozen=True, slots=True)
class Lineage:
    """Which devices a plan was made for.

    Args:
        serials: serial numbers of the main boards, by side.
        host_keys: fingerprints of the known host keys, by side.
    """

    serials: Mapping[Side, str]
    host_keys: Mapping[Side, tuple[str, ...]]


def lineage_of(sessions: Mapping[Side, Session], host_keys: Mapping[Side, tuple[str, ...]]) -> Lineage:
    """Ask both members for their serial numbers.

    Args:
        sessions: one a member.
        host_keys: fingerprints of the known host keys, by side.
    """
    return Lineage({side: serial_number(sessions[side]) for side in SIDES}, host_keys)


def plan_file(
    pair: Pair, proposal: Proposal, lineage: Lineage, terms: Terms, secrets: Mapping[str, Secret]
) -> PlanFile:
    """Make the file's value.

    Args:
        pair: intent.
        proposal: its plan, and what both members were.
        lineage: which devices these were.
        terms: in what words it was asked for.
        secrets: values of the intent's secrets; their names go into the file.
    """
    a, b = (_device(side, proposal, lineage) for side in SIDES)
    made = PlanFile(
        id=f"pl-{random.token_hex(5)}",
        pair=pair.name,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        made_by=_here(),
        intent=intent_digest(pair),
        terms=terms,
        accepted=proposal.accepted,
        secrets=tuple(sorted(secrets)),
        a=a,
        b=b,
    )
    return replace(made, sha256=sha256(_written(made).encode()).hexdigest())


def _here() -> str:
    """Name user and host."""
    try:
        return f"{getpass.getuser()}@{socket.gethostname()}"
    except (OSError, KeyError):  # no name for this user id, as in a bare container
        return f"@{socket.gethostname()}"


def save_plan(path: Path, made: PlanFile, marks: Path, secrets: Mapping[str, Secret]) -> None:
    """Write a plan file, and the marks of its secrets into the inventory.

    Raises:
        IntentError: there is such a file already.
    """
    keep_marks(marks, made.marks, secrets)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_written(made))
    except FileExistsError:
        drop_marks(marks, made.marks)
        raise IntentError("the file is there already", where=str(path)) from None


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
    whole = sha256(_written(replace(made, sha256="")).encode()).hexdigest()
    if _written(made).encode() != raw or made.sha256 != whole:
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


def _written(made: PlanFile) -> str:
    return json.dumps(asdict(made), indent=1) + "\n"


def intent_digest(pair: Pair) -> str:
    """Return a digest of what an intent asks for; a comment or the order of keys makes no difference."""
    asked = [f"{pair.members.of(side)}\n{rendered(pair, side)}" for side in SIDES]
    return sha256("\n".join(asked).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Home:
    """What the inventory knows, before a device is dialled.

    Args:
        pair: intent of today.
        host_keys: fingerprints of the known host keys, by side.
        marks: folder of the marks of secrets.
        secrets: values of today, by name.
    """

    pair: Pair
    host_keys: Mapping[Side, tuple[str, ...]]
    marks: Path
    secrets: Mapping[str, Secret]


def require_home(made: PlanFile, home: Home) -> None:
    """Refuse a plan whose intent, secrets or known host keys moved since it was made; nothing is dialled.

    Raises:
        RefusedError: it was deployed already, or something moved; it names the first thing that did.
    """
    before = deployed_as(home.marks, made.id)
    if before is not None:
        raise RefusedError(
            f"plan {made.id} was deployed as {before.id} on {before.last_at[:10]}; nothing was sent",
            wanted="a plan that was not deployed yet",
            found=f"{before.id} ended at {before.last_at}",
            where=str(before.path),
            next_command=made.anew,
        )
    for side in SIDES:
        was, now = made.of(side), home.pair.members.of(side)
        if was.member != now:
            raise _moved(f"member {side} is another device", made, was.member, now)
        if was.host_keys != home.host_keys[side]:
            known = " ".join(home.host_keys[side])
            raise _moved(f"{now} has another host key", made, " ".join(was.host_keys), known, now)
    asked = intent_digest(home.pair)
    if made.intent != asked:
        raise _moved("the intent was changed", made, made.intent[:12], asked[:12])
    _require_secrets(made, home)


def _require_secrets(made: PlanFile, home: Home) -> None:
    if not made.secrets:
        return
    if not has_marks(home.marks, made.marks):
        raise _moved("no mark tells whether its secrets are the same", made, f"marks of {made.id}", "none")
    changed = changed_secrets(home.marks, made.marks, home.secrets)
    if changed:
        names = ", ".join(sorted(changed))
        raise _moved(f"the secret {names} was changed", made, "the same secret", "another")


def require_devices(made: PlanFile, proposal: Proposal, lineage: Lineage) -> None:
    """Refuse a plan whose devices moved since it was made.

    Args:
        made: the plan as it was approved.
        proposal: plan of today, and what both members are.
        lineage: which devices these are.

    Raises:
        RefusedError: something moved; it names the first thing that did.
    """
    for side in SIDES:
        was, now = made.of(side), _device(side, proposal, lineage)
        for what, wanted, found in (
            ("has another serial number", was.serial, now.serial),
            ("was changed", f"commit {was.base_commit}", f"commit {now.base_commit}"),
            ("holds other lines of Hotpair's", was.owned, now.owned),
        ):
            if wanted != found:
                raise _moved(f"{now.member} {what}", made, wanted, found, now.member)
        if was.commits != now.commits:
            raise _moved(f"other lines would be typed on {now.member}", made, "the approved ones", "others")


def _moved(what: str, made: PlanFile, wanted: str, found: str, member: str | None = None) -> RefusedError:
    return RefusedError(
        f"{what} since plan {made.id} was made; nothing was sent",
        wanted=wanted,
        found=found,
        member=member,
        next_command=made.anew,
    )


def _device(side: Side, proposal: Proposal, lineage: Lineage) -> Device:
    plan = proposal.plan.a if side == "a" else proposal.plan.b
    running = proposal.running[side]
    return Device(
        member=plan.member,
        serial=lineage.serials.get(side, ""),
        host_keys=lineage.host_keys.get(side, ()),
        base_commit=running.commit,
        owned=owned_digest(running.tree),
        commits=_commits(plan),
    )


def _commits(plan: MemberPlan) -> tuple[tuple[Typed, ...], ...]:
    return tuple(
        tuple(Typed(hide(command.text), command.impact.value) for command in stage.commands)
        for stage in plan.forward
    )
