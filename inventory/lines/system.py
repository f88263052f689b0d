"""Lines of the system view that are about backup of all services of the device."""

from __future__ import annotations

from inventory.lines.impact import HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.relation import ADVICE, DEGRADES, equal

SYSTEM = (
    OwnedLine(
        "pb.vrrp-table",
        "system",
        "peer-backup download-vrrp-table delay-time <seconds>",
        "undo peer-backup download-vrrp-table delay-time <seconds>",
        "peer-backup download-vrrp-table delay-time",
        default={"seconds": "0"},
        impact=(UNSAID, UNSAID),
        relation=equal(ADVICE),
        serves="rbs.create",
    ),
    OwnedLine(
        "pb.batch-access",
        "system",
        "peer-backup batch access enable",
        "undo peer-backup batch access enable",
        "peer-backup batch access enable",
        impact=(HITLESS, HITLESS),
        relation=equal(DEGRADES),
        serves="rbs.create",
    ),
    OwnedLine(
        "pb.route-cost",
        "system",
        "peer-backup route-cost auto-advertising [ exclude loopback ]",
        "undo peer-backup route-cost",
        "peer-backup route-cost auto-advertising",
        impact=(UNSAID, UNSAID),
        relation=equal(ADVICE),
        serves="rbs.create",
    ),
    OwnedLine(
        "pb.trigger-speed",
        "system",
        "peer-backup rui-trigger-speed <rate>",
        "undo peer-backup rui-trigger-speed <rate>",
        "peer-backup rui-trigger-speed",
        default={"rate": "128"},
        impact=(HITLESS, HITLESS),
        relation=equal(DEGRADES),
        serves="rbs.create",
    ),
    OwnedLine(
        "pb.ttl",
        "system",
        "peer-backup ttl <ttl>",
        "undo peer-backup ttl <ttl>",
        "peer-backup ttl",
        default={"ttl": "0"},
        impact=(UNSAID, UNSAID),
        relation=equal(ADVICE),
        serves="rbs.create",
    ),
)
