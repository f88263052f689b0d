"""Checks of the Eth-Trunks in E-Trunks.

A healthy backup looks broken to a naive eye: its Eth-Trunk is down and its ports are unselected. That
is success there and failure on the master, unless both are forced to be master (active-active).

Source: manual page display eth-trunk; rules R80 to R89.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from inventory.model import SIDES, Pair, Side, other
from parsers.records.eth_trunk import EthTrunk
from tasks.checks.check import Answers, CannotTellError, Check, Need, shown
from tasks.checks.e_trunk import Leg, legs
from tasks.checks.model import Complaint

DEFAULT_LEAST_ACTIVE: Final = 1
DEFAULT_LACP_PRIORITY: Final = 32768
DEFAULT_PREEMPT_DELAY_S: Final = 30
MODES: Final = {
    "lacp-static": "static",
    "manual load-balance": "normal",
    "manual backup": "backup",
    None: "normal",
}
"""What `WorkingMode` shows, by the mode of the intent."""
WORKING: Final = re.compile(r"1[01]111100")
"""Active, aggregatable, in sync, collecting and distributing, neither defaulted nor expired."""
NO_PARTNER: Final = "0000-0000-0000"


def _trunk_command(leg: Leg, side: Side) -> str:
    return f"display eth-trunk {leg.trunk.eth_trunk.of(side)}"


def _trunk_needs(_pair: Pair, leg: Leg) -> tuple[Need, ...]:
    """Need the Eth-Trunk in detail on both members."""
    return tuple(Need(side, _trunk_command(leg, side)) for side in SIDES)


def _trunks(answers: Answers, leg: Leg) -> dict[Side, EthTrunk]:
    """Return what both members show of an Eth-Trunk."""
    return {
        side: answers.one(side, _trunk_command(leg, side), name=f"Eth-Trunk{leg.trunk.eth_trunk.of(side)}")
        for side in SIDES
    }


def _eth_trunk_state(answers: Answers, leg: Leg) -> Iterator[Complaint]:
    """Find an Eth-Trunk that is not up on the master, or not down on the backup."""
    shows = _trunks(answers, leg)
    for side, show in shows.items():
        answers.told(side, _trunk_command(leg, side), ("Operate status", show.operate_status))
    if shows["a"].operate_status == shows["b"].operate_status == "up" and not leg.active_active:
        text = "Eth-Trunk is up on both members (dual master)"
        yield answers.complaint(None, _trunk_command(leg, "a"), text, "up on one member", "up on both")
        return
    for side, show in shows.items():
        wanted = "up" if leg.master(side) else "down"
        yield from answers.compare(
            side, _trunk_command(leg, side), ("state of the Eth-Trunk", wanted, show.operate_status)
        )


def _eth_trunk_ports(answers: Answers, leg: Leg) -> Iterator[Complaint]:
    """Find ports that are not the intended ones, or not selected as the role of the member asks."""
    for side, show in _trunks(answers, leg).items():
        command = _trunk_command(leg, side)
        wanted = frozenset(leg.trunk.ports.of(side)) | frozenset(leg.trunk.passive_ports.of(side))
        found = frozenset(port.name for port in show.ports)
        if show.working_mode == "static" and wanted:
            _same_rows(answers, side, command, show)
        yield from answers.compare(side, command, ("ports of the Eth-Trunk", wanted, found))
        if leg.trunk.mode.of(side) == "lacp-static":
            yield from _selection(answers, leg, side, show)


def _same_rows(answers: Answers, side: Side, command: str, show: EthTrunk) -> None:
    """Take only an answer whose table of partners has the ports of the table above it.

    Raises:
        CannotTellError: the tables differ: the answer was cut.
    """
    answers.told(side, command, ("Operate status", show.operate_status))
    ports, partners = ([row.name for row in rows] for rows in (show.ports, show.partners))
    if sorted(ports) != sorted(partners):
        text = "the tables of ports and partners differ: the answer was cut"
        raise CannotTellError(answers.complaint(side, command, text, ports, partners))


def _selection(answers: Answers, leg: Leg, side: Side, show: EthTrunk) -> Iterator[Complaint]:
    """Find ports that LACP did not select on the master, or selected on the backup."""
    command = _trunk_command(leg, side)
    selected = [port for port in show.ports if port.status == "selected"]
    if not leg.master(side):
        names = [port.name for port in selected]
        yield from answers.compare(side, command, ("ports selected on the backup", [], names))
        return
    least = leg.trunk.least_active.of(side) or DEFAULT_LEAST_ACTIVE
    if len(selected) < least:
        found = [f"{port.name} {shown(port.status)} {shown(port.port_state)}" for port in show.ports]
        yield answers.complaint(side, command, "too few ports are selected", f"{least} or more", found)
    for port in selected:
        if WORKING.fullmatch(port.port_state or "") is None:
            text = f"LACP of {port.name} is not working"
            yield answers.complaint(side, command, text, "10111100 or 11111100", port.port_state)
    silent = [row.name for row in show.partners if row.system_id == NO_PARTNER or not row.system_priority]
    yield from answers.compare(side, command, ("ports without a partner", [], silent))


def _as_intended(answers: Answers, leg: Leg) -> Iterator[Complaint]:
    """Find modes, LACP values and numbers of links that are not the intended ones."""
    for side, show in _trunks(answers, leg).items():
        mode = MODES[leg.trunk.mode.of(side)]
        rows: list[tuple[str, object, object]] = [("mode of the Eth-Trunk", mode, show.working_mode)]
        if mode == "static" and show.working_mode == mode:
            rows += _lacp_rows(answers.pair, leg, side, show)
        yield from answers.compare_shown(side, _trunk_command(leg, side), *rows)


def _lacp_rows(pair: Pair, leg: Leg, side: Side, show: EthTrunk) -> Iterator[tuple[str, object, object]]:
    """Yield what LACP should show; a system ID that comes from the peer is the peer's."""
    trunk, lacp = leg.trunk, pair.system.lacp
    teller = other(side) if (show.system_id_from or "").lower() == "remote" else side
    system_id = trunk.lacp_system_id.of(teller) or lacp.e_trunk_system_id.of(teller)
    if system_id is not None:
        yield "LACP system ID of the Eth-Trunk", system_id, show.system_id
    priorities = trunk.lacp_e_trunk_priority.of(teller), lacp.e_trunk_priority.of(teller)
    priority = next((one for one in priorities if one is not None), DEFAULT_LACP_PRIORITY)
    yield "LACP system priority of the Eth-Trunk", priority, show.system_priority
    least = trunk.least_active.of(side) or DEFAULT_LEAST_ACTIVE
    yield "links that must be up", least, show.least_active_links
    if (most := trunk.max_active.of(side)) is not None:
        yield "links in use at most", most, show.max_active_links
    yield "delay before a better link takes over", _preemption(leg, side), show.preempt_delay


def _preemption(leg: Leg, side: Side) -> str:
    """Return the delay as the display spells it."""
    if not leg.trunk.lacp_preempt.of(side):
        return "Disabled"
    delay = leg.trunk.lacp_preempt_delay.of(side)
    return str(DEFAULT_PREEMPT_DELAY_S if delay is None else delay)


CHECKS: Final = (
    Check(
        "eth-trunk-state",
        "The Eth-Trunk is up on the master and down on the backup (up on both if active-active)",
        ("eth-trunk", "roles", "converge"),
        legs,
        _trunk_needs,
        _eth_trunk_state,
    ),
    Check(
        "eth-trunk-as-intended",
        "Mode, LACP values, link numbers and preemption of the Eth-Trunk are the intended ones",
        ("eth-trunk", "lacp", "configuration", "converge"),
        legs,
        _trunk_needs,
        _as_intended,
    ),
    Check(
        "eth-trunk-ports",
        "The Eth-Trunk has the intended ports; LACP selects them on the master and none on the backup",
        ("eth-trunk", "lacp", "converge"),
        legs,
        _trunk_needs,
        _eth_trunk_ports,
    ),
)
