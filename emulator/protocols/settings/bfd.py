"""BFD sessions as configured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from emulator.protocols.settings.reading import address, has, number, word
from emulator.protocols.states import BfdKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from emulator.config.statement import Configuration, Statement
    from emulator.protocols.settings.trunks import ETrunkSettings

_BINDINGS = {
    "bfd.bind-ip": BfdKind.PEER_IP,
    "bfd.bind-ip6": BfdKind.PEER_IP,
    "bfd.bind-default": BfdKind.DEFAULT_IP,
    "bfd.bind-track-if": BfdKind.TRACK_INTERFACE,
    "bfd.bind-ip6-track": BfdKind.TRACK_INTERFACE,
    "bfd.one-arm": BfdKind.ONE_ARM,
}
_FIRST_DYNAMIC = 16385  # static sessions end at 16384


@dataclass(frozen=True, slots=True)
class BfdSettings:
    """A BFD session as configured.

    Args:
        name: lower case, as names compare.
        local: local discriminator, 0 when none is set; `remote` likewise.
        interface: outgoing interface; `track_interface` the one whose state it shares.
        delay_up: seconds by which the device holds back every session that could come up.
    """

    name: str
    kind: BfdKind
    peer: str
    local: int = 0
    remote: int = 0
    ipv6: bool = False
    source: str = ""
    interface: str = ""
    track_interface: str = ""
    vpn: str = ""
    min_tx_ms: int = 10
    min_rx_ms: int = 10
    multiplier: int = 3
    wtr_minutes: int = 0
    delay_up: int = 0
    tos: int = 7
    shutdown: bool = False
    process_interface_status: bool = False
    process_pst: bool = False
    description: str = ""

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what a session cannot change without negotiating anew."""
        ends = (self.peer, self.source, self.interface, self.track_interface, self.vpn)
        return (self.kind, self.local, self.remote, *ends)


def read(configuration: Configuration, e_trunks: Mapping[int, ETrunkSettings]) -> dict[str, BfdSettings]:
    """Return the sessions of a configuration by name, those that E-Trunks make for themselves included."""
    if not has(configuration, "bfd.global"):
        return {}
    default_ip, delay_up = "224.0.0.184", 0
    for line in configuration.all("bfd.global"):
        default_ip = word(line, "bfd.default-ip", "ip", default_ip)
        delay_up = number(line, "bfd.delay-up", "seconds", delay_up)
    sessions = [
        _session(line, _BINDINGS[line.command], default_ip)
        for line in configuration.statements
        if line.command in _BINDINGS
    ]
    return {session.name: replace(session, delay_up=delay_up) for session in (*sessions, *_dynamic(e_trunks))}


def dynamic_name(e_trunk: int) -> str:
    """Return the name of the session that an E-Trunk makes."""
    return f"dyn_{_FIRST_DYNAMIC + e_trunk}"


def _dynamic(e_trunks: Mapping[int, ETrunkSettings]) -> Iterator[BfdSettings]:
    for number_, e_trunk in e_trunks.items():
        if e_trunk.dynamic is not None:
            tx, rx, multiplier = e_trunk.dynamic
            yield BfdSettings(
                name=dynamic_name(number_),
                kind=BfdKind.DYNAMIC,
                peer=e_trunk.peer,
                local=_FIRST_DYNAMIC + number_,
                ipv6=":" in e_trunk.peer,
                source=e_trunk.source,
                vpn=e_trunk.vpn,
                min_tx_ms=tx,
                min_rx_ms=rx,
                multiplier=multiplier,
            )


def _session(line: Statement, kind: BfdKind, default_ip: str) -> BfdSettings:
    values = line.params
    ipv6 = "peer-ipv6" in values
    tracked = kind is BfdKind.TRACK_INTERFACE
    peer = values.get("peer-ipv6") or values.get("peer-ip") or ""
    return BfdSettings(
        name=values["name"].lower(),
        kind=BfdKind.AUTO if kind is BfdKind.PEER_IP and "auto" in line.text.split()[4:] else kind,
        peer=default_ip if kind is BfdKind.DEFAULT_IP else address(peer),
        local=number(line, "bfd.discr-local", "discr", 0),
        remote=number(line, "bfd.discr-remote", "discr", 0),
        ipv6=ipv6,
        source=address(values.get("source-ipv6") or values.get("source-ip") or ""),
        interface="" if tracked else values.get("interface", ""),
        track_interface=values.get("interface", "") if tracked else "",
        vpn=values.get("vpn", ""),
        min_tx_ms=number(line, "bfd.min-tx", "ms", 10),
        min_rx_ms=number(line, "bfd.min-rx", "ms", 10),
        multiplier=number(line, "bfd.multiplier", "n", 3),
        wtr_minutes=number(line, "bfd.wtr", "minutes", 0),
        tos=number(line, "bfd.tos", "n", 7),
        shutdown=has(line, "bfd.shutdown"),
        process_interface_status=has(line, "bfd.pis"),
        process_pst=has(line, "bfd.pst"),
        description=word(line, "bfd.desc", "text"),
    )
