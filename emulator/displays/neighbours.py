"""`display arp`, `display ipv6 neighbors` and `display ospf peer` (command reference)."""

from __future__ import annotations

from ipaddress import ip_address
from math import ceil
from typing import TYPE_CHECKING

from emulator.displays.text import duration, ipv6, plain_time, row, short
from emulator.protocols.states import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import NeighbourEntry, OspfPeer, OspfProcess

_ARP = (16, 16, 10, 12, 14)
_ARP_HEAD = (16, 16, 10, 12, 12)
_RULE = "-" * 78
_OSPF_RULE = "-" * 73
_ND_RULE = "-" * 77


def arp(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show IPv4 neighbours, of all interfaces or of one."""
    entries = _on_interface(view.state.arp, params)
    counts = _origins(entries)
    totals = (
        f"Total:{len(entries)}",
        f"Dynamic:{counts[Origin.LOCAL]}",
        f"Static:{counts[Origin.STATIC]}",
        f"Interface:{counts[Origin.OWN]}",
        f"Remote:{counts[Origin.REMOTE]}",
    )
    return [
        *(["ARP timeout:1200s"] if view.layout.arp_timeout and "interface" in params else []),
        row(_ARP_HEAD, ("IP ADDRESS", "MAC ADDRESS", "EXPIRE(M)", "TYPE", "INTERFACE", "VPN-INSTANCE")),
        " " * 42 + "VLAN/CEVLAN PVC",
        _RULE,
        *(line for entry in entries for line in _arp(entry, view)),
        _RULE,
        row((16, 16, 12, 15), totals),
        "Redirect:0",
    ]


def _on_interface(entries: tuple[NeighbourEntry, ...], params: Mapping[str, str]) -> list[NeighbourEntry]:
    interface = params.get("interface", "")
    return [
        entry
        for entry in entries
        if interface in ("", "interface", entry.interface)
        if params.get("vpn", entry.vpn) == entry.vpn
        if params.get("slot", str(entry.slot)) == str(entry.slot)
        if "static" not in params or entry.origin is Origin.STATIC
    ]


def _origins(entries: list[NeighbourEntry]) -> dict[Origin, int]:
    return {origin: sum(entry.origin is origin for entry in entries) for origin in Origin}


def _arp(entry: NeighbourEntry, view: DeviceView) -> list[str]:
    kinds = {Origin.OWN: "I -", Origin.STATIC: "S--", Origin.REMOTE: f"R-{entry.slot}"}
    minutes = "" if entry.expires is None else str(ceil(max(0.0, entry.expires - view.state.now) / 60))
    cells = (
        entry.address,
        entry.mac,
        minutes,
        kinds.get(entry.origin, f"D-{entry.slot}"),
        short(entry.interface),
        entry.vpn,
    )
    line = row(_ARP, cells).rstrip()
    return [line] if entry.vlan is None else [line, " " * 42 + f"{entry.vlan}/-"]


def arp_statistics(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Count IPv4 neighbours by origin."""
    counts = _origins(_on_interface(view.state.arp, params))
    cells = (
        f"Dynamic:{counts[Origin.LOCAL]}",
        f"Static:{counts[Origin.STATIC]}",
        f"Remote: {counts[Origin.REMOTE]}",
        "Redirect:0",
    )
    return [row((18, 13, 14), cells)]


def nd(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show IPv6 neighbours, of all interfaces or of one."""
    entries = [
        entry
        for entry in _on_interface(view.state.nd, params)
        if entry.origin is not Origin.OWN
        if "ipv6" not in params or ip_address(entry.address) == ip_address(params["ipv6"])
    ]
    counts = _origins(entries)
    if "brief" in params:
        return _nd_brief(entries, counts)
    lines = [_ND_RULE]
    for entry in entries:
        age = "-" if entry.origin is Origin.STATIC else int((view.state.now - entry.since) / 60)
        lines += [
            f"IPv6 Address : {ipv6(entry.address)}",
            row((50,), (f"Link-layer   : {entry.mac}", "State     : REACH")),
            row((50,), (f"Interface    : {short(entry.interface)}", f"Age       : {age}")),
            row((50,), (f"VLAN         : {'-' if entry.vlan is None else entry.vlan}", "CEVLAN    : -")),
            row((50,), (f"VPN name     : {entry.vpn or '-'}", "Is Router : FALSE")),
            "Secure FLAG  : UN-SECURE",
            _ND_RULE,
        ]
    return [*lines, _nd_totals(entries, counts)]


def _nd_totals(entries: list[NeighbourEntry], counts: Mapping[Origin, int]) -> str:
    total = (f"Total: {len(entries)}", f"Dynamic: {counts[Origin.LOCAL]}", f"Static: {counts[Origin.STATIC]}")
    return row((16, 16, 15), (*total, f"Remote:{counts[Origin.REMOTE]}"))


def _nd_brief(entries: list[NeighbourEntry], counts: Mapping[Origin, int]) -> list[str]:
    """Show two lines an entry, the address on a line of its own; every entry that is heard is reachable."""
    rule = "-" * 65
    widths = (21, 17, 6, 5)
    letters = {Origin.STATIC: "S", Origin.REMOTE: "R"}
    lines = [
        line
        for entry in entries
        for line in (
            ipv6(entry.address),
            row(widths, ("", entry.mac, "R", letters.get(entry.origin, "D"), short(entry.interface))),
        )
    ]
    return [
        "D-Dynamic,S-Static,R-Remote",
        "I-INCMP,R-REACH,S-STALE,D-DELAY,P-PROBE",
        rule,
        row(widths, ("IPv6 Address", "Link-layer", "State", "Type", "Interface")),
        rule,
        *lines,
        rule,
        _nd_totals(entries, counts),
    ]


def ospf_peers(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show OSPF neighbours, in full or as a table with `brief`."""
    number, interface = params.get("process"), params.get("interface", "")
    lines: list[str] = []
    for process in view.state.ospf:
        if number not in (None, str(process.process)):
            continue
        peers = [
            peer
            for peer in view.state.ospf_peers
            if peer.process == process.process and interface in ("", "interface", peer.interface)
            if params.get("neighbor", peer.neighbour_id) == peer.neighbour_id
        ]
        lines += ["", *(_ospf_brief if "brief" in params else _ospf_full)(process, peers, view)]
    return lines[1:]


def _ospf_title(process: OspfProcess) -> list[str]:
    return [
        "(M) Indicates MADJ interface",
        f"          OSPF Process {process.process} with Router ID {process.router_id}",
    ]


def _ospf_brief(process: OspfProcess, peers: list[OspfPeer], view: DeviceView) -> list[str]:
    del view
    widths = (16, 15, 17)
    full = sum(peer.state == "Full" for peer in peers)
    return [
        *_ospf_title(process),
        "                   Peer Statistic Informations",
        "",
        f"  Total number of peer(s): {len(peers)}",
        f"  Peer(s) in full state: {full}",
        "",
        _OSPF_RULE,
        " " + row(widths, ("Area Id", "Interface", "Neighbor id", "State")),
        *(
            " " + row(widths, (peer.area, short(peer.interface), peer.neighbour_id, peer.state))
            for peer in peers
        ),
        _OSPF_RULE,
    ]


def _ospf_full(process: OspfProcess, peers: list[OspfPeer], view: DeviceView) -> list[str]:
    lines = [*_ospf_title(process), "                Neighbors"]
    none = "0.0.0.0"  # noqa: S104 - printed, not listened on
    for peer in peers:
        age = view.state.now - peer.since
        lines += [
            "",
            f" Area {peer.area} interface {peer.local} ( {short(peer.interface)} )'s neighbors",
            row((28,), (f" Router ID: {peer.neighbour_id}", f"Address: {peer.address}")),
            f"   State: {peer.state}  Mode:Nbr is  {_mode(peer)}   Priority: {peer.priority}",
            f"   DR: {peer.dr or none}   BDR: {peer.bdr or none}    MTU: 0",
            f"   Dead timer due in  {40 - int(age) % 10}  sec",
            "   Retrans timer interval: 5",
            f"   Neighbor is up for {duration(age)}",
            f"   Neighbor Up Time : {plain_time(view.moment(peer.since))}",
            "   Authentication Sequence: [ 0 ]",
        ]
    return lines


def _mode(peer: OspfPeer) -> str:
    """The neighbour with the greater router ID led the exchange of databases."""
    greater = _number(peer.neighbour_id) > _number(peer.router_id)
    return "Master" if greater else "Slave"


def _number(dotted: str) -> tuple[int, ...]:
    return tuple(int(part) for part in dotted.split("."))
