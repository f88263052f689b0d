"""Checks of the backup channel (RBS) and of the backup profiles (RBP).

Source: manual pages display remote-backup-service and display remote-backup-profile; pair rules R69 to R71.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from inventory.model import SIDES, BackupProfile, BackupService, Pair, Side, Vrrp6Track, VrrpTrack, other
from parsers.records.remote_backup import RemoteBackupProfile, TrackedVrrp
from tasks.checks.check import Answers, Check, Need, shown
from tasks.checks.model import Complaint

CONNECTED: Final = "connected"


def _services(pair: Pair) -> Mapping[str, BackupService]:
    """Give the channels that are meant to be open."""
    return {
        f"RBS {service.name.a or service.name.b}": service
        for service in pair.backup_services
        if service.only is None and not (service.shutdown.a or service.shutdown.b)
    }


def _service_command(service: BackupService, side: Side) -> str:
    return f"display remote-backup-service {service.name.of(side)}"


def _service_needs(_pair: Pair, service: BackupService) -> tuple[Need, ...]:
    """Need the service in detail on both members."""
    return tuple(Need(side, _service_command(service, side)) for side in SIDES)


def _rbs_connected(answers: Answers, service: BackupService) -> Iterator[Complaint]:
    """Find members whose end of the channel is not connected."""
    for side in SIDES:
        command = _service_command(service, side)
        found = answers.one(side, command, name=service.name.of(side)).tcp_state
        yield from answers.compare(side, command, ("channel is not connected", CONNECTED, found))


def _rbs_as_intended(answers: Answers, service: BackupService) -> Iterator[Complaint]:
    """Find addresses, port and SSL policy that are not the intended ones, and ends that do not mirror."""
    shows = {
        side: answers.one(side, _service_command(service, side), name=service.name.of(side)) for side in SIDES
    }
    for side, show in shows.items():
        peer = service.peer.of(side) or service.address.of(other(side))
        command = _service_command(service, side)
        answers.told(side, command, ("Source-ip", show.source_ip), ("TCP-Port", show.tcp_port))
        yield from answers.compare(
            side,
            command,
            ("source address of the channel", service.address.of(side), show.source_ip),
            ("peer address of the channel", peer, show.peer_ip),
            ("TCP port of the channel", service.port.of(side), show.tcp_port),
            ("SSL policy of the channel", service.ssl_policy.of(side), show.ssl_policy_name),
        )
    ends = _service_command(service, "a")
    if shows["a"].tcp_port != shows["b"].tcp_port:
        found = f"{shown(shows['a'].tcp_port)} and {shown(shows['b'].tcp_port)}"
        yield answers.complaint(None, ends, "TCP ports of the members differ (R69)", "equal ports", found)
    if (shows["a"].source_ip, shows["a"].peer_ip) != (shows["b"].peer_ip, shows["b"].source_ip):
        found = " and ".join(f"{shown(show.source_ip)} to {shown(show.peer_ip)}" for show in shows.values())
        yield answers.complaint(None, ends, "addresses of the members do not mirror (R70)", "mirrored", found)


def _profiles(pair: Pair) -> Mapping[str, BackupProfile]:
    """Give the profiles that stand on both members."""
    return {
        f"RBP {profile.name.a or profile.name.b}": profile
        for profile in pair.backup_profiles
        if profile.only is None
    }


def _profile_command(profile: BackupProfile, side: Side) -> str:
    return f"display remote-backup-profile {profile.name.of(side)}"


def _profile_needs(_pair: Pair, profile: BackupProfile) -> tuple[Need, ...]:
    """Need the profile in detail on both members."""
    return tuple(Need(side, _profile_command(profile, side)) for side in SIDES)


def _rbp_as_intended(answers: Answers, profile: BackupProfile) -> Iterator[Complaint]:
    """Find fields of the profile that are not the intended ones."""
    for side in SIDES:
        command = _profile_command(profile, side)
        show = answers.one(side, command, name=profile.name.of(side))
        interfaces = frozenset(profile.interfaces.of(side))
        yield from answers.compare(
            side,
            command,
            ("services of the profile", frozenset(profile.services.of(side)), frozenset(show.services)),
            ("backup service of the profile", profile.service.of(side), show.remote_backup_service),
            ("backup ID of the profile", profile.backup_id.of(side), show.backup_id),
            ("backup mode of the profile", profile.mode.of(side), show.backup_mode),
            ("interfaces bound to the profile", interfaces, frozenset(show.interfaces)),
            *_track_rows(profile, side, show),
        )


def _track_rows(
    profile: BackupProfile, side: Side, show: RemoteBackupProfile
) -> Iterator[tuple[str, object, object]]:
    """Give what the track protocol should show."""
    track = profile.track
    if track.e_trunk is not None:
        yield "track protocol of the profile", "E-TRUNK", show.track_protocol
        yield "tracked E-Trunk", track.e_trunk.e_trunk.of(side), show.e_trunk_id
        yield "tracked Eth-Trunk", track.e_trunk.eth_trunk.of(side), show.eth_trunk_id
    groups: tuple[VrrpTrack | Vrrp6Track, ...] = (*track.vrrp, *track.vrrp6)
    wanted = frozenset(
        f"{group.vrid.of(side)} on {group.interface.of(side)}" for group in groups if group.on(side)
    )
    if wanted:
        found = frozenset(f"{shown(row.vrrp_id)} on {shown(row.interface)}" for row in show.vrrps)
        yield "tracked VRRP groups", wanted, found


def _vrrp_profiles(pair: Pair) -> Mapping[str, BackupProfile]:
    """Give the profiles whose role the display tells: those that follow VRRP groups."""
    return {
        name: profile
        for name, profile in _profiles(pair).items()
        if profile.track.vrrp or profile.track.vrrp6
    }


def _rbp_roles(answers: Answers, profile: BackupProfile) -> Iterator[Complaint]:
    """Find groups whose members are not master and slave of each other.

    `Peer State --` alone is unknown, not wrong: the device shows it for some services while all is well.
    """
    rows: dict[Side, tuple[TrackedVrrp, ...]] = {
        side: answers.one(side, _profile_command(profile, side), name=profile.name.of(side)).vrrps
        for side in SIDES
    }
    if len(rows["a"]) != len(rows["b"]):
        found = f"{len(rows['a'])} and {len(rows['b'])}"
        command = _profile_command(profile, "a")
        yield answers.complaint(None, command, "members follow different numbers of groups", "equal", found)
    for left, right in zip(rows["a"], rows["b"], strict=False):
        yield from _group_roles(answers, profile, {"a": left, "b": right})


def _group_roles(
    answers: Answers, profile: BackupProfile, rows: Mapping[Side, TrackedVrrp]
) -> Iterator[Complaint]:
    """Find a group that has not one master and one slave, or whose peer is told wrongly."""
    states = (rows["a"].state, rows["b"].state)
    group = f"VRRP group {shown(rows['a'].vrrp_id)}"
    if set(states) != {"master", "slave"}:
        text = f"both members are {shown(states[0])}" if states[0] == states[1] else "roles are not opposite"
        found = " and ".join(shown(state) for state in states)
        command = _profile_command(profile, "a")
        yield answers.complaint(None, command, f"{group}: {text}", "master and slave", found)
    for side in SIDES:
        told, true = rows[side].peer_state, rows[other(side)].state
        if told is not None and told != true:
            text = f"{group}: the channel tells another role of the peer"
            yield answers.complaint(side, _profile_command(profile, side), text, true, told)


CHECKS: Final = (
    Check(
        "rbs-connected",
        "The backup channel is connected on both members",
        ("rbs", "channel", "converge"),
        _services,
        _service_needs,
        _rbs_connected,
    ),
    Check(
        "rbs-as-intended",
        "Addresses, port and SSL policy of the channel are the intended ones and mirror each other",
        ("rbs", "channel", "configuration", "converge"),
        _services,
        _service_needs,
        _rbs_as_intended,
    ),
    Check(
        "rbp-as-intended",
        "The backup profile has the intended services, channel, backup ID, track and interfaces",
        ("rbp", "configuration", "converge"),
        _profiles,
        _profile_needs,
        _rbp_as_intended,
    ),
    Check(
        "rbp-roles",
        "The members are master and slave of each tracked VRRP group",
        ("rbp", "roles", "converge"),
        _vrrp_profiles,
        _profile_needs,
        _rbp_roles,
    ),
)
