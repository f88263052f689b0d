"""Checks of ports, addresses, monitor groups and of the path between the members.

Source: manual pages display interface brief, display ip interface brief, display monitor-group, ping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface
from typing import Final

from inventory.model import SIDES, MonitorGroup, Pair, Side, other
from parsers.records.interfaces import MonitorGroup as ShownGroup
from tasks.checks.check import Answers, Check, Need
from tasks.checks.e_trunk import down_on_purpose
from tasks.checks.model import Complaint

BRIEF: Final = "display interface brief"
IP_BRIEF: Final = "display ip interface brief"
IPV6_BRIEF: Final = "display ipv6 interface brief"
PINGS: Final = 5


def _needed_ports(pair: Pair, side: Side) -> frozenset[str]:
    """Return the ports and uplinks that the intent names on a member."""
    trunks = [
        trunk for e_trunk in pair.e_trunks if e_trunk.on(side) for trunk in e_trunk.members if trunk.on(side)
    ]
    ports = {port for trunk in trunks for port in (*trunk.ports.of(side), *trunk.passive_ports.of(side))}
    uplinks = {
        tracked.interface.of(side)
        for service in pair.backup_services
        if service.on(side)
        for tracked in service.track.interfaces
        if tracked.on(side)
    }
    return frozenset(ports | uplinks)


def _members_with_ports(pair: Pair) -> Mapping[str, Side]:
    """Return the members on which the intent names ports."""
    return {f"ports of {pair.members.of(side)}": side for side in SIDES if _needed_ports(pair, side)}


def _ports_up(answers: Answers, side: Side) -> Iterator[Complaint]:
    """Find ports that are missing, shut down or down."""
    rows = {row.name: row for row in answers.records(side, BRIEF)}
    for name in sorted(_needed_ports(answers.pair, side)):
        row = rows.get(name)
        if row is None:
            yield answers.complaint(side, BRIEF, f"{name} is not there", "up", "none")
        elif row.phy_mark == "*":
            yield answers.complaint(side, BRIEF, f"{name} is shut down (undo shutdown)", "up", "*down")
        elif row.phy != "up" and not down_on_purpose(answers.pair, side, name):
            found = f"{row.phy_mark}{row.phy}" + (f"({row.phy_reason})" if row.phy_reason else "")
            yield answers.complaint(side, BRIEF, f"{name} is down", "up", found)


@dataclass(frozen=True, slots=True)
class Path:
    """A path between the members that a channel or an E-Trunk takes."""

    own: str
    peer: str
    side: Side
    vpn_instance: str | None = None

    @property
    def is_ipv6(self) -> bool:
        """Tell the address family."""
        return ip_address(self.own).version == ip_address("::").version

    @property
    def command(self) -> str:
        """Return the ping from the own address."""
        vpn = f" -vpn-instance {self.vpn_instance}" if self.vpn_instance else ""
        family = "ping ipv6" if self.is_ipv6 else "ping"
        return f"{family} -a {self.own} -c {PINGS}{vpn} {self.peer}"


def _paths(pair: Pair) -> Mapping[str, Path]:
    """Return the paths of all channels and E-Trunks in both directions, each once."""
    paths = [
        Path(ends.of(side), ends.of(other(side)), side, vpn)
        for ends, vpns in (
            *((service.address, None) for service in pair.backup_services if service.only is None),
            *((e_trunk.address, e_trunk.vpn_instance) for e_trunk in pair.e_trunks if e_trunk.only is None),
        )
        for side in SIDES
        for vpn in (vpns.of(side) if vpns is not None else None,)
    ]
    return {f"{pair.members.of(path.side)}: {path.own} to {path.peer}": path for path in paths}


def _ping_needs(_pair: Pair, path: Path) -> tuple[Need, ...]:
    """Need the ping from the member that owns the address."""
    return (Need(path.side, path.command),)


def _reaches(answers: Answers, path: Path) -> Iterator[Complaint]:
    """Find a path that loses more packets than the first."""
    show = answers.records(path.side, path.command)[0]
    answers.told(path.side, path.command, ("packets received", show.received))
    if show.received < PINGS - answers.limits.lost_pings:
        wanted = f"{PINGS - answers.limits.lost_pings} or more of {PINGS} packets"
        yield answers.complaint(path.side, path.command, f"{path.peer} is not reached", wanted, show.received)


def _address_needs(_pair: Pair, path: Path) -> tuple[Need, ...]:
    """Need the addresses of the member."""
    return (Need(path.side, IPV6_BRIEF if path.is_ipv6 else IP_BRIEF),)


def _address_up(answers: Answers, path: Path) -> Iterator[Complaint]:
    """Find a source address that is on no interface, or on one that is down."""
    command = IPV6_BRIEF if path.is_ipv6 else IP_BRIEF
    for row in answers.records(path.side, command):
        texts = row.addresses if path.is_ipv6 else (row.address,)
        if any(_is_address(text, path.own) for text in texts):
            yield from answers.compare(
                path.side,
                command,
                (f"{row.name} with {path.own}", "up", row.phy),
                (f"line protocol of {row.name} with {path.own}", "up", row.protocol),
            )
            return
    yield answers.complaint(path.side, command, "source address is on no interface", path.own, "none")


def _is_address(text: str, wanted: str) -> bool:
    """Compare addresses as addresses, the prefix length aside."""
    try:
        return ip_interface(text).ip == ip_address(wanted)
    except ValueError:
        return False


def _monitor_groups(pair: Pair) -> Mapping[str, tuple[Side, MonitorGroup]]:
    """Return the monitor groups of each member."""
    return {
        f"monitor group {group.name.of(side)} of {pair.members.of(side)}": (side, group)
        for group in pair.monitor_groups
        for side in SIDES
        if group.on(side)
    }


def _monitor_command(group: MonitorGroup, side: Side) -> str:
    return f"display monitor-group {group.name.of(side)}"


def _monitor_needs(_pair: Pair, subject: tuple[Side, MonitorGroup]) -> tuple[Need, ...]:
    """Need the group in detail."""
    side, group = subject
    return (Need(side, _monitor_command(group, side)),)


def _monitor_ready(answers: Answers, subject: tuple[Side, MonitorGroup]) -> Iterator[Complaint]:
    """Find a group that is not watching, watches other interfaces, or has lost some."""
    side, group = subject
    command = _monitor_command(group, side)
    show = answers.one(side, command, name=group.name.of(side))
    watched = show.bindings
    wanted = frozenset(item.interface.of(side) for item in group.interfaces if item.on(side))
    yield from answers.compare(
        side,
        command,
        ("state of the monitor group", "active" if group.enable.of(side) else "inactive", show.status),
        ("interfaces of the monitor group", wanted, frozenset(row.name for row in watched)),
    )
    yield from answers.compare_shown(side, command, *_weights(group, side, show))
    for row in watched:
        if row.phy_status != "up" and not down_on_purpose(answers.pair, side, row.name):
            yield answers.complaint(side, command, f"{row.name} in the monitor group", "up", row.phy_status)


def _weights(group: MonitorGroup, side: Side, show: ShownGroup) -> Iterator[tuple[str, object, object]]:
    """Yield the delay of a group and the weights of what it watches."""
    yield "delay of the monitor group in seconds", group.up_delay.of(side) or 0, show.trigger_up_delay_s
    weights = {item.interface.of(side): item.down_weight.of(side) for item in group.interfaces}
    for row in show.bindings:
        if row.name in weights:
            yield f"weight of {row.name} in the monitor group", weights[row.name], row.down_weight


CHECKS: Final = (
    Check(
        "ports-up",
        "Every port and uplink that the intent names is there, not shut down, and up",
        ("interface",),
        _members_with_ports,
        lambda _pair, side: (Need(side, BRIEF),),
        _ports_up,
    ),
    Check(
        "addresses-up",
        "The source addresses of channels and E-Trunks are on interfaces that are up",
        ("interface", "underlay"),
        _paths,
        _address_needs,
        _address_up,
    ),
    Check(
        "underlay-reaches",
        "The members reach each other from and to the addresses of channels and E-Trunks",
        ("underlay",),
        _paths,
        _ping_needs,
        _reaches,
    ),
    Check(
        "monitor-groups-ready",
        "Each monitor group watches the intended interfaces, and all of them are up",
        ("monitor-group",),
        _monitor_groups,
        _monitor_needs,
        _monitor_ready,
    ),
)
