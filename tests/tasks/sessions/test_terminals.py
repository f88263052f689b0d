"""Log lines, stamps and dots of a terminal change nothing that is read."""

from __future__ import annotations

import pytest

from emulator.device import Device
from inventory.errors import ConnectError
from parsers.terminal import is_log_line, without_stamp
from tasks.sessions.channel import Channel
from tests.tasks.sessions.dialogue import USER, session
from tests.tasks.sessions.habits import (
    LOG,
    Terminal,
    dots_while_working,
    logs_behind_prompts,
    logs_on_the_line_of_prompts,
    logs_within_answers,
    logs_within_echoes,
    stamped,
)
from tests.tasks.sessions.seen_through import QUIET, SAVED, STAMPS, Say, everything, seen_through
from tests.tasks.wire import log_in


@pytest.mark.parametrize("piece", [1, 7, 1_000_000])
@pytest.mark.parametrize(
    "say",
    [
        logs_behind_prompts,
        logs_on_the_line_of_prompts,
        logs_within_echoes,
        logs_within_answers,
        dots_while_working,
    ],
)
def test_log_lines_and_dots_change_nothing_wherever_they_come(say: Say, piece: int) -> None:
    device, spoken = seen_through(say, piece=piece)
    assert everything(spoken) == QUIET
    assert device.startup == device.running


@pytest.mark.parametrize("piece", [5, 1_000_000])
@pytest.mark.parametrize("stamp", STAMPS)
def test_a_moment_above_answers_changes_nothing_for_any_reader(stamp: str, piece: int) -> None:
    _, spoken = seen_through(stamped(stamp), piece=piece)
    assert everything(spoken) == QUIET


def test_the_log_is_switched_off_in_one_write_with_the_paging() -> None:
    through: list[Terminal] = []

    def terminal(channel: Channel) -> Channel:
        through.append(Terminal(channel))
        return through[0]

    log_in(Device("Sedan", SAVED), terminal=terminal)
    assert through[0].written == ["screen-length 0 temporary\nundo terminal monitor\n"]


def test_a_device_that_does_not_switch_its_log_off_is_logged_in_on_all_the_same() -> None:
    refusal = f"            ^\r\nError: Unrecognized command found at '^' position.\r\n{USER}"
    spoken, _ = session({"undo terminal monitor": refusal, "display x": f"yes\r\n{USER}"})
    assert spoken.run("display x") == "yes"


@pytest.mark.parametrize(
    "line",
    [
        LOG,
        "Jan  3 2026 01:02:03 PE1 %%01SHELL/5/CMDRECORD(s)[4]:Recorded command information.",
        "2026-1-3 01:02:03.123+01:00 PE-1 %%01BFD/4/STACHG_TODWN(l):CID=0x1;text",
    ],
)
def test_log_lines_of_every_make_are_known(line: str) -> None:
    assert is_log_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        " description Nov 28 2026 10:11:12 100%% sure",
        "#",
        "2026-11-28 12:40:38",
        " security-key cipher %^%#Nov 28%%01A/1/B:C%^%#",
    ],
)
def test_lines_of_a_configuration_are_no_log(line: str) -> None:
    assert not is_log_line(line)


def test_the_moment_that_a_display_itself_begins_with_stays() -> None:
    assert without_stamp("display clock", ["2026-11-28 12:40:38", "Saturday"]) == [
        "2026-11-28 12:40:38",
        "Saturday",
    ]
    assert without_stamp("dis clock", ["2026-11-28 12:40:38.1", "2026-11-28 12:40:38", "Saturday"]) == [
        "2026-11-28 12:40:38",
        "Saturday",
    ]
    assert without_stamp("display this", ["2026-11-28 12:40:38"]) == []


@pytest.mark.parametrize("asked", ["Verification code:", "Enter your token?"])
def test_a_question_for_a_code_is_named(asked: str) -> None:
    with pytest.raises(ConnectError) as caught:
        session({}, greeting=f"Second factor.\r\n{asked}")
    assert f"asks `{asked}`" in caught.value.message
