"""Drill: let the standby take over, measure it, and let the routers themselves take it back.

Readiness first; the hypothesis is written down before the trigger and judged after it. The trigger runs in a
trial that is never kept (`PairChange.drill`), so that a death of this host ends it all the same. At the end
the pair must be what it was: owned lines, roles and entries.
"""

from __future__ import annotations

from dataclasses import replace

from inventory.model import Pair
from runbooks import interrupts
from runbooks.beginning import Begun, begin
from runbooks.deploy import Deployment, deploy
from runbooks.drill.judging import judged
from runbooks.drill.model import Drilled, DrillOptions, Proposed
from runbooks.drill.proposing import propose_drill
from runbooks.drill.watch import ENTRIES_S, Watch
from runbooks.hitless.results import hitless_of
from runbooks.hitless.sampler import Around, sampled, standing_by
from runbooks.site import Openers, logged_in
from tasks.transaction.ends import End


def drill_pair(pair: Pair, openers: Openers, options: DrillOptions) -> Drilled:
    """Let a member give up what it leads, measure, and have it all back.

    Args:
        pair: intent.
        openers: ways to log in, by device name.
        options: how.

    Raises:
        HotpairError: it could not begin; nothing was changed.
    """
    started_at = options.clock.now()
    sessions = logged_in(pair, openers)
    proposed = propose_drill(pair, sessions, options)
    begun = begin(pair, sessions, openers, options.journals, options.ticket)
    begun.agree(options.announce, lambda: options.agree(proposed), "drill")
    bare = Around(begun.openers, options.notify, options.clock)
    with standing_by(pair, options.sampling) as sampler, sampled(sampler, bare) as around:
        watch = Watch(pair, proposed, replace(options, clock=around.clock))
        deployment = _deploy(proposed, begun, watch, options, around)
        ended = deployment.outcome.end is End.AS_BEFORE
        if ended:
            watch.afterwards(openers)
    hitless = hitless_of(around.sampler, options.traffic, options.clock)
    return judged(watch, deployment, started_at, hitless)


def _deploy(
    proposed: Proposed, begun: Begun, watch: Watch, options: DrillOptions, around: Around
) -> Deployment:
    """Put the trigger on trial, look, and take it back."""
    return deploy(
        proposed.plan,
        around.openers,
        watch.during,
        options.journals,
        budget_s=proposed.hypothesis.roles_within_s + ENTRIES_S,
        base_commits=proposed.base_commits,
        ticket=options.ticket,
        new_id=lambda: begun.transaction,
        notify=around.notify,
        interrupted=interrupts.came,
        drill=True,
        clock=around.clock,
    )
