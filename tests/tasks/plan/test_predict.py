"""The prediction reads the typed lines themselves, so a wrong line cannot hide."""

from __future__ import annotations

import pytest

from inventory.errors import RefusedError
from parsers.tree import read_tree, write_tree
from tasks.plan.predict import predict

BEFORE = """\
interface Vlanif9
 ip address 192.0.2.1 255.255.255.0
 vrrp vrid 4 virtual-ip 192.0.2.4
 vrrp vrid 4 virtual-ip 192.0.2.5
 vrrp vrid 4 priority 120
 vrrp vrid 5 virtual-ip 192.0.2.6
remote-backup-service metro
 peer 192.0.2.2 source 192.0.2.1 port 2000
"""


def after(*lines: str) -> list[str]:
    text = write_tree(predict(read_tree(BEFORE, "before"), lines))
    return [line for line in text.splitlines() if line not in {"#", "return"}]


def test_a_group_goes_with_its_last_address_only() -> None:
    entered = ("interface Vlanif9", "undo vrrp vrid 4 virtual-ip 192.0.2.4")
    assert " vrrp vrid 4 priority 120" in after(*entered)
    gone = after(*entered, "undo vrrp vrid 4 virtual-ip 192.0.2.5")
    assert [line for line in gone if "vrrp" in line] == [" vrrp vrid 5 virtual-ip 192.0.2.6"]


def test_an_object_goes_with_all_its_lines() -> None:
    assert not [line for line in after("undo remote-backup-service metro") if "peer" in line]


def test_a_new_profile_is_shown_with_what_the_device_adds() -> None:
    lines = after("remote-backup-profile video", "service-type igmp", "quit")
    at = lines.index("remote-backup-profile video")
    assert lines[at + 1 : at + 3] == [" service-type igmp", " peer-backup hot"]


def test_a_default_is_not_shown() -> None:
    assert " vrrp vrid 4 priority 100" not in after("interface Vlanif9", "vrrp vrid 4 priority 100")


@pytest.mark.parametrize(
    "lines",
    [
        ("ospf 1",),
        ("interface Vlanif9", "ip address 192.0.2.9 255.255.255.0"),
        ("undo e-trunk 4",),
        ("remote-backup-service metro", "undo peer 192.0.2.9"),
        ("peer 192.0.2.2 source 192.0.2.1 port 2000",),
    ],
)
def test_a_line_that_is_not_owned_or_not_there_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError):
        after(*lines)
