"""What keys and lines do at the terminal: help, completion, history, the views above."""

from __future__ import annotations

import pytest

from emulator.device import Device
from tests.emulator.client import Client, at, configuring


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("foo bar", 0, "Unrecognized command"),
        ("e-trunk 999", 8, "Wrong parameter"),
        ("e-trunk", 7, "Incomplete command"),
        ("quit now", 5, "Too many parameters"),
    ],
)
def test_the_caret_stands_under_the_failing_token(
    device: Device, line: str, column: int, message: str
) -> None:
    client = configuring(device)
    assert client.type(line) == " " * (len("[~PE7]") + column) + f"^\nError: {message} found at '^' position."


def test_help_acts_without_enter_and_reprints_the_line(device: Device) -> None:
    client = configuring(device)
    shown = client.raw(b"e-trunk ?")
    assert shown.startswith("e-trunk ?\r\n  ")
    assert shown.endswith("\r\n[~PE7]e-trunk ")
    assert "INTEGER<1-128>" in shown


def test_tab_completes_a_unique_keyword(device: Device) -> None:
    client = Client(device)
    assert client.raw(b"system\t") == "system\r\n<PE7>system-view "


def test_tab_offers_our_commands_before_the_rest_of_the_vocabulary(device: Device) -> None:
    client = Client(device)
    assert client.raw(b"sys\t").endswith("<PE7>system-view")
    assert client.raw(b"\t").endswith("<PE7>sysmac")


def test_tab_cycles_through_several(device: Device) -> None:
    client = Client(device)
    one = client.raw(b"re\t").rpartition(">")[2]
    other = client.raw(b"\t").rpartition(">")[2]
    assert one != other
    assert one.startswith("re")
    assert other.startswith("re")


def test_history_comes_back_with_ctrl_p_and_the_arrow(device: Device) -> None:
    client = Client(device)
    client.raw(b"display clock\rdisplay version\r")
    assert client.raw(b"\x10") == "display version"
    assert client.raw(b"\x1b[A").endswith("clock  \b\b")
    assert client.raw(b"\x0e").endswith("version")


def test_ctrl_c_gives_up_the_line(device: Device) -> None:
    client = Client(device)
    assert client.raw(b"rebo\x03") == "rebo\r\n<PE7>"


def test_ctrl_z_returns_to_the_user_view(device: Device) -> None:
    client = configuring(device)
    client.type("e-trunk 12")
    assert client.raw(b"\x1a") == "\r\n<PE7>"


def test_a_line_that_does_not_fit_is_tried_in_the_views_above(device: Device) -> None:
    client = configuring(device)
    client.type("interface Eth-Trunk 40", "remote-backup-service north")
    assert client.prompt == "[~PE7-rm-backup-srv-north]"


def test_undo_is_not_tried_above(device: Device) -> None:
    client = configuring(device)
    client.type("e-trunk 12")
    assert client.type("undo remote-backup-service north").endswith(
        "Unrecognized command found at '^' position."
    )


def test_upper_views_can_be_switched_off(device: Device) -> None:
    client = at(device)
    client.type("undo terminal command forward matched upper-view", "system-view", "interface Eth-Trunk 40")
    assert "Unrecognized command" in client.type("remote-backup-service north")


def test_run_takes_a_user_view_command(device: Device) -> None:
    client = configuring(device)
    assert client.type("run display configuration trial status").startswith("Trial status: INACTIVE")
    assert client.prompt == "[~PE7]"
    assert client.raw(b"run save\r").endswith("[Y/N]")
    assert client.raw(b"y\r").endswith("Save the configuration successfully.\r\n[~PE7]")
    assert "Unrecognized command" in client.type("run rollback configuration last 1")


def test_layer_2_sub_interfaces_and_tracked_service_locations(device: Device) -> None:
    client = configuring(device)
    client.type("interface GigabitEthernet0/9/0.7 mode l2", "encapsulation dot1q vid 7", "rewrite pop single")
    client.type("quit", "interface GigabitEthernet0/9/1", "ip address 10.77.0.1 24")
    client.type("vrrp vrid 1 virtual-ip 10.77.0.9", "vrrp vrid 1 track service-location 3 reduced 30")
    client.type("commit")
    shown = client.type("display current-configuration | no-more").splitlines()
    assert "interface GigabitEthernet0/9/0.7 mode l2" in shown
    assert " rewrite pop single" in shown
    assert " vrrp vrid 1 track service-location 3 reduced 30" in shown
    client.type("quit", "interface GigabitEthernet0/9/0.7")
    assert client.prompt == "[~PE7-GigabitEthernet0/9/0.7]"
