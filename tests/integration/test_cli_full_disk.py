"""A disk that is full where results are written decides nothing that is sent, and the exit code is true."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hotpair.exit_codes import ExitCode
from tests.integration.keyed import OSLO, KeyedLab, keyed_lab
from tests.integration.lab import BUDGET, HOUSE, command_line, environment

FULL = Path("/dev/full")
pytestmark = [pytest.mark.ssh, pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")]

IN_VAIN = ("--budget", "0.2")
"""Nothing converges within it."""


def deployed(lab: KeyedLab, *words: str) -> tuple[int, str]:
    """Deploy with a full disk under the results; return the exit code and what was said of it."""
    line = command_line("deploy", OSLO.pair, "-i", lab.folder, "--yes", *words)
    with FULL.open("w") as full:
        done = subprocess.run(
            line, cwd=HOUSE, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    return done.returncode, done.stderr


def test_a_plan_that_cannot_be_shown_is_not_carried_out(tmp_path: Path) -> None:
    with keyed_lab(tmp_path, OSLO) as lab:
        lab.keep(trunk="Full-Disk-7")
        code, said = deployed(lab, *BUDGET)
        assert code == ExitCode.UNKNOWN
        assert "No space left on device" in said
        assert not list((lab.folder / "journals").glob("*"))


@pytest.mark.parametrize(("budget", "code"), [(BUDGET, ExitCode.DONE), (IN_VAIN, ExitCode.ROLLED_BACK)])
def test_an_end_that_cannot_be_told_keeps_its_exit_code(
    tmp_path: Path, budget: tuple[str, ...], code: ExitCode
) -> None:
    with keyed_lab(tmp_path, OSLO) as lab:
        lab.keep(trunk="Full-Disk-7")
        ended, said = deployed(lab, "--format", "json", *budget)
        assert ended == code, said
        assert "What is told ends here: No space left on device." in said
