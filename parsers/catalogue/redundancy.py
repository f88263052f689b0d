"""Displays of BFD, VRRP and monitor groups; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.bfd import BfdRow, BfdSession
from parsers.records.interfaces import MonitorGroup, MonitorGroupRow
from parsers.records.vrrp import (
    VrrpBinding,
    VrrpGroup,
    VrrpProtocol,
    VrrpRow,
    VrrpStateChange,
    VrrpStatistics,
)

DISPLAYS: Final = (
    Display(
        "display bfd session SELECTOR verbose",
        r"display bfd session \S.* verbose",
        "bfd_session_verbose",
        BfdSession,
        rewrites=(
            (r"^\s*Name\s*:\s*(\S+)\s+(\([^()]*\) ?)?\s*State\s*:\s*(\S+)\s*$", r"\2State : \3 Name : \1"),
            (r"^\s*(\([^()]*\))?\s*State\s*:\s*(\S+)\s+Name\s*:\s*(\S+)\s*$", r"\1 State : \2 Name : \3"),
        ),
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
)
