"""VRRP and VRRP6 groups on an interface. The larger priority is master."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from inventory.model.base import OFF, SIDES, UNSET, Closed, Each, Placed
from inventory.model.types import (
    BfdName,
    Centiseconds,
    Change255,
    Count8,
    GlobalIPv6,
    GroupName,
    Interface,
    IPv4,
    LinkLocal,
    LocalDiscriminator,
    Multiplier10,
    Percent,
    Prefix4,
    Priority254,
    Seconds255,
    Seconds3600,
    Seconds10800,
    SecretRef,
    Switch,
    VpnName,
    Vrid,
)


class Change(Placed):
    """By how much a failure changes the priority; without both, the device reduces it by 10."""

    reduced: Each[Change255 | None] = UNSET
    increased: Each[Change255 | None] = UNSET

    @model_validator(mode="after")
    def _one_direction(self) -> Change:
        if any(self.reduced.of(side) and self.increased.of(side) for side in SIDES):
            raise ValueError("give `reduced` or `increased`, not both")
        return self


class InterfaceTrack(Change):
    """An interface whose failure changes the priority."""

    interface: Each[Interface]


class BfdTrack(Change):
    """A BFD session whose failure changes the priority, or decides at once (`peer`, `link`)."""

    session: Each[BfdName | LocalDiscriminator]
    """Session name in this file, or the local discriminator of a session outside it."""
    type: Each[Literal["peer", "link"] | None] = UNSET
    """`peer`: a failure makes the backup master at once; `link`: the master gives up."""

    @model_validator(mode="after")
    def _changes_or_decides(self) -> BfdTrack:
        if any(self.type.of(side) and (self.reduced.of(side) or self.increased.of(side)) for side in SIDES):
            raise ValueError(
                "`type` decides at once; `reduced` and `increased` change the priority: give one"
            )
        return self


class GroupTrack(Placed):
    """A monitor group whose failure ratio changes the priority or decides at once (`link`)."""

    group: Each[GroupName]
    failure_ratio: Each[Percent]
    reduced: Each[Change255 | None] = UNSET
    link: Each[Switch] = OFF

    @model_validator(mode="after")
    def _changes_or_decides(self) -> GroupTrack:
        if any(self.link.of(side) and self.reduced.of(side) for side in SIDES):
            raise ValueError("`link` decides at once; `reduced` changes the priority: give one")
        return self


class RouteTrack(Placed):
    """A route whose loss changes the priority."""

    prefix: Each[Prefix4]
    """As 10.0.0.0/24."""
    vpn_instance: Each[VpnName | None] = UNSET
    reduced: Each[Change255 | None] = UNSET


class AdminTrack(Closed):
    """The mVRRP group that this group or interface follows."""

    interface: Each[Interface]
    vrid: Each[Vrid]
    flowdown: Each[Switch] = Each.model_construct(a=True, b=True)
    """Whether the interface goes protocol-down with the mVRRP backup."""


class VrrpTracks(Closed):
    """What a VRRP group watches."""

    interfaces: tuple[InterfaceTrack, ...] = ()
    bfd: tuple[BfdTrack, ...] = ()
    monitor_groups: tuple[GroupTrack, ...] = ()
    route_monitor_groups: tuple[GroupTrack, ...] = ()
    routes: tuple[RouteTrack, ...] = ()
    admin: AdminTrack | None = None
    """mVRRP group that this service group follows."""
    link_bfd_down: Each[Count8 | None] = UNSET
    """Number of failed link sessions that decides."""


class Vrrp6Tracks(Closed):
    """What a VRRP6 group watches."""

    interfaces: tuple[InterfaceTrack, ...] = ()
    bfd: tuple[BfdTrack, ...] = ()
    admin: AdminTrack | None = None
    """mVRRP6 group that this service group follows."""


class Authentication(SecretRef):
    """Key of the VRRP packets; a weak form (R144)."""

    mode: Literal["simple", "simple plain", "simple cipher", "md5"] = "simple cipher"


class GroupBase(Placed):
    """What VRRP and VRRP6 groups share."""

    vrid: Each[Vrid]
    """Virtual router ID, the same on both members."""
    priority: Each[Priority254 | None] = UNSET
    """1 to 254, LARGER wins; the device takes 100."""
    preempt: Each[Switch] = Each.model_construct(a=True, b=True)
    """Whether a larger priority takes over again."""
    advertise_ms: Each[Literal[100, 200, 500] | None] = UNSET
    """Advertisement interval in milliseconds, the same on both (R98)."""
    holding_multiplier: Each[Multiplier10 | None] = UNSET
    """Lost advertisements until the master counts as gone; the device takes 3."""
    admin: Each[Switch] = OFF
    """Management group (mVRRP) that other groups follow."""
    ignore_if_down: Each[Switch] = OFF
    """Let the management group live while its interface is down."""
    backup_forward: Each[Switch] = OFF
    """Let the backup forward too."""
    init_hold: Each[Seconds3600 | None] = UNSET
    """Seconds to stay in Initialize."""


def _preempts(group: VrrpGroup | Vrrp6Group) -> None:
    """Refuse a delay of what is switched off: the device takes the line of the delay for both."""
    if any(not group.preempt.of(side) and group.preempt_delay.of(side) is not None for side in SIDES):
        raise ValueError("`preempt: false` and `preempt_delay` exclude each other on a member")


class VrrpGroup(GroupBase):
    """A VRRP group of IPv4."""

    virtual_ips: Each[tuple[IPv4, ...]] = Each.model_construct(a=(), b=())
    """Virtual addresses, up to 16, the same on both members."""
    preempt_delay: Each[Seconds10800 | None] = UNSET
    """Seconds before a larger priority takes over; 600 and more in hot backup (R99)."""
    advertise: Each[Seconds255 | None] = UNSET
    """Advertisement interval in seconds; the device takes 1."""
    track: VrrpTracks = VrrpTracks.model_construct()
    fast_resume: Each[Switch] = OFF
    authentication: Each[Authentication | None] = UNSET

    @model_validator(mode="after")
    def _has_a_delay_of_something(self) -> VrrpGroup:
        _preempts(self)
        return self


class Vrrp6Group(GroupBase):
    """A VRRP group of IPv6. Its first virtual address is link-local (R22)."""

    link_local: Each[LinkLocal | None] = UNSET
    """Virtual link-local address."""
    virtual_ips: Each[tuple[GlobalIPv6, ...]] = Each.model_construct(a=(), b=())
    """Global virtual addresses."""
    preempt_delay: Each[Seconds3600 | None] = UNSET
    """Seconds before a larger priority takes over, 3600 at most."""
    advertise_cs: Each[Centiseconds | None] = UNSET
    """Advertisement interval in HUNDREDTHS of a second; the device takes 100."""
    track: Vrrp6Tracks = Vrrp6Tracks()

    @model_validator(mode="after")
    def _has_a_delay_of_something(self) -> Vrrp6Group:
        _preempts(self)
        return self
