"""Scrapli as a mover of bytes: it holds the connection and opens the shell.

Its own dialogue is left alone: its prompt expressions break on names over 64 characters, an uncommitted
candidate makes it hang on a question, and it takes two round trips for each line.
"""

from __future__ import annotations

from scrapli.driver import GenericDriver
from scrapli.exceptions import ScrapliConnectionNotOpened, ScrapliException
from scrapli.transport.plugins.paramiko.transport import ParamikoTransport

from tasks.sessions.channel import Channel
from tasks.sessions.paramiko_channel import Login, open_shell

TERMINAL_WIDTH, TERMINAL_HEIGHT = 511, 1000


class _Transport(ParamikoTransport):
    """Scrapli's paramiko transport that logs in our way."""

    login: Login

    def open(self) -> None:
        """Connect, log in and open the shell."""
        self.session = self.login.authenticated()
        self.session_channel = open_shell(self.session, TERMINAL_WIDTH, TERMINAL_HEIGHT)
        self._set_timeout(self._base_transport_args.timeout_transport)


def open_channel(login: Login) -> Channel:
    """Log in with scrapli.

    Raises:
        ConnectError: no connection, unknown or wrong host key, wrong name or password, no shell.
    """
    target = login.target
    driver = GenericDriver(
        host=target.host,
        port=target.port,
        auth_username=target.username,
        transport="paramiko",
        on_open=None,  # its own would read, and sometimes swallow, the greeting with the first prompt
        timeout_socket=target.timeout_s,
        timeout_transport=target.timeout_s,
    )
    stock = driver.transport
    transport = _Transport(stock._base_transport_args, stock.plugin_transport_args)  # noqa: SLF001 - no other way in
    transport.login = login
    driver.transport = transport
    driver.channel.transport = transport
    with login.opening(ScrapliException):
        driver.open()
        if transport.session_channel is None:
            raise ScrapliConnectionNotOpened("no shell was opened")
        return login.channel(transport.session_channel)
