"""Rules of BFD sessions: over the pair, and over one member."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import Statement
from inventory.lines.bfd import (
    BFD_BIND_DEFAULT,
    BFD_BIND_IP,
    BFD_BIND_IP6,
    BFD_DISCR_LOCAL,
    BFD_GLOBAL,
    BFD_ONE_ARM,
    BFD_WTR,
    BINDS,
)
from inventory.lines.e_trunk import ET_BFD_ENABLE, ET_TRACK_BFD
from inventory.lines.service import RBS_TRACK_BFD
from inventory.lines.vrrp import VRRP, VRRP6
from inventory.rules.equal import differ
from inventory.rules.finding import Breach
from inventory.rules.member import Member, below
from inventory.rules.sessions import between, discriminators, peer


def mirrored_discriminators(a: Member, b: Member) -> Iterator[Breach]:
    """R90: the local discriminator of one member is the remote one of the other."""
    for ours, theirs in between(a, b):
        if theirs is None or "auto" in ours.params or "auto" in theirs.params:
            continue
        if BFD_ONE_ARM in (ours.row, theirs.row):  # an echo comes back by itself: it has no remote end
            continue
        mine = discriminators(a, ours)
        yours = discriminators(b, theirs)
        if mine != tuple(reversed(yours)):
            yield differ(
                f"the discriminators of BFD session {ours.params['name']} do not mirror",
                (a, a.one(BFD_DISCR_LOCAL, path=below(ours)) or ours),
                (b, b.one(BFD_DISCR_LOCAL, path=below(theirs)) or theirs),
                (f"local {mine[0]} remote {mine[1]}", f"local {yours[0]} remote {yours[1]}"),
                wanted="local of one = remote of the other",
            )


def sessions_on_both(a: Member, b: Member) -> Iterator[Breach]:
    """R91: a session stands on both ends, static on both or negotiated on both."""
    for here, there in ((a, b), (b, a)):
        for session, back in between(here, there):
            if session.id == BFD_ONE_ARM.id:
                continue
            if back is None:
                yield Breach(
                    f"BFD session {session.params['name']} is on {here.name} only",
                    (session,),
                    "a session on both ends",
                    {here.name: session.text, there.name: "none"},
                )
            elif here is a and ("auto" in session.params) != ("auto" in back.params):
                yield differ(
                    f"BFD session {session.params['name']} is negotiated on one end only",
                    (a, session),
                    (b, back),
                    (session.text, back.text),
                    wanted="static on both or auto on both",
                )


def multicast_on_both(a: Member, b: Member) -> Iterator[Breach]:
    """R91: a session that is bound to the multicast address of BFD is so on both ends."""
    there = {fact.params["name"].casefold(): fact for fact in b.all(*BINDS)}
    for session in a.all(*BINDS):
        back = there.get(session.params["name"].casefold())
        if back is not None and (session.id == BFD_BIND_DEFAULT.id) != (back.id == BFD_BIND_DEFAULT.id):
            yield differ(
                f"BFD session {session.params['name']} is bound to the multicast address on one end only",
                (a, session),
                (b, back),
                (session.text, back.text),
                wanted="default-ip on both or on neither",
            )


def same_wtr(a: Member, b: Member) -> Iterator[Breach]:
    """R92: the waiting time after recovery is the same on both ends."""
    for ours, theirs in between(a, b):
        if theirs is None:
            continue
        values = (
            a.value(BFD_WTR, "minutes", below(ours), "0"),
            b.value(BFD_WTR, "minutes", below(theirs), "0"),
        )
        if values[0] != values[1]:
            yield differ(
                f"the wtr of BFD session {ours.params['name']} differs",
                (a, a.one(BFD_WTR, path=below(ours))),
                (b, b.one(BFD_WTR, path=below(theirs))),
                values,
                wanted="equal values",
            )


def unique_discriminators(member: Member) -> Iterator[Breach]:
    """R90: a local discriminator is used once on a device."""
    seen: dict[str, Statement] = {}
    for fact in member.all(BFD_DISCR_LOCAL):
        earlier = seen.setdefault(fact.params["discr"], fact)
        if earlier is not fact:
            yield Breach(
                f"local discriminator {fact.params['discr']} is used twice",
                (earlier, fact),
                "a discriminator of its own for each session",
                {member.name: fact.params["discr"]},
            )


def different_ends(member: Member) -> Iterator[Breach]:
    """R94: local and remote discriminator of a session bound to the multicast address differ."""
    for session in member.all(BFD_BIND_DEFAULT):
        local, remote = discriminators(member, session)
        if local == remote != "none":
            yield Breach(
                f"both discriminators of BFD session {session.params['name']} are {local}",
                (session,),
                "different discriminators",
                {member.name: local},
            )


def foreign_peer(member: Member) -> Iterator[Breach]:
    """R93: a session's peer is neither an own address nor a virtual one."""
    virtual = {fact.params["vip"] for fact in member.all(VRRP.create, VRRP6.create) if "vip" in fact.params}
    own = member.underlay.hosts if member.underlay else frozenset()
    for session in member.all(*BINDS):
        if peer(session) in virtual or peer(session) in own:
            kind = "a VRRP virtual address" if peer(session) in virtual else "an own address"
            yield Breach(
                f"the peer of BFD session {session.params['name']} is {kind}",
                (session,),
                "an address of the far end",
                {member.name: peer(session)},
            )


def discriminators_set(member: Member) -> Iterator[Breach]:
    """R15: static sessions have both discriminators, one-arm ones the local, negotiated ones none."""
    for session in member.all(*BINDS):
        known = zip(("local", "remote"), discriminators(member, session), strict=True)
        have = tuple(end for end, value in known if value != "none")
        want: tuple[str, ...] = ("local", "remote")
        if "auto" in session.params:
            want = ()
        elif session.id == BFD_ONE_ARM.id:
            want = ("local",)
        if have != want:
            yield Breach(
                f"BFD session {session.params['name']} has not the discriminators of its kind",
                (session,),
                f"discriminators: {', '.join(want) or 'none'}",
                {member.name: ", ".join(have) or "none"},
            )


def bfd_enabled(member: Member) -> Iterator[Breach]:
    """R14: BFD is enabled globally where a line needs it."""
    users = member.all(*BINDS, ET_BFD_ENABLE, VRRP.track_bfd, VRRP6.track_bfd)
    if users and not member.one(BFD_GLOBAL):
        yield Breach("BFD is not enabled", users[:1], "bfd", {member.name: "no bfd"})


def _is_static_between_addresses(session: Statement) -> bool:
    return session.id in {BFD_BIND_IP.id, BFD_BIND_IP6.id} and "auto" not in session.params


def tracked_sessions(member: Member) -> Iterator[Breach]:
    """R16, R17, R18: a followed session exists; an E-Trunk follows a static one between addresses."""
    sessions = {fact.params["name"].casefold(): fact for fact in member.all(*BINDS)}
    local = set(member.values(BFD_DISCR_LOCAL, "discr"))
    for fact in member.all(ET_TRACK_BFD, VRRP.track_bfd, VRRP6.track_bfd):
        name = fact.params.get("bfd-name")
        session = sessions.get(name.casefold()) if name else None
        if name and session is None:
            yield Breach(f"no BFD session {name}", (fact,), "the session first", {member.name: fact.text})
        elif fact.id == ET_TRACK_BFD.id and session and not _is_static_between_addresses(session):
            yield Breach(
                f"an E-Trunk cannot follow BFD session {name}",
                (fact, session),
                "a static session between two addresses",
                {member.name: session.text},
            )
    for fact in member.all(RBS_TRACK_BFD):
        if fact.params["discr"] not in local:
            yield Breach(
                f"no BFD session with local discriminator {fact.params['discr']}",
                (fact,),
                "the session first",
                {member.name: fact.text},
            )
