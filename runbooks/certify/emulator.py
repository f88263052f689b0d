"""The emulator as a program that answers over a pipe: an order in, an answer out, nothing runs in between."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from inventory.errors import HotpairError
from runbooks.lab import emulator_environment

Order = Mapping[str, Any]
Answer = dict[str, Any]
Obey = Callable[[Order], Answer]
"""Takes an order to the emulator; the answer holds `ok` and the time `now`."""


class EmulatorError(HotpairError):
    """The emulator did not do what the harness asked: a fault of the harness, never of a schedule."""


@contextmanager
def piped() -> Iterator[Obey]:
    """Start the emulator for as long as the block lasts; yield the way to order it about.

    Raises:
        EmulatorError: it was started without pipes.
    """
    command = [sys.executable, "-P", "-m", "emulator", "--pipe"]
    with subprocess.Popen(
        command,
        env=emulator_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        process_group=0,  # Ctrl-C is for us; it ends when its pipe is closed
    ) as process:
        orders, answers = process.stdin, process.stdout
        if orders is None or answers is None:
            raise EmulatorError("the emulator was started without pipes")
        try:
            yield lambda order: _asked(order, orders, answers)
        finally:
            orders.close()
            process.wait()


def _asked(order: Order, orders: IO[str], answers: IO[str]) -> Answer:
    orders.write(json.dumps(order) + "\n")
    orders.flush()
    line = answers.readline()
    if not line:
        raise EmulatorError("the emulator ended", found=json.dumps(order)[:200])
    answer: Answer = json.loads(line)
    return answer
