"""Other people commit and deploy beside us: nothing of theirs is lost, and they are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inventory.errors import HotpairError
from tasks.plan.model import Command
from tasks.transaction.ends import End
from tasks.transaction.model import Outcome, Verdict
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, Strike, require_true
from tests.tasks.transaction.strikes import EVERY_CALL, B


@pytest.mark.parametrize("release", ["v8r22", "v8r5"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("nth", EVERY_CALL)
def test_a_commit_of_others_elsewhere_is_never_lost_and_never_in_the_way(
    tmp_path: Path, nth: int, name: str, release: str
) -> None:
    bench = Bench(tmp_path, release=release)
    made = []

    def others() -> None:
        try:
            bench.commit(name, Command("lacp priority 77", ""))
        except HotpairError:
            return  # a trial runs: the device refuses it
        made.append(name)

    bench.strike = Strike(nth, others, after=True)
    outcome = bench.carry_out(held=nth % 3 > 0)
    require_true(bench, outcome)
    assert outcome.end in {End.DONE, End.AS_BEFORE, End.UNCHANGED, End.REFUSED}
    assert all("lacp priority 77" in bench.running(one) for one in made)


def test_a_commit_of_others_in_our_object_stops_the_undoing_and_is_named(tmp_path: Path) -> None:
    bench = Bench(tmp_path, release="v8r5")
    view = "-rm-backup-service-lyon"
    theirs = (
        Command(SERVICE, view),
        Command("track interface LoopBack0 weight 20", view),
        Command("quit", ""),
    )
    change = bench.change()

    def checks(_sessions: object) -> Verdict:
        bench.commit(B, *theirs)
        return Verdict(held=False, text="RBS down")

    outcome = carry_out(replace(change, converge=checks), tmp_path, tools=bench.tools)
    assert outcome.end is End.SPLIT_MIXED
    assert "would be lost" in str(outcome.problem()) or "more than our own lines" in outcome.reason
    assert "track interface" in bench.running(B)


@pytest.mark.parametrize("release", ["v8r22", "v8r13", "v8r12"])
def test_the_loser_of_two_deployments_is_told_who_holds_the_pair(tmp_path: Path, release: str) -> None:
    bench = Bench(tmp_path, release=release)
    ends: list[Outcome] = []
    change = bench.change()

    def second(_sessions: object) -> Verdict:
        ends.append(carry_out(bench.change(), tmp_path / "other host", tools=bench.tools))
        return Verdict(held=True)

    winner = carry_out(replace(change, converge=second), tmp_path / "one host", tools=bench.tools)
    assert winner.end is End.DONE
    assert ends[0].end is End.REFUSED
    problem = ends[0].problem()
    assert winner.transaction in str(problem)
    assert problem is not None
    assert problem.next_command == f"hotpair txn resume {winner.transaction}"
    assert not list((tmp_path / "other host").glob("*"))
