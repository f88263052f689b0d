"""Labs that tests of the command line share."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hotpair.__main__ import run
from runbooks import verify
from runbooks.lab import LAB_PAIR
from tests.integration.lab import BUDGET, QUICK, Ended, Lab, lab, typed

Command = Callable[..., Ended]
PAUSE_S = 0.3
"""Longest pause between two looks; to a router of `QUICK` it is 4.5 s."""


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Give a way to run a command in this process, which spares the start of an interpreter.

    Between two looks at a pair it pauses for less than a user's command: these routers live faster.
    """
    for name in ("HOTPAIR_INVENTORY", "HOTPAIR_DRIVER", "HOTPAIR_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(verify, "sleep", lambda seconds: time.sleep(min(seconds, PAUSE_S)))

    def ended(*words: str | Path, answer: str = "") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        capsys.readouterr()
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return ended


@pytest.fixture
def bare_lab(tmp_path: Path) -> Iterator[Lab]:
    """Give routers of one test's own, before any deployment."""
    with lab(tmp_path, *QUICK) as served:
        yield served


@pytest.fixture(scope="session")
def deployed_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Give routers that hold the intent; tests that change them put them back."""
    with lab(tmp_path_factory.mktemp("deployed"), *QUICK) as served:
        ended = typed("deploy", LAB_PAIR, "-i", served.folder, "--yes", *BUDGET)
        assert ended.code == 0, ended.said
        yield served
