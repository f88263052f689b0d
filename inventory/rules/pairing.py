"""Which object of one member is the other member's."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import OwnedLine, Statement
from inventory.lines.profile import RBP_BACKUP_ID
from inventory.lines.service import RBS_PEER, RBS_PEER_IPV6
from inventory.rules.member import Member, both

PEERS = (RBS_PEER, RBS_PEER_IPV6)


def paired(a: Member, b: Member, opener: OwnedLine) -> Iterator[tuple[Statement, Statement]]:
    """Pair the objects that a line makes, by their names or numbers."""
    yield from both(a.all(opener), b.all(opener), *opener.key)


def elsewhere(here: Member, there: Member, header: str) -> bool:
    """Tell whether a service is known to lead to a third device; its profiles go with it."""
    service = here.value(RBP_BACKUP_ID, "rbs-name", (header,))
    peer = here.one(*PEERS, path=(f"remote-backup-service {service}" if service else header,))
    if peer is None or there.underlay is None:
        return False
    return not {peer.params.get("peer-ip"), peer.params.get("peer-ipv6")} & there.underlay.hosts
