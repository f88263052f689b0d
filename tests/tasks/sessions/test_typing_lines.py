"""Lines are typed in windows: refusals, questions, what is never typed."""

from __future__ import annotations

import pytest

from inventory.errors import RefusedError
from parsers.replies import RefusalKind
from tasks.plan.model import Command
from tasks.sessions.protocol import LineRefusedError, LostReplyError
from tests.tasks.sessions.dialogue import DIRTY, ENTER, SYSTEM, USER, session


def test_lines_are_written_in_one_window_and_matched_afterwards() -> None:
    answers = {**ENTER, "bfd": "[*Nancy-1-bfd]", "delay-up 30": "[*Nancy-1-bfd]", "quit": DIRTY}
    spoken, channel = session(answers)
    spoken.stage([Command("bfd", "-bfd"), Command("delay-up 30", "-bfd"), Command("quit", "")])
    assert channel.written[-4:] == ["system-view", "bfd", "delay-up 30", "quit"]


def test_the_first_refusal_is_told_with_line_view_and_words() -> None:
    error = "            ^\r\nError: Wrong parameter found at '^' position.\r\n[*Nancy-1-bfd]"
    spoken, _ = session({**ENTER, "bfd": "[*Nancy-1-bfd]", "delay-up 9999": error, "quit": DIRTY})
    with pytest.raises(LineRefusedError) as caught:
        spoken.stage([Command("bfd", "-bfd"), Command("delay-up 9999", "-bfd"), Command("quit", "")])
    refused = caught.value
    assert (refused.command, refused.view, refused.kind) == ("delay-up 9999", "-bfd", RefusalKind.SYNTAX)
    assert refused.member == "Nancy"
    assert refused.where == "view [*Nancy-1-bfd]"


def test_a_line_that_ends_in_another_view_is_refused() -> None:
    spoken, _ = session({**ENTER, "interface LoopBack 9": SYSTEM, "description x": SYSTEM})
    with pytest.raises(LineRefusedError) as caught:
        spoken.stage([Command("interface LoopBack 9", "-LoopBack9"), Command("description x", "-LoopBack9")])
    assert caught.value.kind is RefusalKind.VIEW
    assert caught.value.command == "interface LoopBack 9"
    assert (caught.value.where, caught.value.found) == ("view [~Nancy-1]", "view [~Nancy-1]")


def test_an_unforeseen_question_is_never_answered_with_yes() -> None:
    question = "Warning: This will end all sessions. Continue? [Y/N]:"
    swallowed = "Error: Please choose 'YES' or 'NO' first before pressing 'Enter'. [Y/N]:"
    spoken, channel = session(
        {**ENTER, "undo pim": question, "pim": swallowed, "quit": swallowed, "N": SYSTEM}
    )
    with pytest.raises(LineRefusedError) as caught:
        spoken.stage([Command("undo pim", ""), Command("pim", "-pim"), Command("quit", "")])
    assert caught.value.kind is RefusalKind.QUESTION
    assert caught.value.command == "undo pim"
    assert channel.written[-1] == "N"
    assert not {"y", "Y", "yes", "Yes"} & set(channel.written)


def test_a_foreseen_question_ends_its_window_and_gets_its_answer() -> None:
    question = "Warning: All BFD sessions will be deleted. Continue?  [Yes/No]:"
    again = "Warning: Services may be impacted. Continue?  [Yes/No]:"
    spoken, channel = session(
        {**ENTER, "undo bfd": question, "Yes": [again, DIRTY], "lacp priority 8": DIRTY}
    )
    answers = (("BFD sessions will be deleted", "Yes"), ("Services may be impacted", "Yes"))
    spoken.stage([Command("undo bfd", "", answers=answers), Command("lacp priority 8", "")])
    assert channel.written[-4:] == ["undo bfd", "Yes", "Yes", "lacp priority 8"]


def test_a_password_question_ends_the_session() -> None:
    spoken, channel = session({**ENTER, "undo pim": "Enter the login password:"})
    with pytest.raises(LostReplyError, match="password"):
        spoken.stage([Command("undo pim", "")])
    assert channel.closed


@pytest.mark.parametrize(
    "text",
    [
        "system-view immediately",
        "mmi-mode enable",
        "commit",
        "save",
        "run display version",
        "y",
        "description what?",
        "description a\tb",
        "description a\nquit",
        "# remark",
        "",
        "x" * 3_101,
    ],
)
def test_lines_that_act_at_once_are_never_staged(text: str) -> None:
    spoken, channel = session(ENTER)
    before = list(channel.written)
    with pytest.raises(RefusedError, match="never staged"):
        spoken.stage([Command("lacp priority 8", ""), Command(text, "")])
    assert channel.written == before


def test_one_stage_mode_is_left_before_a_line_is_typed() -> None:
    spoken, channel = session({"system-view": "[Nancy-1]", "lacp priority 8": "[Nancy-1]"})
    with pytest.raises(RefusedError, match="one-stage"):
        spoken.stage([Command("lacp priority 8", "")])
    assert "lacp priority 8" not in channel.written
    assert channel.closed


def test_a_description_that_the_terminal_would_act_on_is_not_typed() -> None:
    spoken, channel = session(ENTER)
    with pytest.raises(RefusedError, match="cannot be typed"):
        spoken.commit(description="why?")
    assert channel.written[-1] == "system-view"


def test_staging_and_showing_is_one_exchange_and_says_the_same() -> None:
    changes = f"Building configuration...\r\n  #\r\n+ bfd\r\n  #\r\n{DIRTY}"
    answers: dict[str, str | list[str]] = {
        **ENTER,
        "bfd": "[*Nancy-1-bfd]",
        "quit": DIRTY,
        "display configuration candidate changes": changes,
    }
    spoken, channel = session(answers)
    commands = [Command("bfd", "-bfd"), Command("quit", "")]
    assert spoken.stage_and_show(commands) == ("  #\n+ bfd\n  #",)
    assert channel.writes[-1] == "bfd\nquit\ndisplay configuration candidate changes\n"
    assert spoken.candidate_changes() == "  #\n+ bfd\n  #"


CUT = f"#\r\nsysname Nancy-1\r\n{DIRTY}"
WHOLE = f"#\r\nsysname Nancy-1\r\n#\r\nreturn\r\n{DIRTY}"
REFUSED = f"Error: Unrecognized command found at '^' position.\r\n{DIRTY}"


@pytest.mark.parametrize(
    ("status", "running", "told"),
    [
        (f"idle\r\n{DIRTY}", WHOLE, ("idle", "#\nsysname Nancy-1\n#\nreturn")),
        (f"idle\r\n{DIRTY}", CUT, ("idle",)),
        (REFUSED, WHOLE, ()),
    ],
)
def test_what_is_asked_behind_is_given_up_to_the_first_that_is_refused_or_cut(
    status: str, running: str, told: tuple[str, ...]
) -> None:
    answers: dict[str, str | list[str]] = {
        **ENTER,
        "lacp priority 8": DIRTY,
        "display configuration candidate changes": f"+ lacp priority 8\r\n{DIRTY}",
        "display configuration trial status": status,
        "display current-configuration": running,
    }
    spoken, _ = session(answers)
    behind = ("display configuration trial status", "display current-configuration")
    shown = spoken.stage_and_show([Command("lacp priority 8", "")], behind)
    assert shown == ("+ lacp priority 8", *told)


def test_changes_that_the_device_does_not_show_are_a_refusal() -> None:
    moved = f"Error: The running configuration has been changed.\r\n{DIRTY}"
    spoken, _ = session({**ENTER, "bfd": DIRTY, "display configuration candidate changes": moved})
    with pytest.raises(LineRefusedError, match="candidate changes"):
        spoken.stage_and_show([Command("bfd", "")])


@pytest.mark.parametrize(
    ("prompt", "writes"), [(SYSTEM, ["return\nsave\n"]), (DIRTY, ["return\n", "save\n"])]
)
def test_saving_costs_no_round_trip_for_leaving_a_clean_view(prompt: str, writes: list[str]) -> None:
    saved = f"Info: Save the configuration successfully.\r\n{USER}"
    spoken, channel = session({"system-view": prompt, "return": USER, "save": saved})
    list(spoken._enter_system_view())
    channel.writes.clear()
    spoken.save()
    assert channel.writes == writes


def test_a_view_that_was_not_clean_after_all_is_not_saved_from() -> None:
    question = (
        "Warning: Uncommitted configurations found, commit them before exiting? [Y(yes)/N(no)/C(cancel)]:"
    )
    again = "Error: Please choose 'YES', 'NO' or 'CANCEL' first before pressing 'Enter'. [Y/N/C]:"
    spoken, channel = session({**ENTER, "return": question, "save": again, "C": DIRTY})
    list(spoken._enter_system_view())
    with pytest.raises(LineRefusedError) as caught:
        spoken.save()
    assert caught.value.kind is RefusalKind.QUESTION
    assert channel.written[-1] == "C"
