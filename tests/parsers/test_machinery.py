"""The parts of the display reader: cleaning, layouts, TTP behind its wall, building of records."""

from __future__ import annotations

import ast
import atexit
import os
import pickle
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from parsers import ttp_templates
from parsers.api import parse
from parsers.build import IncompleteError, build
from parsers.clean import clean
from parsers.cut import _pairs, _plain_pairs, cut
from parsers.displays import DISPLAYS, display_for
from parsers.layout import layout_of, squeeze
from parsers.patterns import PATTERNS
from tests.parsers.samples import SAMPLES, Sample

ROOT = Path(__file__).parents[2]


def test_numbers_are_those_of_the_text_as_given() -> None:
    text = "\r\nfirst\r\n----------\r\n\r\n  second\r\n"

    assert clean("display x", text) == [(2, "first"), (5, "  second")]


@pytest.mark.parametrize(
    "line",
    [
        "\x1b[42D                                          \x1b[42Dvalue",
        "  ---- More ----\x1b[16D                \x1b[16Dvalue",
        "\x1b[1;31mvalue\x1b[0m",
        "val\x07ue",
        "-- MORE --value",
    ],
)
def test_terminal_codes_and_page_marks_vanish(line: str) -> None:
    assert [text.strip() for _, text in clean("display x", f"first\n{line}")] == ["first", "value"]


def test_only_a_leading_timestamp_is_one() -> None:
    moment = "2026-03-04 05:06:07"

    assert clean("display x", f"{moment}\nvalue\n{moment}") == [(2, "value"), (3, moment)]
    assert clean("display clock", f"{moment}\nWednesday", opens_with_time=True)[0] == (1, moment)
    assert clean("display clock", f"{moment}\n{moment}\nWednesday", opens_with_time=True)[0] == (2, moment)


def test_prompt_with_another_command_is_kept_as_text() -> None:
    assert clean("display clock", "<N>undo all\nvalue") == [(1, "<N>undo all"), (2, "value")]


@pytest.mark.parametrize("template", sorted({display.template for display in DISPLAYS}))
def test_template_names_only_expressions_that_exist(template: str) -> None:
    layout = layout_of(template)
    named = set(re.findall(r'\("(\w+)"\)', layout.template))

    assert named <= {*PATTERNS, *layout.words}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.command)
def test_fast_and_thorough_cutting_agree(sample: Sample) -> None:
    layout = layout_of(display_for(sample.command).template)

    for line in sample.text.split("\n"):
        plain = " ".join(line.split())
        quick = _plain_pairs(layout, plain) if ":" in plain else None
        assert quick is None or quick == _pairs(layout, plain), line


def test_spellings_of_a_label_are_one() -> None:
    assert len({squeeze(text) for text in ("E-Trunk  ID", "E-TRUNK-ID", "e_trunk id", "ETrunkID")}) == 1


def test_ttp_is_imported_in_one_module() -> None:
    importers = {
        path.relative_to(ROOT).as_posix()
        for room in ("hotpair", "runbooks", "tasks", "parsers", "inventory", "emulator")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "ttp")
        or (isinstance(node, ast.Import) and any(name.name.partition(".")[0] == "ttp" for name in node.names))
    }

    assert importers == {"parsers/ttp_templates.py"}


class Bomb:
    """Whoever unpickles this leaves a trace."""

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return os.putenv, ("HOTPAIR_BOMB", "1")


def test_foreign_cache_is_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "ttp_dict_cache.pickle"
    cache.write_bytes(pickle.dumps(Bomb()))
    before = cache.read_bytes()
    monkeypatch.setenv(ttp_templates.CACHE_VARIABLE, str(tmp_path))
    read: list[object] = []
    monkeypatch.setattr(os, "putenv", lambda *args: read.append(args))

    ttp_templates._compiled("clock")

    assert [args for args in read if args == ("HOTPAIR_BOMB", "1")] == []
    assert os.environ[ttp_templates.CACHE_VARIABLE] == str(tmp_path)
    assert cache.read_bytes() == before


def test_ctrl_c_when_the_folder_was_just_made_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_end: list[Callable[[], object]] = []
    made: list[Path] = []
    make = Path.mkdir

    def struck(path: Path, mode: int) -> None:
        make(path, mode)
        made.append(path)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", struck)
    monkeypatch.setattr(
        atexit, "register", lambda *given, **named: at_the_end.append(partial(*given, **named))
    )
    with pytest.raises(KeyboardInterrupt):
        ttp_templates._cache_folder.__wrapped__()
    for act in at_the_end:
        act()
    assert [path.exists() for path in made] == [False]


def test_ctrl_c_while_a_template_is_compiled_is_ctrl_c(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """TTP catches everything where it reads the words of a line, says so with a traceback, and exits."""
    ttp_templates._compiled("clock")  # what reads them is loaded
    came: list[bool] = []

    def pressed(*_names: object) -> None:
        came.append(True)
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["ttp.utils.get_attributes"], "_UndefSubst", pressed)
    with pytest.raises(KeyboardInterrupt):
        ttp_templates._compiled("e_trunk")
    assert came
    assert capfd.readouterr() == ("", "")


def test_threads_that_read_the_same_display_at_once_compile_its_template_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    monkeypatch.setattr(ttp_templates, "idle_parsers", {})
    once = ttp_templates._compiled

    def compiling(name: str) -> object:
        compiled.append(name)
        return once(name)

    monkeypatch.setattr(ttp_templates, "_compiled", compiling)
    sample = SAMPLES[0]
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda _: parse(sample.command, sample.text), range(16)))
    assert len(compiled) == 1
    assert read == [read[0]] * 16


def test_threads_do_not_share_a_parser() -> None:
    wanted = {sample.command: parse(sample.command, sample.text) for sample in SAMPLES}

    def read_all(_: int) -> bool:
        return all(parse(sample.command, sample.text) == wanted[sample.command] for sample in SAMPLES)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(read_all, range(8)))


def test_text_that_names_a_file_is_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Trial status").write_text("Trial status: ACTIVE\n")

    parsed = parse("display configuration trial status", "Trial status")

    assert parsed.records == ()
    assert [line.text for line in parsed.unparsed] == ["Trial status"]


@dataclass(frozen=True, slots=True)
class Inner:
    word: str


@dataclass(frozen=True, slots=True)
class Outer:
    number: int
    name: str | None = None
    inners: tuple[Inner, ...] = ()
    words: tuple[str, ...] = ()


def test_record_is_built_of_typed_values_and_notes_its_pieces() -> None:
    taken: set[int] = set()
    group = {
        "number": "7",
        "name": "--",
        "inners": [{"word": "x", "at_1": "4"}],
        "words": [{"value": "y", "at_2": "5"}],
        "at_0": "3",
    }

    assert build(Outer, group, taken) == Outer(7, None, (Inner("x"),), ("y",))
    assert taken == {3, 4, 5}


def test_incomplete_record_takes_nothing() -> None:
    taken: set[int] = set()

    with pytest.raises(IncompleteError, match="number"):
        build(Outer, {"name": "x", "at_0": "3"}, taken)
    assert taken == set()


def test_label_that_stands_twice_is_reported() -> None:
    text = "Trial status: ACTIVE\nTrial time left (sec): 30\nTrial time left (sec): 90\n"

    parsed = parse("display configuration trial status", text)

    assert [line.line for line in parsed.unparsed] == [3]


def test_known_label_with_a_strange_value_is_reported() -> None:
    text = "Service-Index : 1\nService-Name : x\nTCP-Port : many\nNew label : fine\n"

    parsed = parse("display remote-backup-service x", text)

    assert [line.text for line in parsed.unparsed] == ["TCP-Port : many"]
    assert parsed.records[0].extra == {"New label": "fine"}


def test_lone_dash_before_a_label_is_a_value() -> None:
    (row,) = parse("display e-trunk 9", "E-Trunk-ID : 9\nPeer-Priority : - Peer-System-ID : -\n").records

    assert (row.peer_priority, row.peer_system_id) == (None, None)
    pieces = cut(layout_of("e_trunk"), "State : -   Causation : -")
    assert [(piece.label, piece.value) for piece in pieces] == [("state", "-"), ("causation", "-")]


def test_row_outside_its_table_is_reported() -> None:
    row = "GigabitEthernet3/0/2   Selected 10GE     1       3      7985    11111100  4"

    parsed = parse("display eth-trunk", row)

    assert parsed.records == ()
    assert [line.text for line in parsed.unparsed] == [row]


def test_total_that_is_not_the_number_of_rows_is_reported() -> None:
    text = "PROFILE-ID  PROFILE-NAME\n 0x10a0      gold\n  Total 2 printed.\n"

    parsed = parse("display remote-backup-profile", text)

    assert [line.text for line in parsed.unparsed] == ["Total 2 printed."]
    assert len(parsed.records) == 1


def test_an_answer_that_counts_nothing_lacks_nothing() -> None:
    text = "     Total UP/DOWN Session Number : {}\n"
    command = "display bfd session discriminator 101 verbose"
    assert parse(command, text.format("0/0")).lacks == ()
    assert parse(command, text.format("1/0")).lacks == ("Last Local Diagnostic",)
