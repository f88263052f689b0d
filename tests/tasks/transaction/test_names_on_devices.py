"""The transaction's id, its ticket and its labels, as they stand on the devices."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from inventory.errors import IntentError
from tasks.plan.model import Command
from tasks.transaction.ends import End
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import NAMES, Bench
from tests.tasks.transaction.strikes import RELEASES, A
from tests.tasks.wire import log_in


@pytest.mark.parametrize("release", RELEASES)
def test_the_id_and_the_ticket_stand_on_the_devices(tmp_path: Path, release: str) -> None:
    bench = Bench(tmp_path, release=release)
    outcome = carry_out(replace(bench.change(), ticket="CHG-4711"), tmp_path, tools=bench.tools)
    assert outcome.end is End.DONE
    assert bench.told[0].text == f"transaction {outcome.transaction}"
    for side, name in zip("ab", NAMES, strict=True):
        point = bench.devices[name].store.history.points[0]
        assert point.label == outcome.transaction
        if release != "v8r13":  # which takes no description beside a persist id
            assert re.fullmatch(rf"{outcome.transaction} {side} @\d+ CHG-4711", point.description or "")


@pytest.mark.parametrize("release", RELEASES)
def test_labels_that_are_used_up_weaken_no_safety_line(tmp_path: Path, release: str) -> None:
    bench = Bench(tmp_path, release=release)
    plain = Bench(tmp_path / "plain", release=release).carry_out()
    for name in NAMES:
        for number in range(20):
            bench.commit(name, Command(f"lacp priority {100 + number}", ""))
            session = log_in(bench.devices[name], bench.clock)
            session.label_commit(session.commit_list(1)[0].commit_id, f"old{number}")
            session.close()
        bench.save(name)
        bench.before[name] = bench.running(name)
    outcome = bench.carry_out()
    assert outcome.end is End.DONE
    assert outcome.safety == plain.safety
    assert bench.both_new


def labels(bench: Bench, name: str) -> list[str]:
    return [point.label for point in bench.devices[name].store.history.points if point.label]


def test_ten_labels_of_ours_stay_and_those_of_others_are_left_alone(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    for name in NAMES:
        for number in range(12):
            bench.commit(name, Command(f"lacp priority {100 + number}", ""))
            session = log_in(bench.devices[name], bench.clock)
            label = f"hp-{number:010x}" if number < 11 else "monthly"
            session.label_commit(session.commit_list(1)[0].commit_id, label)
            session.close()
        bench.save(name)
        bench.before[name] = bench.running(name)
    outcome = bench.carry_out()
    assert outcome.end is End.DONE
    for name in NAMES:
        assert labels(bench, name) == [
            outcome.transaction,
            "monthly",
            *(f"hp-{number:010x}" for number in range(10, 1, -1)),
        ]
    assert f"{A}: old label taken off: hp-0000000000 (commit 1000000002)" in outcome.residue


@pytest.mark.parametrize("ticket", ["CHG 1", "what?", "x" * 33, "tür"])
def test_a_ticket_that_no_device_keeps_is_refused(tmp_path: Path, ticket: str) -> None:
    bench = Bench(tmp_path)
    with pytest.raises(IntentError, match="ticket"):
        carry_out(replace(bench.change(), ticket=ticket), tmp_path, tools=bench.tools)
    assert bench.strike.calls == []
