"""All rules in one list: those that lint applies, and those that no configuration shows, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

from inventory.rules.device_table import DEVICE_RULES
from inventory.rules.finding import DeviceRule, PairRule
from inventory.rules.limits import Limit
from inventory.rules.pair_table import GENERAL_RULES, PAIR_RULES

PLANNED = "an order of typing or undoing, which a configuration does not show; plans keep it"
REFUSED = "the device refuses it or changes other lines by itself, so that no configuration shows it"
ALL = "all releases"
SLIP = "what a printed example does, not what a pair must do"
STATE = "a state, an action or a property of the device, which no configuration shows"


def _each(ids: str, reason: str) -> dict[str, str]:
    return dict.fromkeys(ids.split(), reason)


NOT_LINTED: Mapping[str, str] = MappingProxyType(
    {
        **_each("R2 R8 R12 R13 R19 R20 R26 R35 R41 R42 R43 R45 R50 R51 R52 R57 R58 R59", PLANNED),
        **_each("R60 R61 R65 R66 R67 R68 R106", PLANNED),
        **_each("R38 R44 R46 R47 R48 R53 R55 R56 R62 R63 R64 R146", REFUSED),
        **_each("R49 R136 R137 R138 R139 R140 R141 R143 R148 R149 R150 R153", STATE),
        **_each("R160 R161 R162 R163 R164 R165 R166 R170 R172 R174 R175", SLIP),
        "R155": f"{SLIP}; R81 tells of it",
        "R156": f"{SLIP}; plans keep R40",
        "R157": f"{SLIP}; R83 tells of it",
        "R158": f"{SLIP}; R79 tells of it",
        "R159": f"{SLIP}; R85 tells of it",
        "R167": f"{SLIP}; R9 tells of it, and plans keep R12",
        "R168": f"{SLIP}; R15 and R16 tell of it",
        "R169": f"{SLIP}; R75 tells of it",
        "R171": f"{SLIP}; plans keep R26",
        "R173": f"{SLIP}; plans keep R1",
        "R145": "about BFD of routing protocols, whose lines no rule reads",
        "R18": "told by R14, R16 and R17",
        "R23": "told by R24: a management group stands on another interface",
        "R82": "a contradiction in the manual; R81 decides",
        "R84": "follows from R81 and R79",
        "R101": "examples of the manual with delays below R99, which is a warning for that reason",
        "R102": "ranges of values: the intent refuses others, and so does the device",
    }
)
"""Rules that are not linted, with the reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as it is listed.

    Args:
        id: e.g. `R69`.
        severity: how much a breach matters; empty where it is not linted.
        over: `pair`, `device` or `every line`.
        relation: how the members relate in it; empty where one alone is judged.
        releases: what it holds for: all releases that the manual speaks of, or the models that it names.
        page: manual page that it stands on.
        says: what it demands, or why it is not linted.
    """

    id: str
    severity: str
    over: str
    relation: str
    releases: str
    page: str
    says: str

    def as_dict(self) -> dict[str, str]:
        """Return plain values."""
        return asdict(self)


def catalog() -> tuple[Entry, ...]:
    """Return all rules by their numbers, the general ones last."""
    return tuple(sorted(_entries(), key=lambda one: (one.id[0] != "R", int(one.id[1:]))))


def _entries() -> Iterator[Entry]:
    for over, rules in (("pair", PAIR_RULES), ("every line", GENERAL_RULES)):
        for rule in rules:
            yield Entry(rule.id, str(rule.severity), over, rule.relation, ALL, rule.page, _says(rule))
    for one in DEVICE_RULES:
        yield Entry(one.id, str(one.severity), "device", "", one.only or ALL, one.page, _says(one))
    yield from (Entry(rule, "", "", "", ALL, "", reason) for rule, reason in NOT_LINTED.items())


def _says(rule: PairRule | DeviceRule) -> str:
    if isinstance(rule.check, Limit):
        return f"{rule.check.most} {rule.check.what} at most."
    first = (rule.check.__doc__ or "").partition("\n")[0]
    return first.partition(": ")[2] if first[:1] in {"R", "P"} and ": " in first else first
