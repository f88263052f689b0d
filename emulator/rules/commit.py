"""Rules that are checked on commit: a candidate whose lines refer to what does not exist is refused whole."""

from __future__ import annotations

from collections.abc import Iterator

from emulator.config.statement import Configuration
from emulator.rules.checks import local_addresses
from emulator.rules.model import CommitRule
from emulator.rules.objects import sessions


def _foreign_sources(configuration: Configuration) -> Iterator[str]:
    """Give the services whose source address is on no interface."""
    local = local_addresses(configuration)
    for service in configuration.all("rbs.create"):
        for line in service.children:
            source = line.params.get("source-ip") or line.params.get("source-ipv6")
            if line.command in {"rbs.peer", "rbs.peer-ipv6"} and source not in local:
                yield str(source)


def _without_discriminators(configuration: Configuration) -> Iterator[str]:
    """Give the static sessions that lack a discriminator; a one-arm echo needs the local one only."""
    for session in sessions(configuration):
        if "auto" in session.params:
            continue
        remote = session.command == "bfd.one-arm" or session.first("bfd.discr-remote")
        if not (session.first("bfd.discr-local") and remote):
            yield session.params["name"]


def _twice(configuration: Configuration) -> Iterator[str]:
    """Give the local discriminators that two sessions have."""
    seen: set[str] = set()
    for session in sessions(configuration):
        for line in session.all("bfd.discr-local"):
            if line.params["discr"] in seen:
                yield line.params["discr"]
            seen.add(line.params["discr"])


def _without_certificate(configuration: Configuration) -> Iterator[str]:
    """Give the policies that a service uses and that have no certificate."""
    loaded = {
        policy.params["name"].casefold()
        for policy in configuration.all("ssl.policy")
        if policy.first("ssl.cert") or policy.first("ssl.pki-domain")
    }
    for service in configuration.all("rbs.create"):
        for line in service.all("rbs.bind-ssl"):
            if line.params["policy-name"].casefold() not in loaded:
                yield line.params["policy-name"]


COMMIT_RULES: tuple[CommitRule, ...] = (
    CommitRule("R3", _foreign_sources, "The source IP address {} is not configured on any local interface."),
    CommitRule("R15", _without_discriminators, "The discriminators of BFD session {} are not configured."),
    CommitRule("R32", _without_certificate, "No certificate is loaded to SSL policy {}."),
    CommitRule("R90", _twice, "The local discriminator {} is used by another BFD session."),
)
