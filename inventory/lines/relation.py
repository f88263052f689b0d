"""How the two members of a pair relate in a line.

equal(STOPS)                      on both members, with equal parameters
equal(DEGRADES, own="interface")  on both; each member has an interface of its own
mirrored(STOPS, {"peer-ip": "source-ip"})  what one calls peer the other calls source
OWN                               each member as it likes, or not at all
one_of(STOPS, {"mode": "force-backup"})    that value on one member at most
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """How the members relate."""

    EQUAL = "equal"
    MIRRORED = "mirrored"
    OWN = "own"
    ONE_OF = "one of"


class Harm(StrEnum):
    """What a difference does to the pair."""

    STOPS = "stops the service"
    DEGRADES = "degrades it"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Relation:
    """How the two members relate in a line.

    Args:
        kind: equal, mirrored, each its own, or one of both.
        harm: what a difference does.
        own: parameters in which each member has a value of its own.
        mirrored: parameter of one member to the parameter of the other that has its value.
        in_row: row of the other member that holds the mirrored value; the same row when empty.
        one_of: parameters whose value may stand on one member at most.
    """

    kind: Kind
    harm: Harm = Harm.DEGRADES
    own: frozenset[str] = frozenset()
    mirrored: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    in_row: str = ""
    one_of: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


STOPS, DEGRADES, ADVICE = Harm.STOPS, Harm.DEGRADES, Harm.ADVICE
OWN = Relation(Kind.OWN)


def equal(harm: Harm, own: str = "") -> Relation:
    """Make the relation of a line that stands on both members.

    Args:
        harm: what a difference does.
        own: parameters in which each member has a value of its own, with blanks between them.
    """
    return Relation(Kind.EQUAL, harm, frozenset(own.split()))


def mirrored(harm: Harm, params: Mapping[str, str], own: str = "", in_row: str = "") -> Relation:
    """Make the relation of a line whose values are exchanged on the other member; the others are equal.

    Args:
        harm: what a difference does to the pair.
        params: parameters that are exchanged, by name, e.g. `{"peer": "source"}`.
        own: parameters that each member has for itself, parted by blanks.
        in_row: see `Relation`.
    """
    both = {**params, **{theirs: ours for ours, theirs in params.items()}}
    return Relation(Kind.MIRRORED, harm, frozenset(own.split()), MappingProxyType(both), in_row)


def one_of(harm: Harm, params: Mapping[str, str], own: str = "") -> Relation:
    """Make the relation of a value that stands on one member at most."""
    return Relation(Kind.ONE_OF, harm, frozenset(own.split()), one_of=MappingProxyType(dict(params)))
