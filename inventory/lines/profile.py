"""Lines of a remote backup profile, and of the address pools that are bound to it."""

from __future__ import annotations

from types import MappingProxyType

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import AFFECTS, HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import BRAS, Lead, Need, Owner, order
from inventory.lines.presence import IPV4_POOL, IPV6_POOL
from inventory.lines.relation import ADVICE, DEGRADES, STOPS, equal
from inventory.lines.values import KINDS, Kind, canonical_logic_port, choice

_SERVICES = choice(
    *["arp", "ipsec", "igmp-snooping", "igmp", "mld", "bras", "multicast", "l2tp", "no-host-multicast"],
    *["dhcp-server", "nd", "dhcpv6-relay"],
)
MULTICAST_SERVICES = frozenset({"igmp", "mld", "igmp-snooping", "multicast"})
"""Services whose entries are multicast."""
RBP_CREATE = OwnedLine(
    "rbp.create",
    "system",
    "remote-backup-profile <rbp-name>",
    "undo remote-backup-profile <rbp-name>",
    "remote-backup-profile",
    key=("rbp-name",),
    opens="rbp",
    suffix="-rm-backup-prf-<rbp-name>",
    brings=("peer-backup hot",),
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    belongs=(Owner("rbp", ("rbp-name",)),),
)
RBP_SERVICE_TYPE = OwnedLine(
    "rbp.service-type",
    "rbp",
    "service-type <service>",
    "undo service-type <service>",
    "service-type (Remote backup profile view)",
    key=("service",),
    kinds={"service": _SERVICES},
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE, replaces=True),
    relation=equal(STOPS),
    undone_apart=True,
    leads=(Lead(Owner("multicast-profile", ("@rbp-name",)), only={"service": MULTICAST_SERVICES}),),
)
RBP_BACKUP_ID = OwnedLine(
    "rbp.backup-id",
    "rbp",
    "backup-id <backup-id> remote-backup-service <rbs-name>",
    "undo backup-id <backup-id> remote-backup-service <rbs-name>",
    "backup-id remote-backup-service",
    undo_first="R67",
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS, "rbs-name"),
    undone_apart=True,
    needs=(Need("R1", ("rbs.create",), {"rbs-name": "rbs-name"}),),
    leads=(Lead(Owner("rbp", ("@rbp-name",)), of=(Owner("rbs", ("rbs-name",)),)),),
)
RBP_RUI_SLAVE_NOFWD = OwnedLine(
    "rbp.rui-slave-nofwd",
    "rbp",
    "rui-slave inbound without-forwarding",
    "undo rui-slave inbound without-forwarding",
    "rui-slave inbound without-forwarding",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
RBP_PEER_BACKUP = OwnedLine(
    "rbp.peer-backup",
    "rbp",
    "peer-backup <mode>",
    "",  # R68: there is none, `hot` is entered again
    "peer-backup",
    kinds={"mode": choice("hot", "warm", "virtual")},
    default={"mode": "hot"},
    shown=True,
    impact=(HITLESS, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
)
RBP_VRRP_ID = OwnedLine(
    "rbp.vrrp-id",
    "rbp",
    "vrrp-id <vrid> interface <interface> [ <parity> ]",
    "undo vrrp-id <vrid>",
    "vrrp-id",
    key=("vrid",),
    kinds={"parity": choice("odd-mac", "even-mac")},
    undo_first="R42",
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE, replaces=True),
    relation=equal(STOPS, "interface"),
    undone_apart=True,
    needs=(Need("R5", ("vrrp.create", "vrrp.admin"), {"vrid": "vrid", "interface": "@interface"}),),
    leads=(Lead(Owner("vrrp", ("interface", "vrid")), wanted=True),),
)
RBP_VRRP6_ID = OwnedLine(
    "rbp.vrrp6-id",
    "rbp",
    "vrrp6-id <vrid> interface <interface>",
    "undo vrrp6-id <vrid>",
    "vrrp6-id",
    key=("vrid",),
    undo_first="R42",
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE),
    relation=equal(STOPS, "interface"),
    undone_apart=True,
    needs=(Need("R6", ("vrrp6.create", "vrrp6.admin"), {"vrid": "vrid", "interface": "@interface"}),),
    leads=(Lead(Owner("vrrp6", ("interface", "vrid")), wanted=True),),
)
DECIDING = MappingProxyType({RBP_VRRP_ID: "vrrp", RBP_VRRP6_ID: "vrrp6"})
"""Lines by which a VRRP group decides the roles of a profile, and the family of the group."""
RBP_E_TRUNK = OwnedLine(
    "rbp.e-trunk",
    "rbp",
    "e-trunk <e-trunk-id> eth-trunk <eth-trunk-id>",
    "undo e-trunk <e-trunk-id> eth-trunk <eth-trunk-id>",
    "e-trunk eth-trunk",
    undo_first="R67",
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS, "eth-trunk-id"),
    undone_apart=True,
    needs=(
        Need("R9", ("et.create",), {"e-trunk-id": "e-trunk-id"}),
        Need("R9", ("if.e-trunk",), {"e-trunk-id": "e-trunk-id", "eth-trunk-id": "@eth-trunk-id"}),
        order("R9", "if.eth-trunk-join", {"eth-trunk-id": "trunk-id"}),
    ),
    leads=(
        Lead(Owner("eth-trunk", ("eth-trunk-id",)), wanted=True),
        Lead(Owner("e-trunk", ("e-trunk-id",)), alone=True, wanted=True),
    ),
)
RBP_NAS = OwnedLine(
    "rbp.nas",
    "rbp",
    "nas <attribute> <value>",
    "undo nas <attribute>",
    "nas",
    key=("attribute",),
    kinds={
        "attribute": choice("logic-ip", "logic-port", "logic-sysname"),
        "value": Kind(KINDS["text"].pattern, canonical_logic_port),
    },
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS, "value"),
    needs=(BRAS,),
)
RBP_TRAFFIC_BACKUP = OwnedLine(
    "rbp.traffic-backup",
    "rbp",
    "traffic backup [ interval <minutes> ] [ threshold <mb> ]",
    "undo traffic backup",
    "traffic backup",
    undo_first="traffic backup",
    implied={"minutes": "10", "mb": "50"},
    default={"minutes": "10", "mb": "50"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(ADVICE),
    needs=(BRAS,),
)
RBP_IP_POOL = OwnedLine(
    "rbp.ip-pool",
    "rbp",
    "ip-pool <pool>",
    "undo ip-pool <pool>",
    "ip-pool(Remote backup profile view)",
    key=("pool",),
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
    undone_apart=True,
    needs=(BRAS,),
    relies=(IPV4_POOL,),
)
RBP_IP_POOL_INCLUDE = OwnedLine(
    "rbp.ip-pool-include",
    "rbp",
    "ip-pool [ pool-group ] <source> include <destination> [ node <node> ]",
    "undo ip-pool [ pool-group ] <source> include <destination>",
    "ip-pool include",
    key=("source", "destination"),
    kinds={"source": KINDS["name"], "destination": KINDS["name"]},
    undo_first="ip-pool include",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "node"),
    undone_apart=True,
    needs=(BRAS,),
)
RBP_IPV6_POOL = OwnedLine(
    "rbp.ipv6-pool",
    "rbp",
    "ipv6-pool <pool>",
    "undo ipv6-pool <pool>",
    "ipv6-pool(Remote backup profile view)",
    key=("pool",),
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
    undone_apart=True,
    needs=(BRAS,),
    relies=(IPV6_POOL,),
)
RBP_ACCT_SESSION = OwnedLine(
    "rbp.acct-session",
    "rbp",
    "acct-session-id nas-logic-sysname <name>",
    "undo acct-session-id nas-logic-sysname",
    "acct-session-id nas-logic-sysname",
    kinds={"name": KINDS["text"]},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    needs=(BRAS,),
)
RBP_FRAME_ROUTE = OwnedLine(
    "rbp.frame-route",
    "rbp",
    "frame-route metric <metric>",
    "undo frame-route metric <metric>",
    "frame-route metric",
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "metric"),
    needs=(BRAS,),
)
RBP_IGMP_COPY = OwnedLine(
    "rbp.igmp-copy",
    "rbp",
    "dhcp-stb igmp-copy",
    "undo dhcp-stb igmp-copy",
    "dhcp-stb igmp-copy",
    default={},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
)
RBP_LB_HASH = OwnedLine(
    "rbp.lb-hash",
    "rbp",
    "load-balance hash-arithmetic <arithmetic> [ hash-fields mac offset <offset> ]",
    "undo load-balance hash-arithmetic",
    "load-balance hash-arithmetic (Remote backup profile view)",
    kinds={"arithmetic": choice("arithmetic1", "arithmetic2")},
    undo_first="R54",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, replaces=True),
    relation=equal(STOPS),
)
RBP_REMARK_MAC = OwnedLine(
    "rbp.remark-mac",
    "rbp",
    "bras access remark mac <mac> <parity>",
    "undo bras access remark mac <mac>",
    "bras access remark mac",
    key=("mac",),
    kinds={"parity": choice("odd-mac", "even-mac")},
    undo_first="R54",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
)
PROFILE = (
    RBP_CREATE,
    RBP_SERVICE_TYPE,
    RBP_BACKUP_ID,
    RBP_RUI_SLAVE_NOFWD,
    RBP_PEER_BACKUP,
    RBP_VRRP_ID,
    RBP_VRRP6_ID,
    RBP_E_TRUNK,
    RBP_NAS,
    RBP_TRAFFIC_BACKUP,
    RBP_IP_POOL,
    RBP_IP_POOL_INCLUDE,
    RBP_IPV6_POOL,
    RBP_ACCT_SESSION,
    RBP_FRAME_ROUTE,
    RBP_IGMP_COPY,
    RBP_LB_HASH,
    RBP_REMARK_MAC,
)
