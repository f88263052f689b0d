"""Checks of what serves users on an interface, by the displays that show it: IGMP, MLD and PIM on both.

An interface without the protocol is not listed. What these displays do not show (static groups, tracks, what
the IPv6 page leaves out) is judged by the owned lines; so are lines too many, since a display is asked only
where the intent has the protocol.

Source: manual pages display igmp interface, display mld interface, display pim interface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from inventory.model import SIDES, Interface, Pair, Side
from tasks.checks.check import Answers, Check, Need
from tasks.checks.model import Complaint

DEFAULT_VERSION: Final = 2
"""Version of IGMP and of MLD without a line."""
DEFAULT_DR_PRIORITY: Final = 1

Subject = tuple[Side, Interface]
Row = tuple[str, object, object]
"""Name, wanted and found value."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """A protocol that runs on an interface.

    Args:
        word: as people call it.
        command: display of one interface, whatever VPN instance it is in.
        wanted: tells whether the intent has it on a member's interface.
        told: what every answer shows.
        shown: what some releases leave out; the owned lines judge it too.
    """

    word: str
    command: str
    wanted: Callable[[Interface, Side], bool]
    told: Callable[[Interface, Side, Any], tuple[Row, ...]]
    shown: Callable[[Interface, Side, Any], tuple[Row, ...]] = lambda _interface, _side, _row: ()

    def display(self, interface: Interface, side: Side) -> str:
        """Return the display for an interface."""
        return self.command.format(interface=interface.name.of(side))


def _subjects(protocol: Protocol, pair: Pair) -> Mapping[str, Subject]:
    """Return the interfaces on which a protocol is meant to run, of each member."""
    return {
        f"{interface.name.of(side)} of {pair.members.of(side)}": (side, interface)
        for interface in pair.interfaces
        for side in SIDES
        if interface.on(side) and protocol.wanted(interface, side)
    }


def _needs(protocol: Protocol, _pair: Pair, subject: Subject) -> tuple[Need, ...]:
    """Need the interface; where the protocol does not run, the answer is empty."""
    side, interface = subject
    return (Need(side, protocol.display(interface, side), may_be_empty=True),)


def _runs(protocol: Protocol, answers: Answers, subject: Subject) -> Iterator[Complaint]:
    """Find an interface on which the protocol does not run, or runs otherwise."""
    side, interface = subject
    command = protocol.display(interface, side)
    name = interface.name.of(side)
    instances = answers.records(side, command)
    shown = [row for instance in instances for row in instance.interfaces]
    if instances and not shown:
        answers.told(side, command, ("the interface", None))
    rows = [row for row in shown if row.name.casefold() == name.casefold()]
    if not rows:
        yield answers.complaint(side, command, f"{protocol.word} does not run on {name}", "enabled", "none")
    for row in rows:
        told = protocol.told(interface, side, row)
        answers.told(side, command, *((what, found) for what, _, found in told))
        yield from answers.compare(side, command, *told)
        yield from answers.compare_shown(side, command, *protocol.shown(interface, side, row))


def _pim(interface: Interface, side: Side, row: Any) -> tuple[Row, ...]:
    priority = interface.pim_dr_priority.of(side)
    return (
        ("mode of PIM", "sparse", row.mode),
        ("priority of the designated router", DEFAULT_DR_PRIORITY if priority is None else priority,
         row.dr_priority),
    )  # fmt: skip


def _ignored(interface: Interface, side: Side, row: Any) -> tuple[Row, ...]:
    words = {True: "enabled", False: "disabled"}
    dr, asserts = interface.pim_ignore_dr_state.of(side), interface.pim_ignore_assert_state.of(side)
    return (
        ("`pim ignore dr-state`", words[dr], row.ignore_dr_status),
        ("`pim ignore assert-state`", words[asserts], row.ignore_assert),
    )


IGMP: Final = Protocol(
    "IGMP",
    "display igmp all-instance interface {interface}",
    lambda interface, side: interface.igmp.of(side),
    lambda interface, side, row: (
        ("version of IGMP", interface.igmp_version.of(side) or DEFAULT_VERSION, row.version),
    ),
)
MLD: Final = Protocol(
    "MLD",
    "display mld all-instance interface {interface}",
    lambda interface, side: interface.mld.of(side),
    lambda interface, side, row: (
        ("version of MLD", interface.mld_version.of(side) or DEFAULT_VERSION, row.version),
    ),
)
PIM: Final = Protocol(
    "PIM",
    "display pim all-instance interface {interface} verbose",
    lambda interface, side: interface.pim_sm.of(side),
    _pim,
    _ignored,
)
PIM6: Final = Protocol(
    "IPv6 PIM",
    "display pim ipv6 all-instance interface {interface} verbose",
    lambda interface, side: interface.pim_ipv6_sm.of(side),
    lambda _interface, _side, row: (("mode of PIM", "sparse", row.mode),),
)

CHECKS: Final = tuple(
    Check(
        name,
        f"{protocol.word} runs on the interfaces that serve users, as intended, on both members",
        ("services",),
        partial(_subjects, protocol),
        partial(_needs, protocol),
        partial(_runs, protocol),
    )
    for name, protocol in (
        ("igmp-enabled", IGMP),
        ("mld-enabled", MLD),
        ("pim-enabled", PIM),
        ("pim-ipv6-enabled", PIM6),
    )
)
