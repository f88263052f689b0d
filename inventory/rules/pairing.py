"""Which object of one member is the other member's: by name or number, else by what it is there for.

Services, profiles and groups have names of each device. Where those differ, the ends of a channel, the backup
ID of a profile and the lines that follow a group tell which belong together, so that they can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from inventory.lines import OwnedLine, Statement
from inventory.lines.monitor import MG_CREATE, RMG_CREATE
from inventory.lines.profile import RBP_BACKUP_ID, RBP_CREATE
from inventory.lines.service import (
    RBS_CREATE,
    RBS_PEER,
    RBS_PEER_IPV6,
    RBS_TRACK_MONITOR_GROUP,
    RBS_TRACK_ROUTE_MONITOR_GROUP,
)
from inventory.lines.vrrp_tracks import IF_TRACK_MG, VRRP_TRACK_MG, VRRP_TRACK_RMG
from inventory.rules.member import Member, alone, below, both

PEERS = (RBS_PEER, RBS_PEER_IPV6)
_FOLLOWERS: Mapping[OwnedLine, tuple[OwnedLine, ...]] = {
    MG_CREATE: (RBS_TRACK_MONITOR_GROUP, VRRP_TRACK_MG, IF_TRACK_MG),
    RMG_CREATE: (RBS_TRACK_ROUTE_MONITOR_GROUP, VRRP_TRACK_RMG),
}
Pairs = Iterator[tuple[Statement, Statement]]
Fits = Callable[[Member, Statement, Member, Statement], bool]


def paired(a: Member, b: Member, opener: OwnedLine) -> Pairs:
    """Pair the objects that a line makes: those of one name first, then those that are there for the same."""
    ours, theirs = a.all(opener), b.all(opener)
    yield from both(ours, theirs, *opener.key)
    yield from renamed(a, b, opener)


def renamed(a: Member, b: Member, opener: OwnedLine) -> Pairs:
    """Pair the objects of different names that are there for the same."""
    if opener not in _FITS:
        return
    key, fits = opener.key[0], _FITS[opener]
    mine, yours = (tuple(alone(here.all(opener), there.all(opener), key)) for here, there in ((a, b), (b, a)))
    fitting = [(one, other) for one in mine for other in yours if fits(a, one, b, other)]
    for pair in fitting:
        if all(pair is other or not {*map(id, pair)} & {*map(id, other)} for other in fitting):
            yield pair


def elsewhere(here: Member, there: Member, header: str) -> bool:
    """Tell whether a service is known to lead to a third device; its profiles go with it."""
    service = here.value(RBP_BACKUP_ID, "rbs-name", (header,))
    peer = here.one(*PEERS, path=(f"remote-backup-service {service}" if service else header,))
    if peer is None or there.underlay is None:
        return False
    return not {peer.params.get("peer-ip"), peer.params.get("peer-ipv6")} & there.underlay.hosts


def _same_channel(a: Member, ours: Statement, b: Member, theirs: Statement) -> bool:
    """Tell whether a service leads to the other's source, or the other's to its own."""
    one, other = a.one(*PEERS, path=below(ours)), b.one(*PEERS, path=below(theirs))
    if one is None or other is None:
        return False
    mine, yours = _ends(one), _ends(other)
    return mine[0] == yours[1] or mine[1] == yours[0]


def _ends(line: Statement) -> tuple[str, str]:
    six = "ipv6" if line.row is RBS_PEER_IPV6 else "ip"
    return line.params[f"peer-{six}"], line.params[f"source-{six}"]


def _same_backup(a: Member, ours: Statement, b: Member, theirs: Statement) -> bool:
    """Tell whether two profiles have one backup ID of services that belong together."""
    one, other = a.one(RBP_BACKUP_ID, path=below(ours)), b.one(RBP_BACKUP_ID, path=below(theirs))
    if one is None or other is None or one.params["backup-id"] != other.params["backup-id"]:
        return False
    names = (one.params["rbs-name"].casefold(), other.params["rbs-name"].casefold())
    services = paired(a, b, RBS_CREATE)
    return names in {tuple(fact.params["rbs-name"].casefold() for fact in pair) for pair in services}


def _same_followers(a: Member, ours: Statement, b: Member, theirs: Statement) -> bool:
    """Tell whether lines of the same kinds follow two groups."""
    mine, yours = (_followers(member, group) for member, group in ((a, ours), (b, theirs)))
    return bool(mine) and mine == yours


def _followers(member: Member, group: Statement) -> frozenset[str]:
    name = group.params["name"]
    return frozenset(fact.id for fact in member.all(*_FOLLOWERS[group.row]) if fact.params["group"] == name)


_FITS: Mapping[OwnedLine, Fits] = {
    RBS_CREATE: _same_channel,
    RBP_CREATE: _same_backup,
    MG_CREATE: _same_followers,
    RMG_CREATE: _same_followers,
}
