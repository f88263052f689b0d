"""Displays of E-Trunk, Eth-Trunk and LACP; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.e_trunk import ETrunk, ETrunkBfdSession, ETrunkPackets, ETrunkRow, ETrunkStateChange
from parsers.records.eth_trunk import (
    EthTrunk,
    EthTrunkRow,
    LacpCounters,
    LacpEvent,
    LacpSystem,
    TrunkMembership,
)

E_TRUNK_MEMBERS: Final = "Type ID LocalPhyState Work-Mode State Causation Remote-ID"

DISPLAYS: Final = (
    Display(
        "display e-trunk ID",
        r"display e-trunk \d+",
        "e_trunk",
        ETrunk,
        whole=("Peer-Fail-Time (100ms)", "The Member information", E_TRUNK_MEMBERS),
    ),
    Display("display e-trunk brief", "display e-trunk brief", "e_trunk_brief", ETrunkRow),
    Display(
        "display e-trunk bfd session all", "display e-trunk bfd session all", "e_trunk_bfd", ETrunkBfdSession
    ),
    Display(
        "display e-trunk packet-statistics [ e-trunk-id ID ]",
        r"display e-trunk packet-statistics( e-trunk-id \d+)?",
        "e_trunk_packets",
        ETrunkPackets,
    ),
    Display(
        "display e-trunk ID state-change member-interface INTERFACE",
        r"display e-trunk \d+ state-change member-interface \S+( \S+)?",
        "e_trunk_state_change",
        ETrunkStateChange,
    ),
    Display(
        "display eth-trunk [ ID [ interface INTERFACE | verbose ] ]",
        r"display eth-trunk( \d+( verbose| interface \S+( \S+)?)?)?",
        "eth_trunk",
        EthTrunk,
        whole=("WorkingMode",),
    ),
    Display("display eth-trunk brief", "display eth-trunk brief", "eth_trunk_brief", EthTrunkRow),
    Display(
        "display trunkmembership eth-trunk [ ID ]",
        r"display (trunkmembership eth-trunk|eth-trunk membership)( \d+)?",
        "trunkmembership",
        TrunkMembership,
        rewrites=((r"(?<=\d)(?=Interface )", "\n"),),
    ),
    Display("display lacp brief", "display lacp brief", "lacp_brief", LacpSystem),
    Display(
        "display lacp statistics eth-trunk [ ID ] [ interface INTERFACE ]",
        r"display lacp statistics eth-trunk( \d+)?( interface \S+( \S+)?)?",
        "lacp_statistics",
        LacpCounters,
    ),
    Display(
        "display lacp troubleshooting", "display lacp troubleshooting", "lacp_troubleshooting", LacpEvent
    ),
)
