"""What was judged well and did not change since is not judged again.

A check is a function of the intent, the policy and the answers that it needs. Where all of them are, letter
by letter, those of the last look, and it held then, it holds now; everything else is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from inventory.model import Pair
from tasks.checks.catalog import judge
from tasks.checks.check import Check, Limits
from tasks.checks.model import CheckResult, Observation, Outcome

Key = tuple[str, str]
"""Device and command."""


@dataclass(frozen=True, slots=True)
class Before:
    """The last judgement of a pair.

    Args:
        judged_by: digest of what it was judged by, see `runbooks.fleet.known.judged_by`.
        answers: digest of each answer that it rests on.
        results: ends of its checks.
    """

    judged_by: str
    answers: Mapping[Key, str]
    results: tuple[CheckResult, ...]

    def same(self, seen: Iterable[Observation]) -> frozenset[Key]:
        """Return the answers that are, letter by letter, those of then."""
        return frozenset(
            (one.member, one.command)
            for one in seen
            if self.answers.get((one.member, one.command)) == digest_of(one)
        )

    def good(self, check: str) -> tuple[CheckResult, ...]:
        """Return the results of a check if all of them were good then; a waived one was not."""
        found = tuple(one for one in self.results if one.check == check)
        return found if found and all(map(_is_good, found)) else ()


def digest_of(seen: Observation) -> str:
    """Return a digest of an answer as it was received."""
    return sha256(seen.text.encode()).hexdigest()[:32]


def _is_good(one: CheckResult) -> bool:
    return one.outcome is Outcome.SUCCESS or (one.outcome is Outcome.SKIPPED and not one.complaints)


def judge_what_changed(
    checks: Sequence[Check],
    pair: Pair,
    seen: Sequence[Observation],
    limits: Limits,
    before: Before | None,
) -> tuple[CheckResult, ...]:
    """Judge as the catalogue does; what rests on the same answers as before is not judged again.

    Args:
        checks: to judge.
        pair: intent.
        seen: answers.
        limits: thresholds.
        before: the last judgement, by the same intent, policy and release; nothing: there is none.
    """
    if before is None:
        return judge(checks, pair, seen, limits)
    same = before.same(seen)
    kept = {check.name: before.good(check.name) for check in checks if _rests_on(check, pair, same)}
    fresh: dict[str, list[CheckResult]] = {}
    for result in judge([check for check in checks if not kept.get(check.name)], pair, seen, limits):
        fresh.setdefault(result.check, []).append(result)
    return tuple(one for check in checks for one in (*kept.get(check.name, ()), *fresh.get(check.name, ())))


def _rests_on(check: Check, pair: Pair, same: frozenset[Key]) -> bool:
    """Tell whether all that a check needs is among some answers; one that needs nothing is judged."""
    needs = {(pair.members.of(need.side), need.command) for need in check.all_needs(pair)}
    return bool(needs) and needs <= same
