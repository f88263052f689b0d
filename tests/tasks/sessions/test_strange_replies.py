"""Lost, cut and strange replies are no answers."""

from __future__ import annotations

import pytest

from inventory.errors import ReplyError
from tasks.plan.model import Command
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.lines import Line
from tasks.sessions.masking import SecretBook
from tasks.sessions.protocol import LineRefusedError, LostReplyError
from tasks.sessions.steps import finish
from tasks.sessions.vrp import VrpSession
from tests.tasks.sessions.dialogue import ENTER, SYSTEM, USER, session
from tests.tasks.sessions.script import ScriptedChannel


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
