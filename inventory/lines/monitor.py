"""Lines of interface and route monitor groups."""

from __future__ import annotations

from inventory.lines.impact import AFFECTS, HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import Need, Owner, order
from inventory.lines.relation import ADVICE, DEGRADES, OWN, equal
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
        impact=(HITLESS, AFFECTS),
        relation=equal(ADVICE),
        belongs=(Owner("monitor", ("name",)),),
    ),
    OwnedLine(
        "mg.enable",
        "monitor-group",
        "monitor enable",
        "undo monitor enable",
        "monitor enable (Monitoring group view)",
        impact=(UNSAID, UNSAID),
        relation=equal(DEGRADES),
        undone_apart=True,
        needs=(
            order("R26", "mg.bind", {"@name": "@name"}),
            Need("R26", ("rbs.track-monitor-group", "vrrp.track-mg"), {"@name": "group"}, firm=False),
        ),
    ),
    OwnedLine(
        "mg.bind",
        "monitor-group",
        "binding interface <interface> [ down-weight <weight> ]",
        "undo binding interface <interface>",
        "binding interface",
        key=("interface",),
        implied={"weight": "10"},
        impact=(HITLESS, HITLESS),
        relation=OWN,
        undone_apart=True,
    ),
    OwnedLine(
        "mg.up-delay",
        "monitor-group",
        "trigger-up-delay <seconds>",
        "undo trigger-up-delay",
        "trigger-up-delay",
        default={"seconds": "0"},
        impact=(HITLESS, HITLESS),
        relation=equal(ADVICE),
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
        impact=(HITLESS, AFFECTS),
        relation=equal(ADVICE),
        belongs=(Owner("monitor", ("name",)),),
    ),
    OwnedLine(
        "rmg.enable",
        "route-monitor-group",
        "monitor enable",
        "undo monitor enable",
        "monitor enable (Route monitoring group view)",
        impact=(UNSAID, UNSAID),
        relation=equal(DEGRADES),
        undone_apart=True,
        needs=(order("R26", "rmg.track", {"@name": "@name"}),),
    ),
    OwnedLine(
        "rmg.track",
        "route-monitor-group",
        "track ip route [ vpn-instance <vpn> ] <ip> <mask> [ down-weight <weight> ]",
        "undo track ip route [ vpn-instance <vpn> ] <ip> <mask>",
        "track ip route",
        key=("vpn", "ip", "mask"),
        undo_first="track ip route",
        impact=(HITLESS, UNSAID),
        relation=OWN,
        undone_apart=True,
    ),
    OwnedLine(
        "rmg.up-delay",
        "route-monitor-group",
        "trigger-up-delay <seconds>",
        "undo trigger-up-delay",
        "trigger-up-delay",
        default={"seconds": "5"},
        impact=(HITLESS, UNSAID),
        relation=equal(ADVICE),
    ),
)
