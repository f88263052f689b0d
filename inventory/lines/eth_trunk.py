"""Lines of the Eth-Trunk interfaces that take part in an E-Trunk, and of their ports."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import AFFECTS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import HERE, LACP, TRUNK, Lead, Leaver, Need, Owner, order
from inventory.lines.presence import BARE_PORT, ROUTED
from inventory.lines.relation import ADVICE, DEGRADES, OWN, STOPS, equal, one_of
from inventory.lines.values import choice

_TRUNK = (TRUNK,)

IF_LACP_SYSID = OwnedLine(
    "if.lacp-sysid",
    "interface",
    "lacp system-id <mac>",
    "undo lacp system-id",
    "lacp system-id",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    belongs=_TRUNK,
)
IF_MODE = OwnedLine(
    "if.mode",
    "interface",
    "mode <mode>",
    "undo mode",
    "mode (Eth-Trunk interface view)",
    kinds={"mode": choice("lacp-static", "manual load-balance", "manual backup")},
    default={"mode": "manual load-balance"},
    impact=(AFFECTS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(STOPS),
    leavers=(
        Leaver("R40", "if.e-trunk", HERE),
        Leaver("R40", "if.eth-trunk-join", {"@eth-trunk-id": "trunk-id"}, from_default=False),
    ),
    belongs=_TRUNK,
)
IF_LEAST_ACTIVE = OwnedLine(
    "if.least-active",
    "interface",
    "least active-linknumber <n>",
    "undo least active-linknumber",
    "least active-linknumber",
    default={"n": "1"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    belongs=_TRUNK,
)
IF_MAX_ACTIVE = OwnedLine(
    "if.max-active",
    "interface",
    "max active-linknumber <n>",
    "undo max active-linknumber",
    "max active-linknumber",
    default={"n": "64"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    belongs=_TRUNK,
)
IF_LACP_TIMEOUT = OwnedLine(
    "if.lacp-timeout",
    "interface",
    "lacp timeout <timeout> [ user-defined <seconds> ]",
    "undo lacp timeout",
    "lacp timeout",
    kinds={"timeout": choice("fast", "slow")},
    default={"timeout": "slow"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    needs=(LACP,),
    belongs=_TRUNK,
)
IF_LACP_PREEMPT = OwnedLine(
    "if.lacp-preempt",
    "interface",
    "lacp preempt enable",
    "undo lacp preempt enable",
    "lacp preempt enable",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    needs=(LACP,),
    belongs=_TRUNK,
)
IF_LACP_PREEMPT_DELAY = OwnedLine(
    "if.lacp-preempt-delay",
    "interface",
    "lacp preempt delay <seconds>",
    "undo lacp preempt delay",
    "lacp preempt delay",
    default={"seconds": "30"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(ADVICE),
    needs=(order("R37", "if.lacp-preempt"),),
    belongs=_TRUNK,
)
IF_LACP_ET_PRIO = OwnedLine(
    "if.lacp-et-prio",
    "interface",
    "lacp e-trunk priority <priority>",
    "undo lacp e-trunk priority",
    "lacp e-trunk priority",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    needs=(LACP,),
    belongs=_TRUNK,
)
IF_LACP_PRIO = OwnedLine(
    "if.lacp-prio",
    "interface",
    "lacp priority <priority>",
    "undo lacp priority",
    "lacp priority (Interface view)",
    default={"priority": "32768"},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=OWN,
    belongs=(
        *_TRUNK,
        Owner("eth-trunk", ("trunk-id",), via="if.eth-trunk-join"),
        Owner("if.lacp-prio", ("@interface",)),
    ),
)
IF_E_TRUNK = OwnedLine(
    "if.e-trunk",
    "interface",
    "e-trunk <e-trunk-id> [ remote-eth-trunk <eth-trunk-id> ]",
    "undo e-trunk",
    "e-trunk (Eth-Trunk interface view)",
    undo_first="R67",
    impact=(AFFECTS, AFFECTS),
    evidence=said(REFERENCE, GUIDE, replaces=True),
    relation=equal(STOPS, "eth-trunk-id"),
    needs=(Need("R10", ("et.create",), {"e-trunk-id": "e-trunk-id"}), order("R13", "if.mode")),
    belongs=(*_TRUNK, Owner("e-trunk", ("e-trunk-id",))),
    relies=(ROUTED,),
    makes="eth-trunk",
    leads=(Lead(Owner("e-trunk", ("e-trunk-id",)), of=_TRUNK, alone=True),),
)
IF_E_TRUNK_MODE = OwnedLine(
    "if.e-trunk-mode",
    "interface",
    "e-trunk mode <mode>",
    "undo e-trunk mode",
    "e-trunk mode",
    kinds={"mode": choice("auto", "force-master", "force-backup")},
    default={"mode": "auto"},
    impact=(AFFECTS, AFFECTS),
    evidence=said(REFERENCE),
    relation=one_of(STOPS, {"mode": "force-backup"}, own="mode"),
    needs=(Need("R12", ("if.e-trunk",), HERE),),
    belongs=(*_TRUNK, Owner("e-trunk", ("e-trunk-id",), via="if.e-trunk")),
)
IF_ETH_TRUNK_JOIN = OwnedLine(
    "if.eth-trunk-join",
    "interface",
    "eth-trunk <trunk-id> [ mode <mode> ]",
    "undo eth-trunk",
    "eth-trunk",
    kinds={"mode": choice("active", "passive")},
    undo_first="R41",
    impact=(AFFECTS, AFFECTS),
    evidence=said(REFERENCE, GUIDE, replaces=True),
    relation=OWN,
    needs=(
        Need("R11", ("if.enter",), {"trunk-id": "eth-trunk-id"}),
        order("R13", "if.mode", {"trunk-id": "@eth-trunk-id"}),
        order("R13", "if.e-trunk", {"trunk-id": "@eth-trunk-id"}),
    ),
    belongs=(Owner("eth-trunk", ("trunk-id",)),),
    relies=(BARE_PORT,),
)
MEMBER = (
    IF_LACP_SYSID,
    IF_MODE,
    IF_LEAST_ACTIVE,
    IF_MAX_ACTIVE,
    IF_LACP_TIMEOUT,
    IF_LACP_PREEMPT,
    IF_LACP_PREEMPT_DELAY,
    IF_LACP_ET_PRIO,
    IF_LACP_PRIO,
    IF_E_TRUNK,
    IF_E_TRUNK_MODE,
    IF_ETH_TRUNK_JOIN,
)
