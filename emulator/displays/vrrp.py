"""`display vrrp` and `display vrrp6`: detail blocks and tables (command reference)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.displays.text import ipv6, plain_time, row, short
from emulator.protocols.states import VrrpKind, VrrpState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import VrrpTrackView, VrrpView

_TYPES = {VrrpKind.NORMAL: "Normal", VrrpKind.ADMIN: "Admin", VrrpKind.MEMBER: "Member"}
_TABLE4, _HEAD4 = (5, 12, 24, 8, 18, 21), (5, 12, 24, 8, 18, 18)
_TABLE6, _HEAD6 = (5, 12, 23, 8, 17, 19), (5, 12, 24, 8, 17, 19)
_RULE4, _RULE6, _RULE_ADMIN6 = "-" * 97, "-" * 98, "-" * 64
_TRACKS = {
    "interface": ("Track IF", "IF State"),
    "bfd": ("Track BFD", "BFD State"),
    "link-bfd": ("Track BFD", "BFD State"),
    "monitor-group": ("Track Monitor-group", "Monitor-group State"),
    "route-monitor-group": ("Track Route-monitor-group", "Route-monitor-group State"),
    "route": ("Track IP route", "IP route State"),
}


def groups(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show VRRP groups in full, or as a table with `brief`."""
    return _groups(params, view, six=False)


def groups6(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show VRRP6 groups in full, or as a table with `brief`."""
    return _groups(params, view, six=True)


def admin(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the mVRRP groups as a table."""
    del params
    found = [group for group in selected({}, view, six=False) if group.kind is VrrpKind.ADMIN]
    return _table(found, _HEAD4, _TABLE4, _RULE4) if found else []


def admin6(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the mVRRP6 groups as a table of their roles and virtual addresses."""
    del params
    found = [group for group in selected({}, view, six=True) if group.kind is VrrpKind.ADMIN]
    if not found:
        return []
    head = row(_HEAD4, ("VRID", "State", "Interface", "Type", "Virtual IP"))
    return [_totals(found), head, _RULE_ADMIN6, *(row(_TABLE4, _cells(group)[:5]) for group in found)]


def _groups(params: Mapping[str, str], view: DeviceView, *, six: bool) -> list[str]:
    found = selected(params, view, six=six)
    if not found:
        return []
    if "brief" in params:
        if six:
            return _table(found, _HEAD6, _TABLE6, _RULE6)
        return _table(found, _HEAD4, _TABLE4, _RULE4)
    blocks = (_block(group, view, remain=not six or "verbose" in params) for group in found)
    return [line for block in blocks for line in ("", *block)][1:]


def selected(params: Mapping[str, str], view: DeviceView, *, six: bool) -> list[VrrpView]:
    """Return the groups of one family that the parameters of a display select."""
    interface, vrid = params.get("interface", ""), params.get("vrid", "")
    return [
        group
        for group in view.state.vrrp
        if group.ipv6 is six
        if interface in ("", "interface", group.interface)
        if vrid in ("", "vrid", str(group.vrid))
    ]


def _address(group: VrrpView, text: str) -> str:
    if not text:
        return "::" if group.ipv6 else "0.0.0.0"  # noqa: S104 - printed, not listened on
    return ipv6(text)


def _table(found: list[VrrpView], head: tuple[int, ...], widths: tuple[int, ...], rule: str) -> list[str]:
    titles = ("VRID", "State", "Interface", "Type", "Virtual IP", "Master IP", "Local IP")
    return [_totals(found), row(head, titles), rule, *(row(widths, _cells(group)) for group in found)]


def _totals(found: list[VrrpView]) -> str:
    counts = {state: sum(group.state is state for group in found) for state in VrrpState}
    return row(
        (12, 12, 12),
        (
            f"Total:{len(found)}",
            f"Master:{counts[VrrpState.MASTER]}",
            f"Backup:{counts[VrrpState.BACKUP]}",
            f"Non-active:{counts[VrrpState.INITIALIZE]}",
        ),
    )


def _cells(group: VrrpView) -> tuple[object, ...]:
    return (
        group.vrid,
        group.state,
        short(group.interface),
        _TYPES[group.kind],
        _address(group, group.virtual[0] if group.virtual else ""),
        _address(group, group.master),
        _address(group, group.local),
    )


def _timer(group: VrrpView, milliseconds: int) -> str:
    if group.ipv6:
        return f"{milliseconds // 10}cs"
    return f"{milliseconds // 1000}s" if milliseconds % 1000 == 0 else f"{milliseconds}ms"


def _switch(on: bool) -> str:  # noqa: FBT001 - the value itself is what is shown
    return "enabled" if on else "disabled"


def _block(group: VrrpView, view: DeviceView, *, remain: bool) -> list[str]:
    width = 16 if group.ipv6 else 15
    left = "--" if group.remain is None else f"{round(group.remain)}s"
    preempt = f"{'YES' if group.preempt else 'NO'}   Delay Time : {group.preempt_delay}s"
    first, *others = [_address(group, address) for address in group.virtual] or [_address(group, "")]
    copy = [("Na Copy" if group.ipv6 else "Arp Copy", _switch(group.copy))]
    facts = [
        ("State", group.state),
        ("Virtual IP", first),
        *(("", address) for address in others),
        ("Master IP", _address(group, group.master)),
        ("Local IP", _address(group, group.local)),
        ("PriorityRun", group.run_priority),
        ("PriorityConfig", group.priority),
        ("MasterPriority", group.master_priority),
        ("Preempt", f"{preempt}   Remain : {left}" if remain else preempt),
        ("Hold Multiplier", group.hold_multiplier),
        ("TimerRun", _timer(group, group.run_advertise_ms)),
        ("TimerConfig", _timer(group, group.advertise_ms)),
        *([] if group.ipv6 else [("Auth Type", group.auth)]),
        ("Virtual MAC", group.mac),
        ("Check hop limit" if group.ipv6 else "Check TTL", "YES"),
        ("Config Type", group.kind),
        ("Backup-forward", _switch(group.backup_forward)),
        *(copy if view.layout.copy_line else []),
    ]
    return [
        f"{short(group.interface)} | Virtual Router {group.vrid}",
        *(
            f"{label:<{width}}: {value}" if label else " " * (width + 2) + str(value)
            for label, value in facts
        ),
        *(line for track in group.tracks for line in _track(track)),
        f"Create Time       : {plain_time(view.moment(group.created))}",
        f"Last Change Time  : {plain_time(view.moment(group.last_change))}",
    ]


def _track(track: VrrpTrackView) -> list[str]:
    what, state = _TRACKS[track.kind]
    if track.effect in ("peer", "link"):
        effect = f"Track Type : {track.effect}"
    else:
        effect = f"Priority {track.effect.capitalize()} : {track.value}"
    ratio = "" if track.ratio is None else f"   Failure Ratio : {track.ratio}"
    name = short(track.object)
    return [f"{what:<18}: {name:<18}{effect}{ratio}", f"{state:<18}: {'UP' if track.up else 'DOWN'}"]


def bindings(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show what follows each mVRRP group."""
    return _bindings(params, view, six=False)


def bindings6(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show what follows each mVRRP6 group."""
    return _bindings(params, view, six=True)


def _bindings(params: Mapping[str, str], view: DeviceView, *, six: bool) -> list[str]:
    suffix = "6" if six else ""
    kinds = {kind for kind in (f"member-vrrp{suffix}", "member-interface", "member-pw") if kind in params}
    lines: list[str] = []
    for group in selected(params, view, six=six):
        if group.kind is not VrrpKind.ADMIN:
            continue
        lines.append(
            f"Interface: {group.interface}, admin-vrrp{suffix} vrid: {group.vrid}, state: {group.state}"
        )
        if not kinds or f"member-vrrp{suffix}" in kinds:
            lines.append(f"  Member-vrrp{suffix} number: {len(group.members)}")
            lines += [
                f"    Interface: {name}, vrid: {vrid}, state: {state}" for name, vrid, state in group.members
            ]
        if group.member_interfaces and (not kinds or "member-interface" in kinds):
            lines.append(f"  Member-interface number: {len(group.member_interfaces)}")
            lines += [
                f"    Interface: {name}, state: {'Up' if up else 'Down'}"
                for name, up in group.member_interfaces
            ]
    return lines


def changes(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the last ten state changes of a VRRP group, newest first."""
    return _changes(params, view, six=False)


def changes6(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the last ten state changes of a VRRP6 group, newest first."""
    return _changes(params, view, six=True)


def _changes(params: Mapping[str, str], view: DeviceView, *, six: bool) -> list[str]:
    widths = (26, 14, 21)
    rows = [
        "  " + row(widths, (plain_time(view.moment(change.time)), change.before, change.after, change.reason))
        for group in selected(params, view, six=six)
        for change in group.changes
    ]
    head = row(widths, ("Time", "SourceState", "DestinationState", "Reason"))
    return [head, "  " + "-" * 63, *rows]
