"""Keys of backed-up entries in the records of a display, without what differs between members by nature.

Of users, associations and leases a display tells only how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from tasks.checks.ipsec import origins_of_ike

UPTIME: Final = re.compile(r"(\d+):(\d\d):(\d\d)")
"""As shown of a young entry; how that of days looks is in no manual."""


def no_entries(_records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return no key: a member has nothing of itself."""
    return frozenset()


def group_keys(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return groups, with their sources where shown."""
    return frozenset(
        key
        for instance in records
        for interface in instance.interfaces
        for group in interface.groups
        for key in (group.group, *(f"({row.source}, {group.group})" for row in group.sources))
    )


def group_ages(records: tuple[Any, ...]) -> Mapping[str, float]:
    """Return for how many seconds each group and each of its sources has been there, where that is shown."""
    times = {
        key: UPTIME.fullmatch(uptime or "")
        for instance in records
        for interface in instance.interfaces
        for group in interface.groups
        for key, uptime in (
            (group.group, group.uptime),
            *((f"({row.source}, {group.group})", row.uptime) for row in group.sources),
        )
    }
    return {
        key: float(int(read[1]) * 3600 + int(read[2]) * 60 + int(read[3]))
        for key, read in times.items()
        if read
    }


def snooping_keys(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return scopes, sources and groups."""
    return frozenset(
        f"{scope.vsi or f'VLAN {scope.vlan}'} ({entry.source}, {entry.group})"
        for scope in records
        for entry in scope.entries
    )


def arp_keys(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return learned neighbours: dynamic ones, and those that came from the peer."""
    return frozenset(row.ip for row in records if row.type[:1] in {"D", "R"})


def own_addresses(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return the device's own addresses."""
    return frozenset(row.ip for row in records if row.type.startswith("I"))


def nd_keys(records: tuple[Any, ...], interface: str) -> frozenset[str]:
    """Return learned neighbours; a link-local one may be the peer itself, which no display tells apart."""
    return frozenset(
        row.ip.lower()
        for row in records
        if row.interface == interface and row.state != "incmp" and not row.ip.lower().startswith("fe80:")
    )


def own_ipv6(records: tuple[Any, ...], interface: str) -> frozenset[str]:
    """Return the device's own addresses on an interface."""
    return frozenset(
        text.partition("/")[0].lower() for row in records if row.name == interface for text in row.addresses
    )


def _numbered(count: int) -> frozenset[str]:
    """Return keys of entries that a display only counts: as many, whichever they are."""
    return frozenset(f"entry {number} of those counted" for number in range(1, count + 1))


def users(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return the subscribers that are backed up, those of the peer among them."""
    return _numbered(sum(origins_of_users(records)))


def origins_of_users(records: tuple[Any, ...]) -> tuple[int, int]:
    """Return how many subscribers are a member's own, and how many the other one's."""
    return (
        sum(row.rui_local_users or 0 for row in records),
        sum(row.rui_remote_users or 0 for row in records),
    )


def sessions(records: tuple[Any, ...], _profile: str) -> frozenset[str]:
    """Return L2TP sessions by tunnel and session, which both members number alike."""
    return frozenset(f"session {row.local_session} of tunnel {row.local_tunnel}" for row in records)


def origins_of_sessions(records: tuple[Any, ...]) -> tuple[int, int]:
    """Return how many L2TP sessions are a member's own, and how many the other one's."""
    copied = sum(row.registered == "R" for row in records)
    return len(records) - copied, copied


def associations(records: tuple[Any, ...], _profile: str) -> frozenset[str]:
    """Return the IKE security associations that are backed up, those of the peer among them."""
    return _numbered(sum(origins_of_ike(records)))


def addresses_in_use(records: tuple[Any, ...], pool: str) -> frozenset[str]:
    """Return the addresses in use of a pool."""
    used = (block.used or 0 for row in records if row.name == pool for block in row.addresses)
    return _numbered(sum(used))


def relayed(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return DHCPv6 bindings by client, association and what they were given."""
    return frozenset(
        f"{row.duid} {row.ia_type} {row.ia_id} {row.ip or row.prefix or ''}".strip() for row in records
    )
