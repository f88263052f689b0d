"""Building blocks of the rules: each gives a check of one shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv4Interface

from emulator.config import tree
from emulator.config.statement import Configuration, Statement
from emulator.grammar import load
from emulator.rules.model import Check, Situation, interfaces

Wanted = dict[str, str]


def _equal(statement: Statement, name: str, value: str) -> bool:
    command = load().command(statement.command)
    mine = statement.params.get(name, "")
    return command.same(name, mine, value) if command else mine == value


def exists(command: str, **same: str) -> Check:
    """The system view holds a line of a command whose parameters equal those of the typed line.

    Args:
        command: its id; several may be given, separated by blanks.
        same: parameter of the line that must exist (`_` for `-`) = parameter of the typed line.
    """
    kinds = tuple(command.split())
    if not same:
        return lambda s: tree.holds(s.configuration.statements, *kinds)
    return lambda s: any(_fits(line, s, same) for line in _of(s.configuration.statements, kinds))


def beside(command: str, **same: str) -> Check:
    """The view of the typed line holds a line of a command (parameters as in `exists`)."""
    kinds = tuple(command.split())
    if not same:
        return lambda s: tree.holds(s.siblings, *kinds)
    return lambda s: any(_fits(line, s, same) for line in _of(s.siblings, kinds))


def no_other(command: str, *same: str) -> Check:
    """The view holds no line of a command with equal parameters but another text than the typed line."""
    return lambda s: all(
        line.text == s.match.text
        for line in _of(s.siblings, (command,))
        if all(_equal(line, name, s.param(name)) for name in same)
    )


def absent(*commands: str) -> Check:
    """The view holds no line of these commands."""
    return lambda s: not tree.holds(s.siblings, *commands)


def unused(command: str, **same: str) -> Check:
    """No line of the configuration refers to what is removed (parameters as in `exists`)."""
    kinds = tuple(command.split())
    return lambda s: (
        not any(_fits(line, s, same) for line in _of(tree.everything(s.configuration.statements), kinds))
    )


def given(name: str) -> Callable[[Situation], bool]:
    """The line has a parameter."""
    return lambda s: bool(s.param(name))


def first_of(*checks: Check) -> Check:
    """At least one of the checks holds."""
    return lambda s: any(check(s) for check in checks)


def every(*checks: Check) -> Check:
    """All of the checks hold."""
    return lambda s: all(check(s) for check in checks)


def when(condition: Callable[[Situation], bool], check: Check) -> Check:
    """The check holds where the condition does."""
    return lambda s: not condition(s) or check(s)


def at_most(limit: int, *commands: str) -> Check:
    """The view holds fewer lines of the typed line's command than the limit, or already this one."""
    return lambda s: sum(line.command in commands for line in s.siblings if line.text != s.match.text) < limit


def _of(lines: Iterable[Statement], commands: tuple[str, ...]) -> Iterator[Statement]:
    return (line for line in lines if line.command in commands)


def _fits(line: Statement, situation: Situation, same: dict[str, str]) -> bool:
    return all(_equal(line, mine.replace("_", "-"), situation.param(theirs)) for mine, theirs in same.items())


def addresses(section: Statement) -> Iterator[IPv4Interface]:
    """Return the IPv4 addresses of an interface."""
    return (IPv4Interface(f"{line.params['ip']}/{line.params['mask']}") for line in section.all("if.ip"))


def local_addresses(configuration: Configuration) -> set[str]:
    """Return every IPv4 and IPv6 address of the device."""
    found = {str(address.ip) for section in interfaces(configuration) for address in addresses(section)}
    for section in interfaces(configuration):
        found |= {line.params["ipv6"] for line in section.all("if.ipv6-addr")}
    return found


def members(configuration: Configuration, trunk: str) -> list[Statement]:
    """Return the ports of an Eth-Trunk by its number."""
    return [
        section
        for section in interfaces(configuration)
        if any(line.params.get("trunk-id") == trunk for line in section.all("if.eth-trunk-join"))
    ]
