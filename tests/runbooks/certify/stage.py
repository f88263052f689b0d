"""A runner whose emulator runs in this process: faster than a program, and the same otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from emulator.edge.pipe import Pipe
from emulator.lab import Lab
from hotpair.cli.certify import code_of
from runbooks.certify.emulator import Obey
from runbooks.certify.play import ScheduleRunner


def in_process(_stack: ExitStack) -> Obey:
    """Return an emulator without a program around it."""
    return Pipe(Lab({})).obey


@contextmanager
def runner() -> Iterator[ScheduleRunner]:
    """Yield a runner for as long as the block lasts."""
    stage = ScheduleRunner(Pipe(Lab({})).obey, code_of)
    try:
        yield stage
    finally:
        stage.close()
