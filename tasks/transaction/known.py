"""What is known of a member before it is looked at, and which configurations it may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.replies import CommitPoint, TrialStatus
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.look import Seen
from tasks.transaction.owned import Lines
from tasks.transaction.records import MemberRecord, OnTrial, StageMade

TAKEN_BACK = "back-"
"""Before the label of ours, in the label of the commit that takes it back: that one is none of ours."""
_POINTS_OFF = re.compile(r"(?m)^configuration checkpoint auto-save disable[ \t]*$")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a member before it is looked at.

    Args:
        id: of the transaction.
        record: what it was and shall be.
        stages: stages that were made on it.
        trial: its last stage; nothing when it was not made yet.
        holds_trial: a trial without persist id was begun in the session that looks.
        undone: ids of our commits that were taken back; they are history.
    """

    id: str
    record: MemberRecord
    stages: tuple[StageMade, ...] = ()
    trial: OnTrial | None = None
    holds_trial: bool = False
    undone: frozenset[int] = frozenset()

    @property
    def commits(self) -> frozenset[int]:
        """Ids of our commits, as far as they were recorded."""
        made = [*(one.commit for one in self.stages), self.trial.commit if self.trial else None]
        return frozenset(commit for commit in made if commit is not None).union(self.record.ours)

    def made(self, seen: Seen, stage: int) -> bool:
        """Tell whether what a member holds can be our work without a commit of ours in the list."""
        if self.record.whole is not None or seen not in {Seen.NEW, Seen.STAGE}:
            return True
        return self.trial is not None if seen is Seen.NEW else any(one.stage == stage for one in self.stages)

    def commit_of(self, seen: Seen, stage: int, points: Sequence[CommitPoint]) -> int | None:
        """Return the id of our commit that made a version; nothing when it is not in the list.

        Args:
            seen: new, or part-way.
            stage: number of the stage, if it is one.
            points: the list of commits.
        """
        version = next((one for one in versions(self) if (one.seen, one.stage) == (seen, stage)), None)
        if version is None:
            return None
        made = (
            point.commit_id
            for point in points
            if point.commit_id == version.commit or (point.label and point.label == version.label)
        )
        return next(made, None)

    def is_ours(self, point: CommitPoint) -> bool:
        """Tell whether a commit is one of this transaction, and was not taken back."""
        if point.commit_id in self.undone:
            return False
        label = point.label or ""
        named = bool(self.id) and (label == self.id or label.startswith(f"{self.id}-"))  # the gate has no id
        return named or point.commit_id in self.commits


@dataclass(frozen=True, slots=True)
class Shown:
    """What a member showed.

    Args:
        status: of the trial.
        points: its newest commits, newest first.
        running: its configuration; nothing when it was not asked.
        saved: what it would start with; nothing when it was not asked.
    """

    status: TrialStatus
    points: tuple[CommitPoint, ...]
    running: str | None = None
    saved: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One configuration that a member may hold."""

    seen: Seen
    stage: int
    lines: tuple[str, ...]
    keys: str
    commit: int | None
    label: str
    whole: Fingerprint | None


def takes_back(known: Known, point: CommitPoint) -> bool:
    """Tell whether a commit took one of ours back."""
    label = point.label or ""
    of = label.removeprefix(TAKEN_BACK)
    return bool(known.id) and label != of and (of == known.id or of.startswith(f"{known.id}-"))


def is_history(known: Known, point: CommitPoint) -> bool:
    """Tell whether a commit took ours back, or is one of ours that was taken back."""
    return takes_back(known, point) or point.commit_id in known.undone


def points_are_off(running: str) -> bool:
    """Tell whether commits leave no point in the list, so that nothing can be undone and no head moves."""
    return _POINTS_OFF.search(running) is not None


def telling(record: MemberRecord, *shown: Lines) -> frozenset[str]:
    """Return every line by which the configurations of a change are told apart.

    Args:
        record: what is known of the member.
        shown: what it holds; of its watched objects every line counts.
    """
    watched = (lines.of(record.watched) for lines in shown)
    return frozenset(record.base).union(record.new, *record.stages, *watched)


def versions(known: Known) -> list[Version]:
    """Return the configurations that a member may hold: the old one, each stage, the new one if known."""
    record, trial = known.record, known.trial
    made = {one.stage: one for one in known.stages}
    stages = [
        Version(
            Seen.STAGE,
            number,
            lines,
            made[number].keys if number in made else "",
            made[number].commit if number in made else _nth_of(record, number),
            f"{known.id}-{number}",
            None,
        )
        for number, lines in enumerate(record.stages, start=1)
    ]
    old = Version(Seen.OLD, 0, record.base, record.base_keys, None, "", record.whole)
    if record.cut:
        return [old, *stages]
    new = Version(
        Seen.NEW,
        0,
        record.new,
        trial.keys if trial else "",
        trial.commit if trial else _nth_of(record, len(record.stages) + 1),
        known.id,
        trial.whole if trial else None,
    )
    return [old, *stages, new]


def _nth_of(record: MemberRecord, number: int) -> int | None:
    """Return the id of our n-th commit, where it was known beforehand."""
    return record.ours[number - 1] if number <= len(record.ours) else None
