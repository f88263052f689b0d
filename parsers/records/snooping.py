"""State of IGMP and MLD snooping in a VLAN or a VSI, as a device shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Lower, Marked, Port


@dataclass(frozen=True, slots=True)
class SnoopingQuerier:
    """Whether the device asks for members in a VLAN, a VSI or a bridge domain, by number or name."""

    name: str
    state: Lower
    querier_ip: Address | None


@dataclass(frozen=True, slots=True)
class SnoopingRouterPort:
    """A port behind which a multicast router is; `tags` of a PW are its peer and number."""

    name: Port
    uptime: str | None
    expires: str | None
    flags: Lower
    tags: str = ""


@dataclass(frozen=True, slots=True)
class SnoopingRouterPorts:
    """The router ports of a VLAN, a VSI or a bridge domain."""

    port_count: int
    vlan: int | None = None
    vsi: str | None = None
    bridge_domain: int | None = None
    ports: tuple[SnoopingRouterPort, ...] = ()


@dataclass(frozen=True, slots=True)
class SnoopedSource:
    """A source that members of a group ask for."""

    source: Address
    create_time: str | None = None
    expire_time: str | None = None
    source_timer: Lower | None = None
    retransmissions: int | None = None
    last_member_query: Lower | None = None


@dataclass(frozen=True, slots=True)
class SnoopedGroup:
    """A multicast group with its timers, as shown."""

    group: Address
    create_time: str | None = None
    expire_time: str | None = None
    group_timer: Lower | None = None
    retransmissions: int | None = None
    last_member_query: Lower | None = None
    filter_mode: Lower | None = None
    compatibility: Lower | None = None
    source_last_member_query: Lower | None = None
    sources: tuple[SnoopedSource, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SnoopingTimer:
    """A value that is set, with the words before it; `default 60`, `180s or holdtime in hello` as shown."""

    protocol: Lower
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class SnoopingSwitch:
    """Something that is on or off."""

    protocol: Lower
    state: Lower
    name: str = "Router Alert"


@dataclass(frozen=True, slots=True)
class SnoopingState:
    """What snooping does in a VLAN or a VSI.

    Args:
        default_version: the version is the default one.
        service_model: `asm-ssm`, `asm-only` or `ssm-only`.
    """

    vlan: int | None = None
    vsi: str | None = None
    snooping: Lower | None = None
    default_version: Marked = False
    version: int | None = None
    service_model: Lower | None = None
    timers: tuple[SnoopingTimer, ...] = ()
    switches: tuple[SnoopingSwitch, ...] = ()


@dataclass(frozen=True, slots=True)
class SnoopingLines:
    """The stored lines of snooping; `scope` is `VLAN 7` or `VSI NAME`."""

    scope: str
    lines: tuple[str, ...] = ()
