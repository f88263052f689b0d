"""Options that the commands on live pairs share."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inventory.errors import IntentError

if TYPE_CHECKING:
    from inventory.model import Pair
    from runbooks.gates import Permission
    from tasks.checks.policy import Policy

POLICY = "policy.yaml"


class Driver(StrEnum):
    """Library that connects to the devices."""

    NETMIKO = "netmiko"
    SCRAPLI = "scrapli"


PairArgument = Annotated[str, typer.Argument(help="Name of a pair in the inventory.")]
PairOrFile = Annotated[str, typer.Argument(help="Pair file, or name of a pair in the inventory.")]
InventoryOption = Annotated[
    Path,
    typer.Option("--inventory", "-i", help="Folder with hosts.yaml and pairs/.", envvar="HOTPAIR_INVENTORY"),
]
DriverOption = Annotated[
    Driver | None,
    typer.Option(help="Library that connects; without it, what the inventory says.", envvar="HOTPAIR_DRIVER"),
]
HERE = Path()
"""Default folder of the inventory."""
JOURNALS = "journals"
"""Folder in the inventory that holds the journals of transactions and the marks of secrets."""
RetypeOption = Annotated[
    bool,
    typer.Option(
        "--retype-keys",
        help="Type the pair's keys anew on both members; ciphertext never tells whether a key is right.",
    ),
]
RunsOption = Annotated[
    Path | None, typer.Option(help="Folder where runs are kept; `runs` in the inventory without it.")
]
PolicyOption = Annotated[
    Path | None,
    typer.Option(help="Which checks run, thresholds and waivers; `policy.yaml` in the inventory without it."),
]
BudgetOption = Annotated[
    float | None,
    typer.Option(
        min=0,
        help="Seconds that the pair may take to converge; without it 60 and the longest preemption delay.",
    ),
]


AcceptOption = Annotated[
    list[str] | None,
    typer.Option(
        "--accept", help="Go on although this rule is broken, e.g. R16; needs --why.", metavar="RULE"
    ),
]
WhyOption = Annotated[str | None, typer.Option("--why", help="Why it is accepted; kept with the run.")]


class Allowed(StrEnum):
    """Impact that a deployment may have beyond what the policy allows."""

    RESETS = "resets"
    AFFECTING = "affecting"


AllowOption = Annotated[
    Allowed | None,
    typer.Option("--allow", help="Impact that this change may have beyond what policy.yaml allows."),
]
TicketOption = Annotated[
    str,
    typer.Option("--ticket", help="Ticket of the change; it stands in the run and on the devices."),
]
TICKET = r"[A-Za-z0-9._#/-]{1,32}"


def require_ticket(text: str) -> None:
    """Check a ticket; none is fine.

    Raises:
        IntentError: a device would not take it.
    """
    if text and not re.fullmatch(TICKET, text):
        raise IntentError(
            "not a ticket", wanted="1 to 32 of letters, digits and . _ # / -", found=repr(text[:60])
        )


def permission_of(
    inventory: Path, policy: Path | None, accept: list[str] | None, why: str | None, allow: Allowed | None
) -> Permission:
    """Give what the network and the operator allow.

    Raises:
        IntentError: the policy is wrong, or what is accepted has no reason or is no rule.
    """
    from runbooks.gates import Permission, accepted_rules
    from tasks.checks.policy import IMPACTS

    accepted = accepted_rules(accept or [], why)
    return Permission(policy_of(inventory, policy), accepted, IMPACTS[allow.value if allow else "hitless"])


def policy_of(inventory: Path, file: Path | None) -> Policy:
    """Read the policy that was asked for, or the one that lies in the inventory.

    Raises:
        IntentError: it cannot be read, or is wrong.
    """
    from tasks.checks.policy import NO_POLICY, load_policy

    found = policy_file(inventory, file)
    return NO_POLICY if found is None else load_policy(found)


def policy_file(folder: Path, file: Path | None) -> Path | None:
    """Give the policy file that was asked for, or the one that lies in a folder, where there is one."""
    beside = folder / POLICY
    return file or (beside if beside.exists() else None)


def intent_file(pair: Pair) -> Path:
    """Give the file that a pair was read from."""
    return Path(pair.place("pair").source)
