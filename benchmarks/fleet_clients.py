"""Work on many routers with other libraries: the floor, and what is usual. Texts only.

    python benchmarks/fleet_clients.py asyncssh|scrapli|netmiko|block ROUTERS.json WORKERS

The file holds one object a router: device, host, port, username, password, commands. `block` types the
commands in one write, as they are, and reads to the user view at their end; the others ask each as a display.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # before this folder, whose `parsers.py` hides the room

Router = dict[str, Any]


def by_asyncssh(
    routers: list[Router], workers: int, work: Callable[[Any, Router], Coroutine[Any, Any, int]]
) -> None:
    import asyncssh

    async def one(router: Router, turn: asyncio.Semaphore) -> int:
        async with (
            turn,
            asyncssh.connect(
                router["host"], router["port"], username=router["username"], password=router["password"],
                known_hosts=None, client_keys=None, config=None,
            ) as connection,
            connection.create_process(term_type="vt100", term_size=(0, 0)) as shell,
        ):  # fmt: skip
            await shell.stdout.readuntil(">")
            return await work(shell, router)

    async def all_of_them() -> None:
        turn = asyncio.Semaphore(workers)
        await asyncio.gather(*(one(router, turn) for router in routers))

    asyncio.run(all_of_them())


async def displays(shell: Any, router: Router) -> int:
    shell.stdin.write("screen-length 0 temporary\n")
    await shell.stdout.readuntil(">")
    shell.stdin.write("".join(f"{command}\n" for command in router["commands"]))
    said = ""
    while said.count("<") < len(router["commands"]) or not said.endswith(">"):
        said += await shell.stdout.read(65_536)
    return len(said)


async def block(shell: Any, router: Router) -> int:
    shell.stdin.write("".join(f"{command}\n" for command in router["commands"]))
    said, last = "", router["commands"][-2]
    while f">{last}" not in said or not said.endswith(f"<{router['device']}>"):
        piece = await shell.stdout.read(65_536)
        if not piece:
            raise EOFError(said[-200:])
        said += piece
    return len(said)


def by_nornir(routers: list[Router], workers: int, collect: Callable[[Router], object]) -> None:
    from nornir.core import Nornir
    from nornir.core.configuration import Config
    from nornir.core.inventory import Defaults, Groups, Host, Hosts, Inventory
    from nornir.core.task import Result, Task
    from nornir.plugins.runners import ThreadedRunner

    def look(task: Task) -> Result:
        return Result(host=task.host, result=collect(task.host["router"]))

    hosts = {f"r{number}": Host(f"r{number}", data={"router": one}) for number, one in enumerate(routers)}
    nornir = Nornir(
        Inventory(Hosts(hosts), Groups(), Defaults()), config=Config(), runner=ThreadedRunner(workers)
    )
    results = nornir.run(task=look)
    if results.failed:
        sys.exit(f"{len(results.failed_hosts)} failed: {next(iter(results.failed_hosts.values()))[0].result}")


def by_scrapli(router: Router) -> object:
    from scrapli.driver import GenericDriver

    driver = GenericDriver(
        host=router["host"], port=router["port"], auth_username=router["username"],
        auth_password=router["password"], auth_strict_key=False, transport="paramiko",
        comms_prompt_pattern=r"^<[\w.-]+>\s*$",
        on_open=lambda one: one.send_command("screen-length 0 temporary"),
    )  # fmt: skip
    with driver:
        return [driver.send_command(command).result for command in router["commands"]]


def by_netmiko(router: Router) -> object:
    from netmiko import ConnectHandler

    with ConnectHandler(
        device_type="huawei_vrpv8", host=router["host"], port=router["port"], username=router["username"],
        password=router["password"],
    ) as connection:  # fmt: skip
        return [connection.send_command(command) for command in router["commands"]]


def main() -> None:
    kind, file, workers = sys.argv[1:]
    routers = json.loads(Path(file).read_text(encoding="utf-8"))
    if kind in {"asyncssh", "block"}:
        by_asyncssh(routers, int(workers), block if kind == "block" else displays)
    else:
        by_nornir(routers, int(workers), {"scrapli": by_scrapli, "netmiko": by_netmiko}[kind])


if __name__ == "__main__":
    main()
