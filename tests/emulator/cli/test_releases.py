"""What differs by release at the terminal."""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.lab import Lab, TerminalUser
from emulator.personalities import MIDDLE, NEWER, OLDER
from tests.emulator.client import PAIR_MEMBER, Client, at


def test_releases_differ() -> None:
    older = Client(Device("a", PAIR_MEMBER, personality=OLDER))
    assert older.greeting.endswith("<~PE7>")
    assert "and the number\r\n      of current VTY users on line is 1.\r\n" in older.greeting
    assert "Error[1]: Unrecognized" in older.raw(b"foo\r")
    assert older.raw(b"system-view\rremote-backup-service north\r").endswith("[~PE7-rm-backup-service-north]")
    assert "Error:Unrecognized" in Client(Device("a", personality=MIDDLE)).raw(b"foo\r")


@pytest.mark.parametrize(
    "command",
    [
        "display optical-module",
        "display pim routing-table",
        "display igmp routing-table",
        "display vlan summary",
        "display access-user user-id 7",
        "display dhcp server statistics",
        "display transceiver",
        "display device manufacture-info",
        "display nothing-at-all",
    ],
)
def test_a_display_that_is_not_modelled_says_so_in_the_same_words(command: str) -> None:
    shown = TerminalUser(Lab({"PE7": PAIR_MEMBER}), "PE7").shows(command)
    if command.endswith("at-all"):
        assert "Error: " in shown[-1]
    else:
        assert shown == ["Info: The emulator does not model this display."]


def test_only_one_release_knows_the_screen_width() -> None:
    for release in (NEWER, MIDDLE, OLDER):
        client = at(Device("a", PAIR_MEMBER, personality=release))
        shown = client.raw(b"screen-width 256\r")
        assert shown.endswith("Continue? [Y/N]:") is (release is MIDDLE)
        assert ("Unrecognized command" in shown) is (release is not MIDDLE)


def test_the_oldest_release_numbers_an_incomplete_command_two() -> None:
    client = at(Device("a", PAIR_MEMBER, personality=OLDER))
    assert "Error[2]: Incomplete command found at '^' position." in client.type("display")


def test_each_device_has_a_serial_number_of_its_own() -> None:
    numbers = {at(Device(name, PAIR_MEMBER)).type("display esn") for name in ("a", "b")}
    assert len(numbers) == 2
    assert all(number.startswith("ESN of master:2102") for number in numbers)
