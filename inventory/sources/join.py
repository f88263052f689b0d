"""Pairs of hosts that say themselves whose members they are, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inventory.document import Document
from inventory.model import SIDES, Side
from inventory.place import Place
from inventory.problems import Problem
from inventory.sources.model import Sourced, SourcedHost

MEMBERS, PAIR = "members", "pair"


def joined(name: str, file: Document | None, sourced: Sourced) -> tuple[Document, tuple[Problem, ...]]:
    """Return the document of a pair with the members that its source names, and what is wrong.

    Args:
        name: of the pair.
        file: its pair file, if there is one; `members` may be left out of it.
        sourced: hosts of the source.
    """
    hosts = sourced.pairs().get(name, [])
    intents = [host for host in hosts if host.intent is not None]
    if file is None:
        values: Mapping[str, Any] = dict(intents[0].intent or {}) if intents else {}
        document = Document(f"{sourced.source}: {intents[0].name if intents else name}", values, {})
    else:
        document = file
    given = document.values if isinstance(document.values, dict) else {}
    problems = [*_of_members(name, hosts, sourced, given), *_of_intents(name, intents, file, sourced)]
    members = {host.member: host.name for host in hosts}
    if hosts and not problems and isinstance(document.values, dict):
        document = Document(document.source, {**given, PAIR: name, MEMBERS: members}, document.lines)
    return document, tuple(problems)


def _of_members(
    name: str, hosts: Sequence[SourcedHost], sourced: Sourced, given: Mapping[str, Any]
) -> Iterator[Problem]:
    """Find why hosts are no two members."""
    named = given.get(MEMBERS)
    if not hosts and named is None:
        yield Problem(_place(sourced), f"no host says that it is a member of the pair {name!r}")
    for side in SIDES if hosts else ():
        yield from _of_side(name, side, hosts, sourced)
    for host in hosts:
        if host.member not in SIDES:
            message = f"{host.name} is member {host.member!r} of the pair {name!r}; wanted a or b"
            yield Problem(_place(sourced, host), message)
        elif isinstance(named, dict) and named.get(host.member) != host.name:
            other = named.get(host.member)
            message = f"{host.name} is member {host.member} here; the pair file names {other!r}"
            yield Problem(_place(sourced, host), message)


def _of_side(name: str, side: Side, hosts: Sequence[SourcedHost], sourced: Sourced) -> Iterator[Problem]:
    """Find why a side of a pair is not one host."""
    same = [host for host in hosts if host.member == side]
    if not same:
        there = ", ".join(f"{host.name} ({host.member or 'neither a nor b'})" for host in hosts)
        message = f"member {side} of the pair {name!r} is missing; there is {there}"
        yield Problem(_place(sourced, hosts[0]), message)
    for host in same[1:]:
        message = f"{host.name} is member {side} of the pair {name!r}, and so is {same[0].name}"
        yield Problem(_place(sourced, host), message)


def _of_intents(
    name: str, intents: Sequence[SourcedHost], file: Document | None, sourced: Sourced
) -> Iterator[Problem]:
    """Find why it is not known what a pair shall be."""
    if file is not None and intents:
        message = f"the pair {name!r} is described here and in {file.source}"
        yield Problem(_place(sourced, intents[0]), message)
    elif file is None and not intents:
        yield Problem(
            _place(sourced), f"nothing says what the pair {name!r} shall be; wanted pairs/{name}.yaml"
        )
    for other in intents[1:]:
        if other.intent != intents[0].intent:
            message = f"{intents[0].name} and {other.name} describe the pair {name!r} differently"
            yield Problem(_place(sourced, other), message)


def _place(sourced: Sourced, host: SourcedHost | None = None) -> Place:
    return Place(sourced.source, host.line if host else None, host.name if host else None)
