"""Which displays tell of a pair, a moment at a time, that something happened to it.

Of each signal the state is read, and beside it whatever moves only when something happened: counters of
changes, moments of the last change. So a flap between two samples is not missed.

Source: manual pages display e-trunk, display bfd session, display bfd statistics, display vrrp,
display remote-backup-service, display interface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from inventory.model import SIDES, BackupProfile, Pair, Side, Vrrp6Track, VrrpTrack
from runbooks.hitless.model import Marks, Reading
from tasks.checks.entry_kinds import KINDS, Kind, bound_to
from tasks.checks.model import Observation
from tasks.checks.vrrp import groups_of

ROLES: Final = frozenset({"master", "backup"})

Records = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A display and the signals in it.

    Args:
        command: of the display.
        read: gives the signals in its records.
        marks_only: it tells counters and moments, but no state.
    """

    command: str
    read: Callable[[Records], Iterator[Reading]]
    marks_only: bool = False


@dataclass(frozen=True, slots=True)
class EntrySource:
    """A display and the entries in it.

    Args:
        name: of the class of entries.
        kind: of entries.
        interface: whose entries they are.
    """

    name: str
    kind: Kind
    interface: str

    @property
    def commands(self) -> tuple[str, ...]:
        """The displays."""
        return tuple(filter(None, (self.kind.display(self.interface), self.kind.own_command)))


def signal_sources(pair: Pair, side: Side) -> tuple[Source, ...]:
    """Return the displays of a member that tell its signals."""
    return (
        *_e_trunks(pair, side),
        *_groups(pair, side),
        *_bfd(pair, side),
        *_channels(pair, side),
        *_interfaces(pair, side),
    )


def entry_sources(pair: Pair, side: Side) -> tuple[EntrySource, ...]:
    """Return the displays of a member that tell its entries, a class each.

    What a member counts for the whole of itself is left out: it comes and goes with other pairs.
    """
    return tuple(
        EntrySource(_class(name, subject), kind, bound.interfaces[side])
        for name, kind in KINDS.items()
        if kind.require is None
        for subject, bound in bound_to(kind, pair).items()
    )


def leads(pair: Pair) -> dict[str, Mapping[Side, str]]:
    """Name the signals that tell whether a member leads a class of entries, by class and side."""
    found: dict[str, Mapping[Side, str]] = {}
    for name, kind in KINDS.items():
        for subject, bound in bound_to(kind, pair).items():
            signals = {side: _lead(bound.profile, side) for side in SIDES}
            found[_class(name, subject)] = {side: one for side, one in signals.items() if one}
    return found


def readings(sources: Sequence[Source], seen: Mapping[str, Observation]) -> dict[str, Reading]:
    """Read every signal of a member from its answers; an answer that is not whole gives none."""
    found: dict[str, Reading] = {}
    for source in sources:
        answer = seen.get(source.command)
        if answer is None or answer.parsed.unparsed or answer.parsed.lacks:
            continue
        for read in source.read(answer.parsed.records):
            one = replace(read, marks=tuple((source.command, mark) for _, mark in read.marks))
            before = found.get(one.name)
            found[one.name] = one if before is None else _both(before, one)
    return found


def _both(one: Reading, another: Reading) -> Reading:
    """Put together what two displays tell of a signal."""
    state, good = (one.state, one.good) if one.state is not None else (another.state, another.good)
    return replace(one, state=state, good=good, marks=(*one.marks, *another.marks))


def _class(kind: str, subject: str) -> str:
    return f"{kind} of {subject}"


def _lead(profile: BackupProfile, side: Side) -> str:
    """Name the signal by which a member leads a profile; empty where nothing tells."""
    track = profile.track
    if track.e_trunk is not None:
        return _leg_role(track.e_trunk.e_trunk.of(side), track.e_trunk.eth_trunk.of(side))
    groups: tuple[VrrpTrack | Vrrp6Track, ...] = (*track.vrrp, *track.vrrp6)
    family = "VRRP" if track.vrrp else "VRRP6"
    return next((_group_role(family, one.vrid.of(side), one.interface.of(side)) for one in groups), "")


def _leg_role(e_trunk: int, eth_trunk: int) -> str:
    return f"E-Trunk {e_trunk} role of Eth-Trunk{eth_trunk}"


def _group_role(family: str, vrid: int, interface: str) -> str:
    return f"{family} {vrid} role on {interface}"


def _marks(record: Any, *names: str) -> Marks:
    """Return the marks of a record, by name, where it shows them."""
    values = ((name, getattr(record, name, None)) for name in names)
    return tuple(("", f"{name.replace('_', ' ')} {value}") for name, value in values if value is not None)


# ---- E-Trunk -----------------------------------------------------------------------------------------------


def _e_trunks(pair: Pair, side: Side) -> Iterator[Source]:
    for e_trunk in pair.e_trunks:
        if not e_trunk.on(side):
            continue
        number = e_trunk.id.of(side)
        yield Source(f"display e-trunk {number}", partial(_e_trunk, number))
        for leg in e_trunk.members:
            if leg.on(side):
                eth = leg.eth_trunk.of(side)
                command = f"display e-trunk {number} state-change member-interface Eth-Trunk {eth}"
                yield Source(command, partial(_leg_changes, number, eth), marks_only=True)


def _e_trunk(number: int, records: Records) -> Iterator[Reading]:
    for one in records:
        yield Reading(f"E-Trunk {number} role", one.state, one.state in ROLES)
        if one.bfd_state is not None:
            yield Reading(f"E-Trunk {number} BFD", one.bfd_state, one.bfd_state == "up")
        for leg in one.members:
            yield Reading(_leg_role(number, leg.id), leg.state, leg.state in ROLES)


def _leg_changes(number: int, eth_trunk: int, records: Records) -> Iterator[Reading]:
    newest = tuple(f"{one.time} {one.source_state} {one.dest_state}" for one in records[:1])
    yield Reading(_leg_role(number, eth_trunk), marks=(("", f"last change {' '.join(newest) or 'none'}"),))


# ---- VRRP --------------------------------------------------------------------------------------------------


def _groups(pair: Pair, side: Side) -> Iterator[Source]:
    for interface in dict.fromkeys((one.interface.name.of(side), one.family) for one in groups_of(pair)):
        name, family = interface
        yield Source(f"display {family} interface {name} verbose", partial(_group, family.upper(), name))
        if family == "vrrp":
            command = f"display vrrp interface {name} statistics"
            yield Source(command, partial(_masterships, name), marks_only=True)


def _group(family: str, interface: str, records: Records) -> Iterator[Reading]:
    for one in records:
        marks = _marks(one, "last_change_time")
        yield Reading(_group_role(family, one.vrid, interface), one.state, one.state in ROLES, marks)


def _masterships(interface: str, records: Records) -> Iterator[Reading]:
    for one in records:
        for group in one.groups:
            marks = _marks(group, "transited_to_master")
            yield Reading(_group_role("VRRP", group.vrid, interface), marks=marks)


# ---- BFD, channels, interfaces -----------------------------------------------------------------------------


def _bfd(pair: Pair, side: Side) -> Iterator[Source]:
    for session in pair.bfd.sessions if pair.bfd else ():
        discriminator = session.discriminator.of(side)
        if session.on(side) and discriminator is not None and not session.shutdown.of(side):
            name = f"BFD {session.name.of(side)}"
            selector = f"discriminator {discriminator}"
            yield Source(f"display bfd session {selector} verbose", partial(_bfd_state, name))
            counters = f"display bfd statistics session {selector}"
            yield Source(counters, partial(_bfd_counters, name), marks_only=True)


def _bfd_state(name: str, records: Records) -> Iterator[Reading]:
    for one in records:
        yield Reading(name, one.state, one.state == "up")


def _bfd_counters(name: str, records: Records) -> Iterator[Reading]:
    for one in records:
        marks = _marks(one, "down_count", "short_break_count", "last_down_time", "last_up_time")
        yield Reading(name, marks=marks)


def _channels(pair: Pair, side: Side) -> Iterator[Source]:
    for service in pair.backup_services:
        if service.on(side):
            name = service.name.of(side)
            yield Source(f"display remote-backup-service {name}", partial(_channel, f"channel {name}"))


def _channel(name: str, records: Records) -> Iterator[Reading]:
    for one in records:
        marks = _marks(one, "last_up_time", "last_down_time")
        yield Reading(name, one.tcp_state, one.tcp_state == "connected", marks)


def _interfaces(pair: Pair, side: Side) -> Iterator[Source]:
    """Yield the Eth-Trunks of the E-Trunks and the interfaces that profiles are bound to."""
    legs = (
        f"Eth-Trunk{leg.eth_trunk.of(side)}"
        for one in pair.e_trunks
        if one.on(side)
        for leg in one.members
        if leg.on(side)
    )
    bound = (name for one in pair.backup_profiles if one.on(side) for name in one.interfaces.of(side))
    for name in dict.fromkeys((*legs, *bound)):
        yield Source(f"display interface {name}", partial(_interface, name))


def _interface(name: str, records: Records) -> Iterator[Reading]:
    for one in records:
        marks = _marks(one, "last_physical_up_time", "last_physical_down_time", "last_protocol_up_time")
        yield Reading(f"interface {name}", one.phy, one.phy == "up", marks)
