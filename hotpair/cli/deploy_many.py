"""`hotpair plan` and `hotpair deploy` for many pairs: one table, one question, each pair on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from hotpair.cli.choosing import Many
from hotpair.cli.fleet import JOURNALS, intent_file, policy_file, policy_of, show_broken
from hotpair.cli.live import counting
from hotpair.cli.many_ends import (
    broken_rows,
    code_of,
    deploy_code,
    plan_code,
    plan_row,
    problem_of,
    said_of,
    show_ends,
    show_plans,
    write_reports,
)
from hotpair.cli.memory import Memory, remember
from hotpair.cli.output import Format, err, show_error, write_json
from hotpair.cli.over_time import place_of
from hotpair.cli.removal import question_of, show_strange
from inventory.errors import IntentError, RefusedError
from inventory.quantities import quantity

if TYPE_CHECKING:
    from nornir.core import Nornir

    from hotpair.cli.asked import Asked
    from inventory.load import Pairs
    from inventory.model import Pair
    from runbooks.change import Changed
    from runbooks.fleet.deploying import FleetOptions
    from runbooks.fleet.each import Asked as Each
    from runbooks.fleet.over import Ended
    from runbooks.report.run import Run
    from runbooks.site import Openers
    from tasks.plan.model import PairPlan


@dataclass(frozen=True, slots=True)
class Fleet:
    """Many pairs and how they are worked on.

    Args:
        nornir: inventory.
        inventory: its folder.
        pairs: intents, and what is wrong with the others.
        many: how many at a time.
        words: what was asked for.
        policy: policy file that was asked for.
    """

    nornir: Nornir
    inventory: Path
    pairs: Pairs
    many: Many
    words: Asked
    policy: Path | None
    _lock: Lock = field(default_factory=Lock)

    @property
    def intents(self) -> tuple[Pair, ...]:
        """Return the pairs that are worked on, by name."""
        return tuple(self.pairs.good.values())[: self.many.limit]

    def say(self, text: str) -> None:
        """Write an event; several threads have some."""
        with self._lock:
            err.print(text, markup=False)


def fleet_of(many: Many, words: Asked, inventory: Path, driver: str | None, policy: Path | None) -> Fleet:
    """Read the inventory, and tell what is wrong with pairs that may be meant.

    Raises:
        IntentError: nothing fits, or a file of all pairs is wrong.
    """
    from runbooks.fleet.choice import chosen
    from runbooks.inventory_pairs import pairs_in
    from runbooks.site import open_inventory

    nornir = open_inventory(inventory, driver)
    fleet = Fleet(nornir, inventory, chosen(pairs_in(nornir), many.choice), many, words, policy)
    show_broken(fleet.pairs)
    if not fleet.intents:
        raise IntentError("no pair is left to work on", wanted="a pair file that is right")
    return fleet


def plan_many(fleet: Fleet, fmt: Format) -> int:
    """Plan every pair; end with 10 where something is to do, or worse where a pair could not be planned."""
    ends = _plans(fleet)
    if fmt is Format.JSON:
        write_json({"pairs": [plan_row(ended) for ended in ends], "errors": broken_rows(fleet.pairs.broken)})
    else:
        show_plans(ends)
        _show_going(fleet, ends)
    return code_of(fleet.pairs.broken, [plan_code(ended) for ended in ends])


def _show_going(fleet: Fleet, ends: Iterable[Ended[PairPlan]]) -> None:
    """Name the lines of others that removals take away."""
    if fleet.words.terms.remove:
        show_strange((one.value for one in ends if one.value is not None), fleet.inventory / JOURNALS)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where deployments are kept and told.

    Args:
        runs: folder of runs that was asked for.
        archive: archive that was asked for.
        report: report files that were asked for.
    """

    runs: Path | None = None
    archive: str | None = None
    report: tuple[Path, ...] = ()


def deploy_many(
    fleet: Fleet, options: FleetOptions, kept: Kept, *, yes: bool, budget: float | None, fmt: Format
) -> int:
    """Plan every pair, ask once, and deploy what was shown; a pair whose plan changed since is refused."""
    from hotpair.cli.asking import ask
    from runbooks.check import check_pairs
    from runbooks.fleet.agreed import line_counts, require_agreed
    from runbooks.fleet.deploying import deploy_pairs
    from runbooks.fleet.each import change_one
    from runbooks.report.evidence import require_place

    kept_in = kept.runs or fleet.inventory / "runs"
    require_place(kept_in)
    place = place_of(kept.archive, fleet.inventory)
    planned = _plans(fleet)
    if fmt is Format.TABLE:
        show_plans(planned)
    todo = [one.pair for one in planned if one.value is not None and not one.value.empty]
    _show_going(fleet, planned)
    question = question_of(quantity(len(todo), "pair"), remove=fleet.words.terms.remove)
    if todo and not yes and not ask(question):
        raise RefusedError("the plan was not agreed to; nothing was sent")
    plans = {one.pair.name: one.value for one in planned if one.value is not None}
    rules = policy_of(fleet.inventory, fleet.policy)

    def tell(ended: Ended[Changed]) -> None:
        fleet.say(f"{ended.pair.name}: {said_of(ended, lambda error: error.message)}")
        problem = problem_of(ended)
        if problem is not None:
            show_error(problem)
        if ended.value is not None and not ended.value.plan.empty:
            file = intent_file(ended.pair)
            policy = policy_file(fleet.inventory, fleet.policy)
            journals, ticket = fleet.inventory / JOURNALS, fleet.words.terms.ticket
            remember(ended.value.run, Memory(kept_in, place, file, policy, ticket, journals))

    def look(pairs: Sequence[Pair]) -> Sequence[Run]:
        return check_pairs(fleet.nornir, pairs, rules, workers=options.workers)

    each = _each(fleet, budget)

    def as_shown(plan: PairPlan) -> bool:
        shown = plans[plan.pair]
        return require_agreed(plan, line_counts(shown), fleet.words.terms, same=plan == shown)

    def change(pair: Pair, openers: Openers) -> Changed:
        return change_one(
            each,
            pair,
            openers,
            agree=as_shown,
            announce=lambda transaction: fleet.say(f"{pair.name}: transaction {transaction}"),
        )

    with counting("deploying", len(todo)) as counted:

        def count(ended: Ended[Changed]) -> None:
            tell(ended)
            counted.done(wrong=problem_of(ended) is not None, begun=ended.begun)

        ends = deploy_pairs(
            fleet.nornir, todo, change, look, options, tell=count, begin=counted.begin, say=fleet.say
        )
    failed = [one for one in planned if one.error is not None]
    show_ends(ends, failed, fleet.pairs.broken, fmt)
    write_reports(kept.report, ends, failed, fleet.pairs.broken)
    return code_of(
        fleet.pairs.broken, [deploy_code(one) for one in ends] + [plan_code(one) for one in failed]
    )


def _each(fleet: Fleet, budget: float | None = None) -> Each:
    """Return what is asked for every pair."""
    from runbooks.fleet.each import Asked as Each

    permission = fleet.words.permission(fleet.inventory, fleet.policy)
    journals = fleet.inventory / JOURNALS
    return Each(fleet.nornir, fleet.inventory, journals, fleet.words.terms, permission, budget)


def _plans(fleet: Fleet) -> tuple[Ended[PairPlan], ...]:
    """Plan every pair, several at a time."""
    from runbooks.fleet.each import planning
    from runbooks.fleet.over import over_pairs
    from runbooks.fleet.worker_pool import worker_pool_for

    workers = fleet.many.workers
    with (
        counting("planning", len(fleet.intents)) as counted,
        worker_pool_for(fleet.intents, workers=workers) as pool,
    ):

        def tell(ended: Ended[PairPlan]) -> None:
            fleet.say(f"{ended.pair.name}: {ended.error or 'planned'}")
            counted.done(wrong=ended.error is not None, begun=ended.begun)

        prepare = partial(planning, _each(fleet))
        return over_pairs(
            fleet.nornir, fleet.intents, prepare, workers=workers, pool=pool, tell=tell, begin=counted.begin
        )
