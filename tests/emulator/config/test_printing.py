from __future__ import annotations

import re
from pathlib import Path

import pytest

from emulator.commands import vty
from emulator.config import secrets
from emulator.device import Device
from emulator.entry import printing
from tests.emulator.config.session import typed
from tests.fixtures.text import text_of

SHARED = Path(__file__).parents[4] / "shared"

EDGE = text_of("configurations/edge.cfg")


def test_a_canonical_file_prints_back_line_for_line() -> None:
    assert printing.lines(printing.load(EDGE)) == EDGE.splitlines()


def test_a_file_is_brought_into_the_order_of_the_device() -> None:
    sections = EDGE.split("\n#\n")
    shuffled = "\n#\n".join([*sections[1:7][::-1], sections[0].removeprefix("#\n"), *sections[7:]])
    got = printing.lines(printing.load("#\n" + shuffled))
    assert got == EDGE.splitlines()


def test_canonical_forms_on_load() -> None:
    text = (
        "#\ninterface Loopback 3\n ip address 192.0.2.3 32\n#\n"
        "interface eth-trunk 4\n mode manual load-balance\n#\nreturn\n"
    )
    assert printing.lines(printing.load(text)) == [
        "#",
        "interface Eth-Trunk4",
        "#",
        "interface LoopBack3",
        " ip address 192.0.2.3 255.255.255.255",
        "#",
        "return",
    ]


def test_unknown_lines_and_views_are_kept_where_they_stand() -> None:
    text = (
        "#\nsysname A\n#\nmystery one\n deep two\n  deeper three\n last\n#\n"
        "e-trunk 1\n unknown in ours\n#\nreturn"
    )
    got = printing.lines(printing.load(text))
    assert sorted(got) == sorted(text.splitlines())
    assert got.index("  deeper three") == got.index(" deep two") + 1


def test_a_subscriber_view_whose_lines_stand_no_deeper_is_still_filled() -> None:
    text = "interface GigabitEthernet0/1/0.1\n bas\n access-type layer2-subscriber\n"
    assert "  access-type layer2-subscriber" in printing.lines(printing.load(text))


def test_a_plaintext_secret_of_a_file_is_not_printed() -> None:
    first, second = (
        printing.lines(printing.load(f"e-trunk {n}\n security-key cipher Visible-8\n")) for n in (1, 2)
    )
    assert "Visible-8" not in "".join(first)
    assert secrets.plain(first[2].split()[2]) == secrets.plain(second[2].split()[2]) == "Visible-8"
    masked = "e-trunk 1\n security-key cipher ***\n"
    assert printing.lines(printing.load(masked))[2] == " security-key cipher ***"


def test_comments_and_trailing_blanks_are_skipped() -> None:
    text = "!Software Version V8\n#  \nsysname X  \n#\nreturn\n"
    assert printing.lines(printing.load(text)) == ["#", "sysname X", "#", "return"]


def test_an_empty_configuration() -> None:
    assert printing.lines(printing.load("")) == ["#", "return"]


def test_display_this_prints_one_view() -> None:
    made = typed("ospf 4\narea 0\nnetwork 10.1.0.0 0.0.255.255")
    assert printing.lines(made, path=("ospf 4", "area 0.0.0.0")) == [
        "#", " area 0.0.0.0", "  network 10.1.0.0 0.0.255.255", "#", "return",
    ]  # fmt: skip


def test_defaults_on_request() -> None:
    made = typed("e-trunk 2\npriority 7")
    plain, full = printing.lines(made), printing.lines(made, include_default=True)
    assert " timer hello 10" not in plain
    assert [line for line in full if line.startswith(" ")] == [
        " priority 7", " timer hello 10", " timer hold-on-failure multiplier 20", " timer revert delay 120",
        " authentication-mode enhanced-hmac-sha256",
    ]  # fmt: skip


def _same_lines(text: str) -> None:
    made = printing.load(text)
    printed = printing.lines(made)
    assert printing.load("\n".join(printed)) == made

    def plain(lines: list[str]) -> list[str]:
        kept = (re.sub(r"([A-Za-z]) (?=\d+[/.\d]*(?:$| ))", r"\1", line.strip().lower()) for line in lines)
        return sorted(line for line in kept if line not in {"", "#"})

    assert plain(printed) == plain(text.splitlines())


@pytest.mark.shared
@pytest.mark.parametrize("name", [path.name for path in sorted((SHARED / "seeds").glob("*.txt"))] or ["none"])
def test_configuration_files_of_the_documents_print_back(name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the reference material is not beside the repository")
    text = (SHARED / "seeds" / name).read_text(encoding="utf-8")
    files = re.findall(r"^( *)#\n\1sysname .*?\n\1return$", text, re.MULTILINE | re.DOTALL)
    for found in re.finditer(r"^( *)#\n\1sysname .*?\n\1return$", text, re.MULTILINE | re.DOTALL):
        _same_lines("\n".join(line[len(found[1]) :] for line in found[0].splitlines()))
    assert len(files) == text.count("configuration file\n")


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", sorted(str(p.relative_to(SHARED)) for p in SHARED.glob("samples/*/*.cfg")) or ["none"]
)
def test_sample_configurations_print_back(name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the reference material is not beside the repository")
    _same_lines((SHARED / name).read_text(encoding="utf-8"))


TEXTS = text_of("configurations/texts-of-several-lines.cfg")


def test_texts_of_several_lines_and_lines_below_bas_are_printed_back_as_they_came() -> None:
    assert printing.lines(printing.load(TEXTS)) == TEXTS.splitlines()


def test_a_banner_of_several_lines_is_shown_at_the_login() -> None:
    lines = Device("PE", TEXTS.replace("header login", "header shell")).store.running
    assert vty.header(lines, "shell")[:2] == ("=====", " Only for staff.")
    assert lines.first("bfd.global") is None
