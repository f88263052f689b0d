"""Rules about profiles, E-Trunks, VRRP groups and BFD sessions that refer to each other."""

from __future__ import annotations

from emulator.config.statement import Configuration, Statement
from emulator.grammar import load
from emulator.grammar.interfaces import split
from emulator.rules.checks import members
from emulator.rules.model import Check, Situation

SESSIONS = (
    "bfd.bind-ip",
    "bfd.bind-default",
    "bfd.bind-track-if",
    "bfd.bind-ip6",
    "bfd.bind-ip6-track",
    "bfd.one-arm",
)
"""Commands that create a BFD session."""
_TRACKABLE = frozenset({"bfd.bind-ip", "bfd.bind-track-if", "bfd.bind-ip6", "bfd.bind-ip6-track"})


def group_on(commands: str) -> Check:
    """The interface that the line names has the VRRP group that it names (R5, R6)."""

    def check(s: Situation) -> bool:
        section = s.interface(s.param("interface"))
        return section is not None and _has(section, commands, s.param("vrid"))

    return check


def admin_group(command: str) -> Check:
    """The interface that the line names has the mVRRP group that it names (R21)."""

    def check(s: Situation) -> bool:
        section = s.interface(s.param("interface"))
        return section is not None and _has(section, command, s.param("admin-vrid") or s.param("vrid"))

    return check


def _has(section: Statement, commands: str, vrid: str) -> bool:
    wanted = commands.split()
    return any(line.command in wanted and line.params.get("vrid") == vrid for line in section.children)


def profile_bound(*commands: str) -> Check:
    """The profile that the line names has a master/backup protocol (R7, R8, R36)."""

    def check(s: Situation) -> bool:
        name = s.param("rbp-name").casefold()
        return any(
            line.command in commands
            for profile in s.configuration.all("rbp.create")
            if profile.params["rbp-name"].casefold() == name
            for line in profile.children
        )

    return check


def trunk_ready(s: Situation) -> bool:
    """The Eth-Trunk has a member port and is in the E-Trunk (R9)."""
    number = s.param("eth-trunk-id")
    section = s.interface(f"Eth-Trunk{number}")
    if section is None or not members(s.configuration, number):
        return False
    return any(line.params["e-trunk-id"] == s.param("e-trunk-id") for line in section.all("if.e-trunk"))


def no_other_profile(s: Situation) -> bool:
    """The interface has no other profile (R114)."""
    name = s.param("rbp-name").casefold()
    return all(line.params["rbp-name"].casefold() == name for line in s.siblings if line.command == "if.rbp")


def one_main_interface(s: Situation) -> bool:
    """The profile sits on this interface only, or on sub-interfaces of one main interface (R114)."""
    name, own = s.param("rbp-name").casefold(), s.interface_name
    others = {
        section.params["interface"]
        for section in s.configuration.all("if.enter")
        for line in section.all("if.rbp")
        if line.params["rbp-name"].casefold() == name
    } - {own}
    mains = {other.partition(".")[0] for other in (own, *others)}
    return not others or (len(mains) == 1 and all("." in other for other in (own, *others)))


def prefix_bound(s: Situation) -> bool:
    """The IPv6 pool that the line names is bound to a prefix (R33)."""
    return any(
        pool.params["name"].casefold() == s.param("pool").casefold() and pool.first("pool6.prefix")
        for pool in s.configuration.all("bras.ipv6-pool")
    )


def one_down_session(s: Situation) -> bool:
    """No other session on the multicast address takes the interface of this one down (R126)."""
    mine = s.top
    if mine is None or mine.command != "bfd.bind-default":
        return True
    return not any(
        session.first("bfd.pis")
        for session in s.configuration.all("bfd.bind-default")
        if session is not mine and session.params["interface"] == mine.params["interface"]
    )


def trunk_free(s: Situation) -> bool:
    """The Eth-Trunk has no member port (R40, R66)."""
    kind, number = split(s.param("interface") or s.interface_name)
    return kind != "Eth-Trunk" or "." in number or not members(s.configuration, number)


def backup_id_free(s: Situation) -> bool:
    """No other profile has the backup id (R71)."""
    return not any(
        line.params["backup-id"] == s.param("backup-id")
        for profile in s.configuration.all("rbp.create")
        if profile is not s.top
        for line in profile.all("rbp.backup-id")
    )


def link_local_first(s: Situation) -> bool:
    """The first virtual address of a VRRP6 group is a link-local one (R22)."""
    if not s.param("vip") or s.param("link-local"):
        return not s.param("link-local") or s.param("vip").startswith("FE80:")
    return any(
        line.command == "vrrp6.create"
        and line.params["vrid"] == s.param("vrid")
        and "link-local" in line.params
        for line in s.siblings
    )


def sessions(configuration: Configuration) -> list[Statement]:
    """Return the BFD sessions."""
    return [line for line in configuration.statements if line.command in SESSIONS]


def _named(configuration: Configuration, name: str) -> Statement | None:
    return next(
        (line for line in sessions(configuration) if line.params["name"].casefold() == name.casefold()), None
    )


def named_session(s: Situation) -> bool:
    """The session whose view is entered by name exists."""
    return _named(s.configuration, s.param("name")) is not None


def static_session(param: str) -> Check:
    """The session that the line names is a static one for an IP address (R16)."""

    def check(s: Situation) -> bool:
        session = _named(s.configuration, s.param(param))
        return session is not None and session.command in _TRACKABLE and "auto" not in session.params

    return check


def session_by_discriminator(s: Situation) -> bool:
    """A session has the local discriminator that the line names (R17)."""
    return any(
        line.params["discr"] == s.param("discr")
        for session in sessions(s.configuration)
        for line in session.all("bfd.discr-local")
    )


def session_to_track(s: Situation) -> bool:
    """The session that the line names, by name or discriminator, exists (R18)."""
    if s.param("discr"):
        return session_by_discriminator(s)
    return _named(s.configuration, s.param("bfd-name")) is not None


def same_session(s: Situation) -> bool:
    """A session of this name is bound in the same way, or there is none (R50)."""
    known = _named(s.configuration, s.param("name"))
    if known is None:
        return True
    command = load().command(s.match.command)
    return (
        known.command == s.match.command
        and command is not None
        and all(
            command.same(name, known.params.get(name), s.match.params.get(name))
            for name in {*known.params, *s.match.params}
        )
    )


_DHCP = frozenset({"dhcp-server", "dhcpv6-relay"})


def serves_dhcp(s: Situation) -> bool:
    """The line is a service type that goes with VRRP only (R117)."""
    return s.param("service") in _DHCP


def without_dhcp(s: Situation) -> bool:
    """The profile has no service type that goes with VRRP only (R117)."""
    return not any(line.params.get("service") in _DHCP for line in s.siblings)
