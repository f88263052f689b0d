"""What is asked of `plan` and `deploy`: a pair and the words for it, or a plan that was made before."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from hotpair.cli.fleet import policy_of
from inventory.errors import IntentError

if TYPE_CHECKING:
    from runbooks.gates import Accepted, Permission
    from runbooks.plan_file import PlanFile, Terms

RetypeOption = Annotated[
    bool,
    typer.Option(
        "--retype-keys",
        help="Type the pair's keys anew on both members; ciphertext never tells whether a key is right.",
    ),
]
AcceptOption = Annotated[
    list[str] | None,
    typer.Option("--accept", help="Go on although this rule is broken; needs --why.", metavar="RULE"),
]
WhyOption = Annotated[
    str | None, typer.Option("--why", help="Why it is accepted or forced; kept with the run.")
]
ForceOption = Annotated[
    bool,
    typer.Option("--force", help="Go on though the standby is not ready, or not reached; needs --why."),
]


class Allowed(StrEnum):
    """Impact that a deployment may have beyond what the policy allows."""

    RESETS = "resets"
    AFFECTING = "affecting"


_BEYOND: Mapping[Allowed | None, Literal["hitless", "resets", "affecting"]] = {
    None: "hitless",
    Allowed.RESETS: "resets",
    Allowed.AFFECTING: "affecting",
}
AllowOption = Annotated[
    Allowed | None,
    typer.Option("--allow", help="Impact that this change may have beyond what policy.yaml allows."),
]
UnqualifiedOption = Annotated[
    bool,
    typer.Option("--unqualified", help="Allow lines that are known less well than policy.yaml wants."),
]
TicketOption = Annotated[
    str,
    typer.Option("--ticket", help="Ticket of the change; it stands in the run and on the devices."),
]
TICKET = r"[A-Za-z0-9._#/-]{1,32}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Args:
        pair: name of the pair, or its file.
        terms: in what words.
        accepted: broken rules that are accepted.
        approved: the plan that was made before, where one was given.
        forced: why it goes on though the standby is not ready; empty: it does not.
    """

    pair: str
    terms: Terms
    accepted: tuple[Accepted, ...] = ()
    approved: PlanFile | None = None
    forced: str = ""

    def permission(self, inventory: Path, policy: Path | None) -> Permission:
        """Return what the network and the operator allow.

        Raises:
            IntentError: the policy is wrong.
        """
        from runbooks.gates import Permission
        from tasks.checks.policy import IMPACTS

        terms = self.terms
        return Permission(
            policy_of(inventory, policy),
            self.accepted,
            IMPACTS[terms.allow],
            terms.unqualified,
            self.forced,
        )


def asked(
    pair: str,
    *,
    remove: bool,
    allow: Allowed | None,
    accept: Sequence[str] | None,
    why: str | None,
    ticket: str = "",
    retype_keys: bool = False,
    unqualified: bool = False,
    force: bool = False,
) -> Asked:
    """Read what was typed.

    Raises:
        IntentError: the ticket is none, what is accepted has no reason or is no rule, or what is forced has
            no reason.
    """
    from runbooks.gates import accepted_rules, reason_given
    from runbooks.plan_file import Terms

    if ticket and not re.fullmatch(TICKET, ticket):
        raise IntentError(
            "not a ticket", wanted="1 to 32 of letters, digits and . _ # / -", found=repr(ticket[:60])
        )
    terms = Terms(ticket, remove, retype_keys, _BEYOND[allow], unqualified)
    forced = reason_given(why) if force else ""
    if force and not forced:
        raise IntentError("what is forced has a reason", wanted="--force --why TEXT")
    rules = accepted_rules(accept or (), None if force and not accept else why)
    return Asked(pair, terms, rules, forced=forced)


def approved_instead(words: Asked) -> Asked:
    """Take what a plan file says, where one was given instead of a pair.

    Raises:
        IntentError: the file cannot be read, or more was typed than what stands in it.
        RefusedError: it is not a plan as it was made.
    """
    from runbooks.plan_file import Terms, read_plan

    path = Path(words.pair)
    if path.suffix != PLAN_SUFFIX:
        return words
    if words.terms != Terms() or words.accepted:
        raise IntentError("the plan file says how it is deployed", wanted="no such option beside it")
    made = read_plan(path)
    return Asked(made.pair, made.terms, made.accepted, made, words.forced)


PLAN_SUFFIX = ".json"
"""Ending of plan files: no name of a pair file, and `plan --out` writes no other."""


def require_no_plan_among(words: Sequence[str]) -> None:
    """Refuse plan files among names of pairs: each is deployed by itself, as it was approved.

    Raises:
        IntentError: one is there; it names the command that deploys the first.
    """
    plans = [word for word in words if word.endswith(PLAN_SUFFIX) and Path(word).is_file()]
    if plans:
        raise IntentError(
            "a plan file is deployed by itself",
            wanted="one plan file, or names of pairs",
            found=", ".join(words),
            next_command=shlex.join(["hotpair", "deploy", plans[0]]),
        )
