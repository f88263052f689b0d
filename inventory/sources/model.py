"""What a source gives, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SourcedHost:
    """A host as its source knows it.

    Args:
        name: of the host.
        entry: what `hosts.yaml` would say of it: hostname, port, username, platform, groups, data.
        pair: name of the pair that it is a member of; empty for none.
        member: `a` or `b`.
        intent: the pair without `pair` and `members`, where the source holds it.
        line: where it stands, if the source is a file.
    """

    name: str
    entry: Mapping[str, Any] = field(default_factory=dict)
    pair: str = ""
    member: str = ""
    intent: Mapping[str, Any] | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Sourced:
    """All hosts of a source.

    Args:
        source: what to call it, e.g. `NetBox https://netbox.example.net` or a file.
        hosts: in its order.
    """

    source: str
    hosts: tuple[SourcedHost, ...]

    def pairs(self) -> dict[str, list[SourcedHost]]:
        """Return the hosts of each pair, by its name."""
        found: dict[str, list[SourcedHost]] = {}
        for host in self.hosts:
            if host.pair:
                found.setdefault(host.pair, []).append(host)
        return found
