"""Netmiko as a mover of bytes: it holds the connection and opens the shell.

Its own VRP dialogue is left alone: every `check_config_mode` waits 2.2 s, a refused `commit` is taken for
an accepted one, and `save` is answered for one wording only. Bytes go through the shell that it opened and
not through its `write_channel`, which would put each line, secrets in clear, in its debug log.
"""

from __future__ import annotations

from netmiko import NetmikoBaseException
from netmiko.base_connection import BaseConnection

from tasks.sessions.channel import Channel
from tasks.sessions.paramiko_channel import Client, Login


class _Shell(BaseConnection):
    """A netmiko connection that says nothing by itself and logs in our way."""

    def __init__(self, login: Login) -> None:
        self._login = login
        target = login.target
        super().__init__(
            device_type="huawei_vrpv8", host=target.host, port=target.port, username=target.username
        )

    def _get_ssh_client_instance(self) -> Client:
        """Return the client that netmiko is to use; netmiko's own place for it."""
        return Client(self._login)

    def _try_session_preparation(self, force_data: bool = True) -> None:  # noqa: FBT001, FBT002 - netmiko's
        """Leave banners, prompts and paging to our dialogue; netmiko would write a line and wait 0.1 s."""


def open_channel(login: Login) -> Channel:
    """Log in with netmiko.

    Raises:
        ConnectError: no connection, unknown or wrong host key, wrong name or password, no shell.
    """
    with login.opening(NetmikoBaseException):
        return login.channel(_Shell(login).remote_conn)
