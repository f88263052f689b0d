"""A paste that loses a part is typed anew or given up, and nothing is left of it."""

from __future__ import annotations

import pytest

from emulator.device import Device
from inventory.errors import ReplyError
from tasks.plan.model import Command
from tasks.sessions.protocol import LostReplyError
from tests.tasks.sessions.dialogue import ENTER, session
from tests.tasks.sessions.habits import (
    Lossy,
)
from tests.tasks.sessions.seen_through import SAVED, Say, seen_through
from tests.tasks.wire import Clock, log_in

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
