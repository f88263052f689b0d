"""Rehearse a change: boot a twin from what the pair runs, compare, change it by the same code, drill it.

The verdict is green only where the twin shows what the pair shows, plays every line on the objects of the
pair, makes the same plan, and the change, its checks and the drills end well on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from inventory.errors import HotpairError, IntentError, RefusedError
from inventory.facts import ConfigTree
from inventory.model import SIDES, Pair, Side
from inventory.quantities import quantity
from parsers.tree import read_tree
from runbooks import interrupts
from runbooks.change import Changed, ChangeOptions, change_pair
from runbooks.drill.drilling import drill_pair
from runbooks.drill.model import DrillOptions
from runbooks.drill.trigger import leading
from runbooks.observe import observe
from runbooks.rehearse.agreement import agreement
from runbooks.rehearse.concluding import agrees, objects_of, played, result, run_of, same_plan
from runbooks.rehearse.faults import Fault
from runbooks.rehearse.model import Live, RehearsalOptions, Rehearsed
from runbooks.rehearse.neighbours import static_neighbours
from runbooks.rehearse.people import settle_people
from runbooks.rehearse.restarting import restarted
from runbooks.rehearse.sweeping import swept
from runbooks.rehearse.twin import Twin, release_named, twin_of
from runbooks.scratch import scratch
from runbooks.site import logged_in
from runbooks.verify import convergence_budget
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.model import CheckResult, Outcome
from tasks.checks.waiting import Patience
from tasks.transaction.ends import End
from tasks.transaction.model import Progress

SETTLE_S: Final = 300.0
"""Virtual seconds in which a twin comes up before it is looked at."""
LOOKS: Final = 60
"""Into how many looks the longest wait is cut."""
WHOLE: Final = frozenset({End.DONE, End.AS_BEFORE})


def rehearse(pair: Pair, live: Live, options: RehearsalOptions, started_at: datetime) -> Rehearsed:
    """Rehearse a change of a pair on a twin; no router is touched.

    Args:
        pair: intent.
        live: what the pair runs and shows.
        options: how.
        started_at: moment of the start.

    Raises:
        IntentError: the emulator cannot boot the files.
        RefusedError: the files are no pair, or the intent breaks a rule.
    """
    trees = {side: read_tree(live.texts[side], pair.members.of(side)) for side in SIDES}
    _require_pair(pair, trees)
    with _booted(pair, live, trees, options) as stage:
        done = _rehearsed(pair, live, stage, options, started_at)
    faults = []
    for fault in options.faults:
        options.say(f"carrying out the change with {fault}")
        with _booted(pair, live, trees, options) as stage:
            faults.append(_with_fault(pair, stage, options, fault))
    if options.sweep is not None and done.plan is not None and not done.plan.empty:
        texts = {str(side): live.texts[side] for side in SIDES}
        release = release_named(trees["a"].release)
        faults.append(swept(pair, texts, release, options.sweep, options.say, remove=options.remove))
    return replace(done, run=replace(done.run, results=(*done.run.results, *faults)))


def _require_pair(pair: Pair, trees: Mapping[Side, ConfigTree]) -> None:
    """Refuse configurations that are not those of two routers."""
    for side in SIDES:
        if not trees[side].lines:
            raise RefusedError("the configuration is empty", member=pair.members.of(side))
    names = {
        side: next((line.text for line in trees[side].lines if line.text.startswith("sysname ")), "")
        for side in SIDES
    }
    if names["a"] and names["a"] == names["b"]:
        raise RefusedError("both configurations are of one router: that is no pair", found=names["a"])


@dataclass(frozen=True, slots=True)
class _Stage:
    """A twin that is up.

    Args:
        twin: it.
        told: what is not as on the pair.
        journals: folder for its transactions.
    """

    twin: Twin
    told: tuple[str, ...]
    journals: Path


@contextmanager
def _booted(
    pair: Pair, live: Live, trees: Mapping[Side, ConfigTree], options: RehearsalOptions
) -> Iterator[_Stage]:
    """Boot the twin with its neighbours and hosts, and let it come up."""
    options.say("booting the twin")
    edges = () if options.neighbours else static_neighbours(pair, trees)
    texts = {
        **{pair.members.of(side): live.texts[side] for side in SIDES},
        **{one.name: one.text for one in edges},
        **options.neighbours,
    }
    links = (*options.links, *(link for one in edges for link in one.links))
    releases = {
        pair.members.of(side): release_named(trees[side].release) for side in SIDES if trees[side].release
    }
    with scratch() as folder, twin_of(texts, releases, links) as (twin, told):
        for side in live.points:
            _make_point(twin, pair.members.of(side), trees[side])
        twin.order(advance=SETTLE_S)
        hosts = settle_people(pair, live.observations, twin)
        yield _Stage(twin, (*told, *(one.said for one in edges), *hosts), folder)


def _make_point(twin: Twin, member: str, tree: ConfigTree) -> None:
    """Give a member of the twin a commit to go back to, as its router has one; it leaves no line."""
    taken = {line.text.lower().replace(" ", "") for line in tree.lines}
    free = (number for number in range(1023, -1, -1) if f"interfaceloopback{number}" not in taken)
    name = f"LoopBack{next(free)}"
    for line in (f"interface {name}", f"undo interface {name}"):
        twin.order(do=["system-view", line, "commit"], device=member, user="before")
    twin.order(do=["save", "y"], device=member, user="before")


def _rehearsed(
    pair: Pair, live: Live, stage: _Stage, options: RehearsalOptions, started_at: datetime
) -> Rehearsed:
    """Compare, change, drill."""
    twin = stage.twin
    options.say("comparing the twin with the pair")
    seen = observe(checks_for(), pair, logged_in(pair, twin.openers), twin.clock) if live.observations else ()
    agreed = agreement(pair, live.observations, seen, objects_of(live.plan, seen))
    unplayed = tuple(one for side in SIDES for one in twin.unplayed(pair.members.of(side))[0])
    options.say("carrying out the change on the twin")
    changed, ended = _changed(pair, stage, options)
    plan = None if changed is None else changed.plan
    doubts = (agrees(pair, agreed), played(pair, unplayed), same_plan(pair, live.plan, plan))
    results: tuple[CheckResult, ...] = (*doubts, ended)
    if changed is not None:
        results = (*results, *changed.run.results)
    if ended.outcome is Outcome.SUCCESS and not options.remove:
        options.say("drilling the twin")
        results = (*results, *_drilled(pair, stage, options))
        options.say("restarting a member of the twin")
        results = (*results, restarted(pair, stage.twin, options.permission.policy, "a"))
    run = run_of(pair, started_at, plan, results, changed.run.observations if changed else ())
    return Rehearsed(run, plan, agreed, unplayed, stage.told, twin.now_s)


def _changed(
    pair: Pair,
    stage: _Stage,
    options: RehearsalOptions,
    notify: Callable[[Progress], None] | None = None,
) -> tuple[Changed | None, CheckResult]:
    """Carry out the change by the code that changes pairs; tell how it ended."""
    budget = convergence_budget(pair)
    interval = max(2.0, budget / LOOKS)
    how = ChangeOptions(
        checks_for(CONVERGING),
        Patience(budget_s=budget, interval_s=interval, eager_s=interval),
        stage.journals,
        secrets=options.secrets,
        remove=options.remove,
        permission=replace(options.permission, forced="rehearsal"),
        notify=notify,
        clock=stage.twin.clock,
    )
    try:
        with interrupts.heeded():
            changed = change_pair(pair, stage.twin.openers, how)
    except RefusedError as error:
        return None, result("rehearsed-change", pair.name, Outcome.FAILURE, str(error))
    if changed.problem is not None:
        return changed, result("rehearsed-change", pair.name, Outcome.FAILURE, str(changed.problem))
    said = "nothing to do" if changed.plan.empty else f"ended as {changed.run.outcome}"
    return changed, result("rehearsed-change", pair.name, Outcome.SUCCESS, said)


def _drilled(pair: Pair, stage: _Stage, options: RehearsalOptions) -> Iterator[CheckResult]:
    """Drill each member that leads something."""
    try:
        sides = leading(pair)
    except RefusedError as error:
        yield result("rehearsed-drill", pair.name, Outcome.SKIPPED, error.message)
        return
    stage.twin.order(advance=SETTLE_S)
    for side in sides:
        yield _drill(pair, stage, options, side)


def _drill(pair: Pair, stage: _Stage, options: RehearsalOptions, side: Side) -> CheckResult:
    subject = f"from {pair.members.of(side)}"
    policy, clock = options.permission.policy, stage.twin.clock
    how = DrillOptions(side, stage.journals, policy, forced="rehearsal", clock=clock)
    try:
        with interrupts.heeded():
            done = drill_pair(pair, stage.twin.openers, how)
    except HotpairError as error:
        return result("rehearsed-drill", subject, Outcome.FAILURE, str(error))
    wrong = [str(said) for one in done.run.results for said in one.complaints]
    if wrong or done.problem is not None:
        return result("rehearsed-drill", subject, Outcome.FAILURE, "; ".join(wrong) or str(done.problem))
    kept = f"{done.held[0]} of {quantity(done.held[1], 'entry', 'entries')} kept"
    said = f"roles within {done.times.roles_s or 0:.0f} s, {kept}"
    return result("rehearsed-drill", subject, Outcome.SUCCESS, said)


def _with_fault(pair: Pair, stage: _Stage, options: RehearsalOptions, fault: Fault) -> CheckResult:
    """Carry out the change once more, and let something go wrong while a member is on trial."""
    struck: list[str] = []
    refused: list[str] = []

    def strike(progress: Progress) -> None:
        if not struck and " s" in progress.text and "trial" in progress.text:
            struck.append(progress.text)
            try:
                stage.twin.order(fault=fault.name, **fault.values)
            except IntentError as error:  # told below: the change must not be taken back for it
                refused.append(error.found or error.message)

    changed, ended = _changed(pair, stage, options, strike)
    subject, said = f"with {fault}", ended.note or "; ".join(map(str, ended.complaints))
    if refused:
        return result("rehearsed-fault", subject, Outcome.ERROR, f"the fault did not happen: {refused[0]}")
    if not struck or changed is None:
        return result("rehearsed-fault", subject, Outcome.ERROR, f"nothing was on trial: {said}")
    whole = changed.end in WHOLE
    return result("rehearsed-fault", subject, Outcome.SUCCESS if whole else Outcome.FAILURE, said)
