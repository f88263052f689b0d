"""Displays of alarms, optical modules and labels; the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.hardware import Alarm, ElectronicLabel, OpticalModule

DISPLAYS: Final = (
    Display(
        "display alarm { active [ root ] | history } verbose",
        r"display alarm (active( root)?|history) verbose",
        "alarm_active_verbose",
        Alarm,
    ),
    Display(
        "display optical-module brief",
        "display optical-module brief",
        "optical_module_brief",
        OpticalModule,
    ),
    Display("display elabel brief", "display elabel brief", "elabel_brief", ElectronicLabel),
)
