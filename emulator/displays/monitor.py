"""`display monitor-group` (command reference)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.displays.text import row, zoned_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import BindingView, MonitorGroupView, TrackerView

_RULE = "-" * 55


def monitor_groups(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """List the monitor groups by name, or show one with what it watches and what follows it."""
    found = sorted(view.state.monitor_groups, key=lambda group: group.name)
    name = params.get("group")
    if name is None:
        return _list(found)
    for group in found:
        if group.name.lower() == name.lower():
            return _detail(group, view)
    return ["Error: The monitor group does not exist."]


def _status(group: MonitorGroupView) -> str:
    return "Active" if group.active else "Inactive"


def _list(found: list[MonitorGroupView]) -> list[str]:
    widths = (34, 22, 11)
    return [
        f"Monitor-group number : {len(found)}",
        row(widths, ("monitor-group", "down-weight", "status", "index")),
        *(row(widths, (group.name, group.down_weight, _status(group), group.index)) for group in found),
    ]


def _detail(group: MonitorGroupView, view: DeviceView) -> list[str]:
    facts = (
        ("Index", group.index),
        ("Down weight", group.down_weight),
        ("Weight sum", group.weight_sum),
        ("Max track weight", group.max_trigger),
        ("Trigger-up delay", f"{group.trigger_up_delay} (s)"),
        ("Status", _status(group)),
    )
    lines = [
        f"monitor-group {group.name}",
        *(f"    {label:<17}: {value}" for label, value in facts),
        _RULE,
        f"  monitor-group binding interface number : {len(group.bindings)}",
        _RULE,
    ]
    for binding in group.bindings:
        lines += [*_binding(binding, view), _RULE]
    lines += [f"monitor-group track interface number : {len(group.trackers)}", _RULE]
    for tracker in group.trackers:
        lines += [*_tracker(tracker, view), _RULE]
    return lines[:-1]


def _binding(binding: BindingView, view: DeviceView) -> list[str]:
    facts = (
        ("Interface name", binding.interface),
        ("Interface index", binding.index),
        ("Down-weight", binding.down_weight),
        ("Phystatus", "UP" if binding.up else "DOWN"),
        ("Bfdstatus", "-"),
        ("LastPhyuptime", zoned_time(view.moment(binding.last_up))),
        ("LastPhydowntime", zoned_time(view.moment(binding.last_down))),
        ("LastBFDuptime", "-"),
        ("LastBFDdowntime", "-"),
        ("ValidFlag", "valid" if binding.valid else "invalid"),
    )
    return [f"    {label:<16}:  {value}" for label, value in facts]


def _tracker(tracker: TrackerView, view: DeviceView) -> list[str]:
    facts = (
        ("Interface name", tracker.interface),
        ("Interface index", tracker.index),
        ("Trigger-down-weight", "0 (default)" if tracker.trigger is None else tracker.trigger),
        ("TriggerStatus", "TRIGGER DOWN" if tracker.triggered else "TRIGGER UP"),
        ("LastTriggerUpTime", zoned_time(view.moment(tracker.last_up))),
        ("LastTriggerDownTime", zoned_time(view.moment(tracker.last_down))),
        ("ValidFlag", "valid" if tracker.valid else "invalid"),
    )
    return [f"    {label:<20}:  {value}" for label, value in facts]
