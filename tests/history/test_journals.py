"""Journals that released versions wrote, on devices as they left them: today's code takes all of them up."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.device import Device
from tasks.sessions.vrp import VrpSession
from tasks.transaction.ends import End
from tasks.transaction.journal import Journal, read_entries
from tasks.transaction.listing import list_journals
from tasks.transaction.machine import ENDS, State
from tasks.transaction.model import Outcome
from tasks.transaction.resume import forget, resume
from tests.tasks.transaction.bench import EPOCH, NAMES, Bench, member_plan
from tests.tasks.wire import log_in

KEPT = Path(__file__).parent / "v0_1" / "journals"
A, B = NAMES
Act = Callable[[VrpSession, str], None]


def trial(session: VrpSession, transaction: str) -> None:
    """Put on trial as 0.1 did: with the persist id alone."""
    session.commit_trial(120, transaction)


def confirmed(session: VrpSession, transaction: str) -> None:
    session.commit_trial(120, transaction)
    session.confirm(transaction)


def labelled(session: VrpSession, transaction: str) -> None:
    session.commit(transaction)


def staged(session: VrpSession, transaction: str) -> None:
    session.commit(f"{transaction}-1")


# Journal: release, what was done on a and on b when its process died, and how it must end today.
LEFT: dict[str, tuple[str, Act | None, Act | None, End]] = {
    "killed-gated": ("v8r22", None, None, End.UNCHANGED),
    "killed-staged": ("v8r22", None, None, End.AS_BEFORE),  # b's trial was announced
    "killed-b-on-trial": ("v8r22", None, trial, End.AS_BEFORE),
    "killed-both-on-trial": ("v8r22", trial, trial, End.AS_BEFORE),
    "killed-decided": ("v8r22", trial, trial, End.DONE),
    "killed-a-confirmed": ("v8r22", confirmed, trial, End.DONE),
    "killed-both-confirmed": ("v8r22", confirmed, confirmed, End.DONE),
    "killed-backing-out": ("v8r22", trial, trial, End.AS_BEFORE),
    "killed-committing": ("v8r22", staged, staged, End.AS_BEFORE),
    "killed-labelled": ("v8r5", labelled, labelled, End.AS_BEFORE),
    "killed-bound": ("v8r12", None, None, End.AS_BEFORE),
    "split": ("v8r22", confirmed, None, End.AS_BEFORE),
}
ENDED = {
    "done": End.DONE,
    "rolled-back": End.AS_BEFORE,
    "unchanged": End.UNCHANGED,
    "adopted": End.DONE,
}


def as_it_was_left(folder: Path, name: str) -> tuple[Bench, Path]:
    """Make the devices of a journal, and put the journal beside them."""
    release, *acts, _ = LEFT[name]
    bench = Bench(folder, release=release)
    path = folder / f"{_id(name)}.jsonl"
    shutil.copy(KEPT / f"{name}.jsonl", path)
    bench.clock.now = 100.0
    for member, act in zip(NAMES, acts, strict=True):
        if act is not None:
            _do(bench.devices[member], bench, act, _id(name))
    return bench, path


def _do(device: Device, bench: Bench, act: Act, transaction: str) -> None:
    stages = 2 if act is staged else 1
    plan = member_plan(device.name, bench.before[device.name], stages=stages)
    suffix = "-rm-backup-service-lyon" if bench.release == "v8r5" else "-rm-backup-srv-lyon"
    session = log_in(device, bench.clock)
    session.stage([replace(one, suffix=suffix if one.suffix else "") for one in plan.forward[0].commands])
    act(session, transaction)
    session.close()


def _id(name: str) -> str:
    first = (KEPT / f"{name}.jsonl").read_text().splitlines()[0]
    transaction: str = json.loads(first)["data"]["id"]
    return transaction


def taken_up(bench: Bench, path: Path) -> Outcome:
    return resume(path, bench.open, tools=bench.tools)


@pytest.mark.parametrize("name", sorted(path.stem for path in KEPT.glob("*.jsonl")))
def test_every_journal_is_read_and_listed(tmp_path: Path, name: str) -> None:
    entries = read_entries(KEPT / f"{name}.jsonl")
    assert entries[0].name == "opened"
    shutil.copy(KEPT / f"{name}.jsonl", tmp_path / f"{_id(name)}.jsonl")
    (one,) = list_journals(tmp_path, EPOCH)
    assert one.problem is None
    assert one.finished == (one.state in ENDS)
    assert one.opening is not None
    assert {*one.opening.members} == {*NAMES}


@pytest.mark.parametrize("name", LEFT)
def test_what_was_not_finished_is_brought_to_its_end(tmp_path: Path, name: str) -> None:
    bench, path = as_it_was_left(tmp_path, name)
    outcome = taken_up(bench, path)
    assert outcome.end is LEFT[name][-1], outcome.problem()
    assert bench.both_new if outcome.end is End.DONE else bench.both_old
    assert read_entries(path)[-1].state in ENDS  # old lines, and the new ones behind them


@pytest.mark.parametrize("name", ENDED)
def test_what_was_finished_says_so(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{_id(name)}.jsonl"
    shutil.copy(KEPT / f"{name}.jsonl", path)
    outcome = resume(path, _nobody)
    assert outcome.end is ENDED[name]


def _nobody(name: str) -> VrpSession:
    raise AssertionError(f"{name} was dialled")


def test_what_somebody_changed_since_is_refused_with_the_reason_and_can_be_forgotten(tmp_path: Path) -> None:
    bench, path = as_it_was_left(tmp_path, "killed-committing")
    for member in NAMES:
        session = log_in(bench.devices[member], bench.clock)
        session.stage(
            [
                replace(
                    member_plan(member, bench.before[member]).forward[0].commands[-1], text="lacp priority 7"
                )
            ]
        )
        session.commit()
        session.close()
    outcome = taken_up(bench, path)
    assert outcome.end is End.UNSETTLED
    assert "version 0.1 kept no lines" in outcome.reason
    assert forget(path, "put right by hand", bench.open, tools=bench.tools).end is End.ABANDONED


def test_an_adoption_that_died_under_0_1_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / f"{_id('killed-adopting')}.jsonl"
    shutil.copy(KEPT / "killed-adopting.jsonl", path)
    bench = Bench(tmp_path / "pair")
    outcome = resume(path, bench.open, tools=bench.tools)
    assert outcome.end is not End.DONE
    assert outcome.state is not State.DONE
    with Journal.load(path) as journal:
        assert journal.opening.adopted
