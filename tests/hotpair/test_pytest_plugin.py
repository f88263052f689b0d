"""The pytest plugin from the outside: a pytest of somebody else, in a folder of theirs, gates on a pair."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runbooks.lab import LAB_PAIR
from tests.integration.lab import BUDGET, MEMBERS, QUICK, Ended, Lab, environment, lab, typed

pytestmark = pytest.mark.ssh


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Give routers that hold the intent."""
    with lab(tmp_path_factory.mktemp("plugin"), *QUICK) as served:
        ended = typed("deploy", LAB_PAIR, "-i", served.folder, "--yes", *BUDGET)
        assert ended.code == 0, ended.said
        yield served


def gated(folder: Path, *words: str | Path) -> Ended:
    """Run pytest in an empty folder, with no plugin but ours."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "hotpair.pytest_plugin", "-v", *map(str, words)],
        cwd=folder,
        env=environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"),
        capture_output=True,
        text=True,
        timeout=60,
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
    try:
        ended = gated(
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
    try:
        ended = gated(tmp_path, "--hotpair-pair", LAB_PAIR, "--hotpair-inventory", deployed.folder)
    finally:
        deployed.order(fault="power-on", device=gone)
        deployed.order(advance=300)
    assert ended.code == 1, ended.said
    assert gone in ended.out
    assert "passed" not in ended.out.splitlines()[-1]
    assert "Traceback" not in ended.said


@pytest.mark.parametrize("pair", ["nowhere", "no-such-file.yaml"])
def test_an_unknown_pair_is_a_usage_error(tmp_path: Path, pair: str) -> None:
    ended = gated(tmp_path, "--hotpair-pair", pair)
    assert ended.code == pytest.ExitCode.USAGE_ERROR, ended.said
    assert pair in ended.said
    assert "Traceback" not in ended.said


def test_without_a_pair_nothing_is_added(tmp_path: Path) -> None:
    (tmp_path / "test_own.py").write_text("def test_own() -> None:\n    assert True\n")
    ended = gated(tmp_path)
    assert ended.code == 0, ended.said
    assert "1 passed" in ended.out
