"""The script of a Nornir user in the documentation, run as one runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from runbooks.lab import LAB_PAIR
from tests.integration.lab import HOUSE, HUNG_S, MEMBERS, Lab, environment, here

pytestmark = pytest.mark.ssh


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    """Return a folder that tells Python of our plugins, as an installation does, from a folder of source."""
    points = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]["entry-points"]
    info = tmp_path / "plugins" / "hotpair_source-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hotpair-source\nVersion: 0\n")
    lines = [
        line
        for group, names in points.items()
        for line in (f"[{group}]", *(f"{name} = {place}" for name, place in names.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    return info.parent


def run_example(folder: Path, plugins: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, HOUSE / "docs" / "nornir_example.py", folder],
        cwd=folder,
        env=environment(PYTHONPATH=os.pathsep.join(map(str, (HOUSE, plugins)))),
        capture_output=True,
        text=True,
        timeout=HUNG_S,
        check=False,
    )


def test_the_example_tells_a_deployed_pair(deployed_lab: Lab, plugins: Path) -> None:
    done = run_example(deployed_lab.folder, plugins)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"{LAB_PAIR} DeviceA: service1, 0 lines to type",
        f"{LAB_PAIR} DeviceB: service1, 0 lines to type",
    ]


def test_the_example_tells_a_pair_that_is_to_be_changed(
    deployed_lab: Lab, tmp_path: Path, plugins: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals"))
    pair = folder / "pairs" / f"{LAB_PAIR}.yaml"
    pair.write_text(pair.read_text().replace("service1", "service2"))
    done = run_example(folder, plugins)
    assert done.returncode == 0, done.stderr
    for line, name in zip(done.stdout.splitlines(), MEMBERS, strict=True):
        assert line.startswith(f"{LAB_PAIR} {name}: service1, ")
        assert ", 0 lines" not in line
    summary = here("plan", LAB_PAIR, "--inventory", folder).out.rstrip().splitlines()[-1]
    counted = sum(int(count) for count in re.findall(r"(\d+) (?:hitless|resets|service-affecting)", summary))
    assert counted == sum(int(line.split()[-4]) for line in done.stdout.splitlines())


def test_the_example_tells_what_keeps_it_out(deployed_lab: Lab, tmp_path: Path, plugins: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals"))
    (folder / "secrets.yaml").unlink()
    done = run_example(folder, plugins)
    assert done.returncode == 1
    assert "lab-password" in done.stdout
