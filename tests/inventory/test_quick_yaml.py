"""Two readers of YAML: the quick one says what the slow one says, or leaves it to the slow one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inventory import document, quick_yaml
from inventory.document import Document, read_document
from inventory.problems import InvalidIntentError
from inventory.quick_yaml import UnusualError, read_quickly

LAB = Path(__file__).resolve().parents[2] / "inventory" / "lab"
FILES = sorted(LAB.glob("pairs/*.yaml"))
SCALARS = (
    "a", "key", "1", "01", "-1", "+1", "1.5", "1e3", ".5", "0x1f", "0b1", "0o7", "1_0", "10.1.1.1", "::1",
    "2001:db8::1", "on", "off", "yes", "No", "y", "true", "False", "null", "~", "2026-11-28", "12:30:00",
    "00e0-fc12-3455", "0012-3456-7890", "Eth-Trunk1", '"1"', "'yes'", "<<", "=", ".inf", ".NaN", "_", "R&D",
)  # fmt: skip
MARKS = (
    " ", "  ", "\n", "\n  ", "\n- ", ": ", ":", "- ", "{", "}", "[", "]", ", ", "# c", "|", ">-", "? ", "&x ",
    "*x", "! ", "!!str ", "---", "%", "\t", "\r\n", "\x85", "\u2028", "é", "'", '"',
)  # fmt: skip
LINES = st.tuples(
    st.sampled_from(("", "  ", "    ")),
    st.sampled_from(("", "- ", "a: ", "b: ", "- a: ", "1: ")),
    st.lists(st.sampled_from(SCALARS) | st.sampled_from(MARKS), max_size=3).map("".join),
).map("".join)


def slowly(text: str) -> Document | None:
    """Read with the reader that keeps comments; nothing when it refuses the text."""
    try:
        return document._read_slowly(text, "x.yaml")
    except InvalidIntentError:
        return None


@given(st.lists(LINES, max_size=4).map("\n".join))
@settings(max_examples=200, deadline=None)
@example("a: &x1:2\nb: 1\n")
@example("d: ! 12\n")
@example("a: \x85\nb: 1\n")
@example("%YAML 1.1\n---\na: yes\n")
def test_both_readers_agree(text: str) -> None:
    try:
        values, lines = read_quickly(text)
    except UnusualError:
        return
    slow = slowly(text)
    if slow is not None:  # libyaml takes some texts that the other one refuses
        assert (repr(values), lines) == (repr(slow.values), slow.lines)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_sample_pairs_are_read_quickly(file: Path) -> None:
    slow = slowly(text := file.read_text(encoding="utf-8"))

    assert slow is not None
    assert read_quickly(text) == (slow.values, slow.lines)


@pytest.mark.parametrize("scalar", [scalar for scalar in SCALARS if scalar not in {"<<", "="}])
def test_scalars_are_those_of_yaml_1_2(scalar: str) -> None:
    text = f"a: {scalar}\nb: [{scalar}]\n"
    slow = slowly(text)

    assert slow is not None
    assert read_document(text, "x.yaml") == slow


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2\n", "a: {b: ::1}\n", "a: &x 1\nb: *x\n", "b: {<<: {c: 1}}\n", "a: !!str 1\n", "? [a]\n: b\n",
     "a: ["],
)  # fmt: skip
def test_what_is_not_ordinary_is_left_to_the_other_reader(text: str) -> None:
    with pytest.raises(UnusualError):
        read_quickly(text)


def test_without_libyaml_the_other_reader_reads_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    text = FILES[0].read_text(encoding="utf-8")
    quick = read_document(text, "x.yaml")
    monkeypatch.setattr(quick_yaml, "CParser", None)

    assert read_document(text, "x.yaml") == quick
    with pytest.raises(UnusualError):
        read_quickly(text)
