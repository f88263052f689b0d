"""Interfaces as configured: state, addresses, VLANs, and what is bound to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING

from emulator.protocols.settings import membership
from emulator.protocols.settings.reading import address, has, number, optional_number, prefix_length, word
from emulator.protocols.states import InterfaceAddress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.config.statement import Configuration, Statement
    from emulator.protocols.settings.membership import MembershipSettings

    Network = IPv4Network | IPv6Network

_ENTER = frozenset({"if.enter", "if.enter-eth-trunk", "if.enter-loopback", "if.enter-vlanif"})
_NAME = re.compile(r"(?P<type>.*?[A-Za-z])(?P<number>\d[\d/:]*)(?:\.(?P<sub>\d+))?$")
_VPN = re.compile(r"ip binding vpn-instance (\S+)$")
_SPEEDS = {
    "GigabitEthernet": 1000,
    "10GE": 10_000,
    "25GE": 25_000,
    "40GE": 40_000,
    "100GE": 100_000,
    "50|100GE": 100_000,
}


class Kind(StrEnum):
    """What an interface is made of."""

    PORT = "port"
    TRUNK = "trunk"
    LOOPBACK = "loopback"
    VLANIF = "vlanif"
    NULL = "null"
    OTHER = "other"


_KINDS = {
    "Eth-Trunk": Kind.TRUNK,
    "LoopBack": Kind.LOOPBACK,
    "Vlanif": Kind.VLANIF,
    "NULL": Kind.NULL,
    "Virtual-Ethernet": Kind.OTHER,
    "Virtual-Template": Kind.OTHER,
    "Global-VE": Kind.OTHER,
    "Tunnel": Kind.OTHER,
    "Vbdif": Kind.OTHER,
    "PW-VE": Kind.OTHER,
}


@dataclass(frozen=True, slots=True)
class IgpSetting:
    """An interior routing protocol on an interface.

    Args:
        protocol: `ospf`, `ospfv3`, `isis` or `isis6`.
        area: empty for IS-IS.
    """

    protocol: str
    process: int
    area: str = ""


@dataclass(frozen=True, slots=True)
class InterfaceSettings:
    """One interface as configured.

    Args:
        name: canonical long name; `main` is the main interface's, the same for a main interface.
        enabled: `undo shutdown`, or a kind that is up without it.
        subnets: those of its addresses, link-local ones left out.
        vlans: VLAN numbers of a sub-interface or a layer-2 port; empty for an untagged layer-3 one.
        trunk: Eth-Trunk that the port joined.
        track_group: monitor group that brings it down, and the weight at which (None: all bindings).
        track_admin: interface and vrid of an mVRRP group that brings it down.
        static_groups: static IGMP groups with their source, empty for any.
        domain: of its subscribers; empty for the default one.
        multicast: IGMP, MLD and PIM; None where none of them runs.
    """

    name: str
    main: str
    kind: Kind
    index: int
    enabled: bool
    description: str = ""
    addresses: tuple[InterfaceAddress, ...] = ()
    subnets: tuple[Network, ...] = ()
    ipv6: bool = False
    mac: str = ""
    vpn: str = ""
    vlans: frozenset[int] = frozenset()
    layer2: bool = False
    vsi: str = ""
    trunk: int | None = None
    port_priority: int = 32768
    rbp: str = ""
    igp: tuple[IgpSetting, ...] = ()
    igmp: bool = False
    mld: bool = False
    bas: bool = False
    domain: str = ""
    dhcp_server: bool = False
    static_groups: tuple[tuple[str, str], ...] = ()
    track_group: tuple[str, int | None] | None = None
    track_admin: tuple[str, int] | None = None
    recover_delay: int | None = None
    recover_delay6: int | None = None
    has_vrrp: bool = False
    multicast: MembershipSettings | None = None
    mtu: int = 1500

    @property
    def is_sub(self) -> bool:
        """Tell whether this is a sub-interface."""
        return self.name != self.main

    @property
    def speed_mbps(self) -> int:
        """Return the bandwidth of a port by its type."""
        return next((mbps for head, mbps in _SPEEDS.items() if self.name.startswith(head)), 1000)

    @property
    def faces_hosts(self) -> bool:
        """Tell whether hosts are expected behind it, so that a switch stands between it and its peers."""
        return bool(self.has_vrrp or self.rbp or self.igmp or self.mld or self.bas or self.dhcp_server)


def read(configuration: Configuration) -> dict[str, InterfaceSettings]:
    """Return the interfaces of a configuration by canonical name."""
    lines = [line for line in configuration.statements if line.command in _ENTER]
    interfaces = (_interface(line, index) for index, line in enumerate(lines, start=1))
    return {interface.name: interface for interface in interfaces}


def _interface(line: Statement, index: int) -> InterfaceSettings:
    name = line.interface
    match = _NAME.match(name)
    kind = _KINDS.get(match["type"], Kind.PORT) if match else Kind.OTHER
    addresses = tuple(_addresses(line))
    main = name.rpartition(".")[0] if match and match["sub"] else name
    group, admin = line.first("if.track-mg"), line.first("if.track-admin")
    return InterfaceSettings(
        name=name,
        main=main,
        kind=kind,
        index=index,
        enabled=_enabled(line, is_port=kind is Kind.PORT and main == name),
        description=word(line, "if.description", "text"),
        addresses=addresses,
        subnets=tuple(
            ip_network(f"{entry.address}/{entry.length}", strict=False)
            for entry in addresses
            if entry.role != "link-local"
        ),
        ipv6=has(line, "if.ipv6"),
        mac=word(line, "if.mac", "mac"),
        vpn=next((m[1] for child in line.all("foreign") if (m := _VPN.match(child.text))), ""),
        vlans=frozenset(_vlans(line)) or _vlanif(match, kind),
        layer2=has(line, "if.portswitch"),
        vsi=word(line, "if.l2-vsi", "vsi"),
        trunk=optional_number(line, "if.eth-trunk-join", "trunk-id"),
        port_priority=optional_number(line, "if.lacp-prio", "priority") or 32768,
        rbp=word(line, "if.rbp", "rbp-name"),
        igp=tuple(_igp(line)),
        igmp=has(line, "if.igmp"),
        mld=has(line, "if.mld"),
        bas=has(line, "if.bas"),
        domain=next((word(bas, "bas.access-type", "domain") for bas in line.all("if.bas")), ""),
        dhcp_server=has(line, "if.dhcp-server"),
        static_groups=tuple(
            (entry.params["group"], entry.params.get("source", "")) for entry in line.all("if.igmp-static")
        ),
        track_group=(group.params["group"], optional_number(line, "if.track-mg", "weight"))
        if group
        else None,
        track_admin=(admin.params["interface"], int(admin.params["vrid"])) if admin else None,
        recover_delay=optional_number(line, "vrrp.recover-delay", "seconds"),
        recover_delay6=optional_number(line, "vrrp6.recover-delay", "seconds"),
        has_vrrp=any(has(line, command) for command in _VRRP),
        multicast=membership.read(line, name),
        mtu=number(line, "if.mtu", "bytes", 1500),
    )


def _vlanif(match: re.Match[str] | None, kind: Kind) -> frozenset[int]:
    return frozenset({int(match["number"])}) if match and kind is Kind.VLANIF else frozenset()


def _enabled(line: Statement, *, is_port: bool) -> bool:
    """Ports are shut until `undo shutdown`; everything else is up until `shutdown`."""
    state = line.first("if.shutdown")
    return not is_port if state is None else state.text == "undo shutdown"


def _addresses(line: Statement) -> Iterator[InterfaceAddress]:
    for entry in line.all("if.ip"):
        role = "sub" if entry.text.endswith(" sub") else "primary"
        yield InterfaceAddress(address(entry.params["ip"]), prefix_length(entry.params["mask"]), role)
    for entry in line.all("if.ipv6-addr"):
        yield InterfaceAddress(address(entry.params["ipv6"]), int(entry.params["len"]), "global")
    for entry in line.all("if.ipv6-ll"):
        if "ipv6" in entry.params:
            yield InterfaceAddress(address(entry.params["ipv6"]), 64, "link-local")


def _vlans(line: Statement) -> Iterator[int]:
    for command, names in (
        ("if.vlan-type", ("vid",)),
        ("if.dot1q-term", ("low", "high")),
        ("if.user-vlan", ("start-vlan-id", "end-vlan-id")),
        ("if.pvid", ("vid",)),
    ):
        for entry in line.all(command):
            bounds = [int(entry.params[name]) for name in names if name in entry.params]
            yield from range(bounds[0], bounds[-1] + 1)
    for entry in line.all("if.allow-pass"):
        everything = entry.text.endswith(" all")
        yield from range(1, 4095) if everything else vlan_list(entry.params.get("vlans", ""))


def vlan_list(text: str) -> Iterator[int]:
    """Yield the numbers of a list such as `10 20 to 30`."""
    for low, high in re.findall(r"(\d+)(?: to (\d+))?", text):
        yield from range(int(low), int(high or low) + 1)


_VRRP = ("vrrp.create", "vrrp6.create", "vrrp.admin", "vrrp6.admin")
_IGP = (("if.ospf", "ospf"), ("if.ospfv3", "ospfv3"), ("if.isis", "isis"), ("if.isis6", "isis6"))


def _igp(line: Statement) -> Iterator[IgpSetting]:
    for command, protocol in _IGP:
        for entry in line.all(command):
            process = int(entry.params.get("process", "1"))
            yield IgpSetting(protocol, process, entry.params.get("area", ""))
