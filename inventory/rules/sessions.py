"""BFD sessions of a pair: which session of one member meets which of the other."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.facts import Fact
from inventory.rules.member import Member, below

BINDS = (
    "bfd.bind-default",
    "bfd.bind-track-if",
    "bfd.bind-ip6-track",
    "bfd.one-arm",
    "bfd.bind-ip",
    "bfd.bind-ip6",
)
SOURCES = ("rbs.peer", "rbs.peer-ipv6", "et.peer-address", "et.peer-ipv6")


def peer(session: Fact) -> str:
    """Give the address of the far end."""
    return session.params.get("peer-ip") or session.params.get("peer-ipv6") or ""


def source(session: Fact) -> str:
    """Give the own address; empty where none is typed."""
    return session.params.get("source-ip") or session.params.get("source-ipv6") or ""


def own_addresses(member: Member) -> frozenset[str]:
    """Give the addresses that are known to be the member's own."""
    facts = member.all(*SOURCES, *BINDS)
    texts = (fact.params.get("source-ip") or fact.params.get("source-ipv6") for fact in facts)
    return frozenset(text for text in texts if text) | (
        member.underlay.hosts if member.underlay else frozenset()
    )


def between(a: Member, b: Member) -> Iterator[tuple[Fact, Fact | None]]:
    """Pair a's sessions towards b with b's sessions towards a.

    Several sessions may run between the same addresses: those whose discriminators mirror belong together,
    then those of one name, then the first that is left.
    """
    mine, theirs = own_addresses(a), own_addresses(b)
    left = [back for back in b.all(*BINDS) if peer(back) in mine]
    sessions = [session for session in a.all(*BINDS) if peer(session) in theirs]
    found: dict[int, Fact] = {}
    for fits in (_mirrors, _same_ends_and_name, _same_ends, _same_name):
        for session in sessions:
            back = None if id(session) in found else next((x for x in left if fits(a, session, b, x)), None)
            if back is not None:
                found[id(session)] = back
                left.remove(back)
    yield from ((session, found.get(id(session))) for session in sessions)


def discriminator(member: Member, session: Fact, end: str) -> str:
    """Give the `local` or `remote` discriminator of a session."""
    return member.value(f"bfd.discr-{end}", "discr", below(session), "none")


def _same_ends(_a: Member, session: Fact, _b: Member, back: Fact) -> bool:
    return source(session) in {peer(back), ""} and peer(session) in {source(back), ""}


def _mirrors(a: Member, session: Fact, b: Member, back: Fact) -> bool:
    ends = [discriminator(a, session, end) for end in ("local", "remote")]
    far = [discriminator(b, back, end) for end in ("remote", "local")]
    return ends == far and "none" not in ends and _same_ends(a, session, b, back)


def _same_ends_and_name(a: Member, session: Fact, b: Member, back: Fact) -> bool:
    return _same_ends(a, session, b, back) and _same_name(a, session, b, back)


def _same_name(_a: Member, session: Fact, _b: Member, back: Fact) -> bool:
    return back.params["name"].casefold() == session.params["name"].casefold()
