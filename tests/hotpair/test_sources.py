"""What is typed after `compare`, `learn` and the commands of many pairs, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotpair.__main__ import run
from hotpair.cli.sources import Named, PairFile, TwoFiles, read_source
from runbooks.lab import LAB_PAIR, lab_devices, sample_file

A, B = (str(lab_devices()[name]) for name in ("DeviceA", "DeviceB"))
PAIR = str(sample_file(LAB_PAIR))


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOTPAIR_INVENTORY", "HOTPAIR_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def test_words_are_files_or_a_pair(tmp_path: Path) -> None:
    assert read_source([A, B]) == TwoFiles(Path(A), Path(B))
    assert read_source(["a.cfg", "b.cfg"]) == TwoFiles(Path("a.cfg"), Path("b.cfg"))
    assert read_source([PAIR]) == PairFile(Path(PAIR))
    assert read_source(["metro-1"]) == Named("metro-1")
    (tmp_path / "metro-1").write_text("#\n")
    (tmp_path / "metro-2").write_text("#\n")
    assert read_source(["metro-1"]) == Named("metro-1")  # a pair that is named like a file
    assert read_source(["metro-1", "metro-2"]) == TwoFiles(Path("metro-1"), Path("metro-2"))


@pytest.mark.parametrize(
    "words", [[], ["a", "b", "c"], [A], ["a.cfg"], ["north", "south"], [PAIR, PAIR], [A, PAIR]]
)
def test_other_words_are_neither(words: list[str]) -> None:
    assert read_source(words) is None


@pytest.mark.parametrize("command", ["compare", "learn"])
@pytest.mark.parametrize(
    ("words", "found", "following"),
    [
        ([], "nothing", "--help"),
        (["north", "south"], "north, no file\n           south, no file", "north"),
        ([A], f"{A}, a configuration file", f"{A} OTHER.cfg"),
        ([PAIR, PAIR], f"{PAIR}, a pair file\n           {PAIR}, a pair file", LAB_PAIR),
        ([A, B, PAIR], f"{A}, a configuration file", f"{A} {B}"),
        ([".", "north", "south"], "., a folder", None),
    ],
)
def test_what_was_given_is_named_with_what_to_type(
    capsys: pytest.CaptureFixture[str], command: str, words: list[str], found: str, following: str | None
) -> None:
    assert run([command, *words]) == 2
    said = capsys.readouterr().err
    assert f"  found:   {found}\n" in said
    assert "two configuration files, a's first" in said
    assert ("`members: {a: .., b: ..}`" in said) is (words == ["north", "south"])
    if following is not None:
        assert said.endswith(f"  next:    hotpair {command} {following}\n")


@pytest.mark.parametrize("option", ["--workers", "--limit"])
def test_many_pairs_are_learned_into_a_folder(capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert run(["learn", "metro-1", option, "3"]) == 2
    assert f"  wanted:  --into FOLDER with {option}\n" in capsys.readouterr().err


def test_a_number_of_workers_that_nobody_typed_is_none_of_one_pair(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "hotpair.toml").write_text("workers = 50\n")
    assert run(["learn", A, B, "--name", "north"]) == 0
    assert capsys.readouterr().out.startswith("pair: north\n")


def test_each_of_many_pairs_has_its_own_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["learn", "--all", "--into", ".", "--name", "north"]) == 2
    assert "--into without --name" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["deploy", "--all", "--rehearsed", "r"], "--rehearsed"),
        (["deploy", "a", "b", "--traffic", "ping.log"], "--traffic"),
        (["plan", "--all", "--back"], "--back"),
        (["verify", "--all", "--save", "s"], "--save"),
    ],
)
def test_what_is_asked_of_one_pair_is_refused_of_many_by_its_name(
    capsys: pytest.CaptureFixture[str], words: list[str], option: str
) -> None:
    assert run(words) == 2
    assert f"  found:   many pairs with {option}\n" in capsys.readouterr().err
