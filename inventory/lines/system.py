"""Lines of the system view that are about backup of all services of the device."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.relation import ADVICE, DEGRADES, equal

PB_VRRP_TABLE = OwnedLine(
    "pb.vrrp-table",
    "system",
    "peer-backup download-vrrp-table delay-time <seconds>",
    "undo peer-backup download-vrrp-table delay-time <seconds>",
    "peer-backup download-vrrp-table delay-time",
    default={"seconds": "0"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    serves="rbs.create",
)
PB_BATCH_ACCESS = OwnedLine(
    "pb.batch-access",
    "system",
    "peer-backup batch access enable",
    "undo peer-backup batch access enable",
    "peer-backup batch access enable",
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    serves="rbs.create",
)
PB_ROUTE_COST = OwnedLine(
    "pb.route-cost",
    "system",
    "peer-backup route-cost auto-advertising [ exclude loopback ]",
    "undo peer-backup route-cost",
    "peer-backup route-cost auto-advertising",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(ADVICE),
    serves="rbs.create",
)
PB_TRIGGER_SPEED = OwnedLine(
    "pb.trigger-speed",
    "system",
    "peer-backup rui-trigger-speed <rate>",
    "undo peer-backup rui-trigger-speed <rate>",
    "peer-backup rui-trigger-speed",
    default={"rate": "128"},
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    serves="rbs.create",
)
PB_TTL = OwnedLine(
    "pb.ttl",
    "system",
    "peer-backup ttl <ttl>",
    "undo peer-backup ttl <ttl>",
    "peer-backup ttl",
    default={"ttl": "0"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    serves="rbs.create",
)
SYSTEM = (
    PB_VRRP_TABLE,
    PB_BATCH_ACCESS,
    PB_ROUTE_COST,
    PB_TRIGGER_SPEED,
    PB_TTL,
)
