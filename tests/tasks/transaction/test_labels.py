"""A label that is a command of its own goes out with the next look; where it cannot, that is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.faults import SwallowReply
from tasks.sessions.protocol import LineRefusedError
from tasks.transaction.ends import End
from tests.tasks.transaction.bench import NAMES, Bench
from tests.tasks.wire import log_in

LABELS = "set configuration commit"


def labels(bench: Bench, name: str) -> list[str | None]:
    return [point.label for point in log_in(bench.devices[name], bench.clock).commit_list(9)]


def told_of(bench: Bench) -> list[str]:
    return [one.text for one in bench.told if "label" in one.text]


def test_each_commit_has_its_label(tmp_path: Path) -> None:
    bench = Bench(tmp_path, release="v8r13")
    outcome = bench.carry_out()
    assert outcome.end is End.DONE
    assert [labels(bench, name)[0] for name in NAMES] == [outcome.transaction] * 2
    assert told_of(bench) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_lost_label_is_not_sent_again_and_told(tmp_path: Path, name: str) -> None:
    bench = Bench(tmp_path, release="v8r13")
    bench.devices[name].inject(SwallowReply(command=LABELS))
    assert bench.carry_out().end is End.DONE
    assert told_of(bench) == [f"{name} takes no label: no whole reply came"]
    assert bench.strike.calls.count("label_commit") == len(NAMES)


@pytest.mark.parametrize("before", [True, False], ids=["user view", "system view"])
def test_a_refused_label_is_an_error_and_the_session_goes_on(before: bool) -> None:  # noqa: FBT001 - table
    session = log_in(Bench(Path(), release="v8r13").devices[NAMES[0]])
    (point,) = session.commit_list(1)
    if not before:
        session.clear_candidate()
    asked = ("display configuration trial status", "display configuration commit list 1")
    with pytest.raises(LineRefusedError, match="commit"):
        session.label_commit(point.commit_id + 7, "hp-1", asked)
    answers = session.label_commit(point.commit_id, "hp-1", asked)
    assert answers == session.run_all(asked)
    assert "hp-1" in answers[1]
    session.clear_candidate()  # it stands where it may commit
    assert session.label_commit(point.commit_id, "hp-2") == ()
