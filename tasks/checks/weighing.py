"""What a policy makes of results: extra lines are weighed, and waived failures skipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from inventory.quantities import quantity
from tasks.checks.model import ABSENT, CheckResult, Complaint, Outcome
from tasks.checks.policy import ALL_FAIL, Extra, ExtraLines, Policy, Waiver

_OF_LINES = frozenset({"drift", "service-lines", "owned-lines"})
"""Checks that tell of lines which the intent does not have."""


def weigh(results: Iterable[CheckResult], policy: Policy, today: date) -> tuple[CheckResult, ...]:
    """Make of results what a policy says of extra lines and of waivers.

    Args:
        results: of a run.
        policy: of the network.
        today: day of the run.
    """
    return waive(weigh_extra(results, policy.extra), policy.waivers, today)


def weigh_extra(results: Iterable[CheckResult], extra: ExtraLines) -> tuple[CheckResult, ...]:
    """Leave out the extra lines that are ignored, and tell those that are warned of apart.

    Args:
        results: a complaint about lines with a found line and none wanted is an extra line.
        extra: of the policy.
    """
    return tuple(weighed for result in results for weighed in _weighed(result, extra))


def _weighed(result: CheckResult, extra: ExtraLines) -> Iterator[CheckResult]:
    if result.outcome is not Outcome.FAILURE or result.check not in _OF_LINES or extra == ALL_FAIL:
        yield result
        return
    made: dict[Extra, list[Complaint]] = {each: [] for each in Extra}
    for one in result.complaints:
        made[extra.of(one.found) if one.wanted == ABSENT else Extra.FAIL].append(one)
    if made[Extra.FAIL]:
        yield replace(result, complaints=tuple(made[Extra.FAIL]))
    else:
        note = (
            f"{quantity(len(made[Extra.IGNORE]), 'extra line is', 'extra lines are')} ignored by the policy"
            if made[Extra.IGNORE]
            else ""
        )
        yield replace(result, outcome=Outcome.SUCCESS, complaints=(), note=note, next_command="")
    if made[Extra.WARN]:
        subject = f"extra lines in the {result.subject}"
        note = "; ".join(part for part in ("the policy warns of them", result.note) if part)
        warned = tuple(made[Extra.WARN])
        yield replace(result, subject=subject, outcome=Outcome.SKIPPED, complaints=warned, note=note)


def waive(results: Iterable[CheckResult], waivers: Sequence[Waiver], today: date) -> tuple[CheckResult, ...]:
    """Skip failures that a waiver covers today; say of a failure that its waiver has ended.

    Args:
        results: of a run.
        waivers: of the policy.
        today: day of the run.
    """
    return tuple(_waived(result, waivers, today) for result in results)


def _waived(result: CheckResult, waivers: Sequence[Waiver], today: date) -> CheckResult:
    """Apply the waivers to one result."""
    if result.outcome is not Outcome.FAILURE:
        return result
    covering = [waiver for waiver in waivers if waiver.covers(result)]
    valid = next((waiver for waiver in covering if today <= waiver.expires), None)
    if valid is not None:
        note = f"waived until {valid.expires} by {valid.owner}: {valid.reason}"
        return replace(result, outcome=Outcome.SKIPPED, note=note)
    ended = tuple(Complaint(f"its waiver by {waiver.owner} ended on {waiver.expires}") for waiver in covering)
    return replace(result, complaints=(*result.complaints, *ended))
