"""Lines of IGMP snooping in VLANs and VSIs."""

from __future__ import annotations

from inventory.lines.impact import HITLESS, NO_UNDO, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import SNOOPING, Need
from inventory.lines.relation import DEGRADES, OWN, STOPS, equal
from inventory.lines.values import KINDS, choice


def _snooping(prefix: str, view: str) -> tuple[OwnedLine, ...]:
    return (
        OwnedLine(
            f"{prefix}.inst",
            view,
            "igmp-snooping enable",
            "undo igmp-snooping enable",
            "igmp-snooping enable",
            impact=(UNSAID, UNSAID),
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
            relation=equal(DEGRADES),
            needs=(Need("R30", (f"{prefix}.inst",), {f"@{view}": f"@{view}"}),),
        ),
    )


VLAN = (
    OwnedLine(
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
        relation=OWN,
    ),
    *_snooping("igs", "vlan"),
)
VSI = (
    OwnedLine(
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
        relation=OWN,
    ),
    *_snooping("vsi.igs", "vsi"),
    OwnedLine(
        "vsi.l2mc-backup",
        "vsi",
        "l2-multicast <direction> forward [ source-mac-replace ]",
        "undo l2-multicast <direction> forward",
        "l2-multicast backup-report forward",
        key=("direction",),
        kinds={"direction": choice("backup-report", "backup-query")},
        impact=(UNSAID, UNSAID),
        relation=equal(DEGRADES),
        needs=(SNOOPING,),
    ),
)
