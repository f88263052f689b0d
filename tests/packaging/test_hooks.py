"""The pre-commit hook and the GitHub Action: what they run is run here, as shell."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.runbooks.pairs import INTENT

HOUSE = Path(__file__).parents[2]
ACTION: dict[str, Any] = YAML(typ="safe").load((HOUSE / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = YAML(typ="safe").load((HOUSE / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a folder with a pair that earns a warning, and one that is no pair."""
    (tmp_path / "pairs").mkdir()
    warned = INTENT.replace("{a: 10, b: 20}", "{a: 20, b: 10}")
    (tmp_path / "pairs" / "west.yaml").write_text(warned, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(INTENT.replace("port:", "prot:"), encoding="utf-8")
    return tmp_path


def step(name: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step as a runner does: `bash -eo pipefail`."""
    (found,) = (one for one in ACTION["runs"]["steps"] if one["name"] == name)
    assert found["shell"] == "bash"
    assert set(found["env"]) <= set(environment)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"]],
        cwd=folder,
        env={"PATH": PATH, "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_step_that_installs_installs_this_program(tmp_path: Path) -> None:
    offline = {"PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_TARGET": str(tmp_path / "there")}
    done = step("Install", tmp_path, {"ACTION": str(HOUSE), **offline})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "there" / "hotpair" / "__main__.py").is_file()


@pytest.mark.parametrize(
    ("files", "fail_on", "code"),
    [
        ("pairs", "error", 0),
        ("pairs", "warning", 1),
        ("pairs/west.yaml", "never", 0),
        ("broken.yaml", "error", 2),
    ],
)
def test_the_step_that_lints_annotates_and_fails_as_asked(
    repository: Path, files: str, fail_on: str, code: int
) -> None:
    done = step("Lint", repository, {"FILES": files, "FAIL_ON": fail_on, "SARIF": ""})
    assert done.returncode == code, done.stderr
    assert re.match(r"::(warning|error) file=\S+,line=\d+,title=", done.stdout)


def test_the_step_that_lints_writes_a_log_for_code_scanning(repository: Path) -> None:
    done = step("Lint", repository, {"FILES": "pairs", "FAIL_ON": "warning", "SARIF": "hotpair.sarif"})
    assert done.returncode == 1, done.stderr
    assert '"version": "2.1.0"' in (repository / "hotpair.sarif").read_text(encoding="utf-8")


def test_every_input_is_used_and_every_step_reads_inputs_from_its_environment() -> None:
    used = {
        name
        for one in ACTION["runs"]["steps"]
        for text in one["env"].values()
        for name in re.findall(r"inputs\.([\w-]+)", text)
    }
    assert used == set(ACTION["inputs"])
    assert not any("${{" in one["run"] for one in ACTION["runs"]["steps"])  # no input becomes shell


def test_the_hook_lints_the_pair_files_that_changed(repository: Path) -> None:
    fits = re.compile(HOOK["files"]).search
    assert fits("pairs/west.yaml")
    assert fits("site/pairs/north/west.yml")
    assert not fits("hosts.yaml")
    assert not fits("mypairs/west.yaml")
    for file, code in (("pairs/west.yaml", 0), ("broken.yaml", 2)):
        done = subprocess.run(
            [*shlex.split(HOOK["entry"]), file],
            cwd=repository,
            env={"PATH": PATH, "HOME": str(repository)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
