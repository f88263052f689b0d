"""What a rule says when a pair breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from inventory.place import Place
from inventory.rules.foreign import Line
from inventory.rules.member import Member


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The device refuses it, or the pair cannot back up."""
    WARNING = "warning"
    """It works, but not as the manual wants it."""
    ADVICE = "advice"
    """Nothing is wrong; it could be better."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule is broken, before it is known which rule says so.

    Args:
        message: a sentence for the operator.
        facts: the lines that are concerned.
        wanted: what should be there.
        found: value of each member concerned, by its name.
        severity: how much it matters, where the rule leaves that to the line.
    """

    message: str
    facts: tuple[Line | None, ...] = ()
    wanted: str | None = None
    found: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule.

    Args:
        rule: id of the rule, e.g. `R69`.
        severity: how much it matters.
        message: a sentence for the operator.
        page: manual page that the rule stands on.
        wanted: what should be there.
        found: value of each member concerned, by its name.
        places: where the lines were written: file and line, or YAML path.
    """

    rule: str
    severity: Severity
    message: str
    page: str
    wanted: str | None = None
    found: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return plain values for `--format json`."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "message": self.message,
            "page": self.page,
            "wanted": self.wanted,
            "found": dict(self.found),
            "places": [
                {"source": place.source, "line": place.line, "path": place.path} for place in self.places
            ],
        }


@dataclass(frozen=True, slots=True)
class PairRule:
    """A rule over both members.

    Args:
        id: e.g. `R69`.
        severity: how much a breach matters.
        page: manual page.
        check: finds the breaches.
        relation: how the members relate in it: equal, mirrored, different, one of both, or each its own.
    """

    id: str
    severity: Severity
    page: str
    check: Callable[[Member, Member], Iterator[Breach]]
    relation: str = "equal"


@dataclass(frozen=True, slots=True)
class DeviceRule:
    """A rule over one member.

    Args:
        id: e.g. `R9`.
        severity: how much a breach matters.
        page: manual page.
        check: finds the breaches.
        only: models or releases that it holds for, where the manual does not mean all.
        once: it is of what a router has once, whoever asks for it: two pairs can break it together.
    """

    id: str
    severity: Severity
    page: str
    check: Callable[[Member], Iterator[Breach]]
    only: str = ""
    once: bool = False


def found(rule: PairRule | DeviceRule, breach: Breach) -> Finding:
    """Say which rule is broken."""
    places = tuple(dict.fromkeys(fact.place for fact in breach.facts if fact and fact.place))
    severity = breach.severity or rule.severity
    return Finding(rule.id, severity, breach.message, rule.page, breach.wanted, breach.found, places)
