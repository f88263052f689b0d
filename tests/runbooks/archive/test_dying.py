"""Whoever dies while an archive is written, pruned, filled or brought up to date spoils nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.runbooks.archive.dying import WORKS


def test_a_death_at_any_statement_leaves_what_was_kept_and_the_work_can_be_done_again(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "tests.runbooks.archive.dying", str(tmp_path), "67"]
    died = subprocess.run(line, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    assert died.returncode == 0, died.stderr
    deaths = dict(row.split() for row in died.stdout.splitlines())
    assert deaths.keys() == WORKS.keys()
    assert all(int(count) > 0 for count in deaths.values())
