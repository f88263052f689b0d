"""Who is logged in to a device, over which line, and who holds its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Lower, Marked


@dataclass(frozen=True, slots=True)
class UserLine:
    """A login of `display users`.

    Args:
        own: the line that asked.
        authentication: `pass` or `not pass`.
    """

    index: int
    line: str
    delay: str
    authentication: Lower
    author_command: Lower
    own: Marked = False
    type: Lower | None = None
    address: Address | None = None
    user: str | None = None


@dataclass(frozen=True, slots=True)
class NetconfSession:
    """A NETCONF session with its counters."""

    session: int
    transport: Lower | None = None
    user: str | None = None
    host: Address | None = None
    login_time: str | None = None
    input_rpc: int | None = None
    input_bad_rpc: int | None = None
    output_rpc_errors: int | None = None
    output_notifications: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionDetail:
    """A configuration session in detail.

    Args:
        own: the session that asked.
        mode: `two_phase` in a configuration view; `unknow` (as printed) elsewhere.
    """

    session: int
    own: Marked = False
    user_interface: str | None = None
    user: str | None = None
    time: str | None = None
    lock: str | None = None
    mode: Lower | None = None
    client: Lower | None = None
    elapsed: str | None = None


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who holds the configuration, or held it last (`released_by`)."""

    index: int | None = None
    session_name: str | None = None
    user: str | None = None
    released_by: str | None = None
    address: Address | None = None
    locked_time: str | None = None
    unlocked_time: str | None = None
    last_configuration_time: str | None = None
    timeout_s: int | None = None
    identifier: int | None = None
