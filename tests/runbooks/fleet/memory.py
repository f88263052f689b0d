"""A pair of emulated routers in memory that holds its intent, looked at as `hotpair check` does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from emulator.lab import Lab
from inventory.model import SIDES, Pair
from parsers.tree import write_tree
from runbooks.commit_authors import questions
from runbooks.fleet.looked import Looked
from runbooks.judging import displays_of, judge_pair
from runbooks.observe import look
from runbooks.report.run import Run
from tasks.checks.policy import NO_POLICY, Policy
from tasks.plan import plan_pair
from tests.runbooks.pairs import BARE, west
from tests.tasks.wire import Clock, log_in


def held(*changes: tuple[str, str, str]) -> Lab:
    """Return both routers with the lines of the intent.

    Args:
        changes: router, old and new text of what it boots from.
    """
    plan = plan_pair(west(), BARE)
    texts = {
        one.member: write_tree(one.predicted).replace("<secret:west-key>", "x") for one in (plan.a, plan.b)
    }
    for name, old, new in changes:
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new)
    return Lab(texts)


def typed(lab: Lab, name: str, *lines: str, user: str = "carol", save: bool = False) -> None:
    """Let somebody change a router by hand."""
    device = lab.device(name)
    session = device.connect(user, lab.now, width=0)
    last = ("save", "y") if save else ()
    text = "".join(f"{line}\r" for line in ("system-view", *lines, "commit", "return", *last))
    device.receive(session, text.encode(), lab.now)
    device.disconnect(session, lab.now)


def looked(lab: Lab, asked: Mapping[str, tuple[str, ...]]) -> dict[str, Looked]:
    """Take displays from the routers."""
    clock = Clock()
    clock.now = lab.now
    return {name: Looked(name, look(log_in(lab.device(name), clock), asked[name])) for name in asked}


def checked(lab: Lab, pair: Pair | None = None, policy: Policy = NO_POLICY, *, closely: bool = True) -> Run:
    """Check the pair.

    Args:
        lab: the routers.
        pair: intent.
        policy: of the network.
        closely: ask too whose hand a drift is.
    """
    pair = pair or west()
    seen = looked(lab, displays_of(pair, policy))
    if closely:
        for side in SIDES:
            name = pair.members.of(side)
            more = looked(lab, {name: questions(name, seen[name].seen)})[name]
            seen[name] = Looked(name, (*seen[name].seen, *more.seen))
    return judge_pair(pair, seen, policy, datetime(2026, 3, 4, 2, 0, tzinfo=UTC))
