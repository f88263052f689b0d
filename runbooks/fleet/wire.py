"""What goes between a check and its worker processes, by a pipe and in no other way.

The parent sends a `Setup` first, then requests with a number each; the worker answers each with its number.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from inventory.errors import HotpairError
from inventory.model import Pair
from runbooks.fleet.looked import Looked
from runbooks.report.run import Run
from runbooks.unchanged import Before
from tasks.checks.model import CheckResult, Complaint, Observation
from tasks.checks.policy import Policy

if TYPE_CHECKING:
    from runbooks.site import Openers  # with Nornir, which no worker needs


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


def _go_by_fields(kind: type[Looked | CheckResult | Complaint | Observation]) -> None:
    """Let values of a kind go as what makes them anew: a third of the work that frozen values are else."""
    values = attrgetter(*(one.name for one in fields(kind)))
    ForkingPickler.register(kind, lambda one: (kind, values(one)))


ForkingPickler.register(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))
for _kind in (Looked, CheckResult, Complaint, Observation):
    _go_by_fields(_kind)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs for all that it does.

    Args:
        policy: of the network.
        threads: how many routers it looks at, at most, at a time.
        rubbish: how often rubbish is looked for: as in the process that started it, see `gc.get_threshold`.
    """

    policy: Policy
    threads: int
    rubbish: tuple[int, int, int] = field(default_factory=gc.get_threshold)


@dataclass(frozen=True, slots=True)
class Look:
    """Look at a router, and remember what it said.

    Args:
        member: device name.
        way: options of its connection, as `tasks.sessions.nornir_connections.target_of` takes them.
        secrets: values of the secrets that the way names; they are in no text of this value.
        commands: displays.
        heads: newest commits that are known; where the first answer shows just these nothing more is asked,
            and where it does not, the configuration. Nothing is asked further of an empty set.
        bring: whether what was seen is wanted here, or is only to be judged there.
    """

    member: str
    way: Mapping[str, Any]
    secrets: Mapping[str, str] = field(repr=False)
    commands: tuple[str, ...]
    heads: frozenset[str] = frozenset()
    bring: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """Judge a pair by what this worker's looks at its members saw.

    Args:
        pair: intent, as JSON.
        started_at: moment at which the look began, with time zone.
        errors: why members gave no answer, by name.
        before: the last judgement, where there is one.
    """

    pair: str
    started_at: datetime
    errors: Mapping[str, HotpairError]
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A pair as it goes by the pipe, with its file and the line of each path.

    Args:
        text: intent, as JSON.
        source: its file.
        lines: by path.
    """

    text: str
    source: str
    lines: Mapping[str, int]

    def read(self) -> Pair:
        """Return the pair."""
        return Pair.model_validate_json(self.text).located(self.source, self.lines)


@dataclass(frozen=True, slots=True)
class Do:
    """Do something with a pair that changes nothing of it.

    Args:
        pair: intent.
        ways: options of the connection of each member, by name.
        secrets: values of the secrets that the ways name; they are in no text of this value.
        work: what is done, given the pair and ways to log in; it goes by the pipe as it is.
    """

    pair: Written
    ways: Mapping[str, Mapping[str, Any]]
    secrets: Mapping[str, str] = field(repr=False)
    work: Callable[[Pair, Openers], object]


@dataclass(frozen=True, slots=True)
class Done:
    """What that gave."""

    value: object


Request = Look | Judge | Do
Answer = Looked | Run | Done
