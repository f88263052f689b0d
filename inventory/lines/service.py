"""Lines of a remote backup service: the channel, what it tracks and protects, what it shares."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import AFFECTS, HITLESS, RESETS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import TRACKED_DISCRIMINATOR, Lead, Need, Owner
from inventory.lines.presence import CERTIFICATE, SOURCE, SOURCE6
from inventory.lines.relation import ADVICE, DEGRADES, OWN, STOPS, equal, mirrored
from inventory.lines.service_users import USERS

RBS_CREATE = OwnedLine(
    "rbs.create",
    "system",
    "remote-backup-service <rbs-name>",
    "undo remote-backup-service <rbs-name>",
    "remote-backup-service",
    key=("rbs-name",),
    opens="rbs",
    suffix="-rm-backup-srv-<rbs-name>",
    impact=(HITLESS, RESETS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    belongs=(Owner("rbs", ("rbs-name",)),),
)
RBS_BIND_SSL = OwnedLine(
    "rbs.bind-ssl",
    "rbs",
    "bind ssl-policy <policy-name>",
    "undo bind ssl-policy",
    "bind ssl-policy",
    undo_first="config-sections 13",
    impact=(RESETS, RESETS),
    evidence=said(REFERENCE),
    relation=equal(STOPS, "policy-name"),
    undone_apart=True,
    relies=(CERTIFICATE,),
)
CHANNEL = Owner("channel", ("peer-ip", "source-ip", "port"))
CHANNEL6 = Owner("channel", ("peer-ipv6", "source-ipv6", "port"))
"""Ends and port of a channel: a service of another name with the same ones is the same channel."""
RBS_PEER = OwnedLine(
    "rbs.peer",
    "rbs",
    "peer <peer-ip> source <source-ip> port <port>",
    "undo peer <peer-ip>",
    "peer source port",
    slot="rbs.peer",
    undo_first="config-sections 13",
    impact=(RESETS, RESETS),
    evidence=said(REFERENCE, GUIDE),
    relation=mirrored(STOPS, {"peer-ip": "source-ip"}),
    undone_apart=True,
    relies=(SOURCE,),
    belongs=(Owner("rbs", ("@rbs-name",)), CHANNEL),
    leads=(Lead(Owner("rbs", ("@rbs-name",)), of=(CHANNEL,)),),
)
RBS_PEER_IPV6 = OwnedLine(
    "rbs.peer-ipv6",
    "rbs",
    "peer-ipv6 <peer-ipv6> source-ipv6 <source-ipv6> port <port>",
    "undo peer-ipv6 <peer-ipv6>",
    "peer-ipv6 source-ipv6 port",
    slot="rbs.peer",
    undo_first="config-sections 13",
    impact=(RESETS, RESETS),
    evidence=said(REFERENCE),
    relation=mirrored(STOPS, {"peer-ipv6": "source-ipv6"}),
    undone_apart=True,
    relies=(SOURCE6,),
    belongs=(Owner("rbs", ("@rbs-name",)), CHANNEL6),
    leads=(Lead(Owner("rbs", ("@rbs-name",)), of=(CHANNEL6,)),),
)
RBS_TRACK_BFD = OwnedLine(
    "rbs.track-bfd",
    "rbs",
    "track bfd-session <discr>",
    "undo track bfd-session <discr>",
    "track bfd-session",
    undo_first="R67",
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "discr"),
    undone_apart=True,
    needs=(TRACKED_DISCRIMINATOR,),
    watches=("discr",),
)
RBS_TRACK_IF = OwnedLine(
    "rbs.track-if",
    "rbs",
    "track interface <interface> [ weight <weight> ]",
    "undo track interface <interface>",
    "track interface",
    key=("interface",),
    implied={"weight": "10"},
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE, GUIDE),
    relation=OWN,
    undone_apart=True,
)
RBS_TRACK_MONITOR_GROUP = OwnedLine(
    "rbs.track-monitor-group",
    "rbs",
    "track monitor-group <group> switchover failure-ratio <percent>",
    "undo track monitor-group <group>",
    "track monitor-group",
    key=("group",),
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=OWN,
    undone_apart=True,
    needs=(Need("R25", ("mg.create",), {"group": "name"}),),
    watches=("group",),
)
RBS_TRACK_ROUTE_MONITOR_GROUP = OwnedLine(
    "rbs.track-route-monitor-group",
    "rbs",
    "track route-monitor-group <group> switchover failure-ratio <percent>",
    "undo track route-monitor-group <group>",
    "track route-monitor-group",
    key=("group",),
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=OWN,
    undone_apart=True,
    needs=(Need("R25", ("rmg.create",), {"group": "name"}),),
    watches=("group",),
)
RBS_SWITCHOVER_UPLINK = OwnedLine(
    "rbs.switchover-uplink",
    "rbs",
    "switchover uplink [ failure-ratio <ratio> ] [ duration <minutes> ]",
    "undo switchover uplink",
    "switchover uplink",
    undo_first="switchover uplink",
    implied={"ratio": "100", "minutes": "0"},
    default={"ratio": "100", "minutes": "0"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
RBS_PROTECT_REDIRECT = OwnedLine(
    "rbs.protect-redirect",
    "rbs",
    "protect redirect ip-nexthop <ip> interface <interface>",
    "undo protect redirect",
    "protect redirect",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(DEGRADES, "ip interface"),
    undone_apart=True,
)
RBS_PROTECT_TNL_POLICY = OwnedLine(
    "rbs.protect-tnl-policy",
    "rbs",
    "protect tnl-policy <policy> peer-ip <ip> [ interface <interface> ]",
    "undo protect tnl-policy <policy>",
    "protect tnl-policy",
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "policy ip interface"),
    undone_apart=True,
)
RBS_PROTECT_VPN = OwnedLine(
    "rbs.protect-vpn",
    "rbs",
    "protect ip-vpn-instance <vpn> peer-ip <ip> [ interface <interface> ]",
    "undo protect ip-vpn-instance <vpn>",
    "protect ip-vpn-instance",
    key=("vpn",),
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "ip interface"),
    undone_apart=True,
)
RBS_PROTECT_LSP = OwnedLine(
    "rbs.protect-lsp",
    "rbs",
    "protect lsp-tunnel for-all-instance peer-ip <ip>",
    "undo protect lsp-tunnel peer-ip <ip>",
    "protect lsp-tunnel for-all-instance peer-ip",
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "ip"),
    undone_apart=True,
)
RBS_SHUTDOWN = OwnedLine(
    "rbs.shutdown",
    "rbs",
    "shutdown",
    "undo shutdown",
    "shutdown (Remote backup service view)",
    impact=(AFFECTS, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
)
SERVICE = (
    RBS_CREATE,
    RBS_BIND_SSL,
    RBS_PEER,
    RBS_PEER_IPV6,
    RBS_TRACK_BFD,
    RBS_TRACK_IF,
    RBS_TRACK_MONITOR_GROUP,
    RBS_TRACK_ROUTE_MONITOR_GROUP,
    RBS_SWITCHOVER_UPLINK,
    RBS_PROTECT_REDIRECT,
    RBS_PROTECT_TNL_POLICY,
    RBS_PROTECT_VPN,
    RBS_PROTECT_LSP,
    *USERS,
    RBS_SHUTDOWN,
)
