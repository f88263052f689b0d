"""Sessions over SSH: one command, a client that closes its side, one that does not read, one that pastes."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TypeVar

import asyncssh
import pytest

from emulator.edge import ssh
from emulator.edge.clock import ServedClock
from emulator.edge.complaints import Complaints
from emulator.edge.door import Access
from emulator.edge.ssh import DeviceServer
from emulator.faults import ExpirePassword, MuteLine, RestoreLine, SlowOutput
from emulator.lab import Lab
from tests.emulator.client import PAIR_MEMBER

pytestmark = pytest.mark.ssh
T = TypeVar("T")
SOON = 20.0


@asynccontextmanager
async def served(lab: Lab, complaints: Complaints | None = None) -> AsyncIterator[DeviceServer]:
    device = lab.device("PE7")
    server = DeviceServer(device, Access("ops", "pw"), ServedClock(), complaints=complaints)
    server.start()
    try:
        yield server
    finally:
        await server.stop()


@asynccontextmanager
async def logged_in(server: DeviceServer, **options: object) -> AsyncIterator[asyncssh.SSHClientConnection]:
    settings = {"username": "ops", "password": "pw", "known_hosts": None, "client_keys": None, "config": None}
    async with asyncssh.connect(server.host, server.port, **{**settings, **options}) as connection:
        yield connection


def within(work: Coroutine[None, None, T]) -> T:
    async def bounded() -> T:
        return await asyncio.wait_for(work, SOON)

    return asyncio.run(bounded())


@pytest.fixture
def lab() -> Lab:
    return Lab({"PE7": PAIR_MEMBER})


async def ran(server: DeviceServer, command: str) -> asyncssh.SSHCompletedProcess:
    async with logged_in(server) as connection:
        return await connection.run(command)


@pytest.mark.parametrize(
    ("command", "first", "last"),
    [
        ("display clock", "2026-01-05 08:00:0", "UTC+00:00"),
        ("display current-configuration", "!Software Version", "return"),
        ("display current-configuration | include sysname", "sysname PE7", "sysname PE7"),
        ("dis foo", " ^", "Error: Unrecognized command found at '^' position."),
    ],
)
def test_one_command_and_the_end(lab: Lab, command: str, first: str, last: str) -> None:
    async def work() -> asyncssh.SSHCompletedProcess:
        async with served(lab) as server:
            return await ran(server, command)

    done = within(work())
    lines = str(done.stdout).replace("\r", "").rstrip("\n").split("\n")
    assert lines[0].lstrip(" ").startswith(first.lstrip(" "))
    assert lines[-1].endswith(last)
    assert done.exit_status == 0
    assert lab.device("PE7").logins == ()


def test_one_command_whose_reply_is_late_is_waited_for(lab: Lab) -> None:
    lab.inject(SlowOutput(0.3, "display clock"), "PE7")

    async def work() -> asyncssh.SSHCompletedProcess:
        async with served(lab) as server:
            return await ran(server, "display clock")

    assert "2026-01-05" in str(within(work()).stdout)


def test_one_command_with_an_expired_password_is_refused(lab: Lab) -> None:
    lab.inject(ExpirePassword(), "PE7")

    async def work() -> asyncssh.SSHCompletedProcess:
        async with served(lab) as server:
            return await ran(server, "display clock")

    assert str(within(work()).stdout).strip() == "Error: The password must be changed before the login."


def test_a_client_that_closes_its_side_is_served_to_the_end_and_then_left(lab: Lab) -> None:
    async def work() -> str:
        async with served(lab) as server, logged_in(server) as connection:
            process = await connection.create_process(term_type="vt100")
            process.stdin.write("system-view\nsysname Renamed\ncommit\n")
            process.stdin.write_eof()
            return str((await process.wait()).stdout)

    assert within(work()).endswith("[~Renamed]")
    assert lab.device("PE7").sysname == "Renamed"
    assert lab.device("PE7").logins == ()


@pytest.mark.parametrize(
    "typed",
    [b"display current-configuration\n" * 10_000, b"?" * 200_000, b"d\t" * 100_000],
    ids=["configurations", "help", "completions"],
)
def test_a_client_that_does_not_read_is_held_back(lab: Lab, typed: bytes) -> None:
    """Thousands of answers are asked for and none is read: the device waits, and others go on."""
    device = lab.device("PE7")
    answered = 0
    receive = device.receive

    def counting(session: int, data: bytes, now: float) -> bytes:
        nonlocal answered
        out = receive(session, data, now)
        answered += len(out)
        return out

    device.receive = counting  # type: ignore[method-assign]

    async def work() -> None:
        async with served(lab) as server, logged_in(server) as connection:
            process = await connection.create_process(term_type="vt100", encoding=None, window=1 << 16)
            process.stdin.write(b"screen-length 0 temporary\n" + typed)
            await asyncio.sleep(0.8)
            async with logged_in(server) as other:
                assert "2026" in str((await other.run("display clock")).stdout)

    within(work())
    assert answered < 4 << 20


def test_a_paste_lets_other_sessions_in_between(lab: Lab) -> None:
    async def work() -> bool:
        async with served(lab) as server, logged_in(server) as one, logged_in(server) as other:
            process = await one.create_process(term_type="vt100", encoding=None)
            lines = [f"ip route-static 10.{i // 250}.{i % 250}.0 255.255.255.0 NULL0" for i in range(4000)]
            process.stdin.write("\n".join(["system-view", *lines, ""]).encode())
            await process.stdout.readuntil(b"10.1.0.0")
            await other.run("display clock")
            return len(lab.device("PE7").logins) == 1 and not process.stdout.at_eof()

    assert within(work())


@pytest.mark.parametrize("algorithm", ["ssh-ed25519", "rsa-sha2-256", "rsa-sha2-512"])
def test_both_kinds_of_host_key(lab: Lab, algorithm: str) -> None:
    async def work() -> str:
        async with served(lab) as server, logged_in(server, server_host_key_algs=[algorithm]) as connection:
            key = connection.get_server_host_key()
            return key.get_algorithm() if key else ""

    assert within(work()) == ("ssh-ed25519" if "25519" in algorithm else "ssh-rsa")


@pytest.mark.filterwarnings("ignore:Diffie-Hellman over finite fields")
def test_a_group_exchange(lab: Lab) -> None:
    async def work() -> asyncssh.SSHCompletedProcess:
        async with (
            served(lab) as server,
            logged_in(server, kex_algs=["diffie-hellman-group-exchange-sha256"]) as connection,
        ):
            return await connection.run("display clock")

    assert within(work()).exit_status == 0


def test_a_muted_device_lets_callers_wait_and_answers_them_later(lab: Lab) -> None:
    lab.inject(MuteLine(), "PE7")

    async def work() -> str:
        async with served(lab) as server:
            calling = asyncio.ensure_future(ran(server, "display clock"))
            done, _ = await asyncio.wait([calling], timeout=0.5)
            assert not done
            lab.inject(RestoreLine(), "PE7")
            server.tick()
            return str((await calling).stdout)

    assert "2026" in within(work())


def test_out_of_open_files_it_recovers_and_says_so_once(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ssh, "_REST", 0.1)

    async def work() -> str:
        async with served(lab, Complaints()) as server:
            soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
            callers = [socket.socket() for _ in range(4)]
            resource.setrlimit(resource.RLIMIT_NOFILE, (callers[-1].fileno() + 1, hard))
            hogs: list[int] = []
            with pytest.raises(OSError, match="Too many open files"):
                hogs.extend(os.open(os.devnull, os.O_RDONLY) for _ in range(soft))
            try:
                for caller in callers:
                    caller.settimeout(0)
                    caller.connect_ex((server.host, server.port))
                await asyncio.sleep(0.5)
            finally:
                for hog in hogs:
                    os.close(hog)
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
                for caller in callers:
                    caller.close()
            return str((await ran(server, "display clock")).stdout)

    assert "2026" in within(work())
    assert capfd.readouterr().err == "emulator: out of open files: new connections wait until others end\n"
