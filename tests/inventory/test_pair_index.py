"""A command on one pair reads that pair's file, whatever lies beside it, and never an answer of yesterday."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inventory import document, load, pair_index
from inventory.errors import IntentError
from inventory.load import load_around
from inventory.pair_files import pair_files
from inventory.pair_index import MANY, indexed
from runbooks.inventory_pairs import find_pair

COUNT = MANY + 2


def text(name: str, a: str, b: str, trunk: int = 1) -> str:
    return f"""\
pair: {name}
members: {{a: {a}, b: {b}}}
e_trunks:
  - {{id: {trunk}, address: {{a: 10.0.0.1, b: 10.0.0.2}}}}
"""


def written(file: Path, content: str) -> None:
    """Write a file and make it as old as files are."""
    file.write_text(content)
    os.utime(file, ns=(10**18, 10**18))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an inventory of many pairs; their files are old enough to be remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(pair_index, "FRESH_NS", -1)
    folder = tmp_path / "inventory" / "pairs"
    folder.mkdir(parents=True)
    for n in range(COUNT):
        written(folder / f"file-{n:03}.yaml", text(f"pair-{n:03}", f"North-{n}", f"South-{n}"))
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the pair files that were read, in order."""
    names: list[str] = []

    def reading(path: Path) -> document.Document:
        names.append(path.name)
        return document.read_file(path)

    for module in (load, pair_index):
        monkeypatch.setattr(module, "read_file", reading)
    return names


def test_the_file_of_the_pair_is_read_alone(home: Path, read: list[str]) -> None:
    assert set(load_around(home, "pair-007").good) == {"pair-007"}
    assert len(read) == COUNT + 1  # once for the index
    read.clear()
    assert find_pair("pair-007", home.parent).members.a == "North-7"
    assert read == ["file-007.yaml"]


def test_a_file_that_changed_is_read_anew(home: Path, read: list[str]) -> None:
    load_around(home, "pair-007")
    read.clear()
    written(home / "file-009.yaml", text("renamed", "North-9", "South-9"))
    assert set(load_around(home, "renamed").good) == {"renamed"}
    assert read == ["file-009.yaml", "file-009.yaml"]
    (home / "file-009.yaml").unlink()
    with pytest.raises(IntentError, match="no pair is named renamed"):
        find_pair("renamed", home.parent)


def test_a_file_that_is_just_being_written_is_not_remembered(
    home: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_index, "FRESH_NS", 10**18)
    for _ in range(2):
        read.clear()
        load_around(home, "pair-007")
        assert len(read) == COUNT + 1


def test_pairs_that_share_a_router_are_judged_together(home: Path) -> None:
    written(home / "guest.yaml", text("guest", "South-7", "Far-1"))
    with pytest.raises(IntentError, match="of South-7 is pair guest's too"):
        find_pair("pair-007", home.parent)
    written(home / "guest.yaml", text("guest", "South-7", "Far-1", trunk=2))
    assert find_pair("pair-007", home.parent).name == "pair-007"


def test_two_files_of_one_name_are_refused(home: Path) -> None:
    written(home / "twin.yaml", text("pair-007", "Far-1", "Far-2"))
    with pytest.raises(IntentError, match=r"stands in .*twin\.yaml too"):
        find_pair("pair-007", home.parent)


def test_a_broken_file_harms_its_own_pair_alone(home: Path) -> None:
    (home / "file-003.yaml").write_text(text("pair-003", "North-3", "South-3").replace("{id:", "{di:"))
    assert find_pair("pair-007", home.parent).name == "pair-007"
    with pytest.raises(IntentError, match="unknown key 'di'"):
        find_pair("pair-003", home.parent)


def test_an_unknown_name_is_told_with_what_may_be_meant(home: Path) -> None:
    with pytest.raises(IntentError, match="did you mean pair-0"):
        find_pair("pair-00x", home.parent)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"schema": 0}', '{"schema": 1, "files": {"file-007.yaml": 3}}']
)
def test_an_index_that_cannot_be_read_is_made_anew(home: Path, content: str) -> None:
    load_around(home, "pair-007")
    (place,) = (home.parents[1] / "cache" / "hotpair").iterdir()
    whole = place.read_text()
    place.write_text(content)
    assert set(load_around(home, "pair-007").good) == {"pair-007"}
    assert place.read_text() == whole


def test_without_a_place_for_it_nothing_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = home.parents[1] / "blocked"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert set(load_around(home, "pair-007").good) == {"pair-007"}


def test_many_at_once_meet_a_whole_index(home: Path) -> None:
    def look(n: int) -> str:
        if n % 5 == 0:
            written(home / f"file-{n:03}.yaml", text(f"pair-{n:03}", f"North-{n}", f"South-{n}", trunk=2 + n))
        (name,) = load_around(home, f"pair-{n:03}").good
        return name

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(look, range(24))) == [f"pair-{n:03}" for n in range(24)]
    (place,) = (home.parents[1] / "cache" / "hotpair").iterdir()
    assert {entry.name for entry in indexed(home, pair_files(home)).values()} == {
        f"pair-{n:03}" for n in range(COUNT)
    }
    assert place.suffix == ".json"


def test_ctrl_c_while_the_index_is_written_leaves_nothing_half_written(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_part: Path, _place: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load_around(home, "pair-007")
    cache = home.parents[1] / "cache"
    assert [file for file in cache.rglob("*") if file.is_file()] == []
