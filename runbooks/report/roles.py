"""What each member was seen to be, in a few words for its box in the picture; who is master stands first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from parsers.records.e_trunk import ETrunk
from parsers.records.eth_trunk import EthTrunk
from parsers.records.remote_backup import RemoteBackupService
from parsers.records.vrrp import VrrpGroup
from runbooks.report.run import Run

LINES_SHOWN = 8
"""What fits into a box."""
MASTER = "master"


@dataclass(frozen=True, slots=True)
class Role:
    """One line about a member.

    Args:
        text: e.g. `E-Trunk 1: master`.
        leading: the member is master of it.
    """

    text: str
    leading: bool = False


def _elected(name: str, state: str | None) -> Role:
    return Role(f"{name}: {state or 'no role'}", (state or "").casefold() == MASTER)


_SAYINGS: tuple[tuple[type, Callable[[Any], Role]], ...] = (
    (ETrunk, lambda seen: _elected(f"E-Trunk {seen.id}", seen.state)),
    (VrrpGroup, lambda seen: _elected(f"VRRP {seen.vrid} {seen.interface}", seen.state)),
    (EthTrunk, lambda seen: Role(f"{seen.name}: {seen.operate_status or 'no state'}")),
    (RemoteBackupService, lambda seen: Role(f"RBS {seen.name}: {seen.tcp_state or 'no state'}")),
)


def roles_of(run: Run) -> dict[str, tuple[Role, ...]]:
    """Give the last seen roles by device name: elected ones first, then the rest, each once."""
    latest = {(shown.member, shown.command): shown for shown in run.observations}
    return {
        member: _some(
            [
                say(record)
                for kind, say in _SAYINGS
                for (device, _command), shown in latest.items()
                if device == member
                for record in shown.parsed.records
                if isinstance(record, kind)
            ]
        )
        for member in run.members
    }


def _some(roles: list[Role]) -> tuple[Role, ...]:
    """Give what fits into a box, and how much does not."""
    once = tuple(dict.fromkeys(roles))
    if len(once) <= LINES_SHOWN:
        return once
    return (*once[: LINES_SHOWN - 1], Role(f"and {len(once) - LINES_SHOWN + 1} more"))
