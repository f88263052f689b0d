"""Labels of commits, typed at the terminal: their form, their number and what they keep."""

from __future__ import annotations

import pytest

from emulator.device import Device
from tests.emulator.client import Client, configuring
from tests.emulator.management.typed import ids


def full_of_labels(device: Device) -> Client:
    client = configuring(device)
    for number in range(20):
        client.type(f"sysname N{number}", f"commit label L{number}")
    return client


def test_a_twenty_first_label_is_refused_and_the_candidate_stays(device: Device) -> None:
    client = full_of_labels(device)
    client.type("sysname N20")
    for command in ("commit label L20", "commit trial 120 persist p label L20"):
        assert client.type(command) == (
            "Error: The number of labels of configuration commits has reached the limit of 20."
        )
    assert client.prompt == "[*N19]"
    assert client.type("commit description unlabelled") == ""
    client.type("return")
    newest = ids(device)[0]
    assert client.type(f"set configuration commit {newest} label L20").startswith("Error: ")
    client.type(f"set configuration commit {newest - 1} label renamed")
    assert client.type(f"clear configuration commit {newest - 1} label") == ""
    assert client.type(f"set configuration commit {newest} label L20") == ""


def test_a_point_that_is_kept_for_its_label_goes_with_it_after_a_question(device: Device) -> None:
    client = configuring(device)
    client.type("sysname first", "commit label kept")
    for number in range(80):
        client.type(f"sysname N{number}", "commit")
    client.type("return")
    clear = b"clear configuration commit 1000000001 label\r"
    assert client.raw(clear).endswith(
        "Warning: The current operation will delete the rollback checkpoint. Continue? [Y/N]:"
    )
    client.raw(b"n\r")
    assert ids(device)[-1] == 1000000001
    client.raw(clear + b"y\r")
    assert ids(device)[-1] == 1000000002


def test_labels_are_set_listed_rolled_back_to_and_cleared(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8", "commit", "sysname PE9", "commit", "return")
    client.type("set configuration commit 1000000001 label before-nine")
    assert len(client.type("display configuration commit list label").splitlines()) == 5
    client.raw(b"rollback configuration to label before-nine\ry\r")
    assert device.sysname == "PE8"
    client.type("clear configuration commit 1000000001 label")
    assert device.store.history.by_label("before-nine") is None
    client.raw(b"clear configuration commit oldest 2\ry\r")
    assert ids(device) == [1000000003]


@pytest.mark.parametrize("label", ["9-lives", "-", '"-"'])
def test_a_label_has_a_form(device: Device, label: str) -> None:
    client = configuring(device)
    client.type("sysname PE8")
    assert client.type(f"commit label {label}").startswith("Error: ")
    assert client.prompt == "[*PE7]"
    assert client.type('commit label "night shift" description any words') == ""
    assert device.store.history.by_label("night shift") is not None
