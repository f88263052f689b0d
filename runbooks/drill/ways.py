"""The ways that a shut port must not cut: ours to its member, and that of the channels.

The member itself tells by which interface it answers us (`display users`, then its routing table) and by
which it reaches its peers. A way that no display tells is not taken for one that stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from inventory.errors import DeviceError, RefusedError
from inventory.facts import ConfigLine, ConfigTree
from inventory.model import Pair, Side, other
from parsers.api import parse
from parsers.records.kinds import port as long_name
from parsers.records.routes import Ipv6RoutingTable, RoutingTable
from runbooks.drill.trigger import Trigger
from tasks.sessions.protocol import Session

USERS = "display users"
_ADDRESS = re.compile(r"ip(?:v6)? address ([^ /]+)")


@dataclass(frozen=True, slots=True)
class Way:
    """A way that must stay.

    Args:
        what: for people, e.g. `our way to PE1`.
        own: the member's own address on it; empty where it is not known.
        far: the address at its other end.
    """

    what: str
    own: str
    far: str


def port_named(pair: Pair, trees: Mapping[Side, ConfigTree], side: Side, port: str) -> str:
    """Return a port as the configuration of its member spells it.

    Args:
        pair: intent.
        trees: running configuration of each member.
        side: the member.
        port: as typed.

    Raises:
        RefusedError: the member has no such port.
    """
    named = {one: _interfaces(tree).get(_bare(port)) for one, tree in trees.items()}
    if found := named[side]:
        return found
    there = named[other(side)]
    member = pair.members.of(side)
    raise RefusedError(
        f"{member} has no port {port}; nothing was sent",
        wanted="a port that stands in its configuration",
        found=f"{pair.members.of(other(side))} has it" if there else "no member of the pair has it",
        member=member,
        next_command=f"hotpair drill {pair.name} --from {other(side)} --by shutdown --port {there}"
        if there
        else f"hotpair verify {pair.name} --tag interface",
    )


def _bare(text: str) -> str:
    return long_name("".join(text.split())).casefold()


def _interfaces(tree: ConfigTree) -> dict[str, str]:
    names = (
        line.text.removeprefix("interface ") for line in tree.lines if line.text.startswith("interface ")
    )
    return {_bare(name): name for name in names}


def require_ways(pair: Pair, trigger: Trigger, tree: ConfigTree, session: Session, dialled: str) -> None:
    """Refuse to shut a port that carries our own way or that of a channel.

    Args:
        pair: intent.
        trigger: with the port.
        tree: running configuration of its member.
        session: on that member.
        dialled: address by which the member is logged in to; empty where it is not known.

    Raises:
        RefusedError: it does.
        DeviceError: that cannot be told.
    """
    down = _with_it(tree, trigger)
    for way in (_ours(session, dialled), *_channels(pair, trigger.side)):
        holder = _holder(tree, way.own)
        if holder is not None and _is_in(_name(holder), down):
            raise _cut(trigger, session, way, f"{way.own} is on {_name(holder)}")
        if leaves := _leaves(session, way, _vpn(holder)):
            if all(_is_in(one, down) for one in leaves):
                raise _cut(trigger, session, way, f"the route to {way.far} leaves by {', '.join(leaves)}")
            continue
        raise DeviceError(
            f"whether {trigger.port} carries {way.what} cannot be told; nothing was sent",
            wanted=f"a route to {way.far}",
            found="none is shown",
            member=session.member,
            next_command=f"hotpair drill {pair.name} --from {trigger.side}",
        )


def _cut(trigger: Trigger, session: Session, way: Way, found: str) -> RefusedError:
    return RefusedError(
        f"shutting {trigger.port} would cut {way.what}; nothing was sent",
        wanted="a port that carries neither our way to the member nor a channel",
        found=found,
        member=session.member,
        where=trigger.port,
        next_command=f"hotpair drill {trigger.pair.name} --from {trigger.side}",
    )


def _with_it(tree: ConfigTree, trigger: Trigger) -> frozenset[str]:
    """Return the port, and the Eth-Trunk that it is in: whatever leaves by that may leave by this port."""
    lines = (line for line in tree.lines if line.text == f"interface {trigger.port}")
    words = (child.text.split() for line in lines for child in line.children)
    joined = (two[1] for two in words if two[:1] == ["eth-trunk"])
    return frozenset({trigger.port, *(f"Eth-Trunk{number}" for number in joined)})


def _is_in(name: str, down: frozenset[str]) -> bool:
    return name in down or name.partition(".")[0] in down


def _ours(session: Session, dialled: str) -> Way:
    """Return our own way: the address that was dialled, and the one from which the member sees us."""
    rows = parse(USERS, session.run(USERS)).records
    far = next((row.address for row in rows if row.own and row.address), "")
    return Way(f"our own way to {session.member}", dialled, far or "our own address")


def _channels(pair: Pair, side: Side) -> Iterator[Way]:
    for service in pair.backup_services:
        if service.on(side):
            far = service.peer_of(side)
            yield Way(f"the channel {service.name.of(side)}", service.address.of(side), far)
    for one in pair.e_trunks:
        if one.on(side):
            yield Way(f"the packets of E-Trunk {one.id.of(side)}", one.address.of(side), one.peer_of(side))


def _name(line: ConfigLine) -> str:
    return line.text.removeprefix("interface ")


def _holder(tree: ConfigTree, address: str) -> ConfigLine | None:
    """Return the interface that has an address; nothing where it is no address, or on none."""
    wanted = _address(address)
    for line in tree.lines if wanted else ():
        for child in line.children if line.text.startswith("interface ") else ():
            found = _ADDRESS.match(child.text)
            if found and _address(found[1]) == wanted:
                return line
    return None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _vpn(holder: ConfigLine | None) -> str:
    bound = "ip binding vpn-instance "
    lines = () if holder is None else holder.children
    return next((child.text.removeprefix(bound) for child in lines if child.text.startswith(bound)), "")


def _leaves(session: Session, way: Way, vpn: str) -> tuple[str, ...]:
    """Return the interfaces by which the member reaches the far end of a way; none where it does not tell."""
    far = _address(way.far)
    if far is None:
        return ()
    table = f"vpn-instance {vpn} {way.far}" if vpn else way.far
    command = f"display {'ipv6' if far.version == 6 else 'ip'} routing-table {table}"  # noqa: PLR2004 - IP version
    parsed = parse(command, session.run(command))
    if parsed.unparsed or parsed.lacks:
        return ()
    return tuple(dict.fromkeys(_ways_out(parsed.records)))


def _ways_out(records: Sequence[Any]) -> Iterator[str]:
    for table in records:
        if isinstance(table, Ipv6RoutingTable):
            yield from (route.interface for route in table.routes if route.interface)
        elif isinstance(table, RoutingTable):
            for route in table.destinations:
                yield from (route.interface, *(one.interface for one in route.more))
