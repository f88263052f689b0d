"""A command in a session of its own, so that every process that it leaves behind can be found."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import IO

import pytest

from tests.integration.lab import HOUSE, HUNG_S, command_line, environment

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are found in Linux's /proc"
)


@contextmanager
def started(*words: str | Path, folder: Path = HOUSE, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Start a command as a terminal would; what is left of it at the end of the block is killed.

    Args:
        words: what is typed after `hotpair`.
        folder: where it is typed.
        more: variables of the environment.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a shell's background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command_line(*words),
        cwd=folder,
        env=environment(PYTHONUNBUFFERED="1", **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            for left in processes_of(process.pid):
                os.kill(left, 9)


def processes_of(session: int) -> list[int]:
    """Return the processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        state, of_session = fields[0], int(fields[3])
        if of_session == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def heard(stream: IO[str] | None, text: str) -> str:
    """Read until a line holds a text; give all that was read.

    Raises:
        AssertionError: it ended, or took too long, without saying it.
    """
    assert stream is not None
    said = ""
    begin = monotonic()
    for line in stream:
        said += line
        if text in line:
            return said
        assert monotonic() - begin < HUNG_S, said
    raise AssertionError(f"it never said {text!r}, but:\n{said}")
