"""`display remote-backup-service` and `display remote-backup-profile` (command reference, same titles)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.displays.text import plain_time, shown
from emulator.protocols.states import RbsState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import RbpTrack, RbpView, RbsView

_SERVICE_RULE = "-" * 58
_PROFILE_RULE = "-" * 47
_PARITY = {"odd-mac": "Odd-Mac", "even-mac": "Even-Mac"}


def services(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """List the backup services, or show one in detail."""
    name = params.get("rbs-name")
    if name is None:
        return _service_list(view)
    for service in view.state.services:
        if service.name.lower() == name.lower():
            counters = _counters(service) if "verbose" in params else []
            return [_SERVICE_RULE, *_service(service, view), *counters, _SERVICE_RULE]
    return ["Error: The remote backup service does not exist."]


def _service_list(view: DeviceView) -> list[str]:
    rule = " " + "-" * 40
    rows = [f"{service.index:>17}  {service.name}" for service in view.state.services]
    return [
        "---------REMOTE-BACKUP-SERVICE----------",
        "        SERVER ID  SERVER NAME",
        rule,
        *rows,
        rule,
        f"  Total {len(rows)},{len(rows)} printed",
    ]


def _service(service: RbsView, view: DeviceView) -> list[str]:
    connected = service.state is RbsState.CONNECTED
    facts = [
        ("Service-Index", service.index),
        ("Service-Name", service.name),
        ("TCP-State", view.layout.connected if connected else service.state),
        ("Peer-ip", shown(service.peer)),
        ("Source-ip", shown(service.source)),
        ("TCP-Port", shown(service.port)),
        ("Track-BFD", shown(service.track_bfd)),
        ("SSL-Policy-Name", shown(service.ssl_policy)),
        ("SSL-State", "--"),
    ]
    facts += [("Batch-backup", f"{batch.time}(Daily) for service {batch.service}") for batch in service.daily]
    if service.blocked_tx:
        facts.append(("Blocked on TX", " ".join(service.blocked_tx)))
    if service.blocked_rx:
        facts.append(("Blocked on RX", " ".join(service.blocked_rx)))
    if view.layout.last_up_time and service.last_up is not None:
        facts.append(("Last up time", plain_time(view.moment(service.last_up))))
    return [f" {label:<17}: {value}" for label, value in facts]


def _counters(service: RbsView) -> list[str]:
    return [f" {'Send entries':<17}: {service.sent}", f" {'Receive entries':<17}: {service.received}"]


def profiles(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """List the backup profiles, or show one in detail."""
    profile = _profile_named(params, view)
    if isinstance(profile, list):
        return profile
    facts = [*_identity(profile, slim=False), *_protocol(profile, parity=False), *_interfaces(profile)]
    if view.layout.forwarding or (profile.e_trunk and view.layout.snooping_copy):
        facts.append(_forwarding(profile, "Forwarding Configured"))
    facts += [("Backup mode", profile.mode), *_position(profile)]
    if view.layout.snooping_copy and "igmp-snooping" in profile.services:
        facts.append(("Igmp-snooping copy", "enable"))
    return [view.layout.profile_indent + _PROFILE_RULE, *_labelled(facts, view.layout.forwarding_indent)]


def profiles_of_slot(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show profiles as one board holds them: labels without padding, and the run state of forwarding."""
    profile = _profile_named(params, view, total="  Total {}  printed.")
    if isinstance(profile, list):
        return profile
    facts = [
        *_identity(profile, slim=True),
        *_protocol(profile, parity=True),
        *_interfaces(profile),
        _forwarding(profile, "Forwarding Configured"),
        _forwarding(profile, "Forwarding RunState"),
        ("Backup mode", profile.mode),
        ("Last time start update user AIB", "--"),
        ("Last time end update user AIB", "--"),
        ("DHCP user IGMP copy", "disable"),
    ]
    return [_PROFILE_RULE, *(_slim(label.strip(), value) for label, value in facts)]


def profiles_of_slave(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show profiles as the slave main board holds them, with the thresholds of traffic backup."""
    profile = _profile_named(params, view)
    if isinstance(profile, list):
        return profile
    facts = [
        *_identity(profile, slim=False),
        *_protocol(profile, parity=False),
        *_interfaces(profile),
        ("Backup mode", profile.mode),
        *_position(profile),
        ("Traffic threshold", "50(MB)"),
        ("Traffic interval", "10(minutes)"),
        _forwarding(profile, "Forwarding Configured"),
    ]
    return [_PROFILE_RULE, *_labelled(facts)]


def _profile_list(view: DeviceView, total: str) -> list[str]:
    rule = " " + "-" * 41
    rows = [f"         {profile.index:#06x}      {profile.name}" for profile in view.state.profiles]
    return [
        "----------REMOTE-BACKUP-PROFILE----------",
        "         PROFILE-ID  PROFILE-NAME",
        rule,
        *rows,
        rule,
        total.format(len(rows)),
    ]


def _profile_named(
    params: Mapping[str, str], view: DeviceView, *, total: str = "  Total {} printed."
) -> RbpView | list[str]:
    """Return the profile that is asked for, or what is shown instead: the list without a name, the error."""
    name = params.get("rbp-name")
    if name is None:
        return _profile_list(view, total)
    named = (entry for entry in view.state.profiles if entry.name.lower() == name.lower())
    return next(named, ["Error: The remote backup profile does not exist."])


def _identity(profile: RbpView, *, slim: bool) -> list[tuple[str, str]]:
    facts = [
        ("Profile-Index", f"{profile.index:#06x}"),
        ("Profile-Name", profile.name),
        ("Service", " ".join(profile.services)),
    ]
    pairing = [
        ("Remote-backup-service", shown(profile.rbs)),
        ("Backup-ID", shown(profile.backup_id)),
    ]
    return facts if slim else facts + pairing


def _protocol(profile: RbpView, *, parity: bool) -> list[tuple[str, str]]:
    if profile.e_trunk is not None:
        return [
            ("track protocol", "E-TRUNK"),
            ("    E-Trunk  ID", str(profile.e_trunk[0])),
            ("    Eth-trunk ID", str(profile.e_trunk[1])),
        ]
    if not profile.tracks:
        return [("track protocol", "--")]
    name = "VRRP6" if all(track.ipv6 for track in profile.tracks) else "VRRP"
    groups = (_group(track, parity=parity or bool(track.parity)) for track in profile.tracks)
    return [("track protocol", name), *(fact for group in groups for fact in group)]


def _group(track: RbpTrack, *, parity: bool) -> list[tuple[str, str]]:
    family = "VRRP6" if track.ipv6 else "VRRP"
    access = [("Access-Control", _PARITY.get(track.parity, "--"))] if parity else []
    return [
        (f"{family}-ID", str(track.vrid)),
        (f"{family}-Interface", track.interface),
        *access,
        ("State", track.role),
        ("Peer State", track.peer),
    ]


def _interfaces(profile: RbpView) -> list[tuple[str, str]]:
    return [("Interface", ""), *(("", name) for name in profile.interfaces)]


def _forwarding(profile: RbpView, label: str) -> tuple[str, str]:
    return label, "Slave Forwarding" if profile.forwarding else "Slave Without-forwarding"


def _position(profile: RbpView) -> list[tuple[str, str]]:
    numbers = ("--", "--", "--") if profile.slot is None else tuple(str(number) for number in profile.slot)
    return list(zip(("Slot-Number", "Card-Number", "Port-Number"), numbers, strict=True))


def _labelled(facts: list[tuple[str, str]], forwarding_indent: str = " ") -> list[str]:
    lines = []
    for label, value in facts:
        indent = forwarding_indent if label == "Forwarding Configured" else " "
        lines.append(f"{indent}{label:<21}: {value}".rstrip() if label else " " * 24 + value)
    return lines


def _slim(label: str, value: str) -> str:
    if not label:
        return " " * 12 + value
    glue = ": " if label == "Forwarding Configured" else " : "
    return f"{label}{glue}{value}".rstrip()
