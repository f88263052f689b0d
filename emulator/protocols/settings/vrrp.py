"""VRRP and VRRP6 groups as configured."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_network
from typing import TYPE_CHECKING, NamedTuple

from emulator.config import secrets
from emulator.protocols.settings.reading import address
from emulator.protocols.states import VrrpKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.config.statement import Configuration, Statement

_OWNER = 255
_DEFAULT_REDUCTION = 10


class GroupKey(NamedTuple):
    """A group of a device: interface, virtual router id, family."""

    interface: str
    vrid: int
    ipv6: bool


@dataclass(frozen=True, slots=True)
class TrackSetting:
    """Something that a group follows; see `VrrpTrackView` for the words."""

    kind: str
    object: str
    effect: str = "reduced"
    value: int | None = _DEFAULT_REDUCTION
    ratio: int | None = None


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """A group as configured.

    Args:
        delay: preemption delay in seconds; `preempt` False when disabled.
        auth: type as printed, with the key.
        admin: the mVRRP group that it follows.
        peer: the other end of a unicast group; `source` the own.
        link_bfd: failed link sessions that make it Initialize; None means all.
    """

    key: GroupKey
    kind: VrrpKind = VrrpKind.NORMAL
    virtual: tuple[str, ...] = ()
    priority: int = 100
    preempt: bool = True
    delay: int = 0
    advertise_ms: int = 1000
    hold: int = 3
    auth: tuple[str, str] = ("NONE", "")
    ignore_if_down: bool = False
    admin: GroupKey | None = None
    unflowdown: bool = False
    tracks: tuple[TrackSetting, ...] = ()
    link_bfd: int | None = None
    peer: str = ""
    source: str = ""
    fast_resume: bool = False
    backup_forward: bool = False


@dataclass(frozen=True, slots=True)
class VrrpSettings:
    """All groups of a device.

    Args:
        recover_delay: seconds, device-wide; an interface's own beats it.
        first_delay: seconds after a restart before a group takes part.
    """

    groups: dict[GroupKey, GroupSettings]
    recover_delay: int = 0
    first_delay: int = 300


def read(configuration: Configuration) -> VrrpSettings:
    """Return the groups of a configuration."""
    groups = {
        key: _group(key, lines)
        for line in configuration.statements
        if line.interface
        for key, lines in _keyed(line).items()
    }
    recover, first = configuration.first("vrrp.recover-delay"), configuration.first("vrrp.first-delay")
    return VrrpSettings(
        groups,
        int(recover.params["seconds"]) if recover else 0,
        int(first.params["seconds"]) if first else 300,
    )


def _keyed(line: Statement) -> dict[GroupKey, list[Statement]]:
    """Sort the VRRP lines of an interface by group."""
    name = line.interface
    keyed: dict[GroupKey, list[Statement]] = {}
    for child in line.children:
        family, _, rest = child.command.partition(".")
        if family in {"vrrp", "vrrp6"} and "vrid" in child.params and rest:
            key = GroupKey(name, int(child.params["vrid"]), family == "vrrp6")
            keyed.setdefault(key, []).append(child)
    return keyed


def _group(key: GroupKey, lines: list[Statement]) -> GroupSettings:
    by_kind: dict[str, list[Statement]] = {}
    for line in lines:
        by_kind.setdefault(line.command.partition(".")[2], []).append(line)

    def number(kind: str, name: str, default: int) -> int:
        found = by_kind.get(kind)
        return int(found[0].params[name]) if found else default

    member = by_kind.get("track-admin")
    unicast = by_kind.get("unicast")
    return GroupSettings(
        key=key,
        kind=VrrpKind.ADMIN if "admin" in by_kind else VrrpKind.MEMBER if member else VrrpKind.NORMAL,
        virtual=tuple(
            address(line.params["vip"]) for line in by_kind.get("create", ()) if "vip" in line.params
        ),
        priority=number("priority", "priority", 100),
        preempt="preempt-off" not in by_kind,
        delay=number("preempt-delay", "seconds", 0),
        advertise_ms=_advertise(key, by_kind),
        hold=number("hold", "n", 3),
        auth=_auth(by_kind.get("auth")),
        ignore_if_down=any("ignore-if-down" in line.text.split() for line in by_kind.get("admin", ())),
        admin=_admin(key, member),
        unflowdown=any("unflowdown" in line.text.split() for line in member or ()),
        tracks=tuple(_tracks(by_kind)),
        link_bfd=number("track-link-bfd", "n", 0) or None,
        peer=address(unicast[0].params["peer-ip"]) if unicast else "",
        source=address(unicast[0].params.get("source-ip", "")) if unicast else "",
        fast_resume="fast-resume" in by_kind,
        backup_forward="backup-forward" in by_kind,
    )


def _advertise(key: GroupKey, by_kind: dict[str, list[Statement]]) -> int:
    """Return the advertisement interval in milliseconds; VRRP6 counts in centiseconds."""
    if "adv-ms" in by_kind:
        return int(by_kind["adv-ms"][0].text.split()[-1])
    if "adv" not in by_kind:
        return 1000
    values = by_kind["adv"][0].params
    return int(values["centiseconds"]) * 10 if key.ipv6 else int(values["seconds"]) * 1000


def _auth(lines: list[Statement] | None) -> tuple[str, str]:
    if not lines:
        return "NONE", ""
    words = lines[0].text.split()
    values = lines[0].params
    key = secrets.plain(values["secret"]) if "secret" in values else values.get("key", "")
    return ("MD5" if "md5" in words else "SIMPLE TEXT"), key


def _admin(key: GroupKey, lines: list[Statement] | None) -> GroupKey | None:
    if not lines:
        return None
    values = lines[0].params
    return GroupKey(values["interface"], int(values["admin-vrid"]), key.ipv6)


def _tracks(by_kind: dict[str, list[Statement]]) -> Iterator[TrackSetting]:
    for line in by_kind.get("track-if", ()):
        yield TrackSetting("interface", line.params["interface"], *_effect(line, _DEFAULT_REDUCTION))
    for line in by_kind.get("track-bfd", ()):
        session = line.params.get("discr") or line.params.get("bfd-name", "").lower()
        yield TrackSetting("bfd", session, *_effect(line, _DEFAULT_REDUCTION))
    for command, kind in (("track-mg", "monitor-group"), ("track-rmg", "route-monitor-group")):
        for line in by_kind.get(command, ()):
            ratio = int(line.params["percent"])
            yield TrackSetting(kind, line.params["group"], *_effect(line, _DEFAULT_REDUCTION), ratio)
    for line in by_kind.get("track-route", ()):
        prefix = str(ip_network(f"{line.params['ip']}/{line.params['mask']}", strict=False))
        yield TrackSetting("route", prefix, *_effect(line, _DEFAULT_REDUCTION))


def _effect(line: Statement, default: int) -> tuple[str, int | None]:
    words = line.text.split()
    for effect in ("peer", "link"):
        if words[-1] == effect:
            return effect, None
    effect = "increased" if "increased" in words else "reduced"
    return effect, int(line.params.get("n", default))
