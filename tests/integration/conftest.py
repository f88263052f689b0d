"""Labs that tests of the command line share."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hotpair.__main__ import run
from runbooks.lab import LAB_PAIR
from tests.integration.lab import BUDGET, QUICK, Ended, Lab, here, hurried, lab

Command = Callable[..., Ended]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Yield a way to run a command in this process, which spares the start of an interpreter."""
    for name in ("HOTPAIR_INVENTORY", "HOTPAIR_DRIVER", "HOTPAIR_FORMAT"):
        monkeypatch.delenv(name, raising=False)

    def ended(*words: str | Path, answer: str = "") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        capsys.readouterr()
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    with hurried():
        yield ended


@pytest.fixture
def bare_lab(tmp_path: Path) -> Iterator[Lab]:
    """Yield routers of one test's own, before any deployment."""
    with lab(tmp_path, *QUICK) as served:
        yield served


@pytest.fixture(scope="session")
def deployed_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield routers that hold the intent; tests that change them put them back."""
    with lab(tmp_path_factory.mktemp("deployed"), *QUICK) as served:
        ended = here("deploy", LAB_PAIR, "-i", served.folder, "--yes", *BUDGET)
        assert ended.code == 0, ended.said
        yield served
