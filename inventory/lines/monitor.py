"""Lines of interface and route monitor groups."""

from __future__ import annotations

from inventory.lines.evidence import REFERENCE, said
from inventory.lines.impact import AFFECTS, HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import Need, Owner, order
from inventory.lines.relation import ADVICE, DEGRADES, OWN, equal
from inventory.lines.values import KINDS

MG_CREATE = OwnedLine(
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
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    belongs=(Owner("monitor", ("name",)),),
)
MG_ENABLE = OwnedLine(
    "mg.enable",
    "monitor-group",
    "monitor enable",
    "undo monitor enable",
    "monitor enable (Monitoring group view)",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    undone_apart=True,
    needs=(
        order("R26", "mg.bind", {"@name": "@name"}),
        Need("R26", ("rbs.track-monitor-group", "vrrp.track-mg"), {"@name": "group"}, firm=False),
    ),
)
MG_BIND = OwnedLine(
    "mg.bind",
    "monitor-group",
    "binding interface <interface> [ down-weight <weight> ]",
    "undo binding interface <interface>",
    "binding interface",
    key=("interface",),
    implied={"weight": "10"},
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=OWN,
    undone_apart=True,
)
MG_UP_DELAY = OwnedLine(
    "mg.up-delay",
    "monitor-group",
    "trigger-up-delay <seconds>",
    "undo trigger-up-delay",
    "trigger-up-delay",
    default={"seconds": "0"},
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
RMG_CREATE = OwnedLine(
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
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    belongs=(Owner("monitor", ("name",)),),
)
RMG_ENABLE = OwnedLine(
    "rmg.enable",
    "route-monitor-group",
    "monitor enable",
    "undo monitor enable",
    "monitor enable (Route monitoring group view)",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    undone_apart=True,
    needs=(order("R26", "rmg.track", {"@name": "@name"}),),
)
RMG_TRACK = OwnedLine(
    "rmg.track",
    "route-monitor-group",
    "track ip route [ vpn-instance <vpn> ] <ip> <mask> [ down-weight <weight> ]",
    "undo track ip route [ vpn-instance <vpn> ] <ip> <mask>",
    "track ip route",
    key=("vpn", "ip", "mask"),
    undo_first="track ip route",
    impact=(HITLESS, UNSAID),
    evidence=said(REFERENCE),
    relation=OWN,
    undone_apart=True,
)
RMG_UP_DELAY = OwnedLine(
    "rmg.up-delay",
    "route-monitor-group",
    "trigger-up-delay <seconds>",
    "undo trigger-up-delay",
    "trigger-up-delay",
    default={"seconds": "5"},
    impact=(HITLESS, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
MONITOR = (
    MG_CREATE,
    MG_ENABLE,
    MG_BIND,
    MG_UP_DELAY,
    RMG_CREATE,
    RMG_ENABLE,
    RMG_TRACK,
    RMG_UP_DELAY,
)
