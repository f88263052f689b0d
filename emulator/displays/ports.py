"""`display interface`, its `description`, `display ip interface`, `display ipv6 interface`: one block each.

The blocks that the command reference shows are those of physical ports. Trunks, loopbacks and logical
interfaces leave out what only hardware has. The emulator counts no packets: every counter is 0.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from emulator.displays.interfaces import LEGEND, in_order, ipv4, physical, protocol
from emulator.displays.text import NEVER, ipv6, plain_time, row, short
from emulator.protocols.states import PhysicalState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import InterfaceState

_ABSENT = ["Error: The interface does not exist."]
_HARDWARE = ("GE", "Eth-Trunk")
_COUNTERS_IN = (
    "Unicast: 0 packets, Multicast: 0 packets",
    "Broadcast: 0 packets, JumboOctets: 0 packets",
    "CRC: 0 packets, Symbol: 0 packets",
    "Overrun: 0 packets, InRangeLength: 0 packets",
    "LongPacket: 0 packets, Jabber: 0 packets, Alignment: 0 packets",
    "Fragment: 0 packets, Undersized Frame: 0 packets",
    "RxPause: 0 packets",
)
_COUNTERS_OUT = (
    "Unicast: 0 packets, Multicast: 0 packets",
    "Broadcast: 0 packets, JumboOctets: 0 packets",
    "Lost: 0 packets, Overflow: 0 packets, Underrun: 0 packets",
    "System: 0 packets, Overruns: 0 packets",
    "TxPause: 0 packets",
)
_ICMP = (
    "Echo reply",
    "Unreachable",
    "Source quench",
    "Routing redirect",
    "Echo request",
    "Router advert",
    "Router solicit",
    "Time exceed",
    "IP header bad",
    "Timestamp request",
    "Timestamp reply",
    "Information request",
    "Information reply",
    "Netmask request",
    "Netmask reply",
)


def interfaces(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show interfaces in full: one, those of a type or a slot, the physical ones with `main`, or all."""
    wanted = _selected(params, view)
    if params.get("interface", "interface") != "interface" and not wanted:
        return _ABSENT
    if "main" in params:
        wanted = [one for one in wanted if "GE" in short(one.name) and "." not in one.name]
    return [line for one in wanted for line in _block(one, view, brief_name="main" in params)]


def _selected(params: Mapping[str, str], view: DeviceView) -> list[InterfaceState]:
    name, slot = params.get("interface", "interface"), params.get("slot", "")
    kind = params.get("type", "").lower()
    return [
        one
        for one in in_order(view)
        if name in {"interface", one.name}
        if not kind or one.name.lower().startswith(kind)
        if slot in {"", "slot"} or f"GE{slot}/" in short(one.name)
    ]


def _state(one: InterfaceState) -> str:
    if one.phys is PhysicalState.ADMIN_DOWN:
        return "Administratively DOWN"
    return "UP" if physical(one)[1] == "up" else "DOWN"


def _block(one: InterfaceState, view: DeviceView, *, brief_name: bool) -> list[str]:
    lines = [
        f"{short(one.name) if brief_name else one.name} current state : {_state(one)} (ifindex: {one.index})",
        f"Line protocol current state : {'UP' if one.protocol else 'DOWN'}",
        *_last_protocol_up(one, view),
        f"Description: {one.description}".rstrip(),
        f"{'Switch' if one.layer2 else 'Route'} Port,The Maximum Transmit Unit is {one.mtu}",
    ]
    if not one.layer2:
        lines.append(_address(one))
    if any(kind in short(one.name) for kind in _HARDWARE):
        lines.append(
            f"IP Sending Frames' Format is PKTFMT_ETHNT_2, Hardware address is {one.mac}",
        )
    if "." in one.name or not any(kind in short(one.name) for kind in _HARDWARE):
        return [*lines, f"Current system time: {plain_time(view.wall)}"]
    return [*lines, *_physical(one, view)]


def _last_protocol_up(one: InterfaceState, view: DeviceView) -> list[str]:
    """Return since when the line protocol is up; the line is missing while it never came up."""
    if one.last_up is None:
        return []
    return [f"Last line protocol up time :  {plain_time(view.moment(one.last_up))}"]


def _address(one: InterfaceState) -> str:
    address = ipv4(one)
    if address is None:
        return "Internet protocol processing : disabled"
    return f"Internet Address is {address.address}/{address.length}"


def _physical(one: InterfaceState, view: DeviceView) -> list[str]:
    port = ["Loopback:none, LAN full-duplex mode, Pause Flowcontrol: Receive Enable and Send Enable"]
    rate = "0 bits/sec, 0 packets/sec"
    never = f"0 bits/sec, Record time: {NEVER}"
    return [
        *(port if "GE" in short(one.name) else []),
        f"Last physical up time   :  {plain_time(view.moment(one.last_up), '-')}",
        f"Last physical down time : {plain_time(view.moment(one.last_down), '-')}",
        f"Current system time: {plain_time(view.wall)}",
        "Statistics last cleared:never",
        f"      Last 300 seconds input rate: {rate}",
        f"      Last 300 seconds output rate: {rate}",
        f"      Input peak rate {never}",
        f"      Output peak rate {never}",
        "      Input: 0 bytes, 0 packets",
        "      Output: 0 bytes, 0 packets",
        "    Input:",
        *(f"      {counters}" for counters in _COUNTERS_IN),
        "    Output:",
        *(f"      {counters}" for counters in _COUNTERS_OUT),
        "    Last 300 seconds input utility rate:  0.00%",
        "    Last 300 seconds output utility rate: 0.00%",
    ]


def descriptions(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show state and description of interfaces; the legend stands above the whole table alone."""
    wanted = _selected(params, view)
    named = params.get("interface", "interface") != "interface"
    if named and not wanted:
        return _ABSENT
    widths = (30, 8, 9)
    legend = [] if named or {"slot", "type"} & set(params) else LEGEND[:-1]
    rows = (
        row(widths, (short(one.name), "".join(physical(one)).strip(), protocol(one), one.description))
        for one in wanted
    )
    head = row(widths, ("Interface", "PHY", "Protocol", "Description"))
    return [*legend, head, *(line.rstrip() for line in rows)]


def ip_interfaces(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the IPv4 side of interfaces that can hold an address: one, or all."""
    wanted = [one for one in _selected(params, view) if not one.layer2 and one.trunk is None]
    if params.get("interface", "interface") != "interface" and not wanted:
        return _ABSENT
    return [line for one in wanted for line in _ip_block(one)]


def _ip_block(one: InterfaceState) -> list[str]:
    address = ipv4(one)
    broadcast = "0.0.0.0"  # noqa: S104 - printed, not listened on
    if address is not None:
        network = ip_network(f"{address.address}/{address.length}", strict=False)
        broadcast = str(network.broadcast_address)
    counts = (("input", "output"), "packets : 0, bytes : 0, multicasts : 0")
    return [
        f"{one.name} current state : {_state(one)}",
        f"Line protocol current state : {'UP' if one.protocol else 'DOWN'}",
        f"The Maximum Transmit Unit : {one.mtu} bytes",
        *(f"{way} {counts[1]}" for way in counts[0]),
        "Directed-broadcast packets:",
        f" received packets:{0:>13}, sent packets:{0:>15}",
        f" forwarded packets:{0:>12}, dropped packets:{0:>12}",
        f"ARP packet input number:{0:>12}",
        *(f"  {f'{kind} packet:':<22}{0:>12}" for kind in ("Request", "Reply", "Unknown")),
        _address(one),
        f"Broadcast address : {broadcast}",
        f"TTL being 1 packet number:{0:>10}",
        f"TTL invalid packet number:{0:>10}",
        f"ICMP packet input number:{0:>11}",
        *(f"  {f'{kind}:':<22}{0:>12}" for kind in _ICMP),
        "DHCP packet deal mode: global",
    ]


def ipv6_interfaces(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the IPv6 side of interfaces that run it: one, or all."""
    wanted = [one for one in _selected(params, view) if _link_local(one)]
    if params.get("interface", "interface") != "interface" and not _selected(params, view):
        return _ABSENT
    return [line for one in wanted for line in _ipv6_block(one)]


def _link_local(one: InterfaceState) -> str:
    return next((entry.address for entry in one.addresses if entry.role == "link-local"), "")


def _ipv6_block(one: InterfaceState) -> list[str]:
    own = [entry for entry in one.addresses if entry.role == "global"]
    subnets = [
        f"    {ipv6(entry.address)}, subnet is {ip_network(f'{entry.address}/{entry.length}', strict=False)}"
        for entry in own
    ]
    solicited = dict.fromkeys(
        _solicited(address) for address in (*(entry.address for entry in own), _link_local(one))
    )
    return [
        f"{one.name} current state : {_state(one)}",
        f"IPv6 protocol current state : {'UP' if one.protocol else 'DOWN'}",
        f"IPv6 is enabled, link-local address is {ipv6(_link_local(one))}",
        *(["  Global unicast address(es):", *subnets] if own else ["  No global unicast address configured"]),
        "  Joined group address(es):",
        *(f"    {group}" for group in (*solicited, "FF02::2", "FF02::1")),
        f"  MTU is {one.mtu} bytes",
        "  ND DAD is enabled, number of DAD attempts: 1",
        "  ND NUD is enabled, number of NUD attempts: 3",
        "  ND NUD interval is 1000 milliseconds",
        "  ND reachable time is 1200000 milliseconds",
        "  ND stale time is 1200 seconds",
        "  ND retransmit interval is 1000 milliseconds",
        "  ND RAs are halted",
        "  ND Proxy is disabled",
    ]


def _solicited(address: str) -> str:
    """Return the solicited-node group of an address (RFC 4291, 2.7.1)."""
    low = int(ip_address(address)) & 0xFFFFFF
    return str(ip_address((0xFF02 << 112) | (1 << 32) | (0xFF << 24) | low)).upper()
