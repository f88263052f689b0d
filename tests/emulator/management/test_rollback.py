"""Rollback and pasted changes, typed at the terminal."""

from __future__ import annotations

from emulator.device import Device
from emulator.faults import (
    StuckRollback,
)
from tests.emulator.client import configuring
from tests.emulator.management.typed import ids


def test_rollback_returns_to_a_commit_and_is_one_itself(device: Device) -> None:
    client = configuring(device)
    for name in ("PE8", "PE9", "PE10"):
        client.type(f"sysname {name}", "commit")
    client.type("return")
    client.raw(b"rollback configuration to commit-id 1000000001\r")
    assert client.raw(b"y\r").replace("\r\n", "\n") == (
        "y\nLoading rollback changes\nCommitting\nCheck rollback result\nConfiguration rollback succeeded.\n"
        "Please use 'display configuration commit changes last 1' to view the changes.\n<PE8>"
    )
    client.raw(b"rollback configuration last 4\ry\r")
    assert device.sysname == "PE7"
    assert len(ids(device)) == 5
    assert client.type("display configuration rollback result") == ""
    assert client.type("rollback configuration to commit-id 1000000099").startswith("Error: ")


def test_the_way_back_is_loaded_into_the_candidate(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8", "commit", "e-trunk 12", "priority 30", "commit")
    client.raw(b"load configuration rollback changes at commit-id 1000000001\r")
    assert "Configuration load succeeded." in client.raw(b"y\r")
    assert client.type("display configuration candidate changes").splitlines() == [
        "Building configuration",
        "  #",
        "- sysname PE8",
        "  #",
        "+ sysname PE7",
        "  #",
    ]
    client.type("commit")
    assert device.sysname == "PE7"
    assert "priority 30" in client.type("display current-configuration")


def test_a_pasted_diff_is_loaded(device: Device) -> None:
    client = configuring(device)
    client.raw(b"load configuration terminal\r")
    for line in (
        "  #",
        "  e-trunk 12",
        "-  priority 10",
        "+  priority 33",
        "  #",
        "+ bridge-domain 9",
        "  #",
    ):
        client.raw(line.encode() + b"\r")
    assert "Configuration load succeeded." in client.raw(b"end-diff\r")
    client.type("commit")
    shown = client.type("display current-configuration").splitlines()
    assert " priority 33" in shown
    assert " priority 10" not in shown
    assert "bridge-domain 9" in shown


def test_an_aborted_paste_changes_nothing(device: Device) -> None:
    client = configuring(device)
    client.raw(b"load configuration terminal\r+ sysname X\rabort\r")
    assert client.type("display configuration candidate") == ""


def test_a_rollback_reports_success_although_lines_are_left(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8", "bridge-domain 9", "quit", "commit", "return")
    device.inject(StuckRollback("^bridge-domain"))
    client.raw(b"rollback configuration last 1\r")
    assert "Configuration rollback succeeded." in client.raw(b"y\r")
    assert device.sysname == "PE7"
    assert client.type("display configuration rollback result").splitlines() == [
        "!There are still several differences as follow:",
        "  #",
        "+ bridge-domain 9",
        "  #",
    ]
