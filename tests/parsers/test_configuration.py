"""A configuration as it was kept or captured, and what is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.errors import HotpairError, IntentError, UnparsedError
from inventory.facts import ConfigTree
from parsers.api import configuration_text, parse
from parsers.configuration import configuration_lines
from parsers.tree import facts, read_tree, write_tree
from runbooks.configuration_file import read_configuration
from tests.inventory.rules.bases import BASES

PLAIN = BASES["trunk"][0]
MARK = "  ---- More ----"


def paged(text: str, erase: str) -> str:
    """Capture a text from a terminal of ten lines."""
    lines = text.splitlines()
    return "\r\n".join(
        f"{MARK}{erase}{line}" if number % 10 == 9 else line for number, line in enumerate(lines)
    )


def lines(tree: ConfigTree) -> list[tuple[tuple[str, ...], str]]:
    return [(path, line.text) for path, line in tree.walk()]


@pytest.mark.parametrize(
    "erase",
    [
        pytest.param(f"\x1b[16D{' ' * 16}\x1b[16D", id="erased by moves of the cursor"),
        pytest.param("\x1b[42D" + " " * 42 + "\x1b[42D", id="erased from the start of the line"),
        pytest.param("\r" + " " * 16 + "\r", id="erased by carriage returns"),
        pytest.param("\x08" * 16 + " " * 16 + "\x08" * 16, id="erased by backspaces"),
        pytest.param("\r\x1b[K", id="erased to the end of the line"),
        pytest.param(" " * 16, id="moves were filtered out"),
    ],
)
def test_page_marks_leave_every_line_in_its_view(erase: str) -> None:
    assert lines(read_tree(paged(PLAIN, erase), "x")) == lines(read_tree(PLAIN, "x"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeff", ""),
        ("<Oslo>display current-configuration\n2026-11-20 10:00:00.123 +01:00\n", "<Oslo>"),
        ("[~Oslo]display current-configuration | no-more\n", "[*Oslo]"),
        ("!Software Version V800R022\n!Last configuration was updated\n", ""),
        ("Nov 20 2026 10:00:00 Oslo %%01IFNET/4/IF_STATE(l)[12]:Interface is Up.\n", ""),
        ("=====================\nInfo: It will take a while.\n", "-----------\n"),
    ],
)
def test_what_a_terminal_added_is_no_line(before: str, after: str) -> None:
    assert lines(read_tree(before + PLAIN + after, "x")) == lines(read_tree(PLAIN, "x"))


@pytest.mark.parametrize(
    "said",
    [
        "Nov 20 2026 10:00:00 Oslo %%01IFNET/4/IF_STATE(l)[12]:Interface is Up.",
        "Nov  2 2026 10:00:00.123+01:00 DST Oslo %%01SHELL/5/CMDRECORD(s):CID=0x1;Recorded.",
        "2026-11-20 10:00:00 +01:00 Oslo %%01BFD/4/STACHG_TODWN(l):CID=0x1;text",
        "#2026-1-2 10:00:00 Oslo %%01VRRP/2/X-1(t):CID=0x1;text",
        "Oslo %%01IFNET/4/LINK(l):no moment",
    ],
)
def test_a_line_of_the_log_inside_a_configuration_is_no_line(said: str) -> None:
    first, *rest = PLAIN.split("#\n")
    logged = "#\n".join((first, f"{said}\n{rest[0]}", *rest[1:]))

    assert lines(read_tree(logged, "x")) == lines(read_tree(PLAIN, "x"))
    for command in ("display current-configuration", "display saved-configuration"):
        assert configuration_text(parse(command, logged)) == configuration_text(parse(command, PLAIN))


def test_a_text_that_quotes_a_line_of_the_log_is_a_line() -> None:
    described = "#\ninterface LoopBack9\n description PE %%01IFNET/4/UP(l):x\n#\nbfd"
    quoted = PLAIN.replace("#\nbfd", described, 1)

    (loopback,) = [one for one in read_tree(quoted, "x").lines if one.text == "interface LoopBack9"]

    assert [one.text for one in loopback.children] == ["description PE %%01IFNET/4/UP(l):x"]


BANNER = 'header login information "Welcome\nbfd\n#\ninterface Eth-Trunk1 is yours\n====\n"\n#\n'


def test_a_banner_of_several_lines_is_text() -> None:
    without = PLAIN.replace("#\nbfd\n default-ip-address 224.0.0.200\n", "")
    tree = read_tree(BANNER + without, "x")
    assert not [fact for fact in facts(tree)[0] if fact.id == "bfd.global"]
    assert tree.lines[0].text == BANNER.removesuffix("\n#\n")
    assert BANNER in write_tree(tree)
    assert lines(ConfigTree(tree.lines[1:])) == lines(read_tree(without, "x"))


def test_a_certificate_is_text() -> None:
    text = "ssl policy s\n-----BEGIN CERTIFICATE-----\nbfd\n-----END CERTIFICATE-----\n#\nsysname R\n"
    assert [line.text.partition("\n")[0] for line in read_tree(text, "x").lines] == [
        "ssl policy s",
        "-----BEGIN CERTIFICATE-----",
        "sysname R",
    ]


def test_a_text_that_does_not_end_hides_nothing() -> None:
    tree = read_tree('header login information "Welcome\n#\nsysname R\nbfd\n', "x")
    assert [line.text for line in tree.lines][-2:] == ["sysname R", "bfd"]


@given(st.text())
def test_any_text_is_read_and_no_number_is_out_of_it(text: str) -> None:
    count = text.replace("\r\n", "\n").count("\n") + 1
    assert all(1 <= line.number <= count for line in configuration_lines(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_any_of_its_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.cfg"
    file.write_text(PLAIN, encoding=encoding)
    assert lines(read_configuration(file)) == lines(read_tree(PLAIN, "x"))


IOS = b"version 15.2\nhostname R1\n!\nbfd\n!\ninterface GigabitEthernet0/1\n no shutdown\nend\n"
JUNOS = b"set system host-name r1\nset interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24\n"


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (b"", IntentError, "empty"),
        (b"\n \r\n", IntentError, "empty"),
        (IOS, IntentError, "no configuration of an NE40E"),
        (JUNOS, IntentError, "no configuration of an NE40E"),
        (b"PK\x03\x04\x14\x00\x00\x00sysname x\n", IntentError, "no configuration of an NE40E"),
        (os.urandom(2000), IntentError, "no configuration of an NE40E"),
        (b"<html><body>Login failed</body></html>", IntentError, "no configuration of an NE40E"),
        (PLAIN[: len(PLAIN) // 2].encode(), UnparsedError, "cut off"),
    ],
)
def test_what_is_no_configuration_is_told(
    tmp_path: Path, data: bytes, kind: type[HotpairError], says: str
) -> None:
    file = tmp_path / "a.cfg"
    file.write_bytes(data)
    with pytest.raises(kind, match=says) as told:
        read_configuration(file)
    assert told.value.where == str(file)


def test_a_part_of_a_configuration_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.cfg"
    file.write_text("e-trunk 4\n priority 10\n")
    assert lines(read_configuration(file)) == [((), "e-trunk 4"), (("e-trunk 4",), "priority 10")]
