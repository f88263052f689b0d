"""Rules of IPv4 addresses on interfaces: over one member, and over the pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Interface, ip_address

from inventory.lines import Statement
from inventory.lines.e_trunk import ET_PEER_ADDRESS, ET_PEER_IPV6
from inventory.rules.equal import differ
from inventory.rules.finding import Breach
from inventory.rules.foreign import IF_IP, IF_VPN, ForeignStatement
from inventory.rules.member import Member

HOST = 32
POINT_TO_POINT = 31
"""A prefix of this length or longer has no network ID and no broadcast address of its own."""
MOST_SECONDARIES = 255
CROSSED = "the broadcast address of one as the address of the other"


@dataclass(frozen=True)
class _Placed:
    """An address on an interface."""

    fact: ForeignStatement
    interface: str
    vpn: str
    address: IPv4Interface

    @property
    def broadcast(self) -> str | None:
        """Broadcast address of its subnet."""
        short = self.address.network.prefixlen < POINT_TO_POINT
        return str(self.address.network.broadcast_address) if short else None


def _addresses(member: Member) -> tuple[_Placed, ...]:
    vpns = {fact.path: fact.params["vpn"] for fact in member.foreign(IF_VPN)}
    placed = []
    for fact in member.foreign(IF_IP):
        try:
            address = IPv4Interface(f"{fact.params['ip']}/{fact.params['mask']}")
        except ValueError:
            continue
        interface = fact.path[0].removeprefix("interface ")
        placed.append(_Placed(fact, interface, vpns.get(fact.path, ""), address))
    return tuple(placed)


def host_route_on_loopback(member: Member) -> Iterator[Breach]:
    """R129: an address with a mask of 32 bits stands on a loopback interface."""
    for one in _addresses(member):
        if one.address.network.prefixlen == HOST and not one.interface.casefold().startswith("loopback"):
            yield Breach(
                f"{one.interface} has an address with a mask of 32 bits",
                (one.fact,),
                "such an address on a loopback interface only",
                {member.name: str(one.address)},
            )


def host_address(member: Member) -> Iterator[Breach]:
    """R129: an address is neither network ID nor broadcast address of its subnet."""
    for one in _addresses(member):
        special = {str(one.address.network.network_address): "the network ID", one.broadcast: "the broadcast"}
        kind = special.get(str(one.address.ip)) if one.broadcast else None
        if kind:
            yield Breach(
                f"the address of {one.interface} is {kind} of its subnet",
                (one.fact,),
                f"a host address of {one.address.network}",
                {member.name: str(one.address)},
            )


def own_subnet(member: Member) -> Iterator[Breach]:
    """R129: two interfaces share neither an address nor a broadcast address; other overlaps are accepted."""
    for one, other, why in _clashes(_addresses(member)):
        if one.interface != other.interface:
            yield Breach(
                f"{one.interface} and {other.interface} have {why}",
                (one.fact, other.fact),
                "a subnet for each interface",
                {member.name: f"{one.address}, {other.address}"},
            )


def _clashes(placed: tuple[_Placed, ...]) -> Iterator[tuple[_Placed, _Placed, str]]:
    """Find addresses of one VPN instance that clash; by look-up, as a device may have thousands."""
    hosts: dict[tuple[str, str | None], list[_Placed]] = {}
    broadcasts: dict[tuple[str, str | None], list[_Placed]] = {}
    for one in placed:
        host, broadcast = (one.vpn, str(one.address.ip)), (one.vpn, one.broadcast)
        same = hosts.get(host, [])
        yield from ((other, one, "the same address") for other in same)
        if one.broadcast:
            alike = [other for other in broadcasts.get(broadcast, []) if other not in same]
            yield from ((other, one, "the same broadcast address") for other in alike)
        crossed = [*hosts.get(broadcast, []), *broadcasts.get(host, [])]
        yield from ((other, one, CROSSED) for other in crossed if other.broadcast != one.broadcast)
        hosts.setdefault(host, []).append(one)
        if one.broadcast:
            broadcasts.setdefault(broadcast, []).append(one)


def secondary_addresses(member: Member) -> Iterator[Breach]:
    """R129: an interface has 255 secondary addresses at most."""
    secondary: dict[tuple[str, ...], list[ForeignStatement]] = {}
    for fact in member.foreign(IF_IP):
        if "sub" in fact.params:
            secondary.setdefault(fact.path, []).append(fact)
    for path, facts in secondary.items():
        if len(facts) > MOST_SECONDARIES:
            yield Breach(
                f"{path[0]} has too many secondary addresses",
                (facts[-1],),
                f"{MOST_SECONDARIES} at most",
                {member.name: str(len(facts))},
            )


def not_the_direct_link(a: Member, b: Member) -> Iterator[Breach]:
    """R124: E-Trunk packets do not go over a subnet that both members are in.

    They go over the link of that subnet alone, and where it fails both members become master.
    Addresses on loopback interfaces are reached by every path.
    """
    rows = (ET_PEER_ADDRESS, ET_PEER_IPV6)
    for ours in a.all(*rows):
        theirs = next((fact for fact in b.all(ours.row) if fact.path == ours.path), None)
        if theirs is None:
            continue
        mine, yours = _source(ours), _source(theirs)
        link = _link(a, mine, yours) or _link(b, yours, mine)
        if link:
            yield differ(
                f"{ours.path[0]} goes over {link} alone, whose failure makes both members master",
                (a, ours),
                (b, theirs),
                (mine, yours),
                wanted="addresses of loopback interfaces that more than one path leads to",
            )


def _source(fact: Statement) -> str:
    return fact.params.get("source-ip") or fact.params.get("source-ipv6", "")


def _link(member: Member, own: str, far: str) -> str | None:
    """Return the interface whose subnet both addresses are in."""
    if member.underlay is None or own == far:
        return None
    for interface, addresses in member.underlay.addresses.items():
        for address in addresses:
            if address.ip == ip_address(own) and ip_address(far) in address.network:
                return interface
    return None
