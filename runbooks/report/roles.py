"""What each member was seen to be, in a few words for its box in the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parsers.records.e_trunk import ETrunk
from parsers.records.eth_trunk import EthTrunk
from parsers.records.remote_backup import RemoteBackupService
from runbooks.report.run import Run

LINES_SHOWN = 4
"""What fits into a box."""

_SAYINGS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (ETrunk, lambda seen: f"E-Trunk {seen.id}: {seen.state or 'no role'}"),
    (EthTrunk, lambda seen: f"{seen.name}: {seen.operate_status or 'no state'}"),
    (RemoteBackupService, lambda seen: f"RBS {seen.name}: {seen.tcp_state or 'no state'}"),
)


def roles_of(run: Run) -> dict[str, tuple[str, ...]]:
    """Give the last seen roles by device name, e.g. `{"DeviceA": ("E-Trunk 1: master",)}`."""
    seen: dict[str, dict[str, None]] = {member: {} for member in run.members}
    latest = {(shown.member, shown.command): shown for shown in run.observations}
    for shown in latest.values():
        for record in shown.parsed.records:
            lines = [say(record) for kind, say in _SAYINGS if isinstance(record, kind)]
            seen.setdefault(shown.member, {}).update(dict.fromkeys(lines))
    return {member: tuple(lines)[:LINES_SHOWN] for member, lines in seen.items()}
