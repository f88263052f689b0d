"""Make a certificate: explore, count out or draw, play, hunt canaries, play some twice, shorten failures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from itertools import chain, count, islice
from random import Random
from time import monotonic

from runbooks.certify.canaries import CANARIES, Canary
from runbooks.certify.draw import COUNTS, PARTS, cells_of, sample
from runbooks.certify.emulator import piped
from runbooks.certify.play import Played, ScheduleRunner
from runbooks.certify.schedule import Schedule, schedule_from
from runbooks.certify.second import second_sample
from runbooks.certify.subject import CodeOf
from runbooks.certify.sweep import Ground, shrunk
from runbooks.certify.verdicts import Ends, Tally, Verdict
from runbooks.certify.workers import Emulators, RunnerPool, own_program, runner_pool

TWICE = 200
"""Schedules that are played twice."""
CANARY_PATIENCE = 4_000
"""Schedules after which a planted bug counts as not caught."""
MOST_SHORTENED = 10
"""Failures that are made as short as they can be."""
Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, and of how much."""


@dataclass(frozen=True, slots=True)
class CertifyOptions:
    """How much is certified.

    Args:
        seed: of everything random.
        count: schedules that are drawn.
        second: schedules that the second generator draws.
        exhaustive: everything that can be counted out is played too.
        part: which of how many equal parts of it, from 1; with a part nothing else is played.
        hunted: canaries to hunt.
        workers: processes.
    """

    seed: int = 1
    count: int = sum(COUNTS)
    second: int = 1_000
    exhaustive: bool = False
    part: tuple[int, int] | None = None
    hunted: tuple[Canary, ...] = CANARIES
    workers: int = 2

    def share_of(self, countable: int) -> tuple[int, int]:
        """Return from where to where of what can be counted out is played."""
        if not self.exhaustive:
            return 0, 0
        number, of = self.part or (1, 1)
        return countable * (number - 1) // of, countable * number // of


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
        options: how much was asked for.
        countable: schedules of one strike that can be counted out.
        cells: a fault at a command of a flow each: how many there are, and how many were drawn.
        counted: verdicts on what was counted out.
        drawn: verdicts on what was drawn.
        second: verdicts on what the second generator drew.
        corpus: verdicts on every schedule that ever failed.
        caught: the canaries.
        twice: how many schedules were played twice.
        unequal: schedules that did not play the same twice.
        ends: how all of them ended.
        digests: traces of what was drawn.
        shortest: failures, each with the shortest schedule that fails like it.
        minutes: real ones.
    """

    options: CertifyOptions
    countable: int = 0
    cells: tuple[int, int] = (0, 0)
    counted: Tally = field(default_factory=Tally)
    drawn: Tally = field(default_factory=Tally)
    second: Tally = field(default_factory=Tally)
    corpus: Tally = field(default_factory=Tally)
    caught: list[Caught] = field(default_factory=list)
    twice: int = 0
    unequal: list[Schedule] = field(default_factory=list)
    ends: Ends = field(default_factory=Ends)
    digests: dict[Schedule, str] = field(default_factory=dict)
    shortest: list[tuple[Verdict, Schedule]] = field(default_factory=list)
    minutes: float = 0.0

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Everything that was played, but for canaries and what was played twice."""
        return self.counted, self.drawn, self.second, self.corpus

    @property
    def failed(self) -> list[Verdict]:
        """Every schedule with a complaint."""
        return [verdict for tally in self.tallies for verdict in tally.failed]

    @property
    def alone(self) -> int:
        """How many kinds of complaint the second generator alone found."""
        first = {kinds_of(verdict) for verdict in chain(self.counted.failed, self.drawn.failed)}
        return len({kinds_of(verdict) for verdict in self.second.failed} - first)


def kinds_of(verdict: Verdict) -> frozenset[str]:
    """Return the kinds of a schedule's complaints."""
    return frozenset(complaint.partition(":")[0] for complaint in verdict.complaints)


def certify(
    options: CertifyOptions,
    code_of: CodeOf,
    *,
    progress: Progress = lambda _what, _done, _of: None,
    emulators: Emulators = own_program,
) -> Findings:
    """Play everything that was asked for; give what was found.

    Args:
        options: how much.
        code_of: exit codes of the command line.
        progress: told how far it is.
        emulators: where each worker gets its emulator from.
    """
    begin = monotonic()
    found = Findings(options)
    with piped() as obey:
        runner = ScheduleRunner(obey, code_of)
        try:
            parts, drawn = _parts(found, runner.play)
            with runner_pool(code_of, options.workers, emulators) as players:
                _play(found, parts, players, progress)
                if options.part is None:
                    _play_twice(found, players, drawn)
                    _hunt_all(found, players, drawn, progress)
            _shorten(found, runner.play)
        finally:
            runner.close()
    found.minutes = (monotonic() - begin) / 60
    return found


Parts = list[tuple[Tally, Iterable[Schedule], int]]
"""Where it is counted, what is played, and how much that is."""


def _parts(found: Findings, play: Callable[[Schedule], Played]) -> tuple[Parts, list[Schedule]]:
    """Explore, and draw; give what is to be played, and what of it was drawn."""
    options, drawn = found.options, list[Schedule]()
    grounds = [Ground.explored(play, names) for names in PARTS]
    found.countable = sum(1 for ground in grounds for _ in ground.counted())
    begin, end = options.share_of(found.countable)
    every = chain.from_iterable(ground.counted() for ground in grounds)
    counted = (found.counted, islice(every, begin, end), end - begin)
    if options.part is not None:
        return [counted], []
    for ground, share in zip(grounds, COUNTS, strict=True):
        wanted = round(options.count * share / sum(COUNTS))
        drawn += sample(ground, options.seed, wanted)
        cells, bare = len(cells_of(ground)), len(ground.bare)
        there, struck = found.cells
        found.cells = (there + cells, struck + max(min(cells, wanted - bare), 0))
    others = second_sample(play, options.seed, options.second)
    ever = corpus()
    return [
        (found.corpus, ever, len(ever)),
        (found.drawn, drawn, len(drawn)),
        (found.second, others, len(others)),
        counted,
    ], drawn


def _play(found: Findings, parts: Parts, players: RunnerPool, progress: Progress) -> None:
    of = sum(count for _, _, count in parts)
    done = count(1)
    for tally, schedules, _ in parts:
        for verdict in players.verdicts(schedules):
            tally.add(verdict)
            found.ends.add(verdict)
            if tally is found.drawn:
                found.digests[verdict.schedule] = verdict.digest
            progress("schedules", next(done), of)


def _play_twice(found: Findings, players: RunnerPool, drawn: list[Schedule]) -> None:
    """Play some schedules again, in another order than the first time."""
    again = Random(found.options.seed).sample(drawn, min(TWICE, len(drawn)))  # noqa: S311 - repeatable
    found.twice = len(again)
    found.unequal += [
        verdict.schedule
        for verdict in players.verdicts(again)
        if found.digests[verdict.schedule] != verdict.digest
    ]


def _hunt_all(found: Findings, players: RunnerPool, drawn: list[Schedule], progress: Progress) -> None:
    """Hunt the canaries, with schedules that pass without them."""
    failing = {verdict.schedule for verdict in found.failed}
    passing = [schedule for schedule in drawn if schedule not in failing]
    Random(found.options.seed).shuffle(passing)  # noqa: S311 - repeatable
    for number, canary in enumerate(found.options.hunted, start=1):
        found.caught.append(_hunt(canary, players, passing))
        progress("canaries", number, len(found.options.hunted))


def _hunt(canary: Canary, players: RunnerPool, passing: Sequence[Schedule]) -> Caught:
    """Play schedules with a bug planted until one complains."""
    likely = [schedule for schedule in passing if canary.likely(schedule)][:CANARY_PATIENCE]
    told = players.verdicts(likely, canary.name, at_a_time=4)
    for number, verdict in enumerate(told, start=1):
        if verdict.complaints:
            return Caught(canary, number, verdict.complaints[0], verdict.schedule.code)
    return Caught(canary, None)


def _shorten(found: Findings, play: Callable[[Schedule], Played]) -> None:
    """Shorten the first failures as far as they still fail."""
    for verdict in found.failed[:MOST_SHORTENED]:
        wanted = kinds_of(verdict)
        fails = partial(_fails_alike, play, wanted)
        found.shortest.append((verdict, shrunk(verdict.schedule, fails)))


def _fails_alike(play: Callable[[Schedule], Played], wanted: frozenset[str], schedule: Schedule) -> bool:
    return kinds_of(Verdict.of(play(schedule))) >= wanted


def corpus() -> list[Schedule]:
    """Return every schedule that ever failed."""
    text = resources.files("runbooks.certify").joinpath("corpus.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [schedule_from(line) for line in lines if line]
