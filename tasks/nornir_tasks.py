"""Tasks that any Nornir user can call: look at a device, plan a member, deploy a pair.

nr = InitNornir(runner={"plugin": "hotpair-pairs"}, inventory={"plugin": "HotpairInventory", ...})
nr.run(task=display, command="display e-trunk 1")
nr.run(task=plan, pair=load_pair("pairs/metro-1.yaml"))
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from nornir.core.task import Result, Task

from inventory.errors import IntentError, RefusedError
from inventory.model import Pair, Side
from parsers.api import parse
from parsers.tree import read_tree
from tasks.plan.model import MemberPlan
from tasks.plan.pair import plan_side
from tasks.runner import PairRunner, pairs_of
from tasks.sessions.nornir_connections import CONNECTION_NAMES
from tasks.transaction.ends import End
from tasks.transaction.model import Converge, MemberChange, Notify, PairChange
from tasks.transaction.run import carry_out
from tasks.transaction.seeing import CURRENT
from tasks.transaction.settle import Tools

if TYPE_CHECKING:
    from nornir.core.inventory import Host

    from tasks.sessions.protocol import Session


def display(task: Task, command: str, driver: str | None = None) -> Result:
    """Send a display and give its records.

    Args:
        task: given by Nornir.
        command: e.g. `display e-trunk 1`.
        driver: `netmiko` or `scrapli`; nothing: as the host says.

    Returns:
        The parsed answer as result; its text as `text`.
    """
    text = session_of(task, task.host, driver).run(command)
    return Result(host=task.host, result=parse(command, text), text=text)


def plan(task: Task, pair: Pair, driver: str | None = None) -> Result:
    """Plan one member of a pair from what runs on it; nothing is changed.

    Args:
        task: given by Nornir.
        pair: intent.
        driver: `netmiko` or `scrapli`; nothing: as the host says.
    """
    side = _side(task.host, pair)
    return Result(host=task.host, result=_planned(session_of(task, task.host, driver), pair, side))


def deploy_pair(
    task: Task,
    pair: Pair,
    converge: Converge,
    journals: str | Path,
    *,
    budget_s: float = 60.0,
    driver: str | None = None,
    notify: Notify = lambda _progress: None,
) -> Result:
    """Bring a pair to its intent as one transaction: both members or none.

    The work is done when Nornir comes to member a; on any other host there is nothing to do.

    Args:
        task: given by Nornir.
        pair: intent.
        converge: tells whether the pair holds, see `tasks.transaction.model.Converge`.
        journals: folder of the transaction journals.
        budget_s: seconds that `converge` may take.
        driver: `netmiko` or `scrapli`; nothing: as the hosts say.
        notify: told each step.

    Raises:
        HotpairError: it did not come to be; says whether both members are as before.
    """
    if task.host.name != pair.members.of("a"):
        return Result(host=task.host, result=None)
    hosts = {side: _host(task, pair.members.of(side)) for side in _SIDES}
    changes = {}
    for side, host in hosts.items():
        session = session_of(task, host, driver)
        commits = session.commit_list(1)
        changes[side] = MemberChange(
            plan=_planned(session, pair, side),
            open_session=opener(task, host, driver),
            base_commit=commits[0].commit_id if commits else None,
        )
    runner = task.nornir.runner
    try:
        outcome = carry_out(
            PairChange(pair.name, changes["a"], changes["b"], converge, budget_s),
            Path(journals),
            tools=Tools(notify),
            interrupted=runner.stopping if isinstance(runner, PairRunner) else lambda: False,
        )
    finally:
        for host in hosts.values():  # their sessions ended with the transaction
            _forget(host, driver)
    problem = outcome.problem()
    if problem is not None:
        raise problem
    return Result(host=task.host, result=outcome, changed=outcome.end is not End.NOTHING)


_SIDES: tuple[Side, ...] = ("a", "b")


def session_of(task: Task, host: Host, driver: str | None = None) -> Session:
    """Give the open session with a host, by the driver that is asked for or that the host names."""
    name = _connection_name(host, driver)
    return cast("Session", host.get_connection(name, task.nornir.config))


def opener(task: Task, host: Host, driver: str | None = None) -> Callable[[], Session]:
    """Give a way to log in: the session that Nornir holds first, a fresh one each time after that."""
    served = False

    def open_session() -> Session:
        nonlocal served
        if served:
            _forget(host, driver)
        served = True
        return session_of(task, host, driver)

    return open_session


def _forget(host: Host, driver: str | None) -> None:
    name = _connection_name(host, driver)
    if name in host.connections:
        host.close_connection(name)


def _connection_name(host: Host, driver: str | None) -> str:
    wanted = driver or host.get("driver") or "netmiko"
    if wanted not in CONNECTION_NAMES:
        raise IntentError(f"no driver `{wanted}`", wanted=" or ".join(CONNECTION_NAMES), member=host.name)
    return CONNECTION_NAMES[wanted]


def _planned(session: Session, pair: Pair, side: Side) -> MemberPlan:
    return plan_side(pair, side, read_tree(session.run(CURRENT), session.member))


def _side(host: Host, pair: Pair) -> Side:
    side = pairs_of(host).get(pair.name)
    if side not in _SIDES:
        raise RefusedError(f"{host.name} is no member of pair {pair.name}", member=host.name)
    return side


def _host(task: Task, name: str) -> Host:
    hosts = task.nornir.inventory.hosts
    if name not in hosts:
        raise IntentError(f"no host {name} in the inventory", wanted="both members of the pair", member=name)
    return hosts[name]
