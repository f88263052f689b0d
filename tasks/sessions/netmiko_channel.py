"""Netmiko as a mover of bytes: it connects, checks the host key, logs in and opens the shell.

Its own VRP dialogue is left alone: every `check_config_mode` waits 2.2 s, a refused `commit` is taken for
an accepted one, and `save` is answered for one wording only. Bytes go through the shell that it opened and
not through its `write_channel`, which would put each line, secrets in clear, in its debug log.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from netmiko import NetmikoAuthenticationException, NetmikoBaseException, NetmikoTimeoutException
from netmiko.base_connection import BaseConnection

from inventory.errors import ConnectError
from tasks.sessions.channel import ByteStream, Channel, StreamChannel
from tasks.sessions.host_keys import known_keys
from tasks.sessions.protocol import Target

# paramiko tells its troubles to whoever listens, else to the terminal; ours are told once, as errors
logging.getLogger("paramiko").addHandler(logging.NullHandler())


class _Shell(BaseConnection):
    """A netmiko connection that says nothing by itself."""

    def session_preparation(self) -> None:
        """Leave banners, prompts and paging to our dialogue."""


def open_channel(target: Target) -> Channel:
    """Connect and log in with netmiko.

    Raises:
        ConnectError: no connection, unknown or wrong host key, wrong name or password.
    """
    keys = known_keys(target)
    with TemporaryDirectory(prefix="hotpair-") as folder, _foreign_errors_as_ours(target):
        key_file = Path(folder, "known_hosts")
        name = target.host if target.port == 22 else f"[{target.host}]:{target.port}"  # noqa: PLR2004 - SSH
        key_file.write_text("".join(f"{name} {key}\n" for key in keys), encoding="ascii")
        wire = socket.create_connection((target.host, target.port), timeout=target.timeout_s)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with _closed_on_failure(wire):
            connection = _Shell(
                device_type="huawei_vrpv8",
                host=target.host,
                port=target.port,
                username=target.username,
                password=target.password.reveal(),
                ssh_strict=True,
                alt_host_keys=True,
                alt_key_file=str(key_file),
                conn_timeout=target.timeout_s,
                auth_timeout=target.timeout_s,
                banner_timeout=target.timeout_s,
                sock=wire,
            )
        return StreamChannel(cast("ByteStream", connection.remote_conn), lambda: _end(connection))


def _end(connection: BaseConnection) -> None:
    with suppress(OSError, EOFError):
        connection.paramiko_cleanup()


@contextmanager
def _closed_on_failure(wire: socket.socket) -> Iterator[None]:
    try:
        yield
    except BaseException:
        wire.close()
        raise


@contextmanager
def _foreign_errors_as_ours(target: Target) -> Iterator[None]:
    """Translate what netmiko and the socket raise, so that the reason is named and no password is shown."""
    where = f"{target.host}:{target.port}"
    try:
        yield
    except NetmikoAuthenticationException:
        raise ConnectError(
            f"{target.member} refused the login",
            wanted=f"user {target.username}",
            found="name or password not accepted",
            member=target.member,
            where=where,
        ) from None
    except (NetmikoBaseException, NetmikoTimeoutException) as error:
        words = " ".join(str(error).split())
        strange = "known_hosts" in words or "host key" in words.lower()
        raise ConnectError(
            f"{target.member} showed another host key than the known one"
            if strange
            else f"{target.member} cannot be reached over SSH",
            wanted="the known host key" if strange else "an SSH server",
            found=words[:200],
            member=target.member,
            where=where,
        ) from None
    except (OSError, EOFError) as error:
        raise ConnectError(
            f"{target.member} cannot be reached", found=str(error), member=target.member, where=where
        ) from None
