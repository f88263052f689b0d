"""A signal at any moment of a command is heeded: nothing is sent after it, and nothing is left behind."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from threading import Event

import pytest

from hotpair.__main__ import run
from hotpair.cli import settings
from inventory.errors import IntentError
from runbooks import interrupts
from runbooks.lab import LAB_PAIR
from tests.integration.conftest import Command
from tests.integration.lab import MEMBERS, Lab, lab
from tests.integration.processes import PATIENCE_S, needs_proc, processes_of, started
from tests.integration.test_cli_bad_input import edit, told

pytestmark = [pytest.mark.ssh, needs_proc]
MOMENTS = 12
SPAN_S = 2.4
"""From the start of the interpreter to the first exchanges with the routers, on a busy machine."""


@pytest.mark.parametrize("verb", ["plan", "verify", "check", "learn", "deploy"])
def test_a_signal_that_got_lost_is_heeded_before_a_router_is_dialled(
    bare_lab: Lab, command: Command, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """What compiled code drops is an exception; that the signal came is noted all the same."""
    with socket.create_server(("127.0.0.1", 0)) as bait:
        port = bait.getsockname()[1]
        edit(
            bare_lab.folder / "hosts.yaml",
            lambda hosts: [host.update(port=port) for host in hosts.values()],
        )
        monkeypatch.setattr("hotpair.__main__.interrupts.tell", lambda: None)  # it came after this moment
        monkeypatch.setattr(interrupts._WATCH, "came", True)
        told(command(verb, LAB_PAIR, "-i", bare_lab.folder, *(["--yes"] if verb == "deploy" else [])), 3)
        bait.settimeout(0)
        with pytest.raises(BlockingIOError):
            bait.accept()


def test_signals_are_told_only_from_the_moment_that_all_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupts, "_WATCH", interrupts._Watch())
    before = {number: signal.getsignal(number) for number in interrupts.SIGNALS}
    try:
        interrupts.note()
        signal.raise_signal(signal.SIGTERM)  # noted, and nobody is interrupted
        assert interrupts.came()
        with pytest.raises(KeyboardInterrupt):
            interrupts.tell()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGHUP)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_signal_that_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupts, "_WATCH", interrupts._Watch())
    before = {number: signal.getsignal(number) for number in interrupts.SIGNALS}
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
        interrupts.note()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_fault_that_an_interrupted_reader_found_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watch = interrupts._Watch()
    monkeypatch.setattr(interrupts, "_WATCH", watch)

    def swallowed(_words: object) -> None:
        watch.came = True  # compiled code dropped the exception and took what it read for wrong
        raise IntentError("not a name", where="a good file")

    monkeypatch.setattr(settings, "file_settings", swallowed)
    assert run(["list"]) == 3
    assert capsys.readouterr().err == "Interrupted.\n"


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_nothing_is_changed_after_a_signal_of_the_first_seconds(
    tmp_path: Path, number: signal.Signals
) -> None:
    with lab(tmp_path, "--time-scale", "0.2") as routers:  # slow, so that no deployment ends meanwhile
        before = {name: routers.running(name) for name in MEMBERS}
        for moment in range(MOMENTS):
            with started("deploy", LAB_PAIR, "-i", routers.folder, "--yes", "--budget", "60") as process:
                Event().wait(SPAN_S * moment / MOMENTS)
                process.send_signal(number)
                _, said = process.communicate(timeout=PATIENCE_S)
                assert processes_of(process.pid) == []
            ended = {3, 4, 5, -number, -signal.SIGINT, 1}  # before our first line Python ends by itself
            assert process.returncode in ended, said
            assert "fault of Hotpair" not in said
        assert {name: routers.running(name) for name in MEMBERS} == before


def test_a_demo_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with started("demo", folder=tmp_path, TMPDIR=str(scratch)) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "answers SSH" in line:
                break
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE_S)
        assert processes_of(process.pid) == []
    assert process.returncode in {3, 4, 5}, said
    assert list(scratch.iterdir()) == []
