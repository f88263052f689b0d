"""Displays of IGMP and MLD snooping beside its ports; the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.snooping import (
    SnoopedGroup,
    SnoopingLines,
    SnoopingQuerier,
    SnoopingRouterPorts,
    SnoopingState,
)

_SNOOPING = "display (igmp|mld)-snooping"

DISPLAYS: Final = (
    Display(
        "display { igmp-snooping | mld-snooping } querier SELECTOR",
        rf"{_SNOOPING} querier .+",
        "snooping_querier",
        SnoopingQuerier,
    ),
    Display(
        "display { igmp-snooping | mld-snooping } router-port [ SELECTOR ]",
        rf"{_SNOOPING} router-port( .+)?",
        "snooping_router_port",
        SnoopingRouterPorts,
    ),
    Display(
        "display { igmp-snooping | mld-snooping } group-info [ SELECTOR ]",
        rf"{_SNOOPING} group-info( .+)?",
        "snooping_group_info",
        SnoopedGroup,
    ),
    Display(
        "display { igmp-snooping | mld-snooping } [ SELECTOR ] configuration",
        rf"{_SNOOPING}( (vlan|vsi)( \S+)?)? configuration",
        "snooping_configuration",
        SnoopingLines,
    ),
    Display(
        "display { igmp-snooping | mld-snooping } [ vlan [ VID ] | vsi [ NAME ] ]",
        rf"{_SNOOPING}( (vlan|vsi)( \S+)?)?",
        "snooping_state",
        SnoopingState,
    ),
)
