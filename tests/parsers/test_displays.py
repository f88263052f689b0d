"""Every display is read whole, in every dress that a release, a terminal or a capture gives it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.errors import IntentError
from parsers.api import parse
from parsers.displays import DISPLAYS, display_for, supported
from parsers.values import Unparsed
from tests.parsers.samples import ANSWERS, SAMPLES, Sample

VERBATIM = {display.template for display in DISPLAYS if display.verbatim}
FREE_TEXT = VERBATIM | {"version", "lacp_troubleshooting"}
"""Displays in which any line may stand."""
EACH = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.command)
PAGER = "  ---- More ----\x1b[16D                \x1b[16D"
JUNK = "%% junk 4711 of no display %%"


def value_at(records: tuple[Any, ...], path: str) -> Any:
    """Follow places and fields, e.g. `0.ports.1.name`."""
    here: Any = records
    for step in path.split("."):
        here = here[int(step)] if step.isdigit() else getattr(here, step)
    return here


@EACH
def test_is_read_whole(sample: Sample) -> None:
    parsed = parse(sample.command, sample.text)

    assert parsed.unparsed == ()
    assert len(parsed.records) == sample.count
    assert {path: value_at(parsed.records, path) for path in sample.facts} == dict(sample.facts)


def collapsed(text: str) -> str:
    """Lose all runs of blanks, as a capture through a web page does."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def paged(text: str) -> str:
    """Leave the marks of a pager that was answered with a blank."""
    first, _, rest = text.partition("\n")
    return f"{first}\n{PAGER}{rest}" if rest else text


DRESSES: dict[str, Callable[[str], str]] = {
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "blanks at line ends": lambda text: text.replace("\n", "   \n"),
    "empty lines between": lambda text: text.replace("\n", "\n\n"),
    "timestamp before": lambda text: f"2026-11-21 20:48:07.387\n{text}",
    "timestamp with zone before": lambda text: f"2026-11-21 20:48:07+03:00 DST\n{text}",
    "prompt after": lambda text: f"{text}<North-1>",
    "dirty prompt after": lambda text: f"{text}[*North-1-Eth-Trunk1]",
    "page mark": paged,
    "colour codes": lambda text: f"\x1b[0m{text}\x1b[K",
}


@pytest.mark.parametrize("dress", DRESSES)
@EACH
def test_dress_makes_no_difference(sample: Sample, dress: str) -> None:
    assert (
        parse(sample.command, DRESSES[dress](sample.text)).as_dict()
        == parse(sample.command, sample.text).as_dict()
    )


@EACH
def test_echo_of_the_command_makes_no_difference(sample: Sample) -> None:
    wanted = parse(sample.command, sample.text).records

    assert parse(sample.command, f"<North-1>{sample.command}\n{sample.text}").records == wanted
    assert parse(sample.command, f"[~North-1] {sample.command}\n{sample.text}").records == wanted
    assert parse(sample.command, f"{sample.command}\n{sample.text}").records == wanted


@EACH
def test_collapsed_blanks_make_no_difference(sample: Sample) -> None:
    if display_for(sample.command).template in VERBATIM:
        assert parse(sample.command, collapsed(sample.text)).unparsed == ()
        return
    parsed = parse(sample.command, collapsed(sample.text))

    assert parsed.unparsed == ()
    assert parsed.records == parse(sample.command, sample.text).records


@pytest.mark.parametrize("case", [str.lower, str.upper])
@EACH
def test_letter_case_makes_no_difference(sample: Sample, case: Callable[[str], str]) -> None:
    if display_for(sample.command).template in VERBATIM:
        return
    # a lost line end can only be seen by the capital letter after it
    text = sample.text.replace("StaticNumber", "Static\nNumber")

    parsed = parse(sample.command, case(text))

    assert parsed.unparsed == ()
    assert repr(parsed.records).lower() == repr(parse(sample.command, text).records).lower()


@pytest.mark.parametrize(
    "sample",
    [sample for sample in SAMPLES if display_for(sample.command).template not in FREE_TEXT],
    ids=lambda sample: sample.command,
)
def test_line_that_no_rule_knows_is_reported_with_its_number(sample: Sample) -> None:
    lines = sample.text.split("\n")
    for place in (0, len(lines) // 2, len(lines) - 1):
        spoilt = "\n".join([*lines[:place], JUNK, *lines[place:]])

        unparsed = parse(sample.command, spoilt).unparsed

        assert Unparsed(place + 1, JUNK) in unparsed


@EACH
def test_as_dict_is_plain(sample: Sample) -> None:
    plain = parse(sample.command, sample.text).as_dict()

    assert list(plain) == ["command", "records", "unparsed"]
    assert plain["command"] == sample.command
    assert "(" not in re.sub(r"'[^']*'|\"[^\"]*\"", "", repr(plain))  # no tuple, no object


def test_every_display_has_a_sample() -> None:
    templates = {display.template for display in DISPLAYS}

    assert {display_for(sample.command).template for sample in SAMPLES} == templates


def test_every_answer_lies_beside_what_must_be_read_from_it() -> None:
    assert {file.stem for file in ANSWERS.glob("*/*.txt")} == {file.stem for file in ANSWERS.glob("*/*.json")}
    assert len({sample.command for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize(
    "command", ["display unicorns", "", "display eth-trunk one", "reboot", "display\x00"]
)
def test_unknown_command_names_the_supported_ones(command: str) -> None:
    with pytest.raises(IntentError, match="display remote-backup-service"):
        parse(command, "anything")


def test_arguments_and_filters_do_not_matter() -> None:
    for command in ("display  E-Trunk   9", "DISPLAY e-trunk 128", "display e-trunk 9 | no-more"):
        assert parse(command, "").records == ()
    assert "display clock" in supported()


ALPHABET = st.sampled_from(list("aZ09 :|-_.,()[]<>=%#'\"{}\\\t\x1b\x00\r\u00e9\u241e\U0001f600"))
NOISE = st.text(st.one_of(ALPHABET, st.characters()), max_size=300)


@settings(max_examples=150, deadline=2000)
@given(sample=st.sampled_from(SAMPLES), noise=NOISE, data=st.data())
def test_arbitrary_text_is_reported_and_never_raises(sample: Sample, noise: str, data: st.DataObject) -> None:
    lines = sample.text.split("\n")
    start = data.draw(st.integers(0, len(lines)))
    stop = data.draw(st.integers(start, len(lines)))
    text = "\n".join([*lines[:start], noise, *lines[stop:]])

    parsed = parse(sample.command, text)

    numbers = [line.line for line in parsed.unparsed]
    assert numbers == sorted(numbers)
    assert all(1 <= number <= text.count("\n") + 1 for number in numbers)
    assert all(line.text.strip() for line in parsed.unparsed)
    assert parsed.as_dict()["command"] == sample.command


def test_the_page_for_users_names_every_display_with_its_record() -> None:
    page = (Path(__file__).parents[2] / "docs" / "displays.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.*)` \| `(\w+)` \|$", page, re.MULTILINE)

    assert [(syntax.replace("\\|", "|"), record) for syntax, record in rows] == [
        (display.syntax, display.record.__name__) for display in DISPLAYS
    ]
