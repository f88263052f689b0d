"""Lines of interfaces that are no protocol's: the view itself, and the profile that is bound to it."""

from __future__ import annotations

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import AFFECTS, HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import BOUND, PROFILE_WITH_ROLES, Lead, Owner
from inventory.lines.relation import OWN, STOPS, equal

IF_ENTER = OwnedLine(
    "if.enter",
    "system",
    "interface <interface>",
    "undo interface <interface>",
    "interface",
    key=("interface",),
    opens="interface",
    suffix="-<interface>",
    holder=True,
    impact=(HITLESS, AFFECTS),
    evidence=said(REFERENCE, GUIDE),
    relation=OWN,
)
IF_RBP = OwnedLine(
    "if.rbp",
    "interface",
    "remote-backup-profile <rbp-name>",
    "undo remote-backup-profile <rbp-name>",
    "remote-backup-profile (Interface view)",
    undo_first="R67",
    impact=(UNSAID, AFFECTS),
    evidence=said(REFERENCE, GUIDE, replaces=True),
    relation=equal(STOPS),
    needs=PROFILE_WITH_ROLES,
    belongs=(Owner("rbp", ("rbp-name",)),),
    leads=(
        Lead(BOUND, wanted=True),
        Lead(Owner("multicast", ("@interface",)), of=(Owner("multicast-profile", ("rbp-name",)), BOUND)),
    ),
)
