"""Sessions through terminals as they are: log lines, stamps, busy devices, pastes that lose a part."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from emulator.device import Device
from inventory.errors import ConnectError, ReplyError
from parsers.terminal import is_log_line, without_stamp
from tasks.plan.model import Command
from tasks.sessions.channel import Channel
from tasks.sessions.protocol import CutAnswerError, LineRefusedError, LostReplyError
from tasks.sessions.vrp import VrpSession
from tests.tasks.sessions.dialogue import ENTER, USER, session
from tests.tasks.sessions.habits import (
    LOG,
    Lossy,
    Terminal,
    cut,
    dots_while_working,
    logs_behind_prompts,
    logs_on_the_line_of_prompts,
    logs_within_answers,
    logs_within_echoes,
    stamped,
)
from tests.tasks.wire import Clock, log_in

SAVED = "#\nsysname Sedan-1\n#\ninterface LoopBack0\n ip address 192.0.2.7 255.255.255.255\n#\nreturn\n"
STAMPS = (
    "2026-11-28 12:40:38.430 +09:00",
    "2026-11-28 12:40:38.430+09:00",
    "2026-11-28 12:40:38.430",
    "2026-11-28 12:40:38",
    "2026-11-28 12:40:38+01:00 DST",
)
VIEW = "-LoopBack8"
LINES = [Command("interface LoopBack8", VIEW), Command("description one two", VIEW), Command("quit", "")]

Say = Callable[[str], str]


def seen_through(say: Say = str, *, hear: Say = str, piece: int = 1_000_000) -> tuple[Device, VrpSession]:
    """Return a device and a session with it, through a terminal."""
    device = Device("Sedan", SAVED)
    through: Callable[[Channel], Channel] = partial(Terminal, say=say, hear=hear, piece=piece)
    return device, log_in(device, Clock(), terminal=through)


def everything(spoken: VrpSession) -> list[object]:
    """Go through a change with every verb; give all that was read on the way."""
    read: list[object] = [spoken.host_name, spoken.commit_list(), spoken.commit_records(1)]
    spoken.stage(LINES)
    read.append(spoken.candidate_changes())
    spoken.commit_trial(120, "hp-1")
    read.append(spoken.trial_status())
    spoken.confirm("hp-1")
    base = spoken.commit_list()[0].commit_id
    spoken.stage([Command("undo interface LoopBack8", "")])
    spoken.commit("hp-2", "taken away")
    read.append([(one.label, one.description) for one in spoken.commit_records(2)])
    spoken.rollback(base)
    read.append(spoken.rollback_result())
    spoken.save()
    read.append(spoken.run_all(("display current-configuration", "display saved-configuration")))
    return read


QUIET = everything(seen_through()[1])


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


# ---- a question at the login -------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["Verification code:", "Enter your token?"])
def test_a_question_for_a_code_is_named(asked: str) -> None:
    with pytest.raises(ConnectError) as caught:
        session({}, greeting=f"Second factor.\r\n{asked}")
    assert f"asks `{asked}`" in caught.value.message


CURRENT, SAVED_FILE = "display current-configuration", "display saved-configuration"

# ---- a device that is busy ---------------------------------------------------------------------------------

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


def test_a_device_that_stays_busy_is_told_so() -> None:
    spoken, _ = session({"display b": [BUSY, BUSY, f"two\r\n{USER}"]})
    with pytest.raises(LineRefusedError, match="busy"):
        spoken.run("display b")


def test_a_write_that_meets_a_busy_device_is_not_repeated() -> None:
    spoken, channel = session({**ENTER, "commit": BUSY.replace(USER, "[*Nancy-1]")})
    with pytest.raises(LineRefusedError, match="busy"):
        spoken.commit()
    assert channel.written.count("commit") == 1


# ---- a display that is refused -----------------------------------------------------------------------------

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


# ---- a configuration that is not shown whole ---------------------------------------------------------------


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


# ---- pastes that lose a part -------------------------------------------------------------------------------

MANY = [
    command
    for number in range(10, 40)
    for command in (
        Command(f"interface LoopBack{number}", f"-LoopBack{number}"),
        Command(f"description number {number} of the loopbacks", f"-LoopBack{number}"),
        Command("quit", ""),
    )
]


def line_end(text: str, after: int) -> int:
    return text.index("\n", after)


LOSSES: dict[str, Say] = {
    "letters in the middle": lambda text: text[: len(text) // 2] + text[len(text) // 2 + 9 :],
    "a line end in the middle": lambda text: (
        text[: len(text) // 2] + text[len(text) // 2 :].replace("\n", "", 1)
    ),
    "whole lines": lambda text: (
        text[: line_end(text, len(text) // 4)] + text[line_end(text, len(text) // 2) :]
    ),
    "everything after a while": lambda text: text[: len(text) // 2],
    "the last line end": lambda text: text[:-1],
    "all of it": lambda _text: "",
}


@pytest.mark.parametrize("longest", [500, 60])
@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES)
def test_a_paste_that_loses_a_part_is_dropped_and_typed_anew(lose: Say, longest: int) -> None:
    _, spoken = seen_through(hear=Lossy(lose, longest, 1 if longest > 60 else 2))
    spoken.stage(MANY)
    changes = spoken.candidate_changes()
    assert changes.count("+ interface LoopBack") == 30
    assert changes.count(" of the loopbacks") == 30
    spoken.commit()
    assert spoken.run("display current-configuration").count(" of the loopbacks") == 30


def test_a_paste_whose_rest_logs_out_is_lost_and_nothing_is_left_of_it() -> None:
    device, spoken = seen_through(hear=Lossy(lambda text: text.replace("\n", "", 1), 500))
    before = device.running
    with pytest.raises(LostReplyError, match="ended the session"):
        spoken.stage(MANY)
    assert device.running == before
    assert log_in(device).candidate_changes() == ""


def test_a_device_that_loses_even_single_lines_is_given_up_with_an_empty_candidate() -> None:
    _, spoken = seen_through(hear=Lossy(lambda text: text.replace("loop", "lop"), 30))
    with pytest.raises(LostReplyError, match="echo"):
        spoken.stage(MANY)
    with pytest.raises(LostReplyError, match="out of step"):
        spoken.commit()


def test_what_cannot_be_dropped_is_not_typed_over() -> None:
    answers: dict[str, str | list[str]] = {
        **ENTER,
        "bfd": ["[*Nancy-1-bfd]"],
        "clear configuration candidate": "[*Nancy-1]",
        "\x18": "[*Nancy-1]",
        "display configuration candidate changes": "+ bfd\r\n[*Nancy-1]",
    }
    spoken, channel = session(answers)
    channel._answers["quit"] = None  # type: ignore[assignment] # lost
    with pytest.raises(ReplyError, match="clear configuration candidate"):
        spoken.stage([Command("bfd", "-bfd"), Command("quit", "")])
    assert channel.written.count("bfd") == 1


# ---- sessions that the device ends -------------------------------------------------------------------------


def test_a_session_that_was_ended_while_nobody_spoke_is_known_to_be() -> None:
    device = Device("Sedan", SAVED)
    clock = Clock()
    spoken = log_in(device, clock)
    assert spoken.still_open()
    assert clock.now == 0.0
    assert not spoken.trial_status().active
    clock.now += 660
    device.tick(clock.now)
    assert not spoken.still_open()
    with pytest.raises(LostReplyError, match="out of step"):
        spoken.trial_status()
