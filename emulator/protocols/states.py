"""What a router's protocols are at one moment: frozen values, from which displays are written.

Times are virtual seconds of the world's clock; `None` means never. Interface names are canonical and long
(`GigabitEthernet0/1/1`, `Eth-Trunk1`). Words in `StrEnum`s are the manual's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Phys(StrEnum):
    """Physical state of an interface."""

    UP = "up"
    DOWN = "down"
    ADMIN_DOWN = "*down"


class DownBy(StrEnum):
    """Why an interface is held down although its links may be up: the suffix of `display interface brief`."""

    NOTHING = ""
    E_TRUNK = "E"
    BFD = "b"
    TRACK = "t"  # a monitor group or a flow-down group; prints no suffix of its own
    SPOOFING = "s"


@dataclass(frozen=True, slots=True)
class InterfaceAddress:
    """One address of an interface.

    Args:
        address: IPv4 or IPv6 address in compressed lower-case form.
        length: prefix length in bits.
        role: `primary`, `sub` (secondary), `link-local` or `global`.
    """

    address: str
    length: int
    role: str = "primary"


@dataclass(frozen=True, slots=True)
class InterfaceState:
    """An interface: physical state, line protocol, addresses.

    Args:
        name: canonical long name.
        phys: physical state; loopbacks and NULL0 are always up.
        protocol: line protocol is up.
        spoofing: the protocol is up by definition, shown as `up(s)`.
        down_by: why it is down although configured up.
        trunk: number of the Eth-Trunk that the port belongs to.
        index: position among the device's interfaces, from 1.
        last_up: when it last became up.
        last_down: when it last became down.
        vpn: VPN instance, empty for the public network.
    """

    name: str
    phys: Phys
    protocol: bool
    spoofing: bool = False
    down_by: DownBy = DownBy.NOTHING
    addresses: tuple[InterfaceAddress, ...] = ()
    trunk: int | None = None
    index: int = 0
    description: str = ""
    mac: str = ""
    vpn: str = ""
    last_up: float | None = None
    last_down: float | None = None


class RbsState(StrEnum):
    """State of the TCP channel of a remote backup service."""

    UNSET = "--"
    INITIAL = "Initial"
    LISTENING = "Listening"
    CONNECTING = "Connecting"
    CONNECTED = "Connected"


@dataclass(frozen=True, slots=True)
class DailyBatch:
    """A batch backup at a fixed time of day, `HH:MM:SS`, for one service."""

    service: str
    time: str


@dataclass(frozen=True, slots=True)
class RbsView:
    """A remote backup service.

    Args:
        index: creation order, from 1.
        track_bfd: local discriminator of the tracked session.
        blocked_tx: services whose sending is blocked; `all` for every one. `blocked_rx` likewise.
        last_up: when the channel last became connected.
        sent: entries sent to the peer since the last connect; `received` likewise.
    """

    name: str
    index: int
    state: RbsState
    peer: str = ""
    source: str = ""
    port: int | None = None
    ssl_policy: str = ""
    track_bfd: int | None = None
    shutdown: bool = False
    daily: tuple[DailyBatch, ...] = ()
    blocked_tx: tuple[str, ...] = ()
    blocked_rx: tuple[str, ...] = ()
    last_up: float | None = None
    sent: int = 0
    received: int = 0
    uplink_failed: bool = False


class Role(StrEnum):
    """Role of a backup profile."""

    MASTER = "Master"
    SLAVE = "Slave"
    UNKNOWN = "--"


@dataclass(frozen=True, slots=True)
class RbpTrack:
    """A VRRP group that decides the role of a profile.

    Args:
        vrid: virtual router id.
        interface: where the group lives.
        ipv6: a VRRP6 group.
        parity: `odd-mac`, `even-mac` or empty.
        role: role by this group; `peer` is the other device's.
    """

    vrid: int
    interface: str
    ipv6: bool = False
    parity: str = ""
    role: Role = Role.SLAVE
    peer: Role = Role.UNKNOWN


@dataclass(frozen=True, slots=True)
class RbpView:
    """A remote backup profile.

    Args:
        index: handle, 0x1000 and on in creation order.
        services: in the order in which they were configured.
        tracks: VRRP and VRRP6 groups; empty with an E-Trunk.
        e_trunk: E-Trunk and Eth-Trunk numbers, if it follows a member Eth-Trunk.
        role: own role by the tracked protocol; UNKNOWN when it tracks nothing. `peer` comes over the RBS.
        interfaces: interfaces that bound the profile.
        mode: `hot`, `warm` or `virtual`.
        forwarding: False with `rui-slave inbound without-forwarding`.
        slot: slot, card, port of the tracked interface, if it is a physical port.
    """

    name: str
    index: int
    services: tuple[str, ...] = ()
    rbs: str = ""
    backup_id: int | None = None
    tracks: tuple[RbpTrack, ...] = ()
    e_trunk: tuple[int, int] | None = None
    role: Role = Role.UNKNOWN
    peer: Role = Role.UNKNOWN
    interfaces: tuple[str, ...] = ()
    mode: str = "hot"
    forwarding: bool = True
    slot: tuple[int, int, int] | None = None


class ETrunkRole(StrEnum):
    """Role of an E-Trunk."""

    INITIALIZE = "Initialize"
    MASTER = "Master"
    BACKUP = "Backup"


class Causation(StrEnum):
    """Why an E-Trunk or one of its members has its role."""

    INIT = "INIT"
    PRI = "PRI"
    TIMEOUT = "TIMEOUT"
    BFD_DOWN = "BFD_DOWN"
    PEER_TIMEOUT = "PEER_TIMEOUT"
    ETRUNK_INIT = "ETRUNK_INIT"
    ETRUNK_MASTER = "ETRUNK_MASTER"
    ETRUNK_BACKUP = "ETRUNK_BACKUP"
    PEER_MEMBER_DOWN = "PEER_MEMBER_DOWN"
    PEER_MEMBER_UP = "PEER_MEMBER_UP"
    FORCE_MASTER = "FORCE_MASTER"
    FORCE_BACKUP = "FORCE_BACKUP"


@dataclass(frozen=True, slots=True)
class MemberChange:
    """One change of a member's role."""

    time: float
    before: ETrunkRole
    after: ETrunkRole
    causation: Causation


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member Eth-Trunk of an E-Trunk.

    Args:
        id: local Eth-Trunk number; `remote_id` is the peer's, None until heard.
        phys_up: physical state of the member: enough links up, whatever the role.
        mode: `auto`, `force-master` or `force-backup`.
        changes: last ten role changes, newest first.
    """

    id: int
    phys_up: bool
    mode: str
    role: ETrunkRole
    causation: Causation
    remote_id: int | None = None
    changes: tuple[MemberChange, ...] = ()


@dataclass(frozen=True, slots=True)
class HelloCounters:
    """Packets of an E-Trunk since the counters were cleared.

    Args:
        dropped: received and refused, all reasons together; the named ones below are parts of it.
    """

    sent: int = 0
    received: int = 0
    dropped: int = 0
    send_failed: int = 0
    peer_ip_errors: int = 0
    authentication_errors: int = 0
    tlv_errors: int = 0


@dataclass(frozen=True, slots=True)
class DynamicBfd:
    """The session that `e-trunk bfd enable` makes."""

    up: bool
    tx_ms: int
    rx_ms: int
    multiplier: int


@dataclass(frozen=True, slots=True)
class ETrunkView:
    """An E-Trunk.

    Args:
        send_period: hello interval in 100 ms; `fail_time` likewise, `peer_fail_time` as heard.
        peer_priority: as last heard; None until then. `peer_system_id` likewise.
        revert_delay: seconds; None with `revert disable`.
    """

    id: int
    priority: int
    system_id: str
    role: ETrunkRole
    causation: Causation
    peer: str = ""
    source: str = ""
    vpn: str = ""
    revert_delay: int | None = 120
    send_period: int = 10
    fail_time: int = 200
    peer_priority: int | None = None
    peer_system_id: str = ""
    peer_fail_time: int | None = None
    bfd_session: str = ""
    description: str = ""
    sequence: bool = False
    dynamic_bfd: DynamicBfd | None = None
    counters: HelloCounters = HelloCounters()
    members: tuple[MemberView, ...] = ()


class PortStatus(StrEnum):
    """Status of a member port: of LACP, or of the link in manual mode."""

    SELECTED = "Selected"
    UNSELECT = "Unselect"
    UP = "Up"
    DOWN = "Down"


@dataclass(frozen=True, slots=True)
class LacpPartner:
    """What the other end of a port says of itself; all zero when nothing is heard."""

    system_priority: int = 0
    system_id: str = "0000-0000-0000"
    port_priority: int = 0
    port_no: int = 0
    port_key: int = 0
    port_state: str = "11100011"


@dataclass(frozen=True, slots=True)
class TrunkPort:
    """A member port of an Eth-Trunk.

    Args:
        speed: port type as printed, `1GE`, `10GE`...
        port_state: eight LACP bits, left to right activity ... expired.
        reference: this port is the reference port; `actor` this end decides the selection.
        sent: LACPDUs sent; `received` likewise.
    """

    name: str
    status: PortStatus
    speed: str = "1GE"
    port_priority: int = 32768
    port_no: int = 1
    port_key: int = 0
    port_state: str = "11100011"
    weight: int = 1
    reference: bool = False
    actor: bool = False
    partner: LacpPartner = LacpPartner()
    sent: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class EthTrunkView:
    """An Eth-Trunk.

    Args:
        mode: `lacp-static`, `manual load-balance` or `manual backup`.
        preempt_delay: seconds; None when LACP preemption is off.
        system_id: the effective LACP system id; `remote_id` when it was taken from the E-Trunk peer.
        timeout: `Slow` or `Fast`; `timeout_seconds` is a user-defined one.
        e_trunk: number of the E-Trunk it is a member of; `role` is the member's.
        active_port: the working port in manual backup mode.
    """

    id: int
    mode: str
    up: bool
    ports: tuple[TrunkPort, ...] = ()
    preempt_delay: int | None = None
    system_priority: int = 32768
    system_id: str = ""
    remote_id: bool = False
    least_active: int = 1
    max_active: int = 16
    timeout: str = "Slow"
    timeout_seconds: int | None = None
    e_trunk: int | None = None
    role: ETrunkRole | None = None
    active_port: str = ""
    bandwidth_mbps: int = 0


class BfdState(StrEnum):
    """State of a BFD session."""

    ADMIN_DOWN = "AdminDown"
    DOWN = "Down"
    INIT = "Init"
    UP = "Up"


class BfdKind(StrEnum):
    """How a BFD session was made."""

    PEER_IP = "peer-ip"  # multi-hop, or single-hop with an interface
    DEFAULT_IP = "default-ip"  # single-hop over a link without address
    TRACK_INTERFACE = "track-interface"
    ONE_ARM = "one-arm-echo"
    AUTO = "auto"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class BfdView:
    """A BFD session.

    Args:
        local: local discriminator; `remote` is 0 when unknown.
        wait_to_restore: the state is Up but trackers still see it down, shown `Up(w)`.
        interface: outgoing interface of a single-hop session; `track_interface` of a tracked one.
        diagnostic: last local diagnostic as printed.
        not_up_reason: printed while Down or Init.
        applications: who follows the session: `ETRUNK`, `VRRP`, `RBS`, `IFNET`.
        actual_tx_ms: negotiated; 1000 and more while down. `detect_ms` is None while down.
    """

    name: str
    kind: BfdKind
    state: BfdState
    local: int
    remote: int
    peer: str
    ipv6: bool = False
    interface: str = ""
    track_interface: str = ""
    source: str = ""
    vpn: str = ""
    wait_to_restore: bool = False
    min_tx_ms: int = 10
    min_rx_ms: int = 10
    multiplier: int = 3
    actual_tx_ms: int = 1000
    actual_rx_ms: int = 1000
    detect_ms: int | None = None
    wtr_minutes: int = 0
    tos: int = 7
    process_interface_status: bool = False
    process_pst: bool = False
    diagnostic: str = "No Diagnostic"
    not_up_reason: str = ""
    description: str = ""
    applications: tuple[str, ...] = ()
    last_up: float | None = None
    last_down: float | None = None


class VrrpState(StrEnum):
    """State of a virtual router."""

    INITIALIZE = "Initialize"
    BACKUP = "Backup"
    MASTER = "Master"


class VrrpKind(StrEnum):
    """Part that a virtual router plays."""

    NORMAL = "normal-vrrp"
    ADMIN = "admin-vrrp"
    MEMBER = "member-vrrp"


@dataclass(frozen=True, slots=True)
class VrrpChange:
    """One change of state with the reason as printed, e.g. `Protocol timer expired`."""

    time: float
    before: VrrpState
    after: VrrpState
    reason: str


@dataclass(frozen=True, slots=True)
class VrrpTrackView:
    """Something that a virtual router follows.

    Args:
        kind: `interface`, `bfd`, `monitor-group`, `route-monitor-group`, `link-bfd`, `route`.
        object: interface name, BFD discriminator or name, group name, prefix.
        up: it is well; a monitor group is well below its failure ratio.
        effect: `reduced`, `increased`, `peer` or `link`.
        value: priority change; None for `peer` and `link`.
        ratio: failure ratio in percent that triggers a monitor-group track.
    """

    kind: str
    object: str
    up: bool
    effect: str = "reduced"
    value: int | None = 10
    ratio: int | None = None


@dataclass(frozen=True, slots=True)
class VrrpView:
    """A VRRP or VRRP6 group.

    Args:
        master: address of the known master, empty when there is none.
        priority: configured; `run_priority` with tracking applied; `master_priority` as heard.
        preempt_delay: seconds; `remain` seconds left while preemption is pending.
        advertise_ms: interval in milliseconds; `run_advertise_ms` as learned.
        auth: `NONE`, `SIMPLE TEXT` or `MD5`.
        admin: interface and vrid of the followed mVRRP group; `unflowdown` as configured.
        members: interface, vrid, state of the groups that follow this mVRRP group.
        member_interfaces: interfaces that follow it without a group of their own, and whether they are up.
        changes: last ten, newest first.
    """

    interface: str
    vrid: int
    ipv6: bool
    state: VrrpState
    kind: VrrpKind = VrrpKind.NORMAL
    virtual: tuple[str, ...] = ()
    master: str = ""
    local: str = ""
    priority: int = 100
    run_priority: int = 100
    master_priority: int = 0
    preempt: bool = True
    preempt_delay: int = 0
    remain: float | None = None
    hold_multiplier: int = 3
    advertise_ms: int = 1000
    run_advertise_ms: int = 1000
    auth: str = "NONE"
    mac: str = ""
    backup_forward: bool = False
    copy: bool = False
    unicast_peer: str = ""
    admin: tuple[str, int] | None = None
    unflowdown: bool = False
    members: tuple[tuple[str, int, VrrpState], ...] = ()
    member_interfaces: tuple[tuple[str, bool], ...] = ()
    tracks: tuple[VrrpTrackView, ...] = ()
    created: float = 0.0
    last_change: float | None = None
    changes: tuple[VrrpChange, ...] = ()


@dataclass(frozen=True, slots=True)
class BindingView:
    """An interface that a monitor group watches."""

    interface: str
    index: int
    down_weight: int
    up: bool
    last_up: float | None = None
    last_down: float | None = None
    valid: bool = True


@dataclass(frozen=True, slots=True)
class TrackerView:
    """An interface that follows a monitor group.

    Args:
        trigger: weight that brings it down; None means only when all bindings are down.
        triggered: it is held down now.
    """

    interface: str
    index: int
    trigger: int | None
    triggered: bool
    last_up: float | None = None
    last_down: float | None = None
    valid: bool = True


@dataclass(frozen=True, slots=True)
class MonitorGroupView:
    """A monitor group.

    Args:
        index: creation order, from 1.
        down_weight: weight of the bindings that are down; `weight_sum` of all.
    """

    name: str
    index: int
    active: bool
    down_weight: int
    weight_sum: int
    max_trigger: int
    trigger_up_delay: int
    bindings: tuple[BindingView, ...] = ()
    trackers: tuple[TrackerView, ...] = ()


@dataclass(frozen=True, slots=True)
class OspfPeer:
    """An OSPF neighbour."""

    process: int
    router_id: str
    area: str
    interface: str
    local: str
    neighbour_id: str
    address: str
    state: str = "Full"
    since: float = 0.0
    dr: str = ""
    bdr: str = ""
    priority: int = 1


@dataclass(frozen=True, slots=True)
class OspfProcess:
    """An OSPF process of this router, with or without neighbours."""

    process: int
    router_id: str


class Origin(StrEnum):
    """Where an entry came from."""

    LOCAL = "local"  # heard on the interface
    REMOTE = "remote"  # received over the backup channel
    STATIC = "static"
    OWN = "own"  # the interface's own address


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A multicast group heard from hosts: IGMP with an IPv4 group, MLD with an IPv6 one.

    Args:
        interface_address: address shown beside the interface; link-local for MLD.
        source: source of a source-specific join, empty for any.
        expires: when it ends unless heard again; None for backed-up and static entries.
    """

    interface: str
    interface_address: str
    group: str
    source: str
    reporter: str
    since: float
    expires: float | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class SnoopingEntry:
    """A group on a layer-2 port.

    Args:
        scope: `vlan` or `vsi`; `scope_name` is the VLAN number or the VSI name.
        vlan: VLAN of the port, for a VSI the one of its sub-interface.
        port: interface in a VLAN, sub-interface in a VSI.
        port_up: the port is up; the device lists only such ports.
    """

    scope: str
    scope_name: str
    vlan: int
    group: str
    source: str
    port: str
    port_up: bool
    ipv6: bool
    since: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class NeighbourEntry:
    """An ARP or ND entry.

    Args:
        expires: when it ages; None for own, static and backed-up entries.
        slot: slot on which it was learned.
    """

    address: str
    mac: str
    interface: str
    vpn: str
    since: float
    expires: float | None
    origin: Origin
    slot: int = 0
    vlan: int | None = None


class Rui(StrEnum):
    """Who forwards a multicast flow through an active-active Eth-Trunk."""

    NOT_CONFIGURED = "not-active-active"
    LOCAL = "local"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """Everything that the protocols of one device show at one moment.

    Args:
        now: virtual seconds.
        system_mac: the bridge MAC.
        lacp_priority: device-wide LACP system priority.
        booted: when the device last started.
    """

    name: str
    now: float
    system_mac: str
    lacp_priority: int = 32768
    booted: float = 0.0
    bfd_enabled: bool = False
    interfaces: tuple[InterfaceState, ...] = ()
    services: tuple[RbsView, ...] = ()
    profiles: tuple[RbpView, ...] = ()
    e_trunks: tuple[ETrunkView, ...] = ()
    eth_trunks: tuple[EthTrunkView, ...] = ()
    bfd: tuple[BfdView, ...] = ()
    vrrp: tuple[VrrpView, ...] = ()
    monitor_groups: tuple[MonitorGroupView, ...] = ()
    ospf: tuple[OspfProcess, ...] = ()
    ospf_peers: tuple[OspfPeer, ...] = ()
    igmp: tuple[GroupEntry, ...] = ()
    mld: tuple[GroupEntry, ...] = ()
    snooping: tuple[SnoopingEntry, ...] = ()
    arp: tuple[NeighbourEntry, ...] = ()
    nd: tuple[NeighbourEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PingReply:
    """One echo: the round trip in milliseconds, or nothing in time."""

    sequence: int
    milliseconds: int | None


@dataclass(frozen=True, slots=True)
class PingResult:
    """Result of a ping.

    Args:
        target: address that was pinged.
        routable: False when this device has no route to the target at all.
        seconds: how long the whole ping took.
    """

    target: str
    routable: bool
    replies: tuple[PingReply, ...]
    seconds: float
