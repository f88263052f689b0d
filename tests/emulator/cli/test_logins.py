"""Logins: greetings, banners, passwords, idle sessions and full devices."""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.logins import VtyFullError
from tests.emulator.client import Client


def test_the_greeting_ends_with_the_prompt(device: Device) -> None:
    assert Client(device).greeting == (
        "Info: The max number of VTY users is 21, the number of current VTY users online is 1,"
        " and total number of terminal users online is 1.\r\n"
        "      The current login time is 2026-01-05 08:00:00+00:00.\r\n<PE7>"
    )


def test_the_next_login_sees_the_last_one(device: Device) -> None:
    Client(device)
    later = Client(device, now=65.0).greeting
    assert "      The last login time is 2026-01-05 08:00:00+00:00 from 127.0.0.1 through SSH.\r\n" in later


def test_the_password_question_can_be_declined() -> None:
    device = Device("a", password="first", initial_password=True)
    client = Client(device)
    assert client.greeting == (
        "Warning: The initial password poses security risks.\r\n"
        "The password needs to be changed. Change now? [Y/N]:"
    )
    assert client.raw(b"N\n").endswith("<HUAWEI>")


def test_the_password_is_changed_unseen() -> None:
    device = Device("a", password="first", initial_password=True)
    client = Client(device)
    shown = client.raw(b"y\nfirst\nsecond\nsecond\n")
    assert shown.endswith("<HUAWEI>")
    assert "first" not in shown
    assert "second" not in shown
    assert device.login_questions.password == "second"


def test_idle_logins_are_closed_and_lines_are_limited() -> None:
    device = Device(
        "a",
        "#\nuser-interface maximum-vty 1\n#\nuser-interface vty 0 4\n idle-timeout 1 30\n#\nreturn\n",
    )
    client = Client(device)
    assert not device.vty_free()
    assert device.next_event() == 90.0
    client.wait(89.0)
    assert not client.closed
    client.wait(1.0)
    assert client.closed
    assert device.vty_free()


def test_quit_in_the_user_view_ends_the_session(device: Device) -> None:
    client = Client(device)
    client.raw(b"quit\r")
    assert client.closed
    assert client.raw(b"display clock\r") == ""


def test_banners_with_brackets_stand_before_the_prompt() -> None:
    headers = 'header login information "Keep [out] > now"\nheader shell information "Hi <you>"'
    device = Device("a", f"#\nsysname PE1\n#\n{headers}\n#\nreturn\n")
    assert device.login_banner == "Keep [out] > now\r\n"
    assert Client(device).greeting.startswith("Hi <you>\r\nInfo: ")


def test_a_full_device_refuses_a_login() -> None:
    device = Device("a", "#\nuser-interface maximum-vty 2\n#\nreturn\n")
    clients = [Client(device), Client(device)]
    with pytest.raises(VtyFullError):
        device.connect("late", 0.0)
    clients[0].raw(b"quit\r")
    assert Client(device).device.logins[-1].interface == "VTY 0"
