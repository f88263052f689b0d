"""Each kind of spelling that releases differ in, applied to each display: the records stay the same.

Values that are kept as printed may differ in their blanks; everything else is equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from parsers.api import parse
from parsers.displays import display_for
from parsers.layout import layout_of
from tests.parsers.test_lines import EACH, GOLDENS

FREE = {"configuration", "configuration_changes", "version", "ping"}
"""Templates of texts in which blanks, colons and brackets are not the device's layout."""

MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"
PORT = r"(?<![\w/(])(?:GigabitEthernet|GE|Eth-Trunk)(?=\d)"


def changed(pattern: str, replacement: str) -> Callable[[str], str]:
    """Return a spelling that replaces a pattern in every line that is no rule of dashes."""
    expression = re.compile(pattern, re.MULTILINE)
    return lambda text: "\n".join(
        line if re.fullmatch(r"[\s=-]{3,}", line) else expression.sub(replacement, line)
        for line in text.split("\n")
    )


SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "unit behind a blank": changed(r"(?<=: )(\d+)(s|ms|cs)\b", r"\1 \2"),
    "unit glued": changed(r"(?<=: )(\d+) (s|ms|cs)\b", r"\1\2"),
    "no blank before the colon": changed(r"(?<=\w) +:(?= |$)", ":"),
    "no blank behind the colon": changed(r"(?<=[a-z]) ?: +(?=[\w-])", ":"),
    "blanks around the colon": changed(r"(?<=[A-Za-z]) ?:(?= |$)", "   :  "),
    "tab before the colon": changed(r"(?<=[A-Za-z]) *:(?= |$)", "\t:"),
    "tabs between columns": changed(r"(?<=\S) {3,}(?=\S)", "\t"),
    "ragged columns": changed(r"(?<=\S)  +(?=\S)", "       "),
    "margin": changed(r"^", "   "),
    "no margin": changed(r"^ +", ""),
    "remark behind a blank": changed(r"(\d|_PW|[Uu]p|[Dd]own)\((?=[A-Za-z]{1,6}\)|\d+G\))", r"\1 ("),
    "remark glued": changed(r"(?<=[\w/]) \((?=[A-Za-z]{1,2}\)|\d+G\))", "("),
    "short interface names": changed(r"\bGigabitEthernet(?=\d)", "GE"),
    "blank in interface names": changed(rf"({PORT})", r"\1 "),
    "zone": changed(rf"({MOMENT})(?![\d.+Z -])", r"\1+03:00"),
    "zone behind a blank": changed(rf"({MOMENT})(?![\d.+Z -])", r"\1 +03:00"),
    "zone with its name": changed(rf"({MOMENT})(?![\d.+Z -])", r"\1 UTC+03:00 DST"),
}


def normal(command: str, text: str) -> Any:
    """Return the records without what a spelling changes in values that are kept as printed."""
    shown = repr(parse(command, text).as_dict()["records"])
    shown = re.sub(r" ?(?:UTC)?\+03:00(?: DST)?", "", shown)
    return re.sub(r"\\t|\s", "", shown).replace("GigabitEthernet", "GE")


@pytest.mark.parametrize("name", SPELLINGS)
@EACH
def test_spelling_makes_no_difference(command: str, text: str, name: str) -> None:
    if display_for(command).template in FREE:
        return
    spelt = SPELLINGS[name](text)

    assert parse(command, spelt).unparsed == (), spelt
    assert normal(command, spelt) == normal(command, text)


@pytest.mark.parametrize("name", SPELLINGS)
def test_each_spelling_changes_some_display(name: str) -> None:
    assert sum(SPELLINGS[name](text) != text for _, text in GOLDENS) > 0


@EACH
def test_legend_of_any_letter_is_no_data(command: str, text: str) -> None:
    template = display_for(command).template
    if template in FREE or re.match(MOMENT, text):
        return
    legend = "(q): quite another state  (Zz): and one more\n(*) : State is strange\n"
    if not layout_of(template).keeps_unknown and layout_of(template).rows:
        legend += "^down: standby\nQ: Quiet row  RS: Row that is not\nOut/In: one and the other\n"

    parsed = parse(command, legend + text)

    assert parsed.unparsed == ()
    assert parsed.records == parse(command, text).records


@pytest.mark.parametrize("command", sorted({command for command, _ in GOLDENS}))
def test_refusal_is_no_legend(command: str) -> None:
    for words in ("Error: Unrecognized command found at '^' position.", "Info: nothing to show"):
        assert parse(command, words).unparsed != () or display_for(command).template in FREE


@EACH
def test_unknown_label_is_kept_and_changes_nothing(command: str, text: str) -> None:
    if not layout_of(display_for(command).template).keeps_unknown:
        return
    wanted = repr(parse(command, text).records)
    for unknown, shown in (
        ("Brand new label : value 7", "'Brand new label': 'value 7'"),
        (" new-kind of-switch enable", "'new-kind of-switch': 'enable'"),
        ("Empty new label    :", "'Empty new label': ''"),
    ):
        parsed = parse(command, f"{text.rstrip()}\n{unknown}\n")

        assert parsed.unparsed == ()
        assert shown in repr(parsed.records)
        assert re.sub(rf"(?:, )?{re.escape(shown)}", "", repr(parsed.records)) == wanted
