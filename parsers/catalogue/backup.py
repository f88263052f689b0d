"""Displays of backup services and profiles; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.remote_backup import (
    RemoteBackupProfile,
    RemoteBackupProfileName,
    RemoteBackupService,
    RemoteBackupServiceName,
)

DISPLAYS: Final = (
    Display(
        "display remote-backup-service",
        "display remote-backup-service",
        "remote_backup_service_list",
        RemoteBackupServiceName,
    ),
    Display(
        "display remote-backup-service NAME [ verbose ]",
        r"display remote-backup-service \S+( verbose)?",
        "remote_backup_service",
        RemoteBackupService,
        rewrites=(
            (r"^\s*Path (\d+)\s*:\s*$", r"Path : \1"),
            (r"^(\s*Track-interface)(\d+)\s*:\s*", r"\1 : \2 "),
        ),
        whole=("TCP-State",),
    ),
    Display(
        "display remote-backup-profile [ slave | slot NUMBER ]",
        r"display remote-backup-profile( slave| slot \d+)?",
        "remote_backup_profile_list",
        RemoteBackupProfileName,
    ),
    Display(
        "display remote-backup-profile [ slave | slot NUMBER ] NAME",
        r"display remote-backup-profile( slave| slot \d+)? \S+",
        "remote_backup_profile",
        RemoteBackupProfile,
        whole=("Backup mode",),
    ),
)
