"""Lines of a remote backup service about its users: pools, routes, batch backup, source addresses."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.presence import IPV4_POOL, IPV6_POOL
from inventory.lines.relation import DEGRADES, OWN, equal, one_of
from inventory.lines.values import KINDS, choice

_DAILY = choice("bras", "l2tp", "multicast", "all", "igmp-snooping", "dhcp-server", "dhcpv6-relay")

RBS_IP_POOL = OwnedLine(
    "rbs.ip-pool",
    "rbs",
    "ip-pool <pool> [ metric <metric> ]",
    "undo ip-pool <pool>",
    "ip-pool (Remote backup service view)",
    key=("pool",),
    undo_first="ip-pool (Remote backup service view)",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(DEGRADES, "metric"),
    undone_apart=True,
    relies=(IPV4_POOL,),
)
RBS_IPV6_POOL = OwnedLine(
    "rbs.ipv6-pool",
    "rbs",
    "ipv6-pool <pool> [ metric <metric> ]",
    "undo ipv6-pool <pool>",
    "ipv6-pool(Remote backup service view)",
    key=("pool",),
    undo_first="ipv6-pool(Remote backup service view)",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "metric"),
    undone_apart=True,
    relies=(IPV6_POOL,),
)
RBS_STATIC_ROUTE = OwnedLine(
    "rbs.static-route",
    "rbs",
    "static-route if-match null <null-if> tag <tag> [ metric <metric> ] [ rui-slave ]",
    "undo static-route if-match null <null-if> tag <tag> [ metric <metric> ] [ rui-slave ]",
    "static-route if-match null tag(Remote backup service view)",
    key=("tag",),
    undo_first="static-route if-match null tag(Remote backup service view)",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=one_of(DEGRADES, {"rui-slave": "yes"}, own="metric"),
)
RBS_BATCH_DAILY = OwnedLine(
    "rbs.batch-daily",
    "rbs",
    "batch-backup service-type <service> daily <time>",
    "undo batch-backup service-type <service>",
    "batch-backup service-type daily",
    key=("service",),
    kinds={"service": _DAILY},
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "time"),
)
RBS_BACKUP_BLOCK = OwnedLine(
    "rbs.backup-block",
    "rbs",
    "backup block <direction> [ <service> ]",
    "undo backup block <direction> [ <service> ]",
    "backup block",
    key=("direction", "service"),
    kinds={
        "direction": choice("send", "receive"),
        "service": choice("bras", "l2tp", "multicast", "igmp-snooping"),
    },
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=OWN,
)
RBS_RADIUS_AUTH_SOURCE = OwnedLine(
    "rbs.radius-auth-source",
    "rbs",
    "radius-authorization source [ vpn-instance <vpn> ] [ <ip> ] [ same-as nas-logic-ip ]",
    "undo radius-authorization source [ vpn-instance <vpn> ] [ <ip> ] [ same-as nas-logic-ip ]",
    "radius-authorization source",
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "ip"),
)
RBS_DHCPV6_SERVER = OwnedLine(
    "rbs.dhcpv6-server",
    "rbs",
    "dhcpv6-server destination <dst-ipv6> source <src-ipv6> [ vpn-instance <vpn> ]",
    "undo dhcpv6-server destination <dst-ipv6> source <src-ipv6> [ vpn-instance <vpn> ]",
    "dhcpv6-server destination",
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "src-ipv6"),
)
RBS_WEB_AUTH_SOURCE = OwnedLine(
    "rbs.web-auth-source",
    "rbs",
    "web-auth-server source [ vpn-instance <vpn> ] <ip>",
    "undo web-auth-server source [ vpn-instance <vpn> ] <ip>",
    "web-auth-server source",
    undo_first="R67",
    kinds={"ip": KINDS["address"]},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "ip"),
)
RBS_L2TP_SOURCE = OwnedLine(
    "rbs.l2tp-source",
    "rbs",
    "l2tp-tunnel source loopback <number>",
    "undo l2tp-tunnel source loopback <number>",
    "l2tp-tunnel source",
    undo_first="R67",
    kinds={"number": KINDS["integer"]},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "number"),
)
RBS_L2TP_PROTECT_OFF = OwnedLine(
    "rbs.l2tp-protect-off",
    "rbs",
    "l2tp protect-tunnel disable",
    "undo l2tp protect-tunnel disable",
    "l2tp protect-tunnel disable",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
)
USERS = (
    RBS_IP_POOL,
    RBS_IPV6_POOL,
    RBS_STATIC_ROUTE,
    RBS_BATCH_DAILY,
    RBS_BACKUP_BLOCK,
    RBS_RADIUS_AUTH_SOURCE,
    RBS_DHCPV6_SERVER,
    RBS_WEB_AUTH_SOURCE,
    RBS_L2TP_SOURCE,
    RBS_L2TP_PROTECT_OFF,
)
