"""The sweep for one plan: a change is struck at places that a seed draws, and every claim is judged.

It is the judge and the world of `hotpair certify`, with the pair of the rehearsal in the place of its own
pairs. What the change makes of each member is learned from one run to which nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from inventory.model import Pair
from inventory.quantities import quantity
from inventory.secrets import needed_by
from runbooks.certify.emulator import Obey, piped
from runbooks.certify.pairs import SIDES, Flow, paths
from runbooks.certify.play import Played, ScheduleRunner
from runbooks.certify.schedule import RELEASES, Kind, Schedule
from runbooks.certify.subject import CodeOf
from runbooks.certify.sweep import schedules_after
from runbooks.certify.world import USER
from runbooks.rehearse.concluding import result
from tasks.checks.model import CheckResult, Outcome

NAME: Final = "the planned change"
SHOWN: Final = 5
"""False claims that are told; each can be played again by its seed."""
_LEFT_OUT: Final = frozenset({Kind.RIVAL})
"""What somebody would type among the lines of a pair nobody knows."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """How a plan is swept.

    Args:
        intent: the pair file, as text.
        count: schedules that are played.
        seed: of what is drawn.
        code_of: exit codes of the command line.
    """

    intent: str
    count: int
    seed: int
    code_of: CodeOf


def swept(
    pair: Pair,
    texts: Mapping[str, str],
    release: str,
    sweep: Sweep,
    say: Callable[[str], None],
    *,
    remove: bool,
) -> CheckResult:
    """Strike a change at places that a seed draws, and judge what both members are and what was said of them.

    Args:
        pair: intent.
        texts: running configurations by side.
        release: emulated on both members; one that `certify` does not play is played as its first.
        sweep: how much.
        say: told how far it is.
        remove: the pair is taken away.
    """
    played_as = release if release in RELEASES else RELEASES[0]
    with piped() as obey:
        flow = _learned(obey, sweep.code_of, _bare_flow(pair, texts, sweep.intent, remove=remove), played_as)
        runner = ScheduleRunner(obey, sweep.code_of, {NAME: flow})
        try:
            runs = _played(runner, Schedule(NAME, played_as), sweep, say)
        finally:
            runner.close()
    return _told(runs, sweep)


def _bare_flow(pair: Pair, texts: Mapping[str, str], intent: str, *, remove: bool) -> Flow:
    """Return the change before it is known what it makes of the members."""
    text = "".join(texts.values()).lower().replace(" ", "")
    number = next(one for one in range(1023, -1, -1) if f"interfaceloopback{one}\n" not in text)
    view = f"interface LoopBack{number}"
    none: dict[str, frozenset[str]] = dict.fromkeys(SIDES, frozenset())
    return Flow(
        name=NAME,
        intent=intent,
        boot=texts,
        typed=dict.fromkeys(SIDES, (view,)),
        stages={side: (frozenset(),) for side in SIDES},
        gone=none,
        rival=dict.fromkeys(SIDES, (view, "description nobody")),
        remove=remove,
        elsewhere=(view, "description carol-{}"),
        secrets={name: f"Swept-{name}-{number}" for name in needed_by(pair)},
        members={"a": pair.members.a, "b": pair.members.b},
    )


def _learned(obey: Obey, code_of: CodeOf, bare: Flow, release: str) -> Flow:
    """Carry the change out once, and take what it made of the members for what it shall make."""
    runner = ScheduleRunner(obey, code_of, {NAME: bare})
    try:
        before = runner.prepare(bare, release)
        started = {side: _running(obey, bare, side) for side in SIDES}
        runner.play(Schedule(NAME, release))
        stages = {side: _stages(obey, bare, side, started[side]) for side in SIDES}
        ended = {side: _running(obey, bare, side) for side in SIDES}
    finally:
        runner.close()
    gone = {side: started[side] - ended[side] for side in SIDES}
    return replace(before.flow, stages=stages, gone=gone)


def _running(obey: Obey, flow: Flow, side: str) -> frozenset[str]:
    return paths("\n".join(obey({"ask": flow.members[side]})["running"]))


def _stages(obey: Obey, flow: Flow, side: str, before: frozenset[str]) -> tuple[frozenset[str], ...]:
    """Return what each commit of ours added to a member, the oldest first."""
    points = obey({"ask": flow.members[side], "as": "history"})["commits"]
    ours = sorted((one for one in points if one["user"] == USER), key=lambda one: int(one["id"]))
    found, there = [], before
    for one in ours:
        after = paths("\n".join(one["after"]))
        found.append(after - there)
        there = after
    return tuple(found) or (frozenset(),)


def _played(runner: ScheduleRunner, bare: Schedule, sweep: Sweep, say: Callable[[str], None]) -> list[Played]:
    first = runner.play(bare)
    every = [one for one in schedules_after(first) if one.strikes[-1].kind not in _LEFT_OUT]
    drawn = Random(sweep.seed).sample(every, min(sweep.count, len(every)))  # noqa: S311 - repeatable on purpose
    runs = [first]
    for number, schedule in enumerate(drawn, start=1):
        say(f"schedules of the sweep: {number} of {len(drawn)}")
        runs.append(runner.play(schedule))
    return runs


def _told(runs: list[Played], sweep: Sweep) -> CheckResult:
    wrong = [one for one in runs if one.complaints]
    struck = sum(bool(one.effects) for one in runs)
    if wrong:
        few = "; ".join(f"{one.schedule.code}: {one.complaints[0]}" for one in wrong[:SHOWN])
        said = f"{len(wrong)} of {quantity(len(runs), 'schedule')} (seed {sweep.seed}): {few}"
        return result("rehearsed-sweep", NAME, Outcome.FAILURE, said)
    if not struck:
        return result("rehearsed-sweep", NAME, Outcome.ERROR, "no fault came to strike: nothing is shown")
    played = quantity(len(runs), "schedule")
    said = f"every claim is true in {played}, {struck} of them struck (seed {sweep.seed})"
    return result("rehearsed-sweep", NAME, Outcome.SUCCESS, said)
