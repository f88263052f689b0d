"""Displays of BFD, VRRP and monitor groups; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.bfd import BfdCounters, BfdDevice, BfdInterface, BfdRow, BfdSession
from parsers.records.interfaces import MonitorGroup, MonitorGroupRow, RouteMonitorGroup, RouteMonitorGroupRow
from parsers.records.vrrp import (
    VrrpBinding,
    VrrpGroup,
    VrrpProtocol,
    VrrpRow,
    VrrpStateChange,
    VrrpStatistics,
)

STATE_BEFORE_NAME: Final = (
    (r"^\s*Name\s*:\s*(\S+)\s+(\([^()]*\) ?)?\s*State\s*:\s*(\S+)\s*$", r"\2State : \3 Name : \1"),
    (r"^\s*(\([^()]*\))?\s*State\s*:\s*(\S+)\s+Name\s*:\s*(\S+)\s*$", r"\1 State : \2 Name : \3"),
)
"""A session begins with its state and its name, in either order."""

DISPLAYS: Final = (
    Display(
        "display bfd session SELECTOR verbose",
        r"display bfd session \S.* verbose",
        "bfd_session_verbose",
        BfdSession,
        rewrites=STATE_BEFORE_NAME,
        whole=("Last Local Diagnostic",),
    ),
    Display("display bfd session SELECTOR", r"display bfd session \S.*", "bfd_session", BfdRow),
    Display(
        "display { vrrp | vrrp6 } binding { admin-vrrp | admin-vrrp6 } [ SELECTOR ]",
        r"display vrrp6? binding admin-vrrp6?( .*)?",
        "vrrp_binding",
        VrrpBinding,
    ),
    Display(
        "display { vrrp | vrrp6 } { brief | admin-vrrp | admin-vrrp6 }",
        r"display vrrp6? ([\w/.-]+ )*(brief|admin-vrrp6?)",
        "vrrp_brief",
        VrrpRow,
    ),
    Display(
        "display { vrrp | vrrp6 } state-change interface INTERFACE vrid ID",
        r"display vrrp6? state-change interface \S+( \S+)? vrid \d+",
        "vrrp_state_change",
        VrrpStateChange,
    ),
    Display(
        "display { vrrp | vrrp6 } [ interface INTERFACE ] [ [ vrid ] ID ] statistics",
        r"display vrrp6?( interface \S+( [\d/.]+)?)?( (vrid )?\d+)? statistics",
        "vrrp_statistics",
        VrrpStatistics,
    ),
    Display(
        "display vrrp protocol-information",
        "display vrrp6? protocol-information",
        "vrrp_protocol",
        VrrpProtocol,
    ),
    Display(
        "display { vrrp | vrrp6 } [ interface INTERFACE ] [ [ vrid ] ID ] [ verbose ]",
        r"display vrrp6?( interface \S+( [\d/.]+)?)?( (vrid )?\d+)?( verbose)?",
        "vrrp",
        VrrpGroup,
        rewrites=(
            (r"(?<=\S)[ \t]+(?=Priority (?:Increased|Reduced)\s*:)", "\n"),
            (r"^(\s*Track .*\S)[ \t]+(?=Type\s*:)", r"\1\n"),
        ),
        whole=("Config Type",),
    ),
    Display("display monitor-group", "display monitor-group", "monitor_group_list", MonitorGroupRow),
    Display("display monitor-group NAME", r"display monitor-group \S+", "monitor_group", MonitorGroup),
    Display(
        "display bfd statistics session SELECTOR",
        r"display bfd statistics session \S.*",
        "bfd_statistics_session",
        BfdCounters,
        rewrites=STATE_BEFORE_NAME,
    ),
    Display("display bfd statistics", "display bfd statistics", "bfd_statistics", BfdDevice),
    Display(
        "display bfd interface [ INTERFACE ]", r"display bfd interface( .*)?", "bfd_interface", BfdInterface
    ),
    Display(
        "display ip route-monitor-group",
        "display ip route-monitor-group",
        "route_monitor_groups",
        RouteMonitorGroupRow,
        rewrites=((r"^\?", ""),),
    ),
    Display(
        "display ip route-monitor-group NAME",
        r"display ip route-monitor-group \S+",
        "route_monitor_group",
        RouteMonitorGroup,
    ),
)
