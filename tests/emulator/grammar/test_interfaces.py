from __future__ import annotations

import pytest

from emulator.grammar import interfaces


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [
        ("gi", "0/1/0", "GigabitEthernet0/1/0"),
        ("eth", "5", "Eth-Trunk5"),
        ("eth", "0/1/5", "Ethernet0/1/5"),
        ("LOOP", "007", "LoopBack7"),
        ("50|100ge", "0/1/0", "50|100GE0/1/0"),
        ("virtual-e", "0/1/0.3", "Virtual-Ethernet0/1/0.3"),
        ("loopback", "1.2", ""),
        ("null", "1", ""),
        ("g", "1", "Global-VE1"),
        ("gigabitethernet", "0/1", ""),
        ("foo", "1", ""),
    ],
)
def test_canonical_names(kind: str, number: str, name: str) -> None:
    assert interfaces.canonical(kind, number) == name


def test_interfaces_sort_as_they_are_printed() -> None:
    names = [
        "Vlanif20", "Eth-Trunk2", "Eth-Trunk10", "Eth-Trunk2.1", "GigabitEthernet0/1/2",
        "GigabitEthernet0/1/10",
        "GigabitEthernet0/1/2.5", "LoopBack0", "NULL0",
    ]  # fmt: skip
    shuffled = [*names[4:], *names[:4]]
    assert sorted(shuffled, key=interfaces.sort_key) == names
