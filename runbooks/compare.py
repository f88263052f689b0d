"""Compare two kept runs: what is otherwise than it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from runbooks.report.evidence import load_evidence
from tasks.checks.model import Observation

# Fields that change by themselves while nothing happens.
RUNNING = frozenset({"sent", "received", "time", "uptime", "session", "lacp_sent", "lacp_received"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that changed between two runs.

    Args:
        member: device name.
        command: display that shows it.
        field: place in its records, e.g. `0.state`.
        before: value then; empty when it was not there.
        after: value now; empty when it is gone.
    """

    member: str
    command: str
    field: str
    before: str
    after: str

    def __str__(self) -> str:
        """Show on one line."""
        before, after = self.before or "absent", self.after or "absent"
        return f"{self.member} `{self.command}` {self.field}: {before} -> {after}"

    def as_dict(self) -> dict[str, str]:
        """Give plain values."""
        return asdict(self)


def compare_runs(before: Path, after: Path) -> tuple[Difference, ...]:
    """Tell what changed between two kept runs of a pair.

    Args:
        before: folder of the earlier run.
        after: folder of the later run.

    Raises:
        IntentError: no run lies there, or its evidence was changed.
    """
    old, new = (_latest(load_evidence(home)[1]) for home in (before, after))
    return tuple(
        difference
        for member, command in dict.fromkeys([*old, *new])
        for difference in _differences(
            member, command, old.get((member, command), {}), new.get((member, command), {})
        )
    )


def _latest(observations: tuple[Observation, ...]) -> dict[tuple[str, str], dict[str, str]]:
    """Give the values of the last observation of each display."""
    return {
        (seen.member, seen.command): dict(_leaves(seen.parsed.as_dict()["records"])) for seen in observations
    }


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Give every value with its place; what runs by itself is left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in RUNNING:
                yield from _leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{number}" if path else str(number))
    elif value is not None:
        yield path, str(value)


def _differences(member: str, command: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Difference]:
    """Compare the values of one display."""
    for place in dict.fromkeys([*old, *new]):
        if old.get(place) != new.get(place):
            yield Difference(member, command, place, old.get(place, ""), new.get(place, ""))
