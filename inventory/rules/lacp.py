"""Rules of LACP and of the mode of Eth-Trunks: over the pair, and over one member."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines.e_trunk import (
    LACP_ET_PRIO,
    LACP_ET_SYSID,
    LACP_PRIO,
)
from inventory.lines.eth_trunk import (
    IF_E_TRUNK,
    IF_ETH_TRUNK_JOIN,
    IF_LACP_ET_PRIO,
    IF_LACP_PREEMPT,
    IF_LACP_PREEMPT_DELAY,
    IF_LACP_PRIO,
    IF_LACP_TIMEOUT,
    IF_MAX_ACTIVE,
    IF_MODE,
)
from inventory.rules.equal import differ
from inventory.rules.eth_trunks import interface_of, trunk_pairs
from inventory.rules.finding import Breach
from inventory.rules.member import Member


def same_system_id(a: Member, b: Member) -> Iterator[Breach]:
    """R81: LACP shows one system ID on both, or the customer edge sees two partners."""
    row = LACP_ET_SYSID
    values = (a.value(row, "mac", default="own bridge MAC"), b.value(row, "mac", default="own bridge MAC"))
    if values[0] != values[1]:
        yield differ(
            "the LACP system IDs of the E-Trunk differ",
            (a, a.one(row)),
            (b, b.one(row)),
            values,
            wanted="one lacp e-trunk system-id on both",
        )


def no_link_limit(member: Member) -> Iterator[Breach]:
    """R88: no `max active-linknumber` on a LACP Eth-Trunk of an E-Trunk."""
    for fact in member.all(IF_E_TRUNK):
        limit = member.one(IF_MAX_ACTIVE, path=fact.path)
        if limit and member.value(IF_MODE, "mode", fact.path) == "lacp-static":
            yield Breach(
                f"{interface_of(fact)} in an E-Trunk limits its links",
                (limit,),
                "no max active-linknumber",
                {member.name: limit.text},
            )


def lacp_mode(a: Member, b: Member) -> Iterator[Breach]:
    """R89: both ends of every link run LACP; the Eth-Trunks of a pair have one mode."""
    for name, number, fact, other in trunk_pairs(a, b):
        modes = tuple(
            member.value(IF_MODE, "mode", one.path, "manual load-balance")
            for member, one in ((a, fact), (b, other))
        )
        if modes[0] != modes[1]:
            yield differ(
                f"the mode of Eth-Trunk{number}{name} differs",
                (a, a.one(IF_MODE, path=fact.path) or fact),
                (b, b.one(IF_MODE, path=other.path) or other),
                (modes[0], modes[1]),
                wanted="mode lacp-static on both",
            )


_LACP = (IF_LACP_ET_PRIO, IF_LACP_PRIO, IF_LACP_TIMEOUT, IF_LACP_PREEMPT, IF_LACP_PREEMPT_DELAY)


def lacp_lines(member: Member) -> Iterator[Breach]:
    """R37: LACP lines stand on an Eth-Trunk in static LACP mode, and passive ports are in such a one."""
    modes = {fact.path: fact.params["mode"] for fact in member.all(IF_MODE)}
    passive = (fact for fact in member.all(IF_ETH_TRUNK_JOIN) if fact.params.get("mode") == "passive")
    lines = [
        (fact.path, fact) for fact in member.all(*_LACP) if fact.path[0].startswith("interface Eth-Trunk")
    ]
    lines += [((f"interface Eth-Trunk{fact.params['trunk-id']}",), fact) for fact in passive]
    for path, fact in lines:
        mode = modes.get(path, "manual load-balance")
        if mode != "lacp-static":
            yield Breach(
                f"`{fact.text}` needs static LACP mode, and {path[0].removeprefix('interface ')} has it not",
                (fact,),
                "mode lacp-static",
                {member.name: f"mode {mode}"},
            )


def layer_two_mode(member: Member) -> Iterator[Breach]:
    """R40: `mode manual backup` is one of Layer 2 Eth-Trunks, and an E-Trunk has Layer 3 ones."""
    joined = {fact.path: fact for fact in member.all(IF_E_TRUNK)}
    for fact in member.all(IF_MODE):
        if fact.params["mode"] == "manual backup" and fact.path in joined:
            trunk = fact.path[0].removeprefix("interface ")
            yield Breach(
                f"{trunk} is in an E-Trunk and cannot be in manual backup mode",
                (fact, joined[fact.path]),
                "mode lacp-static or manual load-balance",
                {member.name: fact.text},
            )


def idle_lacp_priority(member: Member) -> Iterator[Breach]:
    """R83, R157: `lacp priority` does nothing for Eth-Trunks of an E-Trunk."""
    fact = member.one(LACP_PRIO)
    if fact and member.one(IF_E_TRUNK) and not member.one(LACP_ET_PRIO):
        yield Breach(
            "lacp priority has no effect on Eth-Trunks of an E-Trunk",
            (fact,),
            "lacp e-trunk priority",
            {member.name: fact.text},
        )
