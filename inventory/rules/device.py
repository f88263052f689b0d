"""Rules over one member: what must be there before a line, and what excludes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from inventory.lines import Statement
from inventory.lines.bfd import BFD_BIND_DEFAULT, BFD_PIS
from inventory.lines.e_trunk import ET_PEER_ADDRESS, ET_PEER_IPV6
from inventory.lines.eth_trunk import IF_ETH_TRUNK_JOIN
from inventory.lines.line import OwnedLine
from inventory.lines.multicast import IF_MC6_TRACK_VRRP, IF_MC_TRACK_VRRP
from inventory.lines.service import RBS_PEER, RBS_PEER_IPV6
from inventory.lines.statement import Key
from inventory.rules.finding import Breach
from inventory.rules.member import Member, below
from inventory.sections import Sections

TOLD = frozenset({IF_MC_TRACK_VRRP.slot, IF_MC6_TRACK_VRRP.slot})
"""What R120 speaks of: a line of either kind, never both."""
Check = Callable[[Member], Iterator[Breach]]


def named(rows: tuple[OwnedLine, ...], param: str, opener: OwnedLine, key: str, what: str) -> Check:
    """Make the rule that what a line names exists on the device.

    Args:
        rows: rows of lines that name it.
        param: parameter that holds the name.
        opener: row of the line that creates it.
        key: parameter that holds its name there.
        what: what to call it.
    """

    def check(member: Member) -> Iterator[Breach]:
        known = {name.casefold() for name in member.values(opener, key)}
        for fact in member.all(*rows):
            if param in fact.params and fact.params[param].casefold() not in known:
                yield Breach(
                    f"no {what} {fact.params[param]}", (fact,), f"the {what} first", {member.name: fact.text}
                )

    check.__doc__ = f"{', '.join(row.id for row in rows)}: the {what} that is named exists."
    return check


def needs(rows: tuple[OwnedLine, ...], wanted: OwnedLine, text: str, *, same_view: bool = False) -> Check:
    """Make the rule that a line needs another one, in the system view or in its own.

    Args:
        rows: rows of lines that need it.
        wanted: row of the line that is needed.
        text: how that line is written.
        same_view: whether it stands in the same view.
    """

    def check(member: Member) -> Iterator[Breach]:
        for fact in member.all(*rows):
            if not member.one(wanted, path=fact.path if same_view else ()):
                where = f" in {fact.path[0]}" if fact.path else ""
                yield Breach(
                    f"`{fact.text}`{where} needs `{text}`", (fact,), text, {member.name: f"no {text}"}
                )
                if not same_view:
                    return

    check.__doc__ = f"{', '.join(row.id for row in rows)}: `{text}` stands before it."
    return check


def excludes(first: tuple[OwnedLine, ...], second: tuple[OwnedLine, ...], why: str) -> Check:
    """Make the rule that two kinds of lines do not stand in one view."""

    def check(member: Member) -> Iterator[Breach]:
        for path in member.views:
            one, other = member.one(*first, path=path), member.one(*second, path=path)
            if one and other and one is not other:
                where = path[0] if path else "the system view"
                yield Breach(
                    f"{why} in {where}",
                    (one, other),
                    "one of them",
                    {member.name: f"{one.text}; {other.text}"},
                )

    check.__doc__ = f"Never together: {why}."
    return check


def relied(rule: str) -> Check:
    """Make the rule that a whole configuration holds the foreign lines that a line relies on.

    Args:
        rule: rule of the relied lines in the rows.
    """

    def check(member: Member) -> Iterator[Breach]:
        if member.underlay is None or not member.is_whole:
            return
        sections = Sections(member.underlay.tree.lines)
        for fact in member.facts:
            for presence in fact.row.relies:
                text = sections.missing(presence, fact.around) if presence.rule == rule else ""
                if text:
                    where = f" of {fact.path[0]}" if fact.path else ""
                    message = f"`{fact.text}`{where} relies on what is not there"
                    yield Breach(message, (fact,), text, {member.name: "none"})

    check.__doc__ = "Foreign lines that a line relies on stand in a whole configuration."
    return check


def stated_once(member: Member) -> Iterator[Breach]:
    """P5: no line is given two values, of which the device would keep the last."""
    seen: dict[Key, Statement] = {}
    for fact in member.facts:
        earlier = seen.setdefault(fact.key, fact)
        if earlier.value != fact.value and fact.row.slot not in TOLD:
            one, other = (line.row.form if line.row.secrets else line.text for line in (earlier, fact))
            where = fact.path[-1] if fact.path else "the system view"
            yield Breach(
                f"`{one}` and `{other}` in {where}: a device keeps one",
                (earlier, fact),
                "one of them",
                {member.name: f"{one}; {other}"},
            )


def source_is_own(member: Member) -> Iterator[Breach]:
    """R3: the source address of a channel or E-Trunk stands on an interface of the device."""
    if member.underlay is None:
        return
    for fact in member.all(RBS_PEER, RBS_PEER_IPV6, ET_PEER_ADDRESS, ET_PEER_IPV6):
        source = fact.params.get("source-ip") or fact.params.get("source-ipv6", "")
        if source not in member.underlay.hosts:
            yield Breach(
                f"source address {source} of {fact.path[0]} is on no interface",
                (fact,),
                "an own address",
                {member.name: source},
            )


def bare_port(member: Member) -> Iterator[Breach]:
    """R11: a port of an Eth-Trunk carries no address of its own."""
    known = member.underlay.addresses if member.underlay else {}
    for fact in member.all(IF_ETH_TRUNK_JOIN):
        name = fact.path[0].removeprefix("interface ")
        if name in known:
            yield Breach(
                f"{name} is a port of Eth-Trunk{fact.params['trunk-id']} and has an address",
                (fact,),
                "no address on the port",
                {member.name: ", ".join(map(str, known[name]))},
            )


def one_session_per_interface(member: Member) -> Iterator[Breach]:
    """R126: one session on the multicast address may take an interface down."""
    seen: dict[str, Statement] = {}
    for session in member.all(BFD_BIND_DEFAULT):
        if member.one(BFD_PIS, path=below(session)):
            earlier = seen.setdefault(session.params["interface"], session)
            if earlier is not session:
                yield Breach(
                    f"two BFD sessions take {session.params['interface']} down",
                    (earlier, session),
                    "process-interface-status in one of them",
                    {member.name: f"{earlier.params['name']}, {session.params['name']}"},
                )
