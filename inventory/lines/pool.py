"""Lines of address pools that are bound to a remote backup profile."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import HITLESS, NO_UNDO, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import PROFILE_WITH_ROLES, Owner
from inventory.lines.relation import OWN, STOPS, equal
from inventory.lines.values import KINDS, choice

DHCP_POOL = OwnedLine(
    "dhcp.pool",
    "system",
    "ip pool <name> [ server ] [ bas <location> ] [ rui-slave ]",
    "",
    "ip pool",
    key=("name",),
    opens="ip-pool",
    suffix="-ip-pool-<name>",
    enter="ip pool <name>",
    kinds={"name": KINDS["name"], "location": choice("local", "remote", "dynamic")},
    holder=True,
    impact=(HITLESS, NO_UNDO),
    evidence=said(REFERENCE, GUIDE),
    relation=OWN,
)
POOL_RBP = OwnedLine(
    "pool.rbp",
    "ip-pool",
    "remote-backup-profile <rbp-name>",
    "undo remote-backup-profile",
    "remote-backup-profile (IP pool view)",
    undo_first="R67",
    impact=(HITLESS, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    needs=PROFILE_WITH_ROLES,
    belongs=(Owner("rbp", ("rbp-name",)),),
)
POOL = (
    DHCP_POOL,
    POOL_RBP,
)
