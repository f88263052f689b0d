"""Start the batch backups that an intent asks for, once both members are new and saved, and follow them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from inventory.errors import DeviceError
from inventory.model import Pair
from runbooks import interrupts
from runbooks.ready import entries_of
from runbooks.site import Openers, logged_in
from runbooks.verify import wait_for_pair
from tasks.checks.catalog import Selection, checks_for
from tasks.checks.check import Answers
from tasks.checks.model import CheckResult, Outcome
from tasks.checks.policy import Policy
from tasks.checks.waiting import Patience
from tasks.clock import Clock
from tasks.plan.model import PairPlan

FOLLOWED: Final = "batch-backup"
_TITLE: Final = "The batch backups that the plan starts come to their end"
_PATIENCE: Final = Patience(budget_s=60)


def start_batches(plan: PairPlan, pair: Pair, openers: Openers) -> DeviceError | None:
    """Type what a plan has for afterwards; one that does not start takes nothing back, and is told.

    Args:
        plan: of the pair; of its lines nothing is typed.
        pair: its members.
        openers: ways to log in, by device name.
    """
    actions = {one.member: one.afterwards for one in (plan.a, plan.b) if one.afterwards}
    if not actions:
        return None
    try:
        for session in logged_in(pair, openers).values():
            if session.member in actions:
                session.stage(actions[session.member])
    except DeviceError as error:
        return DeviceError(
            f"both members are new and saved, but batch backup did not start: {error.message}",
            wanted="batch-backup on both members",
            found=error.found,
            member=error.member,
            where=error.where,
        )
    return None


def follow_batches(
    plan: PairPlan, pair: Pair, openers: Openers, policy: Policy, clock: Clock
) -> tuple[CheckResult, ...]:
    """Look until the backup has every entry, and count them: no display tells that a batch backup has ended.

    Args:
        plan: of the pair, whose batch backups were started.
        pair: intent.
        openers: ways to log in, by device name.
        policy: thresholds and waivers.
        clock: by which is waited.
    """
    if not any(one.afterwards for one in plan.members):
        return ()
    checks = checks_for(Selection(tags=("entries",)))
    try:
        waited = wait_for_pair(
            pair, logged_in(pair, openers), checks, patience=_PATIENCE, policy=policy, clock=_heeding(clock)
        )
    except DeviceError as error:  # the change is at its end, whatever becomes of the looks after it
        return (_followed(pair, Outcome.SKIPPED, f"not followed to its end: {error}"),)
    seen = {(one.member, one.command): one for one in waited.observations}
    counted = ", ".join(
        f"{one.kind} {one.on_backup} of {one.on_master}"
        for one in entries_of(Answers(pair, seen, policy.limits))
    )
    wrong = [str(said) for one in waited.results for said in one.complaints]
    if wrong or all(one.outcome is Outcome.SKIPPED for one in waited.results):
        said = "; ".join(wrong) or f"nothing to compare: {counted or 'none shown'}"
        return (_followed(pair, Outcome.SKIPPED, said),)
    note = f"entries on the backup after {waited.took_s:.1f} s: {counted}"
    return (_followed(pair, Outcome.SUCCESS, note),)


def _heeding(clock: Clock) -> Clock:
    """Return a clock that waits no longer where a signal has come."""

    def sleep(seconds: float) -> None:
        if interrupts.came():
            raise DeviceError("interrupted")
        clock.sleep(seconds)

    return replace(clock, sleep=sleep)


def _followed(pair: Pair, outcome: Outcome, note: str) -> CheckResult:
    """Tell it: what was done is done, and no exit code hangs on it."""
    return CheckResult(FOLLOWED, pair.name, outcome, _TITLE, ("entries",), (), note)
