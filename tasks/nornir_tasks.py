"""Tasks of one device that any Nornir user can call; `runbooks.nornir_tasks` has them and those of pairs.

nr = InitNornir(runner={"plugin": "hotpair-pairs"}, inventory={"plugin": "HotpairInventory", ...})
nr.run(task=display, command="display e-trunk 1")
nr.run(task=plan, pair=load_pair("pairs/metro-1.yaml"))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from nornir.core.plugins.connections import ConnectionPluginRegister
from nornir.core.task import Result, Task

from inventory.errors import IntentError, RefusedError
from inventory.model import Pair, Side
from parsers.api import parse
from parsers.tree import read_tree
from tasks.limits import await_turn
from tasks.plan.model import MemberPlan
from tasks.plan.pair import plan_side
from tasks.runner import pairs_of
from tasks.sessions.nornir_connections import CONNECTION_NAMES
from tasks.transaction.seeing import CURRENT

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


Beside = Callable[[Callable[[], None]], "Session"]
"""Logs in once more on a device; what it is given is called before the device is told who is there."""
_SIDES: tuple[Side, ...] = ("a", "b")


def session_of(task: Task, host: Host, driver: str | None = None) -> Session:
    """Return the open session with a host, by the driver that is asked for or that the host names."""
    name = _connection_name(host, driver)
    return cast("Session", host.get_connection(name, task.nornir.config))


def opener(
    task: Task,
    host: Host,
    driver: str | None = None,
    before_first: Callable[[], None] = lambda: None,
    turn: Callable[[Host], None] | None = None,
) -> Callable[[], Session]:
    """Return a way to log in: the session that Nornir holds first, a fresh one each time after that.

    Args:
        task: given by Nornir.
        host: of the task's inventory.
        driver: `netmiko` or `scrapli`; nothing: as the host says.
        before_first: called right before it is dialled for the first time; what it raises keeps us from that.
            A transaction's way back is not asked.
        turn: waits for the turn that the groups of the host give; nothing: it is waited for here.
    """
    name = _connection_name(host, driver)
    served = False

    def open_session() -> Session:
        nonlocal served
        if served:
            forget(host, driver)
            return session_of(task, host, driver)
        served = True
        if name not in host.connections:
            (turn or await_turn)(host)  # the first alone, as above
            extras = host.get_connection_parameters(name).extras or {}
            host.open_connection(name, task.nornir.config, extras={**extras, "before_dial": before_first})
        return session_of(task, host, driver)

    return open_session


def another(host: Host, before_dial: Callable[[], None], driver: str | None = None) -> Beside:
    """Return a way to log in once more, beside the session that Nornir holds; each time a fresh one.

    Args:
        host: whom.
        before_dial: called right before it is dialled; what it raises keeps us from that.
        driver: `netmiko` or `scrapli`; nothing: as the host says.
    """

    def open_session(before_login: Callable[[], None]) -> Session:
        def in_turn() -> None:
            before_login()
            await_turn(host)  # whoever has to log in first has had its turn by now

        name = _connection_name(host, driver)
        held = ConnectionPluginRegister.get_plugin(name)()
        options = host.get_connection_parameters(name)
        held.open(
            options.hostname,
            options.username,
            options.password,
            options.port,
            options.platform,
            {**(options.extras or {}), "before_login": in_turn, "before_dial": before_dial},
        )
        return cast("Session", held.connection)

    return open_session


def forget(host: Host, driver: str | None) -> None:
    """Close the connection with a host whose session has ended."""
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
