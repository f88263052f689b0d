"""A word that is no command leads to the command that is meant."""

from __future__ import annotations

import pytest

from hotpair.cli.meant import _WORDS
from hotpair.cli.settings import program
from tests.hotpair.conftest import Ask
from tests.hotpair.test_help import COMMANDS, LEAVES


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("remove metro-1 -i lab", "hotpair deploy --remove metro-1 -i lab"),
        ("apply", "hotpair deploy --help"),
        ("deploy --dry-run metro-1", "hotpair plan metro-1"),
        ("resume --adopt hp-1 --pair metro-1", "hotpair txn adopt hp-1 --pair metro-1"),
        ("abort", "hotpair txn abort --help"),
        ("txn rollback hp-1", "hotpair rollback hp-1"),
        ("archive list", "hotpair runs --help"),
        ("backup metro-1", "hotpair backup now metro-1"),
        ("ls", "hotpair list"),
        ("help deploy", "hotpair deploy --help"),
        ("version", "hotpair --version"),
        ("status metro-1 -i lab", "hotpair history metro-1 -i lab"),
        ("parse display e-trunk 1", "hotpair parse 'display e-trunk 1'"),
        ("parse dis e-trunk 1 pyproject.toml", "hotpair parse 'dis e-trunk 1' pyproject.toml"),
        ("parse display e-trunk 1 --format json", "hotpair parse 'display e-trunk 1' --format json"),
    ],
)
def test_a_word_that_is_no_command_leads_to_the_one_that_is_meant(ask: Ask, words: str, wanted: str) -> None:
    code, _, err = ask(*words.split())
    assert code == 2
    assert f"here it is `{wanted}`" in err
    assert err.endswith(f"  next:    {wanted}\n")


def test_a_word_of_two_groups_leads_to_both(ask: Ask) -> None:
    code, _, err = ask("forget", "x")
    assert code == 2
    assert "`hotpair txn forget x` or `hotpair archive forget x`" in err
    assert err.endswith("  next:    hotpair --help\n")


def test_every_word_of_other_tools_leads_to_a_command() -> None:
    for known in set(_WORDS.values()):
        command, _, option = known.partition("--")
        options = LEAVES[command.strip()].params if command else program().params
        assert not option or any(f"--{option}" in one.opts for one in options) or option == "help"
        assert not command or command.strip() in COMMANDS
