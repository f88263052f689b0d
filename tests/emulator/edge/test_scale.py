"""A thousand devices in one process."""

from __future__ import annotations

import asyncio

import asyncssh
import pytest

from emulator.edge.clock import ServedClock
from emulator.edge.door import Access
from emulator.edge.serve import served
from emulator.edge.serving import Serving
from emulator.lab import Lab

COUNT = 1000
CONFIGURATION = """#
sysname R{0}
#
interface LoopBack0
 ip address 10.{1}.{2}.1 255.255.255.255
#
return
"""


@pytest.mark.ssh
def test_a_thousand_devices_answer_each_for_itself() -> None:
    texts = {f"R{number}": CONFIGURATION.format(number, *divmod(number, 250)) for number in range(COUNT)}

    async def greeting(port: int) -> bytes:
        login = {"username": "ops", "password": "x", "known_hosts": None, "client_keys": None, "config": None}
        async with asyncssh.connect("127.0.0.1", port, **login) as connection:
            process = await connection.create_process(term_type="vt100", encoding=None)
            shown: bytes = await process.stdout.readuntil(b">")
            return shown

    async def dialogue() -> tuple[int, list[bytes]]:
        async with served(Lab(texts), ServedClock(), Serving(Access("ops", "x"))) as servers:
            ports = [server.port for server in servers]
            return len(set(ports)), [await greeting(ports[number]) for number in (0, 499, COUNT - 1)]

    distinct, greetings = asyncio.run(dialogue())
    assert distinct == COUNT
    assert [text.rpartition(b"\n")[2] for text in greetings] == [b"<R0>", b"<R499>", b"<R999>"]
