"""Rules of VRRP groups and BFD sessions.

Each row cites its dependency rule. Wordings are ours where the manual gives none.
"""

from __future__ import annotations

from emulator.rules.checks import absent, beside, every, exists, given, no_other, unused, when
from emulator.rules.interfaces import has_address6, other_interface, peer_is_remote
from emulator.rules.model import Rule
from emulator.rules.objects import (
    SESSIONS,
    admin_group,
    link_local_first,
    named_session,
    one_down_session,
    same_session,
    session_to_track,
)

_GROUP = "vrrp.create vrrp.unicast vrrp.admin"
_LINES = (
    "priority preempt-delay preempt-off adv adv-ms hold track-if track-bfd track-admin track-mg track-rmg",
    "track-link-bfd track-route auth fast-resume backup-forward init-hold",
)
_VRRP = tuple(f"vrrp.{name}" for line in _LINES for name in line.split())
_VRRP6 = tuple(name.replace("vrrp.", "vrrp6.") for name in _VRRP)

RULES: tuple[Rule, ...] = (
    Rule("R14", ("bfd.enter",), named_session, "The BFD session does not exist."),
    Rule(
        "R14",
        (*SESSIONS, "et.bfd-enable", "vrrp.track-bfd", "vrrp6.track-bfd"),
        exists("bfd.global"),
        "BFD is not enabled globally.",
    ),
    Rule(
        "R15",
        ("bfd.bind-ip",),
        when(given("auto"), given("source-ip")),
        "The source IP address must be specified for an automatic session.",
    ),
    Rule(
        "R15",
        ("bfd.bind-ip6",),
        when(given("auto"), given("source-ipv6")),
        "The source IPv6 address must be specified for an automatic session.",
    ),
    Rule("R18", ("vrrp.track-bfd", "vrrp6.track-bfd"), session_to_track, "The BFD session does not exist."),
    Rule("R19", _VRRP, beside(_GROUP, vrid="vrid"), "The VRRP group does not exist."),
    Rule("R19", _VRRP6, beside("vrrp6.create vrrp6.admin", vrid="vrid"), "The VRRP6 group does not exist."),
    Rule(
        "R21",
        ("vrrp.track-admin", "if.track-admin"),
        admin_group("vrrp.admin"),
        "The mVRRP group does not exist.",
    ),
    Rule("R21", ("vrrp6.track-admin",), admin_group("vrrp6.admin"), "The mVRRP6 group does not exist."),
    Rule(
        "R22",
        ("vrrp6.create",),
        every(beside("if.ipv6"), has_address6),
        "IPv6 is not enabled or no IPv6 address is configured on the interface.",
    ),
    Rule(
        "R22",
        ("vrrp6.create",),
        link_local_first,
        "The first virtual IPv6 address must be a link-local address.",
    ),
    Rule(
        "R23",
        ("vrrp6.track-admin", "if.track-admin"),
        other_interface,
        "The mVRRP group must be on another interface.",
    ),
    Rule(
        "R25",
        ("rbs.track-monitor-group", "vrrp.track-mg", "if.track-mg"),
        exists("mg.create", name="group"),
        "The monitor group does not exist.",
    ),
    Rule(
        "R43",
        ("vrrp.track-bfd",),
        no_other("vrrp.track-bfd", "vrid", "discr", "bfd-name"),
        "The type of the tracked BFD session cannot be changed.",
    ),
    Rule(
        "R43",
        ("vrrp6.track-bfd",),
        no_other("vrrp6.track-bfd", "vrid", "discr", "bfd-name"),
        "The type of the tracked BFD session cannot be changed.",
    ),
    Rule(
        "R44",
        ("vrrp.create",),
        lambda s: not beside("vrrp.unicast", vrid="vrid")(s),
        "The VRRP group is a unicast VRRP group.",
    ),
    Rule(
        "R45",
        ("bfd.default-ip",),
        lambda s: not exists("bfd.bind-default")(s),
        "A BFD session that uses the default multicast address exists.",
        "both",
    ),
    Rule("R50", SESSIONS, same_session, "The BFD session already exists."),
    Rule(
        "R66",
        SESSIONS,
        unused("et.track-bfd vrrp.track-bfd vrrp6.track-bfd", bfd_name="name"),
        "The BFD session is in use.",
        "undo",
    ),
    Rule(
        "R93",
        ("bfd.bind-ip", "bfd.bind-track-if", "bfd.bind-ip6", "bfd.bind-ip6-track"),
        peer_is_remote,
        "The IP address configured for the peer is the local IP address.",
    ),
    Rule("R120", ("if.mc-track-vrrp",), absent("if.mc-track-admin"), "The interface tracks an mVRRP group."),
    Rule("R120", ("if.mc-track-admin",), absent("if.mc-track-vrrp"), "The interface tracks a VRRP group."),
    Rule(
        "R120", ("if.mc6-track-vrrp",), absent("if.mc6-track-admin"), "The interface tracks an mVRRP6 group."
    ),
    Rule("R120", ("if.mc6-track-admin",), absent("if.mc6-track-vrrp"), "The interface tracks a VRRP6 group."),
    Rule(
        "R126",
        ("bfd.pis",),
        one_down_session,
        "Another BFD session is associated with the status of the interface.",
    ),
)
