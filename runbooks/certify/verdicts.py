"""What is kept of a played schedule, and what many of them add up to."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from runbooks.certify.play import Played
from runbooks.certify.schedule import Kind, Schedule

Cross = tuple[str, str]
"""What was said, what was true."""
End = tuple[str, str, str, str, int, str]
"""Flow, fault, what a and b are at the end, exit code, what was said."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is kept of a played schedule.

    Args:
        schedule: what happened.
        complaints: what must not be, in words.
        took: kinds that took effect, and kinds that only met their event.
        codes: exit codes of the processes; -1 for one that was killed.
        truth: what a and b are at the end.
        steps: cells of the transaction's table that the journals went through.
        fields: fields of the journals' values that held something.
        ended_s: virtual seconds from the last strike to the end.
        virtual_s: virtual seconds in all.
        digest: of the whole trace.
        said: the last words.
    """

    schedule: Schedule
    complaints: tuple[str, ...]
    took: tuple[tuple[Kind, bool], ...]
    codes: tuple[int, ...]
    truth: tuple[str, str]
    steps: tuple[tuple[str, str], ...]
    fields: frozenset[str]
    ended_s: float
    virtual_s: float
    digest: str
    said: str

    @classmethod
    def of(cls, played: Played) -> Verdict:
        """Keep what counts."""
        return cls(
            schedule=played.schedule,
            complaints=tuple(map(str, played.complaints)),
            took=tuple((effect.strike.kind, effect.took) for effect in played.effects),
            codes=tuple(-1 if said.code is None else said.code for said in played.said),
            truth=played.truth,
            steps=played.steps,
            fields=played.fields,
            ended_s=played.ended_s,
            virtual_s=played.virtual_s,
            digest=hashlib.sha256(played.trace().encode()).hexdigest()[:16],
            said=str(played.said[-1]),
        )


@dataclass(slots=True)
class Tally:
    """What many verdicts add up to.

    Args:
        schedules: how many.
        virtual_s: virtual seconds.
        met: strikes by kind that met their event.
        took: strikes by kind that took effect.
        codes: processes by exit code.
        steps: cells of the table by how often they were gone through.
        fields: fields of the journals' values, by schedules in which they held something.
        ended_s: virtual seconds to an end after the last strike, the most.
        failed: verdicts with complaints.
    """

    schedules: int = 0
    virtual_s: float = 0.0
    met: Counter[Kind] = field(default_factory=Counter)
    took: Counter[Kind] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    steps: Counter[tuple[str, str]] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    ended_s: list[float] = field(default_factory=list)
    failed: list[Verdict] = field(default_factory=list)

    def add(self, verdict: Verdict) -> None:
        """Count one more."""
        self.schedules += 1
        self.virtual_s += verdict.virtual_s
        self.met.update(kind for kind, _ in verdict.took)
        self.took.update(kind for kind, took in verdict.took if took)
        self.codes.update(verdict.codes)
        self.steps.update(verdict.steps)
        self.fields.update(verdict.fields)
        self.ended_s.append(verdict.ended_s)
        if verdict.complaints:
            self.failed.append(verdict)


_SAID = {
    -1: "nothing",
    0: "done",
    2: "not a transaction",
    3: "unsettled",
    4: "refused",
    5: "as before",
    6: "split",
    130: "interrupted",
}


def said_as(verdict: Verdict) -> str:
    """Name what was said at the very end."""
    return _SAID.get(verdict.codes[-1], f"exit {verdict.codes[-1]}")


def true_as(verdict: Verdict) -> str:
    """Name what the members are at the very end."""
    a, b = (one.partition(",")[0] for one in verdict.truth)
    return f"a {a}, b {b}"


@dataclass(slots=True)
class Ends:
    """How everything ended, added up as it comes: all of it together would not fit into memory.

    Args:
        crossed: schedules by what was said against what is true.
        false: those of them with a claim that is not true.
        steps: where single faults struck that led to an end.
    """

    crossed: Counter[Cross] = field(default_factory=Counter)
    false: Counter[Cross] = field(default_factory=Counter)
    steps: dict[End, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, verdict: Verdict) -> None:
        """Count one more."""
        cross = said_as(verdict), true_as(verdict)
        self.crossed[cross] += 1
        self.false[cross] += any(complaint.startswith("false claim") for complaint in verdict.complaints)
        if len(verdict.schedule.strikes) == 1:
            (strike,) = verdict.schedule.strikes
            end = verdict.schedule.flow, str(strike.kind), *verdict.truth, verdict.codes[-1], said_as(verdict)
            self.steps[end].add(strike.place.command)
