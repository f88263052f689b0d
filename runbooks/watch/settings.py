"""The file of a watcher, `watch.yaml`: which pairs are looked at when, who is told, and where figures go."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from inventory.document import read_file
from inventory.errors import IntentError
from inventory.explain import problems_of
from inventory.problems import InvalidIntentError
from runbooks.alerts.settings import Alerts, with_a_port
from runbooks.archive.retention import PRUNING
from runbooks.fleet.choice import Choice
from runbooks.watch.schedule import Timing

FILE = "watch.yaml"
SCHEMA_PATH = Path(__file__).with_name("watch.schema.json")
"""JSON Schema of the file, for editors."""


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Group(Timing):
    """Pairs that are looked at together.

    Args:
        name: of the group, once in the file.
        pairs, pair_tags, sites, match: which pairs; all of them where nothing is said.
        workers: how many routers at a time.
        config: configurations alone, as `check --config`.
    """

    name: str = Field(min_length=1, max_length=64)
    pairs: tuple[str, ...] = ()
    pair_tags: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    match: str = ""
    workers: int = Field(20, ge=1, le=500)
    config: bool = False

    @property
    def choice(self) -> Choice:
        """Which pairs are meant."""
        return Choice(self.pairs, self.pair_tags, self.sites, self.match)


Listen: TypeAlias = Annotated[
    str, Field(pattern=r"^(?:[\w.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$"), AfterValidator(with_a_port)
]


class Metrics(_Closed):
    """Where figures of the pairs go, in the form of Prometheus.

    Args:
        file: a file that a node exporter reads (`*.prom`); written anew after each look.
        listen: `host:port` of a small server of `/metrics`; off without it.
    """

    file: Path | None = None
    listen: Listen | None = None


class Kept(_Closed):
    """How long runs, and findings that ended, are kept; what is open and the newest run of each pair stay."""

    days: int = Field(400, ge=1, le=36_500)
    runs_each: int = Field(20_000, ge=1, le=10_000_000)


class Watching(_Closed):
    """The whole file."""

    groups: tuple[Group, ...] = Field(min_length=1)
    alerts: Alerts = Alerts()
    metrics: Metrics = Metrics()
    retention: Kept = Kept()

    @model_validator(mode="after")
    def _names(self) -> Watching:
        names = [group.name for group in self.groups]
        twice = sorted({name for name in names if names.count(name) > 1})
        if PRUNING in names:
            raise ValueError(f"no group may be named {PRUNING}")
        if twice:
            raise ValueError(f"two groups are named {', '.join(twice)}")
        return self

    def coming(self, now: datetime, count: int) -> tuple[tuple[datetime, Group], ...]:
        """Return the next moments of all groups, the soonest first.

        Args:
            now: this moment, with time zone.
            count: how many.
        """
        found = [
            (at, group)
            for group in self.groups
            for at, _ in zip(group.after(now), range(count), strict=False)
        ]
        return tuple(sorted(found, key=lambda one: (one[0], one[1].name))[:count])


def load_watching(path: Path) -> Watching:
    """Read the file of a watcher.

    Raises:
        IntentError: it cannot be read, or is wrong; each problem with its line.
    """
    if not os.path.lexists(path):
        raise IntentError(
            "no file says which pairs are watched, and when",
            wanted="a line such as `groups: [{name: all, every: 15 min}]`",
            found="no such file",
            where=str(path),
            next_command="hotpair watch --help",
        )
    document = read_file(path)
    try:
        return Watching.model_validate({} if document.values is None else document.values)
    except ValidationError as error:
        raise InvalidIntentError(str(path), problems_of(error, document, Watching)) from None


def watching_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file; `watch.schema.json` beside this file is it."""
    schema = Watching.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Hotpair watch"}
