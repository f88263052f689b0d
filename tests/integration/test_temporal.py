"""A fleet over three workers and a real Temporal server: workers die, the server goes away and comes back."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from hotpair.exit_codes import ExitCode
from parsers.tree import write_tree
from runbooks.archive.opening import open_archive
from tasks.plan.model import Command as Line
from tasks.transaction.machine import Event
from tests.integration.lab import HUNG_S, Ended, Lab, command_line, environment, here
from tests.integration.many import Made, fleet
from tests.integration.temporal_server import TemporalServer, temporal_server
from tests.runbooks.archive import postgres

Command = Callable[..., Ended]
PAIRS = [Made(number) for number in range(40)]
BARE = PAIRS[-4:]
"""Pairs that nobody deployed yet."""
QUEUES = {0: range(7), 1: (3, 4, 5, 6, 7, 8, 9), 2: (7, 8, 9, 0, 1, 2)}
"""Sites of each worker: two stand near every site."""
POLICY = "checks: {names: [no-trial]}\n"
PACE = ("--time-scale", "4")
"""A trial lasts longer than it takes to see that a worker died."""
TRIAL, DECIDED = Event.TRY_A.value, Event.DECIDE.value


@dataclass
class WorkerPool:
    """Workers, each with an inventory of its own and one archive for all.

    Args:
        home: folder of the test.
        lab: routers and their inventory.
        url: of the archive.
        server: that hands the pairs out.
    """

    home: Path
    lab: Lab
    url: str
    server: TemporalServer

    def folder(self, number: int) -> Path:
        """Return the inventory of a worker."""
        folder = self.home / f"w{number}"
        if not folder.exists():
            shutil.copytree(self.lab.folder, folder)
        return folder

    @contextmanager
    def worker(self, number: int) -> Iterator[subprocess.Popen[str]]:
        """Run a worker, and wait until it works."""
        queues = [word for site in QUEUES[number] for word in ("--queue", f"site-s{site}")]
        words: list[str | Path] = ["worker", "-i", self.folder(number), *queues, "--archive", self.url]
        with subprocess.Popen(
            command_line(*words, "--server", self.server.address, "--workers", "4"),
            env=environment(),
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stderr is not None
            assert "working for hotpair, site-s" in process.stderr.readline()
            try:
                yield process
            finally:
                process.kill()

    def fleet(self, *words: str) -> Ended:
        """Run a command of the fleet."""
        return here("fleet", *words, "--server", self.server.address)

    def checks(self) -> list[tuple[str, str, str]]:
        """Return each check that is kept, in the order of keeping: its pair, member a and verdict."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(
                "SELECT pair, member_a, verdict FROM runs WHERE kind = 'check' ORDER BY number"
            ).fetchall()


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    home = tmp_path_factory.mktemp("pool")
    texts = {name: text for pair in PAIRS if pair not in BARE for name, text in pair.held().items()}
    texts |= {pair.members[side]: write_tree(pair.bare(side)) for pair in BARE for side in pair.members}
    with ExitStack() as stack:
        server = stack.enter_context(temporal_server(home))
        url = stack.enter_context(postgres.server())
        stack.enter_context(open_archive(url))
        served = stack.enter_context(fleet(home, texts, PAIRS, PACE))
        (served.folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
        yield WorkerPool(home, served, url, server)


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that must come."""
    ends = time.monotonic() + HUNG_S
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_every_pair_is_judged_once_though_a_worker_dies_and_the_server_goes_away(pool: WorkerPool) -> None:
    bare = [pair for pair in BARE if not any(service_of(pool, pair))]
    before = len(pool.checks())
    with pool.worker(0) as doomed, pool.worker(1), pool.worker(2):
        asked = subprocess.Popen(
            command_line("fleet", "check", "--server", pool.server.address, "--format", "json"),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until(lambda: len(pool.checks()) >= before + 5)
        doomed.kill()
        pool.server.stop()
        pool.server.start()
        out, err = asked.communicate(timeout=HUNG_S)
    assert asked.returncode == (1 if bare else 0), err
    assert '"pairs": 40' in out
    seen = pool.checks()[before:]
    assert sorted(pair for pair, _, _ in seen) == [pair.name for pair in PAIRS]
    assert sorted(pair for pair, _, verdict in seen if verdict == "failure") == [one.name for one in bare]
    assert all(member[:4].lower() == pair for pair, member, _ in seen)


def commit_once(pool: WorkerPool, member: str) -> None:
    """Change something else on a router, so that it has a commit point: what was made since can be told."""
    session = pool.lab.session(member)
    view = "-LoopBack0"
    session.stage([Line("interface LoopBack0", view), Line("description router id", view), Line("quit", "")])
    session.commit()
    session.close()


def on_trial(pool: WorkerPool) -> tuple[int, str] | None:
    """Tell which worker has a transaction whose trial runs, and its id."""
    for number in (1, 2):
        for journal in (pool.folder(number) / "journals").glob("hp-*.jsonl"):
            events = [json.loads(line)["event"] for line in journal.read_text(encoding="utf-8").splitlines()]
            if TRIAL in events and DECIDED not in events:
                return number, journal.stem
    return None


def test_the_transaction_of_a_worker_that_died_is_brought_to_one_end_by_another(pool: WorkerPool) -> None:
    names = [pair.name for pair in BARE]
    for pair in BARE:
        for member in pair.members.values():
            commit_once(pool, member)
    with ExitStack() as stack:
        workers = {number: stack.enter_context(pool.worker(number)) for number in (1, 2)}
        words = ("deploy", *names, "--yes", "--max-fail", "4", "--ticket", "CHG-1", "--format", "json")
        asked = subprocess.Popen(
            command_line("fleet", *words, "--server", pool.server.address),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until(lambda: on_trial(pool) is not None)
        found = on_trial(pool)
        assert found is not None
        workers[found[0]].kill()
        stack.enter_context(pool.worker(0))
        out, err = asked.communicate(timeout=HUNG_S)
    told = {one["pair"]: one for one in json.loads(out)["told"]}
    held = {pair.name: service_of(pool, pair) for pair in BARE}
    assert all(len(set(sides)) == 1 for sides in held.values()), (held, told)
    assert [name for name, sides in held.items() if not sides[0]] == sorted(told), err
    mine = [one for one in told.values() if one["transaction"] == found[1]]
    assert all(one["fault"] == "rolled back" for one in mine), mine
    assert {one["fault"] for one in told.values()} <= {"rolled back", "refused"}


def service_of(pool: WorkerPool, pair: Made) -> list[bool]:
    """Tell of each member whether it has the pair's service."""
    return [
        "remote-backup-service north" in write_tree(pool.lab.running(member))
        for member in pair.members.values()
    ]


def test_no_secret_stands_in_the_history_of_a_run(pool: WorkerPool) -> None:
    from temporalio.client import Client

    password = next(iter(pool.lab.devices.values())).password
    with pool.worker(2):
        assert pool.fleet("check", PAIRS[0].name).code == 0
        assert pool.fleet("deploy", PAIRS[0].name, "--yes").code == 0

    async def histories() -> list[str]:
        client = await Client.connect(pool.server.address)
        return [
            (await client.get_workflow_handle(one.id).fetch_history()).to_json()
            async for one in client.list_workflows()
        ]

    told = asyncio.run(histories())
    assert len(told) >= 2
    assert all(password not in text for text in told)


def test_a_worker_that_is_told_to_stop_does_so_also_when_the_server_is_away(pool: WorkerPool) -> None:
    with pool.worker(1) as process:
        pool.server.stop()
        process.send_signal(signal.SIGTERM)
        code = process.wait(HUNG_S)
        pool.server.start()
        assert process.stderr is not None
        assert code == 0, process.stderr.read()


def test_a_queue_that_no_pair_comes_from_is_refused_before_anything_is_dialled(pool: WorkerPool) -> None:
    ended = here("worker", "--queue", "site-sx", "-i", pool.lab.folder, "--server", "127.0.0.1:1")
    assert ended.code == 2
    assert "did you mean 'site-s" in ended.err


def test_a_server_that_is_away_is_told() -> None:
    ended = here("fleet", "check", "--server", "127.0.0.1:1")
    assert ended.code == 3
    assert "the Temporal server gives no answer" in ended.err
    assert "  found:   no server listens at 127.0.0.1:1\n" in ended.err


def test_what_the_server_refuses_is_told(pool: WorkerPool) -> None:
    ended = pool.fleet("schedule", "-i", str(watched(pool)), "--namespace", "nowhere")
    assert ended.code == 3
    assert "the Temporal server refuses, or went away" in ended.err
    assert "fault of Hotpair" not in ended.err
    ended = pool.fleet("follow", "no-such-run")
    assert ended.code == 2
    assert "the server knows no such run" in ended.err


def test_a_run_that_waits_for_a_yes_is_not_followed_in_silence(pool: WorkerPool) -> None:
    with pool.worker(1):
        words = ("fleet", "deploy", BARE[0].name, "--remove", "--server", pool.server.address)
        with subprocess.Popen(
            command_line(*words), env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as asking:
            assert asking.stderr is not None
            run = asking.stderr.readline().split()[-1]
            ended = pool.fleet("follow", run)
            asking.kill()
    assert (ended.code, "waits for a yes" in ended.err) in {(4, True), (0, False)}, ended.err


def test_a_deployment_that_is_interrupted_before_it_was_planned_says_so_and_begins_nothing(
    pool: WorkerPool,
) -> None:
    words = ("fleet", "deploy", PAIRS[4].name, "--remove", "--yes", "--server", pool.server.address)
    with subprocess.Popen(
        command_line(*words), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as asked:
        assert asked.stderr is not None
        assert " run hotpair-deploy-" in asked.stderr.readline()
        asked.send_signal(signal.SIGINT)
        while "interrupted: no further pair is begun" not in (said := asked.stderr.readline()):
            assert said, "it ended"
        with pool.worker(1):
            out, err = asked.communicate(timeout=HUNG_S)
    assert asked.returncode == ExitCode.REFUSED, err
    assert "not begun: the run was interrupted; nothing was sent" in out
    assert "agreed" not in out + err
    assert any(service_of(pool, PAIRS[4]))


def watched(pool: WorkerPool) -> Path:
    """Return the inventory with a group to look at."""
    (pool.lab.folder / "watch.yaml").write_text("groups: [{name: often, every: 1 h}]\n", encoding="utf-8")
    return pool.lab.folder


def test_each_group_has_a_schedule_and_those_of_others_go(pool: WorkerPool) -> None:
    file = pool.lab.folder / "watch.yaml"
    night = "{name: night, cron: 30 2 * * *, time_zone: Europe/Berlin}"
    file.write_text(f"groups: [{night}, {{name: often, every: 1 h}}]", encoding="utf-8")
    assert pool.fleet("schedule", "-i", str(pool.lab.folder)).code == 0
    file.write_text("groups: [{name: often, every: 2 h}]\n", encoding="utf-8")
    ended = pool.fleet("schedule", "-i", str(pool.lab.folder), "--format", "json")
    assert ended.document() == {
        "schedules": [{"group": "often", "schedule": "hotpair-watch-often"}],
        "removed": ["hotpair-watch-night"],
    }
