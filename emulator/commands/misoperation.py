"""Configuration lines that ask before they are taken.

Sources: cli-behaviour section 3, from the command pages; `configuration prevent-misoperation disable`
switches the questions about `undo` off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulator.commands.questions import Kind, Question
from emulator.config.statement import Configuration
from emulator.grammar import Match


@dataclass(frozen=True, slots=True)
class Asks:
    """A line that asks.

    Args:
        line: regular expression of the canonical line.
        questions: asked in order; each wants a yes.
        switchable: prevent-misoperation switches it off.
    """

    line: re.Pattern[str]
    questions: tuple[Question, ...]
    switchable: bool = True


def _service(name: str) -> Question:
    return Question(f"Warning: This operation will delete all {name} configurations. Continue? [Y/N]:")


_UNDO_BFD = (
    Question(
        "Warning: This operation will delete all BFD sessions."
        " To restore BFD services, reconfigure the BFD sessions. Continue?  [Yes/No]:",
        Kind.FULL_YES_NO,
    ),
    Question(
        "Warning: This operation may impact the status of services associated with BFD. Continue?  [Yes/No]:",
        Kind.FULL_YES_NO,
    ),
)
_UNDO_L2VPN = (
    Question(
        "Warning: This operation will delete all MPLS L2VPN configurations. Continue? [Yes/No]:",
        Kind.FULL_YES_NO,
    ),
)

_UNSELECTED = (
    "Warning: If this command is configured, packets of the unselected Eth-Trunk interface will be"
    " discarded.continue? [Y/N]:"
)
_CHANGE_BFD = (
    "Warning: The BFD session status will be set to AdminDown and renegotiation will be performed."
    " Are you sure you want to continue? [Y/N]:"
)

TABLE: tuple[Asks, ...] = (
    Asks(re.compile(r"undo bfd$"), _UNDO_BFD),
    Asks(re.compile(r"undo mpls l2vpn$"), _UNDO_L2VPN),
    Asks(re.compile(r"undo mpls$"), (_service("MPLS"),)),
    Asks(re.compile(r"undo mpls te$"), (_service("MPLS TE"),)),
    Asks(re.compile(r"undo mpls rsvp(-te)?$"), (_service("MPLS RSVP-TE"),)),
    Asks(re.compile(r"undo mpls ldp$"), (_service("MPLS LDP"),)),
    Asks(re.compile(r"undo multicast routing-enable$"), (_service("multicast"),)),
    Asks(re.compile(r"undo multicast ipv6 routing-enable$"), (_service("IPv6 multicast"),)),
    Asks(re.compile(r"undo pim$"), (_service("PIM"),)),
    Asks(re.compile(r"undo igmp$"), (_service("IGMP"),)),
    Asks(re.compile(r"undo stp enable$"), (_service("STP"),)),
    Asks(
        re.compile(r"port unselected discard input-packet$"),
        (Question(_UNSELECTED),),
        switchable=False,
    ),
    Asks(
        re.compile(r"change bfd session "),
        (Question(_CHANGE_BFD),),
        switchable=False,
    ),
)


_FIRST = frozenset(row.line.pattern.split()[0] for row in TABLE)
"""The first words of these lines; each expression begins with its own as it stands."""


def questions(match: Match, running: Configuration) -> tuple[Question, ...]:
    """Return what is asked before a configuration line is taken; nothing for most."""
    if match.text.partition(" ")[0] not in _FIRST:
        return ()
    row = next((row for row in TABLE if row.line.match(match.text)), None)
    if row is None:
        return ()
    off = running.first("cm.prevent-misop") is not None
    return () if off and row.switchable else row.questions
