"""The pytest plugin from the outside: a pytest of somebody else, in a folder of theirs, gates on a pair."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from threading import Thread

import pytest

from runbooks.lab import LAB_PAIR
from tests.integration.lab import BUDGET, HUNG_S, MEMBERS, QUICK, Ended, Lab, edit, environment, here, lab

pytestmark = pytest.mark.ssh


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield routers that hold the intent."""
    with lab(tmp_path_factory.mktemp("plugin"), *QUICK) as served:
        ended = here("deploy", LAB_PAIR, "-i", served.folder, "--yes", *BUDGET)
        assert ended.code == 0, ended.said
        yield served


OURS = ("-p", "hotpair_pytest", "-v")


def gated_here(folder: Path, *words: str | Path) -> Ended:
    """Run pytest within this one in an empty folder, with no plugin but ours: it spares an interpreter."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in [name for name in os.environ if name.startswith(("HOTPAIR_", "PYTEST_"))]:
            patch.delenv(name)
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        patch.setenv("NO_COLOR", "1")
        patch.chdir(folder)
        code = pytest.main([*OURS, *map(str, words)])
    return Ended(int(code), out.getvalue(), err.getvalue())


def gated(folder: Path, *words: str | Path) -> Ended:
    """Run pytest as a process of its own in an empty folder, with no plugin but ours."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *OURS, *map(str, words)],
        cwd=folder,
        env=environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"),
        capture_output=True,
        text=True,
        timeout=HUNG_S,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def test_each_check_of_a_pair_that_is_well_passes(deployed: Lab, tmp_path: Path) -> None:
    ended = gated(
        tmp_path, "--hotpair-pair", LAB_PAIR, "--hotpair-inventory", deployed.folder, "--hotpair-wait", "60"
    )
    assert ended.code == 0, ended.said
    for item in ("rbs-connected[RBS service1] PASSED", "e-trunk-roles[E-Trunk 1] PASSED"):
        assert item in ended.out
    assert "no entry on either member" not in ended.out.partition("rbs-connected")[0]
    assert "failed" not in ended.out


def test_a_failure_says_what_is_wrong_without_a_traceback(deployed: Lab, tmp_path: Path) -> None:
    _, backup = MEMBERS
    deployed.order(fault="shut-port", device=backup, port="GigabitEthernet0/1/3")
    deployed.order(advance=300)
    try:
        ended = gated_here(
            tmp_path,
            *("--hotpair-pair", LAB_PAIR, "--hotpair-inventory", deployed.folder),
            *("--hotpair-driver", "scrapli"),
        )
    finally:
        deployed.order(fault="restore-port", device=backup, port="GigabitEthernet0/1/3")
        deployed.order(advance=300)
    assert ended.code == 1, ended.said
    assert "ports-up[ports of DeviceB] FAILED" in ended.out
    assert "GigabitEthernet0/1/3 is down" in ended.out
    assert "rbs-connected[RBS service1] PASSED" in ended.out
    assert "Traceback" not in ended.said
    assert "pytest_plugin.py" not in ended.out


def test_a_device_out_of_reach_fails_with_its_name(deployed: Lab, tmp_path: Path) -> None:
    gone, _ = MEMBERS
    deployed.order(fault="power-off", device=gone)
    deployed.order(advance=300)
    try:
        ended = gated_here(tmp_path, "--hotpair-pair", LAB_PAIR, "--hotpair-inventory", deployed.folder)
    finally:
        deployed.order(fault="power-on", device=gone)
        deployed.order(advance=300)
    assert ended.code == 1, ended.said
    assert gone in ended.out
    assert "passed" not in ended.out.splitlines()[-1]
    assert "Traceback" not in ended.said


@pytest.mark.parametrize(
    ("hosts", "told"),
    [
        (None, "--hotpair-inventory there: there is no inventory in that folder"),
        ("x: {hostnme: y}\n", "unknown key 'hostnme'"),
        (
            "{}\n",
            "no pair is named metro-1 (wanted: a file in pairs/; found: metro-1; next: hotpair list -i ",
        ),
    ],
)
def test_a_wrong_inventory_is_a_usage_error_that_says_what_is_wrong(
    tmp_path: Path, hosts: str | None, told: str
) -> None:
    if hosts is not None:
        (tmp_path / "there" / "pairs").mkdir(parents=True)
        (tmp_path / "there" / "hosts.yaml").write_text(hosts)
    ended = gated_here(tmp_path, "--hotpair-pair", "metro-1", "--hotpair-inventory", "there")
    assert ended.code == pytest.ExitCode.USAGE_ERROR, ended.said
    assert told in ended.said
    assert "Traceback" not in ended.said


@pytest.fixture
def refusing(deployed: Lab, tmp_path: Path) -> Iterator[tuple[Path, list[socket.socket]]]:
    """Yield an inventory whose second router takes calls and hangs up, and the calls that it took."""
    folder = tmp_path / "refusing"
    shutil.copytree(deployed.folder, folder, ignore=shutil.ignore_patterns("runs", "journals"))
    calls: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as bait:
        port = bait.getsockname()[1]
        edit(folder / "hosts.yaml", lambda hosts: hosts["DeviceB"].update(port=port))

        def hang_up() -> None:
            with suppress(OSError):  # the test has ended
                while True:
                    call, _ = bait.accept()
                    calls.append(call)
                    call.close()

        listener = Thread(target=hang_up, daemon=True)
        listener.start()
        yield folder, calls
        bait.shutdown(socket.SHUT_RDWR)
    listener.join()


@pytest.mark.parametrize("workers", [[], ["-p", "xdist", "-n", "2"]], ids=["alone", "workers"])
def test_a_refusing_device_is_dialled_once(
    refusing: tuple[Path, list[socket.socket]], tmp_path: Path, workers: list[str]
) -> None:
    folder, calls = refusing
    run = gated if workers else gated_here
    ended = run(tmp_path, "--hotpair-pair", LAB_PAIR, "--hotpair-inventory", folder, *workers)
    assert ended.code == 1, ended.said
    assert ended.out.count("FAILED") > 10
    assert "DeviceB" in ended.out
    assert len(calls) == 1


def test_workers_judge_what_the_controller_has_seen(deployed: Lab, tmp_path: Path) -> None:
    ended = gated(
        tmp_path,
        *("--hotpair-pair", LAB_PAIR, "--hotpair-inventory", deployed.folder, "--hotpair-wait", "60"),
        *("-p", "xdist", "-n", "2"),
    )
    assert ended.code == 0, ended.said
    assert "rbs-connected[RBS service1]" in ended.out


@pytest.mark.parametrize("workers", [[], ["-p", "xdist", "-n", "2"]], ids=["alone", "workers"])
def test_a_wrong_pair_is_told_in_one_line(tmp_path: Path, workers: list[str]) -> None:
    (tmp_path / "hosts.yaml").touch()
    ended = gated(tmp_path, "--hotpair-pair", "nowhere", *workers)
    assert ended.code == pytest.ExitCode.USAGE_ERROR, ended.said
    assert "no pair is named nowhere" in ended.err
    assert "INTERNALERROR" not in ended.said


def test_the_failed_ones_can_be_run_again(deployed: Lab, tmp_path: Path) -> None:
    gate = ("--hotpair-pair", LAB_PAIR, "--hotpair-inventory", deployed.folder)
    deployed.order(fault="shut-port", device="DeviceB", port="GigabitEthernet0/1/3")
    deployed.order(advance=300)  # what failed because of it fails for good
    try:
        assert gated_here(tmp_path, *gate).code == 1
        again = gated_here(tmp_path, *gate, "--lf")
        first = gated_here(tmp_path, *gate, "--ff")
        stepwise = gated_here(tmp_path, *gate, "--sw")
        stepped = gated_here(tmp_path, *gate, "--sw")
        chosen = gated_here(tmp_path, *gate, "-k", "ports-up and DeviceB")
    finally:
        deployed.order(fault="restore-port", device="DeviceB", port="GigabitEthernet0/1/3")
        deployed.order(advance=300)
    for ended in (again, first, stepwise, stepped, chosen):
        assert ended.code in {1, 2}, ended.said
    assert "passed" not in again.out.splitlines()[-1]
    assert "ports-up[ports of DeviceB] FAILED" in again.out
    run = [line for line in first.out.splitlines() if f"{LAB_PAIR}::" in line]
    assert "FAILED" in run[0]
    assert "1 failed" in stepwise.out
    assert "1 failed" in stepped.out
    assert "passed" not in stepped.out.splitlines()[-1]
    assert "1 failed" in chosen.out
    assert "passed" not in chosen.out.splitlines()[-1]


def test_projects_that_name_no_pair_are_not_touched(tmp_path: Path) -> None:
    """A project may have `tasks` and an `inventory` of its own, and look at paramiko's log."""
    for room in ("tasks", "inventory", "runbooks"):
        (tmp_path / f"{room}.py").write_text("MINE = True\n")
    (tmp_path / "test_own.py").write_text(
        "import logging, sys\n"
        "import inventory, runbooks, tasks\n"
        "def test_own() -> None:\n"
        "    assert tasks.MINE and inventory.MINE and runbooks.MINE\n"
        "    assert logging.getLogger('paramiko').level == logging.NOTSET\n"
        "    assert 'hotpair' not in sys.modules\n"
    )
    ended = gated(tmp_path)
    assert ended.code == 0, ended.said


def test_without_a_pair_nothing_is_added(tmp_path: Path) -> None:
    (tmp_path / "test_own.py").write_text("def test_own() -> None:\n    assert True\n")
    ended = gated(tmp_path)
    assert ended.code == 0, ended.said
    assert "1 passed" in ended.out
