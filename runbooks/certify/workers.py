"""Play many schedules: a few processes, each with an emulator of its own, and verdicts in the order asked."""

from __future__ import annotations

import atexit
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice, takewhile
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import Event
from threading import Thread

from runbooks.certify.canaries import canary_named, planted
from runbooks.certify.emulator import Obey, piped
from runbooks.certify.play import ScheduleRunner
from runbooks.certify.schedule import Schedule
from runbooks.certify.subject import CodeOf
from runbooks.certify.verdicts import Verdict

CHUNK, AHEAD = 40, 8
_OF_TERMINAL = (signal.SIGINT, signal.SIGHUP)
"""Signals for the one who waits for the workers: there they would be one more fault of a schedule."""
Emulators = Callable[[ExitStack], Obey]
"""Returns an emulator that lasts as long as the stack."""


def own_program(stack: ExitStack) -> Obey:
    """Start the emulator as a program."""
    return stack.enter_context(piped())


class _Stage:
    """The runner of one worker; made when the worker starts, gone with it."""

    runner: ScheduleRunner | None = None
    stack = ExitStack()
    stop: Event | None = None


def _open(emulators: Emulators, code_of: CodeOf, stop: Event) -> None:
    os.setpgid(0, 0)
    for number in _OF_TERMINAL:  # what came while this process loaded is dropped
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _OF_TERMINAL)
    _Stage.stop = stop
    _Stage.runner = ScheduleRunner(emulators(_Stage.stack), code_of)
    _Stage.stack.callback(_Stage.runner.close)
    atexit.register(_Stage.stack.close)
    Thread(target=_outlive_nobody, args=(_Stage.runner,), daemon=True).start()
    gc.disable()  # it costs a tenth; a worker collects what each piece of work made


def _outlive_nobody(runner: ScheduleRunner) -> None:
    """End this process when the one that started it has died: a pool's queue never tells its workers."""
    if (parent := parent_process()) is not None:
        parent.join()
        runner.close()
        os._exit(1)


def _play(schedules: Sequence[Schedule], canary: str = "") -> list[Verdict]:
    runner, stop = _Stage.runner, _Stage.stop
    if runner is None or stop is None:
        raise RuntimeError("a worker without a runner")
    gc.collect(0)
    with planted(canary_named(canary)) if canary else nullcontext():
        wanted = takewhile(lambda _schedule: not stop.is_set(), schedules)
        return [Verdict.of(runner.play(schedule)) for schedule in wanted]


@dataclass(frozen=True, slots=True)
class RunnerPool:
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
            with _held():
                waiting.append(self.pool.submit(_play, chunk, canary))
            if len(waiting) > AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


@contextmanager
def _held() -> Iterator[None]:
    """Let the terminal's signals wait: a process that is started meanwhile hears none while it loads."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_TERMINAL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def runner_pool(code_of: CodeOf, workers: int, emulators: Emulators = own_program) -> Iterator[RunnerPool]:
    """Start workers for as long as the block lasts.

    Args:
        code_of: exit codes.
        workers: how many processes.
        emulators: where each gets its emulator from.
    """
    context = get_context("spawn")
    with _held():  # the first semaphore starts Python's tracker of them, which a closed terminal would end
        stop = context.Event()
    with ProcessPoolExecutor(workers, context, _open, (emulators, code_of, stop)) as pool:
        try:
            yield RunnerPool(pool)
        finally:
            stop.set()  # whoever left the block waits for no more than the schedules that play now
            pool.shutdown(cancel_futures=True)


def batched(schedules: Iterable[Schedule], size: int) -> Iterator[list[Schedule]]:
    """Cut a row into pieces; the last may be shorter."""
    row = iter(schedules)
    while piece := list(islice(row, size)):
        yield piece
