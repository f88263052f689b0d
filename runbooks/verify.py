"""Verify a pair: wait until its checks hold, and keep what was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from inventory.model import SIDES, Pair, Side
from runbooks.observe import observe
from runbooks.report.run import Run, RunKind, run_id
from tasks.checks.check import Check
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.waiting import Patience, Sample, Waited, wait
from tasks.clock import REAL, Clock
from tasks.sessions.protocol import Session

ONE_LOOK = Patience(budget_s=0, stable=1)
"""Judge what is there now."""


CONVERGENCE_S = 60.0
"""Seconds in which a pair converges when nothing delays a role on purpose."""


def convergence_budget(pair: Pair) -> float:
    """Return the seconds that a changed pair may take: the usual time, and the longest preemption delay.

    The backup is changed first, so that it is master until the intended master may preempt (R99: 600 s and
    more in hot backup); until then `Remain` counts and nothing can be judged.
    """
    vrrp = (group.preempt_delay for one in pair.interfaces for group in one.vrrp)
    vrrp6 = (group.preempt_delay for one in pair.interfaces for group in one.vrrp6)
    delays = (delay.of(side) or 0 for delay in chain(vrrp, vrrp6) for side in SIDES)
    return CONVERGENCE_S + max(delays, default=0)


def wait_for_pair(
    pair: Pair,
    sessions: Mapping[Side, Session],
    checks: Sequence[Check],
    *,
    patience: Patience,
    policy: Policy = NO_POLICY,
    progress: Callable[[Sample], None] = lambda _sample: None,
    clock: Clock = REAL,
) -> Waited:
    """Look at both members until their checks hold and stay held, or the budget ends.

    Args:
        pair: intent.
        sessions: an open session for each member.
        checks: what must hold.
        patience: budget, interval and stability.
        policy: thresholds and waivers.
        progress: told of each look.
        clock: by which is waited.

    Raises:
        DeviceError: a member did not answer.
    """
    return wait(
        checks,
        pair,
        lambda: observe(checks, pair, sessions, clock),
        clock=clock.seconds,
        sleep=clock.sleep,
        patience=patience,
        policy=policy,
        today=clock.now().date(),
        progress=progress,
    )


def verify_pair(
    pair: Pair,
    sessions: Mapping[Side, Session],
    checks: Sequence[Check],
    *,
    patience: Patience = ONE_LOOK,
    policy: Policy = NO_POLICY,
    progress: Callable[[Sample], None] = lambda _sample: None,
    clock: Clock = REAL,
) -> Run:
    """Verify a pair and give the run for the report.

    Args and errors as for `wait_for_pair`.
    """
    started_at = clock.now()
    waited = wait_for_pair(
        pair, sessions, checks, patience=patience, policy=policy, progress=progress, clock=clock
    )
    return Run(
        id=run_id(RunKind.VERIFY, pair.name, started_at),
        kind=RunKind.VERIFY,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=started_at,
        ended_at=clock.now(),
        results=waited.results,
        observations=waited.observations,
    )
