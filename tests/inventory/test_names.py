from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory import explain, names


def test_examples_in_the_docstrings_hold() -> None:
    for module in (names, explain):
        results = doctest.testmod(module)
        assert results.attempted
        assert results.failed == 0


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Eth-Trunk 12", "Eth-Trunk12"),
        ("GIGABITETHERNET 0/3/1.20", "GigabitEthernet0/3/1.20"),
        ("100ge1/0/0", "100GE1/0/0"),
        ("loopback 7", "LoopBack7"),
        ("50|100GE0/1/0", "50|100GE0/1/0"),
        ("null 0", "NULL0"),
    ],
)
def test_interface_names_become_canonical(typed: str, printed: str) -> None:
    assert names.canonical_interface(typed) == printed


@pytest.mark.parametrize(
    "typed", ["", "GigabitEthernet", "0/1/2", "FastEthernet0/1", "Eth-Trunk1;undo x", "Eth-Trunk 1\n"]
)
def test_what_is_no_interface_is_refused(typed: str) -> None:
    if typed.strip() == "Eth-Trunk 1":
        assert names.canonical_interface(typed) == "Eth-Trunk1"
        return
    with pytest.raises(ValueError, match="not an interface name"):
        names.canonical_interface(typed)


@given(st.text(max_size=40))
def test_canonical_names_stay_as_they_are(text: str) -> None:
    for canonical in (names.canonical_interface, names.canonical_mac, names.canonical_address):
        try:
            once = canonical(text)
        except ValueError:
            continue
        assert canonical(once) == once
        assert "\n" not in once


@pytest.mark.parametrize("text", ["1.2.3", "1.2.3.4.5", "256.1.1.1", "::g", "1.2.3.4/24", "fe80::1%eth0"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an IPv"):
        names.canonical_address(text)
