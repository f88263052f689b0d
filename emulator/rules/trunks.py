"""Rules of Eth-Trunks, E-Trunks, LACP and member ports.

Each row cites its dependency rule. Wordings are ours where the manual gives none.
"""

from __future__ import annotations

from emulator.rules.checks import absent, beside, exists, first_of, unused
from emulator.rules.interfaces import balances_load, ip_free_port, keeps_mode, mode_of, switchable
from emulator.rules.model import Rule
from emulator.rules.objects import static_session, trunk_free

_LACP = ("if.lacp-timeout", "if.lacp-preempt", "if.lacp-preempt-delay", "if.lacp-et-prio", "if.lacp-sysid")

RULES: tuple[Rule, ...] = (
    Rule(
        "R10",
        ("if.e-trunk", "if.e-trunk-gve"),
        exists("et.create", e_trunk_id="e-trunk-id"),
        "The E-Trunk does not exist.",
    ),
    Rule(
        "R11",
        ("if.eth-trunk-join",),
        lambda s: s.interface(f"Eth-Trunk{s.param('trunk-id')}") is not None,
        "The Eth-Trunk does not exist.",
    ),
    Rule(
        "R11",
        ("if.eth-trunk-join",),
        ip_free_port,
        "The interface has other configurations. Delete them first.",
    ),
    Rule(
        "R12",
        ("if.e-trunk-mode",),
        beside("if.e-trunk if.e-trunk-gve"),
        "The interface is not added to any E-Trunk.",
    ),
    Rule("R16", ("et.track-bfd",), static_session("bfd-name"), "The static BFD session does not exist."),
    Rule(
        "R37", ("lacp.sysprio",), beside("lacp.prio-mode"), "The LACP priority mode is not system priority."
    ),
    Rule("R37", ("if.lacp-preempt-delay",), beside("if.lacp-preempt"), "LACP preemption is not enabled."),
    Rule(
        "R37",
        _LACP,
        lambda s: mode_of(s.siblings) == "lacp-static",
        "The Eth-Trunk does not work in static LACP mode.",
    ),
    Rule(
        "R40",
        ("if.mode",),
        first_of(keeps_mode, absent("if.e-trunk")),
        "The Eth-Trunk has been added to an E-Trunk. Remove it first.",
        "both",
    ),
    Rule(
        "R40",
        ("if.mode",),
        first_of(keeps_mode, balances_load, trunk_free),
        "The Eth-Trunk has member interfaces. Remove them first.",
        "both",
    ),
    Rule(
        "R41",
        ("if.eth-trunk-join",),
        lambda s: all(
            line.params["trunk-id"] == s.param("trunk-id")
            for line in s.siblings
            if line.command == "if.eth-trunk-join"
        ),
        "The interface has been added to another Eth-Trunk.",
    ),
    Rule(
        "R53",
        ("if.portswitch",),
        switchable,
        "The interface has other configurations. Delete them first.",
        "both",
    ),
    Rule(
        "R66",
        ("et.create",),
        unused("if.e-trunk if.e-trunk-gve rbp.e-trunk", e_trunk_id="e-trunk-id"),
        "The E-Trunk has members or is in use.",
        "undo",
    ),
    Rule(
        "R66",
        ("if.enter",),
        trunk_free,
        "The Eth-Trunk has member interfaces. Remove them first.",
        "undo",
    ),
)
