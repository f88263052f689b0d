"""Jump hosts that an ssh_config names: `ProxyJump`, for a device and for the jump hosts themselves.

Source: OpenSSH ssh_config(5).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from inventory.errors import ConnectError
from tasks.sessions.protocol import Target

Lookup = Callable[[str], Mapping[str, str | list[str]]]
"""Returns what an ssh_config says of a host: values by keyword in lower case, lists of those with several."""

_WRITTEN = re.compile(r"(?:ssh://)?(?:(?P<user>[^@]+)@)?(?P<host>\[[^\]]+\]|[^:@]+)(?::(?P<port>\d+))?")
_SSH_PORT = 22


def jump_of(target: Target, lookup: Lookup) -> Target | None:
    """Return the jump host that an ssh_config names for a device; nothing: the connection goes straight.

    Several are gone through in their order. Each is looked up in the same file, for its address, port, user,
    private keys and known hosts; the agent's keys may be used.

    Args:
        target: the device, its host as it stands in the inventory.
        lookup: what the file says.

    Raises:
        ConnectError: the file wants what is not supported.
    """
    found = lookup(target.host)
    if "proxycommand" in found:
        raise ConnectError(
            f"the ssh_config reaches {target.member} by a ProxyCommand",
            wanted="ProxyJump, or data: jump_host",
            found=_text(found, "proxycommand"),
            member=target.member,
            where=str(target.ssh_config),
        )
    jump: Target | None = None
    for name in (_text(found, "proxyjump") or "none").split(","):
        if name.strip().lower() != "none":
            jump = _jump_host(name.strip(), lookup, target, jump)
    return jump


def _jump_host(name: str, lookup: Lookup, target: Target, before: Target | None) -> Target:
    """Look up one jump host, written as `[user@]host[:port]`."""
    written = _WRITTEN.fullmatch(name)
    if written is None:
        raise ConnectError(
            "a ProxyJump cannot be read",
            wanted="[user@]host[:port]",
            found=name,
            member=target.member,
            where=str(target.ssh_config),
        )
    alias = written["host"].strip("[]")
    found = lookup(alias)
    known = _text(found, "userknownhostsfile").split()
    keys = [Path(path).expanduser() for path in found.get("identityfile", ())]
    return Target(
        member=alias,
        host=_text(found, "hostname") or alias,
        username=written["user"] or _text(found, "user") or target.username,
        port=int(written["port"] or _text(found, "port") or _SSH_PORT),
        known_hosts=Path(known[0]).expanduser() if known else None,
        timeout_s=target.timeout_s,
        private_keys=tuple(path for path in keys if path.exists()),  # as OpenSSH does
        agent=True,
        jump=before,
    )


def _text(found: Mapping[str, str | list[str]], keyword: str) -> str:
    value = found.get(keyword, "")
    return value if isinstance(value, str) else " ".join(value)
