"""Checks of E-Trunks: roles, intended values, what is heard from the peer, roles of the member trunks.

Source: manual pages display e-trunk and display e-trunk packet-statistics; rules R72 to R87.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from inventory.model import SIDES, ETrunk, MemberTrunk, Pair, Side, other
from inventory.quantities import quantity
from parsers.records.e_trunk import ETrunk as ShownETrunk
from tasks.checks.check import Answers, Check, Need, shown
from tasks.checks.model import Complaint

DEFAULT_PRIORITY: Final = 100
DEFAULT_HELLO: Final = 10
"""In units of 100 ms."""
DEFAULT_MULTIPLIER: Final = 20
DEFAULT_REVERT_S: Final = 120
CAUSES: Final = (
    (
        "authentication_errors",
        "authentication errors: security key or authentication mode differs (R75, R76)",
    ),
    ("peer_ip_errors", "peer-ip errors: addresses do not mirror"),
    ("system_id_errors", "system-id errors: both members have one system ID"),
    ("priority_errors", "priority errors"),
    ("fail_time_errors", "fail-time errors"),
    ("state_errors", "state errors"),
    ("tlv_check_errors", "TLV check errors: perhaps the sequence check is on one member alone"),
)
"""What each counter of refused packets says. Source: manual page display e-trunk packet-statistics."""


@dataclass(frozen=True, slots=True)
class Leg:
    """An Eth-Trunk with the E-Trunk that it is in."""

    e_trunk: ETrunk
    trunk: MemberTrunk

    @property
    def active_active(self) -> bool:
        """Tell whether both members are forced to be master."""
        return self.trunk.role.a == self.trunk.role.b == "force-master"

    def master(self, side: Side) -> bool:
        """Tell whether this member is meant to carry the traffic."""
        role = self.trunk.role.of(side)
        if role in {"force-master", "force-backup"}:
            return role == "force-master"
        return intended_master(self.e_trunk) == side


def intended_master(e_trunk: ETrunk) -> Side:
    """Return the member that is meant to be master: the smaller priority, member a where they are equal."""
    a, b = (e_trunk.priority.of(side) or DEFAULT_PRIORITY for side in SIDES)
    return "a" if a <= b else "b"


def _e_trunks(pair: Pair) -> Mapping[str, ETrunk]:
    """Return the E-Trunks that stand on both members."""
    return {f"E-Trunk {item.id.a}": item for item in pair.e_trunks if item.only is None}


def _command(e_trunk: ETrunk, side: Side) -> str:
    return f"display e-trunk {e_trunk.id.of(side)}"


def _needs(_pair: Pair, e_trunk: ETrunk) -> tuple[Need, ...]:
    """Need the E-Trunk in detail on both members."""
    return tuple(Need(side, _command(e_trunk, side)) for side in SIDES)


def _shows(answers: Answers, e_trunk: ETrunk) -> dict[Side, ShownETrunk]:
    """Return what both members show of an E-Trunk."""
    return {side: answers.one(side, _command(e_trunk, side), id=e_trunk.id.of(side)) for side in SIDES}


def _roles(answers: Answers, e_trunk: ETrunk) -> Iterator[Complaint]:
    """Find any picture but one master and one backup, each by priority."""
    shows = _shows(answers, e_trunk)
    if shows["a"].state == shows["b"].state:
        text = f"both members are {shown(shows['a'].state)}"
        found = " and ".join(f"{shown(show.state)} ({shown(show.causation)})" for show in shows.values())
        yield answers.complaint(None, _command(e_trunk, "a"), text, "one master and one backup", found)
        return
    master = intended_master(e_trunk)
    for side, show in shows.items():
        wanted = "master" if side == master else "backup"
        yield from answers.compare(
            side,
            _command(e_trunk, side),
            ("role in the E-Trunk", wanted, show.state),
            ("reason of the role", "PRI", show.causation),
        )


def _as_intended(answers: Answers, e_trunk: ETrunk) -> Iterator[Complaint]:
    """Find addresses, priorities, timers and switches that are not the intended ones."""
    for side, show in _shows(answers, e_trunk).items():
        yield from answers.compare(
            side,
            _command(e_trunk, side),
            ("priority of the E-Trunk", e_trunk.priority.of(side) or DEFAULT_PRIORITY, show.priority),
            ("source address of the E-Trunk", e_trunk.address.of(side), show.source_ip),
            ("peer address of the E-Trunk", e_trunk.peer_of(side), show.peer_ip),
            ("VPN instance of the E-Trunk", e_trunk.vpn_instance.of(side), show.vpn_instance),
            ("BFD session of the E-Trunk", e_trunk.bfd.of(side), show.bfd_session),
        )
        yield from answers.compare_shown(side, _command(e_trunk, side), *_timers(e_trunk, side, show))


def _timers(e_trunk: ETrunk, side: Side, show: ShownETrunk) -> Iterator[tuple[str, object, object]]:
    """Yield what the timers and switches should show; at their defaults where the intent says nothing."""
    hello = e_trunk.hello.of(side) or DEFAULT_HELLO
    multiplier = e_trunk.hold_multiplier.of(side) or DEFAULT_MULTIPLIER
    delay = e_trunk.revert_delay.of(side)
    revert = (DEFAULT_REVERT_S if delay is None else delay) if e_trunk.revert.of(side) else None
    yield "hello interval of the E-Trunk in 100 ms", hello, show.send_period_100ms
    yield "fail time of the E-Trunk in 100 ms", hello * multiplier, show.fail_time_100ms
    yield "delay before the E-Trunk switches back in seconds", revert, show.revert_delay_s
    yield "sequence check of the E-Trunk", "enable" if e_trunk.sequence.of(side) else "disable", show.sequence
    if e_trunk.description.of(side):  # one that nobody asked for is an extra line: the policy says what it is
        yield "description of the E-Trunk", e_trunk.description.of(side), show.description


def _packets_command(e_trunk: ETrunk, side: Side) -> str:
    return f"display e-trunk packet-statistics e-trunk-id {e_trunk.id.of(side)}"


def _hearing_needs(pair: Pair, e_trunk: ETrunk) -> tuple[Need, ...]:
    """Need the E-Trunk and its packet counters on both members."""
    counters = tuple(Need(side, _packets_command(e_trunk, side)) for side in SIDES)
    return (*_needs(pair, e_trunk), *counters)


NOT_HEARD: Final = "TIMEOUT"
"""Reason of a role that was taken since the peer fell silent; what was heard before is still shown."""


def _hears_peer(answers: Answers, e_trunk: ETrunk) -> Iterator[Complaint]:
    """Find members that do not know the other's priority, system ID and fail time, and say why not."""
    shows = _shows(answers, e_trunk)
    for side, show in shows.items():
        never = show.peer_priority is None and show.peer_system_id is None
        if never or (show.causation or "").upper() == NOT_HEARD:
            yield _deafness(answers, e_trunk, side)
            continue
        far = shows[other(side)]
        yield from answers.compare(
            side,
            _command(e_trunk, side),
            ("priority heard from the peer", far.priority, show.peer_priority),
            ("system ID heard from the peer", far.system_id, show.peer_system_id),
            ("fail time heard from the peer", far.fail_time_100ms, show.peer_fail_time_100ms),
        )


def _deafness(answers: Answers, e_trunk: ETrunk, side: Side) -> Complaint:
    """Say why a member hears nothing, as far as its counters tell."""
    command = _packets_command(e_trunk, side)
    counters = answers.one(side, command, id=e_trunk.id.of(side))
    causes = [
        f"{quantity(getattr(counters, name), 'packet')} with {cause}"
        for name, cause in CAUSES
        if getattr(counters, name)
    ]
    heard = (
        "nobody tells how much was" if counters.received is None else quantity(counters.received, "packet")
    )
    found = "; ".join(causes) or f"{heard} received: check path, addresses and UDP port"
    text = f"nothing is heard from the peer of E-Trunk {e_trunk.id.of(side)}"
    return answers.complaint(side, command, text, "packets of the peer", found)


def legs(pair: Pair) -> Mapping[str, Leg]:
    """Return the Eth-Trunks that are in an E-Trunk on both members."""
    return {
        f"Eth-Trunk{trunk.eth_trunk.a} in E-Trunk {item.id.a}": Leg(item, trunk)
        for item in _e_trunks(pair).values()
        for trunk in item.members
        if trunk.only is None
    }


def down_on_purpose(pair: Pair, side: Side, interface: str | None) -> bool:
    """Tell whether an interface is an Eth-Trunk, or on one, that the E-Trunk holds down on this member."""
    main = (interface or "").partition(".")[0]
    return any(
        main == f"Eth-Trunk{leg.trunk.eth_trunk.of(side)}" and not leg.master(side)
        for leg in legs(pair).values()
    )


def _leg_needs(pair: Pair, leg: Leg) -> tuple[Need, ...]:
    """Need the E-Trunk of the leg on both members."""
    return _needs(pair, leg.e_trunk)


def _member_roles(answers: Answers, leg: Leg) -> Iterator[Complaint]:
    """Find a leg whose role, mode or cause is not the intended one."""
    for side, show in _shows(answers, leg.e_trunk).items():
        command = _command(leg.e_trunk, side)
        wanted_id = leg.trunk.eth_trunk.of(side)
        rows = [row for row in show.members if row.id == wanted_id and row.type.lower() == "eth-trunk"]
        if len(rows) != 1:
            found = [row.id for row in show.members]
            yield answers.complaint(side, command, "Eth-Trunk is not in the E-Trunk", wanted_id, found)
            continue
        mode = leg.trunk.role.of(side) or "auto"
        role = "master" if leg.master(side) else "backup"
        cause = mode.replace("-", "_").upper() if mode != "auto" else f"ETRUNK_{role.upper()}"
        yield from answers.compare(
            side,
            command,
            ("physical state of the Eth-Trunk", "up", rows[0].phy_state),
            ("work mode of the Eth-Trunk", mode, rows[0].work_mode),
            ("role of the Eth-Trunk", role, rows[0].state),
            ("reason of the Eth-Trunk's role", cause, rows[0].causation),
            ("Eth-Trunk of the peer", leg.trunk.remote_of(side), rows[0].remote_id),
        )


CHECKS: Final = (
    Check(
        "e-trunk-roles",
        "The E-Trunk has one master and one backup, decided by priority",
        ("e-trunk", "roles", "converge"),
        _e_trunks,
        _needs,
        _roles,
    ),
    Check(
        "e-trunk-as-intended",
        "Priority, addresses, timers, switches and BFD session of the E-Trunk are the intended ones",
        ("e-trunk", "configuration", "converge"),
        _e_trunks,
        _needs,
        _as_intended,
    ),
    Check(
        "e-trunk-hears-peer",
        "Each member knows the other's priority, system ID and fail time",
        ("e-trunk", "channel", "converge"),
        _e_trunks,
        _hearing_needs,
        _hears_peer,
    ),
    Check(
        "e-trunk-members",
        "Each Eth-Trunk in the E-Trunk has working ports and the intended mode and role",
        ("e-trunk", "roles", "converge"),
        legs,
        _leg_needs,
        _member_roles,
    ),
)
