"""Back up at once what a pair's intent asks for: `batch-backup service-type X now`, on both members.

An action, not a line of the configuration: it is done once, after a deployment (manual page "batch-backup
service-type now"), and goes one way, so that both members do it (R105).
"""

from __future__ import annotations

from inventory.lines.service import RBS_CREATE
from inventory.model import Pair, Side
from tasks.plan.model import Command

_ORDER = ("l2tp", "bras")
"""Services in this order before all others (R106)."""


def batch_commands(pair: Pair, side: Side) -> tuple[Command, ...]:
    """Return what is typed on a member: into each service's view, the actions, and out again."""
    commands: list[Command] = []
    for service in pair.backup_services:
        if not service.on(side) or not service.batch_backup_now:
            continue
        row, params = RBS_CREATE, {"rbs-name": service.name.of(side)}
        view = row.prompt(params)
        actions = sorted(service.batch_backup_now, key=_rank)
        commands.append(Command(row.text(**params), view))
        commands += [Command(f"batch-backup service-type {name} now", view) for name in actions]
        commands.append(Command("quit", ""))
    return tuple(commands)


def _rank(service: str) -> int:
    """Order services as R106 wants them."""
    return _ORDER.index(service) if service in _ORDER else len(_ORDER)
