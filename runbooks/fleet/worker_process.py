"""One worker process: spawned, asked by a pipe, and lost when it dies."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from concurrent.futures import Future
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from inventory.errors import DeviceError
from runbooks.fleet.wire import Answer, Request, Setup

_END_S = 5.0
_ROOMS = Path(__file__).parents[2]


class WorkerProcess:
    """One worker process.

    Args:
        setup: what it is told first.
    """

    def __init__(self, setup: Setup) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            line = [sys.executable, "-P", "-m", "runbooks.fleet.worker", str(theirs.fileno())]
            self.process = subprocess.Popen(
                line,
                env=_environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._wire: Connection[Any, Any] = Connection(os.dup(self._ours.fileno()))
        self._lock = Lock()
        self._numbers = count()
        self._waiting: dict[int, Future[Answer]] = {}
        self.ended = False
        self._wire.send(setup)
        Thread(target=self._listen, name="worker", daemon=True).start()

    def ask(self, request: Request) -> Answer:
        """Let it do one thing.

        Raises:
            DeviceError: the process ended before it answered.
        """
        future: Future[Answer] = Future()
        with self._lock:
            number = next(self._numbers)
            self._waiting[number] = future
            try:
                self._wire.send((number, request))
            except OSError:
                self.ended = True
            if self.ended and self._waiting.pop(number, None) is not None:
                future.set_exception(self._lost())
        return future.result()

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                number, answer = self._wire.recv()
                with self._lock:
                    future = self._waiting.pop(number, None)
                if future is not None:
                    future.set_result(answer)
        with self._lock:
            self.ended = True
            left, self._waiting = list(self._waiting.values()), {}
        for future in left:
            future.set_exception(self._lost())

    def _lost(self) -> DeviceError:
        try:
            code = self.process.wait(_END_S)
        except subprocess.TimeoutExpired:
            code = None
        found = (
            "it does not answer" if code is None else f"signal {-code}" if code < 0 else f"exit code {code}"
        )
        return DeviceError("the worker process that looked at it ended", wanted="an answer", found=found)

    def close(self) -> None:
        """Let it end."""
        with suppress(OSError):
            self._ours.shutdown(socket.SHUT_RDWR)
        self._ours.close()
        try:
            self.process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._wire.close()


def _environment() -> dict[str, str]:
    """Return the environment of a worker: none of our settings, and no secret."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HOTPAIR_")}
    paths = [str(_ROOMS), *filter(None, [plain.get("PYTHONPATH")])]
    return {**plain, "PYTHONPATH": os.pathsep.join(paths)}
