"""Builds of Hotpair to measure side by side: the tree beside this file, and any revision of its history.

A revision gets a worktree and an environment of its own, made once and kept below the system's folder for
temporary files; `git worktree prune` forgets worktrees that were deleted there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
FIRST = "2e8bd66"
"""What this version is measured against: the last commit of 0.1."""


@dataclass(frozen=True)
class Build:
    """One build that can be run.

    Args:
        name: how it is spoken of.
        root: folder with its source.
        python: interpreter with its dependencies.
    """

    name: str
    root: Path
    python: Path

    def command(self, *words: str | Path) -> list[str]:
        """Return the command line of this build's `hotpair`."""
        return [str(self.python), "-P", "-m", "hotpair", *map(str, words)]

    def environment(self) -> dict[str, str]:
        """Return an environment in which this build's rooms are found, and no setting of ours.

        Modules are compiled once, as those of an installed program are.
        """
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("HOTPAIR_") and name != "PYTHONDONTWRITEBYTECODE"
        }
        return {**own, "PYTHONPATH": str(self.root), "NO_COLOR": "1"}

    def output(self, script: Path, *words: str) -> str:
        """Run a script with this build's rooms and return what it prints.

        Raises:
            SystemExit: it failed, as where the build lacks what is measured; its last line is told.
        """
        line = [str(self.python), "-P", str(script), *words]
        done = subprocess.run(line, env=self.environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            why = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
            raise SystemExit(f"{self.name} cannot run {script.name}: {why}")
        return done.stdout


def here() -> Build:
    """Return the tree beside this file, in the environment of now."""
    return Build("this tree", HOME, Path(sys.executable))


def revision(name: str) -> Build:
    """Return a revision, with a worktree and an environment of its own.

    Raises:
        CalledProcessError: there is no such revision, or it cannot be installed.
    """
    commit = _git("rev-parse", "--short=12", f"{name}^{{commit}}").strip()
    root = Path(tempfile.gettempdir()) / "hotpair-builds" / commit
    python = root / ".venv" / "bin" / "python"
    ready = root / ".venv" / "ready"
    if not ready.exists():
        if not (root / "pyproject.toml").exists():
            _git("worktree", "prune")
            _git("worktree", "add", "--detach", "--quiet", str(root), commit)
        _run([sys.executable, "-m", "venv", "--clear", str(python.parents[1])])
        _run(
            [str(python), "-m", "pip", "install", "-q", "-c", str(root / "constraints.txt"), "-e", str(root)]
        )
        ready.touch()
    return Build(commit, root, python)


def _git(*words: str) -> str:
    return subprocess.run(["git", "-C", str(HOME), *words], capture_output=True, text=True, check=True).stdout


def _run(line: Sequence[str]) -> None:
    subprocess.run(line, check=True, stdout=sys.stderr)
