"""Lines of E-Trunks, and of LACP and E-Trunk in the system view."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import AFFECTS, HITLESS, RESETS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import BFD, TRACKED_SESSION, Owner
from inventory.lines.presence import SOURCE, SOURCE6
from inventory.lines.relation import ADVICE, DEGRADES, OWN, STOPS, equal, mirrored
from inventory.lines.values import KINDS, choice

LACP_PRIO = OwnedLine(
    "lacp.prio",
    "system",
    "lacp priority <priority>",
    "undo lacp priority",
    "lacp priority (System view)",
    default={"priority": "32768"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=OWN,
    shared=True,
    serves="et.create",
)
LACP_ET_SYSID = OwnedLine(
    "lacp.et-sysid",
    "system",
    "lacp e-trunk system-id <mac>",
    "undo lacp e-trunk system-id",
    "lacp e-trunk system-id",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(DEGRADES),
    serves="et.create",
)
LACP_ET_PRIO = OwnedLine(
    "lacp.et-prio",
    "system",
    "lacp e-trunk priority <priority>",
    "undo lacp e-trunk priority",
    "lacp e-trunk priority",
    default={"priority": "32768"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(DEGRADES),
    serves="et.create",
)
ET_UDP_PORT = OwnedLine(
    "et.udp-port",
    "system",
    "e-trunk port <port>",
    "undo e-trunk port",
    "e-trunk port",
    default={"port": "1025"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
    serves="et.create",
)
ET_UDP6_PORT = OwnedLine(
    "et.udp6-port",
    "system",
    "e-trunk ipv6 port <port>",
    "undo e-trunk ipv6 port",
    "e-trunk ipv6 port",
    default={"port": "1025"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
    serves="et.create",
)
SYSTEM = (
    LACP_PRIO,
    LACP_ET_SYSID,
    LACP_ET_PRIO,
    ET_UDP_PORT,
    ET_UDP6_PORT,
)

ET_CREATE = OwnedLine(
    "et.create",
    "system",
    "e-trunk <e-trunk-id>",
    "undo e-trunk <e-trunk-id>",
    "e-trunk",
    key=("e-trunk-id",),
    opens="e-trunk",
    suffix="-e-trunk-<e-trunk-id>",
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    belongs=(Owner("e-trunk", ("e-trunk-id",)),),
)
ET_PRIORITY = OwnedLine(
    "et.priority",
    "e-trunk",
    "priority <priority>",
    "undo priority",
    "priority (E-Trunk view)",
    default={"priority": "100"},
    impact=(AFFECTS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=OWN,
)
ET_PEER_ADDRESS = OwnedLine(
    "et.peer-address",
    "e-trunk",
    "peer-address <peer-ip> source-address <source-ip> [ vpn-instance <vpn> ]",
    "undo peer-address",
    "peer-address source-address",
    slot="et.peer",
    undo_first="R74",
    impact=(HITLESS, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=mirrored(STOPS, {"peer-ip": "source-ip"}),
    relies=(SOURCE,),
)
ET_PEER_IPV6 = OwnedLine(
    "et.peer-ipv6",
    "e-trunk",
    "peer-ipv6 <peer-ipv6> source-ipv6 <source-ipv6> [ vpn-instance <vpn> ]",
    "undo peer-ipv6",
    "peer-ipv6 source-ipv6",
    slot="et.peer",
    undo_first="R74",
    impact=(HITLESS, UNSAID),
    evidence=said(REFERENCE),
    relation=mirrored(STOPS, {"peer-ipv6": "source-ipv6"}),
    relies=(SOURCE6,),
)
ET_TIMER_HELLO = OwnedLine(
    "et.timer-hello",
    "e-trunk",
    "timer hello <value>",
    "undo timer hello",
    "timer hello (E-Trunk view)",
    default={"value": "10"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(ADVICE),
    live_rule="R52",
)
ET_TIMER_MULTIPLIER = OwnedLine(
    "et.timer-multiplier",
    "e-trunk",
    "timer hold-on-failure multiplier <multiplier>",
    "undo timer hold-on-failure multiplier",
    "timer hold-on-failure multiplier",
    default={"multiplier": "20"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(ADVICE),
    live_rule="R52",
)
ET_REVERT_DELAY = OwnedLine(
    "et.revert-delay",
    "e-trunk",
    "timer revert delay <seconds>",
    "undo timer revert delay",
    "timer revert delay (E-Trunk view)",
    default={"seconds": "120"},
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
)
ET_REVERT_DISABLE = OwnedLine(
    "et.revert-disable",
    "e-trunk",
    "revert disable",
    "undo revert disable",
    "revert disable",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
)
ET_SEQUENCE = OwnedLine(
    "et.sequence",
    "e-trunk",
    "sequence enable",
    "undo sequence enable",
    "sequence enable",
    impact=(AFFECTS, AFFECTS),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
)
ET_TRACK_BFD = OwnedLine(
    "et.track-bfd",
    "e-trunk",
    "e-trunk track bfd-session session-name <bfd-name>",
    "undo e-trunk track bfd-session",
    "e-trunk track bfd-session",
    undo_first="R16",
    impact=(RESETS, HITLESS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(DEGRADES, "bfd-name"),
    undone_apart=True,
    needs=TRACKED_SESSION,
    watches=("bfd-name",),
)
ET_DESCRIPTION = OwnedLine(
    "et.description",
    "e-trunk",
    "description <text>",
    "undo description",
    "description (E-Trunk view)",
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE, GUIDE),
    relation=OWN,
)
ET_SECURITY_KEY = OwnedLine(
    "et.security-key",
    "e-trunk",
    "security-key [ simple <simple-key> ] [ cipher <cipher-key> ]",
    "undo security-key",
    "security-key",
    impact=(RESETS, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
)
ET_AUTH_MODE = OwnedLine(
    "et.auth-mode",
    "e-trunk",
    "authentication-mode <mode>",
    "undo authentication-mode",
    "authentication-mode (E-Trunk view)",
    kinds={"mode": choice("hmac-sha1", "hmac-sha256", "enhanced-hmac-sha256")},
    default={"mode": "enhanced-hmac-sha256"},
    impact=(RESETS, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    shown=True,
)
ET_BFD_ENABLE = OwnedLine(
    "et.bfd-enable",
    "e-trunk",
    "e-trunk bfd enable [ track interface <interface> ]",
    "undo e-trunk bfd enable",
    "e-trunk bfd enable",
    undo_first="e-trunk bfd enable",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES, "interface"),
    needs=(BFD,),
)
ET_BFD_PARA = OwnedLine(
    "et.bfd-para",
    "e-trunk",
    "e-trunk bfd [ min-tx-interval <min-tx> ] [ min-rx-interval <min-rx> ] [ detect-multiplier <n> ]",
    "undo e-trunk bfd min-tx-interval min-rx-interval detect-multiplier",
    "e-trunk bfd",
    undo_first="e-trunk bfd",
    implied={"min-tx": "10", "min-rx": "10", "n": "3"},
    default={"min-tx": "10", "min-rx": "10", "n": "3"},
    kinds={"min-tx": KINDS["integer"], "min-rx": KINDS["integer"]},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
ET_SELECT = OwnedLine(
    "et.select",
    "e-trunk",
    "e-trunk select <criterion>",
    "undo e-trunk select",
    "e-trunk select",
    kinds={"criterion": choice("link-number", "bandwidth")},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
)
ET_BACKUP_TUNNEL_PORT = OwnedLine(
    "et.backup-tunnel-port",
    "e-trunk",
    "backup tunnel port <port>",
    "undo backup tunnel port <port>",
    "backup tunnel port",
    undo_first="R67",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(STOPS),
)
E_TRUNK = (
    ET_CREATE,
    ET_PRIORITY,
    ET_PEER_ADDRESS,
    ET_PEER_IPV6,
    ET_TIMER_HELLO,
    ET_TIMER_MULTIPLIER,
    ET_REVERT_DELAY,
    ET_REVERT_DISABLE,
    ET_SEQUENCE,
    ET_TRACK_BFD,
    ET_DESCRIPTION,
    ET_SECURITY_KEY,
    ET_AUTH_MODE,
    ET_BFD_ENABLE,
    ET_BFD_PARA,
    ET_SELECT,
    ET_BACKUP_TUNNEL_PORT,
)
