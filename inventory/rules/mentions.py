"""What a whole configuration has and no line uses, and what its lines name and it has not.

Neither stops a device: it takes a profile that is bound nowhere and a channel that no profile uses, and backs
up nothing with them. Lines of ours use a name where it stands in the parameter for it; a foreign line uses
each name that is one of its words, unless it is a description or opens a view.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inventory.lines import Statement
from inventory.lines.bfd import (
    BFD_BIND_IP6_TRACK,
    BFD_BIND_TRACK_IF,
    BFD_DISCR_LOCAL,
    BFD_PIS,
    BFD_PST,
    BINDS,
)
from inventory.lines.e_trunk import ET_CREATE, ET_TRACK_BFD
from inventory.lines.eth_trunk import IF_E_TRUNK
from inventory.lines.interface import IF_RBP
from inventory.lines.line import OwnedLine
from inventory.lines.monitor import MG_CREATE, RMG_CREATE
from inventory.lines.pool import POOL_RBP
from inventory.lines.profile import RBP_BACKUP_ID, RBP_CREATE, RBP_IP_POOL, RBP_IP_POOL_INCLUDE, RBP_IPV6_POOL
from inventory.lines.service import (
    RBS_BIND_SSL,
    RBS_CREATE,
    RBS_TRACK_BFD,
    RBS_TRACK_MONITOR_GROUP,
    RBS_TRACK_ROUTE_MONITOR_GROUP,
)
from inventory.lines.service_users import RBS_IP_POOL, RBS_IPV6_POOL, RBS_L2TP_SOURCE
from inventory.lines.values import KINDS
from inventory.lines.vrrp import VRRP, VRRP6
from inventory.lines.vrrp_tracks import IF_TRACK_MG, VRRP_TRACK_MG, VRRP_TRACK_RMG
from inventory.rules.finding import Breach, Severity
from inventory.rules.foreign import ForeignStatement, Line
from inventory.rules.member import Member, below

_FOLLOWERS = (RBS_TRACK_BFD, ET_TRACK_BFD, VRRP.track_bfd, VRRP6.track_bfd)
_POOLS = (RBS_IP_POOL, RBP_IP_POOL, RBP_IP_POOL_INCLUDE)
_ACTING = (BFD_PIS, BFD_PST)
"""Lines in a session that let it act by itself."""
_BOUND = (BFD_BIND_TRACK_IF, BFD_BIND_IP6_TRACK)
"""Sessions that the state of an interface follows."""
_SILENT = re.compile(r"description\b.*|header .+", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Used:
    """Objects that lines of ours name.

    Args:
        opener: row of the line that creates one; of a foreign one a pattern of it.
        users: rows of the lines that use it.
        params: parameters that hold its name, there and in its opener.
        severity: how much it matters that none does.
        what: what to call a foreign one.
    """

    opener: OwnedLine | str
    users: tuple[OwnedLine, ...]
    params: tuple[str, ...]
    severity: Severity = Severity.ADVICE
    what: str = ""


@dataclass(frozen=True)
class Named:
    """Foreign objects that lines of ours name.

    Args:
        params: parameters that hold the name.
        opener: pattern of the line that creates one.
        what: what to call it.
        rows: rows of the lines; all that have such a parameter when empty.
    """

    params: tuple[str, ...]
    opener: str
    what: str
    rows: tuple[OwnedLine, ...] = ()


NAMED = (
    Named(("vpn",), r"ip vpn-instance (?P<name>\S+)", "VPN instance"),
    Named(("policy",), r"tunnel-policy (?P<name>\S+)", "tunnel policy"),
    Named(("number",), r"interface LoopBack ?(?P<name>\d+)", "LoopBack", (RBS_L2TP_SOURCE,)),
)
"""Objects that another rule does not look for."""
_MADE = re.compile(r"(Eth-Trunk|Vlanif|LoopBack)\d.*|.+\.\d+", re.IGNORECASE)
"""Interfaces that stand in a configuration where they exist; some prints leave plain ports out."""
USED = (
    Used(RBP_CREATE, (IF_RBP, POOL_RBP), ("rbp-name",), Severity.WARNING),
    Used(RBS_CREATE, (RBP_BACKUP_ID,), ("rbs-name",), Severity.WARNING),
    Used(ET_CREATE, (IF_E_TRUNK,), ("e-trunk-id",), Severity.WARNING),
    Used(
        MG_CREATE,
        (RBS_TRACK_MONITOR_GROUP, VRRP_TRACK_MG, IF_TRACK_MG),
        ("name", "group"),
    ),
    Used(RMG_CREATE, (RBS_TRACK_ROUTE_MONITOR_GROUP, VRRP_TRACK_RMG), ("name", "group")),
    Used(r"ssl policy (?P<name>\S+)", (RBS_BIND_SSL,), ("policy-name",), what="SSL policy"),
    Used(r"ip pool (?P<name>\S+) bas .+", _POOLS, ("pool", "source", "destination"), what="address pool"),
    Used(r"ipv6 pool (?P<name>\S+) bas .+", (RBS_IPV6_POOL, RBP_IPV6_POOL), ("pool",), what="IPv6 pool"),
)
"""Objects, and what uses them. A pool without `bas` is found by its network and not by its name."""


def unused(member: Member) -> Iterator[Breach]:
    """P3: what a member has, a line uses: profiles, services, E-Trunks, groups, sessions, policies, pools."""
    if member.underlay is not None and not member.is_whole:
        return
    words = _foreign_words(member)
    for kind in USED:
        used = _named(member.all(*kind.users), kind.params)
        for fact, name in _objects(member, kind):
            if name.casefold() not in used and (name.isdigit() or name.casefold() not in words):
                yield _breach(member, fact, f"{kind.what} {name}" if kind.what else fact.text, kind.severity)
    if member.is_whole:
        yield from _unused_sessions(member, words)


def _objects(member: Member, kind: Used) -> Iterator[tuple[Line, str]]:
    """Yield the lines that create objects, and the objects' names."""
    if isinstance(kind.opener, OwnedLine):
        for fact in member.all(kind.opener):
            yield fact, next(fact.params[param] for param in kind.params if param in fact.params)
        return
    for line in member.underlay.tree.lines if member.underlay else ():
        if found := re.fullmatch(kind.opener, line.text, re.IGNORECASE):
            yield ForeignStatement("", (), line.text, place=line.place), found["name"]


def _named(facts: Iterable[Statement], params: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        fact.params[param].casefold() for fact in facts for param in params if param in fact.params
    )


def _unused_sessions(member: Member, words: frozenset[str]) -> Iterator[Breach]:
    """Find sessions that nobody follows and that do nothing by themselves."""
    followed = _named(member.all(*_FOLLOWERS), ("bfd-name", "discr"))
    for session in member.all(*(row for row in BINDS if row not in _BOUND)):
        names = {
            session.params["name"].casefold(),
            *member.values(BFD_DISCR_LOCAL, "discr", below(session)),
        }
        acts = member.one(*_ACTING, path=below(session))
        if not acts and not names & followed and session.params["name"].casefold() not in words:
            yield _breach(member, session, f"BFD session {session.params['name']}", Severity.ADVICE)


def lacking(member: Member) -> Iterator[Breach]:
    """P4: a VPN instance, tunnel policy or interface that a line names stands in a whole configuration."""
    if member.underlay is None or not member.is_whole:
        return
    for kind in NAMED:
        known = _created(member, kind.opener)
        for fact in member.all(*kind.rows) if kind.rows else member.facts:
            for name in (fact.params[param] for param in kind.params if param in fact.params):
                if name not in known:
                    yield _lacks(member, fact, f"{kind.what} {name}")
    for fact in member.facts:
        kind_of = fact.row.kind
        for name in (value for param, value in fact.params.items() if kind_of(param) is KINDS["interface"]):
            if _MADE.fullmatch(name) and name not in member.underlay.beside:
                yield _lacks(member, fact, name)


def _created(member: Member, opener: str) -> frozenset[str]:
    """Return the names of the objects that lines of a form create."""
    lines = member.underlay.tree.lines if member.underlay else ()
    found = (re.fullmatch(opener, line.text, re.IGNORECASE) for line in lines)
    return frozenset(one["name"] for one in found if one)


def _lacks(member: Member, fact: Statement, what: str) -> Breach:
    where = f" of {fact.path[0]}" if fact.path else ""
    message = f"`{fact.text}`{where} names {what}, which is not there"
    return Breach(message, (fact,), what, {member.name: f"no {what}"})


def _foreign_words(member: Member) -> frozenset[str]:
    """Return the words of the foreign lines; what opens a view names itself."""
    if member.underlay is None:
        return frozenset()
    ours = {fact.place for fact in member.facts}
    openers = [re.compile(kind.opener, re.IGNORECASE) for kind in USED if isinstance(kind.opener, str)]
    words: set[str] = set()
    for _, line in member.underlay.tree.walk():
        opens = line.children or any(one.fullmatch(line.text) for one in openers)
        if not opens and line.place not in ours and not _SILENT.fullmatch(line.text):
            words.update(line.text.replace('"', "").casefold().split())
    return frozenset(words)


def _breach(member: Member, fact: Line, what: str, severity: Severity) -> Breach:
    return Breach(
        f"{what} is used by no line",
        (fact,),
        "a line that uses it, or none",
        {member.name: "not used"},
        severity=severity,
    )
