"""Play many schedules: a few processes, each with an emulator of its own, and verdicts in the order asked."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from runbooks.certify.canaries import canary_named, planted
from runbooks.certify.emulator import Obey, piped
from runbooks.certify.play import Theatre
from runbooks.certify.schedule import Schedule
from runbooks.certify.subject import CodeOf
from runbooks.certify.verdicts import Verdict

CHUNK, AHEAD = 40, 8
Emulators = Callable[[ExitStack], Obey]
"""Gives an emulator that lasts as long as the stack."""


def own_program(stack: ExitStack) -> Obey:
    """Start the emulator as a program."""
    return stack.enter_context(piped())


class _Stage:
    """The theatre of one worker; made when the worker starts, gone with it."""

    theatre: Theatre | None = None
    stack = ExitStack()


def _open(emulators: Emulators, code_of: CodeOf) -> None:
    _Stage.theatre = Theatre(emulators(_Stage.stack), code_of)
    _Stage.stack.callback(_Stage.theatre.close)
    gc.disable()  # it costs a tenth; a worker collects between two pieces of work


def _play(schedules: Sequence[Schedule], canary: str = "") -> list[Verdict]:
    theatre = _Stage.theatre
    if theatre is None:
        raise RuntimeError("a worker without a theatre")
    gc.collect()
    with planted(canary_named(canary)) if canary else nullcontext():
        return [Verdict.of(theatre.play(schedule)) for schedule in schedules]


@dataclass(frozen=True, slots=True)
class Troupe:
    """Workers that play schedules."""

    pool: ProcessPoolExecutor

    def verdicts(
        self, schedules: Iterable[Schedule], canary: str = "", *, at_a_time: int = CHUNK
    ) -> Iterator[Verdict]:
        """Play schedules and give their verdicts in order.

        Args:
            schedules: what to play.
            canary: name of a bug that is planted meanwhile.
            at_a_time: how many a worker is given at once.
        """
        waiting: deque[Future[list[Verdict]]] = deque()
        for chunk in batched(schedules, at_a_time):
            waiting.append(self.pool.submit(_play, chunk, canary))
            if len(waiting) > AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


@contextmanager
def troupe(code_of: CodeOf, workers: int, emulators: Emulators = own_program) -> Iterator[Troupe]:
    """Start workers for as long as the block lasts.

    Args:
        code_of: exit codes.
        workers: how many processes.
        emulators: where each gets its emulator from.
    """
    with ProcessPoolExecutor(workers, get_context("spawn"), _open, (emulators, code_of)) as pool:
        try:
            yield Troupe(pool)
        finally:
            pool.shutdown(cancel_futures=True)


def batched(schedules: Iterable[Schedule], size: int) -> Iterator[list[Schedule]]:
    """Cut a row into pieces; the last may be shorter."""
    row = iter(schedules)
    while piece := list(islice(row, size)):
        yield piece
