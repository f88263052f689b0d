"""BFD: the global switch and the sessions between the members or towards the access side."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from inventory.model.base import OFF, SIDES, UNSET, Closed, Each, Placed, Side, other
from inventory.model.types import (
    Address,
    BfdMulticast,
    BfdName,
    Interface,
    LocalDiscriminator,
    Milliseconds,
    Minutes60,
    Multiplier50,
    RemoteDiscriminator,
    Seconds600,
    Switch,
    Text51,
    Tos,
    VpnName,
)


class ProcessInterface(Closed):
    """Let the session take the interface down."""

    sub_interfaces: Each[Switch] = OFF
    reboot_no_impact: Each[Switch] = OFF


class BfdSession(Placed):
    """A static BFD session. Without `peer`, it runs between the addresses of both members."""

    name: Each[BfdName]
    """Session name."""
    address: Each[Address | None] = UNSET
    """Own address of each member, when the session runs between the members; the peer's is derived."""
    peer: Each[Address | None] = UNSET
    """Peer address, when the session runs towards another device or the own address is not bound."""
    default_ip: Each[Switch] = OFF
    """Bind to the multicast address of BFD instead of a peer address; needs `interface`."""
    source: Each[Address | None] = UNSET
    """Source address to bind; follows from `address` where that is given."""
    interface: Each[Interface | None] = UNSET
    """Interface that the session is bound to."""
    track_interface: Each[Interface | None] = UNSET
    """Interface whose state the session follows."""
    vpn_instance: Each[VpnName | None] = UNSET
    kind: Literal["static", "auto", "one-arm-echo"] = "static"
    """`static` with discriminators, `auto` negotiates them, `one-arm-echo` needs the local one only."""
    discriminator: Each[LocalDiscriminator | None] = UNSET
    """Local discriminator of each member; the remote one is the other member's."""
    remote_discriminator: Each[RemoteDiscriminator | None] = UNSET
    """Remote discriminator, when the session runs towards another device."""
    min_tx: Each[Milliseconds | None] = UNSET
    """Milliseconds between packets sent; the device takes 10."""
    min_rx: Each[Milliseconds | None] = UNSET
    """Milliseconds between packets received; the device takes 10."""
    multiplier: Each[Multiplier50 | None] = UNSET
    """Packets lost until the session is down; the device takes 3."""
    wtr: Each[Minutes60 | None] = UNSET
    """Minutes to wait before the session counts as up again, the same on both ends (R92)."""
    process_interface_status: ProcessInterface | None = None
    """Let the session take the interface down."""
    process_pst: Each[Switch] = OFF
    """Let the session change the port state table."""
    tos_exp: Each[Tos | None] = UNSET
    """Priority of BFD packets; the device takes 7."""
    description: Each[Text51 | None] = UNSET
    shutdown: Each[Switch] = OFF

    def peer_of(self, side: Side) -> Address | None:
        """Tell the peer address of a member: the one given, or the other's own; none for `default_ip`."""
        return None if self.default_ip.of(side) else self.peer.of(side) or self.address.of(other(side))

    def source_of(self, side: Side) -> Address | None:
        """Tell the source address of a member: the one given, or its own."""
        return self.source.of(side) or self.address.of(side)

    def remote_of(self, side: Side) -> int | None:
        """Tell the remote discriminator of a member: the one given, or the other member's local one."""
        given = self.remote_discriminator.of(side)
        derived = self.kind == "static" and self.only is None
        return self.discriminator.of(other(side)) if given is None and derived else given

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> BfdSession:
        for side in filter(self.on, SIDES):
            bound, tracked = self.interface.of(side), self.track_interface.of(side)
            if tracked is not None and (bound is not None or self.default_ip.of(side)):
                raise ValueError("give `interface` or `track_interface`, not both")
            if self.kind == "static":
                continue
            if self.default_ip.of(side) or tracked is not None:
                raise ValueError(f"a session of kind {self.kind} has a peer and tracks no interface")
            if self.kind == "auto" and self.source_of(side) is None:
                raise ValueError("a session of kind auto needs `source` (R15)")
            if self.kind == "one-arm-echo" and (bound is None or ":" in str(self.peer_of(side))):
                raise ValueError("a session of kind one-arm-echo needs `interface` and an IPv4 peer")
        return self

    @model_validator(mode="after")
    def _has_a_far_end(self) -> BfdSession:
        for side in SIDES:
            if not self.on(side):
                continue
            ends = (self.address.of(side), self.peer.of(side), self.default_ip.of(side) or None)
            if all(end is None for end in ends):
                raise ValueError(
                    "give `address` (between the members), `peer` (another device) or `default_ip`"
                )
            if self.default_ip.of(side) and self.interface.of(side) is None:
                raise ValueError("`default_ip` needs `interface`")
            peer, source = self.peer_of(side), self.source_of(side)
            if peer and source and (":" in peer) != (":" in source):
                raise ValueError(f"peer {peer} and source {source} must be of one family")
        return self


class Bfd(Closed):
    """BFD on both members. Writing this key, even empty, enables BFD globally."""

    default_ip_address: Each[BfdMulticast | None] = UNSET
    """Multicast address of sessions bound to it, the same on both; the device takes 224.0.0.184."""
    delay_up: Each[Seconds600 | None] = UNSET
    """Seconds that a session stays down after a restart."""
    sessions: tuple[BfdSession, ...] = ()
    """Static sessions."""
