from __future__ import annotations

from emulator.config import diff
from emulator.config.statement import Configuration
from tests.emulator.config.session import typed


def test_equal_configurations_have_no_difference() -> None:
    made = typed("e-trunk 1\npriority 3")
    assert diff.lines(made, made) == []


def test_changes_stand_in_their_views_removed_before_added() -> None:
    old = typed("sysname Old\ninterface gi 0/1/1\nmtu 1400\nquit\ne-trunk 1")
    new = typed(
        "sysname New\ninterface gi 0/1/1\nmtu 1300\nquit\ninterface loopback 3\nip address 192.0.2.3 32\n"
        "quit\nundo e-trunk 1",
        old,
    )
    assert diff.lines(old, new) == [
        "  #",
        "- sysname Old",
        "  #",
        "+ sysname New",
        "  #",
        "- e-trunk 1",
        "  #",
        "  interface GigabitEthernet0/1/1",
        "-  mtu 1400",
        "+  mtu 1300",
        "  #",
        "+ interface LoopBack3",
        "+  ip address 192.0.2.3 255.255.255.255",
        "  #",
    ]


def test_a_whole_section_with_its_views() -> None:
    new = typed("ospf 2\narea 0\nnetwork 10.0.0.0 0.0.0.255")
    assert diff.lines(Configuration(), new) == [
        "  #", "+ ospf 2", "+  area 0.0.0.0", "+   network 10.0.0.0 0.0.0.255", "  #",
    ]  # fmt: skip
    assert diff.lines(new, Configuration())[1] == "- ospf 2"
