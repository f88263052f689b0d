"""What a plan changes, line by line, and what its objects are called on the two members."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import Statement
from inventory.model import SIDES, Pair
from tasks.plan.items import items_of
from tasks.plan.model import MemberPlan


def changed_items(member: MemberPlan) -> Iterator[tuple[Statement, bool]]:
    """Yield the lines that come, go or get another value, and whether they stand afterwards."""
    if not member.forward:
        return
    before, after = items_of(member.base), items_of(member.predicted)
    for key, item in after.items():
        if key not in before or before[key].value != item.value:
            yield item, True
    for key, item in before.items():
        if key not in after:
            yield item, False


def twin_names(pair: Pair) -> Iterator[frozenset[str]]:
    """Yield what each object is called on the two members."""
    for e_trunk in pair.e_trunks:
        yield frozenset(f"e-trunk {e_trunk.id.of(side)}" for side in SIDES)
    for service in pair.backup_services:
        yield frozenset(f"remote-backup-service {service.name.of(side)}" for side in SIDES)
    for profile in pair.backup_profiles:
        yield frozenset(f"remote-backup-profile {profile.name.of(side)}" for side in SIDES)
    for interface in pair.interfaces:
        yield frozenset(interface.name.of(side) for side in SIDES)
    for trunk in (one for e_trunk in pair.e_trunks for one in e_trunk.members):
        yield frozenset(f"Eth-Trunk{trunk.eth_trunk.of(side)}" for side in SIDES)
        yield frozenset(port for side in SIDES for port in trunk.ports.of(side))
