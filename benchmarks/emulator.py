"""The emulator and FakeNOS side by side: start-up, memory, logins and commands a second.

    python benchmarks/emulator.py [--devices 1000] [--fakenos-devices 1000] [--fakenos-python PATH]
    python benchmarks/emulator.py --commits 10 100 1000

The second form measures one commit in labs of more and more devices that have nothing to do with each other:
it must cost the same in each.

Both serve so many devices from one process over real SSH on loopback, and one client measures both.
Our devices are pairs with an E-Trunk and OSPF between them, so there is state behind each. FakeNOS is
installed in an environment of its own, once, which is kept in the folder for temporary files; where it cannot
be, its column is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import asyncssh

ROOT = Path(__file__).parents[1]
RIVAL = "fakenos==1.2.1"
USER, PASSWORD = "bench", "bench"
COMMAND = b"display version\r"
SETTLE_S = 5.0
SESSIONS = 10
HOST_KEYS = ("ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256")
"""Kinds of host keys in OpenSSH's order; asyncssh asks for RSA first, whose signing takes longest."""

CONFIGURATION = """#
sysname R{number}
#
e-trunk 1
 peer-address 10.{high}.{low}.{other} source-address 10.{high}.{low}.{side}
#
interface Eth-Trunk1
 mode lacp-static
 e-trunk 1
#
interface GigabitEthernet0/1/0
 undo shutdown
 eth-trunk 1
#
interface GigabitEthernet0/1/1
 undo shutdown
 ip address 172.16.{high}.{host} 255.255.255.252
#
interface LoopBack0
 ip address 10.{high}.{low}.{side} 255.255.255.255
#
ospf 1
 area 0.0.0.0
  network 0.0.0.0 255.255.255.255
#
return
"""

HALF_MADE = """#
sysname R{number}
#
e-trunk 1
 priority 10
#
remote-backup-service s
#
interface Eth-Trunk1
 mode lacp-static
 e-trunk 1
#
interface GigabitEthernet0/1/1
 undo shutdown
 ip address 10.{high}.{low}.1 255.255.255.0
#
interface LoopBack0
 ip address 172.16.{high}.{low} 255.255.255.255
#
ospf 1
 area 0.0.0.0
  network 0.0.0.0 255.255.255.255
#
return
"""
"""A router on which nothing names a peer yet: where unset equalled unset, all of them were one network."""
COMMIT = """
import gc, sys
from time import perf_counter
from emulator.lab import Lab, TerminalUser
devices, text = int(sys.argv[1]), sys.argv[2]
lab = Lab({f"R{n}": text.format(number=n, high=n // 256, low=n % 256) for n in range(devices)})
lab.advance(60)
gc.freeze()
typist = TerminalUser(lab, "R0")
typist.types("system-view", "interface LoopBack0")
took = []
for number in range(20):
    typist.types(f"description number {number}")
    begun = perf_counter()
    typist.types("commit")
    took.append(perf_counter() - begun)
print(min(took) * 1000)
"""

FAKENOS = """
import json, sys, time
from fakenos import FakeNOS
count, base = int(sys.argv[1]), int(sys.argv[2])
host = {"username": "bench", "password": "bench", "platform": "huawei_vrp"}
ports = base if count == 1 else [base, base + count - 1]
host |= {"port": ports} if count == 1 else {"port": ports, "replicas": count}
FakeNOS(inventory={"hosts": {"R": host}}).start()
for number in range(count):
    print(json.dumps({"device": f"R{number}", "port": base + number}), flush=True)
while True:
    time.sleep(3600)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one server did.

    Args:
        start_s: from the start of the process until every device is announced.
        memory_mb: resident memory after all logins.
        logins: logins a second, one after the other; `many_logins` ten at a time.
        login_ms: milliseconds of the server's processor for each of ten logins at a time; on a machine that
            does other work too it says more than the logins a second.
        commands: commands a second in one session; `many_commands` in ten sessions together.
    """

    devices: int
    start_s: float
    memory_mb: int
    logins: float
    many_logins: float
    login_ms: float
    commands: float
    many_commands: float


@contextmanager
def started(command: Sequence[str], devices: int) -> Iterator[tuple[int, list[int], float]]:
    """Start a server; give its process id, its ports and how long it took."""
    begun = perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            if process.stdout is None:
                raise TypeError("the server was started without a pipe")
            lines = [process.stdout.readline() for _ in range(devices)]
            took = perf_counter() - begun
            yield process.pid, [json.loads(line)["port"] for line in lines], took
        finally:
            process.kill()


def memory_mb(pid: int) -> int:
    """Return the resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) // 1024
    return 0


def processor_s(pid: int) -> float:
    """Return the processor seconds that a process has used, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def login(port: int) -> asyncssh.SSHClientConnection:
    """Log in with the password."""
    return await asyncssh.connect(
        "127.0.0.1",
        port,
        username=USER,
        password=PASSWORD,
        known_hosts=None,
        client_keys=None,
        config=None,
        preferred_auth="password",
        server_host_key_algs=HOST_KEYS,
    )


async def shell(connection: asyncssh.SSHClientConnection) -> asyncssh.SSHClientProcess[bytes]:
    """Open a shell and wait for its prompt."""
    process = await connection.create_process(term_type="vt100", term_size=(512, 1000), encoding=None)
    await asyncio.wait_for(process.stdout.readuntil(b">"), SETTLE_S)
    return process


async def logins(ports: Sequence[int], together: int) -> float:
    """Return the logins a second over these ports, so many at a time, each up to the prompt of a shell."""
    waiting = list(ports)

    async def work() -> None:
        while waiting:
            async with await login(waiting.pop()) as connection:
                await shell(connection)

    begun = perf_counter()
    await asyncio.gather(*(work() for _ in range(together)))
    return len(ports) / (perf_counter() - begun)


async def commands(port: int, seconds: float) -> int:
    """Return how many commands one session answered within the time."""
    done = 0
    async with await login(port) as connection:
        process = await shell(connection)
        process.stdin.write(b"screen-length 0 temporary\r")
        await asyncio.wait_for(process.stdout.readuntil(b">"), SETTLE_S)
        end = perf_counter() + seconds
        while perf_counter() < end:
            process.stdin.write(COMMAND)
            await process.stdout.readuntil(b">")
            done += 1
    return done


async def measured(pid: int, ports: list[int], start_s: float, seconds: float) -> Measured:
    """Measure a running server."""
    sample = ports[:100] if len(ports) >= SESSIONS else ports * SESSIONS
    one_login = await logins(sample, 1)
    before = processor_s(pid)
    many_logins = await logins(sample, SESSIONS)
    login_s = (processor_s(pid) - before) / len(sample)
    one = await commands(ports[0], seconds)
    many = await asyncio.gather(*(commands(port, seconds) for port in sample[:SESSIONS]))
    return Measured(
        devices=len(ports),
        start_s=start_s,
        memory_mb=memory_mb(pid),
        logins=one_login,
        many_logins=many_logins,
        login_ms=login_s * 1000,
        commands=one / seconds,
        many_commands=sum(many) / seconds,
    )


def run(command: Sequence[str], devices: int, seconds: float) -> Measured:
    """Start a server, measure it and stop it."""
    with started(command, devices) as (pid, ports, start_s):
        return asyncio.run(measured(pid, ports, start_s, seconds))


def ours(devices: int, seconds: float) -> Measured:
    """Measure the emulator with so many devices."""
    served = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(devices):
            pair, side = divmod(number, 2)
            high, low = divmod(pair, 64)
            text = CONFIGURATION.format(
                number=number, high=high, low=low, host=4 * low + side + 1, side=side + 1, other=2 - side
            )
            file = Path(folder) / f"R{number}.cfg"
            file.write_text(text, encoding="utf-8")
            served.append(f"R{number}={file}")
        command = [sys.executable, "-m", "emulator", "--username", USER, "--password", PASSWORD, *served]
        return run(command, devices, seconds)


def fakenos(python: str, devices: int, seconds: float) -> Measured | None:
    """Measure FakeNOS with so many devices; nothing where there is none."""
    python = python or with_fakenos()
    if subprocess.run([python, "-c", "import fakenos"], capture_output=True, check=False).returncode:
        return None
    return run([python, "-c", FAKENOS, str(devices), "20000"], devices, seconds)


def with_fakenos() -> str:
    """Return an interpreter of an environment into which FakeNOS was installed, now or before."""
    home = Path(tempfile.gettempdir()) / "hotpair-fakenos"
    python = home / "bin" / "python"
    if not (home / "done").exists():
        venv.create(home, clear=True, with_pip=True)
        installing = [str(python), "-m", "pip", "install", "--quiet", RIVAL]
        if subprocess.run(installing, stderr=subprocess.DEVNULL, check=False).returncode == 0:
            (home / "done").touch()
    return str(python)


def commit_ms(devices: int) -> float:
    """Return the milliseconds of one commit on a device of a lab, the best of a few."""
    command = [sys.executable, "-c", COMMIT, str(devices), HALF_MADE]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def commits(labs: Sequence[int]) -> None:
    """Print what a commit costs in labs of more and more unrelated devices, and the ratio to the smallest."""
    costs = {devices: commit_ms(devices) for devices in labs}
    print(f"{'devices':>8}{'ms a commit':>14}{'ratio':>8}")
    for devices, cost in costs.items():
        print(f"{devices:>8}{cost:>14.2f}{cost / costs[labs[0]]:>8.2f}")


def main() -> None:
    """Measure both and print them side by side."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--devices", type=int, default=1000)
    parser.add_argument("--fakenos-devices", type=int, default=1000)
    parser.add_argument("--fakenos-python", default="", metavar="PATH", help="an interpreter that has it")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long commands are sent")
    parser.add_argument("--commits", type=int, nargs="+", metavar="DEVICES", help="measure commits instead")
    options = parser.parse_args()
    if options.commits:
        commits(options.commits)
        return
    here = ours(options.devices, options.seconds)
    there = fakenos(options.fakenos_python, options.fakenos_devices, options.seconds)
    if there is None:
        print("FakeNOS could not be installed; only the emulator is measured")
    print(f"{'':<28}{'emulator':>12}{'FakeNOS':>12}")
    for label, name, digits in (
        ("devices in one process", "devices", 0),
        ("start-up, s", "start_s", 2),
        ("memory, MB", "memory_mb", 0),
        ("logins/s, one by one", "logins", 0),
        (f"logins/s, {SESSIONS} at a time", "many_logins", 0),
        (f"processor ms a login, {SESSIONS}", "login_ms", 1),
        ("commands/s, one session", "commands", 0),
        (f"commands/s, {SESSIONS} sessions", "many_commands", 0),
    ):
        cells = [getattr(side, name) for side in (here, there) if side is not None]
        print(f"{label:<28}" + "".join(f"{cell:>12.{digits}f}" for cell in cells))


if __name__ == "__main__":
    main()
