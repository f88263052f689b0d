"""A new file is written whole, where none was, or not at all."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from inventory.errors import IntentError
from inventory.secrets import Secret
from runbooks.plan_file import Device, PlanFile, Terms, save_plan
from runbooks.whole_files import write_new


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond ten bytes for as long as the block lasts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_half_a_file_is_not_left(tmp_path: Path) -> None:
    file = tmp_path / "metro-1.yaml"
    with pytest.raises(OSError, match="too large"), full_disk():
        write_new(file, "pair: metro-1\n" * 10)
    assert not file.exists()
    write_new(file, "pair: metro-1\n")
    assert file.read_text(encoding="utf-8") == "pair: metro-1\n"


def test_what_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "metro-1.yaml"
    file.write_text("mine\n", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_new(file, "other\n")
    assert file.read_text(encoding="utf-8") == "mine\n"


DEVICE = Device("PE1", "", (), 1000000007, "0" * 64, ())
PLAN = PlanFile(
    "pl-0123456789", "metro-1", "2026-11-21T04:00:00Z", "ops@host", "0" * 64, Terms(), (), (), DEVICE, DEVICE
)


def test_half_a_plan_is_not_left_nor_marks_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, marks = tmp_path / "plan.json", tmp_path / "journals"

    def refused(path: Path, text: str) -> None:
        with full_disk():
            write_new(path, text)

    monkeypatch.setattr("runbooks.plan_file.write_new", refused)  # the marks found room
    with pytest.raises(IntentError, match="the plan file cannot be written"):
        save_plan(plan, PLAN, marks, {"key": Secret("Hx7")})

    assert not plan.exists()
    assert not list(marks.iterdir())
