"""Trials, typed at the terminal: begun, confirmed, ended and lost."""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.personalities import MIDDLE, OLDER, PLAINER
from tests.emulator.client import PAIR_MEMBER, configuring
from tests.emulator.management.typed import ids, on_trial


def test_a_trial_is_confirmed_by_any_session_with_its_persist_id(device: Device) -> None:
    on_trial(device)
    other = configuring(device)
    assert other.type("display configuration trial status").splitlines() == [
        "Trial status: ACTIVE",
        "Persist id: tx-9",
        "Trial time left (sec): 120",
    ]
    assert other.type("commit persist tx-8").startswith("Error: ")
    assert other.type("sysname PE5").startswith("Error: ")
    assert other.type("commit persist tx-9") == ""
    assert other.type("display configuration trial status").startswith("Trial status: INACTIVE")
    other.wait(500.0)
    assert device.sysname == "PE8"


def test_a_trial_is_confirmed_by_a_commit_of_its_own_session(device: Device) -> None:
    client = on_trial(device)
    assert client.raw(b"commit\r").endswith("The trial configuration will be confirmed. Continue? [Y/N]:")
    assert client.raw(b"n\r") == "n\r\n[~PE8]"
    assert device.store.trial is not None
    client.raw(b"commit\r")
    client.raw(b"y\r")
    assert device.store.trial is None
    assert device.sysname == "PE8"


def test_a_release_without_the_question_confirms_at_once() -> None:
    client = on_trial(Device("a", PAIR_MEMBER, personality=MIDDLE), "commit trial 120")
    assert client.type("commit") == ""
    assert client.device.store.trial is None
    assert "Unrecognized" in client.type("commit persist tx-1")


def test_a_release_without_trial_refuses_the_word() -> None:
    client = configuring(Device("a", PAIR_MEMBER, personality=OLDER))
    client.type("sysname PE8")
    assert client.type("commit trial 90").splitlines() == [
        " " * len("[*PE7]commit ") + "^",
        "Error[1]: Unrecognized command found at '^' position.",
    ]
    client.type("commit")
    assert client.prompt == "[~PE8]"


def test_a_trial_ends_by_itself(device: Device) -> None:
    client = on_trial(device)
    assert device.next_event() == 120.0
    client.wait(119.0)
    assert device.sysname == "PE8"
    client.wait(1.0)
    assert device.sysname == "PE7"
    assert device.store.history.points == ()


def test_a_trial_bound_to_its_session_is_lost_with_it(device: Device) -> None:
    client = on_trial(device, "commit trial 120")
    device.disconnect(client.session, 5.0)
    assert device.sysname == "PE7"


def test_a_trial_with_persist_id_outlives_its_session(device: Device) -> None:
    client = on_trial(device)
    device.disconnect(client.session, 5.0)
    assert device.sysname == "PE8"
    other = configuring(device, now=6.0)
    assert other.raw(b"abort trial persist tx-9\r").endswith(
        "Warning: The trial configuration will be rolled back. Continue? [Y/N]:"
    )
    assert "Info: The trial configuration rollback succeeded." in other.raw(b"y\r")
    assert device.sysname == "PE7"


NAMED = "commit trial 120 persist tx-9 label tx-9 description tx-9 CHG-7 by netops"


def test_a_trial_has_persist_id_label_and_description_at_once(device: Device) -> None:
    client = on_trial(device, NAMED)
    assert "tx-9" in client.type("display configuration commit list").splitlines()[3]
    verbose = client.type("display configuration commit list verbose")
    assert "Label: tx-9\n" in verbose
    assert "Description: tx-9 CHG-7 by netops" in verbose


@pytest.mark.parametrize("end", ["abort", "expire", "reboot"])
def test_the_point_and_label_of_a_trial_go_with_it(device: Device, end: str) -> None:
    client = on_trial(device, NAMED)
    if end == "abort":
        client.raw(b"abort trial\ry\r")
    elif end == "expire":
        device.tick(121.0)
    else:
        device.reboot(5.0)
    assert device.store.history.points == ()
    assert device.sysname == "PE7"
    again = configuring(device)
    again.type("sysname PE8")
    assert again.type("commit label tx-9") == ""
    assert ids(device) == [1000000002]


def test_a_confirmed_trial_keeps_its_point_and_label(device: Device) -> None:
    client = on_trial(device, NAMED)
    client.raw(b"commit\ry\r")
    assert [point.label for point in device.store.history.points] == ["tx-9"]


@pytest.mark.parametrize("beside", ["label tx-9", "description tx-9", "label tx-9 description d"])
def test_a_release_refuses_label_and_description_beside_persist(beside: str) -> None:
    client = configuring(Device("first", PAIR_MEMBER, personality=PLAINER))
    client.type("sysname PE8")
    refused = client.type(f"commit trial 120 persist tx-9 {beside}").splitlines()
    assert refused[0].index("^") == len("[*PE7]commit trial 120 persist tx-9 ")
    assert refused[1:] == ["Error: Too many parameters found at '^' position."]
    assert "trial configuration mode" in client.type(f"commit trial 120 {beside}")


def test_a_release_waits_for_no_more_of_a_word_that_it_lacks() -> None:
    said = {
        release.name: [
            configuring(Device("a", PAIR_MEMBER, personality=release)).type(line)
            for line in ("commit trial 60 label", "commit trial 60 persist", "commit label")
        ]
        for release in (OLDER, MIDDLE, PLAINER)
    }
    lacks, waits = "Unrecognized command", "Incomplete command"
    wanted = {"v8r5": [lacks, lacks, waits], "v8r12": [waits, lacks, waits], "v8r13": [waits, waits, waits]}
    for name, answers in said.items():
        assert all(word in answer for word, answer in zip(wanted[name], answers, strict=True))


def test_the_middle_release_knows_no_persist_id() -> None:
    client = configuring(Device("first", PAIR_MEMBER, personality=MIDDLE))
    client.type("sysname PE8")
    refused = client.type("commit trial 120 persist tx-9").splitlines()
    assert refused[0].index("^") == len("[*PE7]commit trial 120 ")
    assert refused[1:] == ["Error:Unrecognized command found at '^' position."]


def test_no_rollback_and_no_save_during_a_trial(device: Device) -> None:
    client = on_trial(device)
    client.type("return")
    assert client.raw(b"rollback configuration last 1\ry\r").count("Error: ") == 1
    assert client.type("save").startswith("Error: ")
    assert device.sysname == "PE8"
