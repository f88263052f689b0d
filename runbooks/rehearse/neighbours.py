"""Who stands around a pair, as far as its own configurations tell: what takes the place of the neighbours.

An Eth-Trunk with LACP comes up only where somebody answers. So each E-Trunk's Eth-Trunk gets a static
neighbour: one customer edge, wired to the ports of both members. Ports in one subnet meet by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inventory.facts import ConfigTree
from inventory.model import SIDES, Pair, Side
from tasks.render import tree


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A static neighbour.

    Args:
        name: of the emulated device.
        text: its configuration.
        links: its wires.
        said: what it stands for.
    """

    name: str
    text: str
    links: tuple[str, ...]
    said: str


def static_neighbours(pair: Pair, trees: Mapping[Side, ConfigTree]) -> tuple[Neighbour, ...]:
    """Return the neighbours that are put in the place of those that nobody knows.

    Args:
        pair: intent; its E-Trunks tell which Eth-Trunks go to one customer edge.
        trees: running configuration of each member; what the intent adds counts too.
    """
    legs = [leg for one in pair.e_trunks if one.only is None for leg in one.members if leg.only is None]
    found = []
    known = {side: (trees[side], tree(pair, side)) for side in SIDES}
    for number, leg in enumerate(legs, start=1):
        ports = [
            (side, port)
            for side in SIDES
            for port in dict.fromkeys(
                port for one in known[side] for port in _ports(one, leg.eth_trunk.of(side))
            )
        ]
        mode = next(filter(None, (_mode(one, leg.eth_trunk.a) for one in known["a"])), "")
        if ports:
            found.append(_edge(pair, _called(number), leg.eth_trunk.a, ports, mode))
    return tuple(found)


def names_around(pair: Pair) -> tuple[str, ...]:
    """Return what the static neighbours of a pair may be called, whatever its members run."""
    legs = [leg for one in pair.e_trunks for leg in one.members]
    return tuple(_called(number) for number in range(1, len(legs) + 1))


def _called(number: int) -> str:
    return f"CE-{number}"


def _ports(running: ConfigTree, eth_trunk: int) -> Iterator[str]:
    """Yield the member ports of an Eth-Trunk."""
    for path, line in running.walk():
        if line.text.replace(" ", "").lower() == f"eth-trunk{eth_trunk}" and path:
            yield path[-1].partition(" ")[2].strip()


def _mode(running: ConfigTree, eth_trunk: int) -> str:
    """Return the line by which an Eth-Trunk runs LACP; empty where it does not."""
    for path, line in running.walk():
        where = path[-1].lower().replace(" ", "") if path else ""
        if where == f"interfaceeth-trunk{eth_trunk}" and line.text.startswith("mode lacp"):
            return " mode lacp-static"
    return ""


def _edge(pair: Pair, name: str, eth_trunk: int, ports: list[tuple[Side, str]], mode: str) -> Neighbour:
    own = [f"GigabitEthernet0/1/{number}" for number in range(1, len(ports) + 1)]
    lines = [f"sysname {name}", "#", "interface Eth-Trunk1", " portswitch", *([mode] if mode else []), "#"]
    for port in own:
        lines += [f"interface {port}", " undo shutdown", " eth-trunk 1", "#"]
    links = [
        f"{pair.members.of(side)}:{port}={name}:{mine}" for (side, port), mine in zip(ports, own, strict=True)
    ]
    said = f"the customer edge behind Eth-Trunk{eth_trunk} is replaced by a static neighbour"
    return Neighbour(name, "\n".join([*lines, "return", ""]), tuple(links), said)
