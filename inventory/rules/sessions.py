"""BFD sessions of a pair: which session of one member meets which of the other."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import Statement
from inventory.lines.bfd import BFD_DISCR_LOCAL, BFD_DISCR_REMOTE, BINDS
from inventory.lines.e_trunk import ET_PEER_ADDRESS, ET_PEER_IPV6
from inventory.lines.service import RBS_PEER, RBS_PEER_IPV6
from inventory.rules.member import Member, below

SOURCES = (RBS_PEER, RBS_PEER_IPV6, ET_PEER_ADDRESS, ET_PEER_IPV6)


def peer(session: Statement) -> str:
    """Return the address of the far end."""
    return session.params.get("peer-ip") or session.params.get("peer-ipv6") or ""


def source(session: Statement) -> str:
    """Return the own address; empty where none is typed."""
    return session.params.get("source-ip") or session.params.get("source-ipv6") or ""


def own_addresses(member: Member) -> frozenset[str]:
    """Return the addresses that are known to be the member's own."""
    facts = member.all(*SOURCES, *BINDS)
    texts = (fact.params.get("source-ip") or fact.params.get("source-ipv6") for fact in facts)
    return frozenset(text for text in texts if text) | (
        member.underlay.hosts if member.underlay else frozenset()
    )


def between(a: Member, b: Member) -> Iterator[tuple[Statement, Statement | None]]:
    """Pair a's sessions towards b with b's sessions towards a.

    Several sessions may run between the same addresses: those whose discriminators mirror belong together,
    then those of one name, then the first that is left.
    """
    mine, theirs = own_addresses(a), own_addresses(b)
    left = [back for back in b.all(*BINDS) if peer(back) in mine]
    sessions = [session for session in a.all(*BINDS) if peer(session) in theirs]
    found: dict[int, Statement] = {}
    for fits in (_mirrors, _same_ends_and_name, _same_ends, _same_name):
        for session in sessions:
            back = None if id(session) in found else next((x for x in left if fits(a, session, b, x)), None)
            if back is not None:
                found[id(session)] = back
                left.remove(back)
    yield from ((session, found.get(id(session))) for session in sessions)


def discriminators(member: Member, session: Statement) -> tuple[str, str]:
    """Return the local and the remote discriminator of a session."""
    local, remote = (
        member.value(row, "discr", below(session), "none") for row in (BFD_DISCR_LOCAL, BFD_DISCR_REMOTE)
    )
    return local, remote


def _same_ends(_a: Member, session: Statement, _b: Member, back: Statement) -> bool:
    return source(session) in {peer(back), ""} and source(back) in {peer(session), ""}


def _mirrors(a: Member, session: Statement, b: Member, back: Statement) -> bool:
    ends = discriminators(a, session)
    far = discriminators(b, back)[::-1]
    return ends == far and "none" not in ends and _same_ends(a, session, b, back)


def _same_ends_and_name(a: Member, session: Statement, b: Member, back: Statement) -> bool:
    return _same_ends(a, session, b, back) and _same_name(a, session, b, back)


def _same_name(_a: Member, session: Statement, _b: Member, back: Statement) -> bool:
    return back.params["name"].casefold() == session.params["name"].casefold()
