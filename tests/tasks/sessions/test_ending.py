"""What is ended is ended at once: a device that still counts a session that we left would be told as busy."""

from __future__ import annotations

import socket

from tasks.sessions.paramiko_channel import Login
from tasks.sessions.protocol import Target
from tests.tasks.sessions.test_host_keys import KEY

_TRIES = 30
"""Now and then the client's thread does not wait on the wire when it is closed, and all is well by chance."""


def test_the_device_hears_of_the_end_before_anything_else_is_typed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as device:
        port = device.getsockname()[1]
        target = Target("R1", "127.0.0.1", "ops", port=port, host_key=KEY)
        for _ in range(_TRIES):
            login = Login(target)
            login.begin()
            wire, _ = device.accept()
            with wire:
                while not wire.recv(4096).endswith(b"\r\n"):
                    pass  # the version of the client, whose thread then waits for ours
                login.close()
                assert wire.recv(1, socket.MSG_DONTWAIT) == b""
