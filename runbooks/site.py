"""A pair in its inventory: found, logged in through Nornir, and worked on as one unit."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from socket import getaddrinfo
from typing import Any, TypeVar

from nornir.core import Nornir
from nornir.core.configuration import Config
from nornir.core.inventory import Host, Hosts, Inventory
from nornir.core.plugins.connections import ConnectionPluginRegister
from nornir.core.plugins.inventory import InventoryPluginRegister
from nornir.core.plugins.runners import RunnersPluginRegister
from nornir.core.state import GlobalState
from nornir.core.task import Result, Task

from inventory.errors import ConnectError, DeviceError, IntentError
from inventory.host_access import CONNECTIONS, SECRETS_FILE, login_secrets
from inventory.model import SIDES, Pair, Side
from inventory.nornir_plugin import HotpairInventory
from inventory.secrets import Secret, needed_by, store
from runbooks import interrupts
from tasks.nornir_tasks import Beside, another, opener
from tasks.runner import PairRunner
from tasks.sessions.host_keys import fingerprint, known_keys
from tasks.sessions.nornir_connections import NetmikoConnection, ScrapliConnection, target_of
from tasks.sessions.protocol import Session, Target

T = TypeVar("T")
Openers = Mapping[str, Callable[[], Session]]
"""Ways to log in, by device name."""
Besides = Mapping[str, Beside]
"""Ways to log in once more, by device name."""
Work = Callable[[Pair, Openers], T]
"""What is done with a pair, given a way to log in on each member."""


def open_inventory(directory: Path, driver: str | None = None, *, pair: str | None = None) -> Nornir:
    """Read a directory's hosts, groups, defaults and pairs.

    The plugins are ours: Nornir's own way to start would look through every distribution of the environment
    for them, three times.

    Args:
        directory: where `hosts.yaml` and `pairs/` lie.
        driver: `netmiko` or `scrapli`, before what the hosts say.
        pair: the only one that is asked for; the files of pairs that have nothing to do with it are not read.

    Raises:
        IntentError: a file is missing or wrong.
    """
    _register()
    return Nornir(
        inventory=HotpairInventory(str(directory), driver, broken="keep", pair=pair).load(),
        runner=PairRunner(),
        config=Config.from_dict(runner={"plugin": "hotpair-pairs"}, logging={"enabled": False}),
        data=GlobalState(dry_run=False),
    )


def dialled(nornir: Nornir, pair: Pair) -> dict[str, str]:
    """Return the address by which each member is logged in to; names are resolved where that can be done."""
    found: dict[str, str] = {}
    for name in (pair.members.a, pair.members.b):
        text = nornir.inventory.hosts[name].hostname or name
        try:
            found[name] = str(getaddrinfo(text, None)[0][4][0])
        except OSError:
            found[name] = text
    return found


def secrets_for(nornir: Nornir, pair: Pair, directory: Path) -> dict[str, Secret]:
    """Look up every secret that a deployment of a pair needs, before anything is connected.

    Args:
        nornir: inventory with the pair's hosts.
        pair: intent.
        directory: where `secrets.yaml` may lie.

    Returns:
        The secrets of the intent, by name.

    Raises:
        IntentError: some are missing; it names all of them, those of the logins too.
    """
    hosts = [nornir.inventory.hosts[pair.members.of(side)] for side in SIDES]
    logins = [name for host in hosts for name in login_secrets(host, nornir.inventory.hosts)]
    named = needed_by(pair)
    found = store(os.environ, file=directory / SECRETS_FILE).all([*named, *logins])
    return {name: found[name] for name in named}


def host_keys(nornir: Nornir, pair: Pair) -> dict[Side, tuple[str, ...]]:
    """Return the fingerprints of the host keys that each member may show.

    Raises:
        ConnectError: of a member no key is known.
    """
    hosts = {side: nornir.inventory.hosts[pair.members.of(side)] for side in SIDES}
    return {side: tuple(sorted(map(fingerprint, known_keys(_target(host))))) for side, host in hosts.items()}


def _target(host: Host) -> Target:
    """Return where a member is; no secret is looked up."""
    options = host.connection_options[CONNECTIONS["netmiko"]]  # both say the same
    reached = {"hostname": options.hostname, "port": options.port, "username": options.username}
    return target_of({**(options.extras or {}), **reached}, store(os.environ))


def on_pair(nornir: Nornir, pair: Pair, work: Work[T], turn: Callable[[Host], None] | None = None) -> T:
    """Do something with both members of a pair, and log out.

    Args:
        nornir: inventory with the pair's hosts.
        pair: intent.
        work: what is done; given a way to log in on each member.
        turn: waits for the turn to log in on a host; nothing: it is waited for here.

    Raises:
        HotpairError: no session, or what the work raises.
    """
    return on_devices(nornir, (pair.members.a, pair.members.b), lambda openers: work(pair, openers), turn)


def on_devices(
    nornir: Nornir,
    names: tuple[str, str],
    work: Callable[[Openers], T],
    turn: Callable[[Host], None] | None = None,
) -> T:
    """Do something with two devices, and log out; as `on_pair`, where no intent is needed.

    Args:
        nornir: inventory with the devices.
        names: of the devices.
        work: what is done; given a way to log in on each device.
        turn: waits for the turn to log in on a host; nothing: it is waited for here.

    Raises:
        IntentError: a device is not in the inventory.
        HotpairError: no session, or what the work raises.
    """
    interrupts.raise_if_interrupted()
    absent = [name for name in names if name not in nornir.inventory.hosts]
    if absent:
        raise IntentError(f"{' and '.join(absent)} not in the inventory", wanted="an entry in hosts.yaml")
    chosen = _with(nornir, names)
    chosen.data.reset_failed_hosts()
    try:
        results = chosen.run(
            task=_work_on_devices, name=f"work on {names[0]}", names=names, work=work, turn=turn
        )
    finally:
        chosen.close_connections()
    result = results[names[0]][0]
    if result.exception is not None:
        raise result.exception
    done: T = result.result
    return done


def beside(nornir: Nornir, pair: Pair) -> Besides:
    """Return ways to log in once more on each member, beside the one session that a change has.

    Args:
        nornir: inventory with the pair's hosts.
        pair: intent.
    """
    names = (pair.members.a, pair.members.b)
    return {name: another(nornir.inventory.hosts[name], _unless_interrupted) for name in names}


def _unless_interrupted() -> None:
    """Keep whoever only looks on from dialling once a signal has come."""
    if interrupts.came():
        raise ConnectError("nobody looks on any more: a signal came")


def _with(nornir: Nornir, names: Sequence[str]) -> Nornir:
    """Return the same Nornir with a few of its hosts; its own filter looks at every host."""
    whole = nornir.inventory
    few = nornir.with_processors(list(nornir.processors))  # a copy
    few.inventory = Inventory(
        Hosts({name: whole.hosts[name] for name in names}), whole.groups, whole.defaults
    )
    return few


def logged_in(pair: Pair, openers: Openers) -> dict[Side, Session]:
    """Open a session on each member, both at the same time; where one gives none the other's is closed.

    Raises:
        ConnectError: a member gives none.
    """
    with ThreadPoolExecutor(max_workers=len(SIDES)) as pool:
        opening = {side: pool.submit(openers[pair.members.of(side)]) for side in SIDES}
    if any(opened.exception() for opened in opening.values()):
        for opened in opening.values():
            if opened.exception() is None:
                opened.result().close()
    return {side: opened.result() for side, opened in opening.items()}


def within_reach(
    pair: Pair, openers: Openers, sides: Sequence[Side] = SIDES
) -> tuple[dict[Side, Session], tuple[DeviceError, ...]]:
    """Open a session on each member that gives one; tell why the other does not.

    Args:
        pair: intent.
        openers: ways to log in, by device name.
        sides: members that are asked; no other is dialled.

    Raises:
        DeviceError: none does.
    """
    sessions: dict[Side, Session] = {}
    errors: list[DeviceError] = []
    with ThreadPoolExecutor(max_workers=len(SIDES)) as pool:
        opening = {side: pool.submit(openers[pair.members.of(side)]) for side in sides}
    for side, opened in opening.items():
        try:
            sessions[side] = opened.result()
        except DeviceError as error:
            errors.append(error)
    if not sessions:
        raise errors[0]
    return sessions, tuple(errors)


def _work_on_devices(
    task: Task,
    names: tuple[str, str],
    work: Callable[[Openers], Any],
    turn: Callable[[Host], None] | None,
) -> Result:
    """Do the work when Nornir comes to the first device.

    An error goes back as a value and is raised by `on_devices`: Nornir would log a traceback of it.
    """
    if task.host.name != names[0]:
        return Result(host=task.host)
    hosts = (task.nornir.inventory.hosts[name] for name in names)
    openers = {
        host.name: opener(task, host, before_first=interrupts.raise_if_interrupted, turn=turn)
        for host in hosts
    }
    try:
        return Result(host=task.host, result=work(openers))
    except Exception as error:  # noqa: BLE001 - raised again by `on_devices`
        return Result(host=task.host, failed=True, exception=error)


def _register() -> None:
    """Make our plugins known where entry points are not, e.g. when run from a folder of source."""
    InventoryPluginRegister.register("HotpairInventory", HotpairInventory)
    RunnersPluginRegister.register("hotpair-pairs", PairRunner)
    for name, plugin in (("hotpair-netmiko", NetmikoConnection), ("hotpair-scrapli", ScrapliConnection)):
        if name not in ConnectionPluginRegister.available:
            ConnectionPluginRegister.register(name, plugin)
