"""Looks that ride with what was sent anyway: they count where they are whole and young, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tasks.sessions.protocol import Session
from tasks.sessions.steps import Exchange, Step
from tasks.transaction.ends import End
from tasks.transaction.model import Progress
from tasks.transaction.run import carry_out
from tasks.transaction.seeing import LEFT
from tasks.transaction.tools import Tools
from tests.tasks.transaction.bench import NAMES, Bench, Strike, StruckSession
from tests.tasks.wire import log_in

A, B = NAMES
Answers = tuple[str, ...]
Spoils = Callable[[Answers], Answers]


def whole(answers: Answers) -> Answers:
    return answers


def cut_off(answers: Answers) -> Answers:
    """Leave out what stands behind the first answer, as a session does from a refused display on."""
    return answers[:2]


def strange(answers: Answers) -> Answers:
    """Answer the first display of the look in words that no rule knows."""
    return (answers[0], "out of order", *answers[2:])


@dataclass
class Spoilt(StruckSession):
    """A session whose looks behind what is staged are spoilt."""

    session: Session
    strike: Strike
    spoils: Spoils

    def __post_init__(self) -> None:
        super().__init__(self.session, self.strike)

    def __getattr__(self, name: str) -> Any:
        if name != "stage_and_show":
            return super().__getattr__(name)
        told = super().__getattr__(name)

        def spoilt(*args: Any) -> Step[Answers]:
            return self.spoils((yield from told.step(*args)))

        return Exchange(spoilt)


@pytest.mark.parametrize("spoils", [whole, cut_off, strange])
def test_a_look_behind_what_is_staged_stands_for_the_next_one_where_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoils: Spoils
) -> None:
    bench = Bench(tmp_path)

    def opened(name: str) -> Spoilt:
        return Spoilt(log_in(bench.devices[name], bench.clock), bench.strike, spoils)

    monkeypatch.setattr(bench, "open", opened)
    assert bench.carry_out().end is End.DONE
    calls = bench.strike.calls
    between = calls[calls.index("stage_and_show") + 2 : calls.index("commit_trial")]
    assert between == ([] if spoils is whole else ["run_all", "run_all"])


@pytest.mark.parametrize(("stood_still_s", "looks"), [(2, 0), (4, 2)])
def test_a_look_behind_what_is_staged_counts_as_long_as_it_is_young(
    tmp_path: Path, stood_still_s: float, looks: int
) -> None:
    bench = Bench(tmp_path)

    def told(progress: Progress) -> None:
        if progress.text.startswith(f"{B}: 2 lines staged"):
            bench.sleep(stood_still_s)

    assert carry_out(bench.change(), tmp_path, tools=Tools(told, bench.sleep, bench.now)).end is End.DONE
    calls = bench.strike.calls
    assert calls[calls.index("stage_and_show") + 2 : calls.index("commit_trial")] == ["run_all"] * looks


def test_what_is_left_is_asked_with_the_last_look_and_not_once_more(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    assert bench.carry_out().end is End.DONE
    calls = bench.strike.calls
    assert calls[len(calls) - calls[::-1].index("save") :] == ["run_all", "run_all"]


def test_what_is_left_is_asked_alone_where_the_last_look_did_not_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A display that a look can do without makes none of a member that is seen."""
    bench = Bench(tmp_path)
    asked: list[tuple[str, ...]] = []

    class Short(StruckSession):
        def __getattr__(self, name: str) -> Any:
            told = super().__getattr__(name)
            if name != "run_all":
                return told

            def short(commands: tuple[str, ...], behind: tuple[str, ...] = ()) -> Step[Answers]:
                asked.append(tuple(commands))
                answers: Answers = yield from told.step(commands, behind[:1])
                return answers

            return Exchange(short)

    monkeypatch.setattr(
        bench, "open", lambda name: Short(log_in(bench.devices[name], bench.clock), bench.strike)
    )
    assert bench.carry_out().end is End.DONE
    assert asked[-2:] == [LEFT, LEFT]


def test_who_is_at_work_on_a_member_at_the_end_is_told_by_the_last_look(tmp_path: Path) -> None:
    bench = Bench(tmp_path)

    def told(progress: Progress) -> None:
        if progress.text.startswith("decided"):
            log_in(bench.devices[A], bench.clock).candidate_changes()  # a colleague enters the system view

    outcome = carry_out(bench.change(), tmp_path, tools=Tools(told, bench.sleep, bench.now))
    assert outcome.end is End.DONE
    (said,) = outcome.residue
    assert said.startswith(A)
    assert "is in a configuration view" in said
