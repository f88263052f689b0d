"""Rules of E-Trunks: over the pair, and over one member."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import Statement
from inventory.lines.e_trunk import (
    ET_CREATE,
    ET_PEER_ADDRESS,
    ET_PEER_IPV6,
    ET_PRIORITY,
    ET_SECURITY_KEY,
)
from inventory.rules.equal import differ, views
from inventory.rules.finding import Breach
from inventory.rules.member import Member, alone

ENDS = (ET_PEER_ADDRESS, ET_PEER_IPV6)


def mirrored_trunk(a: Member, b: Member) -> Iterator[Breach]:
    """R74: an E-Trunk has the same ID on both, and its addresses mirror."""
    for here, there in ((a, b), (b, a)):
        for fact in alone(here.all(ET_CREATE), there.all(ET_CREATE), "e-trunk-id"):
            yield Breach(
                f"{fact.text} is on {here.name} only",
                (fact,),
                "the same E-Trunk ID on both",
                {here.name: fact.text, there.name: "none"},
            )
    for here_path, there_path, name in views(a, b, ET_CREATE):
        ours, theirs = a.one(*ENDS, path=here_path), b.one(*ENDS, path=there_path)
        if _ends(ours) != tuple(reversed(_ends(theirs))):
            yield differ(
                f"the addresses{name} do not mirror",
                (a, ours),
                (b, theirs),
                (ours.text if ours else "none", theirs.text if theirs else "none"),
                wanted="peer of one = source of the other",
            )


def _ends(fact: Statement | None) -> tuple[str, str]:
    if fact is None:
        return "", ""
    six = "ipv6" if fact.id == ET_PEER_IPV6.id else "ip"
    return fact.params[f"peer-{six}"], fact.params[f"source-{six}"]


def same_key(a: Member, b: Member) -> Iterator[Breach]:
    """R75: the key is set on both and the same. Ciphertexts say nothing about that and are not compared."""
    for here, there, name in views(a, b, ET_CREATE):
        ours, theirs = a.one(ET_SECURITY_KEY, path=here), b.one(ET_SECURITY_KEY, path=there)
        if ours is None or theirs is None:
            values = ("set" if ours else "not set", "set" if theirs else "not set")
            yield differ(
                f"the security key{name} is not set on both",
                (a, ours or _opener(a, here)),
                (b, theirs or _opener(b, there)),
                values,
                wanted="security-key on both: negotiation fails without it",
            )
        elif _comparable(ours) and _comparable(theirs) and _key(ours) != _key(theirs):
            yield differ(
                f"the security key{name} differs",
                (a, ours),
                (b, theirs),
                (_shown(ours), _shown(theirs)),
                wanted="one key",
            )


def _key(fact: Statement) -> str:
    return fact.params.get("cipher-key", fact.params.get("simple-key", ""))


def _comparable(fact: Statement) -> bool:
    return "simple-key" in fact.params or _key(fact).startswith("<secret:")


def _shown(fact: Statement) -> str:
    return _key(fact) if _key(fact).startswith("<secret:") else "a key of its own"


def different_priorities(a: Member, b: Member) -> Iterator[Breach]:
    """R79: equal priorities leave the election to the system IDs."""
    for here, there, name in views(a, b, ET_CREATE):
        values = (
            a.value(ET_PRIORITY, "priority", here, "100"),
            b.value(ET_PRIORITY, "priority", there, "100"),
        )
        if values[0] == values[1]:
            facts = (
                (a, a.one(ET_PRIORITY, ET_CREATE, path=here) or _opener(a, here)),
                (b, b.one(ET_PRIORITY, ET_CREATE, path=there) or _opener(b, there)),
            )
            yield differ(
                f"the priorities{name} are equal, so the smaller system ID decides who is master",
                *facts,
                values,
                wanted="different priorities; the smaller one is master",
            )


def _opener(member: Member, path: tuple[str, ...]) -> Statement | None:
    return next((fact for fact in member.all(ET_CREATE) if fact.text == path[0]), None)


def weak_key(member: Member) -> Iterator[Breach]:
    """R144: a key in clear text is weak."""
    for fact in member.all(ET_SECURITY_KEY):
        if "simple-key" in fact.params:
            yield Breach(
                f"the security key of {fact.path[0]} is kept in clear text",
                (fact,),
                "security-key cipher",
                {member.name: "security-key simple"},
            )
