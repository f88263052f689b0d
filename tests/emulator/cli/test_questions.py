"""Questions at the terminal: asked once, declined, insisted on, answered ahead."""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.personalities import PERSONALITIES
from tests.emulator.client import PAIR_MEMBER, Client, at, configuring


@pytest.mark.parametrize("question", [release.uncommitted_question for release in PERSONALITIES.values()])
def test_leaving_dirty_asks_and_insists(question: str) -> None:
    release = next(one for one in PERSONALITIES.values() if one.uncommitted_question == question)
    client = configuring(Device("a", PAIR_MEMBER, personality=release))
    client.type("bfd", "quit", "sysname PE8")
    assert client.raw(b"quit\r") == "quit\r\n" + question
    wrong = "Please choose 'YES', 'NO' or 'CANCEL' first before pressing 'Enter'. [Y/N/C]:"
    assert client.raw(b"\r") == "\r\n" + release.error + wrong
    assert client.raw(b"maybe\r") == "maybe\r\n" + release.error + wrong
    assert client.raw(b"C\r") == "C\r\n[*PE7]"
    client.raw(b"return\r")
    assert client.raw(b"yes\r").endswith(">")
    assert client.device.sysname == "PE8"


def test_a_no_on_leaving_discards(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8")
    client.raw(b"\x1a")
    assert client.raw(b"n\r") == "n\r\n<PE7>"
    client.type("system-view")
    assert client.prompt == "[~PE7]"


def test_text_typed_ahead_answers_a_question(device: Device) -> None:
    client = at(device)
    assert client.raw(b"save\ny\ndisplay configuration trial status\n").endswith("(sec): 0\r\n<PE7>")
    assert client.device.startup == client.device.running


def test_undo_bfd_wants_the_whole_word_twice() -> None:
    client = configuring(Device("a", "#\nsysname PE9\n#\nbfd\n#\nreturn\n"))
    assert client.raw(b"undo bfd\r").endswith("Continue?  [Yes/No]:")
    assert client.raw(b"y\r").endswith("Please choose 'YES' or 'NO' first before pressing 'Enter'. [Yes/No]:")
    assert "may impact the status" in client.raw(b"yes\r")
    assert client.raw(b"yes\r").endswith("[*PE9]")
    client.type("commit")
    assert "bfd" not in client.type("display current-configuration")


def test_a_risky_saved_file_is_written_anew_on_two_yes() -> None:
    device = Device("a", PAIR_MEMBER, initial_password=True, risky_file=True)
    client = Client(device)
    assert client.raw(b"n\r").endswith("security risks in the configuration file. Save it again? [Y/N]:")
    assert client.raw(b"y\r").endswith("Continue? [Y/N]:")
    assert "saved successfully." in client.raw(b"y\r")
    assert Client(device).raw(b"n\r").endswith("<PE7>")


def test_files_are_listed_and_deleted_after_a_question(device: Device) -> None:
    client = at(device)
    client.raw(b"save night.cfg\ry\r")
    assert [line.split()[-1] for line in client.type("dir").splitlines()[3:]] == ["night.cfg", "vrpcfg.cfg"]
    assert client.raw(b"delete night.cfg\r").endswith("Delete cfcard:/night.cfg? [Y/N]:")
    client.raw(b"y\r")
    assert client.type("dir night.cfg") == "Error: The file does not exist."
    assert client.type("delete night.cfg") == "Error: The file does not exist."
