"""A disk that is full, or a folder that takes nothing, leaves what stood there, and no half of a file."""

from __future__ import annotations

import errno
import stat
from pathlib import Path
from typing import Any

import pytest

from hotpair.cli.reports import put_report
from inventory.errors import IntentError, RefusedError
from inventory.secrets import Secret
from runbooks.lab import ServedDevice
from runbooks.lab_folder import held, write_inventory
from runbooks.plan_uses import note_use
from runbooks.secret_marks import changed_secrets, keep_marks
from runbooks.support import write_bundle
from runbooks.whole_files import write_over

SERVED = {"PE1": ServedDevice("PE1", "127.0.0.1", 22, "admin", "word", "ssh-ed25519 AAAA")}


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be full: a file can be made, and holds nothing."""
    write = Path.write_text

    def nothing(path: Path, _text: str, *words: Any, **how: Any) -> int:
        write(path, "", *words, **how)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", nothing)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_report_of_yesterday_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "night.html"
    put_report(report, "yesterday")
    report.chmod(0o640)
    put_report(report, "today")
    assert (report.read_text(), stat.S_IMODE(report.stat().st_mode)) == ("today", 0o640)
    full(monkeypatch)
    for file in (report, tmp_path / "new.html"):
        with pytest.raises(IntentError, match="the report cannot be written") as caught:
            put_report(file, "tomorrow")
        assert caught.value.details == (("where", str(file)), ("found", "No space left on device"))
    assert names(tmp_path) == ["night.html"]
    assert report.read_text() == "today"


def test_a_link_is_followed_and_what_is_no_file_is_given_the_text(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    link, there = tmp_path / "night.html", tmp_path / "web" / "index.html"
    link.symlink_to(there)
    write_over(link, "one")
    assert (link.is_symlink(), there.read_text(), names(tmp_path / "web")) == (True, "one", ["index.html"])
    with pytest.raises(OSError, match="No space left on device") as caught:
        write_over(Path("/dev/full"), "one")
    assert caught.value.filename == "/dev/full"


def test_marks_of_secrets_are_kept_before_anything_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_marks(tmp_path, "pair", {"key": Secret("of-today")})
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    full(monkeypatch)
    for pair in ("pair", "other"):
        with pytest.raises(RefusedError, match="cannot be kept; nothing was sent") as caught:
            keep_marks(tmp_path, pair, {"key": Secret("of-tomorrow")})
        assert ("where", str(tmp_path / f"{pair}.secrets.json")) in caught.value.details
    assert names(tmp_path) == [file.name]
    assert not changed_secrets(tmp_path, "pair", {"key": Secret("of-today")})


def test_the_use_of_a_plan_is_noted_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "journals").write_text("")
    with pytest.raises(RefusedError, match="cannot be noted; nothing was sent"):
        note_use(tmp_path / "journals", "plan", "hp-1")


def test_a_lab_says_where_it_cannot_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    with pytest.raises(IntentError, match="cannot be kept there") as caught, held(tmp_path / "nowhere"):
        pass
    assert ("found", "a link that leads nowhere") in caught.value.details
    (lab := tmp_path / "lab").mkdir()
    (lab / "pairs").symlink_to(tmp_path / "gone")
    with held(lab), pytest.raises(IntentError, match="cannot be kept there") as caught:
        write_inventory(lab, SERVED)
    assert ("where", str(lab / "pairs")) in caught.value.details
    (lab / "pairs").unlink()
    full(monkeypatch)
    with held(lab), pytest.raises(IntentError, match="cannot be kept there") as caught:
        write_inventory(lab, SERVED)
    assert ("found", "No space left on device") in caught.value.details
    monkeypatch.undo()
    with held(lab):
        write_inventory(lab, SERVED)
    assert stat.S_IMODE((lab / "secrets.yaml").stat().st_mode) == 0o600


def test_no_half_of_a_bundle_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_words: object, **_how: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    bundle = tmp_path / "bundle.tar.gz"
    bundle.write_text("of yesterday")
    with pytest.raises(IntentError, match="the bundle cannot be written"):
        write_bundle(bundle, tmp_path, tmp_path / "archive.db", [], {})
    assert bundle.read_text() == "of yesterday"
    bundle.unlink()
    monkeypatch.setattr("tarfile.TarFile.addfile", nothing)
    with pytest.raises(IntentError, match="the bundle cannot be written"):
        write_bundle(bundle, tmp_path, tmp_path / "archive.db", [], {})
    assert not bundle.exists()


def test_a_bundle_below_a_file_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(IntentError, match="the bundle cannot be written"):
        write_bundle(tmp_path / "file" / "b.tar.gz", tmp_path, tmp_path / "archive.db", [], {})
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_link_that_leads_to_itself_is_refused_by_its_name(tmp_path: Path) -> None:
    link = tmp_path / "report.html"
    link.symlink_to(link)
    with pytest.raises(OSError, match="levels of symbolic links") as caught:
        write_over(link, "a report")
    assert caught.value.filename == str(link)
    assert link.is_symlink()
