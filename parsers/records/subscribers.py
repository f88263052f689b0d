"""What subscribers leave on a device: L2TP tunnels and sessions, IPsec associations, DHCPv6 bindings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Lower, Port, Upper


@dataclass(frozen=True, slots=True)
class L2tpSession:
    """A row of `display l2tp session { lac | lns }`."""

    local_session: int
    remote_session: int
    local_tunnel: int
    remote_tunnel: int
    user_id: int
    user: str
    ppp_id: int | None = None


@dataclass(frozen=True, slots=True)
class L2tpTunnelRow:
    """A tunnel of one side."""

    local_tunnel: int
    remote_tunnel: int
    remote_ip: Address
    port: int
    session_count: int
    remote_name: str


@dataclass(frozen=True, slots=True)
class L2tpTunnels:
    """The tunnels of the device as LAC or as LNS.

    Args:
        side: `lac` or `lns`.
        board: whose tunnels they are; `slot` as the total says it.
        total: as printed; a filled table of a LAC may say 0, so count the tunnels.
    """

    side: Lower
    board: int | None = None
    slot: int | None = None
    total: int | None = None
    printed: int | None = None
    tunnels: tuple[L2tpTunnelRow, ...] = ()


@dataclass(frozen=True, slots=True)
class L2tpSessionCount:
    """Sessions of one source address."""

    source_ip: Address
    vpn_instance: str | None
    session_count: int


@dataclass(frozen=True, slots=True)
class L2tpBackupSession:
    """A session in the view of the backup.

    Args:
        registered: `L` here, `R` came from the peer.
        state: `active` or `inactive`.
        forwarding: `L` local interface, `P` protection path.
        life: as shown, with its unit.
    """

    local_session: int
    remote_session: int
    local_tunnel: int
    remote_tunnel: int
    user_id: int
    user: str
    registered: Upper
    state: Lower
    life: str | None
    forwarding: Upper


@dataclass(frozen=True, slots=True)
class L2tpBackupTunnel:
    """A tunnel in the view of the backup; see `L2tpBackupSession`."""

    local_tunnel: int
    remote_tunnel: int
    remote_ip: Address
    remote_name: str
    session_count: int
    registered: Upper
    state: Lower
    life: str | None


@dataclass(frozen=True, slots=True)
class IkeAssociation:
    """An IKE security association; one tunnel shows one for each phase."""

    connection: int
    peer_ip: Address
    flags: str
    phase: Upper
    extension: str | None
    vpn_instance: str | None


@dataclass(frozen=True, slots=True)
class IkeBoard:
    """The IKE security associations of a board."""

    slot: int
    count: int | None = None
    associations: tuple[IkeAssociation, ...] = ()


@dataclass(frozen=True, slots=True)
class IkeAssociations:
    """The IKE security associations of a device, and how many of them are backed up.

    Args:
        single_homing: those without a backup.
        multi_homing_master: of tunnels for which the device is master; `multi_homing_slave` of its peer's.
    """

    sa_count: int
    single_homing: int | None = None
    multi_homing_master: int | None = None
    multi_homing_slave: int | None = None
    not_backed_up: int | None = None
    backed_up: int | None = None
    boards: tuple[IkeBoard, ...] = ()


@dataclass(frozen=True, slots=True)
class IpsecAssociation:
    """A row of `display ipsec sa brief`.

    Args:
        algorithm: encryption and authentication, as shown.
    """

    source_ip: Address
    destination_ip: Address
    spi: int
    protocol: Lower
    algorithm: str
    vpn_instance: str | None


@dataclass(frozen=True, slots=True)
class Dhcpv6RelayUser:
    """A client of the DHCPv6 relay.

    Args:
        ia_type: `ia_na` or `ia_pd`.
        vlans: outer and inner, as shown; 0 for none.
    """

    index: int
    ia_id: int
    ia_type: Lower
    duid: Lower
    interface: Port | None = None
    vlans: str | None = None
    mac: Lower | None = None
    ip: Address | None = None
    prefix: Lower | None = None


@dataclass(frozen=True, slots=True)
class Dhcpv6RelayConfiguration:
    """What the DHCPv6 relay is to do."""

    duid: Lower
    export_pd_route: Lower | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeasedAddress:
    """An address with its remaining lease in seconds."""

    ip: Address
    lease_s: int


@dataclass(frozen=True, slots=True)
class LeasedPrefix:
    """A delegated prefix with its remaining lease in seconds."""

    prefix: Lower
    lease_s: int


@dataclass(frozen=True, slots=True)
class Dhcpv6User:
    """A subscriber of the BRAS that has an address or a prefix by DHCPv6."""

    index: int
    user_id: int
    mac: Lower
    state: Lower
    addresses: tuple[LeasedAddress, ...] = ()
    prefixes: tuple[LeasedPrefix, ...] = ()


@dataclass(frozen=True, slots=True)
class Dhcpv6RelayCounters:
    """Packets of the DHCPv6 relay by their labels, as shown; `bad` ones by themselves."""

    bad: int
    extra: Mapping[str, str] = field(default_factory=dict)
