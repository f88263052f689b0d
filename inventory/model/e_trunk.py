"""E-Trunk: link aggregation over both members, with its Eth-Trunks and their LACP settings."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from inventory.model.base import OFF, UNSET, Closed, Each, Placed, Side, other
from inventory.model.types import (
    Address,
    BfdName,
    EthTrunkId,
    ETrunkId,
    Hello,
    HoldMultiplier,
    Interface,
    LacpPriority,
    LacpTimeout,
    Linknumber32,
    Linknumber64,
    Mac,
    Milliseconds,
    Multiplier50,
    Priority254,
    Seconds180,
    Seconds10800,
    SecretRef,
    Switch,
    Text242,
    UdpPort,
    VpnName,
)


class SecurityKey(SecretRef):
    """Key of the E-Trunk packets."""

    form: Literal["cipher", "simple"] = "cipher"
    """`simple` leaves the key readable on the device; a weak form (R144)."""


class MemberTrunk(Placed):
    """An Eth-Trunk in the E-Trunk."""

    eth_trunk: Each[EthTrunkId]
    """Eth-Trunk ID; each member is told the other's where they differ (R80)."""
    mode: Each[Literal["lacp-static", "manual load-balance", "manual backup"] | None] = UNSET
    """Working mode; the device takes `manual load-balance`."""
    ports: Each[tuple[Interface, ...]]
    """Ports of the Eth-Trunk on each member."""
    passive_ports: Each[tuple[Interface, ...]] = Each.model_construct(a=(), b=())
    """Ports that join with `mode passive`."""
    role: Each[Literal["auto", "force-master", "force-backup"] | None] = UNSET
    """`force-master` on both is active-active (R87); the device takes `auto`."""
    remote: Each[EthTrunkId | None] = UNSET
    """`remote-eth-trunk`, only to override what follows from both IDs."""
    least_active: Each[Linknumber32 | None] = UNSET
    """Links that must be up for the trunk to be up; the device takes 1."""
    max_active: Each[Linknumber64 | None] = UNSET
    """Links in use at most; not with LACP in an E-Trunk (R88)."""
    lacp_e_trunk_priority: Each[LacpPriority | None] = UNSET
    """LACP system priority of this trunk, before the one of the system view."""
    lacp_system_id: Each[Mac | None] = UNSET
    """LACP system ID of this trunk, before the one of the system view."""
    lacp_priority: Each[LacpPriority | None] = UNSET
    """LACP system priority outside E-Trunks."""
    lacp_timeout: Each[LacpTimeout | None] = UNSET
    """`slow`, `fast`, or a number of seconds (fast with a period of its own)."""
    lacp_preempt: Each[Switch] = OFF
    """Let a better link take over again."""
    lacp_preempt_delay: Each[Seconds180 | None] = UNSET
    """Seconds before it does; the device takes 30."""

    def remote_of(self, side: Side) -> EthTrunkId:
        """Tell the Eth-Trunk ID of the other member: the one given, or its own."""
        given = self.remote.of(side)
        return self.eth_trunk.of(other(side)) if given is None else given


class ETrunkBfd(Closed):
    """Dynamic BFD session that the E-Trunk makes for itself."""

    interface: Each[Interface | None] = UNSET
    """Interface whose state the session follows."""
    min_tx: Each[Milliseconds | None] = UNSET
    min_rx: Each[Milliseconds | None] = UNSET
    multiplier: Each[Multiplier50 | None] = UNSET


class ETrunk(Placed):
    """E-Trunk between the members. The smaller priority is master."""

    id: Each[ETrunkId]
    """E-Trunk ID, the same on both members."""
    address: Each[Address]
    """Own address of each member; the peer address of a member is the other one's."""
    peer: Each[Address | None] = UNSET
    """Only for an existing pair whose addresses do not mirror: what the member takes for its peer's."""
    vpn_instance: Each[VpnName | None] = UNSET
    """VPN instance of the addresses."""
    priority: Each[Priority254 | None] = UNSET
    """1 to 254, SMALLER wins; the device takes 100. The members should differ (R79)."""
    security_key: Each[SecurityKey | None] = UNSET
    """Key of the packets, the same on both (R75)."""
    authentication_mode: Each[Literal["hmac-sha1", "hmac-sha256", "enhanced-hmac-sha256"] | None] = UNSET
    """How packets are signed, the same on both (R76)."""
    hello: Each[Hello | None] = UNSET
    """Interval of hello packets in units of 100 ms; the device takes 10."""
    hold_multiplier: Each[HoldMultiplier | None] = UNSET
    """Hello intervals without a packet until the peer counts as gone; the device takes 20."""
    revert_delay: Each[Seconds10800 | None] = UNSET
    """Seconds before the better member becomes master again; the device takes 120."""
    revert: Each[Switch] = Each.model_construct(a=True, b=True)
    """Whether the better member becomes master again at all."""
    sequence: Each[Switch] = OFF
    """Protection against replayed packets: both members or none (R77)."""
    description: Each[Text242 | None] = UNSET
    bfd: Each[BfdName | None] = UNSET
    """Static BFD session that tells of the peer's failure, by name."""
    dynamic_bfd: ETrunkBfd | None = None
    """BFD session that the E-Trunk makes for itself."""
    select: Each[Literal["link-number", "bandwidth"] | None] = UNSET
    """Elect by number of links or by bandwidth before priority."""
    backup_tunnel_port: Each[UdpPort | None] = UNSET
    """TCP port of the hot-backup tunnel."""
    members: tuple[MemberTrunk, ...] = ()
    """Eth-Trunks in the E-Trunk."""

    def peer_of(self, side: Side) -> Address:
        """Tell the peer address of a member: the one given, or the other member's own."""
        return self.peer.of(side) or self.address.of(other(side))

    @model_validator(mode="after")
    def _one_family(self) -> ETrunk:
        known = (self.address.a, self.address.b, self.peer.a, self.peer.b)
        if len({":" in address for address in known if address is not None}) > 1:
            raise ValueError("the addresses of both members must be of one family")
        return self
