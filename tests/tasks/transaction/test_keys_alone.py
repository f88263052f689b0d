"""A change of keys alone: the lines are equal before and after; ciphertext or commit list must tell."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from inventory.facts import ConfigLine, ConfigTree, read_line
from inventory.secrets import Secret
from parsers.tree import read_tree
from tasks.plan.model import Command, MemberPlan, Stage
from tasks.sessions.protocol import Session
from tasks.transaction.ends import End
from tasks.transaction.look import Seen
from tasks.transaction.model import MemberChange, Outcome, PairChange, Verdict
from tasks.transaction.resume import resume
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike, StruckSession
from tests.tasks.wire import log_in

A, B = NAMES
LINE = "security-key cipher <secret:lyon-key>"
IN_CLEAR = "security-key simple <secret:lyon-key>"
VIEW = "-e-trunk-4"
UNRELATED = Command("lacp priority 77", "")


def typed(line: str) -> tuple[Command, ...]:
    return (Command("e-trunk 4", VIEW), Command(line, VIEW), Command("quit", ""))


def keyed(folder: Path, release: str = "v8r22", line: str = LINE) -> Bench:
    """Return a pair that holds a key, saved, by commits that are nobody's."""
    bench = Bench(folder / "here", release=release)
    for name in NAMES:
        session = log_in(bench.devices[name], bench.clock, lambda _name: Secret("Kanari_7yellow"))
        session.stage(typed(line))
        session.commit()
        session.save()
        session.close()
    return bench


def opened(bench: Bench, name: str) -> Session:
    """Log in under the strike, as one that knows the new key."""
    bench.open(name).close()  # may be out of reach, or dead
    session = log_in(bench.devices[name], bench.clock, lambda _name: Secret("Other_8green"))
    return cast("Session", StruckSession(session, bench.strike))


def retyped(bench: Bench, name: str, *, hidden: bool = False, line: str = LINE) -> MemberChange:
    """Plan to type the key anew; `hidden`: the plan was made without a sight of the old ciphertext."""
    base = read_tree(bench.running(name), name)
    trunk = next(one for one in base.lines if one.text == "e-trunk 4")
    kept = tuple(one for one in trunk.children if not one.text.startswith("security-key"))
    new = replace(trunk, children=(*kept, ConfigLine(read_line(line, trunk.said, None))))
    predicted = ConfigTree(tuple(new if one is trunk else one for one in base.lines))
    if hidden:
        masked = replace(
            trunk, children=(*kept, ConfigLine(read_line("security-key cipher ******", trunk.said, None)))
        )
        base = ConfigTree(tuple(masked if one is trunk else one for one in base.lines))
    session = log_in(bench.devices[name], bench.clock)
    newest = session.commit_list(1)[0].commit_id
    session.close()
    plan = MemberPlan(name, (Stage(typed(line), predicted),), (), base)
    return MemberChange(plan, partial(opened, bench, name), newest)


def deploy(bench: Bench, *, held: bool = True, hidden: bool = False, line: str = LINE) -> Outcome:
    a, b = (retyped(bench, name, hidden=hidden, line=line) for name in NAMES)
    change = PairChange("lyon", a, b, lambda _sessions: Verdict(held), bench.budget_s)
    return carry_out(change, bench.folder, tools=bench.tools)


def key(bench: Bench, name: str) -> str:
    return next(line for line in bench.running(name).splitlines() if "security-key" in line)


def taken_up(bench: Bench) -> Outcome:
    bench.hang_up()
    bench.strike = Strike()
    bench.unreachable = set()
    (path,) = bench.folder.glob("*.jsonl")
    return resume(path, partial(opened, bench), tools=bench.tools)


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("release", ["v8r22", "v8r12", "v8r5"])
def test_keys_are_typed_anew_after_a_colleagues_commit(tmp_path: Path, release: str, *, hidden: bool) -> None:
    bench = keyed(tmp_path, release)
    assert deploy(bench, hidden=hidden).end is End.DONE
    bench.commit(A, UNRELATED)
    bench.save(A)
    before = {name: key(bench, name) for name in NAMES}
    outcome = deploy(bench, hidden=hidden)
    assert outcome.end is End.DONE, outcome.problem()
    assert all(key(bench, name) != before[name] for name in NAMES)


@pytest.mark.parametrize("release", ["v8r22", "v8r5"])
def test_an_unrelated_commit_on_top_of_ours_does_not_hide_the_new_key(tmp_path: Path, release: str) -> None:
    bench = keyed(tmp_path, release)
    before = {name: key(bench, name) for name in NAMES}
    bench.strike = Strike(0, KilledError, after=False, method="save")
    with pytest.raises(KilledError):
        deploy(bench)
    bench.hang_up()
    bench.commit(A, UNRELATED)
    outcome = taken_up(bench)
    assert outcome.end is End.DONE, outcome.problem()
    assert all(key(bench, name) != before[name] for name in NAMES)


@pytest.mark.parametrize("nth", range(26))
@pytest.mark.parametrize("release", ["v8r22", "v8r5"])
def test_killed_at_any_call_ends_with_both_keys_old_or_both_new(
    tmp_path: Path, release: str, nth: int
) -> None:
    bench = keyed(tmp_path, release)
    before = {name: key(bench, name) for name in NAMES}
    bench.strike = Strike(nth, KilledError, after=True)
    try:
        outcome = deploy(bench)
    except KilledError:
        if not list(bench.folder.glob("*.jsonl")):
            return
        outcome = taken_up(bench)
    new = {name: key(bench, name) != before[name] for name in NAMES}
    assert outcome.end in {End.DONE, End.AS_BEFORE, End.UNCHANGED}, outcome.problem()
    assert new == dict.fromkeys(NAMES, outcome.end is End.DONE)


@pytest.mark.parametrize("release", ["v8r22", "v8r13", "v8r12", "v8r5"])
def test_our_own_undoing_makes_the_key_old(tmp_path: Path, release: str) -> None:
    bench = keyed(tmp_path, release)
    before = {name: key(bench, name) for name in NAMES}
    bench.strike = Strike(0, KilledError, after=True, method="confirm")
    try:
        deploy(bench)
    except KilledError:
        bench.hang_up()
        bench.reboot(B)
        outcome = taken_up(bench)
        assert outcome.end is End.AS_BEFORE, outcome.problem()
        assert {name: key(bench, name) for name in NAMES} == before
        bench.strike = Strike()
        (path,) = bench.folder.glob("*.jsonl")
        path.unlink()
        assert deploy(bench).end is End.DONE
    else:
        assert release == "v8r5"  # it has no trial, so nothing is confirmed


@pytest.mark.parametrize("line", [LINE, IN_CLEAR])
@pytest.mark.parametrize("release", ["v8r22", "v8r13", "v8r12"])
def test_an_undoing_that_was_never_noted_makes_the_key_old(tmp_path: Path, release: str, line: str) -> None:
    bench = keyed(tmp_path, release, line)
    before = {name: key(bench, name) for name in NAMES}
    bench.strike = Strike(0, KilledError, after=True, method="confirm")
    with pytest.raises(KilledError):
        deploy(bench, line=line)
    bench.hang_up()
    bench.reboot(B)
    bench.strike = Strike(0, KilledError, after=True, method="commit")
    (path,) = bench.folder.glob("*.jsonl")
    with pytest.raises(KilledError):
        resume(path, partial(opened, bench), tools=bench.tools)
    outcome = taken_up(bench)
    assert outcome.end is End.AS_BEFORE, outcome.problem()
    assert {name: key(bench, name) for name in NAMES} == before


def test_nothing_tells_a_key_in_clear_once_somebody_committed_on_top(tmp_path: Path) -> None:
    bench = keyed(tmp_path, line=IN_CLEAR)
    bench.strike = Strike(0, KilledError, after=False, method="save")
    with pytest.raises(KilledError):
        deploy(bench, line=IN_CLEAR)
    bench.hang_up()
    bench.commit(A, UNRELATED)
    outcome = taken_up(bench)
    assert outcome.end is End.SPLIT_MIXED
    assert outcome.looks[A].seen is Seen.OTHER
    assert "nothing tells whether" in outcome.reason


def test_a_key_that_may_have_moved_since_the_plan_is_not_called_old(tmp_path: Path) -> None:
    bench = keyed(tmp_path)
    a, b = (replace(retyped(bench, name, hidden=True), base_commit=None) for name in NAMES)
    change = PairChange("lyon", a, b, lambda _sessions: Verdict(held=True), bench.budget_s)
    outcome = carry_out(change, bench.folder, tools=bench.tools)
    assert outcome.end is End.REFUSED
    assert "nothing tells whether" in str(outcome.problem())
