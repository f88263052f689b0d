"""A signal at any moment of a command is heeded: nothing is sent after it, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from hotpair.__main__ import run
from hotpair.cli import memory, settings, txn_ends
from inventory.errors import IntentError
from inventory.load import load_pair
from runbooks import interrupts, secret_marks
from runbooks.lab import LAB_PAIR, ServedDevice, sample_file
from runbooks.lab_folder import write_inventory
from runbooks.site import open_inventory
from tasks.sessions.nornir_connections import target_of
from tasks.sessions.protocol import Target
from tasks.transaction.ends import End
from tasks.transaction.machine import State
from tasks.transaction.model import Outcome as Ended
from tests.integration.at_the_routers import HOST_KEY
from tests.integration.conftest import Command
from tests.integration.lab import BUDGET, HOUSE, HUNG_S, MEMBERS, Lab, edit, environment, lab, told
from tests.integration.processes import needs_proc, processes_of, started
from tests.runbooks.struck import signals_told, struck

pytestmark = [pytest.mark.ssh, needs_proc]
MOMENTS = 8
"""Of each signal; those of one lie between those of another."""
SPAN_S = 2.4
"""From the start of the interpreter to the first exchanges with the routers, on a busy machine."""


@pytest.mark.parametrize(
    "words",
    [
        *(f"{verb} {LAB_PAIR}" for verb in ("plan", "verify", "check", "learn", "deploy --yes")),
        "trust DeviceA",
        "fleet schedule --server BAIT",
    ],
)
def test_a_signal_that_got_lost_is_heeded_before_anybody_is_dialled(
    bare_lab: Lab, command: Command, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """What compiled code drops is an exception; that the signal came is noted all the same."""
    (bare_lab.folder / "watch.yaml").write_text("groups: [{name: fleet, every: 1 h}]", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as bait:
        port = bait.getsockname()[1]
        edit(
            bare_lab.folder / "hosts.yaml",
            lambda hosts: [host.update(port=port) for host in hosts.values()],
        )
        monkeypatch.setattr("hotpair.__main__.interrupts.tell", lambda: None)  # it came after this moment
        monkeypatch.setattr(interrupts._WATCH, "came", True)
        told(command(*words.replace("BAIT", f"127.0.0.1:{port}").split(), "-i", bare_lab.folder), 3)
        bait.settimeout(0)
        with pytest.raises(BlockingIOError):
            bait.accept()


@pytest.mark.parametrize("verb", ["plan", "ready", "learn", "drill", "deploy"])
def test_a_signal_that_comes_while_a_secret_is_looked_for_keeps_us_from_dialling(
    bare_lab: Lab, command: Command, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """A vault may take seconds; whoever waits for it has interrupted us meanwhile."""

    def looked_for(*given: Any) -> Target:
        target = target_of(*given)
        interrupts._WATCH.came = True
        return target

    with socket.create_server(("127.0.0.1", 0)) as bait:
        port = bait.getsockname()[1]
        edit(
            bare_lab.folder / "hosts.yaml",
            lambda hosts: [host.update(port=port) for host in hosts.values()],
        )
        monkeypatch.setattr(interrupts._WATCH, "came", False)
        monkeypatch.setattr("tasks.sessions.nornir_connections.target_of", looked_for)
        told(command(verb, LAB_PAIR, "-i", bare_lab.folder, *(["--yes"] if verb == "deploy" else [])), 3)
        bait.settimeout(0)
        with pytest.raises(BlockingIOError):
            bait.accept()


def test_a_signal_after_the_end_of_a_deployment_leaves_its_exit_code(
    bare_lab: Lab, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both members are new and saved: whoever does not wait until that is kept is told of it."""
    monkeypatch.setattr("runbooks.change.settle_marks", struck(secret_marks.settle_marks))
    monkeypatch.setattr(memory, "_keep", struck(memory._keep))
    with signals_told():
        ended = command("deploy", LAB_PAIR, "-i", bare_lab.folder, "--yes", *BUDGET)
        assert interrupts.came()
    assert ended.code == 0, ended.said
    assert "both seen new and saved" in ended.err
    assert "Warning: the run is not kept: interrupted" in ended.err
    assert "Interrupted." not in ended.err


@pytest.mark.parametrize(("pair", "wanted"), [("user-vrrp-arp", True), (LAB_PAIR, False)])
def test_a_signal_after_a_resumed_transaction_is_told_of_the_batch_backup_that_is_not_begun(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pair: str,
    *,
    wanted: bool,
) -> None:
    """The transaction has ended well, and says nothing of backups where the intent wants none."""
    members = load_pair(sample_file(pair)).members
    names = (members.a, members.b)
    away = {name: ServedDevice(name, "127.0.0.1", 9, "netops", "", HOST_KEY) for name in names}
    write_inventory(tmp_path, away, sample_file(pair))
    monkeypatch.setattr(interrupts._WATCH, "came", True)
    done = Ended("hp-31b8e04b98", pair, names, State.DONE, End.DONE)
    txn_ends._back_up(done, open_inventory(tmp_path))
    said = capsys.readouterr().err
    assert ("Warning: batch backup is not begun: interrupted" in said) is wanted
    assert (f"hotpair backup now {pair}" in said) is wanted


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


AT_THE_END = """
import atexit, os, signal
from hotpair.__main__ import main

def last():
    try:
        exec("raise KeyboardInterrupt")  # as in the building of a dataclass
    except KeyboardInterrupt:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    print("tidied")
    if "FULL" in os.environ:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

class Words(list):
    def __iter__(self):  # whoever registers later is called before what main registers
        atexit.unregister(last)
        atexit.register(last)
        return super().__iter__()

main(Words(["--version"]))
"""
"""A signal while the process tidies up, an interrupt caught where Python remembers it, and a last word."""


@pytest.mark.parametrize(("full", "code", "said"), [({}, 0, b"tidied\n"), ({"FULL": "1"}, 3, b"0\n")])
def test_neither_a_late_signal_nor_one_caught_long_ago_changes_the_exit_code(
    tmp_path: Path, full: dict[str, str], code: int, said: bytes
) -> None:
    (tmp_path / "ended.py").write_text(AT_THE_END, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ended"],
        env=environment(PYTHONPATH=f"{tmp_path}{os.pathsep}{HOUSE}", PYTHONUNBUFFERED="", **full),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, b"")
    assert done.stdout.startswith(b"hotpair ")
    assert done.stdout.endswith(said)


def test_an_interrupt_in_a_destructor_is_noted_and_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(interrupts, "_WATCH", interrupts._Watch())
    monkeypatch.setattr(sys, "unraisablehook", interrupts.unraisable)

    class Last:
        def __init__(self, error: type[BaseException]) -> None:
            self.error = error

        def __del__(self) -> None:
            raise self.error

    interrupts._WATCH.came = True
    Last(KeyboardInterrupt)
    assert capsys.readouterr().err == ""
    Last(LookupError)
    assert "LookupError" in capsys.readouterr().err


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
        every_s = SPAN_S / MOMENTS
        first_s = every_s * interrupts.SIGNALS.index(number) / len(interrupts.SIGNALS)
        for moment in range(MOMENTS):
            with started("deploy", LAB_PAIR, "-i", routers.folder, "--yes", "--budget", "60") as process:
                Event().wait(first_s + every_s * moment)
                process.send_signal(number)
                _, said = process.communicate(timeout=HUNG_S)
                assert processes_of(process.pid) == []
            ended = {3, 4, 5, -number, -signal.SIGINT, 1}  # before our first line Python ends by itself
            assert process.returncode in ended, said
            assert "fault of Hotpair" not in said
        assert {name: routers.running(name) for name in MEMBERS} == before, (process.returncode, said)


def test_a_demo_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with started("demo", folder=tmp_path, TMPDIR=str(scratch)) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "answers SSH" in line:
                break
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=HUNG_S)
        assert processes_of(process.pid) == []
    assert process.returncode in {3, 4, 5}, said
    assert list(scratch.iterdir()) == []


def test_a_command_in_this_process_leaves_its_signals_as_they_were() -> None:
    before = {number: signal.getsignal(number) for number in interrupts.SIGNALS}
    assert run(["lint", "no-such-file.yaml"]) == 2
    assert {number: signal.getsignal(number) for number in interrupts.SIGNALS} == before
