"""Displays of the device and its configuration; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.logins import LockHolder, NetconfSession, SessionDetail, UserLine
from parsers.records.storage import FileRow, LogBuffer, SerialNumbers
from parsers.records.system import (
    Board,
    BoardRow,
    CardRow,
    Clock,
    Commit,
    CommitRow,
    ConfigurationLine,
    ConfigurationSession,
    Startup,
    TrialStatus,
    Version,
)

DISPLAYS: Final = (
    Display("display version", "display version", "version", Version),
    Display("display device pic-status", r"display device( \S+)? pic-status", "device_pic_status", CardRow),
    Display("display device", "display device", "device", BoardRow),
    Display("display device SLOT", r"display device \d+", "device_slot", Board),
    Display(
        "display startup",
        "display startup",
        "startup",
        Startup,
        whole=("Next startup saved-configuration file",),
    ),
    Display("display clock", "display clock", "clock", Clock, opens_with_time=True),
    Display(
        "display configuration commit list verbose [ NUMBER ]",
        r"display configuration commit list verbose( .*)?",
        "commit_list_verbose",
        Commit,
    ),
    Display(
        "display configuration commit list [ NUMBER | label ]",
        r"display configuration commit list( \d+| label)?",
        "commit_list",
        CommitRow,
    ),
    Display(
        "display configuration commit changes [ SELECTOR ]",
        r"display configuration commit changes( .*)?",
        "configuration_changes",
        ConfigurationLine,
        verbatim=True,
    ),
    Display(
        "display configuration candidate [ merge | changes ]",
        r"display configuration candidate( merge| changes)?",
        "configuration_changes",
        ConfigurationLine,
        verbatim=True,
    ),
    Display(
        "display { current-configuration | saved-configuration }",
        r"display (current|saved)-configuration",
        "configuration",
        ConfigurationLine,
        verbatim=True,
        whole=("return",),
    ),
    Display(
        "display { current-configuration | saved-configuration } SELECTOR",
        r"display (current|saved)-configuration .*",
        "configuration",
        ConfigurationLine,
        verbatim=True,
    ),
    Display(
        "display configuration trial status",
        "display configuration trial status",
        "trial_status",
        TrialStatus,
    ),
    Display(
        "display configuration sessions",
        "display configuration sessions",
        "configuration_sessions",
        ConfigurationSession,
    ),
    Display(
        "display configuration sessions verbose",
        "display configuration sessions verbose",
        "configuration_sessions_verbose",
        SessionDetail,
    ),
    Display(
        "display configuration-occupied user",
        "display configuration-occupied user",
        "lock_holder",
        LockHolder,
    ),
    Display(
        "display configuration exclusive by-user-name",
        "display configuration exclusive by-user-name",
        "lock_holder",
        LockHolder,
    ),
    Display("display netconf session", "display netconf session", "netconf_session", NetconfSession),
    Display("display users [ all ]", "display users( all)?", "users", UserLine),
    Display(
        "display { logbuffer | trapbuffer } [ SELECTOR ]",
        r"display (log|trap)buffer( .*)?",
        "logbuffer",
        LogBuffer,
        logs=True,
    ),
    Display("dir [ /all ] [ FILE ]", r"dir( /all)?( \S+)?", "directory", FileRow),
    Display("display esn", "display esn", "esn", SerialNumbers),
)
