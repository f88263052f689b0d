"""Rules about interfaces: addresses, Eth-Trunk mode and membership, layer 2 and 3."""

from __future__ import annotations

from fnmatch import fnmatchcase

from emulator.config.lines import Children
from emulator.grammar import FOREIGN
from emulator.rules import claims
from emulator.rules.checks import local_addresses
from emulator.rules.model import Situation

_POINT_TO_POINT = 2
"""Addresses of a subnet of which both are hosts."""
_LOOPBACK = 127
_MULTICAST = 0b1110
_BARE = ("if.shutdown", "if.description", "if.lacp-prio", "if.eth-trunk-join", "if.mtu", FOREIGN)
_BOTH_LAYERS = (
    *_BARE,
    "if.portswitch",
    "if.mode",
    "if.least-active",
    "if.max-active",
    "if.lacp-*",
    "if.e-trunk*",
)


def _only(lines: Children, patterns: tuple[str, ...]) -> bool:
    return all(any(fnmatchcase(line.command, pattern) for pattern in patterns) for line in lines)


def ip_free_port(s: Situation) -> bool:
    """A port that joins an Eth-Trunk carries no layer 3 or service line (R11)."""
    return _only(s.siblings, _BARE)


def switchable(s: Situation) -> bool:
    """An interface changes its layer only when it holds nothing beyond what both layers have (R53)."""
    return _only(s.siblings, _BOTH_LAYERS)


def mode_of(lines: Children) -> str:
    """Return the working mode of an Eth-Trunk: `lacp-static`, `load-balance` or `backup`."""
    return next((line.params["mode"] for line in lines if line.command == "if.mode"), "load-balance")


def keeps_mode(s: Situation) -> bool:
    """The typed mode is the mode that the Eth-Trunk has (R40)."""
    wanted = "load-balance" if s.match.undo else s.param("mode")
    return mode_of(s.siblings) == wanted


def balances_load(s: Situation) -> bool:
    """The Eth-Trunk is in the default mode, which it may leave with its members (R40)."""
    return mode_of(s.siblings) == "load-balance"


def is_sub(s: Situation) -> bool:
    """The line is typed on a sub-interface."""
    return "." in s.interface_name


def other_interface(s: Situation) -> bool:
    """The interface that the line names is not the one where it is typed (R23, R24)."""
    return s.param("interface") != s.interface_name


def has_address6(s: Situation) -> bool:
    """The interface has an IPv6 address (R22)."""
    return any(line.command in {"if.ipv6-addr", "if.ipv6-ll"} for line in s.siblings)


def peer_is_remote(s: Situation) -> bool:
    """The peer of a BFD session is not an address of the device (R93)."""
    return (s.param("peer-ip") or s.param("peer-ipv6")) not in local_addresses(s.configuration)


def host_address(s: Situation) -> bool:
    """The address is one of a host; /32 only on a loopback or a tunnel (R129)."""
    address, broadcast = claims.span(s.param("ip"), s.param("mask"))
    size = claims.hosts(s.param("mask")) + 1
    if address == 0 or address >> 24 == _LOOPBACK or address >> 28 == _MULTICAST:
        return False
    if size == 1:
        return s.interface_name.startswith(("LoopBack", "Tunnel"))
    return size == _POINT_TO_POINT or address not in (broadcast, broadcast + 1 - size)


def distinct_address(s: Situation) -> bool:
    """No other interface has the address or its broadcast address (R129); interfaces in a VPN count apart."""
    if claims.in_vpn(s.siblings):
        return True
    address, broadcast = claims.span(s.param("ip"), s.param("mask"))
    return not claims.claimed_elsewhere(
        s.configuration, s.interface_name, ("address", address), ("broadcast", broadcast)
    )


def no_secondary(s: Situation) -> bool:
    """The primary address goes last; without arguments all go at once (R65)."""
    primary = s.param("ip") and not s.param("sub")
    return not primary or not any(
        "sub" in line.params for line in s.siblings if line.command == "if.ip" and not _named(line.params, s)
    )


def _named(params: object, s: Situation) -> bool:
    return isinstance(params, dict) and params.get("ip") == s.param("ip")


def free_vlan(s: Situation) -> bool:
    """No other sub-interface of the same main interface has the VLAN (R130)."""
    own = s.interface_name
    return not claims.claimed_elsewhere(
        s.configuration, own, ("vlan", (own.partition(".")[0], s.param("vid")))
    )
