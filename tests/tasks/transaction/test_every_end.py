"""Every way a transaction can end, brought about for real: what is said, and what is to be typed next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import RefusedError
from inventory.facts import ConfigTree
from tasks.plan.model import Command, Stage
from tasks.sessions.protocol import LostReplyError
from tasks.transaction.adopt import adopt
from tasks.transaction.ends import GOOD, End
from tasks.transaction.model import MemberChange, Outcome
from tasks.transaction.resume import forget
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, KilledError, Strike
from tests.tasks.wire import log_in

A, B = NAMES


def done(bench: Bench) -> Outcome:
    return bench.carry_out()


def nothing(bench: Bench) -> Outcome:
    change = bench.change()
    a, b = (replace(one, plan=replace(one.plan, forward=())) for one in (change.a, change.b))
    return carry_out(replace(change, a=a, b=b), bench.folder, tools=bench.tools)


def refused(bench: Bench) -> Outcome:
    return carry_out(replace(bench.change(), budget_s=1e6), bench.folder, tools=bench.tools)


def unchanged(bench: Bench) -> Outcome:
    bench.strike = Strike(0, lambda: LostReplyError("cut"), method="stage_and_show")
    return bench.carry_out()


def as_before(bench: Bench) -> Outcome:
    return bench.carry_out(held=False)


def unsettled(bench: Bench) -> Outcome:
    def cut() -> LostReplyError:
        bench.unreachable.add(B)
        return LostReplyError("cut")

    bench.strike = Strike(0, cut, after=True, method="commit_trial")
    return bench.carry_out()


def mixed(bench: Bench) -> Outcome:
    """Let somebody change b's lines between its confirm and the last look."""

    def theirs() -> None:
        lines = ("remote-backup-service lyon", "undo peer 198.51.100.1")
        bench.commit(B, *(Command(line, "-rm-backup-srv-lyon") for line in lines))

    bench.strike = Strike(1, theirs, after=True, method="confirm")
    return bench.carry_out()


def hazard(bench: Bench) -> Outcome:
    def cut() -> LostReplyError:
        bench.unreachable.add(B)
        return LostReplyError("cut")

    bench.strike = Strike(1, cut, method="confirm")
    return bench.carry_out()


def abandoned(bench: Bench) -> Outcome:
    outcome = unsettled(bench)
    bench.clock.now += 70_000
    assert outcome.journal is not None
    return forget(outcome.journal, "b was replaced", bench.open, tools=bench.tools)


ENDS: Mapping[End, tuple[Callable[[Bench], Outcome], ExitCode, str]] = {
    End.DONE: (done, ExitCode.DONE, ""),
    End.NOTHING: (nothing, ExitCode.DONE, ""),
    End.REFUSED: (refused, ExitCode.REFUSED, "hotpair plan lyon"),
    End.UNCHANGED: (unchanged, ExitCode.REFUSED, "hotpair txn show {id}"),
    End.AS_BEFORE: (as_before, ExitCode.ROLLED_BACK, "hotpair txn show {id}"),
    End.UNSETTLED: (unsettled, ExitCode.UNKNOWN, "hotpair txn resume {id}"),
    End.SPLIT_MIXED: (mixed, ExitCode.SPLIT, "hotpair txn resume {id}"),
    End.SPLIT_HAZARD: (hazard, ExitCode.SPLIT, "hotpair txn resume {id}"),
    End.ABANDONED: (abandoned, ExitCode.DONE, "hotpair plan lyon"),
}


@pytest.mark.parametrize("end", list(End))
def test_every_end_has_its_code_and_the_command_to_type(tmp_path: Path, end: End) -> None:
    bring_about, code, command = ENDS[end]
    outcome = bring_about(Bench(tmp_path))
    assert outcome.end is end, outcome.problem()
    assert outcome.next_command == command.format(id=outcome.transaction)
    problem = outcome.problem()
    assert (problem is None) == (end in GOOD)
    if problem is not None:
        assert exit_code_of(problem) is code
        assert str(problem).endswith(f"next: {outcome.next_command})")


# ---- refusals ----------------------------------------------------------------------------------------------


def on_trial(bench: Bench) -> str:
    session = log_in(bench.devices[A], bench.clock)
    session.stage([Command("lacp priority 5", "")])
    session.commit_trial(120, "theirs")
    return "hotpair plan lyon"


def on_our_trial(bench: Bench) -> str:
    session = log_in(bench.devices[A], bench.clock)
    session.stage([Command("lacp priority 5", "")])
    session.commit_trial(120, "hp-0123456789")
    return "hotpair txn resume hp-0123456789"


def moved(bench: Bench) -> str:
    bench.commit(A, Command("remote-backup-service lyon", "-rm-backup-srv-lyon"))
    return "hotpair plan lyon"


def unfinished(bench: Bench) -> str:
    bench.strike = Strike(0, KilledError, after=True, method="commit_trial")
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    (path,) = bench.folder.glob("*.jsonl")
    return f"hotpair txn resume {path.stem}"


@pytest.mark.parametrize("stand_in_the_way", [on_trial, on_our_trial, moved, unfinished])
def test_every_refusal_of_the_gate_has_the_command_to_type(
    tmp_path: Path, stand_in_the_way: Callable[[Bench], str]
) -> None:
    bench = Bench(tmp_path)
    command = stand_in_the_way(bench)
    problem = bench.carry_out().problem()
    assert isinstance(problem, RefusedError)
    assert str(problem).endswith(f"next: {command})")


def test_a_removal_that_a_later_change_overwrote_was_not_rolled_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "gone")
    bench.carry_out()
    bench.before = {name: bench.running(name) for name in NAMES}
    change = bench.change()
    removed = carry_out(
        replace(change, a=emptied(change.a), b=emptied(change.b)), bench.folder, tools=bench.tools
    )
    assert removed.end is End.DONE, removed.problem()
    bench.before = {name: bench.running(name) for name in NAMES}
    later = bench.carry_out()
    assert later.end is End.DONE
    with pytest.raises(RefusedError, match="nothing of transaction") as caught:
        adopt(removed.transaction, "lyon", {"a": A, "b": B}, bench.open, tmp_path / "here", tools=bench.tools)
    assert str(caught.value.found) == f"{A}: {later.transaction}; {B}: {later.transaction}"
    assert bench.both_new


def emptied(change: MemberChange) -> MemberChange:
    """Return the change that takes the service away again."""
    plan = change.plan
    rest = tuple(line for line in plan.base.lines if line.text != SERVICE)
    peer = next(line.text for line in plan.forward[0].predicted.lines[-1].children)
    commands = (
        Command(SERVICE, "-rm-backup-srv-lyon"),
        Command(f"undo {peer.partition(' source')[0]}", "-rm-backup-srv-lyon"),
        Command("quit", "", moves=True),
        Command(f"undo {SERVICE}", ""),
    )
    return replace(change, plan=replace(plan, forward=(Stage(commands, ConfigTree(rest)),)))
