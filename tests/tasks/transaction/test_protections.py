"""What protects the routers: trials that are none, looks that are old, round trips that are few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tasks.sessions.protocol import Session
from tasks.sessions.steps import Exchange, Step
from tasks.transaction.ends import End
from tasks.transaction.model import Progress
from tasks.transaction.run import carry_out
from tasks.transaction.tools import Tools
from tests.tasks.transaction.bench import NAMES, Bench
from tests.tasks.transaction.strikes import A, B
from tests.tasks.wire import DeviceChannel


@pytest.mark.parametrize("name", NAMES)
def test_a_commit_that_is_not_on_trial_after_it_is_taken_back(tmp_path: Path, name: str) -> None:
    bench = Bench(tmp_path)

    def for_good() -> Session:
        session = bench.open(name)
        commit = session.commit

        def plain(
            seconds: int, persist: str | None, label: str | None = None, description: str | None = None
        ) -> Step[None]:
            assert (seconds, persist) > (0, "hp-")
            yield from commit.step(label, description)

        session.commit_trial = Exchange(plain)  # a device that takes it for a plain one
        return session

    change = bench.change()
    side = "ab"[NAMES.index(name)]
    odd = replace(change, **{side: replace(getattr(change, side), open_session=for_good)})
    outcome = carry_out(odd, tmp_path, tools=bench.tools)
    assert outcome.end is End.AS_BEFORE
    assert "did not make" in outcome.reason
    assert bench.both_old


@pytest.mark.parametrize(("stood_still_s", "looks"), [(0, 0), (2, 0), (4, 1)])
def test_the_look_before_the_decision_stands_for_the_next_one_as_long_as_it_is_young(
    tmp_path: Path, stood_still_s: float, looks: int
) -> None:
    bench = Bench(tmp_path)
    decided: list[int] = []

    def told(progress: Progress) -> None:
        if progress.text.startswith("decided"):
            decided.append(len(bench.strike.calls))
            bench.sleep(stood_still_s)

    tools = Tools(told, bench.sleep, bench.now)
    assert carry_out(bench.change(), tmp_path, tools=tools).end is End.DONE
    (at,) = decided
    assert bench.strike.calls[at:].index("confirm") == looks * len(NAMES)


@pytest.mark.parametrize(
    ("release", "most"),
    [
        ("v8r22", 15),
        ("v8r13", 18),  # each label is a command of its own; the look after it rides with it
        ("v8r12", 17),  # what b does not know is found out once, and not on a again
        ("v8r5", 15),
    ],
)
def test_a_deployment_takes_few_round_trips_in_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str, most: int
) -> None:
    bench = Bench(tmp_path, release=release)
    change = bench.change()
    a, b = bench.open(A), bench.open(B)  # logins are not counted
    one = replace(change.a, open_session=lambda: a)
    other = replace(change.b, open_session=lambda: b)
    now, arrives = [0], dict[int, int]()
    write, read = DeviceChannel.write, DeviceChannel.read

    def sent(channel: DeviceChannel, text: str) -> None:
        arrives[id(channel)] = now[0] + 1
        write(channel, text)

    def heard(channel: DeviceChannel, seconds: float) -> str:
        now[0] = max(now[0], arrives.get(id(channel), 0))
        return read(channel, seconds)

    monkeypatch.setattr(DeviceChannel, "write", sent)
    monkeypatch.setattr(DeviceChannel, "read", heard)
    assert carry_out(replace(change, a=one, b=other), tmp_path, tools=bench.tools).end is End.DONE
    assert now[0] <= most  # and one more to read what runs, for the plan
