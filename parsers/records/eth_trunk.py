"""Eth-Trunks and LACP as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Lower, Mark, Port


@dataclass(frozen=True, slots=True)
class EthTrunkPort:
    """A member port of an Eth-Trunk.

    Args:
        name: long interface name without flags.
        status: lower case: `selected`, `unselect`, `indep`, `unknown`; manual mode `up`, `down`,
            `offline`; 1:1 backup mode `m` or `s`.
        flags: `h` (high priority), `r` (reference port), both or none.
        port_state: eight bits, left to right: activity, short timeout, aggregatable, in sync,
            collecting, distributing, defaulted, expired.
    """

    name: Port
    status: Lower
    flags: Mark = ""
    port_type: str | None = None
    port_priority: int | None = None
    port_number: int | None = None
    port_key: int | None = None
    port_state: str | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class EthTrunkPartner:
    """What the partner says about itself on one local port; all zero when there is no partner."""

    name: Port
    system_priority: int
    system_id: Lower
    port_priority: int
    port_number: int
    port_key: int
    port_state: str
    flags: Mark = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """Traffic of a port or of the whole trunk over the last interval (`verbose`)."""

    name: Port
    interval_s: int | None = None
    input_bits_per_s: int | None = None
    input_packets_per_s: int | None = None
    output_bits_per_s: int | None = None
    output_packets_per_s: int | None = None
    input_packets: int | None = None
    input_bytes: int | None = None
    input_drops: int | None = None
    output_packets: int | None = None
    output_bytes: int | None = None
    output_drops: int | None = None


@dataclass(frozen=True, slots=True)
class EthTrunk:
    """One Eth-Trunk in detail.

    Args:
        name: e.g. `Eth-Trunk1`.
        working_mode: lower case: `static`, `normal`, `backup`, `dynamic`.
        preempt_delay: `Disabled` or seconds.
        system_id: effective LACP system ID without its mark.
        system_id_from: `local` or `remote` (taken from the E-Trunk peer), where shown.
        operate_status: `up` or `down`.
    """

    name: Port
    lag_id: int | None = None
    working_mode: Lower | None = None
    working_state: Lower | None = None
    preempt_delay: str | None = None
    hash_arithmetic: str | None = None
    system_priority: int | None = None
    system_id: Lower | None = None
    system_id_from: Mark | None = None
    least_active_links: int | None = None
    max_active_links: int | None = None
    max_bandwidth_affected_links: int | None = None
    operate_status: Lower | None = None
    up_ports: int | None = None
    timeout_period: str | None = None
    port_key_mode: str | None = None
    ports: tuple[EthTrunkPort, ...] = ()
    partners: tuple[EthTrunkPartner, ...] = ()
    flows: tuple[Flow, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EthTrunkRow:
    """A row of `display eth-trunk brief`.

    Args:
        role: E-Trunk role, `m` or `s`; nothing outside an E-Trunk.
        active, inactive, configured: numbers of links.
    """

    name: Port
    mode: Lower
    status: Lower
    active: int
    inactive: int
    configured: int
    bandwidth_mbps: int
    role: Lower | None = None


@dataclass(frozen=True, slots=True)
class TrunkMembershipPort:
    """A port in `display trunkmembership eth-trunk`."""

    name: Port
    valid: Lower
    operate: Lower
    weight: int


@dataclass(frozen=True, slots=True)
class TrunkMembership:
    """The ports of one trunk and how many of them are up."""

    trunk_id: int
    used_status: Lower | None = None
    type: str | None = None
    working_mode: Lower | None = None
    port_count: int | None = None
    up_port_count: int | None = None
    operate_status: Lower | None = None
    ports: tuple[TrunkMembershipPort, ...] = ()


@dataclass(frozen=True, slots=True)
class LacpSystem:
    """Effective LACP system values of the device, or of one trunk.

    Args:
        trunk: Eth-Trunk name; nothing for the device's own values.
        system_id_from: `remote` when taken from the E-Trunk peer.
    """

    trunk: Port | None = None
    system_priority: int | None = None
    system_id: Lower | None = None
    system_id_from: Mark | None = None


@dataclass(frozen=True, slots=True)
class LacpPortCounters:
    """LACP and marker packets of one port."""

    name: Port
    lacp_received: int
    lacp_sent: int
    marker_received: int
    marker_sent: int


@dataclass(frozen=True, slots=True)
class LacpCounters:
    """LACP packets of one Eth-Trunk."""

    trunk: Port
    ports: tuple[LacpPortCounters, ...] = ()


@dataclass(frozen=True, slots=True)
class LacpEvent:
    """A past reason why LACP went down."""

    sequence: int
    time: str
    description: str
    continued: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole description; the device breaks it inside words."""
        return "".join((self.description, *self.continued))
