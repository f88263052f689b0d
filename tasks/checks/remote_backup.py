"""Checks of the backup channel (RBS) and of the backup profiles (RBP).

Source: manual pages display remote-backup-service and display remote-backup-profile; pair rules R69 to R71.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from inventory.model import SIDES, BackupProfile, BackupService, Pair, Side, Vrrp6Track, VrrpTrack, other
from parsers.records.remote_backup import RemoteBackupProfile, RemoteBackupService, TrackedVrrp
from tasks.checks.check import Answers, Check, Need, shown
from tasks.checks.model import Complaint

CONNECTED: Final = "connected"
FORWARDS: Final = {True: "Slave Forwarding", False: "Slave Without-forwarding"}
"""What `Forwarding Configured` shows, by whether the backup forwards."""


def _services(pair: Pair) -> Mapping[str, BackupService]:
    """Return the channels that are meant to be open."""
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
        command = _service_command(service, side)
        answers.told(side, command, ("Source-ip", show.source_ip), ("TCP-Port", show.tcp_port))
        yield from answers.compare(
            side,
            command,
            ("source address of the channel", service.address.of(side), show.source_ip),
            ("peer address of the channel", service.peer_of(side), show.peer_ip),
            ("TCP port of the channel", service.port.of(side), show.tcp_port),
            ("SSL policy of the channel", service.ssl_policy.of(side), show.ssl_policy_name),
        )
        yield from answers.compare_shown(side, command, *_followed(answers.pair, service, side, show))
    ends = _service_command(service, "a")
    if shows["a"].tcp_port != shows["b"].tcp_port:
        found = f"{shown(shows['a'].tcp_port)} and {shown(shows['b'].tcp_port)}"
        yield answers.complaint(None, ends, "TCP ports of the members differ (R69)", "equal ports", found)
    if (shows["a"].source_ip, shows["a"].peer_ip) != (shows["b"].peer_ip, shows["b"].source_ip):
        found = " and ".join(f"{shown(show.source_ip)} to {shown(show.peer_ip)}" for show in shows.values())
        yield answers.complaint(None, ends, "addresses of the members do not mirror (R70)", "mirrored", found)


def _followed(
    pair: Pair, service: BackupService, side: Side, show: RemoteBackupService
) -> Iterator[tuple[str, object, object]]:
    """Yield the BFD session and the batch backups of a channel."""
    wanted = frozenset(
        f"{one.service} at {one.time.of(side)}" for one in service.batch_backup_daily if one.on(side)
    )
    found = frozenset(f"{one.service} at {one.at.partition('(')[0]}" for one in show.batch_backups)
    yield "BFD session that the channel follows", _tracked(pair, service, side), show.track_bfd
    yield "batch backups at a time of day", wanted, found


def _tracked(pair: Pair, service: BackupService, side: Side) -> str | None:
    """Return the local discriminator of the BFD session that a channel follows."""
    named = service.track.bfd.of(side)
    sessions = pair.bfd.sessions if pair.bfd else ()
    for session in sessions:
        if session.on(side) and session.name.of(side) == named:
            return str(session.discriminator.of(side))
    return None if named is None else str(named)


def _profiles(pair: Pair) -> Mapping[str, BackupProfile]:
    """Return the profiles that stand on both members."""
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
            *_forwarding_row(profile, side, show),
        )


def _track_rows(
    profile: BackupProfile, side: Side, show: RemoteBackupProfile
) -> Iterator[tuple[str, object, object]]:
    """Yield what the track protocol should show."""
    track = profile.track
    if track.e_trunk is not None:
        yield "track protocol of the profile", "E-TRUNK", show.track_protocol
        yield "tracked E-Trunk", track.e_trunk.e_trunk.of(side), show.e_trunk_id
        yield "tracked Eth-Trunk", track.e_trunk.eth_trunk.of(side), show.eth_trunk_id
    groups: tuple[VrrpTrack | Vrrp6Track, ...] = (*track.vrrp, *track.vrrp6)
    wanted = {_named(group, side): _parity(group, side) for group in groups if group.on(side)}
    if not wanted:
        return
    found = {_shown_group(row): (row.access_control or "").lower() for row in show.vrrps}
    yield "tracked VRRP groups", frozenset(wanted), frozenset(found)
    for name, parity in wanted.items():
        if found.get(name):
            yield f"MAC addresses of the users of VRRP group {name}", parity, found[name]


def _named(group: VrrpTrack | Vrrp6Track, side: Side) -> str:
    return f"{group.vrid.of(side)} on {group.interface.of(side)}"


def _shown_group(row: TrackedVrrp) -> str:
    return f"{shown(row.vrrp_id)} on {shown(row.interface)}"


def _parity(group: VrrpTrack | Vrrp6Track, side: Side) -> str:
    """Return the parity as the display spells it; `--` where the group has users of both."""
    mac = group.mac.of(side) if isinstance(group, VrrpTrack) else None
    return "--" if mac is None else f"{mac}-mac"


def _forwarding_row(
    profile: BackupProfile, side: Side, show: RemoteBackupProfile
) -> Iterator[tuple[str, object, object]]:
    """Yield whether the backup forwards, on releases that show it."""
    if show.forwarding_configured is not None:
        wanted = FORWARDS[profile.slave_forwarding.of(side)]
        yield "forwarding of the backup", wanted, show.forwarding_configured


def _vrrp_profiles(pair: Pair) -> Mapping[str, BackupProfile]:
    """Return the profiles whose role the display tells: those that follow VRRP groups."""
    return {
        name: profile
        for name, profile in _profiles(pair).items()
        if profile.track.vrrp or profile.track.vrrp6
    }


def _rbp_roles(answers: Answers, profile: BackupProfile) -> Iterator[Complaint]:
    """Find groups whose members are not master and slave of each other.

    `Peer State --` alone is unknown, not wrong: the device shows it for some services while all is well.
    """
    shows = {
        side: {
            _shown_group(row): row
            for row in answers.one(side, _profile_command(profile, side), name=profile.name.of(side)).vrrps
        }
        for side in SIDES
    }
    groups: tuple[VrrpTrack | Vrrp6Track, ...] = (*profile.track.vrrp, *profile.track.vrrp6)
    for group in groups:
        if group.only is not None:
            continue
        rows = {side: shows[side].get(_named(group, side)) for side in SIDES}
        missing = [side for side in SIDES if rows[side] is None]
        for side in missing:
            text = f"VRRP group {_named(group, side)} is not followed"
            yield answers.complaint(side, _profile_command(profile, side), text, "a role", "none")
        if not missing:
            yield from _group_roles(
                answers, profile, {side: row for side, row in rows.items() if row is not None}
            )


def _group_roles(
    answers: Answers, profile: BackupProfile, rows: Mapping[Side, TrackedVrrp]
) -> Iterator[Complaint]:
    """Find a group that has not one master and one slave, or whose peer is told wrongly."""
    states = (rows["a"].state, rows["b"].state)
    group = f"VRRP group {_shown_group(rows['a'])}"
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
        "Addresses, port, SSL policy, BFD session and batch times of the channel are the intended ones",
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
