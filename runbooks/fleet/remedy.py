"""Bring back pairs that drifted: by the pair transaction, one after the other, where the policy allows it.

Never by itself: a policy that says nothing of a remedy allows none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from inventory.errors import HotpairError, RefusedError
from inventory.model import Pair
from runbooks.change import Changed
from runbooks.drift import judge_drift
from runbooks.fleet.each import Asked, change_one
from runbooks.fleet.over import Ended, over_pairs
from runbooks.gates import Permission
from runbooks.report.run import Run
from runbooks.site import Openers
from tasks.checks.model import ABSENT, DEPLOYED, DRIFT, Outcome
from tasks.checks.policy import ALL_FAIL, Extra, Policy


def allowed(policy: Policy) -> Permission:
    """Return what a remedy may do.

    Raises:
        RefusedError: the policy says nothing of one.
    """
    if policy.remedy is None:
        raise RefusedError(
            "the policy allows no remedy; nothing was looked at and nothing was sent",
            wanted="remedy: {highest_impact: hitless} in policy.yaml, or resets, or affecting",
            found="nothing about a remedy",
        )
    return Permission(replace(policy, highest_impact=policy.remedy))


def has_drifted(run: Run) -> bool:
    """Tell whether a pair does not hold its intent; not of one that could not be told, or is not deployed."""
    failed = {one.check for one in run.results if one.outcome is Outcome.FAILURE}
    return DRIFT in failed and DEPLOYED not in failed


def bring_back(
    asked: Asked,
    drifted: Sequence[tuple[Pair, Run]],
    *,
    announce: Callable[[str, str], None],
    tell: Callable[[Ended[Changed]], None],
) -> tuple[Ended[Changed], ...]:
    """Deploy the intents of pairs that drifted, pair by pair; each ends as before or as intended.

    Args:
        asked: what every transaction is given; its permission is that of `allowed`.
        drifted: pairs with the runs that saw it.
        announce: told the name of a pair and the id of its transaction.
        tell: told each pair that ended.

    Raises:
        KeyboardInterrupt: the one at work came to its end.
    """
    runs = {pair.name: run for pair, run in drifted}

    def change(pair: Pair, openers: Openers) -> Changed:
        _refuse_what_is_left(pair, runs[pair.name], asked.permission.policy)
        return change_one(
            asked,
            pair,
            openers,
            agree=lambda _plan: True,
            announce=lambda transaction: announce(pair.name, transaction),
        )

    return over_pairs(asked.nornir, [pair for pair, _ in drifted], lambda _pair: change, workers=1, tell=tell)


def _refuse_what_is_left(pair: Pair, run: Run, policy: Policy) -> None:
    """Refuse a plan that would take away extra lines that the policy leaves where they are."""
    if policy.extra == ALL_FAIL:
        return
    try:
        results = judge_drift(pair, run.observations)
    except HotpairError:
        results = ()  # a member was not read again: what stands there besides is not known
    left = [
        one.found
        for result in results
        for one in result.complaints
        if one.wanted == ABSENT and policy.extra.of(one.found) is not Extra.FAIL
    ]
    if left or not results:
        raise RefusedError(
            f"a remedy of {pair.name} would take away lines that the policy leaves; nothing was sent",
            found=left[0] if left else "a member that was not read again",
            next_command=f"hotpair plan {pair.name}",
        )
