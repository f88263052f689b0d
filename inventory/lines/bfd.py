"""Lines of BFD: the global view, sessions of each kind, session attributes."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, Sources, said
from inventory.lines.impact import AFFECTS, HITLESS, RESETS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import BFD, Leaver, Need, Owner, order
from inventory.lines.relation import ADVICE, DEGRADES, OWN, STOPS, equal, mirrored
from inventory.lines.values import KINDS, choice

_NAME = {"name": KINDS["name"]}
_UNDO_BFD = (
    ("This operation will delete all BFD sessions", "Yes"),
    ("This operation may impact the status of services associated with BFD", "Yes"),
)

BFD_GLOBAL = OwnedLine(
    "bfd.global",
    "system",
    "bfd",
    "undo bfd",
    "bfd (System view)",
    opens="bfd",
    suffix="-bfd",
    questions=_UNDO_BFD,
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(DEGRADES),
    shared=True,
)
BFD_DEFAULT_IP = OwnedLine(
    "bfd.default-ip",
    "bfd",
    "default-ip-address <ip>",
    "undo default-ip-address",
    "default-ip-address",
    default={"ip": "224.0.0.184"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, replaces=True),
    relation=equal(STOPS),
    shared=True,
    serves="bfd.session",
    leavers=(Leaver("R45", "bfd.bind-default"),),
)
BFD_DELAY_UP = OwnedLine(
    "bfd.delay-up",
    "bfd",
    "delay-up <seconds>",
    "undo delay-up",
    "delay-up",
    default={"seconds": "0"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    shared=True,
    serves="bfd.session",
)
GLOBAL = (
    BFD_GLOBAL,
    BFD_DEFAULT_IP,
    BFD_DELAY_UP,
)


def _own(bind: str) -> str:
    """Name the parameters in which each member has a value of its own."""
    return " ".join(param for param in ("interface", "slot") if f"<{param}>" in bind)


def _session(row: str, bind: str, *needs: Need, evidence: Sources) -> OwnedLine:
    peer, source = ("peer-ipv6", "source-ipv6") if "ipv6" in bind else ("peer-ip", "source-ip")
    return OwnedLine(
        row,
        "system",
        f"bfd <name> bind {bind}",
        "undo bfd <name>",
        "bfd bind peer-ip (System view)" if "ipv6" not in bind else "bfd bind peer-ipv6",
        key=("name",),
        slot="bfd.session",
        opens="bfd-session",
        suffix="-bfd-session-<name>",
        enter="bfd <name>",
        undo_first="R50",
        kinds={**_NAME, "target": choice("interface", "controller")},
        impact=(HITLESS, AFFECTS),
        evidence=evidence,
        relation=mirrored(DEGRADES, {peer: source} if f"<{peer}>" in bind else {}, own="name " + _own(bind)),
        needs=(BFD, *needs),
        belongs=(Owner("bfd-session", ("name",)),),
    )


BFD_BIND_DEFAULT = _session(
    "bfd.bind-default",
    "peer-ip default-ip interface <interface> [ source-ip <source-ip> ]",
    order("R45", "bfd.default-ip", {}),
    evidence=said(REFERENCE),
)
BFD_BIND_TRACK_IF = _session(
    "bfd.bind-track-if",
    "peer-ip <peer-ip> [ vpn-instance <vpn> ] [ source-ip <source-ip> ] track-interface <target> <interface>",
    evidence=said(REFERENCE, GUIDE),
)
BFD_BIND_IP6_TRACK = _session(
    "bfd.bind-ip6-track",
    "peer-ipv6 <peer-ipv6> [ vpn-instance <vpn> ] [ source-ipv6 <source-ipv6> ] "
    "track-interface <target> <interface>",
    evidence=said(REFERENCE),
)
BFD_ONE_ARM = _session(
    "bfd.one-arm",
    "peer-ip <peer-ip> [ vpn-instance <vpn> ] interface <interface> [ source-ip <source-ip> ] one-arm-echo",
    evidence=said(REFERENCE),
)
BFD_BIND_IP = _session(
    "bfd.bind-ip",
    "peer-ip <peer-ip> [ vpn-instance <vpn> ] [ interface <interface> ] [ source-ip <source-ip> ] "
    "[ select-board <slot> ] [ auto ]",
    evidence=said(REFERENCE, GUIDE),
)
BFD_BIND_IP6 = _session(
    "bfd.bind-ip6",
    "peer-ipv6 <peer-ipv6> [ vpn-instance <vpn> ] [ interface <interface> ] "
    "[ source-ipv6 <source-ipv6> ] [ select-board <slot> ] [ auto ]",
    evidence=said(REFERENCE),
)
BFD_DISCR_LOCAL = OwnedLine(
    "bfd.discr-local",
    "bfd-session",
    "discriminator local <discr>",
    "undo discriminator local",
    "discriminator (BFD session view)",
    impact=(RESETS, UNSAID),
    evidence=said(REFERENCE, GUIDE, replaces=True),
    relation=mirrored(STOPS, {"discr": "discr"}, in_row="bfd.discr-remote"),
    leavers=(Leaver("R90", "bfd.discr-local", {"discr": "discr"}),),
)
BFD_DISCR_REMOTE = OwnedLine(
    "bfd.discr-remote",
    "bfd-session",
    "discriminator remote <discr>",
    "undo discriminator remote",
    "discriminator (BFD session view)",
    impact=(RESETS, UNSAID),
    evidence=said(REFERENCE, GUIDE, replaces=True),
    relation=mirrored(STOPS, {"discr": "discr"}, in_row="bfd.discr-local"),
)
BFD_MIN_TX = OwnedLine(
    "bfd.min-tx",
    "bfd-session",
    "min-tx-interval <ms>",
    "undo min-tx-interval",
    "min-tx-interval",
    default={"ms": "10"},
    impact=(RESETS, RESETS),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
BFD_MIN_RX = OwnedLine(
    "bfd.min-rx",
    "bfd-session",
    "min-rx-interval <ms>",
    "undo min-rx-interval",
    "min-rx-interval",
    default={"ms": "10"},
    impact=(RESETS, RESETS),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
BFD_MULTIPLIER = OwnedLine(
    "bfd.multiplier",
    "bfd-session",
    "detect-multiplier <n>",
    "undo detect-multiplier",
    "detect-multiplier",
    default={"n": "3"},
    impact=(RESETS, RESETS),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
BFD_WTR = OwnedLine(
    "bfd.wtr",
    "bfd-session",
    "wtr <minutes>",
    "undo wtr",
    "wtr",
    default={"minutes": "0"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
)
BFD_PIS = OwnedLine(
    "bfd.pis",
    "bfd-session",
    "process-interface-status [ sub-if ] [ reboot-no-impact ]",
    "undo process-interface-status",
    "process-interface-status",
    undo_first="process-interface-status",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
BFD_PST = OwnedLine(
    "bfd.pst",
    "bfd-session",
    "process-pst",
    "undo process-pst",
    "process-pst",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=OWN,
)
BFD_TOS = OwnedLine(
    "bfd.tos",
    "bfd-session",
    "tos-exp <n>",
    "undo tos-exp",
    "tos-exp",
    default={"n": "7"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
)
BFD_DESC = OwnedLine(
    "bfd.desc",
    "bfd-session",
    "description <text>",
    "undo description",
    "description (BFD session view)",
    impact=(HITLESS, HITLESS),
    evidence=said(REFERENCE, replaces=True),
    relation=OWN,
)
BFD_SHUTDOWN = OwnedLine(
    "bfd.shutdown",
    "bfd-session",
    "shutdown",
    "undo shutdown",
    "shutdown (BFD session view)",
    impact=(AFFECTS, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
)
BINDS = (
    # from the most particular form to the least: the first that reads a line names it
    BFD_BIND_DEFAULT,
    BFD_BIND_TRACK_IF,
    BFD_BIND_IP6_TRACK,
    BFD_ONE_ARM,
    BFD_BIND_IP,
    BFD_BIND_IP6,
)
"""Rows that make a session."""
SESSION = (
    *BINDS,
    BFD_DISCR_LOCAL,
    BFD_DISCR_REMOTE,
    BFD_MIN_TX,
    BFD_MIN_RX,
    BFD_MULTIPLIER,
    BFD_WTR,
    BFD_PIS,
    BFD_PST,
    BFD_TOS,
    BFD_DESC,
    BFD_SHUTDOWN,
)
