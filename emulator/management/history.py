"""Commit points: what `display configuration commit list` lists and a rollback returns to.

Each commit that changes something adds a point, ids from 1000000001 upward, newest first; 80 are kept, and a
labelled point outlives them (config-sections, section 12; commit label: 20 labelled points).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from emulator.config.statement import Configuration

FIRST_ID = 1000000001
KEPT = 80
LABELLED = 20


@dataclass(frozen=True, slots=True)
class Author:
    """Who commits: user name and the line that the user sits on, e.g. `VTY 0`."""

    user: str
    interface: str
    session: int


@dataclass(frozen=True, slots=True)
class CommitPoint:
    """One successful commit.

    Args:
        id: as listed.
        before: the configuration that it changed.
        after: the configuration that it made.
        user: who committed.
        interface: the line of that user.
        at: seconds on the device's clock.
        label: empty when it has none.
        description: empty when it has none.
        type: `CLI` or `ROLLBACK`.
        detached: kept for its label alone, older points around it are gone.
    """

    id: int
    before: Configuration
    after: Configuration
    user: str
    interface: str
    at: float
    label: str = ""
    description: str = ""
    type: str = "CLI"
    detached: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """Commit points, newest first."""

    points: tuple[CommitPoint, ...] = ()
    next_id: int = FIRST_ID

    def record(
        self,
        change: tuple[Configuration, Configuration],
        author: Author,
        at: float,
        *,
        label: str = "",
        description: str = "",
        type: str = "CLI",  # noqa: A002 - the column of the display is called Type
    ) -> History:
        """Add the point of a commit; the oldest beyond the limit go, labelled ones stay as detached."""
        point = CommitPoint(
            self.next_id, *change, author.user, author.interface, at, label, description, type
        )
        return History(_trimmed((point, *self.points)), self.next_id + 1)

    @property
    def reachable(self) -> tuple[CommitPoint, ...]:
        """Points without a gap, counted by `last n`."""
        return tuple(point for point in self.points if not point.detached)

    def by_id(self, commit_id: int) -> CommitPoint | None:
        """Return the point with an id."""
        return next((point for point in self.points if point.id == commit_id), None)

    def by_label(self, label: str) -> CommitPoint | None:
        """Return the point with a label; letter case matters."""
        return next((point for point in self.points if label and point.label == label), None)

    def last(self, number: int) -> tuple[CommitPoint, ...]:
        """Return the newest points; fewer than asked when there are no more."""
        return self.reachable[:number]

    def since(self, commit_id: int) -> tuple[CommitPoint, ...]:
        """Return the points from one id on, newest first."""
        return tuple(point for point in self.reachable if point.id >= commit_id)

    def labelled(self, commit_id: int, label: str) -> History:
        """Set the label of a point, or clear it with an empty one."""
        points = (replace(point, label=label) if point.id == commit_id else point for point in self.points)
        return replace(self, points=tuple(point for point in points if point.label or not point.detached))

    def without(self, commit_id: int) -> History:
        """Forget one point, as if its commit had not been made; its id is not given again."""
        return replace(self, points=tuple(point for point in self.points if point.id != commit_id))

    @property
    def full_of_labels(self) -> bool:
        """Whether no further point can have a label."""
        return sum(bool(point.label) for point in self.points) >= LABELLED

    def without_oldest(self, number: int) -> History:
        """Forget the oldest points."""
        gone = {point.id for point in self.reachable[-number:]} if number else set()
        return replace(self, points=tuple(point for point in self.points if point.id not in gone))


def _trimmed(points: Sequence[CommitPoint]) -> tuple[CommitPoint, ...]:
    old = [point for point in points[KEPT:] if point.label][:LABELLED]
    return (*points[:KEPT], *(point if point.detached else replace(point, detached=True) for point in old))
