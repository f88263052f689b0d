"""A signal that comes while a file is written leaves it whole: half of one would only be refused later."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory.secrets import Secret
from runbooks import interrupts
from runbooks.lab import ServedDevice
from runbooks.lab_folder import write_inventory
from runbooks.report.evidence import load_evidence, save_run
from runbooks.secret_marks import changed_secrets, keep_marks
from runbooks.support import write_bundle
from tests.runbooks.report.runs import observation, run
from tests.runbooks.struck import signals_told, struck

KEYS = {"key": Secret("of-today")}


@pytest.fixture(autouse=True)
def told() -> Iterator[None]:
    with signals_told():
        yield
        assert interrupts.came()


def test_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", struck(Path.write_bytes))
    home = save_run(run(observations=(observation(),)), tmp_path)
    _, (seen,) = load_evidence(home)
    assert seen == observation()


def test_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hosts.yaml").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(tarfile.TarFile, "addfile", struck(tarfile.TarFile.addfile))
    names = write_bundle(tmp_path / "b.tar.gz", tmp_path, tmp_path / "archive.db", [], {})
    with tarfile.open(tmp_path / "b.tar.gz") as bundle:
        assert len(bundle.getnames()) == len(names) > 1


def test_marks_of_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", struck(Path.replace))
    keep_marks(tmp_path, "pair", KEYS)
    assert [file.suffix for file in tmp_path.iterdir()] == [".json"]
    assert not changed_secrets(tmp_path, "pair", KEYS)


def test_the_inventory_of_a_lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = {"PE1": ServedDevice("PE1", "127.0.0.1", 22, "admin", "word", "ssh-ed25519 AAAA")}
    monkeypatch.setattr(Path, "write_text", struck(Path.write_text))
    write_inventory(tmp_path, served)
    write_inventory(tmp_path, served)  # every file is known as ours
