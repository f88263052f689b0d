"""What a drill is asked, expected and found to do, as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from inventory.errors import HotpairError
from inventory.model import Side
from inventory.quantities import quantity
from runbooks.drill.trigger import By, Trigger
from runbooks.hitless.sampler import Sampling
from runbooks.readiness import Readiness
from runbooks.report.run import Run
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.waiting import Sample
from tasks.clock import REAL, Clock
from tasks.plan.model import PairPlan
from tasks.transaction.model import Notify

INTERVAL_S: Final = 2.0
"""Seconds between two looks where something is expected to happen."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What a drill is expected to show, written before its trigger.

    Args:
        roles_within_s: seconds from the trial to the other member leading all that moves.
        entries_lost: entries of the old master that the new one may lack.
        return_within_s: seconds from the end of the trial to the pair being as before.
    """

    roles_within_s: float
    entries_lost: int
    return_within_s: float

    def __str__(self) -> str:
        """Show on one line."""
        return (
            f"roles within {self.roles_within_s:g} s,"
            f" {quantity(self.entries_lost, 'entry', 'entries')} lost, "
            f"return within {self.return_within_s:g} s; aborted by whatever goes wrong"
        )


@dataclass(frozen=True, slots=True)
class Times:
    """What a drill measured, in seconds; nothing where it was not seen.

    Args:
        detected_s: from the trial to the first look at which the old roles no longer held.
        roles_s: to the first look at which the new ones held.
        usable_s: to the first look at which the new master had every entry too.
        return_s: from the end of the trial to the pair being as before.
        interval_s: from the begin of the look before, or the trigger, to the end of the one that first showed
            the new roles.
        return_interval_s: between two looks on the way back; no time is known better than that.
    """

    detected_s: float | None = None
    roles_s: float | None = None
    usable_s: float | None = None
    return_s: float | None = None
    interval_s: float = INTERVAL_S
    return_interval_s: float = INTERVAL_S


@dataclass(frozen=True, slots=True)
class DrillOptions:
    """How a drill is made.

    Args:
        side: the member that gives up what it leads.
        journals: folder of the transaction journals.
        policy: thresholds, readiness and freezes.
        forced: the reason why a drill goes on although the standby is not ready; empty: it does not.
        ticket: of the change.
        announce: told the transaction's id first.
        agree: asked with what will be typed and the hypothesis; false refuses.
        notify: told each step of the transaction.
        progress: told each look at the pair on its way back.
        clock: by which is waited.
        sampling: how the pair is sampled meanwhile; nothing: it is not.
        traffic: file of a witness of the traffic.
        by: what makes the standby take over.
        port: what is shut down, as typed; empty where nothing is.
        dialled: address by which each member is logged in to, by device name.
    """

    side: Side
    journals: Path
    policy: Policy = NO_POLICY
    forced: str = ""
    ticket: str = ""
    announce: Callable[[str], None] = field(default=lambda _transaction: None)
    agree: Callable[[Proposed], bool] = field(default=lambda _proposed: True)
    notify: Notify | None = None
    progress: Callable[[Sample], None] = field(default=lambda _sample: None)
    clock: Clock = REAL
    sampling: Sampling | None = None
    traffic: Path | None = None
    by: By = By.PRIORITY
    port: str = ""
    dialled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A drill before its trigger.

    Args:
        trigger: what moves.
        plan: what is typed, and taken back by the trial.
        hypothesis: what it is expected to show.
        readiness: of the standby.
        base_commits: newest commit id of each device when it was planned.
    """

    trigger: Trigger
    plan: PairPlan
    hypothesis: Hypothesis
    readiness: Readiness
    base_commits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Drilled:
    """A drill that came to an end.

    Args:
        proposed: what it was to be.
        times: what it measured.
        lost: entries that the new master lacked at the end of the trial, by kind and interface.
        held: how many entries it had, of how many.
        run: for the reports.
        problem: why it did not come to a good end; nothing when the hypothesis was judged.
    """

    proposed: Proposed
    times: Times
    lost: Mapping[str, tuple[str, ...]]
    held: tuple[int, int]
    run: Run
    problem: HotpairError | None = None
