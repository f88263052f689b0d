"""Workers: verdicts in the order asked, and an end soon after nobody waits any more."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from hotpair.cli.certify import code_of
from inventory.errors import HotpairError
from runbooks.certify import workers
from runbooks.certify.schedule import Schedule
from runbooks.certify.subject import CodeOf
from tests.integration.lab import HUNG_S, environment
from tests.runbooks.certify.stage import in_process

DEPLOY, REMOVE = Schedule("deploy", "v8r22"), Schedule("remove", "v8r5")


def test_verdicts_come_in_order_and_who_leaves_waits_for_no_more() -> None:
    """Without a word to stop, the worker would play all of what it was given for hours."""
    with workers.runner_pool(code_of, 1, in_process) as players:
        told = players.verdicts([DEPLOY, REMOVE, DEPLOY], at_a_time=2)
        assert [one.schedule for one in told] == [DEPLOY, REMOVE, DEPLOY]
        given = players.pool.submit(workers._play, [REMOVE] * 200_000)
        while not given.running():
            assert not given.done()
    assert len(given.result()) < 200_000


class Struck:
    """Exit codes; Ctrl-C comes when a worker that loads has come to them."""

    def __call__(self, error: HotpairError | None) -> int:
        return code_of(error)

    def __reduce__(self) -> tuple[Callable[[], CodeOf], tuple[()]]:
        return _struck, ()


def _struck() -> CodeOf:
    signal.raise_signal(signal.SIGINT)
    return code_of


def test_ctrl_c_while_a_worker_loads_is_for_the_one_who_waits() -> None:
    with workers.runner_pool(Struck(), 1, in_process) as players:
        assert [one.schedule for one in players.verdicts([DEPLOY])] == [DEPLOY]


def folder() -> str:
    """Return the folder of the worker that is asked."""
    assert workers._Stage.runner is not None
    return str(workers._Stage.runner.folder)


def test_a_worker_takes_its_folder_away_when_it_ends() -> None:
    with workers.runner_pool(code_of, 1, in_process) as players:
        made = Path(players.pool.submit(folder).result())
        assert made.is_dir()
    assert not made.exists()


FOREVER = """
import os, signal
from hotpair.cli.certify import code_of
from runbooks.certify import workers
from tests.runbooks.certify.stage import in_process
from tests.runbooks.certify.test_workers import folder

if __name__ == "__main__":
    with workers.runner_pool(code_of, 1, in_process) as players:
        made = players.pool.submit(folder).result()
        print(*players.pool._processes, made, flush=True)
        signal.pause()
"""


def test_no_worker_outlives_the_process_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "forever.py"
    script.write_text(FOREVER, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script], env=environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        worker, made = process.stdout.readline().split()
        end = os.pidfd_open(int(worker))
        process.kill()
        assert select.select([end], [], [], HUNG_S)[0] == [end]
        os.close(end)
    assert not Path(made).exists()


CLOSED = """
import os, signal
from hotpair.cli.certify import code_of
from runbooks.certify import workers
from tests.runbooks.certify.stage import in_process
from tests.runbooks.certify.test_workers import folder

if __name__ == "__main__":
    signal.signal(signal.SIGHUP, lambda *_: None)
    with workers.runner_pool(code_of, 1, in_process) as players:
        players.pool.submit(folder).result()
        os.killpg(0, signal.SIGHUP)
"""


def test_a_closed_terminal_leaves_what_counts_the_semaphores_of_the_workers_alone(tmp_path: Path) -> None:
    """Python's own tracker of them ignores Ctrl-C, and dies of SIGHUP; a new one knows none of them."""
    script = tmp_path / "closed.py"
    script.write_text(CLOSED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script],
        check=False,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
