"""Hypothesis strategies for the owned part of a member's configuration, complete enough for a real device."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

PORTS = tuple(f"GigabitEthernet0/{card}/{port}" for card in (1, 2) for port in (0, 1, 2))
FOREIGN = """\
sysname R1
interface LoopBack0
 ip address 198.51.100.1 255.255.255.255
interface NULL0
ospf 1
 area 0.0.0.0
  network 198.51.100.1 0.0.0.0
ip route-static 10.0.0.0 255.0.0.0 192.0.2.9
"""


@dataclass(frozen=True)
class Drawn:
    """Sections by their first line; lines of one section may come from several parts."""

    sections: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """The configuration as text."""
        lines: dict[str, list[str]] = {}
        for head, below in self.sections:
            held = lines.setdefault(head, [])
            held += [line for line in below if line not in held]
        return "\n".join("\n".join((head, *(f" {line}" for line in below))) for head, below in lines.items())


Sections = list[tuple[str, tuple[str, ...]]]


_NAMES: st.SearchStrategy[list[str]] = st.lists(st.sampled_from(["ring", "edge"]), unique=True)


def _maybe(draw: st.DrawFn, *lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if draw(st.booleans()))


def _sessions(draw: st.DrawFn) -> tuple[Sections, list[str]]:
    names = draw(_NAMES)
    sections: Sections = [("bfd", ())] if names else []
    for number, name in enumerate(names, start=1):
        peer = draw(st.sampled_from(["203.0.113.1", "203.0.113.2"]))
        sections.append(
            (
                f"bfd {name} bind peer-ip {peer} source-ip 198.51.100.1",
                (
                    f"discriminator local {number * 10 + draw(st.integers(0, 3))}",
                    f"discriminator remote {number * 10 + 5}",
                    *_maybe(draw, "min-tx-interval 100", "wtr 2"),
                ),
            )
        )
    return sections, names


def _trunk(draw: st.DrawFn, sessions: list[str], port: str, number: int) -> Sections:
    e_trunk = draw(st.sampled_from([1, 2]))
    track = (
        (f"e-trunk track bfd-session session-name {sessions[0]}",) if draw(st.booleans()) and sessions else ()
    )
    peer = "peer-address 198.51.100.2 source-address 198.51.100.1"
    return [
        (f"e-trunk {e_trunk}", (*_maybe(draw, f"priority {10 + e_trunk}"), peer, *track)),
        (
            f"interface Eth-Trunk{number}",
            (
                "mode lacp-static",
                *_maybe(draw, "lacp timeout fast"),
                f"e-trunk {e_trunk}",
                *_maybe(draw, "e-trunk mode force-master"),
            ),
        ),
        (f"interface {port}", (f"eth-trunk {number}",)),
        (f"track {number}", (f"e-trunk {e_trunk} eth-trunk {number}",)),
    ]


def _group(draw: st.DrawFn, sessions: list[str], interface: str) -> Sections:
    vrid = draw(st.integers(1, 2))
    track = (f"vrrp vrid {vrid} track bfd-session session-name {sessions[-1]} peer",) if sessions else ()
    return [
        (
            f"interface {interface}",
            (
                f"vrrp vrid {vrid} virtual-ip 192.0.2.{draw(st.integers(250, 252))}",
                *_maybe(
                    draw, f"vrrp vrid {vrid} priority 130", f"vrrp vrid {vrid} timer advertise 2", *track
                ),
                *((f"vrrp vrid {vrid} preempt-mode timer delay 900",) if draw(st.booleans()) else ()),
            ),
        ),
        ("track vrrp", (f"vrrp-id {vrid} interface {interface}",)),
    ]


@st.composite
def configurations(draw: st.DrawFn) -> Drawn:
    """Draw the owned part of a member: a service, profiles over E-Trunk or VRRP, BFD, multicast."""
    sections, sessions = _sessions(draw)
    service = draw(st.sampled_from(["metro", "core"]))
    port = draw(st.integers(2000, 2001))
    sections.append(
        (
            f"remote-backup-service {service}",
            (f"peer 198.51.100.2 source 198.51.100.1 port {port}", *_maybe(draw, "shutdown")),
        )
    )
    profiles = draw(st.lists(st.sampled_from(["video", "homes"]), unique=True, max_size=2))
    for number, name in enumerate(profiles):
        over_trunk = draw(st.booleans())
        if over_trunk:
            found = _trunk(draw, sessions, PORTS[number], 5 + number)
            interface = f"Eth-Trunk{5 + number}"
        else:
            interface = PORTS[3 + number]
            found = _group(draw, sessions, interface)
        sections += found[:-1]
        services = _maybe(draw, "service-type arp", "service-type igmp")
        sections.append(
            (
                f"remote-backup-profile {name}",
                (*services, f"backup-id {7 + number} remote-backup-service {service}", *found[-1][1]),
            )
        )
        if "service-type igmp" in services:
            sections += [
                ("multicast routing-enable", ()),
                (f"interface {interface}", ("pim sm", "igmp enable")),
            ]
        sections.append((f"interface {interface}", (f"remote-backup-profile {name}",)))
    return Drawn(tuple(sections))


def complete(drawn: Drawn) -> str:
    """Return a whole configuration: what was drawn, ports that are up, and foreign lines."""
    ports = "".join(f"interface {port}\n undo shutdown\n" for port in PORTS)
    merged: dict[str, list[str]] = {}
    head = ""
    for line in (FOREIGN + ports + drawn.text).splitlines():
        if line.startswith(" "):
            merged[head].append(line)
        else:
            head = line
            merged.setdefault(head, [])
    return "\n".join("\n".join((top, *below)) for top, below in merged.items())
