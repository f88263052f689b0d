"""A plan as a file: made today, approved by somebody, deployed in the window, or refused when anything moved.

The file holds what will be typed and what it was made from. No secret is in it and no digest of one: it names
marks that stay in the inventory. Its hash guards against change, not against forgery.
"""

from __future__ import annotations

import getpass
import secrets as random
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from inventory.errors import RefusedError
from inventory.model import SIDES, Pair, Side
from inventory.secrets import Secret
from parsers.ciphertext import hide
from runbooks.plan_file import Device, PlanFile, Terms, Typed, plan_text
from runbooks.plan_uses import deployed_as
from runbooks.proposal import Proposal, owned_digest, serial_number
from runbooks.secret_marks import changed_secrets, has_marks
from tasks.plan.model import MemberPlan
from tasks.render import text as rendered
from tasks.sessions.protocol import Session


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
    return replace(made, sha256=sha256(plan_text(made).encode()).hexdigest())


def _here() -> str:
    """Name user and host."""
    try:
        return f"{getpass.getuser()}@{socket.gethostname()}"
    except (OSError, KeyError):  # no name for this user id, as in a bare container
        return f"@{socket.gethostname()}"


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
