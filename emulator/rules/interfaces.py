"""Rules about interfaces: addresses, Eth-Trunk mode and membership, layer 2 and 3."""

from __future__ import annotations

from fnmatch import fnmatchcase
from ipaddress import IPv4Interface

from emulator.config.tree import Children
from emulator.grammar import FOREIGN
from emulator.rules.checks import addresses, local_addresses
from emulator.rules.model import Situation, interfaces

_HOST = 32
_POINT_TO_POINT = 31
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
    """Give the working mode of an Eth-Trunk: `lacp-static`, `load-balance` or `backup`."""
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


def _typed(s: Situation) -> IPv4Interface:
    return IPv4Interface(f"{s.param('ip')}/{s.param('mask')}")


def host_address(s: Situation) -> bool:
    """The address is one of a host; /32 only on a loopback or a tunnel (R129)."""
    address = _typed(s)
    if address.ip.is_multicast or address.ip.is_loopback or address.ip.is_unspecified:
        return False
    if address.network.prefixlen == _HOST:
        return s.interface_name.startswith(("LoopBack", "Tunnel"))
    if address.network.prefixlen == _POINT_TO_POINT:
        return True
    return address.ip not in (address.network.network_address, address.network.broadcast_address)


def distinct_address(s: Situation) -> bool:
    """No other interface has the address or its broadcast address (R129); interfaces in a VPN count apart."""
    mine = _typed(s)
    own = s.interface_name
    if _in_vpn(s.siblings):
        return True
    return not any(
        other.ip == mine.ip or other.network.broadcast_address == mine.network.broadcast_address
        for section in interfaces(s.configuration)
        if section.params["interface"] != own and not _in_vpn(section.children)
        for other in addresses(section)
    )


def _in_vpn(lines: Children) -> bool:
    return any(line.text.startswith("ip binding vpn-instance") for line in lines)


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
    main = s.interface_name.partition(".")[0]
    return not any(
        line.params["vid"] == s.param("vid")
        for section in interfaces(s.configuration)
        if section.params["interface"].startswith(f"{main}.")
        and section.params["interface"] != s.interface_name
        for line in section.all("if.vlan-type")
    )
