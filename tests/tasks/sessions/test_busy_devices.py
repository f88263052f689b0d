"""Busy devices, refused displays and configurations that are not whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from emulator.device import Device
from tasks.sessions.protocol import CutAnswerError, LineRefusedError
from tests.tasks.sessions.dialogue import ENTER, USER, session
from tests.tasks.sessions.habits import (
    LOG,
    cut,
)
from tests.tasks.sessions.seen_through import STAMPS, seen_through
from tests.tasks.wire import log_in

CURRENT, SAVED_FILE = "display current-configuration", "display saved-configuration"


BUSY = f"Error: The system is busy in building configuration. Please wait for a moment...\r\n{USER}"


def test_a_busy_device_is_asked_once_more_and_not_for_what_it_told_already() -> None:
    spoken, channel = session(
        {
            "display a": f"one\r\n{USER}",
            "display b": [BUSY, f"two\r\n{USER}"],
            "display c": f"three\r\n{USER}",
        }
    )
    assert spoken.run_all(("display a", "display b", "display c")) == ("one", "two", "three")
    assert channel.written.count("display a") == 1
    assert channel.waited >= 2.9


REFUSED = f"Error: Unrecognized command found at '^' position.\r\n{USER}"


@pytest.mark.parametrize(("said", "asked"), [(f"three\r\n{USER}", 2), (REFUSED, 1), (BUSY, 1)])
def test_a_display_on_which_nothing_hangs_is_left_out_with_what_stands_behind_it(
    said: str, asked: int
) -> None:
    answers: dict[str, str | list[str]] = {
        "display a": f"one\r\n{USER}",
        "display b": f"two\r\n{USER}",
        "display c": said,
        "display d": f"four\r\n{USER}",
    }
    spoken, channel = session(answers)
    told = spoken.run_all(("display a", "display b"), ("display c", "display d"))
    assert told == ("one", "two", "three", "four")[: 2 * asked]
    assert channel.writes[-1] == "display a\ndisplay b\ndisplay c\ndisplay d\n"
    assert spoken.run("display a") == "one"


def test_a_busy_device_is_asked_again_with_what_stands_behind() -> None:
    answers: dict[str, str | list[str]] = {
        "display a": f"one\r\n{USER}",
        "display b": [BUSY, f"two\r\n{USER}"],
        "display c": f"three\r\n{USER}",
    }
    spoken, _ = session(answers)
    assert spoken.run_all(("display a", "display b"), ("display c",)) == ("one", "two", "three")


def test_a_device_that_stays_busy_is_told_so() -> None:
    spoken, _ = session({"display b": [BUSY, BUSY, f"two\r\n{USER}"]})
    with pytest.raises(LineRefusedError, match="busy"):
        spoken.run("display b")


def test_a_write_that_meets_a_busy_device_is_not_repeated() -> None:
    spoken, channel = session({**ENTER, "commit": BUSY.replace(USER, "[*Nancy-1]")})
    with pytest.raises(LineRefusedError, match="busy"):
        spoken.commit()
    assert channel.written.count("commit") == 1


UNKNOWN = f"              ^\r\nError: Unrecognized command found at '^' position.\r\n{USER}"


def test_a_refused_display_hides_no_other_and_none_is_asked_again() -> None:
    cut = f"#\r\nsysname Nancy-1\r\n{USER}"
    told = {"display a": UNKNOWN, "display b": f"two\r\n{USER}", CURRENT: cut, "display d": f"four\r\n{USER}"}
    spoken, channel = session(told)
    refused, two, part, four = spoken.run_each(tuple(told))
    assert (two, four) == ("two", "four")
    assert "Unrecognized command" in refused
    assert part == "#\nsysname Nancy-1"
    assert [channel.written.count(command) for command in told] == [1, 1, 1, 1]


def test_a_busy_device_is_waited_for_once_also_where_refusals_are_answers() -> None:
    spoken, channel = session(
        {"display a": f"one\r\n{USER}", "display b": [BUSY, BUSY], "display c": UNKNOWN}
    )
    one, busy, unknown = spoken.run_each(("display a", "display b", "display c"))
    assert (one, "busy" in busy, "Unrecognized" in unknown) == ("one", True, True)
    assert (channel.written.count("display b"), channel.written.count("display a")) == (2, 1)
    assert channel.waited >= 2.9


def test_a_display_that_asks_is_declined_and_hides_no_other() -> None:
    swallowed = "Error: Please choose 'YES' or 'NO' first before pressing 'Enter'. [Y/N]:"
    spoken, channel = session(
        {"display a": "Continue? [Y/N]:", "display b": [swallowed, f"two\r\n{USER}"], "N": USER}
    )
    asked, two = spoken.run_each(("display a", "display b"))
    assert ("Continue?" in asked, two) == (True, "two")
    assert channel.written[-3:] == ["display b", "N", "display b"]


@pytest.mark.parametrize("command", [CURRENT, SAVED_FILE])
@pytest.mark.parametrize(
    "keep",
    [
        lambda _lines: [],
        lambda _lines: [f"{LOG}\r\n"],
        lambda _lines: [f"{STAMPS[0]}\r\n"],
        lambda _lines: ["Info: There is nothing to show.\r\n"],
        lambda lines: lines[:1],
        lambda lines: lines[: len(lines) // 2],
        lambda lines: lines[:-1],
        lambda lines: [*lines[:-1], "return to base\r\n"],
        lambda lines: [*lines[:-1], f"{LOG}\r\n"],
    ],
)
def test_a_configuration_without_its_end_is_no_configuration(
    command: str, keep: Callable[[list[str]], list[str]]
) -> None:
    device, spoken = seen_through(cut(command, keep))
    for ask in (lambda: spoken.run(command), lambda: spoken.run_all(("display clock", command))):
        with pytest.raises(CutAnswerError, match="did not show its whole configuration") as caught:
            ask()
        assert (caught.value.member, caught.value.where) == (device.name, command)
    assert spoken.run("display startup")


def test_ciphertext_in_a_cut_configuration_is_not_told() -> None:
    key = " security-key cipher %^%#NotToBeTold%^%#\r\n"
    _, spoken = seen_through(cut(CURRENT, lambda lines: [*lines[:-1], key]))
    with pytest.raises(CutAnswerError) as caught:
        spoken.run(CURRENT)
    assert "NotToBeTold" not in f"{caught.value} {caught.value.found}"


def test_whole_configurations_in_any_dress_are_answers() -> None:
    _, spoken = seen_through(cut(CURRENT, lambda lines: [*lines, " \r\n", f"{STAMPS[0]}\r\n", f"{LOG}\r\n"]))
    assert "sysname Sedan-1" in spoken.run(CURRENT)
    assert "sysname Sedan-1" in spoken.run(f"{CURRENT} | include sysname")
    assert "does not exist" in log_in(Device("Sedan")).run(SAVED_FILE)
