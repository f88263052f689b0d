"""Ctrl-C and termination: both routers as before, an exit code that says so, and no process left behind."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from runbooks.lab import LAB_PAIR
from tasks.transaction.machine import State
from tests.integration.lab import BUDGET, HUNG_S, MEMBERS, Lab, environment, lab
from tests.integration.processes import heard, needs_proc, processes_of, started

pytestmark = [pytest.mark.ssh, needs_proc]

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def strike(process: subprocess.Popen[str], number: signal.Signals, *, group: bool) -> tuple[str, str]:
    """Send a signal to a process, or to all of its terminal as Ctrl-C does; give its last words."""
    if group:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    return process.communicate(timeout=HUNG_S)


@pytest.mark.parametrize("number", [*SIGNALS, signal.SIGHUP])
def test_a_deployment_that_is_stopped_leaves_both_as_before(tmp_path: Path, number: signal.Signals) -> None:
    with lab(tmp_path, "--time-scale", "0.5") as routers:  # slow, so that it is still converging
        before = {name: routers.running(name) for name in MEMBERS}
        with started("deploy", LAB_PAIR, "-i", routers.folder, "--yes", *BUDGET) as process:
            heard(process.stderr, "both on trial")
            _, said = strike(process, number, group=number is signal.SIGINT)
            assert processes_of(process.pid) == []
        assert process.returncode == 5, said
        assert "both members are as before: interrupted" in said
        assert "Traceback" not in said
        assert {name: routers.running(name) for name in MEMBERS} == before
        assert not any(on_trial(routers, name) for name in MEMBERS)
        (journal,) = (routers.folder / "journals").glob("*.jsonl")
        assert json.loads(journal.read_text().splitlines()[-1])["state"] == State.ROLLED_BACK.value


def on_trial(routers: Lab, name: str) -> bool:
    session = routers.session(name)
    active = session.trial_status().active
    session.close()
    return active


@pytest.mark.parametrize("group", [True, False], ids=["terminal", "process"])
@pytest.mark.parametrize("number", SIGNALS)
def test_the_lab_stops_cleanly(tmp_path: Path, number: signal.Signals, *, group: bool) -> None:
    with started("lab", "--folder", tmp_path / "lab", folder=tmp_path) as process:
        heard(process.stdout, "Ctrl-C ends the lab")
        assert len(processes_of(process.pid)) == 2
        _, said = strike(process, number, group=group)
        assert processes_of(process.pid) == []
    assert process.returncode == 0, said
    assert said.strip() == ""


TERMINAL = """
import os, pty, sys
from tests.integration.processes import processes_of

process, terminal = pty.fork()
if not process:
    os.execv(sys.executable, [sys.executable, "-m", "hotpair", *sys.argv[2:]])
said = b""
while sys.argv[1].encode() not in said:
    said += os.read(terminal, 4096)
os.close(terminal)
_, status = os.waitpid(process, 0)
print(os.waitstatus_to_exitcode(status), len(processes_of(process)))
"""


@pytest.mark.parametrize(
    ("until", "words", "codes"),
    [("Ctrl-C ends", ["lab", "--folder", "lab"], {0}), ("answers SSH", ["demo"], {3, 4, 5})],
)
def test_a_terminal_that_is_closed_ends_a_command_as_it_should_end(
    tmp_path: Path, until: str, words: list[str], codes: set[int]
) -> None:
    """Nothing can be written to it any more, and that is no fault."""
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, until, *words],
        cwd=tmp_path,
        env=environment(TMPDIR=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=HUNG_S,
        check=False,
    )
    code, left = map(int, done.stdout.split())
    assert (code in codes, left) == (True, 0), (code, done.stderr)
    assert {file.name for file in tmp_path.iterdir()} <= {"lab"}


@pytest.mark.parametrize("number", SIGNALS)
def test_emulated_devices_stop_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    control = tmp_path / "control"
    with started("emulate", "PE1=", "PE2=", "--control", control, folder=tmp_path) as process:
        devices = [json.loads(line) for line in heard(process.stdout, '"PE2"').splitlines()]
        assert [device["device"] for device in devices] == ["PE1", "PE2"]
        assert {"host", "port", "username", "password"} <= set(devices[0])
        _, said = strike(process, number, group=True)
        assert processes_of(process.pid) == []
    assert process.returncode == 0, said
    assert said.strip() == ""
    assert not control.exists()


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_deployment_that_nobody_reads_of_is_finished_all_the_same(tmp_path: Path, closed: str) -> None:
    with lab(tmp_path, "--time-scale", "20") as routers:
        with started("deploy", LAB_PAIR, "-i", routers.folder, "--yes", *BUDGET) as process:
            stream = getattr(process, closed)
            heard(process.stderr, "may be changed")
            stream.close()
            setattr(process, closed, None)
            process.communicate(timeout=HUNG_S)
        assert process.returncode == 0


def test_a_lab_that_is_killed_leaves_no_router_behind(tmp_path: Path) -> None:
    with started("lab", "user-vrrp-arp", "--folder", tmp_path / "lab", folder=tmp_path) as process:
        heard(process.stdout, "Ctrl-C ends the lab")
        (routers,) = set(processes_of(process.pid)) - {process.pid}
        end = os.pidfd_open(routers)
        process.kill()
        assert select.select([end], [], [], HUNG_S)[0] == [end]
        os.close(end)
        assert processes_of(process.pid) == []
