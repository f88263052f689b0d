"""What stands before a deployment without asking a device: lint errors, freezes, the impact that is allowed.

Each can be passed only in the operator's own words: a rule and the reason why its breach is accepted, or the
impact that is allowed. What was accepted is kept with the plan and the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from inventory.errors import IntentError, RefusedError
from inventory.explain import nearest
from inventory.lines.evidence import weaker
from inventory.lines.impact import Impact
from inventory.model import Pair
from inventory.rules import DEVICE_RULES, PAIR_RULES, Finding, Severity, lint
from parsers.ciphertext import hide
from runbooks.planning import weakest_line
from tasks.checks.freeze import frozen_at
from tasks.checks.policy import IMPACTS, NO_POLICY, Policy
from tasks.plan.model import PairPlan
from tasks.render.members import intended_member

LONGEST_REASON = 200
_RANK = {impact: rank for rank, impact in enumerate(IMPACTS.values())}
_WORDS = {impact: word for word, impact in IMPACTS.items()}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A broken rule that somebody accepts.

    Args:
        rule: its id, e.g. `R16`.
        why: the reason, in the operator's words.
    """

    rule: str
    why: str

    def __str__(self) -> str:
        """Show as `R16: the peer comes next week`."""
        return f"{self.rule}: {self.why}"


@dataclass(frozen=True, slots=True)
class Permission:
    """What an operator and a network allow.

    Args:
        policy: of the network.
        accepted: broken rules that are accepted.
        allow: impact that is allowed beyond the policy's.
        unqualified: lines that are known less well than the policy wants are allowed.
        forced: why a change goes on though the standby is not ready; empty: it does not.
    """

    policy: Policy = NO_POLICY
    accepted: tuple[Accepted, ...] = ()
    allow: Impact = Impact.HITLESS
    unqualified: bool = False
    forced: str = ""

    @property
    def highest(self) -> Impact:
        """The highest impact that a deployment may have."""
        return max(self.policy.highest_impact, self.allow, key=_RANK.__getitem__)


@dataclass(frozen=True, slots=True)
class Objection:
    """Something in the way of a deployment that the plan itself does not forbid.

    Args:
        message: a sentence for the operator.
        wanted: what would let it through.
        found: what is in the way.
    """

    message: str
    wanted: str
    found: str

    def error(self) -> RefusedError:
        """Return it as the error of a command."""
        return RefusedError(f"{self.message}; nothing was sent", wanted=self.wanted, found=self.found)


def accepted_rules(rules: Sequence[str], why: str | None) -> tuple[Accepted, ...]:
    """Read what an operator accepts.

    Args:
        rules: ids of rules.
        why: the reason.

    Raises:
        IntentError: a rule is not known, or there is a rule without a reason or a reason without a rule.
    """
    if bool(rules) != bool(why and why.strip()):
        raise IntentError("what is accepted has a rule and a reason", wanted="--accept RULE --why TEXT")
    known = sorted({rule.id for rule in PAIR_RULES} | {rule.id for rule in DEVICE_RULES})
    strange = [rule for rule in rules if rule not in known]
    if strange:
        raise IntentError(f"no rule is named {strange[0]!r}{nearest(strange[0], known)}")
    reason = reason_given(why)
    return tuple(Accepted(rule, reason) for rule in dict.fromkeys(rules))


def reason_given(why: str | None) -> str:
    """Read the reason of something that is accepted or forced.

    Raises:
        IntentError: it cannot be kept.
    """
    reason = " ".join((why or "").split())
    if not reason.isprintable() or len(reason) > LONGEST_REASON:
        raise IntentError(
            "the reason cannot be kept", wanted=f"printable text of {LONGEST_REASON} characters"
        )
    return reason


def pass_lint(pair: Pair, accepted: Iterable[Accepted]) -> tuple[Accepted, ...]:
    """Refuse an intent that breaks a rule whose breach is an error, unless the breach is accepted.

    Args:
        pair: intent.
        accepted: breaches that are accepted.

    Returns:
        Those of them that the intent needs.

    Raises:
        RefusedError: a rule is broken that nobody accepts; it names all of them.
    """
    reasons = {one.rule: one for one in accepted}
    errors = _errors_of(pair)
    refused = [one for one in errors if one.rule not in reasons]
    if refused:
        rules = list(dict.fromkeys(one.rule for one in refused))
        raise RefusedError(
            f"the intent breaks {', '.join(rules)}; nothing was sent",
            wanted=f"no lint errors, or {' '.join(f'--accept {rule}' for rule in rules)} --why TEXT",
            found="\n".join(map(_said, refused)),
            where=pair.place("pair").source,
        )
    return tuple(reasons[rule] for rule in dict.fromkeys(one.rule for one in errors))


@lru_cache(maxsize=128)
def _errors_of(pair: Pair) -> tuple[Finding, ...]:
    """Return the errors of an intent; a change asks for them more than once."""
    findings = lint(intended_member(pair, "a"), intended_member(pair, "b"))
    return tuple(one for one in findings if one.severity is Severity.ERROR)


def _said(finding: Finding) -> str:
    places = ", ".join(map(str, finding.places))
    return f"{finding.rule}: {finding.message}" + (f" ({places})" if places else "")


def objections(plan: PairPlan, permission: Permission, now: datetime) -> tuple[Objection, ...]:
    """Tell what is in the way of deploying a plan now; nothing for a plan with nothing to do.

    Args:
        plan: of both members.
        permission: what is allowed.
        now: moment of the deployment, with a time zone.
    """
    if plan.empty:
        return ()
    frozen = [
        Objection("no changes are made now", "a time without a freeze", str(freeze))
        for freeze in frozen_at(permission.policy.freezes, now)
    ]
    too_much = _too_much(_impacts(plan), permission)
    unknown = _unqualified(plan, permission)
    return (*frozen, *(objection for objection in (too_much, unknown) if objection))


def _impacts(plan: PairPlan) -> Mapping[Impact, str]:
    """Return each impact of a plan with the first line that has it."""
    first: dict[Impact, str] = {}
    for member in (plan.a, plan.b):
        for stage in member.forward:
            for command in stage.commands:
                first.setdefault(command.impact, f"{hide(command.text)} on {member.member}")
    return first


def _unqualified(plan: PairPlan, permission: Permission) -> Objection | None:
    """Object to lines that are known less well than the policy wants."""
    floor, found = permission.policy.lowest_evidence, weakest_line(plan)
    if permission.unqualified or found is None or not weaker(found.evidence, floor):
        return None
    return Objection(
        f"a line is {found.evidence.value}, and the policy wants every line {floor.value}",
        "--unqualified",
        str(found),
    )


def _too_much(impacts: Mapping[Impact, str], permission: Permission) -> Objection | None:
    highest = max(impacts, key=_RANK.__getitem__)
    if _RANK[highest] <= _RANK[permission.highest]:
        return None
    return Objection(
        f"the change is {highest.value}, and the policy allows {permission.highest.value}",
        f"--allow {_WORDS[highest]}",
        f"{highest.value}: {impacts[highest]}",
    )
