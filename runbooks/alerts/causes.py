"""What findings come from: a router that is away is one cause, whatever could not be told because of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from runbooks.archive.queries import Finding
from tasks.checks.model import REACH, Outcome
from tasks.checks.policy import Policy, Severity

_RANK = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is wrong.

    Args:
        name: what is wrong.
        subject: what is told in one alert with it: its site, or its pair.
        severity: how bad it is.
        findings: what was found.
    """

    name: str
    subject: str
    severity: Severity
    findings: tuple[Finding, ...]

    @property
    def pairs(self) -> tuple[str, ...]:
        """Names of the pairs that it is about, sorted."""
        return tuple(sorted({one.pair for one in self.findings}))


def causes_of(findings: Iterable[Finding], policy: Policy, sites: Mapping[str, str]) -> dict[str, Cause]:
    """Return the causes of open findings, by name.

    What could not be told of a pair with a member out of reach comes from that; what failed is a cause of its
    own all the same.

    Args:
        findings: the open ones that count.
        policy: of the network.
        sites: site by pair; a pair without one is left out.
    """
    findings = tuple(findings)
    away = {one.pair for one in findings if one.check == REACH}
    by_cause: dict[str, list[Finding]] = {}
    for one in findings:
        if one.check == REACH:
            by_cause.setdefault(f"router {one.device} out of reach", []).append(one)
        elif one.outcome is not Outcome.ERROR or one.pair not in away:
            by_cause.setdefault(f"{one.pair}: {one.check}", []).append(one)
    return {
        name: Cause(name, _subject(found, sites), policy.severity_of(found[0].check), tuple(found))
        for name, found in by_cause.items()
    }


def _subject(findings: Sequence[Finding], sites: Mapping[str, str]) -> str:
    """Return what a cause is told with: its pair; a router with its site, the first where pairs differ."""
    first = findings[0]
    if first.check != REACH:
        return first.pair
    known = sorted({sites[one.pair] for one in findings if one.pair in sites})
    return f"site {known[0]}" if known else f"router {first.device}"


def worst(severities: Iterable[Severity]) -> Severity:
    """Return the worst of several severities."""
    return min(severities, key=_RANK.index)


def at_least(severity: Severity, least: Severity) -> bool:
    """Tell whether a severity is as bad as another, or worse."""
    return _RANK.index(severity) <= _RANK.index(least)
