"""`display igmp group`, `display mld group` and the snooping tables (command reference)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from emulator.displays.text import duration, interface_order, ipv6, row, short
from emulator.protocols.states import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import GroupEntry, SnoopingEntry


@dataclass(frozen=True, slots=True)
class _Words:
    """What IGMP and MLD name differently."""

    protocol: str
    last: str
    widths: tuple[int, ...]


_IGMP = _Words("IGMP", "Last-member-query", (16, 16, 12))
_MLD = _Words("MLD", "Last-listener-query", (40, 26, 12))


def igmp_groups(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the IPv4 groups that hosts have joined, by interface."""
    return _groups(view.state.igmp, _IGMP, params, view)


def mld_groups(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the IPv6 groups that hosts have joined, by interface."""
    return _groups(view.state.mld, _MLD, params, view)


def _groups(
    entries: tuple[GroupEntry, ...], words: _Words, params: Mapping[str, str], view: DeviceView
) -> list[str]:
    if "vpn" in params or "ssm-mapping" in params:
        return []  # hosts join on the public network, and name their sources themselves
    static = "static" in params
    group, interface = params.get("group", "").lower(), params.get("interface", "")
    wanted = [
        entry
        for entry in entries
        if (entry.origin is Origin.STATIC) is static
        if group in ("", "group", entry.group.lower())
        if interface in ("", "interface", entry.interface)
    ]
    if not wanted:
        return []
    wanted.sort(key=lambda entry: interface_order(entry.interface))
    verbose = "verbose" in params
    lines = ["Interface group report information of VPN-Instance: public net"]
    if verbose:
        lines.append(" Limited entry of this VPN-Instance: -")
    for _, found in groupby(wanted, key=lambda entry: entry.interface):
        shape = _verbose if verbose else _plain
        lines += shape(list(found), words, view)
    return lines


def _total(number: int, words: _Words) -> str:
    return f"  Total {number} {words.protocol} Group{'s' if number > 1 else ''} reported"


def _times(entry: GroupEntry, view: DeviceView) -> tuple[str, str]:
    now = view.state.now
    expires = "off" if entry.expires is None else duration(max(0.0, entry.expires - now))
    return duration(now - entry.since), expires


def _named(entries: Iterable[GroupEntry]) -> dict[str, list[GroupEntry]]:
    """Collect the sources of each group; the device counts a group once."""
    named: dict[str, list[GroupEntry]] = {}
    for entry in entries:
        named.setdefault(entry.group, []).append(entry)
    return named


def _plain(entries: list[GroupEntry], words: _Words, view: DeviceView) -> list[str]:
    first = entries[0]
    named = _named(entries)
    return [
        f" {first.interface}({ipv6(first.interface_address)}):",
        _total(len(named), words),
        "   " + row(words.widths, ("Group Address", "Last Reporter", "Uptime", "Expires")),
        *(
            "   "
            + row(words.widths, (ipv6(found[0].group), ipv6(found[0].reporter), *_times(found[0], view)))
            for found in named.values()
        ),
    ]


def _verbose(entries: list[GroupEntry], words: _Words, view: DeviceView) -> list[str]:
    first = entries[0]
    named = _named(entries)
    lines = [
        f" {first.interface}({ipv6(first.interface_address)})",
        f"  Total {'entry' if len(named) == 1 else 'entries'} on this interface: {len(named)}",
        "  Limited entry on this interface: -",
        _total(len(named), words),
    ]
    for found in named.values():
        uptime, expires = _times(found[0], view)
        lines += [
            f"   Group: {ipv6(found[0].group)}",
            f"     Uptime: {uptime}",
            f"     Expires: {expires}",
            f"     Last reporter: {ipv6(found[0].reporter)}",
            f"     {words.last}-counter: 0",
            f"     {words.last}-timer-expiry: off",
            "     Version1-host-present-timer-expiry: off",
        ]
        sources = [entry for entry in found if entry.source]
        if sources:
            lines.append("     Source list:")
        for entry in sources:
            lines += [f"       Source: {ipv6(entry.source)}", f"       Uptime: {_times(entry, view)[0]}"]
    return lines


@dataclass(frozen=True, slots=True)
class _SnoopingShape:
    """Columns of a snooping table: the margin, the rule, where groups end or begin and flags stand."""

    margin: str
    rule: int
    head: str
    flag_lines: tuple[str, str]
    right_aligned: bool
    entry_flags: int
    port_flags: int


_IGMP_SHAPE = _SnoopingShape(
    margin=" ",
    rule=83,
    head="                     (Source, Group)  Port                                      Flag",
    flag_lines=(
        "  Flag: S:Static     D:Dynamic     M:Ssm-mapping",
        "        A:Active     P:Protocol    F:Fast-channel",
    ),
    right_aligned=True,
    entry_flags=80,
    port_flags=80,
)
_MLD_SHAPE = _SnoopingShape(
    margin="  ",
    rule=86,
    head="  (Source, Group)                       Port                                         Flag",
    flag_lines=_IGMP_SHAPE.flag_lines,
    right_aligned=False,
    entry_flags=85,
    port_flags=83,
)


def igmp_snooping_ports(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show which ports have joined IPv4 groups, of the ports that are up."""
    return _snooping(params, view, _IGMP_SHAPE, six=False)


def mld_snooping_ports(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show which ports have joined IPv6 groups, of the ports that are up."""
    return _snooping(params, view, _MLD_SHAPE, six=True)


def _snooping(params: Mapping[str, str], view: DeviceView, shape: _SnoopingShape, *, six: bool) -> list[str]:
    listed = [
        entry
        for entry in view.state.snooping
        if entry.ipv6 is six and entry.port_up and _in_scope(entry, params)
    ]
    if not listed:
        return []
    rule = shape.margin + "-" * shape.rule
    lines = [rule, *shape.flag_lines, shape.head, rule]
    for title, members in groupby(sorted(listed, key=_place), key=_scope):
        flows: dict[tuple[str, str], list[SnoopingEntry]] = {}
        for entry in members:
            flows.setdefault((entry.source or "*", entry.group), []).append(entry)
        lines.append(f"{shape.margin}{title}, {len(flows)} Entry(s)")
        for (source, group), ports in flows.items():
            lines += _flow(f"({source}, {ipv6(group)})", ports, shape)
        lines.append(rule)
    return lines


def _in_scope(entry: SnoopingEntry, params: Mapping[str, str]) -> bool:
    return all(
        (
            params.get("vlan", "vlan") in ("vlan", entry.scope_name if entry.scope == "vlan" else ""),
            params.get("vsi", "vsi") in ("vsi", entry.scope_name if entry.scope == "vsi" else ""),
            params.get("group", entry.group).lower() == entry.group.lower(),
        )
    )


def _place(entry: SnoopingEntry) -> tuple[str, int, str]:
    return entry.scope, entry.vlan, entry.scope_name


def _scope(entry: SnoopingEntry) -> str:
    return f"VLAN {entry.vlan}" if entry.scope == "vlan" else f"VSI {entry.scope_name}, VLAN {entry.vlan}"


def _flow(flow: str, ports: list[SnoopingEntry], shape: _SnoopingShape) -> list[str]:
    text = f"{flow:>36}" if shape.right_aligned else f"{shape.margin}{flow}"
    lines = [row((shape.entry_flags,), (text, "P--"))]
    for entry in ports:
        name = short(entry.port) + (f"(PE:{entry.vlan})" if entry.scope == "vsi" else "")
        flags = "S--" if entry.origin is Origin.STATIC else "-D-"
        lines.append(row((shape.port_flags,), (" " * 38 + name, flags)))
    return [*lines, " " * 56 + f"{len(ports)} port(s) include"]
