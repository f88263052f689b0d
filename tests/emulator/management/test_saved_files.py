"""What is saved, loaded and booted from."""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.personalities import OLDER
from tests.emulator.client import at, configuring


def test_only_what_was_saved_outlives_a_reboot(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8", "commit", "return")
    client.raw(b"save\ry\r")
    client.type("system-view", "sysname PE9", "commit", "return")
    client.raw(b"reboot fast\r")
    assert "reboot" in client.raw(b"y\r")
    assert client.closed
    assert device.sysname == "PE8"


def test_a_reset_device_boots_from_factory_defaults(device: Device) -> None:
    client = at(device)
    client.raw(b"reset saved-configuration\r")
    assert "Info: Succeeded in clearing the configuration on the device." in client.raw(b"y\r")
    assert "Next startup saved-configuration file : NULL" in client.type("display startup")
    assert client.type("display saved-configuration").startswith("Error: ")
    device.reboot(9.0)
    assert device.sysname == "HUAWEI"
    assert device.startup is None


def test_the_older_release_asks_for_the_first_file_name() -> None:
    device = Device("a", personality=OLDER)
    client = at(device)
    client.raw(b"save\r")
    assert client.raw(b"y\r").endswith("[vrpcfg.cfg]:")
    assert "saved to the device successfully." in client.raw(b"first.cfg\r")
    assert device.store.next_file == "cfcard:/first.cfg"


def test_a_file_is_merged_or_replaces(device: Device) -> None:
    client = at(device)
    client.type(
        "display current-configuration > base.cfg", "system-view", "e-trunk 12", "priority 30", "commit"
    )
    assert client.type("load configuration file base.cfg merge") == "Configuration load succeeded."
    assert "+  priority 10" in client.type("display configuration candidate changes")
    client.type(
        "clear configuration candidate", "sysname PE8", "commit", "load configuration file base.cfg replace"
    )
    client.type("commit")
    assert client.prompt == "[~PE7]"


@pytest.mark.parametrize("end", ["", "#\n", "#\nreturn", "#\nreturn\n\n"])
def test_a_saved_file_ends_as_a_device_ends_it(end: str) -> None:
    client = at(Device("PE7", f"#\nsysname PE7\n{end}"))
    assert client.type("display saved-configuration").split() == [
        "#",
        "sysname",
        "PE7",
        *["#"] * ("#" in end),
        "return",
    ]
