"""Make a certificate: explore, count out or draw, play, hunt the canaries, play some twice."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from itertools import chain
from pathlib import Path
from random import Random
from time import monotonic

from runbooks.certify.canaries import CANARIES, Canary
from runbooks.certify.emulator import piped
from runbooks.certify.play import Theatre
from runbooks.certify.schedule import Schedule, schedule_from
from runbooks.certify.second import second_sample
from runbooks.certify.subject import CodeOf
from runbooks.certify.sweep import Ground, sample
from runbooks.certify.verdicts import Tally, Verdict
from runbooks.certify.workers import Emulators, Troupe, own_program, troupe

TWICE = 200
"""Schedules that are played twice."""
CANARY_PATIENCE = 4_000
"""Schedules after which a planted bug counts as not caught."""
Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, and of how much."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How much is certified.

    Args:
        seed: of everything random.
        count: schedules that are drawn.
        second: schedules that the second generator draws.
        exhaustive: everything that can be counted out is played too.
        hunted: canaries to hunt.
        workers: processes.
    """

    seed: int = 1
    count: int = 10_000
    second: int = 1_000
    exhaustive: bool = False
    hunted: tuple[Canary, ...] = CANARIES
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Caught:
    """A canary that was hunted.

    Args:
        canary: the planted bug.
        took: schedules until it was caught; nothing when it was not.
        complaint: by what it was betrayed.
        schedule: in which.
    """

    canary: Canary
    took: int | None
    complaint: str = ""
    schedule: str = ""


@dataclass(slots=True)
class Findings:
    """What was found.

    Args:
        wishes: how much was asked for.
        counted: verdicts on what was counted out.
        drawn: verdicts on what was drawn.
        second: verdicts on what the second generator drew.
        corpus: verdicts on every schedule that ever failed.
        alone: complaints that the second generator alone found.
        caught: the canaries.
        unequal: schedules that did not play the same twice.
        rows: the table: what happened in which flow, and how it ended.
        minutes: real ones.
    """

    wishes: Wishes
    counted: Tally = field(default_factory=Tally)
    drawn: Tally = field(default_factory=Tally)
    second: Tally = field(default_factory=Tally)
    corpus: Tally = field(default_factory=Tally)
    caught: list[Caught] = field(default_factory=list)
    twice: int = 0
    unequal: list[Schedule] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    minutes: float = 0.0

    @property
    def failed(self) -> list[Verdict]:
        """Every schedule with a complaint."""
        return [*self.counted.failed, *self.drawn.failed, *self.second.failed, *self.corpus.failed]

    @property
    def alone(self) -> int:
        """How many kinds of complaint the second generator alone found."""
        first = {_kinds(verdict) for verdict in chain(self.counted.failed, self.drawn.failed)}
        return len({_kinds(verdict) for verdict in self.second.failed} - first)

    @property
    def holds(self) -> bool:
        """Whether the claim holds as far as was looked."""
        escaped = [one for one in self.caught if one.took is None]
        return not self.failed and not escaped and not self.unequal


def _kinds(verdict: Verdict) -> str:
    return ", ".join(sorted({complaint.partition(":")[0] for complaint in verdict.complaints}))


def certify(
    wishes: Wishes,
    code_of: CodeOf,
    *,
    progress: Progress = lambda _what, _done, _of: None,
    emulators: Emulators = own_program,
) -> Findings:
    """Play everything that was asked for; give what was found.

    Args:
        wishes: how much.
        code_of: exit codes of the command line.
        progress: told how far it is.
        emulators: where each worker gets its emulator from.
    """
    begin = monotonic()
    found = Findings(wishes)
    with piped() as obey:
        theatre = Theatre(obey, code_of)
        ground = Ground.explored(theatre.play)
        theatre.close()
    drawn = sample(ground, wishes.seed, wishes.count)
    others = second_sample(ground, wishes.seed, wishes.second)
    parts = [(found.corpus, corpus()), (found.drawn, drawn), (found.second, others)]
    if wishes.exhaustive:
        parts.append((found.counted, list(ground.counted())))
    of = sum(len(schedules) for _, schedules in parts)
    with troupe(code_of, wishes.workers, emulators) as players:
        for tally, schedules in parts:
            done = len(found.verdicts)
            _tally(found, tally, players.verdicts(schedules), partial(_told, progress, done, of))
        _play_twice(found, players, drawn)
        for number, canary in enumerate(wishes.hunted, start=1):
            found.caught.append(_hunt(canary, players, drawn))
            progress("canaries", number, len(wishes.hunted))
    found.minutes = (monotonic() - begin) / 60
    return found


def _told(progress: Progress, before: int, of: int, number: int) -> None:
    progress("schedules", before + number, of)


def _tally(
    found: Findings, tally: Tally, verdicts: Iterator[Verdict], progress: Callable[[int], None]
) -> None:
    for number, verdict in enumerate(verdicts, start=1):
        tally.add(verdict)
        found.verdicts.append(verdict)
        progress(number)


def _play_twice(found: Findings, players: Troupe, drawn: list[Schedule]) -> None:
    """Play some schedules again, in another order than the first time."""
    first = {verdict.schedule: verdict.digest for verdict in found.verdicts}
    again = Random(found.wishes.seed).sample(drawn, min(TWICE, len(drawn)))  # noqa: S311 - repeatable
    found.twice = len(again)
    found.unequal += [
        verdict.schedule for verdict in players.verdicts(again) if first[verdict.schedule] != verdict.digest
    ]


def _hunt(canary: Canary, players: Troupe, drawn: list[Schedule]) -> Caught:
    """Play schedules with a bug planted until one complains."""
    likely = [schedule for schedule in drawn if canary.likely(schedule)][:CANARY_PATIENCE]
    told = players.verdicts(likely, canary.name)
    for number, verdict in enumerate(told, start=1):
        if verdict.complaints:
            return Caught(canary, number, verdict.complaints[0], verdict.schedule.code)
    return Caught(canary, None)


def corpus() -> list[Schedule]:
    """Give every schedule that ever failed."""
    text = resources.files("runbooks.certify").joinpath("corpus.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [schedule_from(line) for line in lines if line]


def commit() -> str:
    """Give the commit that is certified; without a repository, that there is none."""
    house = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(
            ["git", "-C", str(house), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
        )
    except OSError:
        return "no repository"
    return done.stdout.strip() or "no repository"


def hash_of_tables() -> str:
    """Give a digest of what the transaction and the emulator go by: their tables, and the grammar."""
    house = Path(__file__).resolve().parents[2]
    files = sorted((house / "tasks" / "transaction").glob("*.py"))
    files += sorted((house / "emulator" / "grammar").glob("*.*"))
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]
