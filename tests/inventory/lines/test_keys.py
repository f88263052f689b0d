"""A key's name counts only where a key belongs."""

from __future__ import annotations

import pytest

from inventory.lines.keys import named_keys


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("security-key cipher <secret:metro.1>", ("metro.1",)),
        ("security-key simple <secret:k>", ("k",)),
        ("vrrp vrid 9 authentication-mode md5 <secret:k_2>", ("k_2",)),
        ("vrrp vrid 9 authentication-mode simple plain <secret:k-2>", ("k-2",)),
        ("security-key cipher %^%#abc%^%#", ()),
        ("security-key cipher x <secret:k>", ()),
        ("security-key cipher <secret:k> x", ()),
        ("undo security-key", ()),
        ("description <secret:k>", ()),
        ("description security-key cipher <secret:k>", ()),
        ("e-trunk track bfd-session session-name <secret:k>", ()),
        ("", ()),
    ],
)
def test_only_the_whole_value_of_a_key_is_a_name(text: str, names: tuple[str, ...]) -> None:
    assert named_keys(text) == names
