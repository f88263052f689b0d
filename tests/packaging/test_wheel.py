"""The wheel and the sdist hold our rooms and nothing else, and the installed CLI runs from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = {"hotpair", "runbooks", "tasks", "parsers", "inventory", "emulator"}
PLUGIN = "hotpair_pytest.py"
"""What pytest loads in every project: a name that nobody else has, and no import of a room."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(HOUSE)]
    subprocess.run(build, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    (wheel,) = dist.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return site


def run_installed(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hotpair", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_wheel_holds_the_rooms_only(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == ROOMS | {PLUGIN}
    for data in (
        "inventory/lab/hosts.yaml",
        "inventory/lab/pairs/seed-igmp.yaml",
        "inventory/lab/devices/DeviceA.cfg",
        "inventory/schema/pair.json",
        "runbooks/report/templates/run.html.j2",
        "hotpair/pages/templates/base.html.j2",
        "hotpair/pages/static/hotpair.js",
        "hotpair/py.typed",
    ):
        assert data in names


def test_sdist_holds_no_stray_folder(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        tops = {name.split("/")[1] for name in archive.getnames() if name.count("/") == 1}
    allowed = ROOMS | {PLUGIN, "tests", "docs", "benchmarks"}
    files = {
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
        "constraints.txt",
        "pyproject.toml",
        "PKG-INFO",
        ".gitignore",
    }
    assert tops <= allowed | files


def test_installed_cli_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    pair = installed / "inventory" / "lab" / "pairs" / "seed-igmp.yaml"
    rendered = run_installed(installed, tmp_path, "render", str(pair), "--member", "b")
    assert rendered.returncode == 0, rendered.stderr
    assert " peer 1.1.1.1 source 3.3.3.3 port 1025" in rendered.stdout.splitlines()
    assert list(tmp_path.iterdir()) == []


def test_a_shadowed_room_is_named(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "__init__.py").write_text("")
    shadowed = run_installed(installed, tmp_path, "--help")
    assert shadowed.returncode != 0
    assert "room 'runbooks' is shadowed" in shadowed.stderr
    assert str(tmp_path / "runbooks") in shadowed.stderr
