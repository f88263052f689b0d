"""Logging in and displays: banners, questions, echoes and pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.errors import ConnectError
from parsers.replies import RefusalKind
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.lines import Line
from tasks.sessions.protocol import LineRefusedError
from tasks.sessions.steps import finish
from tests.tasks.sessions.dialogue import USER, session
from tests.tasks.sessions.script import ScriptedChannel


class DyingChannel(ScriptedChannel):
    """A channel whose library fails in a way of its own."""

    def write(self, text: str) -> None:
        raise ZeroDivisionError(text)


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


def test_a_login_that_dies_of_something_foreign_leaves_no_session() -> None:
    channel = DyingChannel({})
    with pytest.raises(ZeroDivisionError):
        Dialogue(channel, "Nancy", timeout_s=5.0, clock=lambda: channel.waited).login()
    assert channel.closed
