"""Rules that are checked on commit: a candidate whose lines refer to what does not exist is refused whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from emulator.config.statement import Configuration, Statement
from emulator.rules.model import CommitRule, interface, interfaces
from emulator.rules.objects import sessions


def _lost_groups(version: str, binding: str) -> Callable[[Configuration], Iterator[str]]:
    """Return the VRRP groups that a profile is bound to and that are gone."""
    commands = {f"{version}.create", f"{version}.unicast", f"{version}.admin"}

    def find(configuration: Configuration) -> Iterator[str]:
        for profile in configuration.all("rbp.create"):
            for line in profile.all(binding):
                section = interface(configuration, line.params["interface"])
                groups = [
                    group for group in (section.children if section else ()) if group.command in commands
                ]
                if not any(group.params["vrid"] == line.params["vrid"] for group in groups):
                    yield f"{line.params['vrid']} on {line.params['interface']}"

    return find


def _unbound_profiles(configuration: Configuration) -> Iterator[str]:
    """Yield the profiles that an interface uses and that have no master/backup protocol."""
    bound = {
        profile.params["rbp-name"].casefold()
        for profile in configuration.all("rbp.create")
        if any(line.command in {"rbp.vrrp-id", "rbp.vrrp6-id", "rbp.e-trunk"} for line in profile.children)
    }
    for section in interfaces(configuration):
        for line in section.all("if.rbp"):
            if line.params["rbp-name"].casefold() not in bound:
                yield line.params["rbp-name"]


def _lost_trunks(configuration: Configuration) -> Iterator[str]:
    """Yield the Eth-Trunks that a profile is bound to and that are not in its E-Trunk any more."""
    for profile in configuration.all("rbp.create"):
        for line in profile.all("rbp.e-trunk"):
            section = interface(configuration, f"Eth-Trunk{line.params['eth-trunk-id']}")
            joined = section.all("if.e-trunk") if section else ()
            if not any(join.params["e-trunk-id"] == line.params["e-trunk-id"] for join in joined):
                yield line.params["eth-trunk-id"]


def _without_discriminators(configuration: Configuration) -> Iterator[str]:
    """Yield the static sessions that lack a discriminator; a one-arm echo needs the local one only."""
    for session in sessions(configuration):
        if "auto" in session.params:
            continue
        remote = session.command == "bfd.one-arm" or session.first("bfd.discr-remote")
        if not (session.first("bfd.discr-local") and remote):
            yield session.params["name"]


def _twice(configuration: Configuration) -> Iterator[str]:
    """Yield the local discriminators that two sessions have."""
    seen: set[str] = set()
    for session in sessions(configuration):
        for line in session.all("bfd.discr-local"):
            if line.params["discr"] in seen:
                yield line.params["discr"]
            seen.add(line.params["discr"])


def _without_certificate(configuration: Configuration) -> Iterator[str]:
    """Yield the policies that a service uses and that have no certificate."""
    loaded = {
        policy.params["name"].casefold()
        for policy in configuration.all("ssl.policy")
        if policy.first("ssl.cert") or policy.first("ssl.pki-domain")
    }
    for service in configuration.all("rbs.create"):
        for line in service.all("rbs.bind-ssl"):
            if line.params["policy-name"].casefold() not in loaded:
                yield line.params["policy-name"]


def _shared_vlans(configuration: Configuration) -> Iterator[str]:
    """Yield the VLANs that two sub-interfaces with one profile for ARP have."""
    for profile in configuration.all("rbp.create"):
        if not any(line.params["service"] == "arp" for line in profile.all("rbp.service-type")):
            continue
        seen: set[int] = set()
        for section in interfaces(configuration):
            if any(_same(line, profile) for line in section.all("if.rbp")):
                yield from (str(vlan) for vlan in sorted(seen & _vlans(section)))
                seen |= _vlans(section)


def _same(line: Statement, profile: Statement) -> bool:
    return line.params["rbp-name"].casefold() == profile.params["rbp-name"].casefold()


def _vlans(section: Statement) -> set[int]:
    """Return the outer VLANs that a sub-interface terminates."""
    ranges = (
        (int(line.params["low"]), int(line.params.get("high", line.params["low"])))
        for line in section.all("if.dot1q-term")
    )
    found = {vlan for low, high in ranges for vlan in range(low, high + 1)}
    return found | {int(line.params["vid"]) for line in section.all("if.vlan-type")}


COMMIT_RULES: tuple[CommitRule, ...] = (
    CommitRule("R5", _lost_groups("vrrp", "rbp.vrrp-id"), "The VRRP group {} does not exist."),
    CommitRule("R6", _lost_groups("vrrp6", "rbp.vrrp6-id"), "The VRRP6 group {} does not exist."),
    CommitRule(
        "R7", _unbound_profiles, "The remote backup profile {} is not bound to any VRRP group or E-Trunk."
    ),
    CommitRule("R9", _lost_trunks, "Eth-Trunk {} is not added to the E-Trunk of the remote backup profile."),
    CommitRule("R15", _without_discriminators, "The discriminators of BFD session {} are not configured."),
    CommitRule("R32", _without_certificate, "No certificate is loaded to SSL policy {}."),
    CommitRule("R90", _twice, "The local discriminator {} is used by another BFD session."),
    CommitRule("R115", _shared_vlans, "VLAN {} is shared by sub-interfaces of a remote backup profile."),
)
