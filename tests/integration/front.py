"""An SSH server of another make in front of an emulated device: it hands the bytes on, and has its habits."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import asyncssh
import paramiko  # type: ignore[import-untyped] # ships no types

from runbooks.lab import ServedDevice

_OVER = (paramiko.SSHException, OSError, EOFError)


@dataclass
class Habits:
    """What the server does in its own way.

    Args:
        host_keys: algorithms of the keys that it holds.
        refuse: what it does not give after the login, `channel`, `shell` or `forwarding`.
        questions: what it asks instead of a plain password.
        users_key: the public key that it lets in; with `password_too` the password must follow.
        say: changes what the device says; told each piece of text.
        hold: waited for before a channel is given.
    """

    host_keys: Sequence[str] = ("ssh-ed25519",)
    refuse: str = ""
    questions: Sequence[str] = ()
    users_key: str = ""
    password_too: bool = False
    say: Callable[[str], str] = field(default=str)
    hold: threading.Event | None = None
    forwarded: list[tuple[str, int]] = field(default_factory=list)
    """Where it was asked to connect to on a client's behalf."""


class _Server(paramiko.ServerInterface):  # type: ignore[misc] # paramiko ships no types
    """One connection of a client."""

    def __init__(self, device: ServedDevice, habits: Habits, transport: paramiko.Transport) -> None:
        self._device = device
        self._habits = habits
        self._transport = transport

    def get_allowed_auths(self, _username: str) -> str:
        if self._habits.questions:
            return "keyboard-interactive"
        return (
            "publickey" if self._habits.users_key and not self._habits.password_too else "password,publickey"
        )

    def check_auth_password(self, username: str, password: str) -> int:
        good = (username, password) == (self._device.username, self._device.password)
        return self._result(good=good and "password" in self.get_allowed_auths(username))

    def check_auth_publickey(self, _username: str, key: paramiko.PKey) -> int:
        if f"{key.get_name()} {key.get_base64()}" != self._habits.users_key:
            return self._result(good=False)
        return (
            int(paramiko.AUTH_PARTIALLY_SUCCESSFUL) if self._habits.password_too else self._result(good=True)
        )

    def check_auth_interactive(self, _username: str, _submethods: str) -> paramiko.InteractiveQuery | int:
        if not self._habits.questions:
            return self._result(good=False)
        return paramiko.InteractiveQuery("", "", *self._habits.questions)

    def check_auth_interactive_response(self, responses: Sequence[str]) -> int:
        return self._result(good=list(responses) == [self._device.password])

    @staticmethod
    def _result(*, good: bool) -> int:
        return int(paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED)

    def check_channel_request(self, _kind: str, _number: int) -> int:
        if self._habits.hold is not None:
            self._habits.hold.wait(30)
        refused = paramiko.OPEN_FAILED_RESOURCE_SHORTAGE
        return int(refused if self._habits.refuse == "channel" else paramiko.OPEN_SUCCEEDED)

    def check_channel_pty_request(self, *_terminal: object) -> bool:
        return True

    def check_channel_window_change_request(self, *_terminal: object) -> bool:
        return True

    def check_channel_shell_request(self, channel: paramiko.Channel) -> bool:
        if self._habits.refuse == "shell":
            return False
        _thread(self._hand_on, channel)
        return True

    def check_channel_direct_tcpip_request(
        self, _number: int, _origin: object, destination: tuple[str, int]
    ) -> int:
        if self._habits.refuse == "forwarding":
            return int(paramiko.OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED)
        self._habits.forwarded.append(destination)
        _thread(self._forward, destination)
        return int(paramiko.OPEN_SUCCEEDED)

    def _hand_on(self, channel: paramiko.Channel) -> None:
        """Log in on the device and carry bytes until one side ends."""
        device = self._device
        transport = paramiko.Transport(socket.create_connection((device.host, device.port)))
        try:
            transport.start_client()
            transport.auth_password(device.username, device.password)
            shell = transport.open_session()
            shell.get_pty(width=511, height=1000)
            shell.invoke_shell()
            _thread(_carry, channel, shell, lambda data: data)
            _carry(shell, channel, lambda data: self._habits.say(data.decode()).encode())
        finally:
            transport.close()

    def _forward(self, destination: tuple[str, int]) -> None:
        channel = self._transport.accept(20)
        with socket.create_connection(destination) as wire:
            _thread(_carry, channel, wire, lambda data: data)
            _carry(wire, channel, lambda data: data)


def _carry(source: Any, sink: Any, change: Callable[[bytes], bytes]) -> None:
    with suppress(*_OVER):
        while data := source.recv(65_535):
            sink.sendall(change(data))
    with suppress(*_OVER):
        sink.close()


def _thread(work: Callable[..., None], *arguments: object) -> None:
    def run() -> None:
        with suppress(*_OVER):
            work(*arguments)

    threading.Thread(target=run, daemon=True).start()


@contextmanager
def front(device: ServedDevice, habits: Habits) -> Iterator[tuple[ServedDevice, dict[str, str]]]:
    """Serve a device behind another server; give where it is now and its public keys by algorithm."""
    keys = {kind: host_key(kind) for kind in habits.host_keys}
    transports: list[paramiko.Transport] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                wire, _ = listener.accept()
                transport = paramiko.Transport(wire)
                transports.append(transport)
                for key in keys.values():
                    transport.add_server_key(key)
                transport.start_server(server=_Server(device, habits, transport), event=threading.Event())

        _thread(serve)
        public = {kind: f"{key.get_name()} {key.get_base64()}" for kind, key in keys.items()}
        port = listener.getsockname()[1]
        try:
            yield replace(device, host="127.0.0.1", port=port, host_key=public[habits.host_keys[0]]), public
        finally:
            if habits.hold is not None:
                habits.hold.set()
            listener.shutdown(socket.SHUT_RDWR)
            for transport in transports:
                transport.close()


def host_key(kind: str) -> paramiko.PKey:
    """Make a key."""
    if kind == "ssh-rsa":
        return paramiko.RSAKey.generate(2048)
    if kind.startswith("ecdsa-sha2-nistp"):
        return paramiko.ECDSAKey.generate(bits=int(kind.removeprefix("ecdsa-sha2-nistp")))
    text = asyncssh.generate_private_key(kind).export_private_key("openssh").decode()
    return paramiko.Ed25519Key.from_private_key(io.StringIO(text))
