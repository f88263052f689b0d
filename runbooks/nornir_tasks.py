"""Tasks of pairs that any Nornir user can call: deploy, verify, check, learn; and those of one device.

All but `display` and `plan` work on both members when Nornir comes to member a; on any other host there is
nothing to do.

    nr = InitNornir(runner={"plugin": "hotpair-pairs"}, inventory={"plugin": "HotpairInventory", ...})
    nr.run(task=deploy_pair, pair=load_pair("pairs/metro-1.yaml"), journals="journals")
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from nornir.core.task import Result, Task

from inventory.errors import IntentError
from inventory.model import SIDES, Pair
from inventory.secrets import needed_by, store
from runbooks.change import ChangeOptions, change_pair, running_of
from runbooks.fleet.looked import Looked
from runbooks.judging import displays_of, judge_pair
from runbooks.keys import Keys
from runbooks.observe import look
from runbooks.proposal import propose
from runbooks.site import logged_in
from runbooks.verify import ONE_LOOK, convergence_budget
from runbooks.verify import verify_pair as verify
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.waiting import Patience
from tasks.learn import learn
from tasks.nornir_tasks import display, forget, opener, plan
from tasks.sessions.protocol import Session

__all__ = ["check_pair", "deploy_pair", "display", "learn_pair", "plan", "verify_pair"]


def deploy_pair(
    task: Task,
    pair: Pair,
    journals: str | Path,
    *,
    remove: bool = False,
    budget_s: float | None = None,
    driver: str | None = None,
) -> Result:
    """Bring a pair to its intent as one transaction: both members or none, confirmed when the pair holds.

    In a dry run of Nornir the pair is planned, and nothing is typed.

    Args:
        task: given by Nornir.
        pair: intent.
        journals: folder of the transaction journals.
        remove: take the pair away instead of building it.
        budget_s: seconds that the pair may take to converge; nothing: as long as its intent lets it.
        driver: `netmiko` or `scrapli`; nothing: as the hosts say.

    Returns:
        What was done, see `runbooks.change.Changed`; in a dry run the plan, `tasks.plan.model.PairPlan`.

    Raises:
        HotpairError: it did not come to be; says whether both members are as before.
    """
    with _members(task, pair, driver) as openers:
        if not openers:
            return Result(host=task.host)
        secrets = store(os.environ).all(needed_by(pair))
        if task.is_dry_run():
            keys = Keys(secrets, Path(journals))
            planned = propose(pair, logged_in(pair, openers), keys, remove=remove).plan
            return Result(host=task.host, result=planned, changed=not planned.empty)
        options = ChangeOptions(
            checks=checks_for(CONVERGING),
            patience=Patience(budget_s=convergence_budget(pair) if budget_s is None else budget_s),
            journals=Path(journals),
            secrets=secrets,
            remove=remove,
        )
        changed = change_pair(pair, openers, options)
    if changed.problem is not None:
        raise changed.problem
    return Result(host=task.host, result=changed, changed=not changed.plan.empty)


def verify_pair(
    task: Task, pair: Pair, *, budget_s: float = 0.0, policy: Policy = NO_POLICY, driver: str | None = None
) -> Result:
    """Wait until the checks of a pair hold and stay held, or the budget ends.

    Args:
        task: given by Nornir.
        pair: intent.
        budget_s: seconds to wait; 0 is one look.
        policy: which checks run, thresholds and waivers.
        driver: `netmiko` or `scrapli`; nothing: as the hosts say.

    Returns:
        The run with its results, see `runbooks.report.run.Run`.
    """
    with _members(task, pair, driver) as openers:
        if not openers:
            return Result(host=task.host)
        patience = Patience(budget_s=budget_s) if budget_s else ONE_LOOK
        sessions = logged_in(pair, openers)
        checks = checks_for(policy.selection)
        return Result(host=task.host, result=verify(pair, sessions, checks, patience=patience, policy=policy))


def check_pair(task: Task, pair: Pair, *, policy: Policy = NO_POLICY, driver: str | None = None) -> Result:
    """Tell drift from the intent and every check, in one look; nothing is changed.

    Args and result as for `verify_pair`.
    """
    with _members(task, pair, driver) as openers:
        if not openers:
            return Result(host=task.host)
        started_at = datetime.now(UTC)
        sessions = {session.member: session for session in logged_in(pair, openers).values()}
        asked = displays_of(pair, policy)
        looked = {name: Looked(name, look(sessions[name], dict.fromkeys(asked[name]))) for name in sessions}
        return Result(host=task.host, result=judge_pair(pair, looked, policy, started_at))


def learn_pair(task: Task, pair: Pair, *, driver: str | None = None) -> Result:
    """Write the intent of what runs on both members, as YAML; `pair` says who they are.

    Args:
        task: given by Nornir.
        pair: intent that names the members.
        driver: `netmiko` or `scrapli`; nothing: as the hosts say.
    """
    with _members(task, pair, driver) as openers:
        if not openers:
            return Result(host=task.host)
        running = running_of(pair, logged_in(pair, openers))
        return Result(host=task.host, result=learn(running["a"], running["b"], pair.name, known=pair))


@contextmanager
def _members(task: Task, pair: Pair, driver: str | None) -> Iterator[dict[str, Callable[[], Session]]]:
    """Yield ways to log in on both members once Nornir has come to member a; sessions end with the work."""
    if task.host.name != pair.members.a:
        yield {}
        return
    hosts = task.nornir.inventory.hosts
    names = [pair.members.of(side) for side in SIDES]
    missing = [name for name in names if name not in hosts]
    if missing:
        raise IntentError(
            "no such host in the inventory", wanted="both members of the pair", found=missing[0]
        )
    try:
        yield {name: opener(task, hosts[name], driver) for name in names}
    finally:
        for name in names:
            forget(hosts[name], driver)
