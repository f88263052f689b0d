"""Deploy the seed pair's DeviceA over SSH five ways, at 0 and 50 ms round trip, side by side in one run.

    python benchmarks/deploy.py [--rtt MS]

Each way logs in on a freshly started emulated device, types the same planned lines, commits and leaves. The
raw block is the floor: everything in one write, nothing looked at. Round trips are the difference between
both columns divided by the round-trip time; login is counted apart, it is the SSH library's own affair.

    python benchmarks/deploy.py --whole [--against REVISION] [--turns N]

The whole command `hotpair deploy seed-igmp --yes` of another revision and of this tree, in turns, each time
on freshly started devices at 0, 50 and 200 ms round trip; without the waiting for convergence, that is from
the last trial to the line that says how long the pair took. The best turn of each counts. On a machine that
does other work too, processor seconds and round trips say more than the seconds of the clock.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))  # before this folder, whose `parsers.py` hides the room

import paramiko  # type: ignore[import-untyped] # ships no types
from netmiko import ConnectHandler
from nornir.core import Nornir
from nornir.core.configuration import Config
from nornir.core.inventory import Defaults, Groups, Host, Hosts, Inventory
from nornir.core.task import Result, Task
from nornir.plugins.runners import ThreadedRunner
from scrapli.driver import GenericDriver

from benchmarks.revisions import FIRST, Build, here, revision
from inventory.load import load_pair
from inventory.secrets import Secret
from parsers.tree import read_tree
from runbooks.lab import LAB_PAIR, ServedDevice, emulated, lab_devices, sample_file
from runbooks.lab_folder import write_inventory
from tasks.plan.member import plan_member
from tasks.plan.model import Command
from tasks.render import facts
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import Session, Target

LAB = Path(__file__).parents[1] / "inventory" / "lab"
KEY = "Bench_2026x"
PROMPT = rb"[~DeviceA]"
DISTANCES_MS = (0.0, 50.0, 200.0)
"""Round trips at which whole commands are measured."""


@dataclass(frozen=True)
class Spent:
    """Seconds of one deployment."""

    login_s: float
    deploy_s: float


Way = Callable[[ServedDevice, Sequence[Command]], Spent]


def lines_of(commands: Sequence[Command]) -> list[str]:
    return [command.text.replace("<secret:seed-igmp-etrunk>", KEY) for command in commands]


def hotpair(driver: str) -> Way:
    def way(device: ServedDevice, commands: Sequence[Command]) -> Spent:
        target = Target(
            member=device.device,
            host=device.host,
            port=device.port,
            username=device.username,
            password=Secret(device.password),
            driver=driver,
            host_key=device.host_key,
        )
        begin = perf_counter()
        session = open_session(target, lambda _name: Secret(KEY))
        ready = perf_counter()
        session.stage(commands)
        session.commit()
        session.close()
        return Spent(ready - begin, perf_counter() - ready)

    return way


def by_nornir(work: Callable[[ServedDevice, list[str]], Spent]) -> Way:
    """Run stock library calls as a task of stock Nornir."""

    def way(device: ServedDevice, commands: Sequence[Command]) -> Spent:
        def task(task: Task) -> Result:
            return Result(host=task.host, result=work(device, lines_of(commands)))

        inventory = Inventory(Hosts({device.device: Host(name=device.device)}), Groups(), Defaults())
        nornir = Nornir(inventory=inventory, runner=ThreadedRunner(), config=Config())
        result = nornir.run(task=task)[device.device]
        if result.exception is not None:
            raise result.exception
        spent: Spent = result.result
        return spent

    return way


def stock_netmiko(device: ServedDevice, lines: list[str]) -> Spent:
    begin = perf_counter()
    connection = ConnectHandler(
        device_type="huawei_vrpv8",
        host=device.host,
        port=device.port,
        username=device.username,
        password=device.password,
    )
    ready = perf_counter()
    connection.send_config_set(lines, exit_config_mode=False)
    connection.commit()
    connection.disconnect()
    return Spent(ready - begin, perf_counter() - ready)


def stock_scrapli(device: ServedDevice, lines: list[str]) -> Spent:
    begin = perf_counter()
    driver = GenericDriver(
        host=device.host,
        port=device.port,
        auth_username=device.username,
        auth_password=device.password,
        auth_strict_key=False,
        transport="paramiko",
        comms_prompt_pattern=r"^[<\[][~*]?[a-z0-9.\-_/]{1,64}[>\]]\s*$",
    )
    driver.open()
    ready = perf_counter()
    driver.send_commands(["system-view", *lines, "commit"])
    driver.close()
    return Spent(ready - begin, perf_counter() - ready)


def raw_block(device: ServedDevice, commands: Sequence[Command]) -> Spent:
    begin = perf_counter()
    with paramiko.SSHClient() as client:
        kind, key = device.host_key.split()[:2]
        known = paramiko.PKey.from_type_string(kind, b64decode(key))
        client.get_host_keys().add(f"[{device.host}]:{device.port}", kind, known)
        client.connect(device.host, device.port, device.username, device.password, look_for_keys=False)
        shell = client.invoke_shell(width=511)
        _until(shell, b"<DeviceA>")
        ready = perf_counter()
        shell.sendall("\n".join(["system-view", *lines_of(commands), "commit", ""]).encode())
        _until(shell, b"commit\r\n" + PROMPT)
        return Spent(ready - begin, perf_counter() - ready)


def _until(shell: paramiko.Channel, end: bytes) -> None:
    said = b""
    shell.settimeout(30)
    while not said.endswith(end):
        piece = shell.recv(65_535)
        if not piece:
            raise EOFError(said[-200:])
        said += piece


WAYS: Mapping[str, Way] = {
    "raw SSH block": raw_block,
    "hotpair, netmiko": hotpair("netmiko"),
    "hotpair, scrapli": hotpair("scrapli"),
    "nornir + scrapli": by_nornir(stock_scrapli),
    "nornir + netmiko": by_nornir(stock_netmiko),
}


def look_at(device: ServedDevice) -> Session:
    """Log in to look, outside what is measured."""
    return open_session(
        Target(
            member=device.device,
            host=device.host,
            port=device.port,
            username=device.username,
            password=Secret(device.password),
            host_key=device.host_key,
        )
    )


def planned(device: ServedDevice) -> tuple[Command, ...]:
    """Plan DeviceA from what runs on it."""
    session = look_at(device)
    running = read_tree(session.run("display current-configuration"), "DeviceA")
    session.close()
    want = facts(load_pair(LAB / "pairs" / "seed-igmp.yaml"), "a")
    return plan_member("DeviceA", want, running, scope=want).forward[-1].commands


def measure(way: Way, rtt_ms: float) -> tuple[Spent, int]:
    """Deploy once on a fresh device; give the seconds and how many lines were typed."""
    with emulated({"DeviceA": LAB / "devices" / "DeviceA.cfg"}, ["--rtt", str(rtt_ms)]) as devices:
        device = devices["DeviceA"]
        commands = planned(device)
        spent = way(device, commands)
        session = look_at(device)
        running = session.run("display current-configuration")
        session.close()
        if "remote-backup-profile profile1" not in running:
            raise SystemExit("a way that did not deploy cannot be measured")
        return spent, len(commands)


@dataclass(frozen=True)
class Whole:
    """Seconds of one whole command, those of them in which it waited for the pair, and of the processor."""

    took_s: float
    waited_s: float
    processor_s: float

    @property
    def own_s(self) -> float:
        """Seconds without the waiting."""
        return self.took_s - self.waited_s


def whole_command(build: Build, rtt_ms: float) -> Whole:
    """Deploy the lab's pair by a build's own program, on freshly started devices of this tree."""
    options = ["--rtt", str(rtt_ms), "--time-scale", "15"]
    with TemporaryDirectory() as home, emulated(lab_devices(), options) as devices:
        folder = Path(home, "inventory")
        write_inventory(folder, devices, sample_file(LAB_PAIR))
        line = build.command("deploy", LAB_PAIR, "-i", folder, "--yes", "--budget", "300")
        begin = before = perf_counter()
        waited: float | None = None
        with subprocess.Popen(
            line, env={**build.environment(), "PYTHONUNBUFFERED": "1"}, cwd=home, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as process:  # fmt: skip
            words = []
            for said in process.stdout or ():
                now = perf_counter()
                waited = now - before if "held after" in said and waited is None else waited
                before = now
                words.append(said)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0 or waited is None:
            raise SystemExit(f"{build.name} did not deploy:\n{''.join(words)}")
        return Whole(perf_counter() - begin, waited, used.ru_utime + used.ru_stime)


def compare_whole(against: str, turns: int) -> None:
    """Print the table of whole commands."""
    builds = (revision(against), here())
    best: dict[tuple[str, float], Whole] = {}
    for rtt in DISTANCES_MS:
        for _ in range(turns):
            for build in builds:
                spent = whole_command(build, rtt)
                kept = best.get((build.name, rtt), spent)
                best[build.name, rtt] = min(spent, kept, key=lambda whole: whole.own_s)
    rows = {build: [best[build.name, rtt] for rtt in DISTANCES_MS] for build in builds}
    head = "".join(f"{f'{rtt:g} ms':>10}" for rtt in DISTANCES_MS)
    print(f"{'':16}{head}{'round trips':>14}{'processor':>12}")
    for build, row in rows.items():
        trips = (row[-1].own_s - row[0].own_s) * 1000 / (DISTANCES_MS[-1] - DISTANCES_MS[0])
        seconds = "".join(f"{one.own_s:10.2f}" for one in row)
        print(f"{build.name:16}{seconds}{trips:14.1f}{min(one.processor_s for one in row):12.2f}")
    old, new = rows.values()
    ratios = "".join(f"{a.own_s / b.own_s:10.2f}" for a, b in zip(old, new, strict=True))
    print(f"{'times as fast':16}{ratios}")
    print("seconds of `hotpair deploy` without the waiting for convergence; round trips with both logins")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--whole", action="store_true", help="whole commands of two builds")
    parser.add_argument("--against", default=FIRST, metavar="REVISION", help="the other build")
    parser.add_argument("--turns", type=int, default=3, metavar="N", help="how often each is run")
    parser.add_argument(
        "--rtt", type=float, default=50.0, metavar="MS", help="round trip of the second column"
    )
    given = parser.parse_args()
    if given.whole:
        compare_whole(given.against, given.turns)
        return
    rtt = given.rtt
    columns = f"{'login':>8}{'deploy':>9}{'ratio':>8}"
    print(f"{'':18}{'0 ms':^25} |{f'{rtt:g} ms':^25}")
    print(f"{'':18}{columns} |{columns}{'round trips':>13}")
    floor: tuple[float, float] | None = None
    for name, way in WAYS.items():
        (near, count), (far, _) = measure(way, 0), measure(way, rtt)
        floor = floor or (near.deploy_s, far.deploy_s)
        trips = (far.deploy_s - near.deploy_s) / (rtt / 1000)
        print(
            f"{name:18}{near.login_s:8.3f}{near.deploy_s:9.3f}{near.deploy_s / floor[0]:8.1f} |"
            f"{far.login_s:8.3f}{far.deploy_s:9.3f}{far.deploy_s / floor[1]:8.1f}{trips:13.1f}"
        )
    print(f"{count} lines; seconds; ratio to the raw block of its column; round trips after login")


if __name__ == "__main__":
    main()
