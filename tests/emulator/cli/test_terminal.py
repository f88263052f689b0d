"""A terminal: echo, line ends, paging, filters, stamps, wrapped lines and log lines."""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.personalities import MIDDLE, NEWER, Personality
from tests.emulator.client import PAIR_MEMBER, Client, at


def test_every_byte_is_echoed_at_once(device: Device) -> None:
    client = Client(device)
    assert [client.raw(bytes((byte,))) for byte in b"sys"] == ["s", "y", "s"]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_each_line_end_ends_one_line(device: Device, end: bytes) -> None:
    client = Client(device)
    shown = client.raw(b"system-view" + end + b"quit" + end)
    assert shown == (
        "system-view\r\nEnter system view, return user view with return command.\r\n[~PE7]quit\r\n<PE7>"
    )


def test_crlf_at_the_pager_is_one_key(device: Device) -> None:
    client = Client(device)
    shown = client.raw(b"display current-configuration\r\n")
    assert shown.count("---- More ----") == 1
    assert shown.count("\r\n") == 24


def test_paging_erases_its_line_and_stops_on_a_key(device: Device) -> None:
    client = Client(device)
    client.raw(b"display current-configuration\r")
    assert client.raw(b"\r").startswith("\x1b[16D" + " " * 16 + "\x1b[16D")
    assert client.raw(b"q").endswith("<PE7>")


def test_screen_length_zero_never_pages(device: Device) -> None:
    client = Client(device)
    assert client.type("screen-length 0 temporary") == (
        "Info: The configuration takes effect on the current user terminal interface only."
    )
    assert client.type("display current-configuration").endswith("\nreturn")


def test_timestamps_stand_before_each_output(device: Device) -> None:
    client = at(device)
    client.type("timestamp enable")
    assert client.type("display configuration trial status").splitlines() == [
        "2026-01-05 08:00:00.000 +00:00",
        "Trial status: INACTIVE",
        "Trial time left (sec): 0",
    ]


def test_filters_and_files(device: Device) -> None:
    client = at(device)
    assert client.type("display current-configuration | include peer-") == (
        " peer-address 198.51.100.8 source-address 198.51.100.7\n peer-backup hot"
    )
    client.type("display current-configuration > night.cfg")
    assert "sysname PE7\n" in device.store.files["cfcard:/night.cfg"]


def test_the_machine_mode_neither_asks_nor_pages_and_commits_on_leaving(device: Device) -> None:
    client = Client(device)
    client.type("mmi-mode enable", "system-view", "sysname PE8")
    assert client.type("return") == ""
    assert device.sysname == "PE8"
    assert client.type("display current-configuration").endswith("\nreturn")
    assert client.type("save").endswith("Info: Save the configuration successfully.")


def test_long_help_is_paged_and_the_line_comes_back(device: Device) -> None:
    client = Client(device)
    assert client.raw(b"display ?").endswith("  ---- More ----")
    assert client.raw(b"q").endswith("<PE7>display ")


def test_a_long_line_wraps_with_a_blank_and_a_step_back() -> None:
    device = Device("a", "#\nsysname R\n#\nreturn\n")
    session = device.connect("netops", 0.0, width=10)
    device.output(session, 0.0)
    assert device.receive(session, b"display clock", 0.0) == b"display \x1b[1D clock"


@pytest.mark.parametrize(
    ("release", "stamp"), [(NEWER, "2026-01-05 08:00:00.000 +00:00"), (MIDDLE, "2026-01-05 08:00:00.000")]
)
def test_a_device_can_stamp_every_answer_by_its_configuration(release: Personality, stamp: str) -> None:
    device = Device(
        "a", PAIR_MEMBER.replace("sysname PE7\n", "sysname PE7\n#\ntimestamp enable\n"), personality=release
    )
    client = at(device)
    for command in ("display configuration commit list", "display configuration rollback result"):
        assert client.type(command).splitlines()[0] == stamp
    assert client.type("display current-configuration").splitlines()[0] == stamp
    client.type("system-view")
    assert client.type("sysname PE8") == ""
    client.type("undo timestamp enable", "commit")
    assert client.type("display configuration rollback result") == ""


def test_log_lines_come_up_until_they_are_switched_off(device: Device) -> None:
    client = at(device)
    device.logs = True
    shown = client.raw(b"display configuration trial status\r").replace("\r\n", "\n").splitlines()
    assert shown[1].startswith("Jan  5 2026 08:00:00+00:00 PE7 %%01SHELL/5/CMDRECORD(s):")
    assert shown[2] == "Trial status: INACTIVE"
    assert shown[4] == "<PE7>"
    assert " %%01SHELL/" in shown[5]
    assert shown[6] == "<PE7>"
    client.raw(b"undo terminal monitor\r")
    assert client.type("display configuration trial status").splitlines()[0] == "Trial status: INACTIVE"


def test_a_line_is_echoed_when_it_ends(device: Device) -> None:
    client = at(device)
    client.type("terminal echo-mode line")
    assert client.raw(b"display clok\x08") == ""
    assert client.raw(b"ck") == ""
    shown = client.raw(b"\r")
    assert shown == "display clock\r\n<PE7>"
    client.raw(b"terminal echo-mode character\r")
    assert client.raw(b"dis") == "dis"
    client.raw(b"\x03")
    client.raw(b"terminal echo-mode line\r")
    client.raw(b"undo terminal echo-mode\r")
    assert client.raw(b"dis") == "dis"
