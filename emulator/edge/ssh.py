"""SSH around one emulated device: a port of its own, a host key of its own, a shell per session."""

from __future__ import annotations

import asyncio
import errno
import hmac
import socket
from typing import TYPE_CHECKING

import asyncssh

from emulator.edge.complaints import Complaints
from emulator.edge.keys import RsaOnDemand
from emulator.edge.session import Shell
from emulator.edge.wire import lengthened

if TYPE_CHECKING:
    from collections.abc import Callable

    from emulator.edge.clock import ServedClock
    from emulator.edge.door import Access, Terminals

_LOOPBACK = "127.0.0.1"
_VERSION = "HUAWEI-1.5"
# Both spellings of the curve and a NIST one, so that no client needs the slow group exchange; it comes last.
_KEY_EXCHANGE = (
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group-exchange-sha256",
)
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_REST = 1.0
_CIPHERS = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes256-ctr")
_MACS = ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512")


class DeviceServer:
    """One device behind one loopback port.

    Args:
        device: the terminals to serve.
        access: who may log in.
        clock: where the time comes from.
        round_trip: seconds that a byte needs to the client and back.
        powered: tells whether the device is on; one that is off turns everybody away.
        complaints: where it says what it lacks.
    """

    def __init__(
        self,
        device: Terminals,
        access: Access,
        clock: ServedClock,
        *,
        round_trip: float = 0.0,
        powered: Callable[[], bool] = lambda: True,
        complaints: Complaints | None = None,
    ) -> None:
        self.device = device
        self.access = access
        self.clock = clock
        self.round_trip = round_trip
        self.powered = powered
        self.complaints = complaints or Complaints()
        self.shells: dict[int, Shell] = {}
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        self._socket = socket.create_server((_LOOPBACK, 0), backlog=64)
        self._socket.settimeout(0)
        self._options: asyncssh.SSHServerConnectionOptions | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._unanswered: tuple[socket.socket, ...] = ()
        self._timer: asyncio.TimerHandle | None = None
        self._resting: asyncio.TimerHandle | None = None

    @property
    def host(self) -> str:
        """Address that the device listens on."""
        return _LOOPBACK

    @property
    def port(self) -> int:
        """TCP port that the device listens on."""
        return int(self._socket.getsockname()[1])

    @property
    def host_key(self) -> str:
        """The public host key, in OpenSSH's one-line form."""
        return self._key.export_public_key().decode().strip()

    def start(self) -> None:
        """Begin to accept connections; needs a running event loop."""
        self._listen()
        self.arm()

    async def stop(self) -> None:
        """Close the port and every session."""
        asyncio.get_running_loop().remove_reader(self._socket.fileno())
        self._socket.close()
        for accepted in self._unanswered:
            accepted.close()
        for timer in (self._timer, self._resting):
            if timer is not None:
                timer.cancel()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _accept(self) -> None:
        try:
            accepted, _ = self._socket.accept()
        except (BlockingIOError, ConnectionError):
            return  # the client gave up between the event and our call
        except OSError as error:
            if error.errno not in _EXHAUSTED:
                raise
            self._rest()
            return
        if not self.powered():
            accepted.close()
            return
        accepted.settimeout(0)
        if self.device.muted:
            self._unanswered = (*self._unanswered, accepted)
        else:
            self._answer(accepted)

    def _rest(self) -> None:
        """Accept nobody for a moment: who calls waits in the system's queue until others have left."""
        self.complaints.say("out of open files: new connections wait until others end")
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._socket.fileno())
        self._resting = loop.call_later(_REST, self._listen)

    def _listen(self) -> None:
        asyncio.get_running_loop().add_reader(self._socket.fileno(), self._accept)

    def _answer(self, accepted: socket.socket) -> None:
        task = asyncio.get_running_loop().create_task(self._converse(accepted))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _converse(self, accepted: socket.socket) -> None:
        try:
            if self.round_trip:
                accepted = await lengthened(accepted, self.round_trip)
            connection = await asyncssh.run_server(accepted, options=self._connection_options())
        except (asyncssh.Error, OSError):
            accepted.close()
            return  # a client that left, or was not let in, during the handshake
        try:
            await connection.wait_closed()
        except asyncio.CancelledError:
            connection.abort()
            raise

    def _connection_options(self) -> asyncssh.SSHServerConnectionOptions:
        """Build the options when the first client comes: most of a thousand devices never see one."""
        if self._options is None:
            self._options = asyncssh.SSHServerConnectionOptions(
                server_factory=lambda: _Login(self),
                server_host_keys=[self._key, RsaOnDemand()],
                server_version=_VERSION,
                kex_algs=_KEY_EXCHANGE,
                encryption_algs=_CIPHERS,
                mac_algs=_MACS,
                compression_algs=("none",),
                encoding=None,
                line_editor=False,
                allow_scp=False,
                agent_forwarding=False,
                x11_forwarding=False,
            )
        return self._options

    def arm(self) -> None:
        """Wake up when the device next has something to do by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        moment = self.device.next_event()
        if moment is not None:
            wait = self.clock.real_seconds_until(moment)
            self._timer = asyncio.get_running_loop().call_later(wait, self.tick)

    def tick(self) -> None:
        """Let time act on the device and show what it brings."""
        for session, data in self.device.tick(self.clock.now()).items():
            if session in self.shells:
                self.shells[session].show(data)
        for shell in [*self.shells.values()]:
            shell.close_if_ended()
        if self._unanswered and not self.device.muted:
            waiting, self._unanswered = self._unanswered, ()
            for accepted in waiting:
                self._answer(accepted)
        self.arm()


class _Login(asyncssh.SSHServer):
    """Who is let in: the user with the password or one of the keys."""

    def __init__(self, server: DeviceServer) -> None:
        self._server = server
        self._origin = ""
        self._user = ""
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        peer = conn.get_extra_info("peername")
        self._origin = peer[0] if isinstance(peer, tuple) else _LOOPBACK

    def begin_auth(self, username: str) -> bool:
        self._user = username
        banner = self._server.device.login_banner
        if banner and self._connection is not None:
            self._connection.send_auth_banner(banner)
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        access = self._server.access
        return username == access.username and hmac.compare_digest(
            password.encode(), access.password.encode()
        )

    def public_key_auth_supported(self) -> bool:
        return bool(self._server.access.authorized_keys)

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        access = self._server.access
        known = (asyncssh.import_public_key(line) for line in access.authorized_keys)
        return username == access.username and key in known

    def session_requested(self) -> asyncssh.SSHServerSession[bytes] | bool:
        if not self._server.device.vty_free():
            return False
        return Shell(self._server, self._user, self._origin)
