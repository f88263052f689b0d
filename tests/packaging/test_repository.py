"""What is committed names no registry, no machine and no lock file with hosts in it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
# With classes of one character, so that this file does not name them either.
REGISTRY = re.compile(r"index[-]url|find[-]links|files[.]pythonhosted|registry[.]npmjs")
LOCK_FILES = {"uv.lock", "pylock.toml", "poetry.lock"}


def committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout: nothing is committed here")
    return listed.stdout.splitlines()


def test_no_lock_file_is_committed() -> None:
    names = {Path(name).name for name in committed()}
    assert not names & LOCK_FILES


def test_no_committed_file_names_a_registry() -> None:
    named = []
    for name in committed():
        path = HOUSE / name
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        named += [f"{name}: {hit.group()}" for hit in REGISTRY.finditer(text)]
    assert named == []


def test_constraints_are_plain_pins() -> None:
    lines = (HOUSE / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 20
    assert all(re.match(r"^[a-z0-9.-]+==[^ ]+( ;.*)?$", line) for line in lines)
