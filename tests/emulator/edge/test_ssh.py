"""SSH around a device: who comes in, what passes, what time brings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncssh
import pytest

from emulator.edge.clock import ServedClock
from emulator.edge.door import Access
from emulator.edge.ssh import DeviceServer
from tests.emulator.edge.stand_in import StandIn

pytestmark = pytest.mark.ssh
ACCESS = Access(username="ops", password="Lab-77")


@asynccontextmanager
async def served(
    device: StandIn, access: Access = ACCESS, *, scale: float = 1.0, round_trip: float = 0.0
) -> AsyncIterator[DeviceServer]:
    server = DeviceServer(device, access, ServedClock(scale), round_trip=round_trip)
    server.start()
    try:
        yield server
    finally:
        await server.stop()


@asynccontextmanager
async def logged_in(server: DeviceServer, **options: object) -> AsyncIterator[asyncssh.SSHClientConnection]:
    settings = {"username": "ops", "password": "Lab-77", "client_keys": None, "config": None, **options}
    key = asyncssh.import_known_hosts(f"[{server.host}]:{server.port} {server.host_key}\n")
    async with asyncssh.connect(server.host, server.port, known_hosts=key, **settings) as connection:
        yield connection


async def shell(connection: asyncssh.SSHClientConnection) -> asyncssh.SSHClientProcess[bytes]:
    return await connection.create_process(term_type="vt100", term_size=(511, 24), encoding=None)


def test_typed_bytes_are_echoed_one_by_one() -> None:
    async def dialogue() -> tuple[bytes, bytes]:
        async with served(StandIn()) as server, logged_in(server) as connection:
            process = await shell(connection)
            first = await process.stdout.readuntil(b">")
            process.stdin.write(b"d")
            return first, await process.stdout.readexactly(1)

    assert asyncio.run(dialogue()) == (b"<PE7>", b"d")


def test_device_learns_user_origin_and_width() -> None:
    device = StandIn()

    async def dialogue() -> None:
        async with served(device) as server, logged_in(server) as connection:
            await (await shell(connection)).stdout.readuntil(b">")

    asyncio.run(dialogue())
    assert device.users == {1: ("ops", "127.0.0.1", 511)}
    assert device.gone == [1]


@pytest.mark.parametrize("wrong", [{"password": "Lab-78"}, {"username": "opsy"}, {"password": ""}])
def test_wrong_credentials_stay_outside(wrong: dict[str, str]) -> None:
    async def dialogue() -> None:
        async with served(StandIn()) as server:
            with pytest.raises(asyncssh.PermissionDenied):
                async with logged_in(server, **wrong):
                    pass

    asyncio.run(dialogue())


@pytest.mark.parametrize("algorithm", ["ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"])
def test_authorized_key_comes_in_and_another_does_not(algorithm: str) -> None:
    mine, other = asyncssh.generate_private_key(algorithm), asyncssh.generate_private_key("ssh-ed25519")
    access = Access("ops", "Lab-77", (mine.export_public_key().decode(),))

    async def dialogue() -> bytes:
        async with served(StandIn(), access) as server:
            with pytest.raises(asyncssh.PermissionDenied):
                async with logged_in(server, password=None, client_keys=[other]):
                    pass
            async with logged_in(server, password=None, client_keys=[mine]) as connection:
                return await (await shell(connection)).stdout.readuntil(b">")

    assert asyncio.run(dialogue()) == b"<PE7>"


def test_each_device_has_a_host_key_of_its_own() -> None:
    servers = [DeviceServer(StandIn(), ACCESS, ServedClock()) for _ in range(3)]
    assert len({server.host_key for server in servers}) == 3
    assert len({server.port for server in servers}) == 3
    for server in servers:
        server._socket.close()


def test_full_vty_refuses_the_channel_and_frees_it_again() -> None:
    async def dialogue() -> bytes:
        async with served(StandIn(free=1)) as server:
            async with logged_in(server) as first:
                await (await shell(first)).stdout.readuntil(b">")
                async with logged_in(server) as second:
                    with pytest.raises(asyncssh.ChannelOpenError):
                        await shell(second)
            async with logged_in(server) as third:
                return await (await shell(third)).stdout.readuntil(b">")

    assert asyncio.run(dialogue()) == b"<PE7>"


def test_late_reply_comes_by_scaled_time() -> None:
    async def dialogue() -> tuple[bytes, float]:
        async with served(StandIn(), scale=5_000.0) as server, logged_in(server) as connection:
            process = await shell(connection)
            await process.stdout.readuntil(b">")
            begun = time.monotonic()
            process.stdin.write(b"late\r")
            return await process.stdout.readuntil(b">"), time.monotonic() - begun

    shown, took = asyncio.run(dialogue())
    assert shown == b"late\r\nat last\r\n<PE7>"
    assert 0.1 <= took < 500


def test_ended_session_closes_the_channel_only() -> None:
    device = StandIn()

    async def dialogue() -> bytes:
        async with served(device) as server, logged_in(server) as connection:
            process = await shell(connection)
            process.stdin.write(b"quit\r")
            await process.wait_closed()
            return await (await shell(connection)).stdout.readuntil(b">")

    assert asyncio.run(dialogue()) == b"<PE7>"
    assert device.gone == [2]  # the device ended the first one itself


def test_two_sessions_do_not_mix() -> None:
    async def dialogue() -> list[bytes]:
        async with served(StandIn()) as server, logged_in(server) as one, logged_in(server) as two:
            shells = [await shell(one), await shell(two)]
            for process, word in zip(shells, (b"aa\r", b"bb\r"), strict=True):
                await process.stdout.readuntil(b">")
                process.stdin.write(word)
            return [await process.stdout.readuntil(b">") for process in shells]

    assert asyncio.run(dialogue()) == [b"aa\r\n<PE7>", b"bb\r\n<PE7>"]


def test_round_trip_delays_handshake_and_keystroke() -> None:
    async def dialogue() -> tuple[float, float]:
        async with served(StandIn(), round_trip=0.06) as server:
            begun = time.monotonic()
            async with logged_in(server) as connection:
                process = await shell(connection)
                await process.stdout.readuntil(b">")
                ready = time.monotonic()
                process.stdin.write(b"abc\r")
                assert await process.stdout.readuntil(b">") == b"abc\r\n<PE7>"
                return ready - begun, time.monotonic() - ready

    login, keystroke = asyncio.run(dialogue())
    assert login > 0.2
    assert 0.06 <= keystroke < login


def test_stop_closes_running_sessions() -> None:
    device = StandIn()

    async def dialogue() -> None:
        server = DeviceServer(device, ACCESS, ServedClock())
        server.start()
        async with logged_in(server) as connection:
            process = await shell(connection)
            await process.stdout.readuntil(b">")
            await server.stop()
            with pytest.raises(asyncssh.DisconnectError):
                await process.stdout.read()

    asyncio.run(dialogue())
    assert device.gone == [1]


def test_powered_off_device_answers_nobody() -> None:
    async def dialogue() -> None:
        server = DeviceServer(StandIn(), ACCESS, ServedClock(), powered=lambda: False)
        server.start()
        try:
            with pytest.raises(asyncssh.DisconnectError):
                async with logged_in(server):
                    pass
        finally:
            await server.stop()

    asyncio.run(dialogue())


def test_banner_comes_before_the_password() -> None:
    seen: list[str] = []

    class Client(asyncssh.SSHClient):
        def auth_banner_received(self, msg: str, lang: str) -> None:
            del lang
            seen.append(msg)

    async def dialogue() -> None:
        async with served(StandIn(login_banner="Authorised staff only\r\n")) as server:
            with pytest.raises(asyncssh.PermissionDenied):
                async with logged_in(server, password="wrong", client_factory=Client):
                    pass

    asyncio.run(dialogue())
    assert seen == ["Authorised staff only\r\n"]


@pytest.mark.parametrize("noise", [b"", b"GET / HTTP/1.0\r\n\r\n", b"SSH-2.0-x\r\n" + bytes(range(256)) * 8])
def test_noise_on_the_port_hurts_nobody(noise: bytes) -> None:
    async def dialogue() -> bytes:
        async with served(StandIn()) as server:
            reader, writer = await asyncio.open_connection(server.host, server.port)
            writer.write(noise)
            writer.write_eof()
            await reader.read()
            writer.close()
            async with logged_in(server) as connection:
                return await (await shell(connection)).stdout.readuntil(b">")

    assert asyncio.run(dialogue()) == b"<PE7>"


def test_keyboard_interactive_takes_the_same_password() -> None:
    async def dialogue() -> bytes:
        async with (
            served(StandIn()) as server,
            logged_in(server, preferred_auth="keyboard-interactive") as connection,
        ):
            return await (await shell(connection)).stdout.readuntil(b">")

    assert asyncio.run(dialogue()) == b"<PE7>"
