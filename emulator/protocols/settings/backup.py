"""Remote backup services and profiles as configured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emulator.protocols.settings.reading import address, has, number, optional_number, word
from emulator.protocols.states import DailyBatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.config.statement import Configuration, Statement

_ALL = "all"


@dataclass(frozen=True, slots=True)
class UplinkTrack:
    """Uplinks that a backup service watches.

    Args:
        interfaces: name and weight of each.
        groups: monitor groups with the failure ratio, in percent, that switches over;
            `route_groups` likewise.
        ratio: share of failed weight, in percent, that switches over; `minutes` it must hold.
    """

    interfaces: tuple[tuple[str, int], ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    route_groups: tuple[tuple[str, int], ...] = ()
    ratio: int = 100
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class RbsSettings:
    """A remote backup service as configured.

    Args:
        blocked_tx: services whose sending is blocked, `all` for every one; `blocked_rx` likewise.
    """

    name: str
    index: int
    peer: str = ""
    source: str = ""
    port: int | None = None
    ssl_policy: str = ""
    track_bfd: int | None = None
    shutdown: bool = False
    daily: tuple[DailyBatch, ...] = ()
    blocked_tx: tuple[str, ...] = ()
    blocked_rx: tuple[str, ...] = ()
    uplinks: UplinkTrack = UplinkTrack()


@dataclass(frozen=True, slots=True)
class VrrpReference:
    """The VRRP or VRRP6 group that a profile follows."""

    vrid: int
    interface: str
    ipv6: bool = False
    parity: str = ""


@dataclass(frozen=True, slots=True)
class RbpSettings:
    """A remote backup profile as configured."""

    name: str
    index: int
    services: tuple[str, ...] = ()
    rbs: str = ""
    backup_id: int | None = None
    tracks: tuple[VrrpReference, ...] = ()
    e_trunk: tuple[int, int] | None = None
    mode: str = "hot"
    forwarding: bool = True


def read_services(configuration: Configuration) -> dict[str, RbsSettings]:
    """Return the backup services of a configuration by name."""
    lines = enumerate(configuration.all("rbs.create"), start=1)
    return {line.params["rbs-name"]: _service(line, index) for index, line in lines}


def read_profiles(configuration: Configuration) -> dict[str, RbpSettings]:
    """Return the backup profiles of a configuration by name."""
    lines = enumerate(configuration.all("rbp.create"))
    return {line.params["rbp-name"]: _profile(line, 0x1000 + index) for index, line in lines}


def trigger_speed(configuration: Configuration) -> int:
    """Return the entries a second that a connecting channel sends."""
    return number(configuration, "pb.trigger-speed", "rate", 128)


def _service(line: Statement, index: int) -> RbsSettings:
    family = "6" if has(line, "rbs.peer-ipv6") else ""
    command, peer, source = (
        ("rbs.peer-ipv6", "peer-ipv6", "source-ipv6") if family else ("rbs.peer", "peer-ip", "source-ip")
    )
    return RbsSettings(
        name=line.params["rbs-name"],
        index=index,
        peer=address(word(line, command, peer)),
        source=address(word(line, command, source)),
        port=optional_number(line, command, "port"),
        ssl_policy=word(line, "rbs.bind-ssl", "policy-name"),
        track_bfd=optional_number(line, "rbs.track-bfd", "discr"),
        shutdown=word(line, "rbs.shutdown", "state", "down") == "down" and has(line, "rbs.shutdown"),
        daily=tuple(
            DailyBatch(entry.params["service"], entry.params["time"]) for entry in line.all("rbs.batch-daily")
        ),
        blocked_tx=tuple(_blocked(line, "send")),
        blocked_rx=tuple(_blocked(line, "receive")),
        uplinks=_uplinks(line),
    )


def _blocked(line: Statement, direction: str) -> Iterator[str]:
    for entry in line.all("rbs.backup-block"):
        words = entry.text.split()  # backup block { send | receive } [ service ]
        if direction in words:
            yield words[-1] if words[-1] != direction else _ALL


def _uplinks(line: Statement) -> UplinkTrack:
    return UplinkTrack(
        tuple(
            (entry.params["interface"], int(entry.params.get("weight", "10")))
            for entry in line.all("rbs.track-if")
        ),
        tuple(
            (entry.params["group"], int(entry.params["percent"]))
            for entry in line.all("rbs.track-monitor-group")
        ),
        tuple(
            (entry.params["group"], int(entry.params["percent"]))
            for entry in line.all("rbs.track-route-monitor-group")
        ),
        number(line, "rbs.switchover-uplink", "ratio", 100),
        number(line, "rbs.switchover-uplink", "minutes", 0),
    )


def _profile(line: Statement, index: int) -> RbpSettings:
    member = line.first("rbp.e-trunk")
    return RbpSettings(
        name=line.params["rbp-name"],
        index=index,
        services=tuple(entry.text.split()[-1] for entry in line.all("rbp.service-type")),
        rbs=word(line, "rbp.backup-id", "rbs-name"),
        backup_id=optional_number(line, "rbp.backup-id", "backup-id"),
        tracks=(*_vrrp(line, "rbp.vrrp-id", ipv6=False), *_vrrp(line, "rbp.vrrp6-id", ipv6=True)),
        e_trunk=(int(member.params["e-trunk-id"]), int(member.params["eth-trunk-id"])) if member else None,
        mode=word(line, "rbp.peer-backup", "mode", "hot"),
        forwarding=not has(line, "rbp.rui-slave-nofwd"),
    )


def _vrrp(line: Statement, command: str, *, ipv6: bool) -> Iterator[VrrpReference]:
    for entry in line.all(command):
        parity = next((word for word in ("odd-mac", "even-mac") if word in entry.text.split()), "")
        yield VrrpReference(int(entry.params["vrid"]), entry.params["interface"], ipv6, parity)
