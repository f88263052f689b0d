"""A lab's folder is marked, and files that no lab wrote are never written over."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from inventory.errors import IntentError, RefusedError
from inventory.schema import FILE as SCHEMA
from runbooks.lab import LAB_PAIR, ServedDevice, sample_file
from runbooks.lab_folder import MARK, held, write_inventory

MEMBERS = ("DeviceA", "DeviceB")
FIRST = "Pw-1"


def served(*names: str, password: str = FIRST) -> dict[str, ServedDevice]:
    return {
        name: ServedDevice(name, "127.0.0.1", 4000 + number, "ops", password, "ssh-ed25519 AAAA")
        for number, name in enumerate(names)
    }


@pytest.mark.parametrize("name", ["hosts.yaml", "secrets.yaml", "groups.yaml", f"pairs/{LAB_PAIR}.yaml"])
def test_a_users_own_file_is_never_written_over(tmp_path: Path, name: str) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("my: own\n")
    with pytest.raises(IntentError, match="written over") as told:
        write_inventory(tmp_path, served(*MEMBERS), sample_file(LAB_PAIR))
    assert told.value.found == name
    assert mine.read_text() == "my: own\n"
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {mine}


def test_an_editor_finds_the_schema_of_the_sample_there(tmp_path: Path) -> None:
    write_inventory(tmp_path, served(*MEMBERS), sample_file(LAB_PAIR))
    text = (tmp_path / "pairs" / f"{LAB_PAIR}.yaml").read_text()
    place = text.rpartition("$schema=file://")[2].strip()
    assert Path(place).samefile(SCHEMA)


def test_other_files_of_a_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_inventory(tmp_path, served(*MEMBERS), sample_file(LAB_PAIR))
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_second_lab_takes_the_folder_of_one_that_has_ended(tmp_path: Path) -> None:
    write_inventory(tmp_path, served(*MEMBERS), sample_file(LAB_PAIR))
    write_inventory(tmp_path, served(*MEMBERS, password="Pw-2"), sample_file(LAB_PAIR))
    assert "Pw-2" in (tmp_path / "secrets.yaml").read_text()
    assert stat.S_IMODE((tmp_path / "secrets.yaml").stat().st_mode) == 0o600


def test_what_a_user_made_of_a_labs_pair_stays(tmp_path: Path) -> None:
    write_inventory(tmp_path, served(*MEMBERS), sample_file(LAB_PAIR))
    pair = tmp_path / "pairs" / f"{LAB_PAIR}.yaml"
    pair.write_text(pair.read_text() + "# mine\n")
    write_inventory(tmp_path, served(*MEMBERS, password="Pw-2"), sample_file(LAB_PAIR))
    assert pair.read_text().endswith("# mine\n")
    assert "Pw-2" in (tmp_path / "secrets.yaml").read_text()


@pytest.mark.parametrize("name", ["hosts.yaml", "secrets.yaml"])
def test_an_edited_file_that_today_needs_otherwise_is_not_written_over(tmp_path: Path, name: str) -> None:
    write_inventory(tmp_path, served(*MEMBERS), sample_file(LAB_PAIR))
    mine = tmp_path / name
    mine.write_text(mine.read_text() + "# mine\n")
    with pytest.raises(IntentError, match="written over"), held(tmp_path):
        pass
    with pytest.raises(IntentError, match="written over"):
        write_inventory(tmp_path, served(*MEMBERS, password="Pw-2"), sample_file(LAB_PAIR))
    assert mine.read_text().endswith("# mine\n")


def test_a_link_to_a_users_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("my: own\n")
    folder = tmp_path / "lab"
    folder.mkdir()
    (folder / "hosts.yaml").symlink_to(tmp_path / "mine.yaml")
    (folder / "secrets.yaml").symlink_to(tmp_path / "absent.yaml")
    with pytest.raises(IntentError, match="written over") as told:
        write_inventory(folder, served(*MEMBERS), sample_file(LAB_PAIR))
    assert told.value.found == "hosts.yaml, secrets.yaml"
    assert not (tmp_path / "absent.yaml").exists()


def test_the_folder_of_a_lab_that_runs_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "lab"
    with held(folder):
        assert (folder / MARK).is_file()
        with pytest.raises(RefusedError, match="a lab runs") as told, held(folder):
            pass
        assert told.value.where == str(folder)
    with held(folder):
        pass
