"""Eth-Trunks with LACP, and E-Trunks, as configured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emulator.config import secrets
from emulator.protocols.settings.reading import address, has, number, optional_number, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.config.statement import Configuration, Statement
    from emulator.protocols.settings.interfaces import InterfaceSettings

_DEFAULT_KEY = "00E0FC0000000000"  # manual page `security-key`
_MODES = {"lacp-static": "lacp-static", "backup": "manual backup"}


@dataclass(frozen=True, slots=True)
class EthTrunkSettings:
    """An Eth-Trunk as configured.

    Args:
        mode: `lacp-static`, `manual load-balance` or `manual backup`.
        ports: member ports in the order of the configuration.
        preempt_delay: seconds; None when preemption is off.
        remote: the peer's Eth-Trunk number.
        member_mode: `auto`, `force-master` or `force-backup`.
    """

    id: int
    name: str
    mode: str
    ports: tuple[str, ...] = ()
    least_active: int = 1
    max_active: int = 16
    system_priority: int = 32768
    system_id: str = ""
    fast: bool = False
    timeout: int | None = None
    preempt_delay: int | None = None
    port_id_extension: bool = False
    e_trunk: int | None = None
    remote: int | None = None
    member_mode: str = "auto"
    e_trunk_priority: int = 32768
    e_trunk_system_id: str = ""


@dataclass(frozen=True, slots=True)
class ETrunkSettings:
    """An E-Trunk as configured.

    Args:
        hello: interval in 100 ms; `fail_time` likewise.
        revert_delay: seconds; None with `revert disable`.
        key: plain key, or the ciphertext when it came from elsewhere.
        select: `link-number`, `bandwidth` or empty.
        bfd: name of the tracked static session.
        dynamic: sending and receiving interval in ms and multiplier of the session of its own.
    """

    id: int
    peer: str = ""
    source: str = ""
    vpn: str = ""
    priority: int = 100
    hello: int = 10
    fail_time: int = 200
    revert_delay: int | None = 120
    key: str = _DEFAULT_KEY
    auth_mode: str = "enhanced-hmac-sha256"
    sequence: bool = False
    udp_port: int = 1025
    description: str = ""
    select: str = ""
    bfd: str = ""
    dynamic: tuple[int, int, int] | None = None


def read_eth_trunks(
    configuration: Configuration, interfaces: Mapping[str, InterfaceSettings]
) -> dict[int, EthTrunkSettings]:
    """Return the Eth-Trunks of a configuration by number."""
    trunks = {}
    for line in configuration.statements:
        name = line.interface
        number_text = name.removeprefix("Eth-Trunk")
        if name in interfaces and number_text != name and number_text.isdigit():
            trunks[int(number_text)] = _eth_trunk(configuration, line, int(number_text), interfaces)
    return trunks


def _eth_trunk(
    configuration: Configuration, line: Statement, trunk: int, interfaces: Mapping[str, InterfaceSettings]
) -> EthTrunkSettings:
    preempt = number(line, "if.lacp-preempt-delay", "seconds", 30) if has(line, "if.lacp-preempt") else None
    timeout = line.first("if.lacp-timeout")
    own_priority = optional_number(line, "if.lacp-et-prio", "priority")
    return EthTrunkSettings(
        id=trunk,
        name=f"Eth-Trunk{trunk}",
        mode=_MODES.get(word(line, "if.mode", "mode"), "manual load-balance"),
        ports=tuple(port.name for port in interfaces.values() if port.trunk == trunk),
        least_active=number(line, "if.least-active", "n", 1),
        max_active=number(line, "if.max-active", "n", 16),
        system_priority=number(
            configuration, "lacp.sysprio", "priority", number(configuration, "lacp.prio", "priority", 32768)
        ),
        system_id=word(line, "if.lacp-sysid", "mac"),
        fast=timeout is not None and "fast" in timeout.text.split(),
        timeout=optional_number(line, "if.lacp-timeout", "seconds"),
        preempt_delay=preempt,
        port_id_extension=has(line, "if.lacp-portid-ext"),
        e_trunk=optional_number(line, "if.e-trunk", "e-trunk-id"),
        remote=optional_number(line, "if.e-trunk", "eth-trunk-id"),
        member_mode=word(line, "if.e-trunk-mode", "mode", "auto"),
        e_trunk_priority=(
            own_priority
            if own_priority is not None
            else number(configuration, "lacp.et-prio", "priority", 32768)
        ),
        e_trunk_system_id=word(configuration, "lacp.et-sysid", "mac"),
    )


def read_e_trunks(configuration: Configuration) -> dict[int, ETrunkSettings]:
    """Return the E-Trunks of a configuration by number."""
    lines = (_e_trunk(configuration, line) for line in configuration.all("et.create"))
    return {settings.id: settings for settings in lines}


def _e_trunk(configuration: Configuration, line: Statement) -> ETrunkSettings:
    ipv6 = has(line, "et.peer-ipv6")
    command, peer, source = (
        ("et.peer-ipv6", "peer-ipv6", "source-ipv6") if ipv6 else ("et.peer-address", "peer-ip", "source-ip")
    )
    hello = number(line, "et.timer-hello", "value", 10)
    udp_port = ("et.udp6-port", "port") if ipv6 else ("et.udp-port", "port")
    revert = number(line, "et.revert-delay", "seconds", 120)
    return ETrunkSettings(
        id=int(line.params["e-trunk-id"]),
        peer=address(word(line, command, peer)),
        source=address(word(line, command, source)),
        vpn=word(line, command, "vpn"),
        priority=number(line, "et.priority", "priority", 100),
        hello=hello,
        fail_time=hello * number(line, "et.timer-multiplier", "multiplier", 20),
        revert_delay=None if has(line, "et.revert-disable") else revert,
        key=_key(line.first("et.security-key")),
        auth_mode=word(line, "et.auth-mode", "mode", "enhanced-hmac-sha256"),
        sequence=has(line, "et.sequence"),
        udp_port=number(configuration, *udp_port, 1025),
        description=word(line, "et.description", "text"),
        select=next((word for word in ("link-number", "bandwidth") if _selects(line, word)), ""),
        bfd=word(line, "et.track-bfd", "bfd-name").lower(),
        dynamic=_dynamic(line),
    )


def _selects(line: Statement, choice: str) -> bool:
    entry = line.first("et.select")
    return entry is not None and choice in entry.text.split()


def _key(line: Statement | None) -> str:
    if line is None:
        return _DEFAULT_KEY
    cipher = line.params.get("cipher-key")
    return secrets.plain(cipher) if cipher is not None else line.params["simple-key"]


def _dynamic(line: Statement) -> tuple[int, int, int] | None:
    if not has(line, "et.bfd-enable"):
        return None
    return (
        number(line, "et.bfd-para", "tx-ms", 10),
        number(line, "et.bfd-para", "rx-ms", 10),
        number(line, "et.bfd-para", "n", 3),
    )
