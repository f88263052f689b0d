"""A rule of the device: what it refuses, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from emulator.config.lines import Children
from emulator.config.statement import Configuration, Statement
from emulator.grammar import Match


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line or a candidate that the device does not accept.

    Args:
        message: what follows `Error: `.
        rule: id of the rule, e.g. `R9`; empty when none stands behind it.
    """

    message: str
    rule: str = ""


class Situation(NamedTuple):
    """A line about to be entered.

    Args:
        configuration: the candidate before it.
        opened: the statements that open the view in which it is typed, outermost first.
        match: the line.
    """

    configuration: Configuration
    opened: tuple[Statement, ...]
    match: Match

    @property
    def siblings(self) -> Children:
        """Lines of the view."""
        return self.opened[-1].children if self.opened else self.configuration.statements

    @property
    def opened_by(self) -> Statement | None:
        """The statement that opened the view; nothing in the system view."""
        return self.opened[-1] if self.opened else None

    @property
    def top(self) -> Statement | None:
        """The section of the view; nothing in the system view."""
        return self.opened[0] if self.opened else None

    def param(self, name: str) -> str:
        """Return a parameter of the line, empty when it has none."""
        return self.match.params.get(name, "")

    def interface(self, name: str) -> Statement | None:
        """Return the section of an interface."""
        return interface(self.configuration, name)

    @property
    def interface_name(self) -> str:
        """Name of the interface in whose view the line is typed; empty elsewhere."""
        return self.opened[0].params.get("interface", "") if self.opened else ""


def interface(configuration: Configuration, name: str) -> Statement | None:
    """Return the section of an interface, or nothing."""
    return next((line for line in configuration.all("if.enter") if line.params["interface"] == name), None)


def interfaces(configuration: Configuration) -> Iterator[Statement]:
    """Return the sections of all interfaces."""
    return configuration.all("if.enter")


Check = Callable[[Situation], bool]
"""Tells whether a line is acceptable."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule that is checked when a line is entered.

    Args:
        id: id of the dependency rule, e.g. `R9`.
        commands: command ids that it governs; a trailing `*` matches the rest.
        holds: tells whether the line is acceptable.
        message: what the device says otherwise; `{x}` stands for parameters of the line.
        on: lines, undo forms, or both.
    """

    id: str
    commands: tuple[str, ...]
    holds: Check
    message: str
    on: Literal["line", "undo", "both"] = "line"


@dataclass(frozen=True, slots=True)
class CommitRule:
    """One rule that is checked on commit.

    Args:
        id: id of the dependency rule.
        find: gives the words that fill the message, once per violation.
        message: what the device says; `{}` stands for the word.
    """

    id: str
    find: Callable[[Configuration], Iterator[str]]
    message: str
