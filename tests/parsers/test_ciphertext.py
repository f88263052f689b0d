"""Ciphertext is hidden wherever it stands; names, words and equality stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import ciphertext
from parsers.ciphertext import hide, hide_pieces, in_clear

WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=60)


@pytest.mark.parametrize(
    "line",
    [
        " security-key cipher {}",
        " snmp-agent community read cipher {} acl 2000",
        " local-user ops password irreversible-cipher {}",
        " vrrp vrid 9 authentication-mode simple cipher {}",
    ],
)
@pytest.mark.parametrize(
    "secret",
    ["%^%#wp_KzC;^Q9@j8BV{(s))#>]%^%#", "%#%#abc>]%#%#", "@%@%Zx9]@%@%", "$1c$Yu/9}$Qk'a|$", "A" * 48],
)
def test_ciphertext_is_hidden_and_the_rest_stays(line: str, secret: str) -> None:
    shown = hide(line.format(secret))
    before, after = line.split("{}")
    assert secret not in shown
    assert shown.startswith(f"{before}<hidden:")
    assert shown.endswith(f">{after}")


@pytest.mark.parametrize(
    "line",
    [
        " security-key cipher <secret:metro-1-etrunk>",
        " ssh server cipher aes256_gcm aes128_gcm",
        " authentication-mode password",
        " undo authentication-mode simple",
        " vrrp vrid 9 authentication-mode simple cipher <secret:x>",
        " description 5% of 100% and $1",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert hide(line) == line


def test_key_in_clear_is_hidden() -> None:
    assert hide(" vrrp vrid 9 authentication-mode simple plain Mond7") == (
        " vrrp vrid 9 authentication-mode simple plain <hidden>"
    )
    assert hide("e-trunk 3\n security-key simple Mond7\n") == "e-trunk 3\n security-key simple <hidden>\n"


@pytest.mark.parametrize(
    ("line", "clear"),
    [
        ("security-key simple Mond7", True),
        ("security-key simple <secret:x>", True),
        ("security-key cipher <secret:x>", False),
        ("security-key cipher %^%#abc%^%#", False),
        ("vrrp vrid 9 authentication-mode simple plain <secret:x>", True),
        ("vrrp vrid 9 authentication-mode simple <secret:x>", True),
        ("vrrp vrid 9 authentication-mode simple cipher <secret:x>", False),
        ("vrrp vrid 9 authentication-mode md5 <secret:x>", False),
        ("priority 7", False),
    ],
)
def test_forms_in_which_a_key_is_shown_in_clear_are_known(line: str, *, clear: bool) -> None:
    assert in_clear(line) is clear


@given(st.from_regex(ciphertext._CLEAR))
def test_no_key_in_clear_is_passed_over_in_haste(text: str) -> None:
    assert ciphertext._may_be_clear(text)


def test_a_community_in_clear_is_hidden() -> None:
    shown = hide("#\n snmp-agent community read noc7 acl 2000\n snmp-agent community write simple noc8\n")
    assert (
        shown
        == "#\n snmp-agent community read <hidden> acl 2000\n snmp-agent community write simple <hidden>\n"
    )
    assert hide("snmp-agent community complexity-check disable").endswith("complexity-check disable")


def test_a_key_in_quotes_is_hidden_whole() -> None:
    assert hide('security-key simple "two words" cipher') == "security-key simple <hidden> cipher"


@given(WORDS, WORDS)
def test_equal_stays_equal_and_hidden_stays_hidden(one: str, other: str) -> None:
    first, second = (hide(f" security-key cipher %^%#{text}%^%#") for text in (one, other))
    assert (first == second) == (one == other) or "%^%#" in one + other
    assert hide(first) == first


@pytest.mark.parametrize(
    "secret",
    [
        "%^%#wp_KzC;^Q9@j8BV{(s))#>]%^%#",
        "%#%#abc>]uvwxyz%#%#",
        "@%@%Zx9]uvwxyz@%@%",
        "$1c$Yu/9}$Qk'a|uvwxyz$",
    ],
)
@pytest.mark.parametrize("cut", [0, 3])
def test_a_ciphertext_that_was_cut_off_is_hidden(secret: str, cut: int) -> None:
    line = f"e-trunk 1\n security-key cipher {secret}\n priority 10"
    for kept in range(6, len(secret) - cut):
        begun = line[: line.index(secret) + kept]
        assert secret[4:kept] not in hide_pieces(begun) or kept <= 4
        assert "e-trunk 1" in hide_pieces(begun)


@pytest.mark.parametrize(
    "secret", ["%^%#wp_KzC;^Q9@j8BV{(s))#>]%^%#", "%#%#abc>]uvwxyz%#%#", "@%@%Zx9]uvw@%@%"]
)
def test_a_ciphertext_whose_beginning_did_not_come_is_hidden(secret: str) -> None:
    shown = hide_pieces(f"{secret[6:]}\n priority 10")
    assert shown == "<hidden>\n priority 10"


def test_a_key_in_clear_that_was_cut_off_is_hidden() -> None:
    assert (
        hide_pieces("display this\n security-key simple Mon") == "display this\n security-key simple <hidden>"
    )
    assert "Mon" not in hide_pieces(" vrrp vrid 9 authentication-mode md5 Mon")


@pytest.mark.parametrize("text", ["Error: Wrong parameter", "priority 10", "100% of 5", "<secret:x>", ""])
def test_what_is_no_piece_of_a_secret_stays(text: str) -> None:
    assert hide_pieces(text) == text
