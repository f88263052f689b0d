"""The dialogue against devices that say odd things, and text that arrives in odd pieces."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.errors import ConnectError, RefusedError, ReplyError
from parsers.replies import RefusalKind
from tasks.plan.model import Command
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.lines import Line
from tasks.sessions.masking import SecretBook
from tasks.sessions.protocol import LineRefusedError, LostReplyError
from tasks.sessions.steps import finish
from tasks.sessions.vrp import VrpSession
from tests.tasks.sessions.script import GREETING, ScriptedChannel

USER, SYSTEM, DIRTY = "<Nancy-1>", "[~Nancy-1]", "[*Nancy-1]"
ENTER = {"system-view": f"Enter system view, return user view with return command.\r\n{SYSTEM}"}


class Value:
    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text


def session(
    answers: Mapping[str, str | list[str]],
    *,
    greeting: str = GREETING,
    piece: int = 1_000,
) -> tuple[VrpSession, ScriptedChannel]:
    channel = ScriptedChannel(answers, greeting, piece)
    book = SecretBook(lambda _name: Value("Zt0p_Secret"))
    dialogue = Dialogue(channel, "Nancy", mask=book.mask, timeout_s=5.0, clock=lambda: channel.waited)
    dialogue.login()
    return VrpSession(dialogue, book), channel


class DyingChannel(ScriptedChannel):
    """A channel whose library fails in a way of its own."""

    def write(self, text: str) -> None:
        raise ZeroDivisionError(text)


# ---- login -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "greeting",
    [
        "<Nancy-1>",
        "*** [authorised] users <only> ***\r\n<only>\r\n[x]\r\n<Nancy-1>",
        "Warning: The initial password poses security risks.\r\n<Nancy-1> ",
    ],
)
@pytest.mark.parametrize("piece", [1, 3, 1_000])
def test_banners_never_give_the_host_name(greeting: str, piece: int) -> None:
    spoken, _ = session({}, greeting=greeting, piece=piece)
    assert spoken.host_name == "Nancy-1"


def test_the_password_question_is_declined() -> None:
    greeting = "Warning: The initial password poses security risks.\r\n"
    asked = greeting + "The password needs to be changed. Change now? [Y/N]:"
    _, channel = session({"N": f"Info: fine\r\n{USER}"}, greeting=asked)
    assert channel.written == ["N", "screen-length 0 temporary", "undo terminal monitor"]


@pytest.mark.parametrize(
    "greeting", ["", "Welcome to a Unix box\r\n$ ", "Change now? [Y/N]:", "Enter Password:", "<no prompt"]
)
def test_what_is_no_vrp_device_gives_no_session(greeting: str) -> None:
    with pytest.raises(ConnectError) as caught:
        session({}, greeting=greeting)
    assert caught.value.member == "Nancy"
    assert caught.value.wanted == "prompt <NAME>"


def test_a_device_that_keeps_paging_gives_no_session() -> None:
    with pytest.raises(ConnectError, match="paging"):
        session({"screen-length 0 temporary": f"Error: No permission.\r\n{USER}"})


# ---- displays ----------------------------------------------------------------------------------------------


@given(st.integers(1, 9))
@settings(max_examples=9)
def test_a_display_is_whole_however_it_arrives(piece: int) -> None:
    body = "Nancy-1 says [~Nancy-1\r\n description <Nancy-1> is here\r\n#\r\n[Y/N]: is text\r\n"
    spoken, _ = session({"display this": body + USER}, piece=piece)
    assert spoken.run("display this") == body.replace("\r\n", "\n").rstrip("\n")


def test_pipelined_displays_come_apart_at_the_echo_of_the_next() -> None:
    tricky = f"one\r\n{USER}\r\nstill one\r\n{USER}"  # a prompt alone on a line, inside the first answer
    spoken, _ = session({"display a": tricky, "display b": f"two\r\n{USER}"})
    assert spoken.run_all(("display a", "display b")) == (f"one\n{USER}\nstill one", "two")


def test_an_echo_wrapped_by_the_terminal_is_the_same_echo() -> None:
    channel = ScriptedChannel({})
    dialogue = Dialogue(channel, "Nancy", timeout_s=5.0, clock=lambda: channel.waited)
    dialogue.login()
    channel._answers["display x"] = None  # type: ignore[assignment] # silence; the text below is the answer
    channel._unread = f"displ \x1b[1Day x\r\nyes\r\n{USER}"
    assert finish(dialogue.ask(Line("display x", "display x"))).body == ("yes",)


def test_a_refused_display_raises_and_a_ping_that_says_error_does_not() -> None:
    refusal = f"      ^\r\nError: Unrecognized command found at '^' position.\r\n{USER}"
    ping = f"PING 192.0.2.9\r\n Error: request timed out\r\n{USER}"
    spoken, _ = session({"display nothing": refusal, "ping 192.0.2.9": ping})
    with pytest.raises(LineRefusedError) as caught:
        spoken.run("display nothing")
    assert caught.value.kind is RefusalKind.SYNTAX
    assert "timed out" in spoken.run("ping 192.0.2.9")


# ---- staging -----------------------------------------------------------------------------------------------


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


# ---- secrets -----------------------------------------------------------------------------------------------


def test_a_secret_is_written_and_never_shown() -> None:
    typed = "security-key cipher Zt0p_Secret"
    refusal = f"Error: Zt0p_Secret is too simple.\r\n{SYSTEM}"
    spoken, channel = session({**ENTER, typed: refusal})
    with pytest.raises(LineRefusedError) as caught:
        spoken.stage([Command("security-key cipher <secret:key-7>", "")])
    assert typed in channel.written
    assert "Zt0p" not in f"{caught.value!r} {caught.value} {caught.value.as_dict()}"
    assert caught.value.command == "security-key cipher <secret:key-7>"


@pytest.mark.parametrize(
    "text",
    [
        "description x <secret:key-7>",
        "description security-key cipher <secret:key-7>",
        "security-key cipher x<secret:key-7>",
        "sysname <secret:key-7>",
    ],
)
def test_a_secret_is_filled_in_where_a_key_belongs_and_nowhere_else(text: str) -> None:
    spoken, channel = session({**ENTER, text: SYSTEM})
    spoken.stage([Command(text, "")])
    assert text in channel.written
    assert not any("Zt0p" in line for line in channel.written)


@pytest.mark.parametrize("echoed", ["Zt0p_Secret", "zt0p_secret", "ZT0P_SECRET"])
def test_a_secret_in_a_lost_reply_is_masked_too(echoed: str) -> None:
    spoken, channel = session(ENTER)
    channel._answers["security-key cipher Zt0p_Secret"] = f"half an answer with {echoed}"
    with pytest.raises(LostReplyError) as caught:
        spoken.stage([Command("security-key cipher <secret:key-7>", "")])
    assert "zt0p" not in str(caught.value).lower()
    assert "<secret:key-7>" in str(caught.value)


@pytest.mark.parametrize("cut", range(8, 40, 4))
def test_the_devices_ciphertext_in_a_lost_reply_is_hidden(cut: int) -> None:
    key = "%^%#wp_KzC;^Q9@j8BV{(s))#>]Lm4%^%#"
    said = f"e-trunk 1\r\n security-key cipher {key}\r\n priority 10"
    spoken, _ = session({"display x": said[: 30 + cut]})
    with pytest.raises(LostReplyError) as caught:
        spoken.run("display x")
    assert "wp_K" not in str(caught.value)


def test_a_login_that_dies_of_something_foreign_leaves_no_session() -> None:
    channel = DyingChannel({})
    with pytest.raises(ZeroDivisionError):
        Dialogue(channel, "Nancy", timeout_s=5.0, clock=lambda: channel.waited).login()
    assert channel.closed


# ---- loss --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["CLOSE", "half of it", "[~Nancy-1-someth"])
def test_half_a_reply_is_lost_and_the_session_goes_no_further(said: str) -> None:
    spoken, channel = session({"display x": said, "display y": f"never\r\n{USER}"})
    with pytest.raises(LostReplyError):
        spoken.run("display x")
    with pytest.raises(LostReplyError, match="out of step"):
        spoken.run("display y")
    assert "display y" not in channel.written


def test_an_echo_of_something_else_is_lost() -> None:
    channel = ScriptedChannel({})
    dialogue = Dialogue(channel, "Nancy", timeout_s=5.0, clock=lambda: channel.waited)
    dialogue.login()
    channel._unread = f"display z\r\n{USER}"
    with pytest.raises(LostReplyError, match="echo"):
        finish(dialogue.ask(Line("display x", "display x")))


def test_a_refused_window_that_logs_out_ends_the_candidate_with_it() -> None:
    error = f"Error: no such port.\r\n{SYSTEM}"
    spoken, channel = session(
        {**ENTER, "interface Nowhere 1": error, "shutdown": error, "quit": [USER, "CLOSE"]}
    )
    lines = [Command("interface Nowhere 1", "-Nowhere1"), Command("quit", ""), Command("quit", "")]
    with pytest.raises(LineRefusedError):
        spoken.stage(lines)
    spoken.clear_candidate()
    assert "clear configuration candidate" not in channel.written


@pytest.mark.parametrize("text", ["Trial state unknown", "", "Error: busy"])
def test_a_strange_trial_status_is_no_answer(text: str) -> None:
    spoken, _ = session({"display configuration trial status": f"{text}\r\n{USER}"})
    with pytest.raises(ReplyError):
        spoken.trial_status()


def test_a_strange_commit_list_is_no_answer() -> None:
    spoken, _ = session({"display configuration commit list 1": f"42 bottles\r\n{USER}"})
    with pytest.raises(ReplyError, match="commit list"):
        spoken.commit_list()


def test_a_save_that_says_nothing_is_not_a_save() -> None:
    spoken, _ = session({"save": f"Now saving the current configuration to the slot 1 .\r\n{USER}"})
    with pytest.raises(ReplyError, match="save"):
        spoken.save()


def test_a_rollback_with_leftovers_is_not_a_rollback() -> None:
    question = (
        "Warning: This operation will revert configuration changes to the previous status. Continue? [Y/N]:"
    )
    spoken, _ = session(
        {
            "rollback configuration to commit-id 1000000005": question,
            "Y": f"Loading rollback changes\r\nConfiguration rollback succeeded.\r\n{USER}",
            "display configuration rollback result": (
                f"!There are still several differences:\r\n- mtu 9\r\n{USER}"
            ),
        }
    )
    with pytest.raises(ReplyError, match="rollback"):
        spoken.rollback(1_000_000_005)


def test_a_checkpoint_is_never_deleted_with_its_label() -> None:
    question = "Warning: The current operation will delete the rollback checkpoint. Continue? [Y/N]:"
    spoken, channel = session({"clear configuration commit 1000000005 label": question, "N": USER})
    assert not spoken.unlabel_commit(1_000_000_005)
    assert channel.written[-1] == "N"


def test_a_description_that_the_terminal_would_act_on_is_not_typed() -> None:
    spoken, channel = session(ENTER)
    with pytest.raises(RefusedError, match="cannot be typed"):
        spoken.commit(description="why?")
    assert channel.written[-1] == "system-view"


def test_no_reply_is_waited_for_longer_than_the_limit() -> None:
    channel = ScriptedChannel(ENTER)
    dialogue = Dialogue(channel, "Nancy", clock=lambda: channel.waited)
    dialogue.login()
    spoken = VrpSession(dialogue, SecretBook())
    spoken.limit_replies(20.0)
    began = channel.waited
    with pytest.raises(LostReplyError):
        spoken.commit_trial(600, "hp-1")
    assert channel.waited - began == 20.0


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
    assert spoken.stage_and_show(commands) == "  #\n+ bfd\n  #"
    assert channel.writes[-1] == "bfd\nquit\ndisplay configuration candidate changes\n"
    assert spoken.candidate_changes() == "  #\n+ bfd\n  #"


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
