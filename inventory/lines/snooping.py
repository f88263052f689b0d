"""Lines of IGMP snooping in VLANs and VSIs."""

from __future__ import annotations

from typing import NamedTuple

from inventory.lines.evidence import GUIDE, REFERENCE, said
from inventory.lines.impact import HITLESS, NO_UNDO, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import SNOOPING, Need, Owner
from inventory.lines.presence import BOUND_VSI, SWITCHED
from inventory.lines.relation import ADVICE, DEGRADES, OWN, STOPS, equal
from inventory.lines.values import KINDS, choice


class Snooping(NamedTuple):
    """Rows of IGMP snooping in a view of one kind, as the device prints them."""

    instance: OwnedLine
    version: OwnedLine
    proxy: OwnedLine
    querier: OwnedLine


def _snooping(prefix: str, view: str) -> Snooping:
    return Snooping(
        OwnedLine(
            f"{prefix}.inst",
            view,
            "igmp-snooping enable",
            "undo igmp-snooping enable",
            "igmp-snooping enable",
            impact=(UNSAID, UNSAID),
            evidence=said(REFERENCE, *([GUIDE] if view == "vsi" else [])),
            relation=equal(STOPS),
            needs=(SNOOPING,),
        ),
        OwnedLine(
            f"{prefix}.version",
            view,
            "igmp-snooping version <n>",
            "undo igmp-snooping version",
            "igmp-snooping version",
            default={"n": "2"},
            impact=(UNSAID, UNSAID),
            evidence=said(REFERENCE),
            relation=equal(DEGRADES),
            needs=(Need("R30", (f"{prefix}.inst",), {f"@{view}": f"@{view}"}),),
        ),
        OwnedLine(
            f"{prefix}.proxy",
            view,
            "igmp-snooping proxy",
            "undo igmp-snooping proxy",
            "igmp-snooping proxy",
            impact=(UNSAID, UNSAID),
            evidence=said(REFERENCE, *([GUIDE] if view == "vsi" else [])),
            relation=equal(DEGRADES),
            needs=(Need("R30", (f"{prefix}.inst",), {f"@{view}": f"@{view}"}),),
        ),
        OwnedLine(
            f"{prefix}.querier",
            view,
            "igmp-snooping querier enable",
            "undo igmp-snooping querier enable",
            "igmp-snooping querier enable",
            impact=(UNSAID, UNSAID),
            evidence=said(REFERENCE),
            relation=equal(DEGRADES),
            needs=(Need("R30", (f"{prefix}.inst",), {f"@{view}": f"@{view}"}),),
        ),
    )


IGS, VSI_IGS = _snooping("igs", "vlan"), _snooping("vsi.igs", "vsi")
VLAN_ENTER = OwnedLine(
    "vlan.enter",
    "system",
    "vlan <vlan>",
    "",
    "vlan",
    key=("vlan",),
    opens="vlan",
    suffix="-vlan<vlan>",
    kinds={"vlan": KINDS["integer"]},
    holder=True,
    impact=(HITLESS, NO_UNDO),
    evidence=said(REFERENCE, GUIDE),
    relation=OWN,
)
VLAN = (
    VLAN_ENTER,
    *IGS,
)
VSI_ENTER = OwnedLine(
    "vsi.enter",
    "system",
    "vsi <vsi> [ <signalling> ] [ bd-mode ]",
    "",
    "vsi",
    key=("vsi",),
    opens="vsi",
    suffix="-vsi-<vsi>",
    enter="vsi <vsi>",
    kinds={"signalling": choice("static", "auto")},
    holder=True,
    impact=(HITLESS, NO_UNDO),
    evidence=said(REFERENCE, GUIDE),
    relation=OWN,
)
VSI_L2MC_BACKUP = OwnedLine(
    "vsi.l2mc-backup",
    "vsi",
    "l2-multicast <direction> forward [ source-mac-replace ]",
    "undo l2-multicast <direction> forward",
    "l2-multicast backup-report forward",
    key=("direction",),
    kinds={"direction": choice("backup-report", "backup-query")},
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE),
    relation=equal(DEGRADES),
    needs=(SNOOPING,),
)
VSI = (
    VSI_ENTER,
    *VSI_IGS,
    VSI_L2MC_BACKUP,
)
IF_IGS_BACKUP_REPORT = OwnedLine(
    "if.igs-backup-report",
    "interface",
    "igmp-snooping backup-report forward",
    "undo igmp-snooping backup-report forward",
    "igmp-snooping backup-report forward",
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, GUIDE),
    relation=equal(DEGRADES),
    needs=(SNOOPING,),
    belongs=(Owner("multicast", ("@interface",)),),
    relies=(BOUND_VSI,),
)
IF_IGS_ROUTER_PORT = OwnedLine(
    "if.igs-router-port",
    "interface",
    "igmp-snooping static-router-port vlan <vid>",
    "undo igmp-snooping static-router-port vlan <vid>",
    "igmp-snooping static-router-port",
    key=("vid",),
    impact=(UNSAID, UNSAID),
    evidence=said(REFERENCE, replaces=True),
    relation=equal(ADVICE),
    needs=(SNOOPING,),
    belongs=(Owner("multicast", ("@interface",)),),
    relies=(SWITCHED,),
)
INTERFACE = (
    IF_IGS_BACKUP_REPORT,
    IF_IGS_ROUTER_PORT,
)
