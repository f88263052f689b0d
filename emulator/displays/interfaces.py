"""`display interface brief`, `display ip` and `display ipv6 interface brief` (command reference)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.displays.text import interface_order, ipv6, row, short
from emulator.protocols.states import DownBy, PhysicalState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import InterfaceAddress, InterfaceState

LEGEND = [
    "PHY: Physical",
    "*down: administratively down",
    "^down: standby",
    "(l): loopback",
    "(s): spoofing",
    "(E): E-Trunk down",
    "(b): BFD down",
    "(B): Bit-error-detection down",
    "(e): ETHOAM down",
    "(d): Dampening Suppressed",
    "(p): port alarm down",
    "(ld): loop-detect trigger down",
    "(mf): mac-flapping blocked",
    "(c): CFM down",
    "(sd): STP instance discarding",
    "InUti/OutUti: input utility/output utility",
]
_IP_LEGEND = [
    "*down: administratively down",
    "!down: FIB overload down",
    "^down: standby",
    "(l): loopback",
    "(s): spoofing",
    "(d): Dampening Suppressed",
    "(E): E-Trunk down",
]
_SHOWN_CAUSES = (DownBy.E_TRUNK, DownBy.BFD)
_VPN_WIDTH = 8


def interface_brief(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show physical state and line protocol of every interface."""
    if "ethernet" in params:
        return _ethernet_brief(view)
    main_only = "main" in params
    listed = [entry for entry in _nested(view) if not (main_only and "." in entry[0].name)]
    return [
        *LEGEND,
        "Interface                   PHY   Protocol  InUti OutUti   inErrors  outErrors",
        *(_brief(interface, indent) for interface, indent in listed),
    ]


def in_order(view: DeviceView) -> list[InterfaceState]:
    """Return the interfaces in the order in which displays list them."""
    return sorted(view.state.interfaces, key=lambda interface: interface_order(interface.name))


def _nested(view: DeviceView) -> Iterable[tuple[InterfaceState, str]]:
    """Yield interfaces with indentation: member ports stand below their trunk where the layout says so."""
    ordered = in_order(view)
    for interface in ordered:
        if view.layout.nested_ports and interface.trunk is not None:
            continue
        yield interface, ""
        if view.layout.nested_ports and interface.name.startswith("Eth-Trunk"):
            number = interface.name.removeprefix("Eth-Trunk")
            yield from ((port, "  ") for port in ordered if str(port.trunk) == number)


def _brief(interface: InterfaceState, indent: str) -> str:
    name = f"{indent}{interface.name}"
    mark, phys = physical(interface)
    inside = row((6, 8), (phys, protocol(interface), ""))
    return f"{name:<27}{mark}{inside}{'0%':>7}{'0%':>8}{0:>10}{0:>11}"


def physical(interface: InterfaceState) -> tuple[str, str]:
    """Return the mark before and the word of the physical state, with the cause that holds it down."""
    if interface.phys is PhysicalState.ADMIN_DOWN:
        return "*", "down"
    cause = f"({interface.down_by})" if interface.down_by in _SHOWN_CAUSES else ""
    return " ", ("down" if cause else interface.phys.value) + cause


def protocol(interface: InterfaceState) -> str:
    """Return the word of the line protocol."""
    if not interface.protocol:
        return "down"
    return "up(s)" if interface.spoofing else "up"


def _ethernet_brief(view: DeviceView) -> list[str]:
    widths = (28, 8, 10, 8, 11, 7, 8)
    head = ("Interface", "PHY", "Auto-Neg", "Duplex", "Bandwidth", "InUti", "OutUti", "Trunk")
    ports = [interface for interface in in_order(view) if "GE" in short(interface.name)]
    return [
        *LEGEND,
        row(widths, head),
        *(
            row(
                widths,
                (
                    port.name,
                    "".join(physical(port)).strip(),
                    "disable",
                    "full",
                    "1000M",
                    "0%",
                    "0%",
                    "--" if port.trunk is None else port.trunk,
                ),
            )
            for port in ports
            if "." not in port.name
        ),
    ]


def ip_interface_brief(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the IPv4 address and both states of every layer-3 interface."""
    only, slot = params.get("interface"), params.get("slot")
    listed = [
        interface
        for interface in in_order(view)
        if interface.trunk is None and not interface.layer2
        if only in (None, interface.name)
        if slot is None or f"GE{slot}/" in short(interface.name)
        if "ip-configured" not in params or ipv4(interface)
        if "type" not in params or not interface.name.lower().startswith(params["type"].lower())
    ]
    headed = view.layout.address_head or "ip-configured" in params
    head = [row((28, 19, 9, 9), ("Interface", "IP Address/Mask", "Physical", "Protocol", "VPN"))]
    lines = [_headed_address(entry) if headed else _bare_address(entry) for entry in listed]
    legend = _IP_LEGEND if headed else [*_IP_LEGEND, "(td): transceiver unmatch down"]
    return [*legend, *_counts(listed), "", *(head if headed else []), *lines]


def _counts(listed: list[InterfaceState]) -> list[str]:
    up = sum(physical(interface)[1] == "up" for interface in listed)
    working = sum(interface.protocol for interface in listed)
    numbers = (
        ("UP in Physical", up),
        ("DOWN in Physical", len(listed) - up),
        ("UP in Protocol", working),
        ("DOWN in Protocol", len(listed) - working),
    )
    return [f"The number of interface that is {what} is {number}" for what, number in numbers]


def ipv4(interface: InterfaceState) -> InterfaceAddress | None:
    """Return the address of IPv4 that an interface has, if any."""
    return next((address for address in interface.addresses if ":" not in address.address), None)


def _address_cells(interface: InterfaceState) -> tuple[str, str, str]:
    address = ipv4(interface)
    vpn = interface.vpn or "--"
    return (
        interface.name,
        "unassigned" if address is None else f"{address.address}/{address.length}",
        vpn if len(vpn) <= _VPN_WIDTH else f"{vpn[: _VPN_WIDTH - 3]}...",
    )


def _headed_address(interface: InterfaceState) -> str:
    name, address, vpn = _address_cells(interface)
    mark, phys = physical(interface)
    return row((28, 18), (name, address, mark)) + row((9, 8), (phys, protocol(interface), vpn))


def _bare_address(interface: InterfaceState) -> str:
    name, address, vpn = _address_cells(interface)
    mark, phys = physical(interface)
    return row((34, 20), (name, address, mark)) + row((11, 9), (phys, protocol(interface), vpn))


def ipv6_interface_brief(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the IPv6 address of every interface that has one."""
    del params
    listed = [entry for entry in in_order(view) if _ipv6(entry)]
    widths = (29, 21, 11)
    lines: list[str] = []
    for interface in listed:
        phys = "".join(physical(interface)).strip()
        lines += [
            row(widths, (interface.name, phys, protocol(interface), interface.vpn or "--")),
            f"[IPv6 Address] {_ipv6(interface)}",
        ]
    return [
        *_IP_LEGEND,
        row(widths, ("Interface", "Physical", "Protocol", "VPN")),
        *lines,
    ]


def _ipv6(interface: InterfaceState) -> str:
    """Return the global address, or the link-local one when there is no other."""
    found = [address for address in interface.addresses if ":" in address.address]
    found.sort(key=lambda address: address.role == "link-local")
    return ipv6(found[0].address) if found else ""
