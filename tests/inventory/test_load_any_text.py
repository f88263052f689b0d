"""Whatever a pair file holds ends as a pair or as our errors: secrets, strange characters, damaged text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.load import parse_pair
from inventory.problems import InvalidIntentError
from tests.inventory.pair_texts import GOOD, problems


def test_a_secret_written_by_mistake_is_not_repeated() -> None:
    for wrong in (
        "hunter2-plain",
        "{secret: [hunter2-plain]}",
        "{sekret: hunter2-plain}",
        "{secret: hunter2 plain}",
    ):
        with pytest.raises(InvalidIntentError) as caught:
            parse_pair(GOOD.replace("{secret: harbour-key}", wrong), "harbour.yaml")
        assert "hunter2" not in str(caught.value)
        assert "hunter2" not in str([one.as_dict() for one in caught.value.problems])


@pytest.mark.parametrize(
    ("old", "new", "line", "path"),
    [
        ("id: 3", 'description: "x <secret:lab-password>"\n    id: 3', 12, "e_trunks[0].description"),
        ("id: 3", "description: {a: ok, b: <SECRET:k> y}\n    id: 3", 12, "e_trunks[0].description.b"),
        ("bfd: keel", "bfd: <secret:any>", 16, "e_trunks[0].bfd"),
        ("eth-trunk 30]", "eth-trunk 30]\ndescription: <secret:half", 28, "description"),
    ],
)
def test_a_secret_in_a_text_is_refused_where_it_stands(old: str, new: str, line: int, path: str) -> None:
    found = [one for one in problems(GOOD.replace(old, new, 1)) if "cannot stand in a text" in one.message]

    assert [(one.place.path, one.place.line) for one in found] == [(path, line)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [1, 2", ":1: not YAML: a bracket that does not end, or no comma between two values"),
        ("a: {b: 1\nc: 2\n", "2: not YAML: a bracket that does not end"),
        ("a: 1\na: s3cret\n", ':2: not YAML: the key "a" stands twice'),
        ("a:\n\tb: 1\n", ":2: not YAML: a tab; wanted blanks, which alone indent a line"),
        ("a: @x\n", ":1: not YAML: a value that begins with '@'; wanted quotes around it"),
        ("a: b: c\n", ":1: not YAML: a `: ` where no key can be"),
        ("a:\n  - x\n b: 1\n", ":3: not YAML: the line is indented otherwise than those it belongs to"),
        ("a: 'x\nb: 1\n", "not YAML: a quote that does not end"),
        ("a: 1\nb\n", "not YAML: no `: ` after the key"),
        ("a: *s3cret\n", ":1: not YAML: a value that begins with `*` and names nothing"),
        ("a: b\nc: [", ":2: not YAML: a bracket that does not end"),
        ("a: ]\n", ":1: not YAML: ']' where a value should be"),
        ("a: b\n---\nc: d\n", ":2: not YAML: a second document"),
        ("{a: b} s3cret\n", ":1: not YAML: text after what is the end"),
        ('a: "x\\q"\n', ":1: not YAML: a backslash before 'q' in double quotes"),
        ("a: |s3cret\n  y\n", ":1: not YAML: a value that begins with `|` or `>`"),
        ("a: b\nc: \x07\n", ":2: not YAML: the character U+0007"),
        ("a: */5 * * * *\n", ":1: not YAML: a value that begins with `*` or `&`; wanted quotes around it"),
        ("a: 's' s3cret\n", ":1: not YAML: text after a quote or a bracket that ended the value"),
        ("a: [b]]\n", ":1: not YAML: a bracket or a comma that belongs to nothing"),
        ("a: - s3cret\n", ":1: not YAML: a `- ` behind a key"),
        ("a: 1\nb:\n  - !cfg [s3cret]\n", ":3: the tag !cfg before a value; wanted the value alone"),
        ("a: !x s3cret\n", ":1: the tag !x before a value"),
        ("a: !!binary aGVsbG8=\n", ":1: the tag !!binary before a value"),
        ("a: !!set {s3cret}\n", ":1: the tag !!set before a value"),
        ("a: 1\n? [b]\n: 2\n", ":2: not YAML: a key that is keys and values, or a list, itself"),
        ("a: 1\nnull: 2\n", "unknown key 'null'"),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", ":2: a merge that is not done: <<<<<<<"),
        ("? : :\n", "not YAML: a key that is keys and values, or a list, itself"),
        ("", "should hold keys and values; found nothing"),
        ("- 1\n", "should hold keys and values; found a list"),
        ("just text", "should hold keys and values; found text"),
        ("pair: &x [*x]\n", ""),
        ("pair: !!python/object:os.system x\n", ""),
    ],
)
def test_what_is_no_pair_file_is_told(text: str, says: str) -> None:
    assert any(says in str(one) for one in problems(text))
    assert "s3cret" not in str(problems(text)[0])


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="pair:membs{}[]ab-&*!|>\n\t '\"#%@0.x", max_size=80))
def test_any_text_gives_a_pair_or_our_error(text: str) -> None:
    with pytest.raises(InvalidIntentError):
        parse_pair(text, "fuzz.yaml")


LINES = GOOD.splitlines(keepends=True)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(LINES) - 1), st.sampled_from(["", "  - 1\n", "x: y\n", "{\n", "    - {}\n", "null\n"])
)
def test_a_damaged_file_gives_a_pair_or_our_error(index: int, instead: str) -> None:
    try:
        parse_pair("".join((*LINES[:index], instead, *LINES[index + 1 :])), "fuzz.yaml")
    except InvalidIntentError as error:
        assert all(problem.message for problem in error.problems)  # noqa: PT017 - both outcomes are right


SESSION = 'pair: p\nmembers: {a: N1, b: S1}\nbfd:\n  sessions:\n    - name: "NAME"\n'
SESSION += "      address: {a: 10.0.0.1, b: 10.0.0.2}\n      discriminator: {a: 1, b: 2}\n"
SESSION += '      description: "TEXT"\n'


@pytest.mark.parametrize("where", ["NAME", "TEXT"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"\u2028", "U+2028 (line separator)"),
        (r"\u2029", "U+2029"),
        (r"\u0085", "U+0085 (a control character)"),
        (r"\0", "U+0000"),
        (r"\t", "U+0009"),
        (r"\e", "U+001B"),
        (r"\u202e", "U+202E (right-to-left override)"),
        (r"\u2066", "U+2066"),
        (r"\u200b", "U+200B (zero width space)"),
        (r"\ufeff", "U+FEFF"),
    ],
)
def test_characters_that_are_not_seen_are_refused_in_free_text(where: str, written: str, said: str) -> None:
    good = SESSION.replace("NAME", "to-peer").replace("TEXT", "the peer, caf\u00e9 \u5317 #1")
    assert parse_pair(good, "p.yaml").bfd is not None
    spoilt = SESSION.replace(where, f"ab{written}c").replace("NAME", "to-peer").replace("TEXT", "t")
    with pytest.raises(InvalidIntentError) as caught:
        parse_pair(spoilt, "p.yaml")
    (problem,) = caught.value.problems
    assert problem.place.line == (5 if where == "NAME" else 8)
    assert said in problem.message or (where == "NAME" and "none of them a blank" in problem.message)


@pytest.mark.parametrize("written", [r"\u2028", r"\0", r"\e", r"\u202e", r"\ud800"])
def test_what_is_only_read_may_have_lines_and_nothing_that_is_not_seen(written: str) -> None:
    good = 'pair: p\ndescription: "one\\n\\ttwo"\nmembers: {a: N1, b: S1}\n'
    assert parse_pair(good, "p.yaml").description == "one\n\ttwo"
    with pytest.raises(InvalidIntentError) as caught:
        parse_pair(good.replace("two", f"t{written}wo"), "p.yaml")
    (problem,) = caught.value.problems
    assert problem.place.line == 2


def test_unknown_keys_hide_nothing_else_that_is_wrong() -> None:
    text = """\
pair: quay
members: {a: Quay-1, b: Quay-2}
colour: red
backup_services:
  - {name: ferry, port: 4300, address: {a: 203.0.113.1, b: 203.0.113.2}, hue: 1}
backup_profiles:
  - name: homes
    backup_id: 4
    service: fery
    services: [igmp]
    track: {e_trunk: {e_trunk: 7, eth_trunk: 30}}
    interfaces: [Eth-Trunk30]
    shade: 7
"""
    with pytest.raises(InvalidIntentError) as caught:
        parse_pair(text, "quay.yaml")
    assert [(one.place.line, one.message.partition(";")[0]) for one in caught.value.problems] == [
        (3, "unknown key 'colour'"),
        (5, "unknown key 'hue'"),
        (9, "no backup service 'fery' in this pair"),
        (11, "no Eth-Trunk 30 in E-Trunk 7 of this pair"),
        (13, "unknown key 'shade'"),
    ]
