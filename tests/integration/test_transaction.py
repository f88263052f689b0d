"""The pair transaction over real SSH, with both drivers, on devices that are hurt on the way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest

from inventory.errors import RefusedError, RolledBackError
from runbooks.deploy import resume
from tasks.sessions.protocol import DRIVERS
from tasks.transaction.machine import State
from tasks.transaction.model import Verdict
from tests.integration.deploying import deployed
from tests.integration.lab import HUNG_S
from tests.integration.served import ServedPair, served_pair
from tests.tasks.transaction.bench import NAMES, SERVICE

pytestmark = pytest.mark.ssh

A, B = NAMES
ROOT = Path(__file__).parents[2]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[ServedPair]:
    with served_pair(tmp_path) as served:
        yield served


def holds(_sessions: object) -> Verdict:
    return Verdict(held=True)


def where_the_service_is(pair: ServedPair) -> list[str]:
    """Name the members that hold the change for good: none may be on trial."""
    found = []
    for name in NAMES:
        session = pair.open(name, "scrapli")
        assert not session.trial_status().active
        if SERVICE in session.run("display current-configuration"):
            found.append(name)
        session.close()
    return found


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_change_is_made_on_both_and_saved(pair: ServedPair, driver: str, tmp_path: Path) -> None:
    ended = deployed(pair, driver, tmp_path / "journals", holds)
    assert ended.problem() is None
    assert ended.outcome.state is State.DONE
    assert ended.seconds > 0
    assert len(ended.timings) > 8
    assert where_the_service_is(pair) == [A, B]
    session = pair.open(B, driver)
    assert SERVICE in session.run("display saved-configuration")
    session.close()


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_line_refused_by_a_leaves_both_as_they_were(pair: ServedPair, driver: str, tmp_path: Path) -> None:
    pair.order(fault="refuse-line", device=A, nth=2, message="Error: The table is full.")
    ended = deployed(pair, driver, tmp_path / "journals", holds)
    problem = ended.problem()
    assert isinstance(problem, RefusedError)
    assert "table is full" in str(problem)
    assert problem.member == A
    assert where_the_service_is(pair) == []


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_commit_refused_by_a_takes_the_trial_of_b_back(
    pair: ServedPair, driver: str, tmp_path: Path
) -> None:
    pair.order(fault="fail-commit", device=A, message="Error: Out of memory.")
    ended = deployed(pair, driver, tmp_path / "journals", holds)
    assert isinstance(ended.problem(), RolledBackError)
    assert "Out of memory" in str(ended.problem())
    assert where_the_service_is(pair) == []


@pytest.mark.parametrize("when", ["before", "during", "after"])
@pytest.mark.parametrize("command", [r"commit trial \d+ persist", "commit persist"])
def test_a_session_lost_at_a_commit_ends_in_both_or_none(
    pair: ServedPair, command: str, when: str, tmp_path: Path
) -> None:
    pair.order(fault="drop-session", device=B, when=when, command=command)
    ended = deployed(pair, "scrapli", tmp_path / "journals", holds)
    assert ended.outcome.state in {State.DONE, State.ROLLED_BACK}
    assert where_the_service_is(pair) == ([A, B] if ended.outcome.state is State.DONE else [])


def begin(pair: ServedPair, driver: str, journals: Path) -> subprocess.Popen[str]:
    """Start a deployment in a process of its own and wait until its checks run."""
    devices = json.dumps({name: asdict(device) for name, device in pair.devices.items()})
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.deploying", devices, str(journals), driver],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "converging\n"
    return process


@pytest.mark.parametrize("driver", DRIVERS)
def test_ctrl_c_while_the_checks_run_puts_both_back(pair: ServedPair, driver: str, tmp_path: Path) -> None:
    with begin(pair, driver, tmp_path / "journals") as process:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=HUNG_S)
    assert said == f"{State.ROLLED_BACK}\n"
    assert where_the_service_is(pair) == []


def test_killed_while_the_checks_run_resume_puts_both_back(pair: ServedPair, tmp_path: Path) -> None:
    with begin(pair, "scrapli", tmp_path / "journals") as process:
        process.kill()
        process.communicate(timeout=HUNG_S)
    (journal,) = (tmp_path / "journals").glob("*.jsonl")
    openers = {name: partial(pair.open, name, "netmiko") for name in NAMES}
    ended = resume(journal.stem, openers, tmp_path / "journals")
    assert ended.outcome.state is State.ROLLED_BACK
    assert where_the_service_is(pair) == []


def test_killed_and_forgotten_the_devices_put_themselves_back(pair: ServedPair, tmp_path: Path) -> None:
    with begin(pair, "netmiko", tmp_path / "journals") as process:
        process.kill()
        process.communicate(timeout=HUNG_S)
    pair.order(advance=600)
    assert where_the_service_is(pair) == []
