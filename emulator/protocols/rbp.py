"""Backup profiles: the role of a service, taken from the protocol that the profile follows.

A member Eth-Trunk that is Master, or a VRRP group that is Master, makes the profile master; everything else
makes it slave. A failed uplink of the backup service hands the role to the peer while the channel stands. The
peer's role comes over the channel: unknown until some time after it is connected, and again when it is lost.
(Manual pages `e-trunk eth-trunk`, `vrrp-id`, `vrrp6-id`, `switchover uplink`.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols import rbs
from emulator.protocols.machine import keep
from emulator.protocols.machines.rbp import Follower, Profile
from emulator.protocols.settings.vrrp import GroupKey
from emulator.protocols.states import ETrunkRole, Role, VrrpState

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.backup import RbpSettings
    from emulator.protocols.settings.device import DeviceSettings


def react(net: Network, node: Node) -> bool:
    """Bring every profile of a device to its sources; tell whether anything changed."""
    changed = False
    for name, settings in node.settings.profiles.items():
        profile = node.profiles[name]
        before = [follower.role for follower in (*profile.own, *profile.peer)]
        roles = _roles(node, settings)
        for kept in (profile.own, profile.peer):
            kept[:] = [*kept, *(Follower() for _ in roles)][: len(roles)]
        for follower, role in zip(profile.own, roles, strict=True):
            _follow(net, node, follower, role, net.timing.role)
        _hear_peer(net, node, settings, profile)
        changed |= before != [follower.role for follower in (*profile.own, *profile.peer)]
    return changed


def _follow(net: Network, node: Node, follower: Follower, role: Role, seconds: float) -> None:
    """Let a role take effect once it has held for so long."""
    if role is follower.role:
        follower.due = None
        return
    if follower.due is not role:
        follower.due, follower.due_at = role, net.after(node.name, seconds)
    if net.now >= follower.due_at:
        follower.role, follower.due = role, None


def _roles(node: Node, settings: RbpSettings) -> list[Role]:
    """Return the role that each source of a profile calls for."""
    channel = node.channels.get(settings.rbs)
    handed_over = channel is not None and channel.uplink_failed and channel.connected
    return [Role.MASTER if serves and not handed_over else Role.SLAVE for serves in _sources(node, settings)]


def _sources(node: Node, settings: RbpSettings) -> list[bool]:
    """Tell for each source of a profile whether it is master here."""
    if settings.e_trunk is not None:
        member = node.members.get(settings.e_trunk[1])
        return [member is not None and member.role is ETrunkRole.MASTER]
    groups = [node.groups.get(GroupKey(track.interface, track.vrid, track.ipv6)) for track in settings.tracks]
    return [group is not None and group.state is VrrpState.MASTER for group in groups]


def counterpart(net: Network, node: Node, settings: RbpSettings) -> tuple[Node, RbpSettings] | None:
    """Return the peer's profile with the same backup id over the connected channel."""
    service = node.settings.services.get(settings.rbs)
    channel = node.channels.get(settings.rbs)
    if service is None or channel is None or not channel.connected or settings.backup_id is None:
        return None
    far = rbs.counterpart(net, node, service)
    if far is None:
        return None
    there, theirs = far
    for profile in there.settings.profiles.values():
        if (profile.rbs, profile.backup_id) == (theirs.name, settings.backup_id):
            return there, profile
    return None


def _hear_peer(net: Network, node: Node, settings: RbpSettings, profile: Profile) -> None:
    far = counterpart(net, node, settings)
    told = far[0].profiles[far[1].name].own if far else []
    for place, follower in enumerate(profile.peer):
        role = told[place].role if place < len(told) else Role.UNKNOWN
        _follow(net, node, follower, role, net.timing.peer_state if far else 0.0)


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a machine for every profile."""
    del net, before
    keep(node.profiles, node.settings.profiles, lambda _: Profile())


def forget(node: Node) -> None:
    """Lose every profile."""
    node.profiles.clear()
