"""`display igmp interface`, `display mld interface` and `display pim interface` (command reference)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emulator.displays.text import ipv6, row, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import MembershipView, PimView

_HEAD = "Interface information of VPN-Instance: public net"
_HEAD4, _TABLE4 = (15, 8, 9, 11, 11), (15, 9, 10, 12, 8, 15)
_HEAD6, _TABLE6 = (20, 6, 7, 11, 11), (32, 6, 8, 11, 11, 16)
_CUT = 15
"""Columns of an IPv6 address in the table of PIM interfaces."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What IGMP and MLD name differently."""

    name: str
    query_interval: int
    leaves: str
    ipsec: str


_IGMP = _Words("IGMP", 60, "leaves", "disable")
_MLD = _Words("MLD", 125, "dones", "disabled")


def igmp(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the interfaces that run IGMP."""
    return _interfaces(view.state.igmp_interfaces, _IGMP, params)


def mld(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the interfaces that run MLD."""
    return _interfaces(view.state.mld_interfaces, _MLD, params)


def _selects(params: Mapping[str, str], interface: str, *, up: bool) -> bool:
    if "vpn" in params:
        return False  # nothing here runs in a VPN instance
    state_fits = not (("up" in params and not up) or ("down" in params and up))
    return params.get("interface", interface) in {"interface", interface} and state_fits


def _interfaces(found: Sequence[MembershipView], words: _Words, params: Mapping[str, str]) -> list[str]:
    running = [one for one in found if one.address]  # without an address nothing is sent: no page shows one
    wanted = [one for one in running if _selects(params, one.interface, up=one.up)]
    shape = _verbose if "verbose" in params else _plain
    blocks = [line for one in wanted for line in shape(one, words)]
    return [_HEAD, *blocks] if blocks else []


def _title(one: MembershipView) -> str:
    return f" {one.interface}({ipv6(one.address)}):"


def _state(one: MembershipView, words: _Words) -> list[str]:
    return [
        f"   {words.name} is enabled",
        f"   Current {words.name} version is {one.version}",
        f"   {words.name} state: {'up' if one.up else 'down'}",
        f"   {words.name} group policy: none",
    ]


def _timers(words: _Words) -> list[str]:
    """Return the timers; the MLD page shows negotiated values, the IGMP page none."""
    interval = f"{words.query_interval} s"
    return [
        f"   Value of query interval for {words.name} (negotiated): {interval if words is _MLD else '-'}",
        f"   Value of query interval for {words.name} (configured): {interval}",
        f"   Value of other querier timeout for {words.name}: 0 s",
        f"   Value of maximum query response time for {words.name}: 10 s",
    ]


def _querier(one: MembershipView, words: _Words) -> str:
    mark = " (this router)" if one.own else ""
    return f"   Querier for {words.name}: {ipv6(one.querier) or '-'}{mark}"


def _total(one: MembershipView, words: _Words, indent: str) -> list[str]:
    """Return the number of groups; the MLD page has no such line without one."""
    if not one.groups and words is _MLD:
        return []
    return [f"{indent}Total {one.groups} {words.name} Group{'' if one.groups == 1 else 's'} reported"]


def _plain(one: MembershipView, words: _Words) -> list[str]:
    limit = [f"   {words.name} limit: -"] if words is _IGMP else []
    return [
        _title(one),
        *_state(one, words),
        *limit,
        *_timers(words),
        _querier(one, words),
        *_total(one, words, "   "),
    ]


def _verbose(one: MembershipView, words: _Words) -> list[str]:
    activity = f"{one.joins} joins, {one.leaves} {words.leaves}"
    return [
        _title(one),
        *_state(one, words),
        *_timers(words),
        _querier(one, words),
        f"   {words.name} activity: {activity}",
        f"   Robustness (negotiated): {'2' if words is _MLD else '-'}",
        "   Robustness (configured): 2",
        "   Require-router-alert: disabled",
        "   Send-router-alert: enabled",
        "   Prompt-leave: disabled",
        "   SSM-Mapping: disabled",
        "   Startup-query-timer-expiry: off",
        "   Other-querier-present-timer-expiry: off",
        f"   {words.name} ipsec: {words.ipsec}",
        *_total(one, words, "  "),
    ]


def pim(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the interfaces that run PIM, as a table or in full."""
    return _pim(params, view, six=False)


def pim6(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the interfaces that run IPv6 PIM, as a table or in full."""
    return _pim(params, view, six=True)


def _pim(params: Mapping[str, str], view: DeviceView, *, six: bool) -> list[str]:
    wanted = [
        one
        for one in view.state.pim
        if one.ipv6 is six and one.address and _selects(params, one.interface, up=one.up)
    ]
    if not wanted:
        return []
    head = "VPN-Instance: public net"
    if "verbose" in params:
        return [head, *(line for one in wanted for line in _pim_record(one))]
    indent, heads, widths = ("", _HEAD6, _TABLE6) if six else (" ", _HEAD4, _TABLE4)
    titles = ("Interface", "State", "NbrCnt", "HelloInt", "DR-Pri", "DR-Address")
    return [head, indent + row(heads, titles), *(indent + row(widths, _cells(one)) for one in wanted)]


def _cells(one: PimView) -> tuple[object, ...]:
    cells = (_table_name(one.interface), _up(one), one.neighbours, 30, one.priority)
    designated = ipv6(one.designated)[:_CUT]
    return (*cells, designated, "(local)") if one.own else (*cells, designated)


def _table_name(interface: str) -> str:
    """Return the name in the table: loopbacks are spelt with a small b."""
    return short(interface).replace("LoopBack", "Loopback")


def _up(one: PimView) -> str:
    return "up" if one.up else "down"


def _pim_record(one: PimView) -> list[str]:
    on, off = "enabled", "disabled"
    lines = [
        ("PIM version", 2),
        ("PIM mode", "Sparse"),
        ("PIM state", _up(one)),
        ("PIM DR", f"{ipv6(one.designated)}{' (local)' if one.own else ''}"),
        ("PIM DR Priority (configured)", one.priority),
        ("PIM neighbor count", one.neighbours),
        ("PIM hello interval", "30 s"),
        ("PIM LAN delay (negotiated)", "500 ms"),
        ("PIM LAN delay (configured)", "500 ms"),
        ("PIM hello override interval (negotiated)", "2500 ms"),
        ("PIM hello override interval (configured)", "2500 ms"),
        ("PIM Silent", off),
        ("PIM hello hold interval", "105 s"),
        ("PIM assert hold interval", "180 s"),
        ("PIM J/P interval", "60 s"),
        ("PIM J/P hold interval", "210 s"),
        ("PIM BSR domain border", off),
        ("PIM BFD", off),
        ("PIM dr-switch-delay timer", "not configured"),
        ("PIM ipsec", "disable" if one.ipv6 else off),
    ]
    if not one.ipv6:  # the page of IPv6 has neither line
        lines += [
            ("PIM ignore dr-status", on if one.ignore_dr else off),
            ("PIM ignore assert", on if one.ignore_assert else off),
        ]
    return [
        f" Interface: {one.interface}, {ipv6(one.address)}",
        *(f"     {label}: {value}" for label, value in lines),
    ]
