"""Two sessions side by side, from one thread: waiting overlaps, order is fixed, one's trouble is its own."""

from __future__ import annotations

import pytest

from emulator.device import Device
from tasks.plan.model import Command
from tasks.sessions.channel import Channel
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.masking import SecretBook
from tasks.sessions.protocol import LineRefusedError, LostReplyError
from tasks.sessions.steps import Done, Failed, Step, finish, together
from tasks.sessions.vrp import VrpSession
from tests.tasks.sessions.script import ScriptedChannel
from tests.tasks.wire import Clock, log_in

USER = "<Nancy-1>"
SHOWN = {"display x": f"yes\r\n{USER}", "display y": f"no\r\n{USER}"}


class Tape(ScriptedChannel):
    """A scripted device that notes in a common list when it is written to and read from."""

    def __init__(self, name: str, tape: list[str], answers: dict[str, str | list[str]]) -> None:
        super().__init__(answers)
        self._name = name
        self._tape = tape

    def write(self, text: str) -> None:
        self._tape.append(f"{self._name} writes")
        super().write(text)

    def read(self, seconds: float) -> str:
        self._tape.append(f"{self._name} reads")
        return super().read(seconds)


def logged_in(channel: Channel, name: str) -> VrpSession:
    dialogue = Dialogue(channel, name, timeout_s=0.05)
    dialogue.login()
    return VrpSession(dialogue, SecretBook())


def two(tape: list[str], a: dict[str, str | list[str]], b: dict[str, str | list[str]]) -> list[VrpSession]:
    sessions = [logged_in(Tape(name, tape, said), name) for name, said in (("a", a), ("b", b))]
    tape.clear()
    return sessions


def test_both_are_written_to_before_either_is_read() -> None:
    tape: list[str] = []
    a, b = two(tape, dict(SHOWN), dict(SHOWN))
    ended = together(a.run.step("display x"), b.run.step("display y"))
    assert [one.result() for one in ended] == ["yes", "no"]
    assert tape == ["a writes", "b writes", "a reads", "b reads"]


def test_every_round_trip_of_both_overlaps() -> None:
    devices = [Device(name, f"#\nsysname {name}\n#\nreturn\n") for name in ("Metz", "Toul")]
    alone = log_in(devices[0])
    commands = [Command("lacp priority 4097", "")]
    trips = sum(1 for _ in alone.stage.step(commands)) + sum(1 for _ in alone.candidate_changes.step())
    alone.close()

    def changes(session: VrpSession) -> Step[str]:
        yield from session.stage.step(commands)
        return (yield from session.candidate_changes.step())

    sessions = [log_in(device) for device in devices]
    waits: list[int] = []

    def counted(index: int, step: Step[str]) -> Step[str]:
        while True:
            try:
                next(step)
            except StopIteration as end:
                value: str = end.value
                return value
            waits.append(index)
            yield

    ended = together(*(counted(index, changes(session)) for index, session in enumerate(sessions)))
    assert ["lacp priority 4097" in one.result() for one in ended] == [True, True]
    assert waits == [0, 1] * trips


def test_an_error_of_one_leaves_the_other_whole_and_in_step() -> None:
    refused = f"Error: Unrecognized command found at '^' position.\r\n{USER}"
    a, b = two([], {"display x": refused, "display y": f"no\r\n{USER}"}, dict(SHOWN))
    bad, good = together(a.run.step("display x"), b.run.step("display x"))
    assert isinstance(bad, Failed)
    assert isinstance(bad.error, LineRefusedError)
    assert good == Done("yes")
    with pytest.raises(LineRefusedError):
        bad.result()
    assert (a.run("display y"), b.run("display y")) == ("no", "no")


def test_a_session_that_is_lost_does_not_take_the_other_with_it() -> None:
    a, b = two([], {"display x": "half of"}, dict(SHOWN))
    lost, good = together(a.run.step("display x"), b.run.step("display x"))
    assert isinstance(lost, Failed)
    assert isinstance(lost.error, LostReplyError)
    assert good == Done("yes")
    assert b.run("display y") == "no"


def test_ctrl_c_leaves_those_that_wait_out_of_step() -> None:
    a, b = two([], dict(SHOWN), dict(SHOWN))

    def interrupted() -> Step[str]:
        yield
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        together(interrupted(), a.run.step("display x"), b.run.step("display x"))
    for session in (a, b):
        with pytest.raises(LostReplyError, match="out of step"):
            session.run("display y")


def test_a_step_of_one_shape_can_be_finished_alone() -> None:
    session = log_in(Device("Metz", "#\nsysname Metz\n#\nreturn\n"), Clock())
    assert finish(session.run.step("display clock")) == session.run("display clock")
