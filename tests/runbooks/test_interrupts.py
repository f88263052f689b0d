"""Signals that come while something must not be torn apart, or while nobody would be woken by them."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from runbooks import interrupts, lab
from runbooks.lab import emulated
from runbooks.rollback import RollbackOptions, Subject, roll_back
from runbooks.scratch import scratch
from tasks.transaction.ends import End
from tests.integration.processes import processes_of
from tests.runbooks.struck import signals_told, struck
from tests.tasks.transaction.bench import NAMES, Bench


@pytest.fixture
def told() -> Iterator[None]:
    with signals_told():
        yield


@pytest.mark.parametrize("number", interrupts.SIGNALS)
@pytest.mark.usefixtures("told")
def test_a_temporary_folder_goes_though_a_signal_comes_while_it_is_taken_away(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    take_away = tempfile.TemporaryDirectory._rmtree  # type: ignore[attr-defined]  # where the signal comes
    monkeypatch.setattr(tempfile.TemporaryDirectory, "_rmtree", staticmethod(struck(take_away, number)))
    with scratch() as folder:
        (folder / "file").touch()
    assert not folder.exists()
    assert interrupts.came()


@pytest.mark.parametrize("number", interrupts.SIGNALS)
@pytest.mark.usefixtures("told")
def test_an_emulator_is_ended_though_a_signal_comes_while_it_is_ended(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr(lab, "_stop", struck(lab._stop, number))
    begun: list[int] = []
    start = subprocess.Popen.__init__

    def noted(self: subprocess.Popen[str], *given: Any, **named: Any) -> None:
        start(self, *given, **named)
        begun.append(self.pid)

    monkeypatch.setattr(subprocess.Popen, "__init__", noted)
    with emulated({"PE1": None}):
        pass
    assert interrupts.came()
    assert all(pid not in processes_of(os.getsid(0)) for pid in begun)


@pytest.mark.usefixtures("told")
def test_an_emulator_is_ended_though_a_signal_comes_while_it_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[int] = []
    start = subprocess.Popen.__init__

    def struck_start(self: subprocess.Popen[str], *given: Any, **named: Any) -> None:
        start(self, *given, **named)
        begun.append(self.pid)
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(subprocess.Popen, "__init__", struck_start)
    with pytest.raises(KeyboardInterrupt), emulated({"PE1": None}):
        pass
    assert begun
    assert all(pid not in processes_of(os.getsid(0)) for pid in begun)


@pytest.mark.parametrize("number", interrupts.SIGNALS)
@pytest.mark.usefixtures("told")
def test_a_signal_that_comes_before_there_is_anybody_to_wake_ends_a_pause(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Between the last question and the wait; a wait that begins later would never end."""
    asked = interrupts.raise_if_interrupted

    def between() -> None:
        asked()
        interrupts.stop_raising()  # as where the system tells it too late for Python to raise
        signal.raise_signal(number)

    monkeypatch.setattr(interrupts, "raise_if_interrupted", between)
    with pytest.raises(KeyboardInterrupt):
        interrupts.pause()


@pytest.mark.parametrize("number", interrupts.SIGNALS)
@pytest.mark.usefixtures("told")
def test_an_interruption_that_was_caught_is_heeded_at_the_end_of_its_block(number: signal.Signals) -> None:
    with pytest.raises(KeyboardInterrupt), interrupts.heeded(), suppress(KeyboardInterrupt):
        signal.raise_signal(number)
    assert interrupts.came()


@pytest.mark.usefixtures("told")
def test_after_an_end_signals_are_noted_alone_but_for_those_at_work_still() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(interrupts.ended).result()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
    interrupts.ended()
    signal.raise_signal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), interrupts.told():
        signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGTERM)
    assert interrupts.came()


@pytest.mark.usefixtures("told")
def test_a_block_without_a_signal_is_left_as_ever() -> None:
    before = signal.set_wakeup_fd(-1)
    with interrupts.heeded():
        pass
    assert signal.set_wakeup_fd(before) == before
    with pytest.raises(LookupError), interrupts.heeded():
        raise LookupError
    assert not interrupts.came()


@pytest.mark.usefixtures("told")
def test_the_wait_for_a_signal_leaves_no_file_open() -> None:
    def opened() -> list[str]:
        return sorted(file.name for file in Path("/proc/self/fd").iterdir())

    before = opened()
    with suppress(KeyboardInterrupt), interrupts.heeded():
        signal.raise_signal(signal.SIGTERM)
    assert opened() == before


def test_a_signal_that_got_lost_is_heeded_before_a_transaction_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path)
    done = bench.carry_out()
    openers = {name: partial(bench.open, name) for name in NAMES}
    monkeypatch.setattr(interrupts._WATCH, "came", True)
    back = roll_back(
        Subject(done.transaction, "lyon", NAMES),
        openers,
        RollbackOptions(tmp_path / "there", lambda _step: None),
    )
    assert (back.outcome.end, back.outcome.reason) == (End.REFUSED, "interrupted")
    assert bench.both_new


@pytest.mark.usefixtures("told")
def test_ctrl_c_that_comes_just_before_signals_are_heard_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ask = signal.getsignal
    ways = iter([struck(ask, signal.SIGINT)])

    def asked(number: signal.Signals) -> object:
        return next(ways, ask)(number)

    monkeypatch.setattr(signal, "getsignal", asked)
    interrupts.note()
    assert interrupts.came()
    assert {ask(number) for number in interrupts.SIGNALS} == {interrupts._WATCH}
