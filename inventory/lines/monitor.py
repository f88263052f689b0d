"""Lines of interface and route monitor groups."""

from __future__ import annotations

from inventory.lines.line import OwnedLine
from inventory.lines.values import KINDS

MONITOR = (
    OwnedLine(
        "mg.create",
        "system",
        "monitor-group <name>",
        "undo monitor-group <name>",
        "monitor-group",
        key=("name",),
        opens="monitor-group",
        suffix="-monitor-group-<name>",
        kinds={"name": KINDS["exact"]},
    ),
    OwnedLine(
        "mg.enable",
        "monitor-group",
        "monitor enable",
        "undo monitor enable",
        "monitor enable (Monitoring group view)",
    ),
    OwnedLine(
        "mg.bind",
        "monitor-group",
        "binding interface <interface> [ down-weight <weight> ]",
        "undo binding interface <interface>",
        "binding interface",
        key=("interface",),
        implied={"weight": "10"},
    ),
    OwnedLine(
        "mg.up-delay",
        "monitor-group",
        "trigger-up-delay <seconds>",
        "undo trigger-up-delay",
        "trigger-up-delay",
        default={"seconds": "0"},
    ),
    OwnedLine(
        "rmg.create",
        "system",
        "ip route-monitor-group <name>",
        "undo ip route-monitor-group <name>",
        "ip route-monitor-group",
        key=("name",),
        opens="route-monitor-group",
        suffix="-route-monitor-group-<name>",
        kinds={"name": KINDS["exact"]},
    ),
    OwnedLine(
        "rmg.enable",
        "route-monitor-group",
        "monitor enable",
        "undo monitor enable",
        "monitor enable (Route monitoring group view)",
    ),
    OwnedLine(
        "rmg.track",
        "route-monitor-group",
        "track ip route [ vpn-instance <vpn> ] <ip> <mask> [ down-weight <weight> ]",
        "undo track ip route [ vpn-instance <vpn> ] <ip> <mask>",
        "track ip route",
        key=("vpn", "ip", "mask"),
        undo_first="track ip route",
    ),
    OwnedLine(
        "rmg.up-delay",
        "route-monitor-group",
        "trigger-up-delay <seconds>",
        "undo trigger-up-delay",
        "trigger-up-delay",
        default={"seconds": "5"},
    ),
)
