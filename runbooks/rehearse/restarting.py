"""Restart a member of a twin: it boots what it saved, and must come back into the pair."""

from __future__ import annotations

from typing import Final

from inventory.model import Pair, Side
from runbooks.drill.watch import unheld
from runbooks.rehearse.concluding import result
from runbooks.rehearse.twin import Twin
from runbooks.site import logged_in
from runbooks.verify import convergence_budget, wait_for_pair
from tasks.checks.catalog import CONVERGING, Selection, checks_for
from tasks.checks.e_trunk import DEFAULT_REVERT_S
from tasks.checks.model import CheckResult, Outcome
from tasks.checks.policy import Policy
from tasks.checks.waiting import Patience

SAVED: Final = Selection(tags=("lines", "saved"))
STABLE: Final = 2
"""Looks at which it must be found well, one after another."""
LOOKS: Final = 30
"""Into how many looks the wait is cut."""


def restarted(pair: Pair, twin: Twin, policy: Policy, side: Side) -> CheckResult:
    """Restart a member, and tell whether the pair is whole again within the time that it may take.

    Args:
        pair: intent.
        twin: that is up.
        policy: thresholds of the checks.
        side: the member.
    """
    name, clock = pair.members.of(side), twin.clock
    twin.order(fault="reboot", device=name)
    delays = [one.revert_delay.of(side) for one in pair.e_trunks]
    back = max((DEFAULT_REVERT_S if one is None else one for one in delays), default=0)
    budget = convergence_budget(pair) + back
    pause = max(2.0, budget / LOOKS)
    waited = wait_for_pair(
        pair,
        logged_in(pair, twin.openers),
        (*checks_for(CONVERGING), *checks_for(SAVED)),
        patience=Patience(budget, pause, STABLE, pause),
        policy=policy,
        clock=clock,
    )
    if waited.converged:
        said = f"in the pair again after {waited.took_s:.0f} s"
        return result("rehearsed-boot", name, Outcome.SUCCESS, said)
    wrong = [str(said) for one in unheld(waited.results) for said in one.complaints]
    return result("rehearsed-boot", name, Outcome.FAILURE, "; ".join(wrong) or "it does not stay in the pair")
