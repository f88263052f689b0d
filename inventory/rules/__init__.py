"""Lint: rules over the owned lines of a pair, from an intent or from two configurations, with no network.

    lint(Member("A", facts_a), Member("B", facts_b))  ->  findings

A rule is a row of a table: its id, how much a breach matters, the manual page, and one small function.
"""

from __future__ import annotations

from collections.abc import Iterator

from inventory.rules.coverage import Coverage, coverage
from inventory.rules.device_table import DEVICE_RULES
from inventory.rules.finding import Finding, Severity, found
from inventory.rules.foreign import ForeignStatement, Line
from inventory.rules.member import Member, Underlay, underlay
from inventory.rules.pair_table import GENERAL_RULES, PAIR_RULES


def lint(a: Member, b: Member) -> tuple[Finding, ...]:
    """Judge a pair by every rule.

    Args:
        a: the intended master, from an intent or a configuration.
        b: the intended backup.

    Returns:
        All findings, errors first, then by rule number; the general rules say nothing of a line that another
        rule speaks of.
    """
    return tuple(sorted(_findings(a, b), key=_rank))


def lint_device(member: Member) -> tuple[Finding, ...]:
    """Judge one member by the rules that need no second one."""
    findings = (found(rule, breach) for rule in DEVICE_RULES for breach in rule.check(member))
    return tuple(sorted(findings, key=_rank))


def _findings(a: Member, b: Member) -> Iterator[Finding]:
    told: set[object] = set()
    for rule in PAIR_RULES:
        for breach in rule.check(a, b):
            told.update(_key(line) for line in breach.facts if line)
            yield found(rule, breach)
    for rule in GENERAL_RULES:
        for breach in rule.check(a, b):
            if not any(_key(line) in told for line in breach.facts if line):
                yield found(rule, breach)
    for member in (a, b):
        yield from lint_device(member)


def _key(line: Line) -> object:
    """Return what tells that two findings are about the same line: a foreign one is read more than once."""
    return line.place if isinstance(line, ForeignStatement) else id(line)


def _rank(finding: Finding) -> tuple[int, bool, int]:
    order = list(Severity)
    return order.index(finding.severity), finding.rule[0] != "R", int(finding.rule[1:])


__all__ = [
    "DEVICE_RULES",
    "GENERAL_RULES",
    "PAIR_RULES",
    "Coverage",
    "Finding",
    "Member",
    "Severity",
    "Underlay",
    "coverage",
    "lint",
    "lint_device",
    "underlay",
]
