"""What each member was seen to be, in a few words for its box in the picture; who is master stands first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parsers.records.e_trunk import ETrunk
from parsers.records.eth_trunk import EthTrunk
from parsers.records.remote_backup import RemoteBackupService
from parsers.records.vrrp import VrrpGroup
from runbooks.report.run import Run
from tasks.checks.entry_kinds import KINDS
from tasks.checks.model import Observation

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
    """Return the last seen roles by device name: elected ones first, then the rest, then how many entries."""
    found: dict[str, tuple[Role, ...]] = {}
    for member in run.members:
        latest = {shown.command: shown for shown in run.observations if shown.member == member}
        roles = [
            say(record)
            for kind, say in _SAYINGS
            for shown in latest.values()
            for record in shown.parsed.records
            if isinstance(record, kind)
        ]
        found[member] = _some([*roles, *_entries(latest)])
    return found


def _entries(latest: Mapping[str, Observation]) -> Iterator[Role]:
    """Say how many entries of each kind a member has, where a display was asked."""
    for tag, kind in KINDS.items():
        begins = kind.display("").strip()
        asked = [shown for command, shown in latest.items() if command.startswith(begins)]
        keys = {
            (interface, key)
            for shown in asked
            for interface in _interfaces(shown, begins)
            for key in kind.keys(shown.parsed.records, interface)
        }
        if asked:
            yield Role(f"{tag} entries: {len(keys)}")


def _interfaces(shown: Observation, begins: str) -> Iterable[str]:
    """Return the interface that a display was asked of, or else those that stand in its rows."""
    return shown.command.removeprefix(begins).split() or {
        getattr(row, "interface", "") for row in shown.parsed.records
    }


def _some(roles: list[Role]) -> tuple[Role, ...]:
    """Return what fits into a box, and how much does not."""
    once = tuple(dict.fromkeys(roles))
    if len(once) <= LINES_SHOWN:
        return once
    return (*once[: LINES_SHOWN - 1], Role(f"and {len(once) - LINES_SHOWN + 1} more"))
